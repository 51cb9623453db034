"""The functions of a module, with what is told of each by its text alone; what its imports call the usual modules."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from ...ops import by_method
from .._names import MODULES
from ._lists import lists
from ._names import text_of
from ._numbers import given, numbers

DEEPEST = 20
_MODULES = {
    **{
        "numpy": "np",
        "jax.numpy": "np",
        "cupy": "np",
        "autograd.numpy": "np",
        "numpy.linalg": "np",
        "scipy.linalg": "np",
    },
    **{"math": "math", "torch": "torch", "tensorflow": "tf", "torch.nn.functional": "F"},
}
_NAMESPACES = {"xp": "np"}
"""What stands for a module although it is assigned or handed over: numpy, or a library that follows it."""
_FUNCTIONAL = "F"
"""What is a module where it is imported, or only called as one: elsewhere it is a matrix's name."""
_PRODUCTS = frozenset("T dot matmul einsum outer inner tensordot kron vdot multi_dot mm bmm transpose".split())
_BLOCKS = ("body", "orelse", "finalbody")
Lists = tuple[frozenset[str], frozenset[str]]


class Definition:
    """A function of the file: its class, empty for none, and its name with those of what it stands in."""

    def __init__(self, node: ast.FunctionDef | ast.AsyncFunctionDef, owner: str, name: str) -> None:
        self.node = node
        self.owner = owner
        self.name = name

    @cached_property
    def positional(self) -> list[str]:
        """The parameters that may be given by their place."""
        return [each.arg for each in (*self.node.args.posonlyargs, *self.node.args.args)]

    @cached_property
    def parameters(self) -> list[str]:
        """All parameters."""
        return [*self.positional, *(each.arg for each in self.node.args.kwonlyargs)]

    @cached_property
    def rebound(self) -> frozenset[str]:
        """The names that the function binds as a whole."""
        names = (each for each in ast.walk(self.node) if isinstance(each, ast.Name))
        return frozenset(each.id for each in names if not isinstance(each.ctx, ast.Load))

    @cached_property
    def reads(self) -> frozenset[str]:
        """The names that the function reads, but are not its own."""
        names = (each.id for each in ast.walk(self.node) if isinstance(each, ast.Name))
        return frozenset(names) - frozenset(self.own)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The names that are the function's own."""
        rest = [each.arg for each in (self.node.args.vararg, self.node.args.kwarg) if each]
        outer = (each for each in ast.walk(self.node) if isinstance(each, ast.Global | ast.Nonlocal))
        outside = {name for each in outer for name in each.names}
        return tuple(dict.fromkeys((*self.parameters, *rest, *sorted(self.rebound - outside))))

    @cached_property
    def defaults(self) -> list[tuple[str, ast.expr]]:
        """The parameters that need not be given, with what they are then."""
        arguments = self.node.args
        count = len(arguments.defaults)
        found = list(zip(self.positional[len(self.positional) - count :], arguments.defaults, strict=True))
        pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        return [*found, *((each.arg, default) for each, default in pairs if default is not None)]

    @cached_property
    def has_product(self) -> bool:
        """Whether it multiplies or transposes matrices."""
        return any(map(_is_product, ast.walk(self.node)))

    @cached_property
    def called(self) -> Counter[str]:
        """The names of the functions and methods that it calls."""
        return called(ast.walk(self.node))

    @cached_property
    def is_generator(self) -> bool:
        """Whether a call gives no value back."""
        return any(isinstance(each, ast.Yield | ast.YieldFrom | ast.Await) for each in ast.walk(self.node))

    @cached_property
    def is_static(self) -> bool:
        """Whether its first parameter is not an object."""
        return any(isinstance(each, ast.Name) and each.id == "staticmethod" for each in self.node.decorator_list)

    @cached_property
    def lists(self) -> Lists:
        """Its names that are lists, and those that are indexed by time."""
        return lists(own_nodes(self.node.body))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Its names that are used as dimensions, and the parameters that are numbers."""
        return numbers(own_nodes(self.node.body)) | frozenset(given(self.node.args))


def called(nodes: Iterable[ast.AST]) -> Counter[str]:
    """How often functions and methods are called, by their names alone."""
    return Counter(text_of(node.func).rpartition(".")[2] for node in nodes if isinstance(node, ast.Call))


def _is_product(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.MatMult)
    return isinstance(node, ast.Name | ast.Attribute) and text_of(node).rpartition(".")[2] in _PRODUCTS


def together(found: Sequence[Lists]) -> Lists:
    """The attributes among the lists of several functions."""
    one, other = (frozenset().union(*(each[place] for each in found)) for place in (0, 1))
    return frozenset(name for name in one if "." in name), frozenset(name for name in other if "." in name)


def modules(nodes: Collection[ast.AST]) -> dict[str, str]:
    """The usual name of each module of arrays, as imported, or its own where nothing binds it."""
    found = {name: name for name in MODULES if name != _FUNCTIONAL or _is_only_called(nodes)}
    imported: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Name):
            if node.id in found and isinstance(node.ctx, ast.Store):
                del found[node.id]
        elif isinstance(node, ast.arg):
            found.pop(node.arg, None)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            imported.update(_imported(node))
    return {**found, **imported, **_NAMESPACES}


def _is_only_called(nodes: Iterable[ast.AST]) -> bool:
    """Whether `F` stands only before functions that take an array: `F.softmax(Z, dim=1)`, and no method of F."""
    named = sum(isinstance(node, ast.Name) and node.id == _FUNCTIONAL for node in nodes)
    return named > 0 and named == sum(isinstance(node, ast.Call) and _is_functional(node) for node in nodes)


def _is_functional(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or text_of(function.value) != _FUNCTIONAL or not call.args:
        return False
    method = by_method().get(function.attr)
    if method is None:
        return True
    is_array = not isinstance(call.args[0], ast.Constant | ast.UnaryOp)
    return is_array and method.arity == 1 and method.parameters in ((), ("axis",))


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    package = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        if package + alias.name in _MODULES:
            usual = _MODULES[package + alias.name]
            yield alias.asname or (alias.name if package else alias.name.partition(".")[0]), usual


def definitions(body: Iterable[ast.stmt], owner: str = "", prefix: str = "", depth: int = 0) -> Iterator[Definition]:
    """The functions of a block and those in them, in the order of the source."""
    for node in body if depth < DEEPEST else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Definition(node, owner, prefix + node.name)
            yield from definitions(node.body, "", f"{prefix}{node.name}.", depth + 1)
        elif isinstance(node, ast.ClassDef):
            yield from definitions(node.body, node.name, f"{prefix}{node.name}.", depth + 1)
        else:
            for part in _BLOCKS:
                yield from definitions(getattr(node, part, None) or (), owner, prefix, depth + 1)


def trials(body: Iterable[ast.stmt]) -> list[ast.stmt]:
    """The blocks that run only as a program, `if __name__ == "__main__":`: they try the functions out."""
    return [node for node in body if isinstance(node, ast.If) and "__name__" in _names(node.test)]


def tried_out(blocks: Iterable[ast.stmt], functions: Iterable[Definition]) -> list[str]:
    """The names of such blocks, but for those that functions read: they are none of theirs."""
    read = frozenset[str]().union(*(function.reads for function in functions))
    nodes = (part for node in blocks for part in ast.walk(node) if isinstance(part, ast.Name))
    return sorted({node.id for node in nodes if isinstance(node.ctx, ast.Store)} - read)


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def inherit(nodes: Iterable[ast.AST], methods: dict[str, dict[str, Definition]]) -> None:
    """Give a class the methods of those classes of the file that it is made from."""
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                if isinstance(base, ast.Name) and base.id in methods:
                    methods[node.name] = {**methods[base.id], **methods.get(node.name, {})}


def own_nodes(body: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """The nodes of a block, without those of the functions and classes in it."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))
