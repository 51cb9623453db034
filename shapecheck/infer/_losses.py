"""What is called a loss, and has to be a number."""

from __future__ import annotations

from ..ops import is_a
from ..ops._axes import is_certainly_matrix
from ..syntax.nodes import Name, Node
from ..vocabulary import LOSSES, SELDOM_LOSSES
from .engine import Engine
from .members import has_logarithm, is_averaged, terms


def is_loss(node: Node) -> bool:
    """Whether a node is what many call a loss."""
    return type(node) is Name and node.base in LOSSES


def is_array_of_losses(engine: Engine, name: Node, value: Node) -> bool:
    """Whether what is called a loss is a matrix by its last product, `Y log(A).T` or `1/m (y - t) (y - t).T`.

    What is called so may be any array too, and a loss of each entry is an array: only where its name and a logarithm,
    or the count of examples, both speak for a loss it must be a number. A C is seldom one, `C = 1/m X X.T`: only a
    logarithm, or a derivative of it, says so.
    """
    if not is_loss(name) or (_is_seldom(engine, name) and not has_logarithm(value)):
        return False
    if not is_certainly_matrix(engine.shapes.get(id(value))) or not is_averaged(value):
        return False
    return any(_is_matrix_product(engine, term) for term in terms(value))


def _is_seldom(engine: Engine, name: Node) -> bool:
    return type(name) is Name and name.base in SELDOM_LOSSES - engine.table.losses


def _is_matrix_product(engine: Engine, term: Node) -> bool:
    """Whether a term is a product of arrays that are no numbers."""
    if not is_a(term, "product"):
        return False
    return sum(engine.shapes.get(id(factor)) not in (None, ()) for factor in term.args) > 1
