"""Contrastive learning of embeddings (InfoNCE / NT-Xent) with two views of every example.

encoder:  x (N, D) -> h = relu(x W1 + b1) -> e = h W2 + b2 -> u = e / |e|
loss:     rows of S = U_a U_b^T / tau should have their largest entry on the diagonal
"""
import numpy as np


def init(D, H, K, rng):
    params = dict(
        W1=rng.standard_normal((D, H)) * np.sqrt(2.0 / D),
        b1=np.zeros(H),
        W2=rng.standard_normal((H, K)) * np.sqrt(1.0 / H),
        b2=np.zeros(K),
    )
    return params


def encode(params, x):
    W1, b1, W2, b2 = (params[k] for k in ("W1", "b1", "W2", "b2"))
    pre = x @ W1 + b1
    h = np.maximum(pre, 0)
    e = h @ W2 + b2
    norm = np.linalg.norm(e, axis=1, keepdims=True)
    u = e / norm

    def pullback(du):
        # derivative of the normalisation: (I - u u^T) / |e| for each row
        de = (du - u * np.sum(u * du, axis=1, keepdims=True)) / norm
        dh = de @ W2.T
        dpre = dh * (pre > 0)
        return {"W1": x.T @ dpre, "b1": dpre.sum(0), "W2": h.T @ de, "b2": de.sum(0)}

    return u, pullback


def info_nce(ua, ub, tau):
    """symmetric loss and its gradients with respect to both sides"""
    n = len(ua)
    S = ua @ ub.T / tau
    rows = np.exp(S - S.max(axis=1, keepdims=True))
    rows /= rows.sum(axis=1, keepdims=True)
    cols = np.exp(S - S.max(axis=0, keepdims=True))
    cols /= cols.sum(axis=0, keepdims=True)
    diag = np.arange(n)
    loss = -(np.log(rows[diag, diag]) + np.log(cols[diag, diag])).mean() / 2
    dS = (rows + cols - 2 * np.eye(n)) / (2 * n)
    dua = dS @ ub / tau
    dub = dS.T @ ua / tau
    return loss, dua, dub


def loss_and_grads(params, xa, xb, tau=0.2):
    ua, back_a = encode(params, xa)
    ub, back_b = encode(params, xb)
    loss, dua, dub = info_nce(ua, ub, tau)
    ga, gb = back_a(dua), back_b(dub)
    return loss, {k: ga[k] + gb[k] for k in params}


def triplet(params, anchor, positive, negative, margin=0.5):
    """The older loss: max(0, |a - p|^2 - |a - n|^2 + margin), mean over the rows."""
    (a, back_a), (p, back_p), (n, back_n) = (encode(params, x) for x in (anchor, positive, negative))
    gap = np.sum((a - p) ** 2, axis=1) - np.sum((a - n) ** 2, axis=1) + margin
    active = (gap > 0)[:, np.newaxis] / len(gap)
    da = 2 * (n - p) * active
    dp = -2 * (a - p) * active
    dn = 2 * (a - n) * active
    grads = [f(d) for f, d in ((back_a, da), (back_p, dp), (back_n, dn))]
    return np.maximum(gap, 0).mean(), {k: sum(g[k] for g in grads) for k in params}


def views(prototypes, n, noise, rng):
    which = rng.integers(len(prototypes), size=n)
    base = prototypes[which] + 0.3 * rng.standard_normal((n, prototypes.shape[1]))
    make = lambda: base * (rng.random(base.shape) > 0.2) + noise * rng.standard_normal(base.shape)
    return make(), make(), which


def train(steps=400, N=64, D=20, H=48, K=8, lr=0.3, seed=0):
    rng = np.random.default_rng(seed)
    prototypes = 2 * rng.standard_normal((10, D))
    params = init(D, H, K, rng)
    for step in range(steps + 1):
        xa, xb, _ = views(prototypes, N, 0.3, rng)
        loss, grads = loss_and_grads(params, xa, xb)
        for k in params:
            params[k] -= lr * grads[k]
        if step % 100 == 0:
            xa, xb, which = views(prototypes, 200, 0.3, rng)
            ua, ub = encode(params, xa)[0], encode(params, xb)[0]
            nearest = (ua @ ub.T).argmax(axis=1)
            print("%4d loss %.3f, nearest view is of the same prototype: %.2f"
                  % (step, loss, (which[nearest] == which).mean()))
    return params, prototypes, rng


if __name__ == "__main__":
    params, prototypes, rng = train()
    a, p, which = views(prototypes, 128, 0.3, rng)
    n, _, other = views(prototypes, 128, 0.3, rng)
    keep = which != other
    print("triplet loss of what was learnt", triplet(params, a[keep], p[keep], n[keep])[0].round(4))
