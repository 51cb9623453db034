"""The adding problem with a GRU: two of the numbers in a long sequence are marked, what is their sum?

Time comes first everywhere: a batch of sequences is xs[t][n] = (value, marker).
"""
import argparse

import numpy as np

rng = np.random.default_rng(7)


def make_batch(steps, batch):
    values = rng.uniform(size=(steps, batch))
    marks = np.zeros_like(values)
    for n in range(batch):
        marks[rng.choice(steps, 2, replace=False), n] = 1
    return np.stack([values, marks], axis=-1), (values * marks).sum(axis=0)


class GRU:
    names = ('Wz', 'Wr', 'Wn', 'Uz', 'Ur', 'Un', 'bz', 'br', 'bn', 'v', 'c')

    def __init__(self, n_in, n_state):
        def glorot(rows, cols):
            limit = np.sqrt(6 / (rows + cols))
            return rng.uniform(-limit, limit, size=(rows, cols))

        self.n_state = n_state
        for gate in 'zrn':
            setattr(self, 'W' + gate, glorot(n_in, n_state))
            setattr(self, 'U' + gate, glorot(n_state, n_state))
            setattr(self, 'b' + gate, np.zeros(n_state))
        self.v = glorot(n_state, 1)[:, 0]
        self.c = np.zeros(())

    def run(self, xs):
        h = np.zeros((xs.shape[1], self.n_state))
        self.tape = []
        for x in xs:
            z = 1 / (1 + np.exp(-(x @ self.Wz + h @ self.Uz + self.bz)))
            r = 1 / (1 + np.exp(-(x @ self.Wr + h @ self.Ur + self.br)))
            n = np.tanh(x @ self.Wn + (r * h) @ self.Un + self.bn)
            self.tape.append((x, h, z, r, n))
            h = (1 - z) * n + z * h
        self.last = h
        return h @ self.v + self.c

    def back(self, dy):
        g = {name: np.zeros_like(getattr(self, name)) for name in self.names}
        g['v'] = self.last.T @ dy
        g['c'] = dy.sum()
        dh = np.outer(dy, self.v)
        while self.tape:
            x, h, z, r, n = self.tape.pop()
            dn = dh * (1 - z) * (1 - n * n)
            dz = dh * (h - n) * z * (1 - z)
            drh = dn @ self.Un.T
            dr = drh * h * r * (1 - r)
            g['Un'] += (r * h).T @ dn
            g['Uz'] += h.T @ dz
            g['Ur'] += h.T @ dr
            for gate, d in (('z', dz), ('r', dr), ('n', dn)):
                g['W' + gate] += x.T @ d
                g['b' + gate] += d.sum(axis=0)
            dh = dh * z + drh * r + dz @ self.Uz.T + dr @ self.Ur.T
        return g


def clip(grads, limit):
    norm = np.sqrt(sum(np.sum(d ** 2) for d in grads.values()))
    if norm > limit:
        for d in grads.values():
            d *= limit / norm
    return norm


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--steps', type=int, default=20)
    parser.add_argument('--state', type=int, default=32)
    parser.add_argument('--batch', type=int, default=50)
    parser.add_argument('--updates', type=int, default=800)
    parser.add_argument('--rate', type=float, default=3e-3)
    args = parser.parse_args()

    net = GRU(2, args.state)
    mean = {k: 0 for k in GRU.names}
    square = {k: 0 for k in GRU.names}
    for update in range(1, args.updates + 1):
        xs, wanted = make_batch(args.steps, args.batch)
        error = net.run(xs) - wanted
        grads = net.back(2 * error / len(error))
        grads['c'] = np.asarray(grads['c'])
        clip(grads, 5.0)
        for k, d in grads.items():
            mean[k] = 0.9 * mean[k] + 0.1 * d
            square[k] = 0.999 * square[k] + 0.001 * d * d
            step = mean[k] / (1 - 0.9 ** update) / (np.sqrt(square[k] / (1 - 0.999 ** update)) + 1e-8)
            setattr(net, k, getattr(net, k) - args.rate * step)
        if update % 100 == 0:
            print(f'{update:5d}  mse {np.mean(error ** 2):.4f}')


if __name__ == '__main__':
    main()
