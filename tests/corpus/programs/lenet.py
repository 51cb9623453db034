"""A small convolutional network with im2col, in the manner of a certain framework.

    model = Sequential(Conv2d(1, 6, 3, padding=1), ReLU(), MaxPool2d(2), Flatten(), Linear(96, 10))
"""
import numpy as np


class Parameter:
    def __init__(self, data):
        self.data = data
        self.grad = np.zeros_like(data)

    @property
    def shape(self):
        return self.data.shape


class Module:
    def forward(self, x):
        raise NotImplementedError

    def backward(self, grad_output):
        raise NotImplementedError

    def parameters(self):
        return [p for p in self.__dict__.values() if isinstance(p, Parameter)]

    def __call__(self, x):
        return self.forward(x)


class Weighted(Module):
    def __init__(self, *shape):
        fan_in = np.prod(shape[1:])
        self.weight = Parameter(np.random.randn(*shape) * np.sqrt(2 / fan_in))
        self.bias = Parameter(np.zeros(shape[0]))


class Linear(Weighted):
    def __init__(self, in_features, out_features):
        super().__init__(out_features, in_features)

    def forward(self, x):
        self.input = x
        return x @ self.weight.data.T + self.bias.data

    def backward(self, grad_output):
        self.weight.grad += grad_output.T @ self.input
        self.bias.grad += grad_output.sum(axis=0)
        return grad_output @ self.weight.data


def im2col(x, size, stride, padding):
    N, C, H, W = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (H + 2 * padding - size) // stride + 1
    ow = (W + 2 * padding - size) // stride + 1
    col = np.empty((N, C, size, size, oh, ow))
    for i in range(size):
        for j in range(size):
            col[:, :, i, j] = x[:, :, i:i + stride * oh:stride, j:j + stride * ow:stride]
    # one row for every place of every image
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(N * oh * ow, C * size * size), oh, ow


def col2im(col, x_shape, size, stride, padding, oh, ow):
    N, C, H, W = x_shape
    col = col.reshape(N, oh, ow, C, size, size).transpose(0, 3, 4, 5, 1, 2)
    img = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    for i in range(size):
        for j in range(size):
            img[:, :, i:i + stride * oh:stride, j:j + stride * ow:stride] += col[:, :, i, j]
    return img[:, :, padding:H + padding, padding:W + padding]


class Conv2d(Weighted):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        super().__init__(out_channels, in_channels, kernel_size, kernel_size)
        self.kernel_size, self.stride, self.padding = kernel_size, stride, padding

    def forward(self, x):
        F = self.weight.shape[0]
        self.x_shape = x.shape
        self.col, self.oh, self.ow = im2col(x, self.kernel_size, self.stride, self.padding)
        w_row = self.weight.data.reshape(F, -1)
        out = self.col @ w_row.T + self.bias.data
        return out.reshape(len(x), self.oh, self.ow, F).transpose(0, 3, 1, 2)

    def backward(self, grad_output):
        F = self.weight.shape[0]
        g = grad_output.transpose(0, 2, 3, 1).reshape(-1, F)
        self.bias.grad += g.sum(axis=0)
        self.weight.grad += (g.T @ self.col).reshape(self.weight.shape)
        d_col = g @ self.weight.data.reshape(F, -1)
        return col2im(d_col, self.x_shape, self.kernel_size, self.stride, self.padding, self.oh, self.ow)


class MaxPool2d(Module):
    def __init__(self, size):
        self.size = size

    def forward(self, x):
        N, C, H, W = x.shape
        s = self.size
        blocks = x.reshape(N, C, H // s, s, W // s, s)
        out = blocks.max(axis=(3, 5))
        self.mask = blocks == out[:, :, :, None, :, None]
        return out

    def backward(self, grad_output):
        spread = grad_output[:, :, :, None, :, None] * self.mask
        spread = spread / self.mask.sum(axis=(3, 5), keepdims=True)
        N, C, h, s, w, _ = spread.shape
        return spread.reshape(N, C, h * s, w * s)


class ReLU(Module):
    def forward(self, x):
        self.on = x > 0
        return np.where(self.on, x, 0)

    def backward(self, grad_output):
        return np.where(self.on, grad_output, 0)


class Flatten(Module):
    def forward(self, x):
        self.shape = x.shape
        return x.reshape(x.shape[0], -1)

    def backward(self, grad_output):
        return grad_output.reshape(self.shape)


class Sequential(Module):
    def __init__(self, *modules):
        self.modules = modules

    def forward(self, x):
        for m in self.modules:
            x = m(x)
        return x

    def backward(self, grad_output):
        for m in self.modules[::-1]:
            grad_output = m.backward(grad_output)
        return grad_output

    def parameters(self):
        return [p for m in self.modules for p in m.parameters()]


class CrossEntropyLoss:
    def __call__(self, logits, labels):
        z = logits - logits.max(axis=1, keepdims=True)
        self.p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        self.onehot = np.eye(logits.shape[1])[labels]
        return -(self.onehot * np.log(self.p + 1e-12)).sum() / len(labels)

    def backward(self):
        return (self.p - self.onehot) / len(self.p)


class SGD:
    def __init__(self, parameters, lr, momentum=0.9, weight_decay=0.0):
        self.parameters, self.lr, self.momentum, self.weight_decay = parameters, lr, momentum, weight_decay
        self.buf = [np.zeros(p.shape) for p in parameters]

    def zero_grad(self):
        for p in self.parameters:
            p.grad[...] = 0

    def step(self):
        for p, v in zip(self.parameters, self.buf):
            v *= self.momentum
            v += p.grad + self.weight_decay * p.data
            p.data -= self.lr * v


if __name__ == "__main__":
    from sklearn.datasets import load_digits

    np.random.seed(0)
    images, labels = load_digits(return_X_y=True)
    images = images.reshape(-1, 1, 8, 8) / 16
    model = Sequential(
        Conv2d(1, 6, 3, padding=1), ReLU(), MaxPool2d(2),
        Conv2d(6, 16, 3, padding=1), ReLU(), MaxPool2d(2),
        Flatten(), Linear(16 * 2 * 2, 32), ReLU(), Linear(32, 10),
    )
    criterion = CrossEntropyLoss()
    optimizer = SGD(model.parameters(), lr=0.05, weight_decay=1e-4)
    for epoch in range(4):
        order = np.random.permutation(1500)
        running = 0.0
        for lo in range(0, 1500, 50):
            pick = order[lo:lo + 50]
            optimizer.zero_grad()
            running += criterion(model(images[pick]), labels[pick])
            model.backward(criterion.backward())
            optimizer.step()
        hits = model(images[1500:]).argmax(axis=1) == labels[1500:]
        print(f"epoch {epoch + 1}: loss {running / 30:.3f}, accuracy {hits.mean():.3f}")
