"""MLP-Mixer (Tolstikhin et al., 2021) on patches of small images."""
try:
    import cupy as xp
except ImportError:
    import numpy as xp
from sklearn.datasets import load_digits

rng = xp.random.default_rng(42)


def dense(n, m):
    return rng.normal(0, xp.sqrt(2 / (n + m)), (n, m)), xp.zeros(m)


class Mlp:
    """acts on the last axis, whatever is in front of it"""

    def __init__(self, n, hidden):
        self.W1, self.b1 = dense(n, hidden)
        self.W2, self.b2 = dense(hidden, n)

    def forward(self, x):
        self.x = x
        self.h = x @ self.W1 + self.b1
        self.a = xp.maximum(self.h, 0)
        return self.a @ self.W2 + self.b2

    def backward(self, g):
        lead = tuple(range(g.ndim - 1))
        self.gW2 = xp.tensordot(self.a, g, (lead, lead))
        self.gb2 = g.sum(axis=lead)
        gh = (g @ self.W2.T) * (self.h > 0)
        self.gW1 = xp.tensordot(self.x, gh, (lead, lead))
        self.gb1 = gh.sum(axis=lead)
        return gh @ self.W1.T

    def update(self, lr):
        for name in ("W1", "b1", "W2", "b2"):
            getattr(self, name)[...] -= lr * getattr(self, "g" + name)


class Norm:
    def __init__(self, n):
        self.gain, self.shift = xp.ones(n), xp.zeros(n)

    def forward(self, x):
        mu, var = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        self.s = xp.sqrt(var + 1e-5)
        self.n = (x - mu) / self.s
        return self.n * self.gain + self.shift

    def backward(self, g):
        self.ggain = xp.einsum("ijk,ijk->k", g, self.n)
        self.gshift = xp.einsum("ijk->k", g)
        gn = g * self.gain
        return (gn - gn.mean(-1, keepdims=True) - self.n * (gn * self.n).mean(-1, keepdims=True)) / self.s

    def update(self, lr):
        self.gain -= lr * self.ggain
        self.shift -= lr * self.gshift


class MixerBlock:
    def __init__(self, tokens, channels, token_hidden, channel_hidden):
        self.norm1, self.norm2 = Norm(channels), Norm(channels)
        self.mix_tokens = Mlp(tokens, token_hidden)
        self.mix_channels = Mlp(channels, channel_hidden)

    def forward(self, x):
        y = self.norm1.forward(x)
        y = xp.swapaxes(y, 1, 2)            # the patches last
        y = self.mix_tokens.forward(y)
        x = x + xp.swapaxes(y, 1, 2)
        return x + self.mix_channels.forward(self.norm2.forward(x))

    def backward(self, g):
        g = g + self.norm2.backward(self.mix_channels.backward(g))
        t = xp.swapaxes(g, 1, 2)
        t = self.mix_tokens.backward(t)
        t = xp.swapaxes(t, 1, 2)
        return g + self.norm1.backward(t)

    def update(self, lr):
        for part in vars(self).values():
            part.update(lr)


class Mixer:
    def __init__(self, image, patch, channels, blocks, classes):
        self.patch = patch
        tokens = (image // patch) ** 2
        self.E, self.e = dense(patch * patch, channels)
        self.blocks = [MixerBlock(tokens, channels, 2 * tokens, 2 * channels) for _ in range(blocks)]
        self.norm = Norm(channels)
        self.C, self.c = dense(channels, classes)

    def patches(self, images):
        n, h, w = images.shape
        p = self.patch
        x = images.reshape(n, h // p, p, w // p, p).transpose(0, 1, 3, 2, 4)
        return x.reshape(n, (h // p) * (w // p), p * p)    # n * tokens * pixels

    def forward(self, images):
        self.x = self.patches(images)
        z = self.x @ self.E + self.e
        for block in self.blocks:
            z = block.forward(z)
        z = self.norm.forward(z)
        self.tokens = z.shape[1]                             # z: n * tokens * channels
        self.pooled = z.mean(axis=1)
        return self.pooled @ self.C + self.c

    def backward(self, g):
        self.gC, self.gc = self.pooled.T @ g, g.sum(axis=0)
        gz = g @ self.C.T
        gz = xp.repeat(gz[:, None, :], self.tokens, axis=1) / self.tokens
        gz = self.norm.backward(gz)
        for block in self.blocks[::-1]:
            gz = block.backward(gz)
        self.gE = xp.einsum("nti,ntj->ij", self.x, gz)
        self.ge = gz.sum((0, 1))

    def update(self, lr):
        self.E -= lr * self.gE
        self.e -= lr * self.ge
        self.C -= lr * self.gC
        self.c -= lr * self.gc
        for part in (*self.blocks, self.norm):
            part.update(lr)


def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - xp.log(xp.exp(z).sum(axis=1, keepdims=True))
    onehot = (labels[:, None] == xp.arange(logits.shape[1])).astype(float)
    return -(onehot * logp).sum() / len(labels), (xp.exp(logp) - onehot) / len(labels)


if __name__ == "__main__":
    digits = load_digits()
    images, labels = xp.asarray(digits.images / 16 - 0.5), xp.asarray(digits.target)
    net = Mixer(image=8, patch=2, channels=24, blocks=2, classes=10)
    for epoch in range(8):
        order = rng.permutation(1500)
        losses = []
        for batch in xp.array_split(order, 50):
            loss, g = cross_entropy(net.forward(images[batch]), labels[batch])
            net.backward(g)
            net.update(0.1)
            losses.append(loss)
        test = net.forward(images[1500:]).argmax(1) == labels[1500:]
        print(f"{epoch}: loss {xp.mean(losses):.3f} test {test.mean():.3f}")
