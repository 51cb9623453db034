# coding: utf-8
"""
多層パーセプトロン
  Affine → BatchNorm → ReLU → Dropout を繰り返し、最後に Affine → Softmax
各レイヤは params と grads という同じ長さのリストを持つ。
"""
import sys
from collections import OrderedDict

import numpy as np


class Layer:
    params, grads = (), ()

    def forward(self, x, train=True):
        raise NotImplementedError

    def backward(self, dout):
        raise NotImplementedError


class Affine(Layer):
    def __init__(self, W, b):
        self.params = [W, b]
        self.grads = [np.zeros_like(W), np.zeros_like(b)]

    def forward(self, x, train=True):
        W, b = self.params
        self.in_shape = x.shape
        # 画像のまま渡されたときは行に並べ直す
        if x.ndim != 2:
            x = x.reshape(len(x), -1)
        self.x = x
        return np.dot(x, W) + b

    def backward(self, dout):
        W, b = self.params
        dW = np.dot(self.x.T, dout)
        db = dout.sum(axis=0)
        dx = np.dot(dout, W.T)
        # 配列を差し替えず、中身だけを書き換える
        self.grads[0][...] = dW
        self.grads[1][...] = db
        return dx.reshape(self.in_shape)


class ReLU(Layer):
    def forward(self, x, train=True):
        self.positive = x > 0
        return np.where(self.positive, x, 0)

    def backward(self, dout):
        dx = np.zeros_like(dout)
        dx[self.positive] = dout[self.positive]
        return dx


class Dropout(Layer):
    def __init__(self, ratio=0.3):
        self.ratio = ratio

    def forward(self, x, train=True):
        if not train:
            return x
        keep = 1.0 - self.ratio
        self.mask = (np.random.rand(*x.shape) < keep) / keep
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class BatchNorm(Layer):
    """バッチ正規化。推論時は移動平均を使う。"""

    def __init__(self, size, rho=0.9):
        self.params = [np.ones(size), np.zeros(size)]
        self.grads = [np.zeros(size), np.zeros(size)]
        self.rho = rho
        self.avg, self.sq = np.zeros(size), np.ones(size)

    def forward(self, x, train=True):
        gamma, beta = self.params
        if train:
            mu, v = x.mean(axis=0), x.var(axis=0)
            self.avg = self.rho * self.avg + (1 - self.rho) * mu
            self.sq = self.rho * self.sq + (1 - self.rho) * v
        else:
            mu, v = self.avg, self.sq
        self.s = np.sqrt(v + 1e-6)
        self.xn = (x - mu) / self.s
        return gamma * self.xn + beta

    def backward(self, dout):
        gamma, _ = self.params
        N = dout.shape[0]
        dgamma = np.sum(dout * self.xn, axis=0)
        dbeta = np.sum(dout, axis=0)
        dxn = dout * gamma
        # 標準偏差、平均、入力の順にたどる
        ds = -np.sum(dxn * self.xn, axis=0) / self.s
        dmu = -dxn.sum(axis=0) / self.s
        dx = dxn / self.s + ds * self.xn / N + dmu / N
        self.grads[0][...] = dgamma
        self.grads[1][...] = dbeta
        return dx


class SoftmaxWithLoss:
    def forward(self, s, t):
        e = np.exp(s - s.max(axis=1, keepdims=True))
        self.y = e / e.sum(axis=1, keepdims=True)
        # t は番号でも one-hot でもよい
        self.t = np.eye(s.shape[1])[t] if t.ndim == 1 else t
        return -np.sum(self.t * np.log(self.y + 1e-12)) / len(s)

    def backward(self, dout=1.0):
        return dout * (self.y - self.t) / self.t.shape[0]


class MultiLayerNet:
    def __init__(self, sizes, dropout=0.0, decay=0.0):
        self.decay = decay
        self.layers = OrderedDict()
        last = len(sizes) - 1
        for k in range(1, len(sizes)):
            W = np.random.randn(sizes[k - 1], sizes[k]) * np.sqrt(2.0 / sizes[k - 1])
            self.layers['affine%d' % k] = Affine(W, np.zeros(sizes[k]))
            if k < last:
                self.layers['norm%d' % k] = BatchNorm(sizes[k])
                self.layers['relu%d' % k] = ReLU()
                if dropout > 0:
                    self.layers['drop%d' % k] = Dropout(dropout)
        self.head = SoftmaxWithLoss()
        self.params, self.grads = [], []
        for layer in self.layers.values():
            self.params += layer.params
            self.grads += layer.grads

    def predict(self, x, train=False):
        for layer in self.layers.values():
            x = layer.forward(x, train)
        return x

    def loss(self, x, t, train=False):
        value = self.head.forward(self.predict(x, train), t)
        # 重み減衰は行列だけにかける
        return value + 0.5 * self.decay * sum(np.sum(p ** 2) for p in self.params if p.ndim == 2)

    def gradient(self, x, t):
        loss = self.loss(x, t, train=True)
        dout = self.head.backward()
        for name in reversed(self.layers):
            dout = self.layers[name].backward(dout)
        for p, g in zip(self.params, self.grads):
            if p.ndim == 2:
                g += self.decay * p
        return loss, dout


class Momentum:
    def __init__(self, lr, mu=0.9):
        self.lr, self.mu, self.v = lr, mu, None

    def update(self, params, grads):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self.v):
            v *= self.mu
            v -= self.lr * g
            p += v


class Trainer:
    def __init__(self, net, optimizer, batch_size=100):
        self.net, self.optimizer, self.batch_size = net, optimizer, batch_size

    def fit(self, x, t, epochs):
        n = len(x)
        for epoch in range(1, epochs + 1):
            idx = np.random.permutation(n)
            total = 0.0
            for i in range(n // self.batch_size):
                sel = idx[i * self.batch_size:(i + 1) * self.batch_size]
                loss, _ = self.net.gradient(x[sel], t[sel])
                self.optimizer.update(self.net.params, self.net.grads)
                total += loss
            print('エポック %d | 損失 %.3f' % (epoch, total / (i + 1)))
            sys.stdout.flush()


if __name__ == '__main__':
    from sklearn.datasets import load_digits

    digits = load_digits()
    x_train, t_train = digits.images[:1500] / 16.0, digits.target[:1500]   # (1500, 8, 8)
    x_test, t_test = digits.images[1500:] / 16.0, digits.target[1500:]
    net = MultiLayerNet([64, 50, 30, 10], dropout=0.2, decay=1e-4)
    Trainer(net, Momentum(0.05)).fit(x_train, t_train, 12)
    print('正解率', np.mean(net.predict(x_test).argmax(axis=1) == t_test))
