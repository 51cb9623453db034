"""Highway and residual networks for one vector at a time, written recursively."""
from typing import List, NamedTuple

import numpy as np

Vec = np.ndarray
Mat = np.ndarray


class Gate(NamedTuple):
    W: Mat
    b: Vec
    V: Mat
    c: Vec


class Block(NamedTuple):
    U: Mat
    W: Mat


def softplus(x): return np.logaddexp(0, x)
def dsoftplus(x): return 1 / (1 + np.exp(-x))


def highway(x: Vec, gates: List[Gate], head: Mat, y: int):
    """loss, d loss / d x, and the gradients of gates and head, last gate last"""
    if not gates:
        s = head @ x
        p = np.exp(s - s.max())
        p = p / p.sum()
        loss = -np.log(p[y])
        p[y] -= 1
        return loss, head.T @ p, [], np.outer(p, x)

    (W, b, V, c), rest = gates[0], gates[1:]
    a = W @ x + b
    h = np.tanh(a)
    t = 1 / (1 + np.exp(-(V @ x + c)))
    out = t * h + (1 - t) * x

    loss, g, later, g_head = highway(out, rest, head, y)

    g_a = g * t * (1 - h ** 2)
    g_u = g * (h - x) * t * (1 - t)
    g_x = g * (1 - t) + W.T @ g_a + V.T @ g_u
    mine = Gate(W=np.outer(g_a, x), b=g_a, V=np.outer(g_u, x), c=g_u)
    return loss, g_x, [mine] + later, g_head


def residual(x: Vec, blocks: List[Block], target: Vec):
    """x + W softplus(U x) again and again; squared error at the end"""
    if not blocks:
        return 0.5 * (x - target) @ (x - target), x - target, []
    U, W = blocks[0]
    a = np.dot(U, x)
    h = softplus(a)
    loss, g, later = residual(x + np.dot(W, h), blocks[1:], target)
    g_W = g[:, np.newaxis] * h
    g_h = np.dot(g, W)
    g_a = g_h * dsoftplus(a)
    g_U = g_a[:, np.newaxis] * x
    return loss, g + np.dot(g_a, U), [Block(g_U, g_W)] + later


def apply(params, grads, rate):
    return [type(p)(*(q - rate * d for q, d in zip(p, g))) for p, g in zip(params, grads)]


def parity(n, rng):
    bits = rng.integers(0, 2, n)
    return 2.0 * bits - 1, int(bits[:3].sum() % 2)


def main(n=8, depth=6, rate=0.05, seed=2):
    rng = np.random.default_rng(seed)
    square = lambda: rng.normal(0, n ** -0.5, (n, n))
    gates = [Gate(square(), np.zeros(n), square(), np.full(n, -1.0)) for _ in range(depth)]
    head = rng.normal(0, 0.3, (2, n))
    recent = np.log(2)
    for i in range(6001):
        x, y = parity(n, rng)
        loss, _, g_gates, g_head = highway(x, gates, head, y)
        gates = apply(gates, g_gates, rate)
        head = head - rate * g_head
        recent = 0.998 * recent + 0.002 * loss
        if i % 2000 == 0:
            print(f"highway  {i:6d} {recent:.4f}")

    hidden = 12
    blocks = [Block(0.3 * rng.standard_normal((hidden, 2)), 0.1 * rng.standard_normal((2, hidden))) for _ in range(4)]
    recent = 1.0
    for i in range(4001):
        x = rng.uniform(-1, 1, 2)
        target = np.array([x[0] * x[1], x[0] ** 2 - x[1]])
        loss, _, grads = residual(x, blocks, target)
        blocks = apply(blocks, grads, 0.05)
        recent = 0.998 * recent + 0.002 * loss
        if i % 1000 == 0:
            print(f"residual {i:6d} {recent:.4f}")


if __name__ == "__main__":
    main()
