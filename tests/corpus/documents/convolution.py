"""A convolution layer over batches of images: batch × channel × height × width."""

import numpy as np


def conv_forward(x, w, b, pad=1, stride=1):
    """
    x: input of shape (N, C, H, W)
    w: filters of shape (F, C, HH, WW)
    b: biases of shape (F,)
    """
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out = 1 + (H + 2 * pad - HH) // stride
    W_out = 1 + (W + 2 * pad - WW) // stride
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((N, F, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            window = padded[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
            for f in range(F):
                out[:, f, i, j] = np.sum(window * w[f], axis=(1, 2, 3)) + b[f]
    return out, (x, w, b, pad, stride)


def conv_backward(dout, cache):
    x, w, b, pad, stride = cache
    N, F, H_out, W_out = dout.shape
    db = np.sum(dout, axis=(0, 2, 3))
    dw = np.zeros_like(w)
    dx = np.zeros_like(x)
    return dx, dw, db


def affine_forward(x, w, b):
    """
    x: of shape (N, C, H, W)
    w: of shape (D, M), with D = C * H * W
    b: of shape (M,)
    """
    out = x.reshape(x.shape[0], -1) @ w + b
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db


def attention(Q, K, V, B, T, d):
    Q, K, V = np.zeros((B, T, d)), np.zeros((B, T, d)), np.zeros((B, T, d))
    S = Q @ K.transpose(0, 2, 1) / np.sqrt(d)
    E = np.exp(S - S.max(axis=-1, keepdims=True))
    P = E / E.sum(axis=-1, keepdims=True)
    O = P @ V
    dO = np.ones_like(O)
    dV = P.transpose(0, 2, 1) @ dO
    dP = dO @ V.transpose(0, 2, 1)
    dS = P * (dP - (dP * P).sum(axis=-1, keepdims=True))
    dQ = dS @ K / np.sqrt(d)
    dK = np.swapaxes(dS, 1, 2) @ Q / np.sqrt(d)
    return dQ, dK, dV


def attention_first_try(B, T, d):
    Q, K, V = np.zeros((B, T, d)), np.zeros((B, T, d)), np.zeros((B, T, d))
    S = Q @ K.T
    S = Q @ K
    S = Q @ K.transpose(0, 2, 1)
    P = np.exp(S) / np.exp(S).sum(axis=-1, keepdims=True)
    dO = np.ones_like(V)
    dP = dO @ V
    dbias = np.sum(dO, axis=(0, 1, 3))
    return dP, dbias
