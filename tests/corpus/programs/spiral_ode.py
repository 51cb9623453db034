"""A neural ODE, dy/dt = W2 tanh(W1 y + b1) + b2, fitted to a spiral.

Two ways to the gradient: through the steps of RK4, and by the adjoint equation

    da/dt = -(df/dy)^T a,       dL/dtheta = -int a^T df/dtheta dt   (backwards in time).
"""
import numpy as np


class Field:
    """Right hand side of the equation; a batch of states are the columns of y."""

    def __init__(self, dim, hidden, rng):
        self.W1 = rng.standard_normal((hidden, dim)) / np.sqrt(dim)
        self.b1 = np.zeros((hidden, 1))
        self.W2 = 0.3 * rng.standard_normal((dim, hidden)) / np.sqrt(hidden)
        self.b2 = np.zeros((dim, 1))

    @property
    def theta(self):
        return self.W1, self.b1, self.W2, self.b2

    def __call__(self, y):
        return self.W2 @ np.tanh(self.W1 @ y + self.b1) + self.b2

    def vjp(self, y, a):
        """a^T df/dy, and the list of a^T df/dtheta"""
        s = np.tanh(self.W1 @ y + self.b1)
        ds = (self.W2.T @ a) * (1 - s ** 2)
        grads = [ds @ y.T, ds.sum(axis=1, keepdims=True), a @ s.T, a.sum(axis=1, keepdims=True)]
        return self.W1.T @ ds, grads


def rk4(f, y, h):
    k1 = f(y)
    k2 = f(y + h / 2 * k1)
    k3 = f(y + h / 2 * k2)
    k4 = f(y + h * k3)
    return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4), (k1, k2, k3)


def rk4_back(f, y, h, stages, dy):
    """Gradient through one step: of y, and of the parameters."""
    k1, k2, k3 = stages
    d_y = dy.copy()
    total = [np.zeros_like(p) for p in f.theta]

    def stage(at, dk):
        nonlocal total
        d_at, grads = f.vjp(at, dk)
        total = [t + g for t, g in zip(total, grads)]
        return d_at

    dk4 = h / 6 * dy
    d4 = stage(y + h * k3, dk4)
    dk3 = h / 3 * dy + h * d4
    d3 = stage(y + h / 2 * k2, dk3)
    dk2 = h / 3 * dy + h / 2 * d3
    d2 = stage(y + h / 2 * k1, dk2)
    dk1 = h / 6 * dy + h / 2 * d2
    d1 = stage(y, dk1)
    d_y += d1 + d2 + d3 + d4
    return d_y, total


def discrete(f, path, h):
    """Loss 1/2 sum |y_t - path_t|^2 / n and its gradient, exact for the discretised problem."""
    n = path.shape[2]
    ys, tape = [path[0]], []
    for target in path[1:]:
        y, stages = rk4(f, ys[-1], h)
        tape.append(stages)
        ys.append(y)
    loss = sum(0.5 * np.sum((y - p) ** 2) for y, p in zip(ys, path)) / n
    a = np.zeros_like(ys[0])
    grads = [np.zeros_like(p) for p in f.theta]
    for t in range(len(tape) - 1, -1, -1):
        a = a + (ys[t + 1] - path[t + 1]) / n
        a, more = rk4_back(f, ys[t], h, tape[t], a)
        for g, m in zip(grads, more):
            g += m
    return loss, grads


def adjoint(f, path, h, fine=4):
    """The same by integrating state, adjoint and gradient backwards together, with smaller steps."""
    n = path.shape[2]
    y = path[0]
    ys = [y]
    for _ in range(len(path) - 1):
        y, _ = rk4(f, y, h)
        ys.append(y)

    def reverse(state):
        y, a, *_ = state
        da, grads = f.vjp(y, a)
        return [-f(y), da, *grads]

    def add(state, k, c):
        return [s + c * d for s, d in zip(state, k)]

    a = np.zeros_like(y)
    grads = [np.zeros_like(p) for p in f.theta]
    for t in range(len(path) - 1, 0, -1):
        a = a + (ys[t] - path[t]) / n
        state, e = [ys[t], a, *grads], h / fine
        for _ in range(fine):
            k1 = reverse(state)
            k2 = reverse(add(state, k1, e / 2))
            k3 = reverse(add(state, k2, e / 2))
            k4 = reverse(add(state, k3, e))
            for k, c in ((k1, 1), (k2, 2), (k3, 2), (k4, 1)):
                state = add(state, k, c * e / 6)
        _, a, *grads = state
    return grads


def spiral(n, steps, h, rng):
    A = np.array([[-0.1, 2.0], [-2.0, -0.1]])
    y = rng.uniform(-2, 2, (2, n))
    path = [y]
    for _ in range(steps):
        y, _ = rk4(lambda s: A @ s, y, h)
        path.append(y)
    return np.stack(path)


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    f, h = Field(2, 24, rng), 0.1
    speed = [np.zeros_like(p) for p in f.theta]
    for it in range(401):
        path = spiral(16, 8, h, rng)
        loss, grads = discrete(f, path, h)
        for p, v, g in zip(f.theta, speed, grads):
            v *= 0.9
            v -= 0.02 * g
            p += v
        if it % 100 == 0:
            gap = max(np.abs(g - q).max() for g, q in zip(grads, adjoint(f, path, h)))
            print(f"{it:4d}  loss {loss:.4f}  adjoint differs by {gap:.1e}")
