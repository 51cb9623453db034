# -*- coding: utf-8 -*-
"""
双向 LSTM 序列标注，只用 numpy 实现。
四个门的权重拼在一起：W 的前 D 行对应输入，后 H 行对应上一时刻的隐藏状态。
"""
import numpy as np


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


class Embedding(object):
    def __init__(self, vocab, dim):
        self.W = np.random.uniform(-0.1, 0.1, (vocab, dim))

    def forward(self, ids):
        self.ids = ids
        return self.W[ids]

    def backward(self, dout):
        self.dW = np.zeros_like(self.W)
        flat = dout.reshape(-1, dout.shape[-1])
        np.add.at(self.dW, self.ids.ravel(), flat)

    def params(self):
        return [(self.W, self.dW)]


class LSTM(object):
    def __init__(self, D, H, reverse=False):
        self.D, self.H, self.reverse = D, H, reverse
        self.W = np.random.randn(D + H, 4 * H) / np.sqrt(D + H)
        self.b = np.zeros(4 * H)
        self.b[H:2 * H] = 1.0          # 遗忘门的偏置初始化为 1

    def forward(self, x):
        """x: 形状 (B, T, D)，返回 (B, T, H)"""
        B, T, _ = x.shape
        H = self.H
        h = np.zeros((B, H))
        c = np.zeros((B, H))
        out = np.zeros((B, T, H))
        self.cache = []
        self.order = list(range(T))
        if self.reverse:
            self.order.reverse()
        for t in self.order:
            xh = np.concatenate([x[:, t, :], h], axis=1)
            gates = xh @ self.W + self.b
            i, f, o, g = np.split(gates, 4, axis=1)
            i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
            c_prev = c
            c = f * c_prev + i * g
            tanh_c = np.tanh(c)
            h = o * tanh_c
            out[:, t, :] = h
            self.cache.append((xh, i, f, o, g, c_prev, tanh_c))
        return out

    def backward(self, dout):
        B, T, H = dout.shape
        D = self.D
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        dx = np.zeros((B, T, D))
        dh_next = np.zeros((B, H))
        dc_next = np.zeros((B, H))
        for t, (xh, i, f, o, g, c_prev, tanh_c) in zip(reversed(self.order), reversed(self.cache)):
            dh = dout[:, t, :] + dh_next
            dc = dc_next + dh * o * (1 - tanh_c ** 2)
            dgates = np.concatenate([
                dc * g * i * (1 - i),
                dc * c_prev * f * (1 - f),
                dh * tanh_c * o * (1 - o),
                dc * i * (1 - g ** 2),
            ], axis=1)
            self.dW += xh.T @ dgates
            self.db += dgates.sum(axis=0)
            dxh = dgates @ self.W.T
            dx[:, t, :] = dxh[:, :D]
            dh_next = dxh[:, D:]
            dc_next = dc * f
        return dx

    def params(self):
        return [(self.W, self.dW), (self.b, self.db)]


class BiLSTM(object):
    def __init__(self, D, H):
        self.fw = LSTM(D, H)
        self.bw = LSTM(D, H, reverse=True)
        self.H = H

    def forward(self, x):
        return np.concatenate((self.fw.forward(x), self.bw.forward(x)), axis=-1)

    def backward(self, dout):
        return self.fw.backward(dout[..., :self.H]) + self.bw.backward(dout[..., self.H:])

    def params(self):
        return self.fw.params() + self.bw.params()


class TimeDense(object):
    """对每个时刻做同样的线性变换"""

    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) / np.sqrt(n_in)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return np.tensordot(x, self.W, axes=(2, 0)) + self.b

    def backward(self, dout):
        self.dW = np.tensordot(self.x, dout, axes=((0, 1), (0, 1)))
        self.db = dout.sum(axis=(0, 1))
        return np.tensordot(dout, self.W, axes=(2, 1))

    def params(self):
        return [(self.W, self.dW), (self.b, self.db)]


class Tagger(object):
    def __init__(self, vocab, tags, dim=16, hidden=24):
        self.layers = [Embedding(vocab, dim), BiLSTM(dim, hidden), TimeDense(2 * hidden, tags)]

    def scores(self, ids):
        h = ids
        for layer in self.layers:
            h = layer.forward(h)
        return h

    def loss(self, ids, tags):
        s = self.scores(ids)
        p = np.exp(s - s.max(axis=2, keepdims=True))
        p /= p.sum(axis=2, keepdims=True)
        B, T = ids.shape
        b, t = np.ogrid[:B, :T]
        valid = tags >= 0               # 填充位置的标签是 -1
        nll = -np.log(p[b, t, tags])
        n = valid.sum()
        d = p
        d[b, t, tags] -= 1
        d *= valid[:, :, None] / n
        return (nll * valid).sum() / n, d

    def step(self, ids, tags, lr):
        loss, d = self.loss(ids, tags)
        for layer in reversed(self.layers):
            d = layer.backward(d)
        for layer in self.layers:
            for w, dw in layer.params():
                w -= lr * np.clip(dw, -5, 5)
        return loss


def make_data(n, T, vocab):
    """标签取决于左右两个邻居，单向模型学不会"""
    ids = np.random.randint(1, vocab, (n, T))
    padded = np.pad(ids, ((0, 0), (1, 1)))
    tags = ((padded[:, :-2] > padded[:, 2:]).astype(int) + (ids % 2)) % 3
    for row in range(n):
        length = np.random.randint(T // 2, T + 1)
        ids[row, length:] = 0
        tags[row, length:] = -1
    return ids, tags


if __name__ == '__main__':
    np.random.seed(6)
    model = Tagger(vocab=12, tags=3)
    for it in range(601):
        ids, tags = make_data(32, 8, 12)
        loss = model.step(ids, tags, lr=1.0)
        if it % 100 == 0:
            guess = model.scores(ids).argmax(axis=2)
            print('第 %d 次迭代  损失 %.3f  准确率 %.3f' % (it, loss, (guess == tags)[tags >= 0].mean()))
