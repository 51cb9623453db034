# Gaussian mixture with full covariances, fitted by EM and started from k-means.
#
# X      n x d    data
# mu     k x d    means
# sigma  k x d x d
# pi     k        mixing weights
# gamma  n x k    responsibilities
import numpy as np


def kmeans(X, k, rng, iterations=20):
    centers = X[rng.choice(len(X), k, replace=False)]
    for _ in range(iterations):
        # |x - c|^2 = |x|^2 - 2 x.c + |c|^2
        d2 = (X ** 2).sum(axis=1)[:, None] - 2 * X.dot(centers.T) + (centers ** 2).sum(axis=1)[None, :]
        nearest = d2.argmin(axis=1)
        assign = np.eye(k)[nearest]
        counts = assign.sum(axis=0)
        new = assign.T.dot(X) / np.maximum(counts, 1)[:, None]
        new[counts == 0] = X[rng.integers(len(X))]
        if np.allclose(new, centers):
            break
        centers = new
    return centers, nearest


def log_gaussian(X, mu, sigma):
    """n x k array of log N(x_i | mu_j, sigma_j)"""
    n, d = X.shape
    k = len(mu)
    out = np.empty((n, k))
    for j in range(k):
        L = np.linalg.cholesky(sigma[j])
        white = np.linalg.solve(L, (X - mu[j]).T)           # d x n
        maha = np.sum(white ** 2, axis=0)
        logdet = 2 * np.log(np.diag(L)).sum()
        out[:, j] = -0.5 * (d * np.log(2 * np.pi) + logdet + maha)
    return out


def logsumexp(a, axis):
    top = a.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(a - top).sum(axis=axis))


def e_step(X, pi, mu, sigma):
    joint = log_gaussian(X, mu, sigma) + np.log(pi)
    evidence = logsumexp(joint, axis=1)
    gamma = np.exp(joint - evidence[:, None])
    return gamma, evidence.sum()


def m_step(X, gamma, floor=1e-6):
    n, d = X.shape
    Nk = gamma.sum(axis=0)
    pi = Nk / n
    mu = gamma.T @ X / Nk[:, None]
    diff = X[:, None, :] - mu[None, :, :]                   # n x k x d
    sigma = np.einsum('nk,nki,nkj->kij', gamma, diff, diff) / Nk[:, None, None]
    sigma += floor * np.eye(d)
    return pi, mu, sigma


def m_step_loop(X, gamma):
    """The same as sums of outer products, as it stands in the book."""
    n, d = X.shape
    k = gamma.shape[1]
    mu = np.zeros((k, d))
    sigma = np.zeros((k, d, d))
    for j in range(k):
        g = gamma[:, j]
        mu[j] = g @ X / g.sum()
        for i in range(n):
            v = X[i] - mu[j]
            sigma[j] += g[i] * np.outer(v, v)
        sigma[j] /= g.sum()
    return gamma.mean(axis=0), mu, sigma


def mean_gradient(X, pi, mu, sigma):
    """d logL / d mu, for those who would rather climb than alternate (k x d)"""
    gamma, _ = e_step(X, pi, mu, sigma)
    grad = np.zeros_like(mu)
    for j, S in enumerate(sigma):
        pull = gamma[:, j] @ (X - mu[j])
        grad[j] = np.linalg.inv(S) @ pull
    return grad


def fit(X, k, rng, tol=1e-5, max_iter=200):
    mu, nearest = kmeans(X, k, rng)
    pi, mu, sigma = m_step(X, np.eye(k)[nearest] + 1e-3)
    previous = -np.inf
    for it in range(max_iter):
        gamma, ll = e_step(X, pi, mu, sigma)
        if ll - previous < tol * abs(ll):
            break
        previous = ll
        pi, mu, sigma = m_step(X, gamma)
    return pi, mu, sigma, ll, it


def draw(pi, mu, sigma, n, rng):
    which = rng.choice(len(pi), size=n, p=pi)
    L = np.linalg.cholesky(sigma)                           # k x d x d
    eps = rng.standard_normal((n, mu.shape[1]))
    return mu[which] + (L[which] @ eps[:, :, None])[:, :, 0], which


if __name__ == '__main__':
    rng = np.random.default_rng(2)
    true_pi = np.array([0.5, 0.3, 0.2])
    true_mu = np.array([[0.0, 0.0], [4.0, 4.0], [-4.0, 3.0]])
    B = rng.standard_normal((3, 2, 2))
    true_sigma = B @ B.transpose(0, 2, 1) + 0.3 * np.eye(2)
    X, _ = draw(true_pi, true_mu, true_sigma, 600, rng)
    pi, mu, sigma, ll, it = fit(X, 3, rng)
    order = np.argsort(-pi)
    print('log likelihood %.2f after %d iterations' % (ll, it))
    print('weights', pi[order].round(2))
    print('means\n', mu[order].round(2))
    print('slope at the optimum', np.abs(mean_gradient(X, pi, mu, sigma)).max().round(3))
