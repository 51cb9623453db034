"""Sums, quotients, powers and comparisons, entry by entry."""

from __future__ import annotations

from functools import reduce
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Dim, Shape, is_single, prune
from ..shapes.solve import Solver
from ..syntax.nodes import ADDS_AT, Apply, Node, Number
from . import _nodes as tree
from ._axes import is_certainly_square
from ._forms import each, is_matrix, plus, raised, times
from ._gradient import Differential
from ._op import Op, Params, Result, elementwise_rule


def power_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """Elementwise; in mathematics the exponent of a matrix is a scalar, that of a scalar (`e^{-Z}`) anything."""
    base, exponent = shapes
    if exponent == ():
        return base
    if not solver.mathematics:
        return elementwise_rule(solver, shapes, params)
    if exponent is None:
        return base or None
    if is_single(exponent):
        return base
    if base is None:
        return exponent if any(type(dim) is Dim and dim is not ONE for dim in map(prune, exponent)) else None
    if is_single(base):
        return exponent
    if not all(type(dim) is Dim for dim in map(prune, (*base, *exponent))):
        return None
    return Clash("scalar", (1,), (), tuple(map(prune, exponent)))


def matrix_power_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A power of a square matrix; a scalar has powers too, and any may be an exponent of it."""
    shape, *exponents = shapes
    given = next((exponent for exponent in exponents if exponent and not is_single(exponent)), None)
    if shape == () or (solver.mathematics and shape and is_single(shape)):
        return given or shape
    if given is not None and all(type(dim) is Dim for dim in map(prune, given)):
        return Clash("scalar", (1,), (), tuple(map(prune, given)))
    if not shape:
        return shape
    if len(shape) == 1:
        return Clash("rank", (0,), (), (), {"needs": 2})
    if not solver.unify(shape[-2], shape[-1]):
        return Clash("square", (0, 0), (len(shape) - 2, len(shape) - 1), (prune(shape[-2]), prune(shape[-1])))
    return shape


def _by_sign(node: Apply, shapes: tuple[Shape | None, ...]) -> tuple[str, ...]:
    """What stands above a square matrix, `A^2`, `A²`, is its power; `A.^2` and `A**2` are powers of its entries."""
    above = node.sign[:1] == "^" or (node.sign[:1].isnumeric() and not node.sign[:1].isascii())
    return ("matrix_power",) if above and is_certainly_square(shapes[0]) else ("power",)


def _matrix_power(np: Any, a: Any, n: Any) -> Any:
    """By repeated products; a power that is not whole by those of the eigenvalues, undefined where they are complex."""
    if not np.ndim(a):
        return a**n
    if float(n).is_integer():
        return np.linalg.matrix_power(a, int(n))
    values, vectors = np.linalg.eig(a)
    found = (vectors * values.astype(complex) ** n) @ np.linalg.inv(vectors)
    return found.real if np.allclose(found.imag, 0) else np.full(np.shape(a), np.nan)


def _divided(sp: Any, a: Any, b: Any) -> Any:
    return times(sp, a, raised(sp, b, -1)) if is_matrix(b) else a / b


def _compared(sp: Any, a: Any, b: Any, sign: str = ">") -> Any:
    difference = plus(sp, a, -b)
    indicators = {
        ">": lambda x: sp.Heaviside(x, 0),
        ">=": lambda x: sp.Heaviside(x, 1),
        "<": lambda x: 1 - sp.Heaviside(x, 1),
        "<=": lambda x: 1 - sp.Heaviside(x, 0),
        "==": lambda x: sp.Piecewise((1, sp.Eq(x, 0)), (0, True)),
        "!=": lambda x: sp.Piecewise((0, sp.Eq(x, 0)), (1, True)),
    }
    return each(difference, indicators[_sign(sign)])


_COMPARISONS = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
_SIGNS = {
    **{"≥": ">=", "⩾": ">=", "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=", "\\gt": ">"},
    **{"≤": "<=", "⩽": "<=", "\\le": "<=", "\\leq": "<=", "\\leqslant": "<=", "\\lt": "<"},
    **{"=": "==", "≡": "==", "≠": "!=", "\\ne": "!=", "\\neq": "!=", "~=": "!="},
}


UPDATES = {"+=": "add", "-=": "subtract", "*=": "hadamard", "/=": "divide", ADDS_AT: "add"}
"""What an update in place does with what was there."""
MASK = "a mask: it is constant between its jumps"


def _sign(text: str) -> str:
    return _SIGNS.get(text, text)


def _quotient(g: Node, below: Node) -> Node:
    """`g / b`; a unit is left where it is, as in `1/m`."""
    return tree.times(tree.over(tree.ONE, below), g) if type(below) is not Apply else tree.over(g, below)


def _lowered(base: Node, exponent: Node) -> Node:
    """`n x^(n-1)`."""
    if type(exponent) is Number and exponent.text.isdecimal():
        below = int(exponent.text) - 1
        return tree.times(exponent, tree.power(base, Number(str(below)))) if below else tree.ONE
    return tree.times(exponent, tree.power(base, tree.minus(exponent, tree.ONE)))


def _repeated(d: Differential, g: Node, a: Node, *exponent: Node) -> tuple[Node | None, ...]:
    """The gradient of `A A … A`: that of each factor, added up; the exponent is a parameter, or an argument."""
    given = exponent[0] if exponent else d.params.get("n")
    n = int(given.text) if type(given) is Number and given.text.isdecimal() else given
    if type(n) is not int or n < 1:
        raise d.refuse("a power of a matrix by what is no positive number")
    left = tree.transpose(a) if d.rank else a
    parts = [tree.product(*[left] * at, g, *[left] * (n - 1 - at)) for at in range(n)]
    return (tree.plus(*parts), None)[: 1 + len(exponent)]


def sum_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A sum goes entry by entry; one of `whole` arrays, as Julia's without a dot, takes arrays of one shape."""
    result = elementwise_rule(solver, shapes, params)
    if not params.get("whole") or result is None or isinstance(result, Clash):
        return result
    arrays = [(place, shape) for place, shape in enumerate(shapes) if shape is not None and not is_single(shape)]
    for place, shape in arrays[1:]:
        for axis, pair in enumerate(zip(map(prune, arrays[0][1]), map(prune, shape), strict=False)):
            if pair[0] is not pair[1] and ONE in pair and all(type(dim) is Dim for dim in pair):
                return Clash("elementwise", (arrays[0][0], place), (axis, axis), pair)
    return None if 0 < len(arrays) < len(shapes) else result


add = Op(
    "add",
    "(),()->()",
    shape=sum_rule,
    numpy=lambda np, *arrays, whole=False: reduce(lambda a, b: a + b, arrays),
    sympy=plus,
    gradient=lambda d, g, *terms: (g,) * len(terms),
    calls=("add",),
    methods=("add", "add_"),
    arity=None,
    kinds=("sum", "row"),
    noun="sum",
)
subtract = Op(
    "subtract",
    "(),()->()",
    numpy=lambda np, a, b: a - b,
    sympy=lambda sp, a, b: plus(sp, a, -b),
    gradient=lambda d, g, a, b: (g, tree.neg(g)),
    calls=("subtract", "sub"),
    methods=("sub", "sub_"),
    kinds=("sum",),
    noun="difference",
)
neg = Op(
    "neg",
    "()->()",
    numpy=lambda np, a: -a,
    sympy=lambda sp, a: -a,
    gradient=lambda d, g, a: (tree.neg(g),),
    calls=("negative", "neg"),
    methods=("neg",),
    kinds=("sum", "multiple"),
    noun="minus",
)
divide = Op(
    "divide",
    "(),()->()",
    numpy=lambda np, a, b: a / b,
    sympy=_divided,
    gradient=lambda d, g, a, b: (_quotient(g, b), tree.neg(tree.times(g, tree.over(a, tree.square(b))))),
    calls=("divide", "true_divide", "div"),
    methods=("div", "div_"),
    kinds=("quotient", "multiple"),
    noun="quotient",
)
floor_divide = Op(
    "floor_divide",
    "(),()->()",
    numpy=lambda np, a, b: a // b,
    sympy=lambda sp, a, b: each(_divided(sp, a, b), sp.floor),
    constant="constant between its jumps",
    calls=("floor_divide",),
    written={"matlab": "floor(x ./ y)"},
)
remainder = Op(
    "remainder",
    "(),()->()",
    numpy=lambda np, a, b: a % b,
    sympy=lambda sp, a, b: plus(sp, a, -times(sp, b, each(_divided(sp, a, b), sp.floor))),
    gradient=lambda d, g, a, b: (g, tree.neg(tree.times(g, tree.apply("floor_divide", a, b)))),
    calls=("remainder", "mod", "fmod"),
    named={"matlab": "mod"},
)
power = Op(
    "power",
    shape=power_rule,
    either=("power", "matrix_power"),
    prefer=_by_sign,
    grace=("power",),
    numpy=lambda np, a, b: a**b,
    sympy=raised,
    gradient=lambda d, g, a, b: (tree.times(g, _lowered(a, b)), tree.times(g, d.result, tree.apply("log", a))),
    calls=("power", "pow"),
    methods=("pow", "pow_"),
    arity=2,
    kinds=("spreading", "power"),
    noun="power of each entry",
)
matrix_power = Op(
    "matrix_power",
    shape=matrix_power_rule,
    numpy=_matrix_power,
    sympy=lambda sp, a, n: a**n,
    gradient=_repeated,
    calls=("matrix_power",),
    arity=1,
    parameters=("n",),
    kinds=("square",),
    named={"python": "np.linalg.matrix_power"},
)
compare = Op(
    "compare",
    "(),()->()",
    numpy=lambda np, a, b, sign=">": np.asarray(_COMPARISONS[_sign(sign)](a, b), dtype=float),
    sympy=_compared,
    constant=MASK,
    parameters=("sign",),
    kinds=("mask",),
    noun="comparison",
)
logical_and = Op(
    "logical_and",
    "(),()->()",
    numpy=lambda np, a, b: np.logical_and(a, b) * 1.0,
    sympy=times,
    constant=MASK,
    calls=("logical_and", "np.bitwise_and"),
    kinds=("mask",),
    written={"matlab": "(x ~= 0) .* (y ~= 0)"},
)
logical_or = Op(
    "logical_or",
    "(),()->()",
    numpy=lambda np, a, b: np.logical_or(a, b) * 1.0,
    sympy=lambda sp, a, b: plus(sp, a, b, -times(sp, a, b)),
    constant=MASK,
    calls=("logical_or", "np.bitwise_or"),
    kinds=("mask",),
    written={"matlab": "(x ~= 0) + (y ~= 0) > 0"},
)
logical_not = Op(
    "logical_not",
    "()->()",
    numpy=lambda np, a: np.logical_not(a) * 1.0,
    sympy=lambda sp, a: plus(sp, sp.Integer(1), -a),
    constant=MASK,
    calls=("logical_not", "np.invert", "np.bitwise_not"),
    kinds=("mask",),
    written={"matlab": "x == 0"},
)
