"""Principal components four ways: eigenvectors, SVD, power iteration with deflation, and Oja's rule / a linear
autoencoder trained by gradient descent. All four should span the same space.
"""
import numpy as np


def centred(X):
    mean = X.mean(axis=0)
    return X - mean, mean


def pca_eig(X, k):
    Xc, mean = centred(X)
    C = Xc.T @ Xc / (len(X) - 1)
    values, vectors = np.linalg.eigh(C)
    order = np.argsort(values)[::-1][:k]
    return vectors[:, order], values[order], mean


def pca_svd(X, k):
    Xc, mean = centred(X)
    U, s, Vt = np.linalg.svd(Xc, full_matrices=False)
    return Vt[:k].T, s[:k] ** 2 / (len(X) - 1), mean


def power_iteration(C, rng, steps=1000, tol=1e-12):
    v = rng.standard_normal(C.shape[0])
    v /= np.linalg.norm(v)
    for _ in range(steps):
        w = C @ v
        w /= np.linalg.norm(w)
        if 1 - abs(w @ v) < tol:
            break
        v = w
    return w, w @ C @ w


def pca_power(X, k, rng):
    Xc, mean = centred(X)
    C = Xc.T @ Xc / (len(X) - 1)
    W, lam = [], []
    for _ in range(k):
        v, value = power_iteration(C, rng)
        C = C - value * np.outer(v, v)       # deflation
        W.append(v)
        lam.append(value)
    return np.column_stack(W), np.array(lam), mean


def subspace_iteration(X, k, rng, steps=200):
    """All directions at once; never forms the covariance."""
    Xc, mean = centred(X)
    Q, _ = np.linalg.qr(rng.standard_normal((X.shape[1], k)))
    for _ in range(steps):
        Q, R = np.linalg.qr(Xc.T @ (Xc @ Q))
    return Q, np.abs(np.diag(R)) / (len(X) - 1), mean


class LinearAutoencoder:
    """x -> z = W_e x -> W_d z; one example is a column here."""

    def __init__(self, d, k, rng):
        self.W_e = 0.1 * rng.standard_normal((k, d))
        self.W_d = 0.1 * rng.standard_normal((d, k))

    def loss_and_grads(self, X):
        m = X.shape[1]
        Z = self.W_e @ X
        E = self.W_d @ Z - X
        loss = np.sum(E ** 2) / (2 * m)
        W_d_grad = E @ Z.T / m
        W_e_grad = self.W_d.T @ E @ X.T / m
        return loss, W_e_grad, W_d_grad

    def fit(self, X, rate, steps):
        for _ in range(steps):
            loss, ge, gd = self.loss_and_grads(X)
            self.W_e -= rate * ge
            self.W_d -= rate * gd
        return loss


def oja(X, k, rng, rate=0.005, epochs=60):
    """Oja's subspace rule, sample by sample: W += rate (x y^T - W y y^T)"""
    Xc, _ = centred(X)
    W = np.linalg.qr(rng.standard_normal((X.shape[1], k)))[0]
    for _ in range(epochs):
        for x in rng.permutation(Xc):
            y = W.T @ x
            W += rate * (np.outer(x, y) - W @ np.outer(y, y))
    return W


def whiten(X, W, values, mean):
    return (X - mean) @ W / np.sqrt(values)


def overlap(A, B):
    """1 if the columns of A and of B span the same space"""
    Qa, Qb = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    return np.linalg.norm(Qa.T @ Qb) ** 2 / A.shape[1]


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    n, d, k = 500, 10, 3
    basis = np.linalg.qr(rng.standard_normal((d, d)))[0]
    scale = np.array([3, 2.4, 2] + [0.3] * (d - 3))
    X = rng.standard_normal((n, d)) * scale @ basis.T + 5

    W, values, mean = pca_eig(X, k)
    print("variances", values.round(3))
    for other in (pca_svd(X, k), pca_power(X, k, rng), subspace_iteration(X, k, rng)):
        print(other[1].round(3), "overlap %.6f" % overlap(W, other[0]))
    ae = LinearAutoencoder(d, k, rng)
    print("autoencoder loss %.4f" % ae.fit((X - mean).T, 0.05, 2000), "overlap %.6f" % overlap(W, ae.W_d))
    print("Oja overlap %.4f" % overlap(W, oja(X, k, rng)))
    print("covariance after whitening\n", np.cov(whiten(X, W, values, mean).T).round(3))
