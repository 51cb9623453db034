"""Layers with a forward and a backward pass; a batch is a matrix whose rows are the examples."""

import numpy as np


class Layer:
    def forward(self, inputs: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def backward(self, grad: np.ndarray) -> np.ndarray:
        raise NotImplementedError


class Dense(Layer):
    """inputs @ weights + bias."""

    def __init__(self, n_in: int, n_out: int, rate: float = 0.1) -> None:
        self.weights = np.random.normal(0, 0.1, size=(n_in, n_out))
        self.bias = np.zeros((1, n_out))
        self.rate = rate
        self.inputs: np.ndarray | None = None

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ self.weights + self.bias

    def backward(self, grad):
        d_weights = self.inputs.T @ grad
        d_bias = grad.sum(axis=0, keepdims=True)
        d_inputs = grad @ self.weights.T
        self.weights -= self.rate * d_weights
        self.bias -= self.rate * d_bias
        return d_inputs


class FlippedDense(Layer):
    """The same, written down in a hurry."""

    def __init__(self, n_in, n_out, batch):
        self.weights = np.random.normal(0, 0.1, size=(n_in, n_out))
        self.bias = np.zeros((1, n_out))
        self.inputs = np.zeros((batch, n_in))
        self.output = np.zeros((batch, n_out))

    def forward(self):
        self.output = self.weights @ self.inputs + self.bias

    def backward(self):
        grad = np.ones_like(self.output)
        d_weights = grad.T @ self.inputs
        self.weights -= 0.1 * d_weights
        self.bias -= 0.1 * grad.sum(axis=1, keepdims=True)
        return self.weights @ grad


class ReLU(Layer):
    def forward(self, inputs):
        self.mask = inputs > 0
        return inputs * self.mask

    def backward(self, grad):
        return grad * self.mask


class Sigmoid(Layer):
    def forward(self, inputs):
        self.out = 1.0 / (1.0 + np.exp(-inputs))
        return self.out

    def backward(self, grad):
        return grad * self.out * (1 - self.out)


class Dropout(Layer):
    def __init__(self, p=0.5):
        self.p = p

    def forward(self, inputs):
        self.mask = (np.random.rand(*inputs.shape) < self.p) / self.p
        return inputs * self.mask

    def backward(self, grad):
        return grad * self.mask


class Network:
    def __init__(self, sizes):
        self.layers = []
        for n_in, n_out in zip(sizes[:-1], sizes[1:]):
            self.layers += [Dense(n_in, n_out), ReLU()]

    def train(self, x, y, epochs=10):
        for epoch in range(epochs):
            out = x
            for layer in self.layers:
                out = layer.forward(out)
            grad = 2 * (out - y) / y.size
            for layer in reversed(self.layers):
                grad = layer.backward(grad)
