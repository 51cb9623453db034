"""The mistakes planted in the documents: the file, the beginning of the line, the code of what is wrong there."""

from __future__ import annotations

from typing import NamedTuple


class Mistake(NamedTuple):
    """A mistake on a line that is the only one in its file to begin so, or the `place`-th one."""

    file: str
    line: str
    code: str
    place: int = 1


def mistakes(file: str, *found: tuple[str, str] | tuple[str, str, int]) -> list[Mistake]:
    """The mistakes of one file."""
    return [Mistake(file, *each) for each in found]


PLANTED = [
    *mistakes(
        "two_layers.md",
        (r"$$dZ^{[1]} = dZ^{[2]} W^{[2]T}", "SC201"),
        (r"$$dW^{[1]} = \frac{1}{m} X^T dZ^{[1]}", "SC201"),
        (r"$$db^{[2]} = \frac{1}{m} dZ^{[2]}$$", "SC204"),
    ),
    *mistakes(
        "logistic.md",
        (r"$$dw = \frac{1}{m} dZ X$$", "SC201"),
        (r"$$dw = \frac{1}{m} X^T dZ$$", "SC201"),
        (r"$$Z = w X + b$$", "SC201"),
    ),
    *mistakes(
        "rows.md",
        ("The general chain rule", "SC212"),
        ("(a)", "SC201"),
        ("(b)", "SC201"),
        ("(c)", "SC204"),
        ("(d)", "SC201"),
    ),
    *mistakes(
        "four_equations.md",
        (r"$$ \delta^l = (w^{l+1} \delta^{l+1})", "SC201"),
        (r"$$ \frac{\partial C}{\partial w^l} = a^{l-1} (\delta^l)^T", "SC204"),
        (r"$$ \frac{\partial C}{\partial w^l} = (\delta^l)^T a^{l-1}", "SC201"),
    ),
    *mistakes(
        "appendix.tex",
        (r"\pd{\loss}{\h} = \U \bm{\delta}", "SC201"),
        (r"\pd{\loss}{\W} = \x \pd{\loss}{\z}\tr", "SC204"),
        (r"\pd{\loss}{\U} = \h\tr \bm{\delta}", "SC201"),
    ),
    *mistakes(
        "linear_classifiers.md",
        ("dW1 = np.dot(dhidden, X.T)", "SC201"),
        ("dhidden = np.dot(W2.T, dscores)", "SC201"),
        ("db2 = np.sum(dscores, axis=1, keepdims=True)", "SC204"),
    ),
    *mistakes(
        "two_layer_net.py",
        ("dW2 = a1.dot(dscores.T)", "SC201"),
        ("da1 = dscores.dot(W2)", "SC201"),
        ("dz1 = dscores.dot(W2.T).T * (z1 > 0)", "SC202"),
    ),
    *mistakes(
        "lstm.py",
        ("da_prev = np.dot(Wf.T, dft)", "SC204"),
        ("dWf = np.dot(dft, a_prev.T)", "SC204"),
        ("dbf = np.sum(dft, axis=0, keepdims=True)", "SC204"),
        ("dxt = np.dot(Wf[:, :n_a].T, dft)", "SC204"),
    ),
    *mistakes(
        "char_rnn.py",
        ("dO = dlogits @ s", "SC201"),
        ("ds = O @ dlogits", "SC201"),
        ("dU += np.dot(x, s.T)", "SC203"),
        ("dpre = (O.T * dlogits)", "SC202"),
    ),
    *mistakes(
        "batch_norm.py",
        ("dbeta = np.sum(dout, axis=1)", "SC204"),
        ("dgamma = dout * xhat", "SC204"),
        ("dxhat = np.dot(dout, gamma.T)", "SC214"),
        ("dx = xhat - np.mean(dout, axis=1)", "SC206"),
    ),
    *mistakes(
        "softmax_classifier.py",
        ("probs = np.exp(scores) / np.sum(np.exp(scores), axis=1)", "SC206"),
        ("dW = dscores.T @ X", "SC204"),
        ("dX = dscores @ W", "SC201"),
        ("dX = dscores * W.T", "SC202"),
    ),
    *mistakes(
        "layers.py",
        ("self.output = self.weights @ self.inputs + self.bias", "SC201"),
        ("d_weights = grad.T @ self.inputs", "SC204"),
        ("self.bias -= 0.1 * grad.sum(axis=1, keepdims=True)", "SC213"),
        ("return self.weights @ grad", "SC201"),
    ),
    *mistakes(
        "deep_numpy.py",
        ("dW2 = 1 / m * np.dot(dZ2, A1)", "SC201"),
        ("db2 = 1 / m * np.sum(dZ2, axis=0, keepdims=True)", "SC204"),
        ("dZ1 = W2.T * dZ2 * (1 - np.power(A1, 2))", "SC202"),
        ("dW1 = 1 / m * np.dot(X.T, dZ1)", "SC201"),
        ("W2 = W2 - 0.01 * np.dot(A1, dZ2.T)", "SC202"),
        ("b1 = b1 - 0.01 * np.sum(dZ1, axis=1)", "SC213"),
    ),
    *mistakes(
        "rnn_notes.md",
        (r"$$dW_{ax} = x^{\langle t \rangle} dz^{\langle t \rangle T}$$", "SC204"),
        (r"$$dx^{\langle t \rangle} = W_{ax} dz^{\langle t \rangle}$$", "SC201"),
        (r"$$dW_{aa} = a^{\langle t-1 \rangle T} dz^{\langle t \rangle}$$", "SC204"),
    ),
    *mistakes(
        "attention.md",
        ("$$dV = dO P^T$$", "SC201"),
        ("$$dP = V^T dO$$", "SC204"),
        (r"$$dK = \frac{1}{\sqrt{d_k}} Q^T dS$$", "SC204"),
        ("$$dX = W_Q^T dQ", "SC201"),
        ("$$dW_V = dV X^T$$", "SC201"),
    ),
    *mistakes(
        "matrix_calculus.tex",
        (r"\frac{\partial L}{\partial x} = A r", "SC201"),
        (r"\frac{\partial L}{\partial x} = r\T A\T .", "SC201"),
        (r"\frac{\partial y}{\partial W} = x (v", "SC204"),
        (r"\frac{\partial y}{\partial x} = W (v", "SC201"),
    ),
    *mistakes(
        "convolution.py",
        ("S = Q @ K.T", "SC201"),
        ("S = Q @ K", "SC201", 3),
        ("dP = dO @ V", "SC201", 2),
        ("dbias = np.sum(dO, axis=(0, 1, 3))", "SC205"),
    ),
    *mistakes(
        "forum.md",
        ("dZ1 = dZ2 W2.T * (1 - A1^2)", "SC201"),
        ("Nor is it `dW1 = X.T dZ1`", "SC201"),
    ),
    *mistakes(
        "deep_network.ipynb",
        (r"$$ dA^{[l-1]} = W^{[l]} dZ^{[l]} $$", "SC201"),
        (r"$$ dW^{[l]} = \frac{1}{m} A^{[l-1] T} dZ^{[l]} $$", "SC201"),
        (r"$$ db^{[l]} = \frac{1}{m} dZ^{[l]} $$", "SC204"),
        ("dA_prev = np.dot(W, dZ)", "SC201"),
    ),
    *mistakes(
        "lstm_notes.ipynb",
        ("da_prev = np.dot(Wf.T, dft)", "SC204"),
        ("Wf -= 0.01 * np.dot(dft, a_prev.T)", "SC203"),
    ),
    *mistakes(
        "autoencoder.ipynb",
        (r"$$\frac{\partial L}{\partial E} = \frac{1}{N} R G^T X^T$$", "SC201"),
        (r"$$\frac{\partial L}{\partial G} = \frac{1}{N} R^T H$$", "SC204"),
        ("dG = R.T @ H / N", "SC204"),
        ("dH = R @ G", "SC201"),
        ("dE = X.T * (R @ G.T)", "SC202"),
    ),
]
