"""
HW3: finish the training of somebody else's network.

The pickle holds a dictionary: data 'x' and 'y', and in 'weights' the list [w1, b1, w2, b2, w3, b3] of a network with two
hidden layers (swish) and one output for each label. We are not told the sizes. Usage: python pretrained_finetune.py [hw3.pkl]
"""
import pickle
import sys

import numpy as np


def load_task(path):
    with open(path, 'rb') as fh:
        task = pickle.load(fh)
    return task['weights'], np.squeeze(task['x']), task['y']


def sigmoid(x):
    return np.divide(1.0, np.add(1.0, np.exp(np.negative(x))))


def swish(x):
    return np.multiply(x, sigmoid(x))


def swish_grad(x):
    s = sigmoid(x)
    return np.add(s, np.multiply(x, np.multiply(s, np.subtract(1, s))))


def forward(weights, x):
    w1, b1, w2, b2, w3, b3 = weights
    z1 = np.add(np.matmul(x, w1), b1)
    a1 = swish(z1)
    z2 = np.add(np.matmul(a1, w2), b2)
    a2 = swish(z2)
    z3 = np.add(np.matmul(a2, w3), b3)
    return z1, a1, z2, a2, sigmoid(z3)


def focal_loss(p, y, gamma):
    """-(1 - q)^gamma log q, q the probability of what is true; sum over labels, mean over examples"""
    q = np.where(y == 1, p, 1 - p)
    return np.mean(np.sum(-np.power(1 - q, gamma) * np.log(q), axis=1))


def focal_grad(p, y, gamma):
    q = np.where(y == 1, p, 1 - p)
    dloss_dq = gamma * np.power(1 - q, gamma - 1) * np.log(q) - np.power(1 - q, gamma) / q
    dq_dp = np.where(y == 1, 1.0, -1.0)
    return np.multiply(dloss_dq, dq_dp) / p.shape[0]


def backward(weights, x, y, gamma=2.0, frozen=0):
    """Gradients in the order of the weights; None for the first `frozen` layers."""
    w1, b1, w2, b2, w3, b3 = weights
    z1, a1, z2, a2, p = forward(weights, x)

    dloss_dp = focal_grad(p, y, gamma)
    dloss_dz3 = np.multiply(dloss_dp, np.multiply(p, 1 - p))
    dloss_dw3 = np.matmul(np.transpose(a2), dloss_dz3)
    dloss_db3 = np.sum(dloss_dz3, axis=0)
    if frozen == 2:
        return [None, None, None, None, dloss_dw3, dloss_db3]

    dloss_da2 = np.matmul(dloss_dz3, np.transpose(w3))
    dloss_dz2 = np.multiply(dloss_da2, swish_grad(z2))
    dloss_dw2 = np.matmul(np.transpose(a1), dloss_dz2)
    dloss_db2 = np.sum(dloss_dz2, axis=0)
    if frozen == 1:
        return [None, None, dloss_dw2, dloss_db2, dloss_dw3, dloss_db3]

    dloss_da1 = np.matmul(dloss_dz2, np.transpose(w2))
    dloss_dz1 = np.multiply(dloss_da1, swish_grad(z1))
    dloss_dw1 = np.matmul(np.transpose(x), dloss_dz1)
    dloss_db1 = np.sum(dloss_dz1, axis=0)
    return [dloss_dw1, dloss_db1, dloss_dw2, dloss_db2, dloss_dw3, dloss_db3]


def adapt(weights, rank, rng):
    """Low-rank corrections of the three matrices: w + u v"""
    us = [0.1 * rng.standard_normal((w.shape[0], rank)) for w in weights[::2]]
    vs = [np.zeros((rank, w.shape[1])) for w in weights[::2]]
    return us, vs


def adapted(weights, us, vs):
    out = list(weights)
    out[::2] = [np.add(w, np.matmul(u, v)) for w, u, v in zip(weights[::2], us, vs)]
    return out


def adapter_grads(weights, us, vs, x, y, gamma=2.0):
    full = backward(adapted(weights, us, vs), x, y, gamma)[::2]
    dus = [np.matmul(dw, v.T) for dw, v in zip(full, vs)]
    dvs = [np.matmul(u.T, dw) for dw, u in zip(full, us)]
    return dus, dvs


def made_up(rng):
    """So that the script can be run without the file."""
    sizes = [20, 32, 16, 5]
    teacher, student = [], []
    for i, o in zip(sizes, sizes[1:]):
        w, b = rng.standard_normal((i, o)) * np.sqrt(2 / i), 0.1 * rng.standard_normal(o)
        teacher += [w, b]
        student += [w + 0.2 * rng.standard_normal(w.shape), np.zeros_like(b)]
    x = rng.standard_normal((2000, sizes[0]))
    return student, x, (forward(teacher, x)[-1] > 0.5).astype(int)


def main():
    rng = np.random.default_rng(13)
    delivered, x, y = load_task(sys.argv[1]) if len(sys.argv) > 1 else made_up(rng)
    weights = [w.copy() for w in delivered]

    print('as delivered      %.4f' % focal_loss(forward(weights, x)[-1], y, 2.0))
    for frozen in (2, 1, 0):
        for step in range(200):
            pick = rng.choice(len(x), 100)
            for w, g in zip(weights, backward(weights, x[pick], y[pick], frozen=frozen)):
                if g is not None:
                    w -= 0.3 * g
        print('%d layers frozen   %.4f' % (frozen, focal_loss(forward(weights, x)[-1], y, 2.0)))

    us, vs = adapt(delivered, 3, rng)
    for step in range(400):
        pick = rng.choice(len(x), 100)
        dus, dvs = adapter_grads(delivered, us, vs, x[pick], y[pick])
        for u, v, du, dv in zip(us, vs, dus, dvs):
            u -= 0.3 * du
            v -= 0.3 * dv
        if step % 200 == 0:
            print('low rank, step %3d %.4f' % (step, focal_loss(forward(adapted(delivered, us, vs), x)[-1], y, 2.0)))


if __name__ == '__main__':
    main()
