"""Evaluate a tree with numpy: arrays of distinct prime sizes for its names, and the value of each operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import count, islice
from math import prod
from random import Random
from typing import TYPE_CHECKING, Any

from .ops import ops
from .ops._op import Op
from .shapes.dims import AnyDim, Dim, Shape, Var, prune
from .syntax.nodes import Apply, Name, Node, Number

if TYPE_CHECKING:
    from numpy import ndarray

MANY = 5_000
"""The count of numbers above which drawing them with numpy is faster."""
NOTHING: Mapping[int, str] = {}
_REAL: Mapping[str, str] = {}
_OF_NORMAL = frozenset(("real", "small", "definite"))
SMALL = 0.03
"""How near to 0 numbers are that are taken away from a share of 0.1 and more, even a sum of several."""
_SUMMED = {"columns": 2, "rows": 1}
"""From the end, the axis along which the shares of a domain sum to 1."""


class NoValue(ValueError):
    """What has no value: a name without an array, or an operation without a numpy form."""


def evaluate(
    node: Node, values: Mapping[str, ndarray], sizes: Mapping[str, int], readings: Mapping[int, str] = NOTHING
) -> Any:
    """The value of a node: `values` by the keys of names, `sizes` by the symbols of dimensions.

    A number among the sizes is replaced by the size that stands for it.

    `readings` holds the operation that a sign with several readings was read as, by the node's `id`; without it the
    first that fits is taken. Raises NoValue, and ValueError where shapes do not fit.
    """
    if type(node) is Number:
        return sizes[node.text] if node.text in sizes else _number(node.text)
    if type(node) is Name:
        return _lookup(node, values, sizes)
    assert type(node) is Apply
    arrays = [evaluate(argument, values, sizes, readings) for argument in node.args]
    params = {name: _parameter(value, values, sizes) for name, value in node.params.items()}
    op = ops().get(readings.get(id(node), node.op))
    if op is None:
        raise NoValue(node.op)
    return _apply(op, arrays, params)


def _number(text: str) -> float:
    return int(text) if text.isdecimal() else float(text)


def _lookup(name: Name, values: Mapping[str, ndarray], sizes: Mapping[str, int]) -> Any:
    for key in (name.key, name.text, name.key.replace("[", "").replace("]", "")):
        if key in values:
            return values[key]
        if key in sizes:
            return sizes[key]
    raise NoValue(name.text)


def _apply(op: Op, arrays: list[Any], params: Mapping[str, Any]) -> Any:
    """The first form among the readings of an operation that fits."""
    import numpy as np

    forms = [form for reading in (op, *_readings(op)) if (form := reading.numpy) is not None]
    for form in forms[:-1]:
        try:
            return form(np, *arrays, **params)
        except (TypeError, ValueError):
            continue
    if not forms:
        raise NoValue(op.name)
    return forms[-1](np, *arrays, **params)


def _readings(op: Op) -> Iterator[Op]:
    """What else a sign may mean; in MATLAB a number that stands in a matrix product scales it."""
    if op.name == "matmul":
        yield ops()["product"]
    yield from (ops()[name] for name in (*op.either, *op.grace))


def _parameter(value: Any, values: Mapping[str, ndarray], sizes: Mapping[str, int]) -> Any:
    """A parameter with its dimensions, or the nodes that stand for them, replaced by numbers."""
    if type(value) is tuple:
        return tuple(_parameter(item, values, sizes) for item in value)
    if type(value) is Dim or type(value) is Var:
        return length(value, sizes)
    if not isinstance(value, Name | Number | Apply):
        return value
    found = evaluate(value, values, sizes)
    if type(found) is tuple:
        return found
    whole = array(found)
    return whole.astype(int) if whole.ndim else int(whole)


def length(dim: AnyDim, sizes: Mapping[str, int]) -> int:
    """The number that a dimension is. Raises NoValue where a symbol has no size."""
    dim = prune(dim)
    if type(dim) is not Dim:
        raise NoValue("a size that is not stated")
    total = 0
    for monomial, factor in dim.terms:
        missing = next((symbol for symbol in monomial if symbol not in sizes), None)
        if missing is not None:
            raise NoValue(missing)
        sign = -1 if factor < 0 else 1
        total += sign * sizes.get(str(abs(factor)), abs(factor)) * prod(sizes[symbol] for symbol in monomial)
    return total


def draw(
    shapes: Mapping[str, Shape], seed: int = 0, domains: Mapping[str, str] = _REAL, smallest: int = 2
) -> tuple[dict[str, ndarray], dict[str, int]]:
    """Random arrays of these shapes, and the sizes of their symbols.

    The sizes are distinct primes, chosen so that no two dimensions agree by luck and none is below 1; numbers stay. A
    dimension that is unknown has a size of its own. A name's domain says which numbers it may hold: `real` where
    nothing is said, `positive`, `share` (within 0 and 1), `columns` or `rows` (shares, those of a column or row sum
    to 1).
    """
    import numpy as np

    random = Random(seed)
    dims = list(dict.fromkeys(prune(dim) for shape in shapes.values() for dim in shape))
    sizes, unknown = _sizes(dims, random, smallest)
    lengths = {dim: unknown[dim] if type(dim) is Var else length(dim, sizes) for dim in dims}
    drawn = {
        name: _numbers(np, random, tuple(lengths[prune(dim)] for dim in shape), domains.get(name, "real"))
        for name, shape in shapes.items()
    }
    return drawn, sizes


def _numbers(np: Any, random: Random, lengths: tuple[int, ...], domain: str) -> Any:
    """Random numbers of a domain; few of them without those of numpy, which take a sixth of its import."""
    count, is_real = prod(lengths), domain in _OF_NORMAL
    if count > MANY:
        generator = np.random.default_rng(random.getrandbits(64))
        drawn = generator.standard_normal(count) if is_real else generator.uniform(0.1, 0.9, count)
    elif is_real:
        drawn = np.array([random.gauss(0, 1) for _ in range(count)], dtype=float)
    else:
        drawn = np.array([random.uniform(0.1, 0.9) for _ in range(count)], dtype=float)
    whole = drawn.reshape(lengths)
    if domain == "small":
        return whole * SMALL
    if domain == "definite" and len(lengths) == 2:
        return whole @ whole.T / lengths[0] + np.eye(lengths[0])
    if domain not in _SUMMED or len(lengths) < _SUMMED[domain]:
        return whole
    return whole / whole.sum(axis=-_SUMMED[domain], keepdims=True)


def condition(matrix: Any) -> float:
    """How near a matrix, or the nearest of an array of them, is to a singular one: infinite where it is one."""
    import numpy as np

    return float(np.max(np.linalg.cond(matrix))) if np.ndim(matrix) > 1 else 1.0


def silently() -> AbstractContextManager[Any]:
    """A context in which numpy warns of no undefined value: who evaluates looks for them."""
    import numpy as np

    return np.errstate(all="ignore")


def array(value: Any) -> ndarray:
    """A value as an array of floating-point numbers."""
    import numpy as np

    return np.asarray(value, dtype=float)


def _sizes(dims: list[AnyDim], random: Random, smallest: int) -> tuple[dict[str, int], dict[Var, int]]:
    known = [dim for dim in dims if type(dim) is Dim]
    symbols = sorted({symbol for dim in known for symbol in dim.symbols})
    unknown = [dim for dim in dims if type(dim) is Var]
    taken = {dim.value for dim in known}
    wanted = len(symbols) + len(unknown)
    for spread in range(200):
        usable = (prime for prime in _primes() if prime >= smallest and prime not in taken)
        primes = list(islice(usable, wanted + spread // 4))
        chosen = random.sample(primes, wanted)
        sizes = dict(zip(symbols, chosen, strict=False))
        others = chosen[len(symbols) :]
        lengths = [length(dim, sizes) for dim in known]
        if all(value > 0 for value in lengths) and len({*lengths, *others}) == len(lengths) + len(others):
            break
    return sizes, dict(zip(unknown, others, strict=True))


def _primes() -> Iterator[int]:
    return (value for value in count(2) if all(value % factor for factor in range(2, value)))
