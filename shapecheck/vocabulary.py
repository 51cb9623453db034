"""What authors call losses, counts, constants and other numbers, in one place for every notation."""

from __future__ import annotations

LOSSES = frozenset(
    "J L E C ℓ ℒ l loss losses cost error Loss Cost Error objective risk".split()
    + "MSE RMSE MAE SSE RSS SSR CE BCE NLL CCE KL ELBO mse rmse mae sse rss ce bce nll cross_entropy".split()
)
"""What a loss is called. A name among these may be an array's as well: where that is known, it goes first."""

DIVERGENCES = frozenset(("KL", "JS"))
"""What tells how far apart two densities are, `KL(q ‖ p)` or `D_KL(q ‖ p)`: a number, whatever else a loss may be."""

SELDOM_LOSSES = frozenset("CE")
"""Letters that stand as often for matrices, a covariance or the errors of all examples."""

COUNTS = frozenset(
    "m n N M B batch_size batchsize batch_sz bs minibatch_size mini_batch_size".split()
    + [f"{how}{what}" for how in ("n_", "num_", "nb_", "no_", "n", "num") for what in ("samples", "examples", "batch")]
    + "n_data num_data num_train n_train num_training num_instances sample_size data_size dataset_size".split()
)
"""What counts examples: a number where something is divided by it, and nobody says otherwise."""

SIZES = COUNTS | frozenset("TKDdCSHLpk")
"""What counts anything, as features, classes or steps: a number where a number is divided by it, or by its root."""

GREEK_NUMBERS = frozenset("αβγεϵηλμτ")
INDEXED_NUMBERS = frozenset("ληατ")
"""Letters that are numbers with any index too, as in `λ_max` and `η_t`; others may be one of several vectors, `μ_k`."""
CONSTANTS = frozenset(
    ["e", "π", "pi"] + [f"{library}.{name}" for library in ("np", "numpy", "math", "torch") for name in ("pi", "e")]
)
"""Numbers that everybody knows."""

SCALARS = (
    GREEK_NUMBERS
    | CONSTANTS
    | frozenset(
        "alpha beta gamma eps epsilon eta lam lambda lambd mu lr learning_rate reg momentum keep_prob".split()
        + "np.inf np.nan numpy.inf math.inf".split()
    )
)
"""Names that are numbers where their author does not say otherwise."""

PREFIXED = frozenset(
    "tanh exp log ln sqrt abs sin cos tan sinh cosh arctan sigmoid softmax softplus relu ReLU sign sgn diag".split()
)
"""Functions that take the factor after them where there is no bracket: `Y log A`."""

PREFIXED_TO_ROWS = frozenset("det tr Tr trace rank vec".split())
"""Functions that take the whole product after them: `tr A B`."""

OPTIMA = frozenset("min max argmin argmax inf sup".split())
"""What is best of all values of the variable below it: `min_W ‖X - X W W.T‖`."""

SYMMETRIC = r"s[yi]mm?[eé]tr\w*|对称|對稱|対称|симметр\w*|positive[- ](?:semi-?)?definite|positiv (?:semi)?definit\w*"
"""Words for matrices that are their own transposes, in the languages of notes, as a pattern."""

DENSITIES = frozenset("pq")
"""What a probability density is called: its logarithm is a number."""

EXPECTATIONS = frozenset(("E", "𝔼"))
