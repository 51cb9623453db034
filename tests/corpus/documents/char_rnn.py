"""A recurrent network that predicts the next letter; letters are one-hot columns, one letter a step."""

import numpy as np

n_letters, n_state = 27, 64
rate, clip = 0.05, 5.0

U = 0.01 * np.random.randn(n_state, n_letters)
V = 0.01 * np.random.randn(n_state, n_state)
O = 0.01 * np.random.randn(n_letters, n_state)
c = np.zeros((n_state, 1))
e = np.zeros((n_letters, 1))


def one_hot(letter):
    column = np.zeros((n_letters, 1))
    column[letter] = 1
    return column


def unroll(word, s0):
    """Run forward over a word; s0 is the first state, of shape (n_state, 1)."""
    x, s, q = {}, {-1: s0}, {}
    bits = 0.0
    for t in range(len(word) - 1):
        x[t] = one_hot(word[t])
        s[t] = np.tanh(U @ x[t] + V @ s[t - 1] + c)
        logits = O @ s[t] + e
        q[t] = np.exp(logits - logits.max())
        q[t] = q[t] / q[t].sum()
        bits -= np.log2(q[t][word[t + 1], 0])
    return x, s, q, bits


def through_time(word, x, s, q):
    """Go back over the same word and sum the gradients."""
    dU, dV, dO = np.zeros_like(U), np.zeros_like(V), np.zeros_like(O)
    dc, de = np.zeros_like(c), np.zeros_like(e)
    from_later = np.zeros((n_state, 1))
    for t in reversed(range(len(word) - 1)):
        dlogits = q[t].copy()
        dlogits[word[t + 1]] -= 1
        dO += dlogits @ s[t].T
        de += dlogits
        ds = O.T @ dlogits + from_later
        dpre = ds * (1 - s[t] ** 2)
        dc += dpre
        dU += dpre @ x[t].T
        dV += dpre @ s[t - 1].T
        from_later = V.T @ dpre
    for gradient in (dU, dV, dO, dc, de):
        np.clip(gradient, -clip, clip, out=gradient)
    return dU, dV, dO, dc, de


def hasty_step():
    """One step back, written in a hurry."""
    x, s = np.zeros((n_letters, 1)), np.zeros((n_state, 1))
    logits = O @ s + e
    dlogits = np.exp(logits) / np.exp(logits).sum()
    dO = dlogits @ s
    ds = O @ dlogits
    dU = np.zeros_like(U)
    dU += np.dot(x, s.T)
    dpre = (O.T * dlogits) * (1 - s**2)
    return dO, ds, dU, dpre


if __name__ == "__main__":
    state = np.zeros((n_state, 1))
    for epoch in range(100):
        word = [0, 5, 3, 26]
        x, s, q, bits = unroll(word, state)
        dU, dV, dO, dc, de = through_time(word, x, s, q)
        for parameter, gradient in zip((U, V, O, c, e), (dU, dV, dO, dc, de)):
            parameter -= rate * gradient
        if epoch % 10 == 0:
            print(f"epoch {epoch}: {bits / len(word):.2f} bits a letter")
