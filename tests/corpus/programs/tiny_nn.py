from functools import reduce
import numpy as np
rnd = np.random.default_rng(9)

# name: (function, derivative in terms of the function's value)
acts = {
    "sigm": (lambda z: 1/(1+np.exp(-z)), lambda a: a*(1-a)),
    "tanh": (np.tanh, lambda a: 1-a**2),
    "relu": (lambda z: z*(z>0), lambda a: (a>0)*1.),
    "lin":  (lambda z: z, lambda a: 1.),
}

def layer(n_in, n_out, act="tanh"):
    """A layer is a generator: send it x, get the output; send it the gradient, get that of x."""
    W, b = rnd.normal(size=(n_out, n_in))/n_in**.5, np.zeros((n_out, 1))
    vW, vb = 0*W, 0*b
    f, df = acts[act]
    x, lr = yield
    while True:
        a = f(W@x + b)
        g, lr = yield a
        d = g*df(a)
        back = W.T@d
        vW, vb = .9*vW + d@x.T, .9*vb + d.sum(1, keepdims=True)
        W, b = W - lr*vW, b - lr*vb
        x, lr = yield back

def net(*spec):
    ls = [layer(*s) for s in spec]
    for l in ls: next(l)
    def fit(x, y, lr):
        out = reduce(lambda v, l: l.send((v, lr)), ls, x)
        e = out - y
        reduce(lambda g, l: l.send((g, lr)), ls[::-1], e/x.shape[1])
        return .5*np.sum(e*e)/x.shape[1]
    return fit

# the same with closures: forward returns the way back
def dense(W, b, f, df):
    def fwd(x):
        a = f(np.dot(W, x) + b)
        def bwd(da):
            dz = np.multiply(da, df(a))
            return np.dot(W.T, dz), (np.dot(dz, x.T), dz.sum(axis=1)[:, None])
        return a, bwd
    return fwd

def loss(params, kinds, x, y):
    tape, a = [], x
    for (W, b), k in zip(params, kinds):
        a, back = dense(W, b, *acts[k])(a)
        tape += [back]
    d, grads = (a - y)/y.shape[1], []
    while tape:
        d, g = tape.pop()(d)
        grads = [g, *grads]
    return .5*np.sum((a - y)**2)/y.shape[1], grads

if __name__ == "__main__":
    x = rnd.uniform(-2, 2, (1, 200)); y = np.sin(2*x)*np.exp(-x*x/4)
    fit = net((1, 20), (20, 20, "relu"), (20, 1, "lin"))
    for i in range(3001):
        if (l := fit(x, y, .02)) < 1e-4: break
        if i % 1000 == 0: print(i, l)
    kinds = "tanh", "sigm", "lin"
    sizes = 1, 16, 16, 1
    params = [(rnd.normal(size=(n, m)), np.zeros((n, 1))) for m, n in zip(sizes, sizes[1:])]
    for i in range(3001):
        l, grads = loss(params, kinds, x, y)
        params = [tuple(p - .1*g for p, g in zip(pb, gb)) for pb, gb in zip(params, grads)]
    print("closures:", l)
