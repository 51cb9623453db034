"""
Vanilla RNN, LSTM, word vectors and per-step affine layers, for whole minibatches of sequences.
"""
import numpy as np


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    """
    - x: what comes in now, of shape (N, D)
    - prev_h: the state before, of shape (N, H)
    - Wx: of shape (D, H)
    - Wh: of shape (H, H)
    - b: of shape (H,)
    """
    next_h = np.tanh(x.dot(Wx) + prev_h.dot(Wh) + b)
    cache = (x, prev_h, Wx, Wh, next_h)
    return next_h, cache


def rnn_step_backward(dnext_h, cache):
    """
    - dnext_h: gradient of the state that was returned, of shape (N, H)
    """
    x, prev_h, Wx, Wh, next_h = cache
    da = dnext_h * (1 - next_h ** 2)
    dx = da.dot(Wx.T)
    dprev_h = da.dot(Wh.T)
    dWx = x.T.dot(da)
    dWh = prev_h.T.dot(da)
    db = da.sum(axis=0)
    return dx, dprev_h, dWx, dWh, db


def rnn_forward(x, h0, Wx, Wh, b):
    """
    All T steps at once; the same weights at each.

    - x: sequences, of shape (N, T, D)
    - h0: where to start from, of shape (N, H)
    """
    N, T, D = x.shape
    _, H = h0.shape
    h = np.zeros((N, T, H))
    caches = []
    prev_h = h0
    for t in range(T):
        prev_h, step = rnn_step_forward(x[:, t, :], prev_h, Wx, Wh, b)
        h[:, t, :] = prev_h
        caches.append(step)
    return h, caches


def rnn_backward(dh, cache):
    """
    - dh: from above, for every state, of shape (N, T, H)
    """
    N, T, H = dh.shape
    D = cache[0][0].shape[1]
    dx = np.zeros((N, T, D))
    dWx, dWh, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    dprev_h = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        dx[:, t], dprev_h, dWx_t, dWh_t, db_t = rnn_step_backward(dh[:, t] + dprev_h, cache[t])
        dWx += dWx_t
        dWh += dWh_t
        db += db_t
    dh0 = dprev_h
    return dx, dh0, dWx, dWh, db


def word_embedding_forward(x, W):
    """
    - x: numbers of words, of shape (N, T)
    - W: a vector for each of them, of shape (V, D)
    """
    out = W[x]
    return out, (x, W)


def word_embedding_backward(dout, cache):
    x, W = cache
    dW = np.zeros_like(W)
    np.add.at(dW, x, dout)
    return dW


def sigmoid(x):
    small = np.exp(-np.abs(x))      # never overflows
    return np.where(x >= 0, 1, small) / (1 + small)


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    """
    - x: of shape (N, D)
    - prev_h, prev_c: state and cell, of shape (N, H)
    - Wx, Wh: weights of the four gates side by side, of shape (D, 4H) and (H, 4H)
    - b: of shape (4H,)
    """
    H = prev_h.shape[1]
    a = x @ Wx + prev_h @ Wh + b
    i = sigmoid(a[:, :H])
    f = sigmoid(a[:, H:2*H])
    o = sigmoid(a[:, 2*H:3*H])
    g = np.tanh(a[:, 3*H:])
    next_c = f * prev_c + i * g
    tc = np.tanh(next_c)
    next_h = o * tc
    return next_h, next_c, (x, prev_h, prev_c, Wx, Wh, i, f, o, g, tc)


def lstm_step_backward(dnext_h, dnext_c, cache):
    x, prev_h, prev_c, Wx, Wh, i, f, o, g, tc = cache
    do = dnext_h * tc
    dc = dnext_c + dnext_h * o * (1 - tc ** 2)
    di, df, dg = dc * g, dc * prev_c, dc * i
    dprev_c = dc * f
    da = np.hstack((di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g ** 2)))
    dx = da @ Wx.T
    dprev_h = da @ Wh.T
    dWx = x.T @ da
    dWh = prev_h.T @ da
    db = np.sum(da, axis=0)
    return dx, dprev_h, dprev_c, dWx, dWh, db


def lstm_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    h = np.zeros((N, T, h0.shape[1]))
    cache = {}
    prev_h, prev_c = h0, np.zeros_like(h0)
    for t in range(T):
        prev_h, prev_c, cache[t] = lstm_step_forward(x[:, t], prev_h, prev_c, Wx, Wh, b)
        h[:, t] = prev_h
    return h, cache


def lstm_backward(dh, cache):
    N, T, H = dh.shape
    x0, _, _, Wx, Wh = cache[0][:5]
    dx = np.zeros((N, T, x0.shape[1]))
    dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(4 * H)
    dprev_h = np.zeros((N, H))
    dprev_c = np.zeros((N, H))
    for t in reversed(range(T)):
        out = lstm_step_backward(dh[:, t] + dprev_h, dprev_c, cache[t])
        dx[:, t], dprev_h, dprev_c = out[:3]
        for total, part in zip((dWx, dWh, db), out[3:]):
            total += part
    return dx, dprev_h, dWx, dWh, db


def temporal_affine_forward(x, w, b):
    """
    - x: of shape (N, T, D)
    - w: of shape (D, M)
    - b: of shape (M,)
    """
    N, T, D = x.shape
    M = b.shape[0]
    out = x.reshape(N * T, D).dot(w).reshape(N, T, M) + b
    return out, (x, w, b)


def temporal_affine_backward(dout, cache):
    x, w, b = cache
    N, T, D = x.shape
    M = b.shape[0]
    dx = dout.reshape(N * T, M).dot(w.T).reshape(N, T, D)
    dw = dout.reshape(N * T, M).T.dot(x.reshape(N * T, D)).T
    db = dout.sum(axis=(0, 1))
    return dx, dw, db


def temporal_softmax_loss(x, y, mask):
    """
    - x: scores, of shape (N, T, V)
    - y: the words that should have come, of shape (N, T)
    - mask: which of them count, of shape (N, T)
    """
    N, T, V = x.shape
    x_flat = x.reshape(N * T, V)
    y_flat = y.reshape(N * T)
    mask_flat = mask.reshape(N * T)
    probs = np.exp(x_flat - np.max(x_flat, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    loss = -np.sum(mask_flat * np.log(probs[np.arange(N * T), y_flat])) / N
    dx_flat = probs.copy()
    dx_flat[np.arange(N * T), y_flat] -= 1
    dx_flat /= N
    dx_flat *= mask_flat[:, None]
    dx = dx_flat.reshape(N, T, V)
    return loss, dx


class CaptioningRNN(object):
    """Image features are the first state, then it writes word after word."""

    def __init__(self, word_to_idx, input_dim=512, wordvec_dim=128, hidden_dim=128, cell_type='rnn'):
        self.cell_type = cell_type
        self.word_to_idx = word_to_idx
        self.idx_to_word = {i: w for w, i in word_to_idx.items()}
        vocab_size = len(word_to_idx)
        self._null = word_to_idx['<NULL>']
        dim_mul = {'lstm': 4, 'rnn': 1}[cell_type]
        p = self.params = {}
        p['W_embed'] = np.random.randn(vocab_size, wordvec_dim) / 100
        p['W_proj'] = np.random.randn(input_dim, hidden_dim) / np.sqrt(input_dim)
        p['b_proj'] = np.zeros(hidden_dim)
        p['Wx'] = np.random.randn(wordvec_dim, dim_mul * hidden_dim) / np.sqrt(wordvec_dim)
        p['Wh'] = np.random.randn(hidden_dim, dim_mul * hidden_dim) / np.sqrt(hidden_dim)
        p['b'] = np.zeros(dim_mul * hidden_dim)
        p['W_vocab'] = np.random.randn(hidden_dim, vocab_size) / np.sqrt(hidden_dim)
        p['b_vocab'] = np.zeros(vocab_size)

    def loss(self, features, captions):
        """
        - features: of shape (N, D)
        - captions: numbers of words, of shape (N, T + 1)
        """
        captions_in, captions_out = captions[:, :-1], captions[:, 1:]
        mask = (captions_out != self._null)
        p, grads = self.params, {}

        h0 = features @ p['W_proj'] + p['b_proj']
        x, embed_cache = word_embedding_forward(captions_in, p['W_embed'])
        run, run_back = (rnn_forward, rnn_backward) if self.cell_type == 'rnn' else (lstm_forward, lstm_backward)
        h, cell_cache = run(x, h0, p['Wx'], p['Wh'], p['b'])
        scores, vocab_cache = temporal_affine_forward(h, p['W_vocab'], p['b_vocab'])
        loss, dscores = temporal_softmax_loss(scores, captions_out, mask)

        dh, grads['W_vocab'], grads['b_vocab'] = temporal_affine_backward(dscores, vocab_cache)
        dx, dh0, grads['Wx'], grads['Wh'], grads['b'] = run_back(dh, cell_cache)
        grads['W_embed'] = word_embedding_backward(dx, embed_cache)
        grads['W_proj'] = np.dot(features.T, dh0)
        grads['b_proj'] = np.sum(dh0, axis=0)
        return loss, grads
