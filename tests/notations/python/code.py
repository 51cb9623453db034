"""A module as people write it, to change at random."""

MODULE = r"""
import numpy as np
def sigmoid(Z):
    A = 1/(1+np.exp(-Z))
    cache = Z
    return A, cache
def relu(Z):
    A = np.maximum(0,Z)
    assert(A.shape == Z.shape)
    cache = Z
    return A, cache
def relu_backward(dA, cache):
    Z = cache
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    assert (dZ.shape == Z.shape)
    return dZ
def sigmoid_backward(dA, cache):
    Z = cache
    s = 1/(1+np.exp(-Z))
    dZ = dA * s * (1-s)
    return dZ
def initialize_parameters_deep(layer_dims):
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layer_dims[l], layer_dims[l-1]) * 0.01
        parameters['b' + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W, b)
    return Z, cache
def linear_activation_forward(A_prev, W, b, activation):
    if activation == "sigmoid":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = sigmoid(Z)
    elif activation == "relu":
        Z, linear_cache = linear_forward(A_prev, W, b)
        A, activation_cache = relu(Z)
    cache = (linear_cache, activation_cache)
    return A, cache
def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(A_prev, parameters['W' + str(l)], parameters['b' + str(l)], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters['W' + str(L)], parameters['b' + str(L)], "sigmoid")
    caches.append(cache)
    return AL, caches
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = 1./m * np.dot(dZ, A_prev.T)
    db = 1./m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)
    elif activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
        dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = - (np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    current_cache = caches[L-1]
    grads["dA" + str(L-1)], grads["dW" + str(L)], grads["db" + str(L)] = linear_activation_backward(
        dAL, current_cache, "sigmoid")
    for l in reversed(range(L-1)):
        current_cache = caches[l]
        dA_prev_temp, dW_temp, db_temp = linear_activation_backward(grads["dA" + str(l + 1)], current_cache, "relu")
        grads["dA" + str(l)] = dA_prev_temp
    return grads
X = np.random.randn(5, 7)
W1 = np.random.randn(3, 5); b1 = np.zeros((3, 1))
A1, cache1 = linear_activation_forward(X, W1, b1, "relu")
dX, dW1, db1 = linear_activation_backward(A1 * 2, cache1, "relu")
dX2, dW2, db2 = linear_activation_backward(A1.T, cache1, "relu")
params = initialize_parameters_deep([5, 3, 1])
def two_layer(X, Y, n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x)*0.01
    b1 = np.zeros((n_h, 1))
    A1, cache1 = linear_activation_forward(X, W1, b1, activation="relu")
    dA1 = 3 * A1
    dA0, dW1, db1 = linear_activation_backward(dA1, cache1, activation="relu")
import numpy as np
W1 = np.random.randn(n_h, n_x) * 0.01
W1, b1 = params["W1"], params["b1"]
dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))
db = np.sum(dout, axis=(0, 2, 3), keepdims=True) / m
dZ[Z <= 0] = 0
grads['dW' + str(l)] = (1. / m) * dZ @ A_prev.T
x = (dout @ w.T).reshape(x.shape)
x -= lr * y.reshape(x.shape[0], -1)
hs = {}
hs[-1] = np.zeros((3, 1))
hs[t] = np.tanh(W @ hs[t-1])
a = b = c
n, m = X.shape
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
A1 = sigmoid(W1 @ X + b1)
A2 = sigmoid(Z2)
if a:
    x = W.T
    y = 2
elif b:
    x = W
for l in range(3):
    A = g(W @ A)
class Net:
    def __init__(self, n, m):
        self.W = np.random.randn(n, m)
        k = 3
        self.layers = [1, 2]
    def forward(self, x):
        self.z = self.W @ x
        return sigmoid(self.z), (x, self.z)
    def back(self, x):
        a, cache = self.forward(x)
        x, z = cache
        return {"dW": a.T @ x, "z": z}
net = Net(3, 4)
y = net.forward(X)
"""
