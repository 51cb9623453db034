"""Rarer functions of entries, by numpy's names: inverse functions, roundings, comparisons, angles, tests."""

from __future__ import annotations

from ._forms import is_matrix
from ._gradient import refused
from ._op import Op

JUMPS = "constant between its jumps"
SHAPE_ALONE = "it depends only on the shape of its argument"


def _of_one(name: str, *calls: str, refusal: str = "", methods: tuple[str, ...] = ()) -> Op:
    """A function of one entry; a `refusal` says of what nobody takes the gradient here, else it has none."""
    return Op(
        name,
        "()->()",
        numpy=lambda np, x, **params: getattr(np, name)(x),
        gradient=refused(refusal) if refusal else None,
        constant="" if refusal else JUMPS,
        calls=(f"np.{name}", f"torch.{name}", *calls),
        methods=methods,
    )


def _of_two(name: str, *calls: str, refusal: str = "", arguments: tuple[str, ...] = (), own: str = "") -> Op:
    """A function of two entries, called `own` where its name is another operation's."""
    return Op(
        own or name,
        "(),()->()",
        numpy=lambda np, a, b, **params: getattr(np, name)(a, b),
        gradient=refused(refusal) if refusal else None,
        constant="" if refusal else JUMPS,
        calls=(f"np.{name}", f"torch.{name}", *calls),
        parameters=arguments,
    )


_TURNED = "an inverse function, which has no rule here"
_ANGLE = "a function of angles, which has no rule here"
_ROOT = "a root or a power, which has no rule here"
_COMPLEX = "a part of a complex number"

arcsin = _of_one("arcsin", refusal=_TURNED)
arccos = _of_one("arccos", refusal=_TURNED)
arcsinh = _of_one("arcsinh", refusal=_TURNED)
arccosh = _of_one("arccosh", refusal=_TURNED)
arctanh = _of_one("arctanh", "torch.atanh", refusal=_TURNED)
sinc = _of_one("sinc", refusal=_ANGLE)
deg2rad = _of_one("deg2rad", "np.radians", refusal=_ANGLE)
rad2deg = _of_one("rad2deg", "np.degrees", refusal=_ANGLE)
cbrt = _of_one("cbrt", refusal=_ROOT)
exp2 = _of_one("exp2", refusal=_ROOT)
conjugate = _of_one("conjugate", "np.conj", refusal=_COMPLEX, methods=("conjugate",))
imag = _of_one("imag", refusal=_COMPLEX)
angle = _of_one("angle", refusal=_COMPLEX)
ceil = _of_one("ceil", methods=("ceil",))
trunc = _of_one("trunc", "np.fix")
isfinite = _of_one("isfinite")
isinf = _of_one("isinf")
signbit = _of_one("signbit")

arctan2 = _of_two("arctan2", "torch.atan2", refusal=_ANGLE)
hypot = _of_two("hypot", refusal=_ROOT)
logaddexp = _of_two("logaddexp", refusal="the logarithm of a sum of exponentials of two")
copysign = _of_two("copysign", refusal="a sign that is copied")
isclose = _of_two("isclose", arguments=("rtol", "atol", "equal_nan"))
np_heaviside = _of_two("heaviside", own="np_heaviside")
logical_xor = _of_two("logical_xor")
greater = _of_two("greater")
greater_equal = _of_two("greater_equal")
less = _of_two("less")
less_equal = _of_two("less_equal")
equal = _of_two("equal")
not_equal = _of_two("not_equal")
full_like = Op(
    "full_like",
    "()->()",
    numpy=lambda np, x, fill_value=0.0, **rest: np.full(np.shape(x), fill_value),
    constant=SHAPE_ALONE,
    calls=("np.full_like", "torch.full_like"),
    parameters=("fill_value", "dtype"),
)
ones_like = Op(
    "ones_like",
    "()->()",
    numpy=lambda np, x, **params: np.ones(np.shape(x)),
    sympy=lambda sp, x, **params: sp.OneMatrix(*x.shape) if is_matrix(x) else sp.Integer(1),
    constant=SHAPE_ALONE,
    calls=("ones_like",),
    parameters=("dtype",),
    kinds=("ones",),
    written={"matlab": "ones(size(x))"},
)
zeros_like = Op(
    "zeros_like",
    "()->()",
    numpy=lambda np, x, **params: np.zeros(np.shape(x)),
    sympy=lambda sp, x, **params: sp.ZeroMatrix(*x.shape) if is_matrix(x) else sp.Integer(0),
    constant=SHAPE_ALONE,
    calls=("zeros_like", "empty_like"),
    parameters=("dtype",),
    kinds=("zeros",),
    written={"matlab": "zeros(size(x))"},
)
random_like = Op(
    "random_like",
    "()->()",
    numpy=lambda np, x, **params: np.random.default_rng(0).standard_normal(np.shape(x)),
    constant=SHAPE_ALONE,
    calls=("randn_like", "rand_like"),
    kinds=("random",),
    written={"python": "np.random.randn(*x.shape)", "matlab": "randn(size(x))"},
)
