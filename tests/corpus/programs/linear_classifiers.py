import numpy as np
from random import shuffle


def svm_loss_naive(W, X, y, reg):
    """
    Multiclass hinge loss with two loops, to have something to compare with.

    - W: weights, numpy array of shape (D, C)
    - X: minibatch, numpy array of shape (N, D)
    - y: labels 0 ... C-1, numpy array of shape (N,)
    - reg: how much to punish large weights (float)
    """
    dW = np.zeros(W.shape)
    num_classes = W.shape[1]
    num_train = X.shape[0]
    loss = 0.0
    for i in range(num_train):
        scores = X[i].dot(W)
        correct_class_score = scores[y[i]]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - correct_class_score + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW


def svm_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    rows = np.arange(num_train)
    scores = X.dot(W)
    correct = scores[rows, y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct + 1)
    margins[rows, y] = 0
    loss = margins.sum() / num_train + reg * np.sum(W * W)

    binary = np.zeros_like(margins)
    binary[margins > 0] = 1
    binary[rows, y] -= binary.sum(axis=1)
    dW = X.T.dot(binary) / num_train + 2 * reg * W
    return loss, dW


def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    num_train, dim = X.shape
    num_classes = W.shape[1]
    for i in range(num_train):
        f = X[i].dot(W)
        f -= np.max(f)
        p = np.exp(f) / np.sum(np.exp(f))
        loss += -np.log(p[y[i]])
        for c in range(num_classes):
            dW[:, c] += (p[c] - (c == y[i])) * X[i]
    loss = loss / num_train + reg * np.sum(W ** 2)
    dW = dW / num_train + 2 * reg * W
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    f = X @ W
    f -= f.max(axis=1, keepdims=True)
    P = np.exp(f)
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[range(N), y]).mean() + reg * np.sum(W ** 2)

    dW = P                      # (N, C) for now
    dW[range(N), y] -= 1
    dW = np.dot(X.T, dW)        # (D, C)
    dW /= N
    dW += 2 * reg * W
    return loss, dW


class LinearClassifier(object):

    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False):
        """
        X: (N, D) training data; y: (N,) labels 0..C-1
        """
        num_train, dim = X.shape
        num_classes = np.max(y) + 1
        if self.W is None:
            self.W = 0.001 * np.random.randn(dim, num_classes)
        loss_history = []
        for it in range(num_iters):
            idx = np.random.choice(num_train, batch_size, replace=True)
            X_batch, y_batch = X[idx], y[idx]
            loss, grad = self.loss(X_batch, y_batch, reg)
            loss_history.append(loss)
            self.W -= learning_rate * grad
            if verbose and it % 100 == 0:
                print(it, 'of', num_iters, 'loss %.4f' % loss)
        return loss_history

    def predict(self, X):
        return np.argmax(X.dot(self.W), axis=1)

    def loss(self, X_batch, y_batch, reg):
        raise NotImplementedError


class LinearSVM(LinearClassifier):

    def loss(self, X_batch, y_batch, reg):
        return svm_loss_vectorized(self.W, X_batch, y_batch, reg)


class Softmax(LinearClassifier):

    def loss(self, X_batch, y_batch, reg):
        return softmax_loss_vectorized(self.W, X_batch, y_batch, reg)


if __name__ == '__main__':
    centers = np.random.randn(4, 12) * 2
    y = np.arange(600) % 4
    order = list(range(600))
    shuffle(order)
    y = y[order]
    X = centers[y] + np.random.randn(600, 12)
    X = np.hstack([X, np.ones((X.shape[0], 1))])   # bias as one more feature
    for model in (LinearSVM(), Softmax()):
        model.train(X, y, learning_rate=1e-2, reg=1e-4, num_iters=500, verbose=True)
        print(type(model).__name__, 'accuracy', np.mean(model.predict(X) == y))
