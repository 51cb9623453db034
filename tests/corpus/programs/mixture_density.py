"""Mixture density network: the outputs of an MLP are the parameters of a Gaussian mixture for a scalar target.

Solves the classic inverse problem, x = y + 0.3 sin(2 pi y) + noise, where one x has several y.
"""
import numpy as np
from numpy import exp, log, newaxis, pi, sqrt, tanh


class MDN:
    def __init__(self, hidden, k, rng):
        self.k = k
        self.shape = [(1, hidden), (hidden,), (hidden, 3 * k), (3 * k,)]
        self.w = [rng.normal(0, 1 / sqrt(s[0]), s) if len(s) == 2 else np.zeros(s) for s in self.shape]
        self.w[3][k:2 * k] = np.linspace(0, 1, k)

    def forward(self, x):
        W1, b1, W2, b2 = self.w
        h = tanh(x @ W1 + b1)
        out = h @ W2 + b2
        a, mu, s = np.hsplit(out, 3)
        a = exp(a - a.max(axis=1, keepdims=True))
        alpha = a / a.sum(axis=1, keepdims=True)
        sigma = exp(s)
        return h, alpha, mu, sigma

    def nll(self, x, t):
        _, alpha, mu, sigma = self.forward(x)
        density = alpha * exp(-0.5 * ((t[:, newaxis] - mu) / sigma) ** 2) / (sigma * sqrt(2 * pi))
        return -log(density.sum(axis=1)).mean()

    def grad(self, x, t):
        W1, b1, W2, b2 = self.w
        n = len(t)
        h, alpha, mu, sigma = self.forward(x)
        u = (t[:, newaxis] - mu) / sigma
        phi = alpha * exp(-0.5 * u ** 2) / (sigma * sqrt(2 * pi))
        gamma = phi / phi.sum(axis=1)[:, newaxis]    # posterior of the components

        d_a = alpha - gamma
        d_mu = -gamma * u / sigma
        d_s = gamma * (1 - u ** 2)
        d_out = np.hstack((d_a, d_mu, d_s)) / n
        d_h = d_out @ W2.T * (1 - h ** 2)
        return [x.T @ d_h, d_h.sum(0), h.T @ d_out, d_out.sum(0)]

    def flatten(self, arrays):
        return np.concatenate([a.ravel() for a in arrays])

    def unflatten(self, vector):
        sizes = [int(np.prod(s)) for s in self.shape]
        parts = np.split(vector, np.cumsum(sizes)[:-1])
        return [p.reshape(s) for p, s in zip(parts, self.shape)]


def bfgs(f, df, x, steps):
    """Quasi-Newton with the inverse Hessian and a backtracking line search."""
    n = x.size
    I = np.eye(n)
    H = I
    g = df(x)
    for step in range(steps):
        p = -H @ g
        t, fx, slope = 1.0, f(x), g @ p
        while f(x + t * p) > fx + 1e-4 * t * slope:
            t *= 0.5
            if t < 1e-10:
                return x
        s = t * p
        x = x + s
        g_new = df(x)
        y = g_new - g
        g = g_new
        if (sy := s @ y) > 1e-10:
            rho = 1 / sy
            A = I - rho * np.outer(s, y)
            H = A @ H @ A.T + rho * np.outer(s, s)
        if step % 40 == 0:
            print(f"step {step:3d}  nll {fx:.4f}")
    return x


def main():
    rng = np.random.default_rng(1)
    y = rng.uniform(0, 1, 400)
    x = (y + 0.3 * np.sin(2 * pi * y) + rng.uniform(-0.1, 0.1, 400))[:, newaxis]
    net = MDN(hidden=12, k=3, rng=rng)

    def f(v):
        net.w = net.unflatten(v)
        return net.nll(x, y)

    def df(v):
        net.w = net.unflatten(v)
        return net.flatten(net.grad(x, y))

    best = bfgs(f, df, net.flatten(net.w), 161)
    net.w = net.unflatten(best)
    _, alpha, mu, sigma = net.forward(np.array([[0.25], [0.5], [0.75]]))
    for row in zip(alpha, mu, sigma):
        print("   ".join(f"{a:.2f} N({m:.2f}, {s:.2f})" for a, m, s in zip(*row)))


if __name__ == "__main__":
    main()
