"""Arguments for the operations of numpy and torch that formulas seldom hold."""

from __future__ import annotations

from shapecheck.shapes.dims import number, symbol

from .sample import Sample
from .sample import of as _of

N, M = symbol("n"), symbol("m")
UNARY = (_of("()"), _of("n"), _of("n m"))
BINARY = (_of("()", "n m"), _of("n m", "n m"), _of("n m", "n 1"), _of("n 1", "m"))
SORTED = (_of("n"), _of("n m"), _of("n m", axis=0), _of("n m", axis=None), _of("n m k", axis=-2))
PARTED = tuple(sample._replace(params={**sample.params, "kth": 0}) for sample in SORTED)
MEASURED = (_of("n m"), _of("n m", axis=0), _of("n m", axis=1, keepdims=True), _of("n m k", axis=-1))
PAIRS = (_of("n", "m"), _of("n k", "m"), _of("()", "n m"))
TURNED = ("arcsinh", "cbrt", "sinc", "deg2rad", "rad2deg", "exp2", "imag", "angle", "ceil", "trunc", "isfinite")
PAIRED = ("arctan2", "hypot", "logaddexp", "copysign", "isclose", "logical_xor", "greater", "greater_equal", "less")
OUTER = ("add", "subtract", "multiply", "divide", "maximum", "minimum", "power", "equal", "less", "greater")

RARER: dict[str, tuple[Sample, ...]] = {
    "broadcast_like": (_of("n 1", "n m"), _of("m", "n m"), _of("()", "n")),
    **{
        f"torch_{name}": (_of("n m"), _of("n m", axis=1, part=0), _of("n m", axis=0, keepdims=True, part=1))
        for name in ("max", "min")
    },
    "torch_sort": (_of("n m", part=0), _of("n m", axis=0, part=1)),
    **dict.fromkeys((*TURNED, "isinf", "signbit", "conjugate"), UNARY),
    **dict.fromkeys(("arcsin", "arccos", "arctanh"), tuple(sample._replace(positive=True) for sample in UNARY)),
    "arccosh": UNARY,
    **dict.fromkeys((*PAIRED, "less_equal", "equal", "not_equal", "np_heaviside"), BINARY),
    **{f"{name}_outer": PAIRS for name in OUTER},
    **{f"{name}_reduce": (*MEASURED, _of("n")) for name in ("add", "multiply", "maximum", "minimum")},
    **{f"{name}_accumulate": (_of("n m"), _of("n m", axis=1)) for name in ("add", "multiply", "maximum")},
    "append": (_of("n m", "n k", axis=1), _of("n m", "k m", axis=0), _of("n", "m"), _of("n m", "k"), _of("n", "()")),
    "argpartition": PARTED,
    "argsort": SORTED,
    "atleast_1d": UNARY,
    "fft": (_of("n"), _of("n m"), _of("n m", axis=0)),
    "atleast_2d": (*UNARY, _of("n m k")),
    "c_": (_of("n", "n"), _of("n", "n m"), _of("n m", "n k"), _of("n 1", "n")),
    "chunk": (_of("6 n", sections=3, part=1), _of("n 6", sections=2, axis=1, part=0)),
    "cond": (_of("n n"),),
    "convolve": (_of("n", "m"), _of("n", "3")),
    "corrcoef": (_of("n m"), _of("n m", rowvar=False)),
    "count_nonzero": MEASURED,
    "cumprod": (_of("n m", axis=0), _of("n m"), _of("n")),
    "delete": (_of("n m", "()", axis=1), _of("n", "()"), _of("n m", "()", axis=0)),
    "diff": (_of("n"), _of("n m"), _of("n m", axis=0), _of("7 m", n=2, axis=0)),
    "digitize": (_of("n", "m"), _of("n k", "m")),
    "dstack": (_of("n m", "n m"), _of("n", "n"), _of("n m k", "n m j")),
    "full_like": tuple(sample._replace(params={"fill_value": 2}) for sample in UNARY),
    "flip": (_of("n m"), _of("n m", axis=0), _of("n m k", axis=(0, 2))),
    "fliplr": (_of("n m"), _of("n m k")),
    "flipud": (_of("n"), _of("n m")),
    "grid_of_torch": (_of("n", "m", part=0), _of("n", "m", part=1)),
    "hsplit": (_of("n 6", sections=3, part=0), _of("6", sections=2, part=1)),
    "insert": (
        _of("n m", "()", "()", axis=1),
        _of("n m", "()", "n", axis=1),
        _of("n", "()", "()"),
        _of("n", "()", "3"),
    ),
    "interp": (_of("n", "m", "m"),),
    "matrix_rank": (_of("n m"),),
    "meshgrid": (_of("n", "m", part=0), _of("n", "m", part=1, indexing="ij"), _of("n", "m", "k", part=2)),
    "moveaxis": (
        *(_of("n m k", source=0, destination=2), _of("n m k", source=1, destination=-1)),
        *(_of("b c h w", source=(1, 2), destination=(-2, -1)), _of("b c h w", source=(3, 1), destination=(0, 2))),
    ),
    "multi_dot": (_of("n k", "k m"), _of("n k", "k m", "m j"), _of("n", "n m", "m"), _of("n", "n m")),
    "multivariate_normal": (_of("n", "n n", size=M), _of("n", "n n"), _of("n", "n n", size=(M, number(2)))),
    "nanmedian": MEASURED,
    "nanstd": MEASURED,
    "nanvar": MEASURED,
    "nested_block": (
        *(_of("n n", "n m", "m n", "m m", rows=(2, 2), nested=True), _of("n m", "n k", rows=(2,), nested=False)),
        *(_of("n", "m", rows=(2,), nested=False), _of("n", "m", rows=(2,), nested=True)),
        *(_of("m", "k m", rows=(1, 1), nested=True), _of("n m", "k m", rows=(1, 1), nested=True)),
    ),
    "np_diagonal": (_of("n n"), _of("n n b")),
    "np_inner": (_of("n", "n"), _of("n k", "m k"), _of("n k", "k"), _of("()", "n m"), _of("n m", "()")),
    "pad": (
        *(_of("n m", pad_width=2), _of("n m", pad_width=(1, 2)), _of("n m", pad_width=((0, 0), (1, 3)))),
        *(_of("n", pad_width=(1, 0)), _of("n m", pad_width=((1, 2),)), _of("n m", pad_width=((1,), (0,)))),
    ),
    "partition": PARTED,
    "percentile": tuple(
        sample._replace(shapes=(*sample.shapes, "()"), positive=True) for sample in (*MEASURED, _of("n", axis=0))
    ),
    "polyval": (_of("k", "n"), _of("k", "n m")),
    "ptp": MEASURED,
    "quantile": (
        *(sample._replace(shapes=(*sample.shapes, "()"), positive=True) for sample in MEASURED),
        _of("n m", "k", axis=0, positive=True),
    ),
    "r_": (_of("n", "m"), _of("n", "()"), _of("()", "n"), _of("n m", "k m")),
    "resize": (_of("n m", shape=(M, 2)), _of("n", shape=(M,))),
    "roll": (_of("n", shift=1), _of("n m", shift=1, axis=0), _of("n m", shift=2)),
    "rolled": (_of("n", shifts=1), _of("n m", shifts=1, axis=0)),
    "rot90": (_of("n m"), _of("n m", k=2), _of("n m k", k=3)),
    "searchsorted": (_of("n", "m"), _of("n", "m k")),
    "sized_split": (_of("6 n", sections=2, part=1), _of("n 6", sections=(2, 4), axis=1, part=1)),
    "slogdet": (_of("n n", part=0), _of("n n", part=1)),
    "sort": SORTED,
    "split": (
        *(_of("6 n", sections=3, part=1), _of("n 6", sections=2, axis=1, part=0)),
        *(_of("9 n", sections=(2, 5), part=1), _of("9 n", sections=(2, 5), part=-1)),
    ),
    **{
        f"{name}_loss": (_of("n m", "n m"), _of("n m", "n m", reduction="none"), _of("n", "n", reduction="sum"))
        for name in ("l1", "smooth_l1", "huber")
    },
    "binary_cross_entropy": (_of("n m", "n m", positive=True), _of("n", "n", reduction="sum", positive=True)),
    "binary_cross_entropy_with_logits": (_of("n m", "n m"), _of("n m", "n m", reduction="none")),
    "gather": (_of("n m", "n 1", along=1), _of("n m", "n m", along=-1)),
    "index_select": (_of("n m", "k", along=1), _of("n m", "k", along=0)),
    "masked_fill": (_of("n m", "n m", mask=True), _of("n m", "1 m", mask=True), _of("n m", "n 1", mask=True)),
    "cholesky_solve": (_of("2 k", "2 2", positive=True),),
    "cosine_similarity": (_of("n m", "n m"), _of("n m", "n m", axis=0), _of("n m k", "n m k", axis=-1)),
    "cdist": (_of("n k", "m k"), _of("c n k", "c m k")),
    "normalize": (_of("n m"), _of("n m", axis=0), _of("n m k", axis=-1)),
    "take": (_of("n m", "k", axis=1), _of("n m", "k"), _of("n m", "()", axis=0), _of("n", "k j", axis=0)),
    "take_along_axis": (_of("n m", "n 1", axis=1), _of("n m", "n k", axis=-1)),
    "tensordot": (
        *(_of("n k", "k m", axes=1), _of("n m", "n m"), _of("n", "m", axes=0), _of("n k", "m k", axes=(1, 1))),
        *(_of("b t n", "b t m", axes=((0, 1), (0, 1))), _of("b n k", "k m", axes=((2,), (0,)))),
    ),
    "trapezoid": (_of("n"), _of("n m"), _of("n m", axis=0)),
    "vecdot": (_of("n", "n"), _of("n k", "n k"), _of("n k", "k")),
    "vsplit": (_of("6 n", sections=3, part=0),),
}
