"""
Semi-supervised node classification with a two-layer graph convolutional network
(Kipf & Welling, 2017), forward and backward by hand.

    Z = softmax(Â ReLU(Â X W0) W1),     Â = D^-1/2 (A + I) D^-1/2
"""
import numpy as np


def normalized_adjacency(edges, n):
    A = np.zeros((n, n))
    for i, j in edges:
        A[i, j] = A[j, i] = 1
    A += np.eye(n)
    d = A.sum(axis=1)
    D_inv_sqrt = np.diag(d ** -0.5)
    return D_inv_sqrt @ A @ D_inv_sqrt


def planted_partition(k, per_group, p_in, p_out, rng):
    n = k * per_group
    labels = np.repeat(np.arange(k), per_group)
    same = labels[:, None] == labels[None, :]
    coin = rng.random((n, n)) < np.where(same, p_in, p_out)
    edges = [(i, j) for i in range(n) for j in range(i) if coin[i, j]]
    return edges, labels


class GraphConvolution:
    def __init__(self, A_hat, in_features, out_features, activation=None):
        self.A_hat = A_hat
        s = np.sqrt(6.0 / (in_features + out_features))
        self.weight = np.random.uniform(-s, s, (in_features, out_features))
        self.activation = activation

    def forward(self, X):
        self.support = self.A_hat @ X
        self.pre = self.support @ self.weight
        if self.activation == "relu":
            return np.maximum(self.pre, 0)
        return self.pre

    def backward(self, grad):
        if self.activation == "relu":
            grad = grad * (self.pre > 0)
        self.weight_grad = self.support.T @ grad
        # Â is symmetric, its transpose is written all the same
        return self.A_hat.T @ (grad @ self.weight.T)


class GCN:
    def __init__(self, A_hat, n_feat, n_hid, n_class, weight_decay=5e-4, T=1.0):
        self.T = T                     # temperature of the softmax
        self.gc1 = GraphConvolution(A_hat, n_feat, n_hid, "relu")
        self.gc2 = GraphConvolution(A_hat, n_hid, n_class)
        self.weight_decay = weight_decay

    def forward(self, X):
        logits = self.gc2.forward(self.gc1.forward(X)) / self.T
        e = np.exp(logits - logits.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def loss(self, probs, Y, train_mask):
        nll = -np.sum(np.log(probs[train_mask] + 1e-12) * Y[train_mask]) / train_mask.sum()
        return nll + 0.5 * self.weight_decay * np.sum(self.gc1.weight ** 2)

    def backward(self, probs, Y, train_mask):
        G = probs - Y
        G[~train_mask] = 0
        G = G / self.T / train_mask.sum()
        hidden_grad = self.gc2.backward(G)
        X_grad = self.gc1.backward(hidden_grad)
        self.gc1.weight_grad += self.weight_decay * self.gc1.weight
        return X_grad

    def step(self, lr):
        for layer in (self.gc1, self.gc2):
            layer.weight = layer.weight - lr * layer.weight_grad


def saliency(model, X, Y, mask, node):
    """Which entries of X move the loss of one node? Zero beyond two hops."""
    only = np.zeros_like(mask)
    only[node] = True
    probs = model.forward(X)
    return np.abs(model.backward(probs, Y, only)).sum(axis=1)


def main():
    rng = np.random.default_rng(5)
    np.random.seed(5)
    edges, labels = planted_partition(4, 25, 0.25, 0.02, rng)
    n, k = len(labels), labels.max() + 1
    A_hat = normalized_adjacency(edges, n)
    X = np.eye(n)                      # no features but the identity of the node
    Y = np.zeros((n, k))
    Y[np.arange(n), labels] = 1

    train_mask = np.zeros(n, dtype=bool)
    for c in range(k):
        train_mask[np.flatnonzero(labels == c)[:4]] = True

    model = GCN(A_hat, n, 16, k, T=0.8)
    for epoch in range(201):
        probs = model.forward(X)
        model.backward(probs, Y, train_mask)
        model.step(lr=2.0)
        if epoch % 50 == 0:
            acc = np.mean(probs.argmax(1)[~train_mask] == labels[~train_mask])
            print(f"epoch {epoch:3d}  loss {model.loss(probs, Y, train_mask):.4f}  unseen nodes {acc:.2%}")
    reach = saliency(model, X, Y, train_mask, node=0)
    print("nodes that reach node 0:", np.count_nonzero(reach), "of", n)


if __name__ == "__main__":
    main()
