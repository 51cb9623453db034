import numpy as np

# Factorization machine (Rendle 2010), second order, logistic loss.
#   y(x) = w0 + <w, x> + 1/2 sum_f [ (sum_i v_if x_i)^2 - sum_i v_if^2 x_i^2 ]


class FactorizationMachine:
    def __init__(self, n_factors=8, lr=0.1, l2_w=1e-4, l2_v=1e-4, n_iter=200, random_state=None):
        self.n_factors = n_factors
        self.lr = lr
        self.l2_w, self.l2_v = l2_w, l2_v
        self.n_iter = n_iter
        self.rng = np.random.RandomState(random_state)

    def _init(self, n_features):
        self.w0 = 0.0
        self.w = np.zeros(n_features)
        self.V = self.rng.normal(0, 0.1, size=(n_features, self.n_factors))

    def _score(self, X):
        XV = X.dot(self.V)
        square_of_sum = XV ** 2
        sum_of_square = (X ** 2).dot(self.V ** 2)
        pair = 0.5 * np.sum(square_of_sum - sum_of_square, axis=1)
        return self.w0 + X.dot(self.w) + pair, XV

    def _loss(self, X, y):
        s, _ = self._score(X)
        return (np.logaddexp(0, -y * s).mean()
                + 0.5 * self.l2_w * self.w.dot(self.w) + 0.5 * self.l2_v * np.sum(self.V ** 2))

    def _gradient(self, X, y):
        n = X.shape[0]
        s, XV = self._score(X)
        g = -y / (1 + np.exp(y * s)) / n
        g_w0 = g.sum()
        g_w = X.T.dot(g) + self.l2_w * self.w
        # d/dv_if = x_i (sum_j v_jf x_j) - v_if x_i^2
        g_V = X.T.dot(g[:, None] * XV) - (X ** 2).T.dot(g)[:, None] * self.V + self.l2_v * self.V
        return g_w0, g_w, g_V

    def fit(self, X, y):
        y = np.where(np.asarray(y) > 0, 1.0, -1.0)
        self._init(X.shape[1])
        hist = [0.0, np.zeros_like(self.w), np.zeros_like(self.V)]
        self.losses = []
        for it in range(self.n_iter):
            self.losses.append(self._loss(X, y))
            for k, g in enumerate(self._gradient(X, y)):
                hist[k] = hist[k] + g ** 2
                delta = self.lr * g / (np.sqrt(hist[k]) + 1e-8)
                if k == 0:
                    self.w0 -= delta
                elif k == 1:
                    self.w -= delta
                else:
                    self.V -= delta
        return self

    def fit_one_by_one(self, rows, y, n_features, epochs=5, eta=0.02):
        """rows: list of (indices, values) pairs, for data that is nearly all zeros"""
        self._init(n_features)
        for epoch in range(epochs):
            for r in self.rng.permutation(len(rows)):
                idx, val = rows[r]
                v = self.V[idx]
                summed = val @ v
                s = self.w0 + self.w[idx] @ val + 0.5 * (summed @ summed - (val ** 2) @ (v ** 2).sum(axis=1))
                g = -y[r] / (1 + np.exp(y[r] * s))
                self.w0 -= eta * g
                self.w[idx] -= eta * (g * val + self.l2_w * self.w[idx])
                self.V[idx] -= eta * (g * (np.outer(val, summed) - v * val[:, None] ** 2) + self.l2_v * v)
        return self

    def predict_proba(self, X):
        s, _ = self._score(X)
        return 1 / (1 + np.exp(-s))

    def predict(self, X):
        return (self.predict_proba(X) > 0.5).astype(int)

    def interaction(self):
        """strength of every pair of features"""
        G = self.V @ self.V.T
        np.fill_diagonal(G, 0)
        return G


def clicks(n, rng):
    """users x items x weekday, one-hot side by side; whether they click depends on user and item together"""
    users, items, days = rng.randint(6, size=n), rng.randint(7, size=n), rng.randint(7, size=n)
    X = np.hstack([np.eye(6)[users], np.eye(7)[items], np.eye(7)[days]])
    taste = np.array([1, -1, 1, -1, 1, -1])
    kind = np.array([1, 1, -1, -1, 1, -1, 1])
    logit = 2.5 * taste[users] * kind[items] + 0.5 * (days >= 5)
    return X, (rng.rand(n) < 1 / (1 + np.exp(-logit))).astype(int)


if __name__ == '__main__':
    rng = np.random.RandomState(7)
    X, y = clicks(2000, rng)
    X_test, y_test = clicks(500, rng)
    fm = FactorizationMachine(n_factors=4, n_iter=300, random_state=1).fit(X, y)
    print('loss %.4f -> %.4f' % (fm.losses[0], fm.losses[-1]))
    print('test accuracy', np.mean(fm.predict(X_test) == y_test))
    print('strongest pair', np.unravel_index(np.abs(fm.interaction()).argmax(), (X.shape[1],) * 2))
    rows = [(np.flatnonzero(x), x[x != 0]) for x in X]
    fm.fit_one_by_one(rows, 2 * y - 1, X.shape[1])
    print('one by one   ', np.mean(fm.predict(X_test) == y_test))
