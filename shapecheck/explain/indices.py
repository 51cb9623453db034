"""Write a statement in indices: `dZ1[i,j] = Σ_k W2[k,i] dZ2[k,j] g1'(Z1[i,j])`, and what each letter runs over."""

from __future__ import annotations

from ..infer import Checked
from ..shapes.dims import ONE, Dim, Shape, prune
from ..syntax.nodes import Apply, Equation, Name, Node, Number
from ..text import Source
from ..values import NamedTuple
from ._context import Context, Indices, NoIndices, aligned, non_one
from ._index_rules import rule_of
from ._terms import WrittenTerm, atom


class IndexForm(NamedTuple):
    """A statement in indices, the dimension of each letter, and whether an axis of length 1 has no index."""

    text: str
    ranges: tuple[tuple[str, str], ...]
    drops_ones: bool

    @property
    def legend(self) -> str:
        """What the letters run over: `i = 1..n1, j = 1..m`."""
        return ", ".join(f"{letter} = 1..{length}" for letter, length in self.ranges)


def in_indices(checked: Checked, source: Source) -> IndexForm:
    """The statement in indices; raises NoIndices, which says why there is none."""
    if checked.failures:
        raise NoIndices("the shapes do not fit")
    writer = IndexWriter(checked, source)
    text = _statement(writer, checked)
    ranges = tuple((letter, dim.text if type(dim) is Dim else "?") for letter, dim in writer.letters.items())
    return IndexForm(text, ranges, writer.drops_ones)


class IndexWriter(Context):
    """The walk over one statement: the term of each node for given indices."""

    drops_ones = False

    def term(self, node: Node, indices: Indices) -> WrittenTerm:
        """The entry of a node at these indices."""
        if type(node) is Number:
            return atom(node.text)
        if type(node) is Name:
            self.drops_ones = self.drops_ones or None in indices
            return self.as_written(node, indices)
        assert type(node) is Apply
        try:
            return rule_of(self.op(node))(self, node, indices)
        except NoIndices:
            raise
        except (ValueError, IndexError, TypeError) as error:
            raise NoIndices(f"there is no formula for the entries of {self.spelled(node)}") from error

    def as_written(self, node: Node, indices: Indices) -> WrittenTerm:
        """The entry of a node that has no rule: its author's words with the indices after them."""
        return atom(self.entry(node, indices))


def _statement(writer: IndexWriter, checked: Checked) -> str:
    members = checked.equation.members
    shape = tuple(map(prune, checked.shape or ()))
    if checked.shape is None:
        raise NoIndices(f"the shape of {writer.spelled(members[0])} is not known")
    indices = tuple(writer.fresh(dim) for dim in shape)
    if len(members) == 1:
        right = writer.term(members[0], indices).text
        left = writer.entry(members[0], indices) if non_one(shape) else writer.spelled(members[0])
        if left == right and type(members[0]) is not Name:
            raise NoIndices(f"there is no formula for the entries of {writer.spelled(members[0])}")
        return f"{left} = {right}"
    texts = [_member(writer, member, shape, indices).text for member in members]
    return _related(texts, checked.equation)


def _related(texts: list[str], equation: Equation) -> str:
    first, *others = texts
    return f" {equation.sign or '='} ".join((first, " = ".join(others)))


def _member(writer: IndexWriter, member: Node, shape: Shape, indices: Indices) -> WrittenTerm:
    """A side of an equation: its axes longer than 1 are those of the whole, in their order."""
    own = shape if type(member) is Name and not writer.knows(member) else writer.shape(member)
    letters = [index for index in indices if index is not None]
    if len(own) == len(shape) or len(non_one(own)) != len(letters):
        return writer.term(member, aligned(own, indices))
    rest = iter(letters)
    return writer.term(member, tuple(None if dim is ONE else next(rest) for dim in own))
