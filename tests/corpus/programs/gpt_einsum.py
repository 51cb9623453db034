# A decoder-only language model with hand-written gradients.
# b batch, t/s positions, d model width, h heads, k width of a head, f hidden width, v vocabulary
import numpy as np

rng = np.random.default_rng(1337)


def init(v, t, d, h, f, layers):
    assert d % h == 0
    k = d // h
    normal = lambda *shape: rng.normal(0.0, 0.05, shape)
    params = {"wte": normal(v, d), "wpe": normal(t, d), "gf": np.ones(d)}
    for i in range(layers):
        params |= {
            f"g1.{i}": np.ones(d), f"g2.{i}": np.ones(d),
            f"wq.{i}": normal(d, h, k), f"wk.{i}": normal(d, h, k), f"wv.{i}": normal(d, h, k),
            f"wo.{i}": normal(h, k, d),
            f"w1.{i}": normal(d, f), f"b1.{i}": np.zeros(f),
            f"w2.{i}": normal(f, d), f"b2.{i}": np.zeros(d),
        }
    return params


def rmsnorm(x, g):
    r = 1 / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + 1e-6)
    n = x * r
    return g * n, (n, r, g)


def rmsnorm_bwd(dy, cache):
    n, r, g = cache
    dg = np.einsum("btd,btd->d", dy, n)
    dn = dy * g
    dx = r * (dn - n * np.mean(dn * n, axis=-1, keepdims=True))
    return dx, dg


def attend(x, wq, wk, wv, wo):
    q = np.einsum("btd,dhk->bhtk", x, wq)
    key = np.einsum("bsd,dhk->bhsk", x, wk)
    val = np.einsum("bsd,dhk->bhsk", x, wv)
    scale = wq.shape[-1] ** -0.5
    att = np.einsum("bhtk,bhsk->bhts", q, key) * scale
    t = x.shape[1]
    att = np.where(np.tril(np.ones((t, t), dtype=bool)), att, -np.inf)
    att = np.exp(att - att.max(axis=-1, keepdims=True))
    att /= att.sum(axis=-1, keepdims=True)
    y = np.einsum("bhts,bhsk->bhtk", att, val)
    out = np.einsum("bhtk,hkd->btd", y, wo)
    return out, (x, q, key, val, att, y, scale, wq, wk, wv, wo)


def attend_bwd(dout, cache):
    x, q, key, val, att, y, scale, wq, wk, wv, wo = cache
    dwo = np.einsum("bhtk,btd->hkd", y, dout)
    dy = np.einsum("btd,hkd->bhtk", dout, wo)
    datt = np.einsum("bhtk,bhsk->bhts", dy, val)
    dval = np.einsum("bhts,bhtk->bhsk", att, dy)
    ds = att * (datt - (att * datt).sum(axis=-1, keepdims=True)) * scale
    dq = np.einsum("bhts,bhsk->bhtk", ds, key)
    dkey = np.einsum("bhts,bhtk->bhsk", ds, q)
    dwq = np.einsum("btd,bhtk->dhk", x, dq)
    dwk = np.einsum("bsd,bhsk->dhk", x, dkey)
    dwv = np.einsum("bsd,bhsk->dhk", x, dval)
    dx = np.einsum("bhtk,dhk->btd", dq, wq)
    dx += np.einsum("bhsk,dhk->bsd", dkey, wk)
    dx += np.einsum("bhsk,dhk->bsd", dval, wv)
    return dx, dwq, dwk, dwv, dwo


def mlp(x, w1, b1, w2, b2):
    pre = x @ w1 + b1
    sig = 1 / (1 + np.exp(-pre))
    act = pre * sig
    return act @ w2 + b2, (x, pre, sig, act, w1, w2)


def mlp_bwd(dout, cache):
    x, pre, sig, act, w1, w2 = cache
    dw2 = np.tensordot(act, dout, axes=([0, 1], [0, 1]))
    db2 = dout.sum((0, 1))
    dact = dout @ w2.T
    dpre = dact * (sig + act * (1 - sig))
    dw1 = np.tensordot(x, dpre, axes=([0, 1], [0, 1]))
    db1 = dpre.sum((0, 1))
    return dpre @ w1.T, dw1, db1, dw2, db2


def loss_and_grads(p, idx, targets, layers):
    b, t = idx.shape
    x = p["wte"][idx] + p["wpe"][:t]
    tape = []
    for i in range(layers):
        n1, c1 = rmsnorm(x, p[f"g1.{i}"])
        a, ca = attend(n1, *(p[f"{w}.{i}"] for w in ("wq", "wk", "wv", "wo")))
        x = x + a
        n2, c2 = rmsnorm(x, p[f"g2.{i}"])
        m, cm = mlp(n2, *(p[f"{w}.{i}"] for w in ("w1", "b1", "w2", "b2")))
        x = x + m
        tape.append((c1, ca, c2, cm))
    xf, cf = rmsnorm(x, p["gf"])
    logits = xf @ p["wte"].T          # the embedding is used twice
    logits -= logits.max(-1, keepdims=True)
    logp = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    loss = -np.take_along_axis(logp, targets[..., None], axis=-1).mean()

    g = {}
    dlogits = np.exp(logp)
    dlogits[np.arange(b)[:, None], np.arange(t), targets] -= 1
    dlogits /= b * t
    g["wte"] = np.einsum("btv,btd->vd", dlogits, xf)
    dx, g["gf"] = rmsnorm_bwd(dlogits @ p["wte"], cf)
    for i, (c1, ca, c2, cm) in reversed(list(enumerate(tape))):
        dn2, g[f"w1.{i}"], g[f"b1.{i}"], g[f"w2.{i}"], g[f"b2.{i}"] = mlp_bwd(dx, cm)
        d, g[f"g2.{i}"] = rmsnorm_bwd(dn2, c2)
        dx = dx + d
        dn1, g[f"wq.{i}"], g[f"wk.{i}"], g[f"wv.{i}"], g[f"wo.{i}"] = attend_bwd(dx, ca)
        d, g[f"g1.{i}"] = rmsnorm_bwd(dn1, c1)
        dx = dx + d
    np.add.at(g["wte"], idx, dx)
    g["wpe"] = np.zeros_like(p["wpe"])
    g["wpe"][:t] = dx.sum(axis=0)
    return loss, g


class AdamW:
    def __init__(self, params, lr, betas=(0.9, 0.99), decay=0.01):
        self.p, self.lr, (self.b1, self.b2), self.decay = params, lr, betas, decay
        self.m = {n: np.zeros_like(a) for n, a in params.items()}
        self.v = {n: np.zeros_like(a) for n, a in params.items()}
        self.t = 0

    def step(self, grads):
        self.t += 1
        for n, a in self.p.items():
            self.m[n] += (1 - self.b1) * (grads[n] - self.m[n])
            self.v[n] += (1 - self.b2) * (grads[n] ** 2 - self.v[n])
            m_hat = self.m[n] / (1 - self.b1 ** self.t)
            v_hat = self.v[n] / (1 - self.b2 ** self.t)
            if a.ndim > 1:
                a -= self.lr * self.decay * a
            a -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)


if __name__ == "__main__":
    text = "she sells sea shells by the sea shore; the shells she sells are sea shells for sure. " * 20
    itos = sorted(set(text))
    data = np.array([itos.index(c) for c in text])
    T, LAYERS = 24, 2
    params = init(v=len(itos), t=T, d=32, h=4, f=64, layers=LAYERS)
    opt = AdamW(params, lr=3e-3)
    for step in range(201):
        start = rng.integers(len(data) - T - 1, size=12)
        window = data[start[:, None] + np.arange(T + 1)]
        loss, grads = loss_and_grads(params, window[:, :-1], window[:, 1:], LAYERS)
        opt.step(grads)
        if step % 50 == 0:
            print(step, round(float(loss), 3))
