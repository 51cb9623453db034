"""Arguments for every operation: shapes, parameters, and a domain where the operation is defined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from shapecheck.shapes.dims import Dim, Shape, number, symbol


class Sample(NamedTuple):
    """One call of an operation; dimensions are symbols or numbers between blanks, `()` is a scalar.

    `positive` draws arrays between 0 and 1, `mask` arrays of 0 and 1.
    """

    shapes: tuple[str, ...]
    params: Mapping[str, Any] = {}
    positive: bool = False
    mathematics: bool = False
    mask: bool = False


def shape(text: str) -> Shape:
    """The shape that a text such as `n m 3` means."""
    return () if text == "()" else tuple(map(dim, text.split()))


def dim(text: str) -> Dim:
    """A number or a symbol."""
    return number(int(text)) if text.isdigit() else symbol(text)


def _of(*shapes: str, positive: bool = False, mathematics: bool = False, mask: bool = False, **params: Any) -> Sample:
    return Sample(shapes, params, positive, mathematics, mask)


N, M = symbol("n"), symbol("m")
ALL = ("range", None, None, None)
UNARY = (_of("()"), _of("n"), _of("n m"), _of("n m k"))
POSITIVE = tuple(sample._replace(positive=True) for sample in UNARY)
BINARY = (
    *(_of("()", "()"), _of("()", "n m"), _of("n m", "()"), _of("n m", "n m"), _of("n m", "n 1"), _of("1 m", "n 1")),
    *(_of("n m", "m"), _of("m", "n m"), _of("n 1", "m"), _of("k n m", "n 1"), _of("1 1", "n m")),
)
QUOTIENT = tuple(sample._replace(positive=True) for sample in BINARY)
REDUCED = (
    *(_of("()"), _of("n"), _of("n m"), _of("n m", keepdims=True), _of("n", axis=0), _of("n", axis=0, keepdims=True)),
    *(_of("n m", axis=0), _of("n m", axis=1), _of("n m", axis=-1), _of("n m", axis=0, keepdims=True)),
    *(_of("n m", axis=1, keepdims=True), _of("n m k", axis=2), _of("n", axis=-1, keepdims=True)),
)
SUMMED = (
    *REDUCED,
    *(_of("n m", axis=(0, 1)), _of("n m", axis=(1,), keepdims=True), _of("n c h w", axis=(0, 2, 3))),
    *(_of("n c h w", axis=(0, -1), keepdims=True), _of("n m", axis=(0, 1), keepdims=True)),
)
PRODUCT = (
    *(_of("n k", "k m"), _of("n k", "k"), _of("n", "n m"), _of("n", "n"), _of("n k", "k m", "m j"), _of("n 1", "1 m")),
    *(_of("n k", "k", mathematics=True), _of("n", "n m", "m")),
)
SCALED = (_of("()", "n m"), _of("n k", "()", "k m"), _of("()", "()"), _of("n", "()"))
ONES = (_of("1 n", "n 1", "k 1", mathematics=True), _of("1 1", "n m", mathematics=True))
SQUARE = (_of("n n"), _of("()", mathematics=True))
SHAPED = (_of(shape=(N, M)), _of(shape=(N,)), _of(shape=N), _of(shape=()), _of(shape=(N, M, number(4))))
SIZED = (_of(size=(N, M)), _of(size=(N,)), _of())

SAMPLES: dict[str, tuple[Sample, ...]] = {
    "abs": UNARY,
    "activation": tuple(sample._replace(params={"name": "g", "order": order}) for sample in UNARY for order in (0, 1)),
    "add": (*BINARY, _of("n m", "n 1", "()", "1 m")),
    "all": SUMMED,
    "any": SUMMED,
    "arange": (_of(stop=N),),
    "arctan": UNARY,
    "argmax": REDUCED,
    "argmin": REDUCED,
    "block": (
        *(_of("a m", "x m", rows=(1, 1)), _of("n a", "n x", rows=(2,)), _of("a m", "x m", rows=(2,), mathematics=True)),
        *(_of("a k", "a m", "x k", "x m", rows=(2, 2)), _of("a", "x", rows=(1, 1)), _of("n", "n", rows=(2,))),
        *(_of("a", "x", rows=(2,), mathematics=True), _of("n m", rows=(1,))),
        *(_of("()", "()", rows=(2,)), _of("n 1", "()", rows=(1, 1)), _of("n 1", "()", rows=(2,), mathematics=True)),
    ),
    "clip": (
        _of("n m", "()", "()"),
        _of("n m", "n 1", "n m"),
        _of("()", "()", "()"),
        _of("n m", a_min=0),
        _of("n", "()", max=1),
    ),
    "column_stack": (_of("n", "n"), _of("n m", "n k"), _of("n", "n m")),
    "compare": tuple(
        sample._replace(params={"sign": sign}) for sample in BINARY[:6] for sign in (">", ">=", "<", "<=", "==", "!=")
    ),
    "concatenate": (
        *(_of("n m", "k m"), _of("n m", "k m", axis=0), _of("n m", "n k", axis=1), _of("n m", "n k", axis=-1)),
        *(_of("n", "m"), _of("n m", "k", axis=None), _of("c n m", "c k m", axis=1)),
    ),
    "broadcast_to": (_of("n 1", shape=(N, M)), _of("m", shape=(N, M)), _of("()", shape=(N,))),
    "cholesky": (_of("1 1", positive=True),),
    "columns_norm": (_of("n m"), _of("n")),
    "cov": (_of("n m"), _of("n m", rowvar=False)),
    "cross": (_of("3", "3"), _of("3 1", "3 1", mathematics=True)),
    "cos": UNARY,
    "cosh": UNARY,
    "count": UNARY,
    "cumsum": (_of("n m", axis=0), _of("n m"), _of("n"), _of("()", axis=0), _of("()")),
    "det": (*SQUARE, _of("c n n")),
    "diagonal_matrix": (_of("n 1", mathematics=True), _of("1 n", mathematics=True), _of("n")),
    "diagonal_column": (_of("n n", mathematics=True),),
    "diag": (*(_of("n"), _of("n n"), _of("n", k=1), _of("3 2"), _of("()", mathematics=True)),),
    "divide": QUOTIENT,
    "dimension": (_of("n m", axis=0), _of("n m", axis=-1), _of("n", axis=0)),
    "dropout": UNARY,
    "eig": (_of("n n", part=0), _of("n n", part=1)),
    "eigh": (_of("n n", part=0), _of("n n", part=-1)),
    "eigvals": (_of("n n"),),
    "einsum": (
        *(
            _of("n k", "k m", spec="ij,jk->ik"),
            _of("n m", spec="ij->ji"),
            _of("n n", spec="ii"),
            _of("n m", spec="ij->"),
        ),
        *(_of("b n k", "b k m", spec="bij,bjk->bik"), _of("n", "m", spec="i,j"), _of("n k", "k m", spec="ij, jk")),
    ),
    "elu": UNARY,
    "elu_prime": UNARY,
    "erf": UNARY,
    "exp": UNARY,
    "expand_dims": (
        _of("n", axis=0),
        _of("n", axis=-1),
        _of("n m", axis=1),
        _of("n m", axis=(0, 3)),
        _of("()", axis=0),
    ),
    "expm1": UNARY,
    "extent": (_of("n m", axis=0), _of("n m", axis=1), _of("n"), _of("n m", axis=-1)),
    "eye": (_of(n=N), _of(n=N, m=M), _of(n=N, m=N)),
    "floor": UNARY,
    "floor_divide": QUOTIENT,
    "full": SHAPED,
    "gelu": UNARY,
    "gelu_prime": UNARY,
    "hadamard": (*BINARY, _of("n m", "n 1", "()", "1 m")),
    "heaviside": UNARY,
    "hstack": (_of("n", "m"), _of("n m", "n k"), _of("c n m", "c k m"), _of("()", "n")),
    "inner": (_of("n", "n"), _of("n 1", "n 1")),
    "inverse": (*SQUARE, _of("c n n")),
    "isnan": UNARY,
    "item": (_of("1"), _of("1 1")),
    "kron": (_of("n m", "k j"), _of("n", "m"), _of("n", "k m"), _of("()", "n m")),
    "left_divide": (_of("n n", "n"), _of("n n", "n k"), _of("n m", "n"), _of("n m", "n k"), _of("()", "n m")),
    "leaky_relu": UNARY,
    "leaky_relu_prime": UNARY,
    "linear": UNARY,
    "linear_prime": UNARY,
    "linspace": (_of(start=0.0, stop=1.0, num=N),),
    "log": POSITIVE,
    "log10": POSITIVE,
    "log1p": POSITIVE,
    "log2": POSITIVE,
    "log_softmax": (_of("n m", axis=0), _of("n m", axis=-1), _of("n"), _of("()"), _of("n m k", axis=2)),
    "logical_and": tuple(sample._replace(mask=True) for sample in BINARY),
    "logical_not": tuple(sample._replace(mask=True) for sample in UNARY),
    "logical_or": tuple(sample._replace(mask=True) for sample in BINARY),
    "logit": POSITIVE,
    "logsumexp": SUMMED,
    "lstsq": (_of("n m", "n", part=0), _of("n m", "n k", part=0)),
    "matmul": (*PRODUCT, _of("c n k", "c k m"), _of("c n k", "k m"), _of("b c n k", "c k m"), _of("c n k", "k")),
    "matrix_power": (_of("n n", n=2), _of("()", n=3)),
    "matrix_norm": (_of("n m", ord="nuc"), _of("n m", ord=1), _of("n m", ord="inf")),
    "max": REDUCED,
    "maximum": BINARY,
    "mean": SUMMED,
    "median": SUMMED,
    "min": REDUCED,
    "minimum": BINARY,
    "neg": UNARY,
    "affine": (_of("n k", "m k"), _of("n k", "m k", "m"), _of("k", "m k", "m"), _of("c n k", "m k", "m")),
    "addmm": (_of("n m", "n k", "k m"), _of("m", "n k", "k m"), _of("c n m", "c n k", "c k m")),
    "mse_loss": (_of("n m", "n m"), _of("n m", "n m", reduction="none"), _of("n", "n", reduction="sum")),
    "norm": (*REDUCED[:11], _of("n m", axis=(0, 1)), _of("n m", axis=(0, 1), keepdims=True)),
    "np_dot": (*PRODUCT[:4], *SCALED[:1]),
    "ones": SHAPED,
    "ones_like": UNARY,
    "outer": (_of("n", "m"), _of("n 1", "m 1"), _of("n k", "m"), _of("()", "m")),
    "pairing": (_of("n", "n"), _of("n m", "n m"), _of("n 1", "n 1"), _of("n 1", "1 n"), _of("()", "()")),
    "permute": (_of("n m k", axes=(2, 0, 1)), _of("n m", axes=(1, 0)), _of("n m", axes=(0, 1))),
    "pinv": (_of("n m"), _of("c n m")),
    "power": (
        *(_of("n m", "()", positive=True), _of("()", "n m", positive=True), _of("n m", "n 1", positive=True)),
        *(_of("()", "n m", positive=True, mathematics=True), _of("n m", "1 1", positive=True, mathematics=True)),
    ),
    "prod": SUMMED,
    "product": (*PRODUCT, *SCALED, *ONES),
    "qr": (_of("n n", part=0), _of("n n", part=1), _of("3 2", part=0), _of("3 2", part=1)),
    "random": SHAPED,
    "random_between": SIZED,
    "random_like": UNARY,
    "random_sized": SIZED,
    "ravel": UNARY,
    "reciprocal": POSITIVE,
    "relu": UNARY,
    "relu_prime": UNARY,
    "remainder": QUOTIENT,
    "repeat": (_of("n m", repeats=2), _of("n m", repeats=M, axis=0), _of("n", repeats=3, axis=-1)),
    "reshape": (
        *(_of("n m", shape=(M, N)), _of("n m", shape=(N * M,)), _of("n m", shape=N * M), _of("n m k", shape=(N, -1))),
        *(_of("n m", shape=-1), _of("n", shape=(-1, 1)), _of("6", shape=(2, -1)), _of("1 1", shape=())),
    ),
    "reshape_like": (_of("n m", "m n"), _of("n", "n 1")),
    "round": UNARY,
    "same": UNARY,
    "scatter": (
        *(_of("m", items=(0,), shape=(N, M)), _of("n", items=(ALL, 1), shape=(N, M))),
        *(_of("2", items=(("range", 1, 3, None),), shape=(number(5),)), _of("n 1 m", items=(ALL, None), shape=(N, M))),
    ),
    "right_divide": (_of("k n", "n n"), _of("n", "n n"), _of("k m", "n m"), _of("n m", "()")),
    "sech": UNARY,
    "sigmoid": UNARY,
    "sigmoid_prime": UNARY,
    "sign": UNARY,
    "silu": UNARY,
    "silu_prime": UNARY,
    "sin": UNARY,
    "sinh": UNARY,
    "slice": (
        *(_of("n m", items=(ALL, ("range", 1, None, None))), _of("n m", items=(0,)), _of("n m", items=(ALL, 1))),
        *(_of("n m", items=(ALL, None)), _of("n m", items=(Ellipsis, 0)), _of("n m", items=(None, Ellipsis))),
        *(_of("n m", items=(ALL, ("range", None, -1, None))), _of("n m", items=(("range", -2, None, None),))),
        *(_of("9 m", items=(("range", None, None, 2),)), _of("n m", items=(("range", None, None, -1),))),
        *(_of("n m", items=(-1, ALL)), _of("n m k", items=(0, Ellipsis, 1)), _of("n", items=(("range", 1, 2, 1),))),
        *(_of("9", items=(("range", 2, 20, None),)), _of("9 4", items=(("range", 5, 2, None),)), _of("n", items=(0,))),
    ),
    "softmax": (_of("n m", axis=0), _of("n m", axis=-1), _of("n m", axis=1), _of("n"), _of("()"), _of("n m k", axis=2)),
    "softplus": UNARY,
    "softplus_prime": UNARY,
    "softsign": UNARY,
    "softsign_prime": UNARY,
    "solve": (_of("n n", "n"), _of("n n", "n k"), _of("()", "n", mathematics=True)),
    "spectral_norm": (_of("n m"), _of("n 1")),
    "sqrt": POSITIVE,
    "square": UNARY,
    "squeeze": (_of("n 1"), _of("1 n 1"), _of("1 n 1", axis=0), _of("1 n 1", axis=(0, -1)), _of("1 1")),
    "stack": (_of("n m", "n m"), _of("n", "n", axis=1), _of("()", "()"), _of("n m", "n m", "n m", axis=-1)),
    "std": SUMMED,
    "subtract": BINARY,
    "sum": SUMMED,
    "svd": (
        *(_of("n n", part=0), _of("n n", part=1), _of("n n", part=2), _of("3 2", part=0)),
        *(_of("3 2", part=place, full_matrices=False) for place in range(3)),
    ),
    "swapaxes": (_of("n m", axis1=0, axis2=1), _of("n m k", axis1=1, axis2=-1), _of("n m", axis1=-1, axis2=1)),
    "tan": UNARY,
    "tanh": UNARY,
    "tanh_prime": UNARY,
    "tile": (_of("n m", reps=(2, 3)), _of("n", reps=(M, 1)), _of("n m", reps=2), _of("()", reps=3)),
    "trace": SQUARE,
    "transpose": (*UNARY, _of("n m k", axes=(2, 0, 1)), _of("n m", axes=(1, 0)), _of("n m", axes=(-1, 0))),
    "tril": (_of("n m"), _of("n m", k=1)),
    "triu": (_of("n m"), _of("n m", k=-1)),
    "var": SUMMED,
    "vec": (_of("n m"), _of("n")),
    "vector_norm": (
        *(_of("n", ord=1), _of("n 1", ord="inf"), _of("1 n", ord=3), _of("1 n", ord=1), _of("()", ord=1)),
        *(_of("n", ord=2), _of("n 1", ord=1.5)),
    ),
    "vstack": (_of("n m", "k m"), _of("n", "n"), _of("n", "k n"), _of("()", "()")),
    "weighed_norm": tuple(_of(vector, "n n", positive=True) for vector in ("n", "n 1", "1 n")),
    "where": tuple(_of(*shapes, mask=True) for shapes in (("n m", "()", "n 1"), ("n m", "n m", "n m"), ("()",) * 3)),
    "zeros": SHAPED,
    "zeros_like": UNARY,
}

WITHOUT_NUMPY = {
    "bars": "a sign; inference reads it as another operation",
    "bars_norm": "a sign; inference reads it as another operation",
    "best": "where an expression is best is found by no formula",
    "expectation": "a mean over what is random",
    "hessian": "a second derivative",
    "optimum": "the best of an expression is found by no formula",
    "primed": "a sign; inference reads it as another operation",
    "slope": "the derivative of a function that is not told",
    "supposed": "a derivative of what nobody knows",
    "two_norm": "a sign; inference reads it as another operation",
    "variance": "a word; inference reads it as another operation",
    "masked": "how many entries a mask chooses is not known",
    "differential": "small changes of something",
    "dot": "a sign; inference reads it as another operation",
    "otimes": "a sign; inference reads it as another operation",
    "jacobian": "a derivative, which the gradient's tests evaluate",
    "jacobian_transposed": "a derivative, which the gradient's tests evaluate",
    "join": "the value depends on the branch taken",
    "shape_of": "its value is a tuple of numbers",
    "softmax_derivative": "a function of the author's whose result is a matrix, a tensor or a diagonal",
    "sum_over": "its index stands in the term, which is no array over that index",
    "tuple": "several arrays, not one",
}
