"""Reverse-mode differentiation of arrays in about a hundred lines."""
import numpy as np


def unbroadcast(grad, shape):
    """Sum a gradient over the axes that broadcasting has added or stretched."""
    while grad.ndim > len(shape):
        grad = grad.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1 and grad.shape[axis] != 1:
            grad = grad.sum(axis=axis, keepdims=True)
    return grad


class Tensor:
    def __init__(self, data, parents=(), op=''):
        self.data = np.asarray(data, dtype=float)
        self.grad = np.zeros_like(self.data)
        self._backward = lambda: None
        self._prev = parents
        self._op = op

    @property
    def shape(self):
        return self.data.shape

    def __add__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        out = Tensor(self.data + other.data, (self, other), '+')

        def _backward():
            self.grad += unbroadcast(out.grad, self.data.shape)
            other.grad += unbroadcast(out.grad, other.data.shape)
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        out = Tensor(self.data * other.data, (self, other), '*')

        def _backward():
            self.grad += unbroadcast(out.grad * other.data, self.data.shape)
            other.grad += unbroadcast(out.grad * self.data, other.data.shape)
        out._backward = _backward
        return out

    def __matmul__(self, other):
        out = Tensor(self.data @ other.data, (self, other), '@')

        def _backward():
            self.grad += out.grad @ other.data.T
            other.grad += self.data.T @ out.grad
        out._backward = _backward
        return out

    def __pow__(self, k):
        out = Tensor(self.data ** k, (self,), f'**{k}')

        def _backward():
            self.grad += k * self.data ** (k - 1) * out.grad
        out._backward = _backward
        return out

    def relu(self):
        out = Tensor(np.maximum(self.data, 0), (self,), 'relu')

        def _backward():
            self.grad += (out.data > 0) * out.grad
        out._backward = _backward
        return out

    def tanh(self):
        t = np.tanh(self.data)
        out = Tensor(t, (self,), 'tanh')

        def _backward():
            self.grad += (1 - t ** 2) * out.grad
        out._backward = _backward
        return out

    def log_softmax(self):
        z = self.data - self.data.max(axis=-1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
        out = Tensor(logp, (self,), 'log_softmax')

        def _backward():
            total = out.grad.sum(axis=-1, keepdims=True)
            self.grad += out.grad - np.exp(logp) * total
        out._backward = _backward
        return out

    def sum(self, axis=None, keepdims=False):
        out = Tensor(self.data.sum(axis=axis, keepdims=keepdims), (self,), 'sum')

        def _backward():
            g = out.grad
            if axis is not None and not keepdims:
                g = np.expand_dims(g, axis)
            self.grad += np.broadcast_to(g, self.data.shape)
        out._backward = _backward
        return out

    def mean(self):
        return self.sum() * (1 / self.data.size)

    @property
    def T(self):
        out = Tensor(self.data.T, (self,), 'T')

        def _backward():
            self.grad += out.grad.T
        out._backward = _backward
        return out

    def reshape(self, *shape):
        out = Tensor(self.data.reshape(*shape), (self,), 'reshape')

        def _backward():
            self.grad += out.grad.reshape(self.data.shape)
        out._backward = _backward
        return out

    def backward(self):
        order, seen, stack = [], set(), [(self, iter(self._prev))]
        while stack:
            node, parents = stack[-1]
            for p in parents:
                if id(p) not in seen:
                    seen.add(id(p))
                    stack.append((p, iter(p._prev)))
                    break
            else:
                order.append(stack.pop()[0])
        self.grad = np.ones_like(self.data)
        while order:
            order.pop()._backward()

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __repr__(self):
        return f'Tensor(shape={self.shape}, op={self._op!r})'


class MLP:
    def __init__(self, *sizes):
        self.weights = [Tensor(np.random.randn(n_in, n_out) / np.sqrt(n_in)) for n_in, n_out in zip(sizes, sizes[1:])]
        self.biases = [Tensor(np.zeros((1, n))) for n in sizes[1:]]

    def __call__(self, x):
        *hidden, last = zip(self.weights, self.biases)
        for W, b in hidden:
            x = (x @ W + b).tanh()
        W, b = last
        return x @ W + b

    def parameters(self):
        return self.weights + self.biases


if __name__ == '__main__':
    np.random.seed(5)
    t = np.random.rand(300) * 3 * np.pi
    k = np.arange(300) % 2
    X = np.stack([t * np.cos(t + k * np.pi), t * np.sin(t + k * np.pi)], axis=1) / 9
    Y = np.eye(2)[k]
    model = MLP(2, 24, 24, 2)
    for step in range(1201):
        logp = model(Tensor(X)).log_softmax()
        loss = -(logp * Y).sum() * (1 / len(X)) + 1e-4 * sum((W ** 2).sum() for W in model.weights)
        for p in model.parameters():
            p.grad = np.zeros_like(p.data)
        loss.backward()
        for p in model.parameters():
            p.data -= 0.5 * p.grad
        if step % 300 == 0:
            print(step, round(float(loss.data), 4), 'accuracy', (logp.data.argmax(1) == k).mean())
