import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons


def sigmoid(x):
    s = 1/(1+np.exp(-x))
    return s


def relu(x):
    return np.maximum(0, x)


def initialize_parameters(layer_dims):
    """
    Arguments:
    layer_dims -- list, how many units each layer has, the input included

    Returns:
    parameters -- dictionary with, for l = 1, ..., L:
                    Wl -- weights, of shape (layer_dims[l], layer_dims[l-1])
                    bl -- bias, of shape (layer_dims[l], 1)
    """
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)

    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layer_dims[l], layer_dims[l-1]) * np.sqrt(2./layer_dims[l-1])
        parameters['b' + str(l)] = np.zeros((layer_dims[l], 1))

        assert(parameters['W' + str(l)].shape == (layer_dims[l], layer_dims[l-1]))
        assert(parameters['b' + str(l)].shape == (layer_dims[l], 1))

    return parameters


def forward_propagation(X, parameters, keep_prob=1.0):
    """
    LINEAR -> RELU (+ DROPOUT) -> LINEAR -> RELU (+ DROPOUT) -> LINEAR -> SIGMOID

    Arguments:
    X -- inputs, of shape (2, number of examples)
    parameters -- dictionary:
                    W1 -- of shape (20, 2)
                    b1 -- of shape (20, 1)
                    W2 -- of shape (3, 20)
                    b2 -- of shape (3, 1)
                    W3 -- of shape (1, 3)
                    b3 -- of shape (1, 1)
    keep_prob -- how likely a unit survives, scalar

    Returns:
    A3 -- output of the network, of shape (1, number of examples)
    cache -- tuple for backward_propagation()
    """
    W1 = parameters["W1"]; b1 = parameters["b1"]
    W2 = parameters["W2"]; b2 = parameters["b2"]
    W3 = parameters["W3"]; b3 = parameters["b3"]

    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1])
    D1 = (D1 < keep_prob).astype(int)
    A1 = A1 * D1
    A1 = A1 / keep_prob

    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1])
    D2 = (D2 < keep_prob).astype(int)
    A2 = A2 * D2
    A2 = A2 / keep_prob

    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)

    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache


def compute_cost(A3, Y, parameters, lambd):
    """
    A3 -- output of the network, of shape (output size, number of examples)
    Y -- labels 0 or 1, of shape (output size, number of examples)
    """
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    logprobs = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    cross_entropy_cost = 1./m * np.nansum(logprobs)
    L2_cost = lambd / (2*m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3)))
    return cross_entropy_cost + L2_cost


def backward_propagation(X, Y, cache, lambd, keep_prob):
    """
    Arguments:
    X -- inputs, of shape (2, number of examples)
    Y -- labels, of shape (output size, number of examples)
    cache -- from forward_propagation()
    lambd, keep_prob -- the same as there, scalars

    Returns:
    gradients -- dictionary, dW1 is that of W1 and so on
    """
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T) + (lambd / m) * W3
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2              # who was silent is not to blame
    dA2 = dA2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T) + (lambd / m) * W2
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T) + (lambd / m) * W1
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)

    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2,
                 "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1,
                 "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients


def initialize_adam(parameters):
    L = len(parameters) // 2
    v, s = {}, {}
    for l in range(L):
        v["dW" + str(l+1)] = np.zeros(parameters["W" + str(l+1)].shape)
        v["db" + str(l+1)] = np.zeros(parameters["b" + str(l+1)].shape)
        s["dW" + str(l+1)] = np.zeros(parameters["W" + str(l+1)].shape)
        s["db" + str(l+1)] = np.zeros(parameters["b" + str(l+1)].shape)
    return v, s


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    L = len(parameters) // 2
    for l in range(L):
        for p in ("W", "b"):
            g = "d" + p + str(l+1)
            v[g] = beta1 * v[g] + (1 - beta1) * grads[g]
            s[g] = beta2 * s[g] + (1 - beta2) * np.square(grads[g])
            v_corrected = v[g] / (1 - beta1**t)
            s_corrected = s[g] / (1 - beta2**t)
            parameters[p + str(l+1)] -= learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
    return parameters, v, s


def model(X, Y, learning_rate=0.01, num_iterations=1000, lambd=0., keep_prob=1., print_cost=True):
    costs = []
    layers_dims = [X.shape[0], 20, 3, 1]
    parameters = initialize_parameters(layers_dims)
    v, s = initialize_adam(parameters)

    for i in range(num_iterations):
        a3, cache = forward_propagation(X, parameters, keep_prob)
        cost = compute_cost(a3, Y, parameters, lambd)
        grads = backward_propagation(X, Y, cache, lambd, keep_prob)
        parameters, v, s = update_parameters_with_adam(parameters, grads, v, s, i + 1, learning_rate)
        if print_cost and i % 100 == 0:
            print("{:5d}: {:.6f}".format(i, cost))
            costs.append(cost)

    plt.plot(costs)
    plt.ylabel('cost')
    plt.xlabel('hundreds of steps')
    plt.title("lambda {}, keep_prob {}".format(lambd, keep_prob))
    plt.show()
    return parameters


def predict(X, y, parameters):
    a3, _ = forward_propagation(X, parameters)
    p = (a3 > 0.5).astype(int)
    print("Accuracy:", np.mean(p[0, :] == y[0, :]))
    return p


if __name__ == "__main__":
    train_X, train_Y = make_moons(n_samples=300, noise=.2, random_state=3)
    train_X = train_X.T
    train_Y = train_Y.reshape((1, train_Y.shape[0]))
    parameters = model(train_X, train_Y, lambd=0.1, keep_prob=0.86)
    predict(train_X, train_Y, parameters)
