import numpy as np


def affine_forward(x, w, b):
    """
    Fully connected layer; every example is flattened first, so D = d_1 * ... * d_k.

    In:
    - x: A minibatch, of shape (N, d_1, ..., d_k)
    - w: of shape (D, M)
    - b: of shape (M,)

    Out:
    - out: of shape (N, M)
    - cache: what the backward pass asks for
    """
    N = x.shape[0]
    out = x.reshape(N, -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    """
    In:
    - dout: Gradient from above, of shape (N, M)
    - cache: from affine_forward

    Out:
    - dx: of shape (N, d_1, ..., d_k)
    - dw: of shape (D, M)
    - db: of shape (M,)
    """
    x, w, b = cache
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(N, -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x):
    out = np.maximum(0, x)
    return out, x


def relu_backward(dout, cache):
    dx, x = None, cache
    dx = dout * (x >= 0)
    return dx


def layernorm_forward(x, gamma, beta, ln_param):
    """
    Normalises each row of x, of shape (N, D); gamma and beta have shape (D,).
    """
    eps = ln_param.get('eps', 1e-5)
    mu = np.mean(x, axis=1, keepdims=True)
    var = np.var(x, axis=1, keepdims=True)
    inv = 1 / np.sqrt(var + eps)
    xhat = (x - mu) * inv
    out = gamma * xhat + beta
    return out, (xhat, gamma, inv)


def layernorm_backward(dout, cache):
    xhat, gamma, inv = cache
    D = xhat.shape[1]
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dxhat = dout * gamma
    dx = inv / D * (D * dxhat
                    - dxhat.sum(axis=1, keepdims=True)
                    - xhat * np.sum(dxhat * xhat, axis=1, keepdims=True))
    return dx, dgamma, dbeta


def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    if mode == 'train':
        mask = (np.random.rand(*x.shape) < p) / p
        x = x * mask
    return x, (dropout_param, mask)


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    return dout * mask if dropout_param['mode'] == 'train' else dout


def affine_ln_relu_forward(x, w, b, gamma, beta, ln_param):
    a, fc_cache = affine_forward(x, w, b)
    n, ln_cache = layernorm_forward(a, gamma, beta, ln_param)
    out, relu_cache = relu_forward(n)
    return out, (fc_cache, ln_cache, relu_cache)


def affine_ln_relu_backward(dout, cache):
    fc_cache, ln_cache, relu_cache = cache
    dn = relu_backward(dout, relu_cache)
    da, dgamma, dbeta = layernorm_backward(dn, ln_cache)
    dx, dw, db = affine_backward(da, fc_cache)
    return dx, dw, db, dgamma, dbeta


def softmax_loss(x, y):
    """
    - x: Scores, of shape (N, C)
    - y: The right classes, of shape (N,)

    Gives the loss, a number, and its gradient dx.
    """
    shifted = x - np.max(x, axis=1, keepdims=True)
    Z = np.sum(np.exp(shifted), axis=1, keepdims=True)
    log_probs = shifted - np.log(Z)
    probs = np.exp(log_probs)
    N = x.shape[0]
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


class FullyConnectedNet(object):
    """
    L - 1 times affine, layer norm, relu and perhaps dropout; then affine and softmax.
    All that is learnt is in self.params, under W1, b1, gamma1, beta1, W2, ...
    """

    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10,
                 dropout=1, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.use_dropout = dropout != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}
        self.ln_param = {'eps': 1e-6}

        dims = [input_dim, *hidden_dims, num_classes]
        for i, (d_in, d_out) in enumerate(zip(dims[:-1], dims[1:]), start=1):
            self.params[f'W{i}'] = weight_scale * np.random.randn(d_in, d_out)
            self.params[f'b{i}'] = np.zeros(d_out)
            if i < self.num_layers:
                self.params[f'gamma{i}'] = np.ones(d_out)
                self.params[f'beta{i}'] = np.zeros(d_out)

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout}
            if seed is not None:
                self.dropout_param['seed'] = seed

        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = 'test' if y is None else 'train'
        if self.use_dropout:
            self.dropout_param['mode'] = mode

        caches, drop_caches = [], []
        out = X
        for i in range(1, self.num_layers):
            w, b = self.params[f'W{i}'], self.params[f'b{i}']
            gamma, beta = self.params[f'gamma{i}'], self.params[f'beta{i}']
            out, cache = affine_ln_relu_forward(out, w, b, gamma, beta, self.ln_param)
            caches.append(cache)
            if self.use_dropout:
                out, drop_cache = dropout_forward(out, self.dropout_param)
                drop_caches.append(drop_cache)
        L = self.num_layers
        scores, last_cache = affine_forward(out, self.params[f'W{L}'], self.params[f'b{L}'])

        # nothing to differentiate
        if mode == 'test':
            return scores

        loss, grads = 0.0, {}
        loss, dscores = softmax_loss(scores, y)
        for i in range(1, L + 1):
            loss += 0.5 * self.reg * np.sum(self.params[f'W{i}'] ** 2)

        dout, dw, db = affine_backward(dscores, last_cache)
        grads[f'W{L}'] = dw + self.reg * self.params[f'W{L}']
        grads[f'b{L}'] = db
        for i in range(L - 1, 0, -1):
            if self.use_dropout:
                dout = dropout_backward(dout, drop_caches.pop())
            dout, dw, db, dgamma, dbeta = affine_ln_relu_backward(dout, caches.pop())
            grads[f'W{i}'] = dw + self.reg * self.params[f'W{i}']
            grads[f'b{i}'] = db
            grads[f'gamma{i}'], grads[f'beta{i}'] = dgamma, dbeta
        return loss, grads


def rel_error(x, y):
    return np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y)))


if __name__ == '__main__':
    np.random.seed(231)
    N, D, H1, H2, C = 2, 15, 20, 30, 10
    X = np.random.randn(N, D)
    y = np.random.randint(C, size=(N,))
    model = FullyConnectedNet([H1, H2], input_dim=D, num_classes=C, reg=0.1,
                              weight_scale=5e-2, dtype=np.float64)
    for step in range(50):
        loss, grads = model.loss(X, y)
        for name in sorted(grads):
            model.params[name] -= 0.1 * grads[name]
        if step % 10 == 0:
            print('step', step, 'loss', loss)
