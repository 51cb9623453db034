"""Settle calls: a name before a bracket is a function that is known, an activation, a factor, or unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..notations._names import MODULES
from ..ops import Op, by_method, is_a
from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number, Trouble, args_of
from ..text import Span
from . import _matlab
from ._applied import function_known, is_gate, is_multiplied, is_value, listed, stands_in
from ._displays import as_array, nested
from ._functions import is_activation, is_foreign, is_spelled_out, is_switched, known_function, misuse
from ._libraries import by_torch, exchanged, flattened, places_last, speaks_torch, turned
from ._resolver import Resolver
from ._sums import example_of

_EXAMPLES = frozenset("ij")
_PARAMETERS = r"[WwbθΘ](?:\s*[,;]?\s*[WwbθΘ])*"
_VECTORS = frozenset(("shape", "axes", "dims"))
_IGNORED = frozenset(
    "dtype order where initial casting copy ddof optimize device requires_grad out unbiased correction".split()
)
_ALIASES = {"dim": ("axis",), "dims": ("axes", "axis"), "keepdim": ("keepdims",), "p": ("ord",), "diagonal": ("k",)}
_SUMMED = {"rowsum": 1, "rowsums": 1, "colsum": 0, "colsums": 0}
"""The axis over which the sums of rows, a column, and of columns, a row, are taken."""
_CONSTANTS = {"True": True, "true": True, "False": False, "false": False, "None": None}


def _call(resolver: Resolver, node: Apply) -> Node:
    """A name, or a primed one, before a bracket."""
    function, *args = node.args
    if type(function) is Apply and function.op == "prime":
        return _primed(resolver, node, function.args[0])
    keywords: Mapping[str, Node] = node.params.get("keywords", NO_PARAMS)
    if type(function) is not Name:
        return _factor(resolver, node)
    method = _method_of(resolver, node, function)
    if method is not None:
        return _method(resolver, method)
    if resolver.notation.opening == "(" and not keywords and _is_indexed(resolver, function, args):
        part = Apply("slice", node.args, NO_PARAMS, node.span, node.sign, node.closed)
        return resolver.forms["slice"](resolver, part)
    alone = len(args) == 1 and not keywords and not resolver.notation.is_program
    if alone and (one := listed(resolver, node) or _example(resolver, function, args[0])):
        return resolver.name(one)
    if is_value(resolver, function, args):
        return Apply("called", tuple(map(resolver.node, node.args)), NO_PARAMS, node.span, node.sign, closed=True)
    op = function_known(resolver, function)
    if alone and _is_factor(resolver, function, op):
        return _factor(resolver, node)
    if function.base == "t" and len(args) == 1 and not function.indices:
        return Apply("transpose", (resolver.node(args[0]),), NO_PARAMS, node.span, "t")
    if resolver.notation.has_columns and (size := _matlab.size(node)):
        return resolver.rebuild(size)
    if op is not None:
        return _known(resolver, node, op, tuple(args), keywords, function.text)
    if alone and (axis := _SUMMED.get(function.base.lower())) is not None:
        params = {"axis": axis, "keepdims": True}
        return Apply("sum", (resolver.node(args[0]),), params, node.span, function.text)
    if alone and (stands_in(function, args[0]) or is_multiplied(resolver, function, args[0])):
        return _factor(resolver, node)
    if node.params.get("square") and len(function.base) == 1 and function.base.islower():
        return _activation(resolver, node, function, 0)
    if len(args) == 1 and is_activation(function.base, resolver.table) and not _is_model(resolver, function):
        return _activation(resolver, node, function, 0)
    if len(args) == 1 and resolver.notation.is_program and is_spelled_out(function.text):
        return _activation(resolver, node, function, 0)
    return _unknown(resolver, node, tuple(args), function)


def _is_indexed(resolver: Resolver, function: Name, args: list[Node]) -> bool:
    """Whether a bracket of MATLAB after an array holds positions: `a(1 - a)` is taken from a book, and a product."""
    if not args or not resolver.is_variable(function) or resolver.table.is_gradient(resolver.symbol(function)):
        return False
    is_mask = is_a(args[0], "mask")
    return is_mask or not any(stands_in(function, argument) for argument in args)


def _is_model(resolver: Resolver, function: Name) -> bool:
    """Whether a function is not an activation: it has parameters, `h_{W, b}(x)`, or entries of its own, `φ_j(x)`."""
    symbol = resolver.symbol(function)
    is_parted = symbol.component or symbol.key in resolver.reading.marks.parted
    return is_parted or any(kind == "_" and re.fullmatch(_PARAMETERS, text) for kind, text in function.indices)


def _method_of(resolver: Resolver, node: Apply, function: Name) -> Apply | None:
    """`F.dot(x)` where F is not a library but an array that is known."""
    owner, dot, method = function.base.partition(".")
    if not dot or "." in method or owner not in MODULES or not function.text.startswith(owner):
        return None
    array = Name(owner, owner, (), function.span._replace(end=function.span.start + len(owner)))
    if not resolver.is_variable(array):
        return None
    return Apply("method", (array, *node.args[1:]), {"method": method, **node.params}, node.span)


def _is_factor(resolver: Resolver, name: Name, op: Op | None) -> bool:
    """Whether a name before a bracket is a factor; `dtanh` is a function, and no gradient of one."""
    symbol, table = resolver.symbol(name), resolver.table
    if table.stated.of(symbol) or resolver.entry(name) is not None or is_gate(resolver, name):
        return True
    return table.is_factor(symbol) and (op is None or not table.is_gradient(symbol))


def _example(resolver: Resolver, array: Name, index: Node) -> Name | None:
    """`x(i)`, the i-th example of an array that is known; i itself is known as nothing, or a Σ runs over it."""
    if type(index) is not Name or not (index.text in _EXAMPLES or index.text in resolver.bound):
        return None
    if (index.text not in resolver.bound and resolver.is_variable(index)) or not resolver.is_variable(array):
        return None
    return example_of(array, index)


def _factor(resolver: Resolver, node: Apply) -> Node:
    """A product of what stands before a bracket and what stands in it."""
    function, *args = node.args
    inner = args[0] if len(args) == 1 else Apply("tuple", tuple(args), NO_PARAMS, node.span)
    bracket = Span(function.span.end + len(node.sign), node.span.end)
    factors = (function, inner if node.params.get("square") else bracketed(inner, bracket))
    product = Apply("product", factors, NO_PARAMS, node.span, node.sign, node.closed)
    return resolver.forms["product"](resolver, product)


def bracketed(node: Node, bracket: Span) -> Node:
    """What stands in a bracket, the bracket now being its own."""
    if type(node) is not Apply or node.closed:
        return node
    if node.op == "call":
        return Apply("product", (node,), NO_PARAMS, bracket, closed=True)
    return Apply(node.op, node.args, node.params, bracket, node.sign, closed=True)


def _primed(resolver: Resolver, node: Apply, function: Node) -> Node:
    """`g'(Z)`: a derivative, unless the prime belongs to a name, or the name is a known matrix, then transposed."""
    if (own := resolver.primed(node.args[0])) is not None:
        return _call(resolver, Apply("call", (own, *node.args[1:]), node.params, node.span, node.sign, node.closed))
    if len(node.args) != 2 or type(function) is not Name:
        return _unknown(resolver, node, node.args[1:], "derivative")
    if function.base == "Σ":
        return Apply("diag", (_activation(resolver, node, function, 1),), NO_PARAMS, node.span)
    if resolver.is_variable(function):
        transposed = Apply("transpose", (function,), NO_PARAMS, node.args[0].span, "'")
        return _factor(resolver, Apply("call", (transposed, node.args[1]), NO_PARAMS, node.span, node.sign))
    op = None if function.indices else known_function(function.base)
    if op is not None and op.signature and "n" in op.signature:
        return _unknown(resolver, node, node.args[1:], "derivative")
    return _activation(resolver, node, function, 1)


def _activation(resolver: Resolver, node: Apply, function: Name, order: int) -> Node:
    argument = resolver.node(node.args[1])
    return Apply("activation", (argument,), {"name": function.text, "order": order}, node.span)


def _unknown(resolver: Resolver, node: Apply, args: tuple[Node, ...], function: Name | str) -> Node:
    """What nothing is known of; the `words` of a function are its base and its indices, however it is spelled."""
    words = (function.base, *(index.text for index in function.indices)) if isinstance(function, Name) else ()
    name = function.text if isinstance(function, Name) else function
    return Apply("unknown", tuple(map(resolver.node, args)), {"name": name, "words": words}, node.span, name)


def _method(resolver: Resolver, node: Apply) -> Node:
    """`A.sum(axis=1)`: the operation with the array as its first argument."""
    name = node.params["method"]
    op = by_torch(resolver, node) or by_method().get(name)
    if len(node.args) > 2 and (name == "tile" or (name == "repeat" and speaks_torch(resolver, node))):
        array, *counts = node.args
        reps = tuple(value(resolver, count) for count in counts)
        return Apply("tile", (resolver.node(array),), {"reps": reps}, node.span, f".{name}")
    if op is None:
        return _unknown(resolver, node, node.args, name)
    if name == "size" and len(node.args) == 1:
        return Apply("shape_of", (resolver.node(node.args[0]),), NO_PARAMS, node.span, name)
    return _known(resolver, node, op, node.args, node.params.get("keywords", NO_PARAMS), f".{name}")


def _known(
    resolver: Resolver, node: Apply, op: Op, args: tuple[Node, ...], keywords: Mapping[str, Node], spelled: str
) -> Node:
    """A call of a known operation, its arguments told from its parameters."""
    is_pair = len(args) == 2 and (_has_pairs(resolver, op, spelled, args[1]) or not _is_axis(args[1]))
    if resolver.notation.has_columns:
        args = _matlab.arguments(op, args)
    is_joining = op.is_a("joining") and op.arity is None
    if op.name == "nested_block" or (is_joining and resolver.notation.is_program and _is_list(args)):
        return nested(resolver, op, args, node.span, spelled) or _unknown(resolver, node, args, spelled)
    if op.arity is None and args and type(args[0]) is Apply and args[0].op in ("tuple", "block"):
        keywords = dict(zip(op.parameters, args[1:], strict=False)) | dict(keywords)
        args = _items(args[0])
    if op.name == "einsum" and len(args) == 2 and type(args[1]) is Apply and args[1].op == "tuple":
        args = (args[0], *args[1].args)
    op = exchanged(resolver, node, op, args)
    if op.of_two and is_pair:
        op = known_function(op.of_two) or op
    if op.name == "matmul":
        args, keywords = turned(args, keywords)
    if op.name == "ravel" and args and (type(args[-1]) is Number or "start_dim" in keywords):
        ends = [value(resolver, end) for end in (*args[1:], *keywords.values())]
        found = flattened(resolver.node(args[0]), ends, node.span)
        return found or _unknown(resolver, node, args, spelled)
    arrays, rest = _parted(op, places_last(op, args))
    count = len(arrays) if op.arity is None else op.arity
    params = _bind(resolver, op, rest, keywords)
    if params is None and is_switched(op, arrays, rest, keywords):
        return Apply("activation", (resolver.node(arrays[0]),), {"name": f"{spelled}_", "order": 0}, node.span)
    if params is None or len(arrays) < count:
        if not is_foreign(spelled):
            resolver.troubles.append(Trouble("SC103", node.span, {"what": misuse(op, spelled, len(args))}))
        return _unknown(resolver, node, args, spelled)
    settled = tuple(as_array(resolver, array, spelled) for array in arrays)
    if resolver.notation.has_columns:
        params = _matlab.along(op, params, settled, resolver.notation.summed)
        return _matlab.computed(Apply(op.name, settled, params, node.span, spelled))
    return Apply(op.name, settled, params, node.span, spelled)


def _parted(op: Op, args: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The arrays among the arguments, and the others; no text is an array."""
    is_text = [type(arg) is Apply and arg.op == "string" for arg in args]
    if op.arity is not None and True not in is_text[: op.arity]:
        return args[: op.arity], args[op.arity :]
    arrays = tuple(arg for arg, text in zip(args, is_text, strict=True) if not text)
    texts = tuple(arg for arg, text in zip(args, is_text, strict=True) if text)
    count = len(arrays) if op.arity is None else op.arity
    return arrays[:count], (*texts, *arrays[count:])


def _items(node: Apply) -> tuple[Node, ...]:
    """The arrays of `(a, b)` or `[a, b]`, handed over as one argument."""
    if node.op == "tuple":
        return node.args
    return tuple(item for row in node.args for item in args_of(row, "row"))


def _is_list(args: tuple[Node, ...]) -> bool:
    """Whether the arrays to be joined are not written out, but stand in a list that has a name."""
    if not args or (type(args[0]) is Apply and args[0].op in ("tuple", "block")):
        return False
    return len(args) == 1 or (len(args) == 2 and _is_axis(args[1]))


def _has_pairs(resolver: Resolver, op: Op, spelled: str, second: Node) -> bool:
    """Whether two arguments are a pair, no array with an axis: of Python's own `max`, MATLAB's, and `max(Z, 0)`."""
    if spelled.lstrip("\\") != op.name or (resolver.notation.is_plain and type(second) is not Number):
        return resolver.notation.has_columns
    return not resolver.notation.is_plain or second == Number("0")


def _is_axis(node: Node) -> bool:
    return type(node) is Number or (type(node) is Apply and node.op in ("neg", "tuple"))


def _bind(resolver: Resolver, op: Op, rest: tuple[Node, ...], keywords: Mapping[str, Node]) -> dict[str, Any] | None:
    """The parameters by name; None if there are more than the operation has."""
    if len(rest) > 1 and op.parameters and op.parameters[0] in _VECTORS and len(rest) > len(op.parameters):
        rest = (Apply("tuple", rest),)
    if len(rest) == 1 and op.parameters[:1] == ("shape",) and type(rest[0]) is Apply and rest[0].op == "star":
        rest = (Apply("tuple", rest),)
    if len(rest) > len(op.parameters):
        return None
    names = op.parameters
    if len(rest) > 1 and type(rest[1]) is Name and rest[1].text in ("True", "False") and "keepdims" in names:
        names = tuple(name for name in names if name in ("axis", "keepdims"))
    given = dict(zip(names, rest, strict=False)) | {_alias(name, op): node for name, node in keywords.items()}
    if any(name not in op.parameters and name not in _IGNORED for name in given):
        return None
    return {name: value(resolver, node) for name, node in given.items() if name in op.parameters}


def _alias(name: str, op: Op) -> str:
    """What numpy calls a parameter that torch calls otherwise."""
    return next((each for each in _ALIASES.get(name, ()) if each in op.parameters), name)


def value(resolver: Resolver, node: Node) -> Any:
    """A parameter's value: a number, a tuple, a text, a constant; else a settled node, which stands for a dimension."""
    if type(node) is Number and node.text.isdecimal() and len(node.text) < 10:
        return int(node.text)
    if type(node) is Name and (node.text in _CONSTANTS or node.base in _CONSTANTS):
        return _CONSTANTS[node.base]
    if type(node) is Apply:
        if node.op == "neg" and type(node.args[0]) is Number and node.args[0].text.isdecimal():
            return -int(node.args[0].text[:10])
        if node.op == "string":
            return node.params["text"]
        if node.op in ("tuple", "block", "row"):
            return tuple(value(resolver, item) for item in _items(node))
    return resolver.node(node)


FORMS = {"call": _call, "method": _method}
