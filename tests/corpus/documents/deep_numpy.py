"""An L-layer network in functions that pass caches around; columns are examples."""

import numpy as np


def initialize(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        assert parameters["W" + str(l)].shape == (layer_dims[l], layer_dims[l - 1])
    return parameters


def linear_forward(A, W, b):
    """
    Arguments:
    A -- activations of the previous layer: (size of previous layer, number of examples)
    W -- weights matrix: numpy array of shape (size of current layer, size of previous layer)
    b -- bias vector, numpy array of shape (size of the current layer, 1)
    """
    Z = W @ A + b
    assert Z.shape == (W.shape[0], A.shape[1])
    return Z, (A, W, b)


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = 1.0 / m * np.dot(dZ, A_prev.T)
    db = 1.0 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    assert dA_prev.shape == A_prev.shape
    assert dW.shape == W.shape
    assert db.shape == b.shape
    return dA_prev, dW, db


def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    assert dZ.shape == Z.shape
    return dZ


def two_layers(X, Y, n_x, n_h, n_y, m):
    X = np.zeros((n_x, m))
    Y = np.zeros((n_y, m))
    W1, b1 = np.random.randn(n_h, n_x) * 0.01, np.zeros((n_h, 1))
    W2, b2 = np.random.randn(n_y, n_h) * 0.01, np.zeros((n_y, 1))
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    cost = -1 / m * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    dZ2 = A2 - Y
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    W1 = W1 - 0.01 * dW1
    b1 = b1 - 0.01 * db1
    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
    return grads, cost


def two_layers_resubmitted(n_x, n_h, n_y, m):
    X = np.zeros((n_x, m))
    Y = np.zeros((n_y, m))
    W1, b1 = np.random.randn(n_h, n_x) * 0.01, np.zeros((n_h, 1))
    W2, b2 = np.random.randn(n_y, n_h) * 0.01, np.zeros((n_y, 1))
    A1 = np.tanh(np.dot(W1, X) + b1)
    A2 = 1 / (1 + np.exp(-(np.dot(W2, A1) + b2)))
    dZ2 = A2 - Y
    dW2 = 1 / m * np.dot(dZ2, A1)
    db2 = 1 / m * np.sum(dZ2, axis=0, keepdims=True)
    dZ1 = W2.T * dZ2 * (1 - np.power(A1, 2))
    dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))
    dW1 = 1 / m * np.dot(X.T, dZ1)
    W2 = W2 - 0.01 * np.dot(A1, dZ2.T)
    b1 = b1 - 0.01 * np.sum(dZ1, axis=1)
    return dW2, db2, dW1, W2, b1
