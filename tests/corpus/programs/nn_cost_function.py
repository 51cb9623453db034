""" Exercise 4 | Neural Network Learning, translated from Octave.

    5x5 pictures of letters, one hidden layer, the parameters of both layers rolled into one vector
    so that a general optimiser can be used. """

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoidGradient(z):
    g = sigmoid(z)
    return g * (1 - g)


def randInitializeWeights(L_in, L_out, epsilon_init=0.12):
    return np.random.rand(L_out, 1 + L_in) * 2 * epsilon_init - epsilon_init


def roll(*thetas):
    return np.concatenate([t.ravel() for t in thetas])


def unroll(nn_params, input_layer_size, hidden_layer_size, num_labels):
    cut = hidden_layer_size * (input_layer_size + 1)
    Theta1 = nn_params[:cut].reshape(hidden_layer_size, input_layer_size + 1)
    Theta2 = nn_params[cut:].reshape(num_labels, hidden_layer_size + 1)
    return Theta1, Theta2


def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lam):
    """ Returns J and the rolled gradient. """
    Theta1, Theta2 = unroll(nn_params, input_layer_size, hidden_layer_size, num_labels)
    m = X.shape[0]

    # forward
    a1 = np.hstack((np.ones((m, 1)), X))
    z2 = a1.dot(Theta1.T)
    a2 = np.hstack((np.ones((m, 1)), sigmoid(z2)))
    z3 = a2.dot(Theta2.T)
    h = sigmoid(z3)

    Y = np.zeros((m, num_labels))
    for i in range(m):
        Y[i, y[i]] = 1

    J = -1.0 / m * np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h))
    J += lam / (2.0 * m) * (np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2))

    # backward
    d3 = h - Y
    d2 = d3.dot(Theta2[:, 1:]) * sigmoidGradient(z2)
    Delta1 = d2.T.dot(a1)
    Delta2 = d3.T.dot(a2)

    Theta1_grad = Delta1 / m
    Theta2_grad = Delta2 / m
    Theta1_grad[:, 1:] += lam / m * Theta1[:, 1:]
    Theta2_grad[:, 1:] += lam / m * Theta2[:, 1:]
    return J, roll(Theta1_grad, Theta2_grad)


def nnGradientLoop(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lam):
    """ Part 2 of the exercise: the same, one training example after the other. """
    Theta1, Theta2 = unroll(nn_params, input_layer_size, hidden_layer_size, num_labels)
    m = X.shape[0]
    Delta1 = np.zeros(Theta1.shape)
    Delta2 = np.zeros(Theta2.shape)

    for t in range(m):
        a1 = np.r_[1, X[t, :]][:, None]                   # 26 x 1
        z2 = Theta1 @ a1
        a2 = np.vstack([[[1.0]], sigmoid(z2)])            # 11 x 1
        a3 = sigmoid(Theta2 @ a2)                         # 3 x 1

        yt = (np.arange(num_labels) == y[t]).astype(float).reshape(-1, 1)
        delta3 = a3 - yt
        delta2 = (Theta2.T @ delta3)[1:] * sigmoidGradient(z2)   # without the bias unit
        Delta2 = Delta2 + delta3 @ a2.T
        Delta1 = Delta1 + delta2 @ a1.T

    reg1 = np.c_[np.zeros(Theta1.shape[0]), Theta1[:, 1:]]
    reg2 = np.c_[np.zeros(Theta2.shape[0]), Theta2[:, 1:]]
    Theta1_grad = (Delta1 + lam * reg1) / m
    Theta2_grad = (Delta2 + lam * reg2) / m
    return roll(Theta1_grad, Theta2_grad)


def predict(Theta1, Theta2, X):
    ones = np.ones((len(X), 1))
    h1 = sigmoid(np.column_stack((ones, X)) @ Theta1.T)
    h2 = sigmoid(np.column_stack((ones, h1)) @ Theta2.T)
    return np.argmax(h2, axis=1)


def minimize(costFunction, params, iterations, alpha=2.0):
    for it in range(iterations):
        J, grad = costFunction(params)
        # backtracking: halve the step until the cost falls enough
        step = alpha
        while costFunction(params - step * grad)[0] > J - 0.5 * step * grad @ grad:
            step /= 2
        params = params - step * grad
        if it % 50 == 0:
            print("Iteration %4d | Cost: %.6e" % (it, J))
    return params


LETTERS = ["10001 10001 11111 10001 10001", "11111 00100 00100 00100 11111", "11111 00001 00110 01000 11111"]

if __name__ == "__main__":
    np.random.seed(0)
    pictures = np.array([[float(c) for c in letter.replace(" ", "")] for letter in LETTERS])
    y = np.random.randint(0, 3, 300)
    X = np.abs(pictures[y] - (np.random.rand(300, 25) < 0.1))

    input_layer_size, hidden_layer_size, num_labels = 25, 10, 3
    initial = roll(randInitializeWeights(25, 10), randInitializeWeights(10, 3))
    cost = lambda p: nnCostFunction(p, input_layer_size, hidden_layer_size, num_labels, X, y, 0.5)
    loop = nnGradientLoop(initial, 25, 10, 3, X, y, 0.5)
    print("Difference of the two gradients:", np.abs(cost(initial)[1] - loop).max())

    trained = minimize(cost, initial, 201)
    print("Training set accuracy:", 100 * np.mean(predict(*unroll(trained, 25, 10, 3), X) == y))
