"""
Predicts the next character of a text with an LSTM that has peepholes: the gates see the cell as well.
A character is a one-hot column; what belongs to a moment is kept in dictionaries under its number.

    python char_lstm.py some_text.txt
"""
import sys
import numpy as np

text = open(sys.argv[1]).read() if len(sys.argv) > 1 else "jackdaws love my big sphinx of quartz; " * 50
alphabet = sorted(set(text))
code = {ch: i for i, ch in enumerate(alphabet)}

K = len(alphabet)       # characters
M = 40                  # cells
Z = M + K               # [h; x]
SPAN = 18               # steps before we go back

def S(a): return 1 / (1 + np.exp(-a))
def dS(s): return s * (1 - s)
def dT(t): return 1 - t * t

class Weight:
    """A number field, its slope, and what AdaGrad remembers."""
    everything = []

    def __init__(self, *shape, mean=0.0, scale=None):
        scale = shape[-1] ** -0.5 if scale is None else scale
        self.val = mean + scale * np.random.randn(*shape)
        self.der = np.zeros(shape)
        self.mem = np.zeros(shape)
        Weight.everything.append(self)

Wi, Wf, Wo, Wg = (Weight(M, Z) for _ in range(4))
pi, pf, po = (Weight(M, 1, scale=0.1) for _ in range(3))        # peepholes are diagonal, so a column will do
bi, bo, bg = (Weight(M, 1, scale=0) for _ in range(3))
bf = Weight(M, 1, mean=1.0, scale=0)
Wy, by = Weight(K, M), Weight(K, 1, scale=0)

def ahead(x, h0, c0):
    assert x.shape == (K, 1) and h0.shape == c0.shape == (M, 1)
    z = np.vstack([h0, x])
    i = S(Wi.val @ z + pi.val * c0 + bi.val)
    f = S(Wf.val @ z + pf.val * c0 + bf.val)
    g = np.tanh(Wg.val @ z + bg.val)
    c = f * c0 + i * g
    o = S(Wo.val @ z + po.val * c + bo.val)     # this one looks at the new cell
    h = o * np.tanh(c)
    y = Wy.val @ h + by.val
    p = np.exp(y - y.max())
    return z, i, f, g, c, o, h, p / p.sum()

def back(right, dh1, dc1, c0, z, i, f, g, c, o, h, p):
    """dh1 and dc1 come from the step after this one; returns those for the step before."""
    dy = p.copy()
    dy[right] -= 1
    Wy.der += dy @ h.T
    by.der += dy

    dh = Wy.val.T @ dy + dh1
    tc = np.tanh(c)
    do = dh * tc * dS(o)
    Wo.der += do @ z.T
    po.der += do * c
    bo.der += do

    dc = dc1 + dh * o * dT(tc) + po.val * do
    dg = dc * i * dT(g)
    Wg.der += dg @ z.T
    bg.der += dg

    di = dc * g * dS(i)
    Wi.der += di @ z.T
    pi.der += di * c0
    bi.der += di

    df = dc * c0 * dS(f)
    Wf.der += df @ z.T
    pf.der += df * c0
    bf.der += df

    dz = Wi.val.T @ di + Wf.val.T @ df + Wo.val.T @ do + Wg.val.T @ dg
    assert dz.shape == (Z, 1)
    dh0 = dz[:M]
    dc0 = dc * f + di * pi.val + df * pf.val
    return dh0, dc0

def there_and_back(letters, h, c):
    z, i, f, g, o, p = {}, {}, {}, {}, {}, {}
    hs, cs = {-1: h}, {-1: c}
    nats = 0.0
    steps = range(len(letters) - 1)
    for t in steps:
        x = np.zeros((K, 1))
        x[letters[t]] = 1
        z[t], i[t], f[t], g[t], cs[t], o[t], hs[t], p[t] = ahead(x, hs[t - 1], cs[t - 1])
        nats -= np.log(p[t][letters[t + 1], 0])

    for w in Weight.everything:
        w.der[:] = 0
    dh, dc = np.zeros_like(h), np.zeros_like(c)
    for t in steps[::-1]:
        dh, dc = back(letters[t + 1], dh, dc, cs[t - 1], z[t], i[t], f[t], g[t], cs[t], o[t], hs[t], p[t])
    return nats, hs[steps[-1]], cs[steps[-1]]

def babble(seed, h, c, n):
    out = [seed]
    while len(out) < n:
        x = np.zeros((K, 1))
        x[out[-1]] = 1
        *_, c, _, h, p = ahead(x, h, c)
        out.append(np.random.choice(K, p=p[:, 0]))
    return "".join(alphabet[k] for k in out)

if __name__ == "__main__":
    at, h, c = 0, np.zeros((M, 1)), np.zeros((M, 1))
    average = SPAN * np.log(K)
    for n in range(1201):
        if at + SPAN + 1 > len(text):
            at, h, c = 0, np.zeros((M, 1)), np.zeros((M, 1))
        letters = [code[ch] for ch in text[at:at + SPAN + 1]]
        nats, h, c = there_and_back(letters, h, c)
        average += 0.02 * (nats - average)
        for w in Weight.everything:
            step = np.clip(w.der, -1, 1)
            w.mem += step ** 2
            w.val -= 0.1 * step / np.sqrt(w.mem + 1e-8)
        at += SPAN
        if n % 400 == 0:
            print(f"{n:5d}  {average / SPAN:.3f} nats a letter  {babble(letters[0], h, c, 50)!r}")
