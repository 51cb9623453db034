"""mininn - a very small neural network library.

    net = Net(Dense(2, 32), Tanh(), Dense(32, 32), BatchNorm(32), ReLU(), Dropout(0.1), Dense(32, 3))
    train(net, SoftmaxCrossEntropy(), Adam(net, 3e-3), batches)
"""
from __future__ import annotations

from abc import ABC, abstractmethod
from functools import reduce
from typing import Callable, Iterator, NamedTuple

import numpy as np
from numpy.typing import NDArray

Tensor = NDArray[np.float64]


class Batch(NamedTuple):
    inputs: Tensor
    targets: Tensor


class Layer(ABC):
    def __init__(self) -> None:
        self.params: dict[str, Tensor] = {}
        self.grads: dict[str, Tensor] = {}
        self.training = True

    @abstractmethod
    def forward(self, inputs: Tensor) -> Tensor: ...

    @abstractmethod
    def backward(self, grad: Tensor) -> Tensor: ...


class Dense(Layer):
    """Turns (batch_size, input_size) into (batch_size, output_size)."""

    def __init__(self, input_size: int, output_size: int) -> None:
        super().__init__()
        self.params["w"] = np.random.randn(input_size, output_size) * np.sqrt(2 / input_size)
        self.params["b"] = np.random.randn(output_size) * 0.01

    def forward(self, inputs: Tensor) -> Tensor:
        self.inputs = inputs
        return inputs @ self.params["w"] + self.params["b"]

    def backward(self, grad: Tensor) -> Tensor:
        self.grads["b"] = np.sum(grad, axis=0)
        self.grads["w"] = self.inputs.T @ grad
        return grad @ self.params["w"].T


class Elementwise(Layer):
    """Applies a function of one number; `slope` is told the input and the output."""

    def __init__(self, f: Callable[[Tensor], Tensor], slope: Callable[[Tensor, Tensor], Tensor]) -> None:
        super().__init__()
        self.f, self.slope = f, slope

    def forward(self, inputs: Tensor) -> Tensor:
        self.inputs = inputs
        self.outputs = self.f(inputs)
        return self.outputs

    def backward(self, grad: Tensor) -> Tensor:
        return self.slope(self.inputs, self.outputs) * grad


class Tanh(Elementwise):
    def __init__(self) -> None:
        super().__init__(np.tanh, lambda x, y: 1 - y**2)


class ReLU(Elementwise):
    def __init__(self) -> None:
        super().__init__(lambda x: np.maximum(x, 0), lambda x, y: (x > 0).astype(float))


class BatchNorm(Layer):
    def __init__(self, size: int, momentum: float = 0.9) -> None:
        super().__init__()
        self.params = {"scale": np.ones(size), "shift": np.zeros(size)}
        self.momentum = momentum
        self.mean, self.var = np.zeros(size), np.ones(size)

    def forward(self, inputs: Tensor) -> Tensor:
        if self.training:
            mean, var = inputs.mean(axis=0), inputs.var(axis=0)
            self.mean = self.momentum * self.mean + (1 - self.momentum) * mean
            self.var = self.momentum * self.var + (1 - self.momentum) * var
        else:
            mean, var = self.mean, self.var
        self.inv_std = 1 / np.sqrt(var + 1e-5)
        self.normal = (inputs - mean) * self.inv_std
        return self.params["scale"] * self.normal + self.params["shift"]

    def backward(self, grad: Tensor) -> Tensor:
        n = grad.shape[0]
        self.grads["shift"] = grad.sum(axis=0)
        self.grads["scale"] = (grad * self.normal).sum(axis=0)
        correction = self.grads["shift"] + self.normal * self.grads["scale"]
        return self.params["scale"] * self.inv_std * (grad - correction / n)


class Dropout(Layer):
    def __init__(self, rate: float) -> None:
        super().__init__()
        self.keep = 1 - rate

    def forward(self, inputs: Tensor) -> Tensor:
        self.mask = np.random.binomial(1, self.keep, inputs.shape) / self.keep if self.training else 1.0
        return inputs * self.mask

    def backward(self, grad: Tensor) -> Tensor:
        return grad * self.mask


class Net:
    def __init__(self, *layers: Layer) -> None:
        self.layers = layers

    def forward(self, x: Tensor) -> Tensor:
        return reduce(lambda signal, layer: layer.forward(signal), self.layers, x)

    def backward(self, grad: Tensor) -> Tensor:
        return reduce(lambda signal, layer: layer.backward(signal), self.layers[::-1], grad)

    def params_and_grads(self) -> Iterator[tuple[Tensor, Tensor]]:
        return ((p, layer.grads[name]) for layer in self.layers for name, p in layer.params.items())

    def train(self, mode: bool = True) -> None:
        for layer in self.layers:
            layer.training = mode


class Loss(ABC):
    @abstractmethod
    def loss(self, predicted: Tensor, actual: Tensor) -> float: ...

    @abstractmethod
    def grad(self, predicted: Tensor, actual: Tensor) -> Tensor: ...


class MSE(Loss):
    def loss(self, predicted: Tensor, actual: Tensor) -> float:
        return np.sum((predicted - actual) ** 2) / len(predicted)

    def grad(self, predicted: Tensor, actual: Tensor) -> Tensor:
        return 2 * (predicted - actual) / len(predicted)


class SoftmaxCrossEntropy(Loss):
    @staticmethod
    def log_softmax(x: Tensor) -> Tensor:
        x = x - x.max(axis=1, keepdims=True)
        return x - np.log(np.exp(x).sum(axis=1, keepdims=True))

    def loss(self, predicted: Tensor, actual: Tensor) -> float:
        return -np.sum(actual * self.log_softmax(predicted)) / len(predicted)

    def grad(self, predicted: Tensor, actual: Tensor) -> Tensor:
        return (np.exp(self.log_softmax(predicted)) - actual) / len(predicted)


class Optimizer:
    def __init__(self, net: Net, lr: float) -> None:
        self.net, self.lr = net, lr
        self.state: list[list[Tensor]] = [[np.zeros_like(p) for p in l.params.values()] for l in net.layers]

    def step(self) -> None:
        for param, grad in self.net.params_and_grads():
            param -= self.lr * grad


class Momentum(Optimizer):
    def step(self) -> None:
        memory = (v for layer in self.state for v in layer)
        for (param, grad), velocity in zip(self.net.params_and_grads(), memory):
            velocity *= 0.9
            velocity -= self.lr * grad
            param += velocity


class Adam(Optimizer):
    def __init__(self, net: Net, lr: float) -> None:
        super().__init__(net, lr)
        self.second = [np.zeros_like(v) for layer in self.state for v in layer]
        self.t = 0

    def step(self) -> None:
        self.t += 1
        first = [v for layer in self.state for v in layer]
        for (param, grad), m, s in zip(self.net.params_and_grads(), first, self.second):
            m += 0.1 * (grad - m)
            s += 0.001 * (grad * grad - s)
            param -= self.lr * (m / (1 - 0.9**self.t)) / (np.sqrt(s / (1 - 0.999**self.t)) + 1e-8)


class BatchIterator:
    def __init__(self, batch_size: int = 32, shuffle: bool = True) -> None:
        self.batch_size, self.shuffle = batch_size, shuffle

    def __call__(self, inputs: Tensor, targets: Tensor) -> Iterator[Batch]:
        order = np.random.permutation(len(inputs)) if self.shuffle else np.arange(len(inputs))
        for chosen in np.array_split(order, max(1, len(order) // self.batch_size)):
            yield Batch(inputs[chosen], targets[chosen])


def train(net: Net, loss: Loss, optimizer: Optimizer, inputs: Tensor, targets: Tensor, epochs: int = 100) -> None:
    batches = BatchIterator()
    for epoch in range(epochs):
        total = 0.0
        for x, t in batches(inputs, targets):
            y = net.forward(x)
            total += loss.loss(y, t) * len(x)
            net.backward(loss.grad(y, t))
            optimizer.step()
        if epoch % 20 == 0:
            print(f"{epoch:4d}  {total / len(inputs):.5f}")


if __name__ == "__main__":
    np.random.seed(12)
    points = np.random.uniform(-1, 1, (600, 2))
    ring = np.digitize(np.hypot(*points.T), [0.5, 0.9])
    net = Net(Dense(2, 32), Tanh(), Dense(32, 32), BatchNorm(32), ReLU(), Dropout(0.1), Dense(32, 3))
    train(net, SoftmaxCrossEntropy(), Adam(net, 3e-3), points, np.eye(3)[ring])
    net.train(False)
    print("accuracy", np.mean(net.forward(points).argmax(axis=1) == ring))
    line = Net(Dense(2, 1))
    train(line, MSE(), Momentum(line, 0.01), points, points @ np.array([[2.0], [-1.0]]) + 0.5, epochs=41)
    print(*line.layers[0].params.values())
