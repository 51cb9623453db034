"""Linear models with the scikit-learn interface."""
import numpy as np


def _with_intercept(X):
    return np.c_[np.ones(len(X)), X]


class _Base:
    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        self.theta_ = self._solve(_with_intercept(X), y)
        self.intercept_, self.coef_ = self.theta_[0], self.theta_[1:]
        return self

    def decision_function(self, X):
        return np.asarray(X) @ self.coef_ + self.intercept_

    predict = decision_function

    def score(self, X, y):
        u = np.sum((y - self.predict(X)) ** 2)
        return 1 - u / np.sum((y - np.mean(y)) ** 2)


class LinearRegression(_Base):
    """Ordinary least squares: theta = (X^T X)^-1 X^T y"""

    def _solve(self, X, y):
        return np.linalg.pinv(X.T @ X) @ X.T @ y


class Ridge(_Base):
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def _solve(self, X, y):
        penalty = self.alpha * np.eye(X.shape[1])
        penalty[0, 0] = 0
        return np.linalg.solve(X.T @ X + penalty, X.T @ y)


class GradientDescentRegressor(_Base):
    def __init__(self, learning_rate=0.1, n_iter=500, alpha=0.0):
        self.learning_rate = learning_rate
        self.n_iter = n_iter
        self.alpha = alpha

    def _cost(self, X, y, theta):
        m = len(y)
        r = X @ theta - y
        return r @ r / (2 * m) + self.alpha / (2 * m) * theta[1:] @ theta[1:]

    def _gradient(self, X, y, theta):
        m = len(y)
        grad = X.T @ (X @ theta - y) / m
        grad[1:] += self.alpha / m * theta[1:]
        return grad

    def _solve(self, X, y):
        theta = np.zeros(X.shape[1])
        self.history_ = []
        for _ in range(self.n_iter):
            self.history_.append(self._cost(X, y, theta))
            theta -= self.learning_rate * self._gradient(X, y, theta)
        return theta


class Lasso(_Base):
    """Proximal gradient; the step is one over the largest eigenvalue."""

    def __init__(self, alpha=0.1, n_iter=1000):
        self.alpha, self.n_iter = alpha, n_iter

    @staticmethod
    def _shrink(w, t):
        return np.sign(w) * np.maximum(np.abs(w) - t, 0)

    def _solve(self, X, y):
        n, p = X.shape
        w = np.zeros(p)
        step = n / np.linalg.eigvalsh(X.T @ X).max()
        for _ in range(self.n_iter):
            w = w - step / n * (X.T @ (X @ w - y))
            w[1:] = self._shrink(w[1:], step * self.alpha)
        return w


class LogisticRegression(_Base):
    """Newton's method (iteratively reweighted least squares)."""

    def __init__(self, C=1.0, max_iter=25, tol=1e-8):
        self.C, self.max_iter, self.tol = C, max_iter, tol

    @staticmethod
    def _sigmoid(z):
        return 1 / (1 + np.exp(-z))

    def _objective(self, X, y, w):
        z = X @ w
        return np.sum(np.logaddexp(0, z) - y * z) + w[1:] @ w[1:] / (2 * self.C)

    def _derivatives(self, X, y, w):
        p = self._sigmoid(X @ w)
        ridge = np.full(len(w), 1 / self.C)
        ridge[0] = 0
        grad = X.T @ (p - y) + ridge * w
        S = p * (1 - p)
        hessian = (X.T * S) @ X + np.diag(ridge)
        return grad, hessian

    def _solve(self, X, y):
        w = np.zeros(X.shape[1])
        for self.n_iter_ in range(1, self.max_iter + 1):
            grad, hessian = self._derivatives(X, y, w)
            delta = np.linalg.solve(hessian, grad)
            w = w - delta
            if np.max(np.abs(delta)) < self.tol:
                break
        return w

    def predict_proba(self, X):
        p = self._sigmoid(self.decision_function(X))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.decision_function(X) > 0).astype(int)

    def score(self, X, y):
        return np.mean(self.predict(X) == y)


class SoftmaxRegression:
    """Multinomial, full-batch gradient descent; one column of coef_ for each class."""

    def __init__(self, eta=0.5, n_iter=300, l2=1e-3):
        self.eta, self.n_iter, self.l2 = eta, n_iter, l2

    def _grads(self, X, Y, W, b):
        n = X.shape[0]
        logits = X @ W + b
        logits -= logits.max(axis=1)[:, None]
        P = np.exp(logits)
        P /= P.sum(axis=1)[:, None]
        loss = -(Y * np.log(P)).sum() / n + self.l2 / 2 * (W ** 2).sum()
        G = (P - Y) / n
        return loss, X.T @ G + self.l2 * W, G.sum(axis=0)

    def fit(self, X, y):
        self.classes_, codes = np.unique(y, return_inverse=True)
        Y = np.eye(len(self.classes_))[codes]
        self.coef_ = np.zeros((X.shape[1], Y.shape[1]))
        self.intercept_ = np.zeros(Y.shape[1])
        for _ in range(self.n_iter):
            self.loss_, dW, db = self._grads(X, Y, self.coef_, self.intercept_)
            self.coef_ -= self.eta * dW
            self.intercept_ -= self.eta * db
        return self

    def predict(self, X):
        return self.classes_[(X @ self.coef_ + self.intercept_).argmax(axis=1)]


if __name__ == "__main__":
    rng = np.random.default_rng(3)
    X = rng.normal(size=(200, 8))
    w = np.array([2.0, -1.0, 0, 0, 0.5, 0, 0, 0])
    y = X @ w + 3 + 0.3 * rng.normal(size=200)
    for model in (LinearRegression(), Ridge(5.0), GradientDescentRegressor(), Lasso(0.1)):
        print(f"{type(model).__name__:26s} R2 {model.fit(X, y).score(X, y):.3f}", model.coef_.round(2))
    t = (X @ w + rng.logistic(size=200) > 0).astype(int)
    logistic = LogisticRegression().fit(X, t)
    print("logistic", logistic.score(X, t), "in", logistic.n_iter_, "steps")
    k = np.digitize(X[:, 0] + X[:, 1], [-0.7, 0.7])
    print("softmax", np.mean(SoftmaxRegression().fit(X, k).predict(X) == k))
