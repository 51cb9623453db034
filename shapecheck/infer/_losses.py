"""What is called a loss, and has to be a number."""

from __future__ import annotations

from ..ops import is_a
from ..ops._axes import is_certainly_matrix
from ..shapes.dims import Shape, is_single
from ..syntax.nodes import Apply, Name, Node
from ..vocabulary import DIVERGENCES, LOSSES, SELDOM_LOSSES
from .engine import Engine
from .members import has_logarithm, is_averaged, terms


def is_loss(node: Node) -> bool:
    """Whether a node is what many call a loss, or a function of that name, `J(θ)`."""
    return not LOSSES.isdisjoint(_words(node)[:1]) or is_divergence(node)


def is_array_of_losses(engine: Engine, name: Node, value: Node) -> bool:
    """Whether what is called a loss is a matrix by its last product, `Y log(A).T` or `1/m (y - t) (y - t).T`.

    What is called so may be any array too, and a loss of each entry is an array: only where its name and a logarithm,
    or the count of examples, both speak for a loss it must be a number. A C is seldom one, `C = 1/m X X.T`: only a
    logarithm, or a derivative of it, says so. A divergence is a number in any case.
    """
    if is_divergence(name):
        return is_no_number(name, engine.shapes.get(id(value)))
    if not is_loss(name) or (_is_seldom(engine, name) and not has_logarithm(value)):
        return False
    if not is_certainly_matrix(engine.shapes.get(id(value))) or not is_averaged(value):
        return False
    return any(_is_matrix_product(engine, term) for term in terms(value))


def is_no_number(name: Node, shape: Shape | None) -> bool:
    """Whether a function that many call a loss is given an array: `J(q)` may be a loss, or a Jacobian."""
    is_function = type(name) is Apply and is_loss(name)
    return is_function and shape is not None and not is_single(shape)


def is_divergence(node: Node) -> bool:
    """Whether a node is `KL(q ‖ p)` or `D_KL(q ‖ p)`."""
    return type(node) is Apply and not DIVERGENCES.isdisjoint(_words(node))


def _words(node: Node) -> tuple[str, ...]:
    """What a name, or a function of which nothing is known, is called, without fonts; then the function's indices."""
    if type(node) is Name:
        return (node.base,)
    return node.params.get("words", ()) if type(node) is Apply else ()


def _is_seldom(engine: Engine, name: Node) -> bool:
    return not (SELDOM_LOSSES - engine.table.losses).isdisjoint(_words(name)[:1])


def _is_matrix_product(engine: Engine, term: Node) -> bool:
    """Whether a term is a product of arrays that are no numbers."""
    if not is_a(term, "product"):
        return False
    return sum(engine.shapes.get(id(factor)) not in (None, ()) for factor in term.args) > 1
