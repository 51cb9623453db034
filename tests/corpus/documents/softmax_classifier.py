"""A softmax classifier and a support vector machine, with loops and without."""

import numpy as np


def softmax_loss_naive(W, X, y, reg):
    """
    - W: A numpy array of shape (D, C) containing weights.
    - X: A numpy array of shape (N, D) containing a minibatch of data.
    - y: A numpy array of shape (N,) containing training labels.
    """
    loss = 0.0
    dW = np.zeros_like(W)
    num_train = X.shape[0]
    num_classes = W.shape[1]
    for i in range(num_train):
        scores = X[i].dot(W)
        scores -= np.max(scores)
        p = np.exp(scores) / np.sum(np.exp(scores))
        loss += -np.log(p[y[i]])
        for j in range(num_classes):
            dW[:, j] += (p[j] - (j == y[i])) * X[i]
    loss = loss / num_train + reg * np.sum(W * W)
    dW = dW / num_train + 2 * reg * W
    return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
    """
    - W: A numpy array of shape (D, C) containing weights.
    - X: A numpy array of shape (N, D) containing a minibatch of data.
    - y: A numpy array of shape (N,) containing training labels.
    """
    N = X.shape[0]
    scores = X @ W  # (N, C)
    scores = scores - scores.max(axis=1, keepdims=True)
    probs = np.exp(scores)
    probs /= probs.sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(N), y]).mean() + reg * np.sum(W**2)
    dscores = probs
    dscores[np.arange(N), y] -= 1
    dW = X.T @ dscores / N + 2 * reg * W
    return loss, dW


def svm_loss_vectorized(W, X, y, reg, delta=1.0):
    """
    W -- weights of shape (D, C)
    X -- data of shape (N, D)
    y -- labels of shape (N,)
    """
    num_train = X.shape[0]
    scores = np.dot(X, W)
    correct = scores[np.arange(num_train), y][:, np.newaxis]
    margins = np.maximum(0, scores - correct + delta)
    margins[np.arange(num_train), y] = 0
    loss = margins.sum() / num_train + reg * np.sum(W * W)
    mask = (margins > 0).astype(float)
    mask[np.arange(num_train), y] = -mask.sum(axis=1)
    dW = X.T.dot(mask) / num_train + 2 * reg * W
    return loss, dW


def quiz(W, X):
    """
    W -- weights of shape (D, C)
    X -- data of shape (N, D)
    """
    scores = X @ W
    probs = np.exp(scores) / np.sum(np.exp(scores), axis=1)
    dscores = probs - 1
    dW = dscores.T @ X
    dX = dscores @ W
    dX = dscores * W.T
    return dW, dX
