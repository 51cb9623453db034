import numpy as np

np.random.seed(0)


class Layer_Dense:

    def __init__(self, n_inputs, n_neurons, l1=0.0, l2=0.0):
        self.weights = np.random.randn(n_inputs, n_neurons) * np.sqrt(2 / n_inputs)
        self.biases = np.zeros((1, n_neurons))
        self.l1, self.l2 = l1, l2

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        # the penalties only touch the weights
        if self.l1:
            self.dweights += self.l1 * np.sign(self.weights)
        if self.l2:
            self.dweights += 2 * self.l2 * self.weights
        self.dinputs = np.dot(dvalues, self.weights.T)

    def penalty(self):
        return self.l1 * np.abs(self.weights).sum() + self.l2 * np.square(self.weights).sum()


class Layer_Dropout:

    def __init__(self, rate):
        self.keep = 1 - rate

    def forward(self, inputs):
        self.mask = np.random.binomial(1, self.keep, size=inputs.shape) / self.keep
        self.output = inputs * self.mask

    def backward(self, dvalues):
        self.dinputs = dvalues * self.mask


class Activation_LeakyReLU:

    def __init__(self, slope=0.01):
        self.slope = slope

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.where(inputs > 0, inputs, self.slope * inputs)

    def backward(self, dvalues):
        self.dinputs = np.array(dvalues)
        self.dinputs[self.inputs <= 0] *= self.slope


class Activation_Softmax:

    def forward(self, inputs):
        powers = np.exp(inputs - inputs.max(axis=1, keepdims=True))
        self.output = powers / powers.sum(axis=1, keepdims=True)

    def backward(self, dvalues):
        # one Jacobian for each sample, then J @ dvalues sample by sample
        n, k = self.output.shape
        jacobians = self.output[:, :, None] * np.eye(k) - self.output[:, :, None] * self.output[:, None, :]
        self.dinputs = (jacobians @ dvalues[:, :, None]).reshape(n, k)


class Loss_Crossentropy:

    def calculate(self, y_pred, y_true):
        self.sparse = y_true.ndim == 1
        clipped = np.clip(y_pred, 1e-12, 1.0)
        if self.sparse:
            likelihood = clipped[np.arange(len(clipped)), y_true]
        else:
            likelihood = (clipped * y_true).sum(axis=1)
        return -np.log(likelihood).mean()

    def backward(self, y_pred, y_true):
        if self.sparse:
            y_true = np.eye(y_pred.shape[1])[y_true]
        self.dinputs = -y_true / y_pred / len(y_pred)


class Softmax_Crossentropy:
    """Both in one: what comes out of the quotient of the two is far simpler."""

    def __init__(self):
        self.activation, self.loss = Activation_Softmax(), Loss_Crossentropy()

    def forward(self, inputs, y_true):
        self.activation.forward(inputs)
        self.output = self.activation.output
        return self.loss.calculate(self.output, y_true)

    def backward(self, y_true):
        n = len(self.output)
        labels = y_true if y_true.ndim == 1 else y_true.argmax(axis=1)
        self.dinputs = self.output.copy()
        self.dinputs[np.arange(n), labels] -= 1
        self.dinputs /= n


class Optimizer_RMSprop:

    def __init__(self, rate=0.01, decay=1e-3, rho=0.9):
        self.start, self.rate, self.decay, self.rho, self.steps = rate, rate, decay, rho, 0

    def step(self, layers):
        self.rate = self.start / (1 + self.decay * self.steps)
        self.steps += 1
        for layer in layers:
            for name in ('weights', 'biases'):
                g = getattr(layer, 'd' + name)
                cache = self.rho * getattr(layer, name + '_cache', 0) + (1 - self.rho) * g ** 2
                setattr(layer, name + '_cache', cache)
                setattr(layer, name, getattr(layer, name) - self.rate * g / (np.sqrt(cache) + 1e-7))


class Model:

    def __init__(self, *layers):
        self.layers = layers
        self.trainable = [layer for layer in layers if hasattr(layer, 'weights')]
        self.head = Softmax_Crossentropy()

    def forward(self, X, y, training=True):
        values = X
        for layer in self.layers:
            if not training and isinstance(layer, Layer_Dropout):
                continue
            layer.forward(values)
            values = layer.output
        return self.head.forward(values, y) + sum(layer.penalty() for layer in self.trainable)

    def backward(self, y):
        self.head.backward(y)
        dvalues = self.head.dinputs
        for layer in self.layers[::-1]:
            layer.backward(dvalues)
            dvalues = layer.dinputs

    def predict(self, X):
        """of one sample or of many"""
        single = X.ndim == 1
        values = X[None, :] if single else X
        for layer in self.layers:
            if not isinstance(layer, Layer_Dropout):
                layer.forward(values)
                values = layer.output
        self.head.activation.forward(values)
        return self.head.activation.output[0] if single else self.head.activation.output

    def train(self, X, y, optimizer, epochs, every=100):
        for epoch in range(epochs):
            loss = self.forward(X, y)
            self.backward(y)
            optimizer.step(self.trainable)
            if epoch % every == 0:
                hits = self.head.output.argmax(axis=1) == y
                print(f'epoch {epoch}: loss {loss:.3f}, accuracy {hits.mean():.3f}, rate {optimizer.rate:.5f}')


def arms(n, classes, noise=0.15):
    radius = np.tile(np.linspace(0.05, 1, n), classes)
    y = np.repeat(np.arange(classes), n)
    angle = 2 * np.pi * y / classes + 4 * radius + noise * np.random.randn(n * classes)
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle))), y


if __name__ == '__main__':
    X, y = arms(120, 3)
    model = Model(Layer_Dense(2, 64, l2=5e-5), Activation_LeakyReLU(), Layer_Dropout(0.1),
                  Layer_Dense(64, 32, l1=1e-5), Activation_LeakyReLU(), Layer_Dense(32, 3))
    model.train(X, y, Optimizer_RMSprop(), 501)
    print('without dropout:', round(model.forward(X, y, training=False), 3), model.predict(X[7]).round(3))
