"""A network with one hidden layer, from scratch, in a class."""

import numpy as np


class TwoLayerNet:
    """Affine, ReLU, affine, softmax."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        """Compute the loss and the gradients.

        Inputs:
        - X: numpy array of shape (N, D)
        - y: vector of shape (N,)
        """
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N, D = X.shape

        z1 = X.dot(W1) + b1
        a1 = np.maximum(0, z1)
        scores = a1.dot(W2) + b2
        if y is None:
            return scores

        shifted = scores - np.max(scores, axis=1, keepdims=True)
        exp_scores = np.exp(shifted)
        probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        loss = -np.sum(np.log(probs[np.arange(N), y])) / N
        loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))

        grads = {}
        dscores = probs.copy()
        dscores[np.arange(N), y] -= 1
        dscores /= N
        grads['W2'] = a1.T.dot(dscores) + 2 * reg * W2
        grads['b2'] = np.sum(dscores, axis=0)
        da1 = dscores.dot(W2.T)
        dz1 = da1 * (z1 > 0)
        grads['W1'] = X.T.dot(dz1) + 2 * reg * W1
        grads['b1'] = np.sum(dz1, axis=0)
        return loss, grads

    def loss_transposed(self, X, dscores):
        """The same without the thinking."""
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        z1 = X.dot(W1) + b1
        a1 = np.maximum(0, z1)
        scores = a1.dot(W2) + b2
        dscores = np.ones_like(scores)
        dW2 = a1.dot(dscores.T)
        da1 = dscores.dot(W2)
        dz1 = dscores.dot(W2.T).T * (z1 > 0)
        return dW2, da1, dz1

    def train(self, X, y, learning_rate=1e-3, num_iters=100, batch_size=200, verbose=False):
        num_train = X.shape[0]
        history = []
        for it in range(num_iters):
            batch = np.random.choice(num_train, batch_size)
            loss, grads = self.loss(X[batch], y[batch])
            history.append(loss)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
        return {"loss_history": history}

    def predict(self, X):
        hidden = np.maximum(0, X @ self.params['W1'] + self.params['b1'])
        return np.argmax(hidden @ self.params['W2'] + self.params['b2'], axis=1)
