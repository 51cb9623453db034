"""One encoder block (post-norm), written for reading rather than for speed.

Every module keeps what it needs in ``self.cache`` during the forward pass and leaves the gradients of
its parameters in ``self.grads``. Arrays are (batch, time, features) unless said otherwise.
"""
from __future__ import annotations

import math
from typing import Dict, List, Tuple

import numpy as np

Array = np.ndarray


class Module:
    def __init__(self) -> None:
        self.params: Dict[str, Array] = {}
        self.grads: Dict[str, Array] = {}
        self.cache: tuple = ()

    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)

    def children(self) -> List["Module"]:
        return [m for m in vars(self).values() if isinstance(m, Module)]

    def sgd(self, lr: float) -> None:
        for name, p in self.params.items():
            p -= lr * self.grads[name]
        for child in self.children():
            child.sgd(lr)


class Linear(Module):
    def __init__(self, d_in: int, d_out: int, rng: np.random.Generator) -> None:
        super().__init__()
        bound = 1 / math.sqrt(d_in)
        self.params["W"] = rng.uniform(-bound, bound, (d_in, d_out))
        self.params["b"] = np.zeros(d_out)

    def forward(self, x: Array) -> Array:
        self.cache = (x,)
        return x @ self.params["W"] + self.params["b"]

    def backward(self, dy: Array) -> Array:
        (x,) = self.cache
        flat_x = x.reshape(-1, x.shape[-1])
        flat_dy = dy.reshape(-1, dy.shape[-1])
        self.grads["W"] = flat_x.T @ flat_dy
        self.grads["b"] = flat_dy.sum(axis=0)
        return dy @ self.params["W"].T


class LayerNorm(Module):
    def __init__(self, d: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.eps = eps
        self.params = {"g": np.ones(d), "b": np.zeros(d)}

    def forward(self, x: Array) -> Array:
        centred = x - x.mean(axis=-1, keepdims=True)
        rstd = 1 / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + self.eps)
        x_hat = centred * rstd
        self.cache = (x_hat, rstd)
        return self.params["g"] * x_hat + self.params["b"]

    def backward(self, dy: Array) -> Array:
        x_hat, rstd = self.cache
        lead = tuple(range(dy.ndim - 1))
        self.grads["g"] = (dy * x_hat).sum(axis=lead)
        self.grads["b"] = dy.sum(axis=lead)
        dx_hat = dy * self.params["g"]
        mean_d = dx_hat.mean(axis=-1, keepdims=True)
        mean_dx = (dx_hat * x_hat).mean(axis=-1, keepdims=True)
        return rstd * (dx_hat - mean_d - x_hat * mean_dx)


class GELU(Module):
    c = math.sqrt(2 / math.pi)

    def forward(self, x: Array) -> Array:
        t = np.tanh(self.c * (x + 0.044715 * x**3))
        self.cache = (x, t)
        return 0.5 * x * (1 + t)

    def backward(self, dy: Array) -> Array:
        x, t = self.cache
        dt = (1 - t**2) * self.c * (1 + 3 * 0.044715 * x**2)
        return dy * (0.5 * (1 + t) + 0.5 * x * dt)


def softmax(s: Array) -> Array:
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class MultiHeadAttention(Module):
    def __init__(self, d_model: int, heads: int, rng: np.random.Generator) -> None:
        super().__init__()
        assert d_model % heads == 0
        self.heads, self.d_head = heads, d_model // heads
        self.q = Linear(d_model, d_model, rng)
        self.k = Linear(d_model, d_model, rng)
        self.v = Linear(d_model, d_model, rng)
        self.out = Linear(d_model, d_model, rng)

    def split(self, x: Array) -> Array:
        """(batch, time, d_model) -> (batch, heads, time, d_head)"""
        B, T, _ = x.shape
        return x.reshape(B, T, self.heads, self.d_head).transpose(0, 2, 1, 3)

    def merge(self, x: Array) -> Array:
        """(batch, heads, time, d_head) -> (batch, time, d_model)"""
        B, H, T, D = x.shape
        return x.transpose(0, 2, 1, 3).reshape(B, T, H * D)

    def forward(self, x: Array, mask: Array | None = None) -> Array:
        q, k, v = self.split(self.q(x)), self.split(self.k(x)), self.split(self.v(x))
        scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(self.d_head)  # (batch, heads, time, time)
        if mask is not None:
            scores = np.where(mask[:, None, None, :], scores, -1e9)
        weights = softmax(scores)
        self.cache = (q, k, v, weights)
        return self.out(self.merge(weights @ v))

    def backward(self, dy: Array) -> Array:
        q, k, v, weights = self.cache
        d_context = self.split(self.out.backward(dy))
        d_weights = d_context @ v.swapaxes(-1, -2)
        d_v = weights.swapaxes(-1, -2) @ d_context
        d_scores = weights * (d_weights - (d_weights * weights).sum(axis=-1, keepdims=True))
        d_scores /= math.sqrt(self.d_head)
        d_q = d_scores @ k
        d_k = d_scores.swapaxes(-1, -2) @ q
        return (
            self.q.backward(self.merge(d_q))
            + self.k.backward(self.merge(d_k))
            + self.v.backward(self.merge(d_v))
        )


class EncoderBlock(Module):
    def __init__(self, d_model: int, heads: int, d_ff: int, rng: np.random.Generator) -> None:
        super().__init__()
        self.attention = MultiHeadAttention(d_model, heads, rng)
        self.norm1, self.norm2 = LayerNorm(d_model), LayerNorm(d_model)
        self.up, self.act, self.down = Linear(d_model, d_ff, rng), GELU(), Linear(d_ff, d_model, rng)

    def forward(self, x: Array, mask: Array | None = None) -> Array:
        x = self.norm1(x + self.attention(x, mask))
        return self.norm2(x + self.down(self.act(self.up(x))))

    def backward(self, dy: Array) -> Array:
        d_sum = self.norm2.backward(dy)
        d_mid = d_sum + self.up.backward(self.act.backward(self.down.backward(d_sum)))
        d_sum = self.norm1.backward(d_mid)
        return d_sum + self.attention.backward(d_sum)


def positions(length: int, d_model: int) -> Array:
    angle = np.arange(length)[:, None] / 10000 ** (np.arange(0, d_model, 2)[None, :] / d_model)
    table = np.zeros((length, d_model))
    table[:, 0::2], table[:, 1::2] = np.sin(angle), np.cos(angle)
    return table


def task(rng: np.random.Generator, batch: int, length: int, d_model: int) -> Tuple[Array, Array]:
    """Recall the sign pattern of the first element at every position."""
    x = rng.choice([-1.0, 1.0], (batch, length, d_model))
    target = np.repeat(x[:, :1], length, axis=1)
    return x + positions(length, d_model), target


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    block, head = EncoderBlock(16, 4, 64, rng), Linear(16, 16, rng)
    for step in range(1001):
        x, target = task(rng, 16, 10, 16)
        y = head(block(x))
        diff = y - target
        block.backward(head.backward(2 * diff / diff.size))
        block.sgd(1.0)
        head.sgd(1.0)
        if step % 200 == 0:
            print(f"step {step:4d}  loss {np.mean(diff ** 2):.4f}")
