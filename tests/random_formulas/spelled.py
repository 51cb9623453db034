"""Formulas with all their shapes, each in the words of several notations, right and wrong ones."""

from __future__ import annotations

SPELLED: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "a mean": (
        ("dZ: n x m", "A: k x m"),
        {
            "plain": "dW = 1/N dZ A.T",
            "unicode": "dW = 1/N · dZ Aᵀ",
            "latex": r"dW = \frac{1}{N} dZ A^T",
            "python": "dW = 1 / N * dZ @ A.T",
            "matlab": "dW = 1/N * dZ * A'",
        },
    ),
    "a count below": (
        ("dZ: n x m",),
        {
            "plain": "dZ / batch_size",
            "latex": r"dZ / batch\_size",
            "python": "dZ / batch_size",
            "matlab": "dZ / batch_size",
        },
    ),
    "π": (
        ("x: n x 1",),
        {"plain": "2 pi x", "unicode": "2π x", "latex": r"2 \pi x", "python": "2 * np.pi * x", "matlab": "2 * pi * x"},
    ),
    "a gradient of a loss that is called MSE": (
        ("W: n x m",),
        {"plain": "∂MSE/∂W", "unicode": "∂MSE/∂W", "latex": r"\frac{\partial MSE}{\partial W}"},
    ),
    "a gradient by its sign": (
        ("a: n x 1",),
        {"plain": "∇_a C", "unicode": "∇ₐC", "latex": r"\nabla_a C"},
    ),
    "an inner product": (
        ("x: n x 1", "y: n x 1"),
        {"plain": "<x, y>", "unicode": "⟨x, y⟩", "latex": r"\langle x, y \rangle"},
    ),
    "a system": (
        ("A: n x n", "b: n x 1"),
        {"plain": r"A \ b", "latex": r"A \backslash b", "python": "np.linalg.solve(A, b)", "matlab": r"A \ b"},
    ),
    "a system that does not fit": (
        ("A: n x n", "b: m x 1"),
        {"plain": r"A \ b", "latex": r"A \backslash b", "python": "np.linalg.solve(A, b)", "matlab": r"A \ b"},
    ),
    "the square of a function": (
        ("z: n x 1",),
        {
            "plain": "tanh^2 z",
            "unicode": "tanh² z",
            "latex": r"\tanh^2 z",
            "python": "np.tanh(z)**2",
            "matlab": "tanh(z).^2",
        },
    ),
    "norms": (
        ("x: n x 1",),
        {
            "plain": "x / (||x||_1 + ||x||_2^2)",
            "unicode": "x / (‖x‖₁ + ‖x‖₂²)",
            "latex": r"x / (\|x\|_1 + \|x\|^2_2)",
            "python": "x / (np.linalg.norm(x, 1) + np.linalg.norm(x)**2)",
            "matlab": "x / (norm(x, 1) + norm(x)^2)",
        },
    ),
    "a Kronecker product": (
        ("A: n x k", "B: p x q"),
        {"unicode": "A ⊗ B", "latex": r"A \otimes B", "python": "np.kron(A, B)", "matlab": "kron(A, B)"},
    ),
    "a matrix power": (
        ("S: n x n", "x: n x 1"),
        {
            "plain": "S^2 x",
            "unicode": "S² x",
            "latex": "S^2 x",
            "python": "np.linalg.matrix_power(S, 2) @ x",
            "matlab": "S^2 * x",
        },
    ),
    "a derivative of what is written out": (
        ("S: n x n", "x: n x 1"),
        {
            "plain": "d/dx (x.T S x) = 2 S x",
            "unicode": "∂(xᵀSx)/∂x = 2Sx",
            "latex": r"\frac{\partial x^T S x}{\partial x} = 2 S x",
        },
    ),
    "a log determinant": (
        ("S: n x n", "x: n x 1"),
        {
            "plain": "x log |S|",
            "unicode": "x log |S|",
            "latex": r"x \log |S|",
            "python": "x * np.log(np.linalg.det(S))",
            "matlab": "x * log(det(S))",
        },
    ),
    "a loss that is a matrix": (
        ("Y: n x m", "A: n x m"),
        {"plain": "J = -1/m Y log(A).T", "unicode": "J = −1/m Y log(A)ᵀ", "latex": r"J = -\frac{1}{m} Y \log(A)^T"},
    ),
    "a loss summed over the examples": (
        (
            "y_i: k x 1",
            "W: k x d",
            "x_i: d x 1",
        ),
        {"plain": "sum_i ||y_i - W x_i||^2", "unicode": "Σᵢ ‖yᵢ − W xᵢ‖²", "latex": r"\sum_i \|y_i - W x_i\|^2"},
    ),
    "a loss summed over the classes": (
        (
            "Y: n x c",
            "P: n x c",
            "N: scalar",
        ),
        {
            "plain": "L = -1/N sum(Y * log(P))",
            "latex": r"L = -\frac{1}{N} \operatorname{sum}(Y \odot \log(P))",
            "python": "L = -1/N * np.sum(Y * np.log(P))",
            "matlab": "L = -1/N * sum(sum(Y .* log(P)))",
            "julia": "L = -1/N * sum(Y .* log.(P))",
        },
    ),
    "a Frobenius norm": (
        (
            "Y: n x k",
            "X: n x d",
            "W: d x k",
        ),
        {
            "plain": "||Y - X W||_F^2",
            "unicode": "‖Y − XW‖²_F",
            "latex": r"\left\|Y - X W\right\|_F^2",
            "python": "np.linalg.norm(Y - X @ W)**2",
            "matlab": "norm(Y - X * W, 'fro')^2",
            "julia": "norm(Y - X * W)^2",
        },
    ),
    "a Frobenius norm that does not fit": (
        (
            "Y: n x k",
            "X: n x d",
            "W: d x k",
        ),
        {
            "plain": "||Y - W X||_F^2",
            "unicode": "‖Y − WX‖²_F",
            "latex": r"\left\|Y - W X\right\|_F^2",
            "python": "np.linalg.norm(Y - W @ X)**2",
            "matlab": "norm(Y - W * X, 'fro')^2",
            "julia": "norm(Y - W * X)^2",
        },
    ),
    "powers of entries": (
        (
            "A: n x m",
            "B: n x m",
        ),
        {
            "plain": "A * A / (B * B)",
            "unicode": "A ⊙ A / (B ⊙ B)",
            "latex": r"\frac{A \odot A}{B \odot B}",
            "python": "A**2 / B**2",
            "matlab": "A.^2 ./ B.^2",
            "julia": "A.^2 ./ B.^2",
        },
    ),
    "a mean along an axis": (
        ("A: n x m",),
        {
            "plain": "A - mean(A, axis=1, keepdims=True)",
            "python": "A - np.mean(A, axis=1, keepdims=True)",
            "matlab": "A - mean(A, 2)",
            "julia": "A .- mean(A, dims=2)",
        },
    ),
    "a mean along the wrong axis": (
        (
            "A: n x m",
            "b: n x 1",
        ),
        {
            "plain": "b = mean(A, axis=0, keepdims=True)",
            "python": "b = np.mean(A, axis=0, keepdims=True)",
            "matlab": "b = mean(A, 1)",
            "julia": "b = mean(A, dims=1)",
        },
    ),
    "a softmax along an axis": (
        (
            "Z: n x c",
            "P: n x c",
        ),
        {
            "plain": "P = exp(Z) / sum(exp(Z), axis=1, keepdims=True)",
            "python": "P = np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)",
            "matlab": "P = exp(Z) ./ sum(exp(Z), 2)",
            "julia": "P = exp.(Z) ./ sum(exp.(Z), dims=2)",
        },
    ),
    "a softmax by its name": (
        (
            "Q: n x d",
            "K: m x d",
            "A: n x m",
        ),
        {
            "plain": "A = softmax(Q K.T)",
            "unicode": "A = softmax(QKᵀ)",
            "latex": r"A = \operatorname{softmax}(Q K^\top)",
            "python": "A = softmax(Q @ K.T)",
            "matlab": "A = softmax(Q * K')",
        },
    ),
    "a gradient over N": (
        (
            "X: n x d",
            "P: n x k",
            "Y: n x k",
            "G: d x k",
            "N: scalar",
        ),
        {
            "plain": "G = 1/N X.T (P - Y)",
            "unicode": "G = 1/N Xᵀ(P − Y)",
            "latex": r"G = \frac{1}{N} X^\top (P - Y)",
            "python": "G = 1/N * X.T @ (P - Y)",
            "matlab": "G = 1/N * X' * (P - Y)",
            "julia": "G = 1/N * X' * (P - Y)",
        },
    ),
    "a gradient over N, its factors swapped": (
        (
            "X: n x d",
            "P: n x k",
            "Y: n x k",
            "G: d x k",
            "N: scalar",
        ),
        {
            "plain": "G = 1/N (P - Y).T X",
            "unicode": "G = 1/N (P − Y)ᵀ X",
            "latex": r"G = \frac{1}{N} (P - Y)^\top X",
            "python": "G = 1/N * (P - Y).T @ X",
            "matlab": "G = 1/N * (P - Y)' * X",
            "julia": "G = 1/N * (P - Y)' * X",
        },
    ),
    "blocks": (
        (
            "A: n x n",
            "B: n x m",
            "C: m x n",
            "D: m x m",
            "M: (n+m) x (n+m)",
        ),
        {
            "plain": "M = [A B; C D]",
            "latex": r"M = \begin{bmatrix} A & B \\ C & D \end{bmatrix}",
            "python": "M = np.block([[A, B], [C, D]])",
            "matlab": "M = [A B; C D]",
            "julia": "M = [A B; C D]",
        },
    ),
    "blocks that do not fit": (
        (
            "A: n x n",
            "B: n x m",
            "C: m x n",
            "D: m x m",
            "M: (n+m) x (n+m)",
        ),
        {
            "plain": "M = [A C; B D]",
            "latex": r"M = \begin{bmatrix} A & C \\ B & D \end{bmatrix}",
            "python": "M = np.block([[A, C], [B, D]])",
            "matlab": "M = [A C; B D]",
            "julia": "M = [A C; B D]",
        },
    ),
    "a trace": (
        (
            "A: m x n",
            "B: m x n",
        ),
        {
            "plain": "tr(A.T B)",
            "unicode": "tr(AᵀB)",
            "latex": r"\operatorname{tr}(A^\top B)",
            "python": "np.trace(A.T @ B)",
            "matlab": "trace(A' * B)",
            "julia": "tr(A' * B)",
        },
    ),
    "a trace of what is not square": (
        (
            "A: m x n",
            "B: m x k",
        ),
        {
            "plain": "tr(A.T B)",
            "unicode": "tr(AᵀB)",
            "latex": r"\operatorname{tr}(A^\top B)",
            "python": "np.trace(A.T @ B)",
            "matlab": "trace(A' * B)",
            "julia": "tr(A' * B)",
        },
    ),
    "normal equations": (
        (
            "X: n x d",
            "y: n x 1",
            "w: d x 1",
            "l: scalar",
        ),
        {
            "plain": "w = (X.T X + l I)^-1 X.T y",
            "unicode": "w = (XᵀX + l I)⁻¹ Xᵀ y",
            "latex": r"w = (X^\top X + l I)^{-1} X^\top y",
            "python": "w = np.linalg.inv(X.T @ X + l * np.eye(d)) @ X.T @ y",
            "matlab": "w = inv(X' * X + l * eye(d)) * X' * y",
            "julia": "w = inv(X' * X + l * I) * X' * y",
        },
    ),
    "an inverse of what is not square": (
        (
            "X: n x d",
            "y: n x 1",
            "w: d x 1",
        ),
        {
            "plain": "w = X^-1 y",
            "unicode": "w = X⁻¹ y",
            "latex": "w = X^{-1} y",
            "python": "w = np.linalg.inv(X) @ y",
            "matlab": "w = inv(X) * y",
            "julia": "w = inv(X) * y",
        },
    ),
    "a quadratic form": (
        (
            "x: n x 1",
            "A: n x n",
            "c: n x 1",
        ),
        {
            "plain": "1/2 x.T A x - c.T x",
            "unicode": "½ xᵀ A x − cᵀ x",
            "latex": r"\frac{1}{2} x^\top A x - c^\top x",
            "python": "1/2 * x.T @ A @ x - c.T @ x",
            "matlab": "1/2 * x' * A * x - c' * x",
            "julia": "1/2 * x' * A * x - c' * x",
        },
    ),
    "a quadratic form without its transpose": (
        (
            "x: n x 1",
            "A: n x n",
            "s: scalar",
        ),
        {
            "plain": "s = x A x",
            "unicode": "s = x A x",
            "latex": "s = x A x",
            "python": "s = x @ A @ x",
            "matlab": "s = x * A * x",
            "julia": "s = x * A * x",
        },
    ),
    "a layer": (
        (
            "W: h x d",
            "X: d x m",
            "b: h x 1",
            "A: h x m",
        ),
        {
            "plain": "A = tanh(W X + b)",
            "unicode": "A = tanh(WX + b)",
            "latex": r"A = \tanh(W X + b)",
            "python": "A = np.tanh(W @ X + b)",
            "matlab": "A = tanh(W * X + b)",
            "julia": "A = tanh.(W * X .+ b)",
        },
    ),
    "an error carried back": (
        (
            "W: k x h",
            "D: k x m",
            "A: h x m",
            "E: h x m",
        ),
        {
            "plain": "E = W.T D * (1 - A^2)",
            "unicode": "E = WᵀD ⊙ (1 − A²)",
            "latex": r"E = W^\top D \odot (1 - A^2)",
            "python": "E = W.T @ D * (1 - A**2)",
            "matlab": "E = W' * D .* (1 - A.^2)",
            "julia": "E = W' * D .* (1 .- A.^2)",
        },
    ),
    "an elementwise product that fits only as the other": (
        (
            "A: n x k",
            "B: k x m",
        ),
        {
            "unicode": "A ⊙ B",
            "latex": r"A \odot B",
            "python": "np.multiply(A, B)",
            "matlab": "A .* B",
            "julia": "A .* B",
        },
    ),
    "an outer product": (
        (
            "d: k x 1",
            "x: n x 1",
            "W: k x n",
        ),
        {
            "plain": "W = W - 0.1 d x.T",
            "unicode": "W = W − 0.1 d xᵀ",
            "latex": r"W = W - 0.1 d x^\top",
            "python": "W = W - 0.1 * d @ x.T",
            "matlab": "W = W - 0.1 * d * x'",
            "julia": "W = W - 0.1 * d * x'",
        },
    ),
    "a diagonal": (
        (
            "p: n x 1",
            "J: n x n",
        ),
        {
            "plain": "J = diag(p) - p p.T",
            "unicode": "J = diag(p) − p pᵀ",
            "latex": r"J = \operatorname{diag}(p) - p p^\top",
            "matlab": "J = diag(p) - p * p'",
        },
    ),
}
"""Formulas with all their shapes, spelled in several notations."""
