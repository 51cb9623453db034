"""Variational autoencoder, numpy only.

x -> h -> (mu, logvar) -> z = mu + eps * exp(logvar / 2) -> g -> x_hat
"""
from dataclasses import dataclass, field, fields

import numpy as np


@dataclass
class Weights:
    """Everything that is trained. Rows are examples, so a layer is x @ W + b."""
    enc: np.ndarray
    enc_b: np.ndarray
    mu: np.ndarray
    mu_b: np.ndarray
    lv: np.ndarray
    lv_b: np.ndarray
    dec: np.ndarray
    dec_b: np.ndarray
    out: np.ndarray
    out_b: np.ndarray

    @classmethod
    def random(cls, n_pixels: int, n_hidden: int, n_latent: int, rng) -> "Weights":
        def pair(rows, cols):
            return rng.normal(0, np.sqrt(2 / (rows + cols)), (rows, cols)), np.zeros(cols)
        return cls(*pair(n_pixels, n_hidden), *pair(n_hidden, n_latent), *pair(n_hidden, n_latent),
                   *pair(n_latent, n_hidden), *pair(n_hidden, n_pixels))

    def __iter__(self):
        return (getattr(self, f.name) for f in fields(self))


@dataclass
class Adam:
    rate: float = 1e-3
    beta1: float = 0.9
    beta2: float = 0.999
    t: int = 0
    m: list = field(default_factory=list)
    v: list = field(default_factory=list)

    def step(self, weights, grads):
        if not self.m:
            self.m = [np.zeros_like(w) for w in weights]
            self.v = [np.zeros_like(w) for w in weights]
        self.t += 1
        for w, g, m, v in zip(weights, grads, self.m, self.v):
            m[:] = self.beta1 * m + (1 - self.beta1) * g
            v[:] = self.beta2 * v + (1 - self.beta2) * g ** 2
            w -= self.rate * (m / (1 - self.beta1 ** self.t)) / (np.sqrt(v / (1 - self.beta2 ** self.t)) + 1e-8)


def sigma(a):
    return 1 / (1 + np.exp(-a))


def elbo(x, w: Weights, eps):
    """Negative evidence lower bound per example, and what the way back needs."""
    n = len(x)
    h_pre = x @ w.enc + w.enc_b
    h = np.maximum(h_pre, 0)
    mu = h @ w.mu + w.mu_b
    logvar = h @ w.lv + w.lv_b
    std = np.exp(0.5 * logvar)
    z = mu + eps * std
    g = np.tanh(z @ w.dec + w.dec_b)
    x_hat = sigma(g @ w.out + w.out_b)

    bce = -np.sum(x * np.log(x_hat + 1e-10) + (1 - x) * np.log(1 - x_hat + 1e-10)) / n
    kl = -0.5 * np.sum(1 + logvar - mu ** 2 - np.exp(logvar)) / n
    return bce, kl, (x, h_pre, h, mu, logvar, std, z, g, x_hat, eps)


def backward(w: Weights, state, beta=1.0) -> Weights:
    x, h_pre, h, mu, logvar, std, z, g, x_hat, eps = state
    n = x.shape[0]

    d_logits = (x_hat - x) / n
    d_out = g.T @ d_logits
    d_out_b = d_logits.sum(0)

    d_g = d_logits @ w.out.T
    d_g_pre = d_g * (1 - g * g)
    d_dec = z.T @ d_g_pre
    d_dec_b = d_g_pre.sum(0)
    d_z = d_g_pre @ w.dec.T

    # both terms of the bound meet in mu and logvar
    d_mu = d_z + beta * mu / n
    d_logvar = d_z * eps * 0.5 * std + beta * 0.5 * (np.exp(logvar) - 1) / n
    d_h = d_mu @ w.mu.T + d_logvar @ w.lv.T
    d_h_pre = d_h * (h_pre > 0)

    return Weights(enc=x.T @ d_h_pre, enc_b=d_h_pre.sum(0),
                   mu=h.T @ d_mu, mu_b=d_mu.sum(0),
                   lv=h.T @ d_logvar, lv_b=d_logvar.sum(0),
                   dec=d_dec, dec_b=d_dec_b, out=d_out, out_b=d_out_b)


def generate(w: Weights, count: int, rng):
    z = rng.standard_normal((count, w.dec.shape[0]))
    return sigma(np.tanh(z @ w.dec + w.dec_b) @ w.out + w.out_b)


def stripes(count, side, rng):
    """Images with one bright row or column, a bit noisy."""
    pictures = np.zeros((count, side, side))
    which = rng.integers(side, size=count)
    vertical = rng.random(count) < 0.5
    for picture, k, v in zip(pictures, which, vertical):
        if v:
            picture[:, k] = 1
        else:
            picture[k, :] = 1
    flip = rng.random(pictures.shape) < 0.02
    return np.abs(pictures - flip).reshape(count, -1)


if __name__ == "__main__":
    rng = np.random.default_rng(4)
    side, latent = 6, 3
    data = stripes(2000, side, rng)
    weights, adam = Weights.random(side * side, 40, latent, rng), Adam(rate=3e-3)
    for epoch in range(30):
        rng.shuffle(data)
        total = np.zeros(2)
        for i in range(0, len(data), 100):
            batch = data[i:i + 100]
            bce, kl, state = elbo(batch, weights, rng.standard_normal((len(batch), latent)))
            adam.step(weights, backward(weights, state))
            total += bce, kl
        if epoch % 5 == 0:
            print("epoch %2d   reconstruction %.2f   kl %.2f" % (epoch, *(total / 20)))
    print((generate(weights, 1, rng).reshape(side, side) > 0.5).astype(int))
