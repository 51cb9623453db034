"""Signs with several readings, `·`, `×`, `⊗`, primes, bars: which is meant follows from the shapes beside them."""

from __future__ import annotations

from ..shapes.dims import ONE, Dim, Shape, prune
from ..syntax.nodes import Apply, Node
from ._axes import is_certainly_matrix, is_certainly_square
from ._gradient import refused
from ._op import Op
from .products import is_of_three

Shapes = tuple[Shape | None, ...]
CROSSES = frozenset(("×", "\\times"))
SEVERAL = refused("a sign that may mean several operations")


def _are_vectors_alike(shapes: Shapes) -> bool:
    """Whether two vectors lie the same way and have one length, so that no matrix product is meant."""
    if None in shapes or len({shape and tuple(map(prune, shape)) for shape in shapes}) > 1:
        return False
    shape = shapes[0] or ()
    return len(shape) == 2 and ONE in map(prune, shape) and any(type(dim) is Dim and dim is not ONE for dim in shape)


def _by_dot(node: Apply, shapes: Shapes) -> tuple[str, ...]:
    """What `·` or `×` means: of two columns the inner product, or the cross product of three entries.

    Beside the derivative of an activation, `δ · g'(z)`, each entry is scaled.
    """
    if not _are_vectors_alike(shapes):
        return ("product", "hadamard")
    if node.sign.strip() in CROSSES:
        of_three = all(shape is not None and is_of_three(shape) for shape in shapes)
        return ("product", "cross", "hadamard") if of_three else ("product", "hadamard")
    return ("product", "hadamard") if any(map(_is_derivative, node.args)) else ("product", "inner")


def _is_derivative(node: Node) -> bool:
    """Whether a factor is the derivative of an activation."""
    if type(node) is not Apply:
        return False
    return node.op.endswith("_prime") or (node.op == "activation" and node.params.get("order", 0) > 0)


dot = Op(
    "dot",
    gradient=SEVERAL,
    arity=2,
    either=("product", "hadamard", "inner", "cross"),
    prefer=_by_dot,
    grace=("inner", "hadamard"),
    kinds=("contraction", "multiplication"),
)
otimes = Op("otimes", gradient=SEVERAL, arity=2, either=("kron",), grace=("outer", "hadamard"))
primed = Op("primed", gradient=SEVERAL, either=("slope", "transpose"), grace=("transpose",))
starred = Op("starred", gradient=SEVERAL, either=("transpose",), grace=("same",), kinds=("transposition",))
slope = Op("slope", "()->()", gradient=refused("a derivative that is written as a prime alone"))
bars = Op(
    "bars",
    gradient=SEVERAL,
    either=("abs", "det"),
    prefer=lambda node, shapes: ("det",) if is_certainly_square(shapes[0]) else ("abs",),
    grace=("abs",),
)
bars_norm = Op(
    "bars_norm",
    gradient=SEVERAL,
    either=("vector_norm", "matrix_norm"),
    prefer=lambda node, shapes: ("matrix_norm",) if is_certainly_matrix(shapes[0]) else ("vector_norm",),
    parameters=("ord",),
)
two_norm = Op(
    "two_norm",
    gradient=SEVERAL,
    either=("norm", "spectral_norm"),
    prefer=lambda node, shapes: ("spectral_norm",) if is_certainly_matrix(shapes[0]) else ("norm",),
)
