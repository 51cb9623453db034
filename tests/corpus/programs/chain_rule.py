"""Companion code of a blog post on the chain rule.

Every factor of the chain rule gets a variable of its own, named as one would write it:
dL_dA2 is the derivative of the loss with respect to A2, dA2_dZ2 that of A2 with respect to Z2 ...
"""
import numpy as np


class Network:
    """Part 1: two layers without biases, the gradients in one breath."""

    def __init__(self, x, y, hidden=5):
        self.x, self.y = x, y
        self.weights1 = np.random.uniform(-1, 1, (x.shape[1], hidden))
        self.weights2 = np.random.uniform(-1, 1, (hidden, y.shape[1]))

    def feedforward(self):
        self.layer1 = sigmoid(np.dot(self.x, self.weights1))
        self.output = sigmoid(np.dot(self.layer1, self.weights2))
        return self.output

    def backprop(self, rate=1.0):
        d_weights2 = self.layer1.T.dot((self.output - self.y) * sigmoid_slope(self.output))
        d_weights1 = self.x.T.dot(
            ((self.output - self.y) * sigmoid_slope(self.output)).dot(self.weights2.T) * sigmoid_slope(self.layer1))
        self.weights1 -= rate * d_weights1
        self.weights2 -= rate * d_weights2

    def loss(self):
        return 0.5 * np.sum((self.feedforward() - self.y) ** 2)


def sigmoid(x):
    return 1.0 / (1 + np.exp(-x))


def sigmoid_slope(a):
    return a * (1.0 - a)


# ---- Part 2: biases, softmax, and every link of the chain ----

def forward(X, W1, b1, W2, b2, W3, b3):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0.1 * Z1, Z1)
    Z2 = A1 @ W2 + b2
    A2 = np.tanh(Z2)
    Z3 = A2 @ W3 + b3
    expZ = np.exp(Z3 - np.max(Z3, axis=1, keepdims=True))
    P = expZ / np.sum(expZ, axis=1, keepdims=True)
    return Z1, A1, Z2, A2, Z3, P


def cross_entropy(P, T):
    return -np.sum(T * np.log(P)) / T.shape[0]


def backward(X, T, params):
    W1, b1, W2, b2, W3, b3 = params
    Z1, A1, Z2, A2, Z3, P = forward(X, *params)
    m = X.shape[0]

    dL_dZ3 = (P - T) / m

    dZ3_dW3 = A2
    dL_dW3 = dZ3_dW3.T @ dL_dZ3
    dL_db3 = np.sum(dL_dZ3, axis=0, keepdims=True)

    dZ3_dA2 = W3
    dL_dA2 = dL_dZ3 @ dZ3_dA2.T
    dA2_dZ2 = 1 - A2 ** 2
    dL_dZ2 = dL_dA2 * dA2_dZ2

    dZ2_dW2 = A1
    dL_dW2 = dZ2_dW2.T @ dL_dZ2
    dL_db2 = np.sum(dL_dZ2, axis=0, keepdims=True)

    dZ2_dA1 = W2
    dL_dA1 = dL_dZ2 @ dZ2_dA1.T
    dA1_dZ1 = np.where(Z1 > 0, 1, 0.1)
    dL_dZ1 = dL_dA1 * dA1_dZ1

    dZ1_dW1 = X
    dL_dW1 = dZ1_dW1.T @ dL_dZ1
    dL_db1 = np.sum(dL_dZ1, axis=0, keepdims=True)

    return dL_dW1, dL_db1, dL_dW2, dL_db2, dL_dW3, dL_db3


def softmax_jacobian(p):
    """dP_dZ for one example; the long way round to the P - T above"""
    p = p.reshape(-1, 1)
    return np.diag(p.ravel()) - p @ p.T


def the_long_way(P, T):
    m = len(P)
    dL_dZ3 = np.zeros_like(P)
    for i in range(m):
        dL_dp = -T[i] / P[i] / m
        dp_dz = softmax_jacobian(P[i])
        dL_dZ3[i] = dp_dz.T @ dL_dp
    return dL_dZ3


# ---- Part 3: the same for one example as a column, with Jacobians that are really there ----

def jacobians(x, t, V1, V2):
    """h = tanh(V1 x), o = V2 h, L = |o - t|^2 / 2; the Jacobian of a column by a column has the rows of the first"""
    h = np.tanh(V1 @ x)
    o = V2 @ h
    dL_do = (o - t).T                                # a row
    do_dh = V2
    dh_da = np.diagflat(1 - h ** 2)
    da_dx = V1
    dL_dh = dL_do @ do_dh
    dL_da = dL_dh @ dh_da
    dL_dx = dL_da @ da_dx
    dL_dV2 = dL_do.T @ h.T
    dL_dV1 = dL_da.T @ x.T
    return dL_dx, dL_dV1, dL_dV2


if __name__ == "__main__":
    np.random.seed(1)
    X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = Network(X, y)
    for i in range(3001):
        if i % 1000 == 0:
            print("Part 1, loss:", net.loss().round(4))
        net.feedforward()
        net.backprop()

    n_in, n_1, n_2, n_out = 6, 20, 12, 4
    centres = 1.5 * np.random.randn(n_out, n_in)
    labels = np.random.randint(n_out, size=400)
    data, T = centres[labels] + np.random.randn(400, n_in), np.eye(n_out)[labels]
    params = []
    for rows, cols in ((n_in, n_1), (n_1, n_2), (n_2, n_out)):
        params += [np.random.randn(rows, cols) * np.sqrt(1 / rows), np.zeros((1, cols))]
    for epoch in range(301):
        grads = backward(data, T, params)
        params = [w - 0.5 * dL_dw for w, dL_dw in zip(params, grads)]
        if epoch % 100 == 0:
            *_, P = forward(data, *params)
            print("Part 2, loss:", cross_entropy(P, T).round(4), "accuracy:", np.mean(P.argmax(1) == labels))
    print("both ways agree:", np.allclose(the_long_way(P, T), (P - T) / len(T)))

    V1, V2 = np.random.randn(5, 3), np.random.randn(2, 5)
    print([j.shape for j in jacobians(np.random.randn(3, 1), np.random.randn(2, 1), V1, V2)])
