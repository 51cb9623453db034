"""What is written of one example in whole matrices: `y(i)` is a column of Y, a sum over i one over its columns."""

from __future__ import annotations

import re

from ..ops import _nodes as tree
from ..shapes.dims import ONE, AnyDim, Dim, Shape, long_dims, prune, symbol
from ..symbols import Symbol, make
from ..syntax.nodes import Apply, Name, Node, keys_in, names_in, walk
from ..values import replace
from ._columns import NotWhole, columns
from ._graph import GRADIENT, Claim, Graph, Step
from ._summary import batch, is_loss, loss, ordered, seeds

_EXAMPLE = re.compile(r"\^\{\(\s*\w+\s*\)\}|\^?\(\s*\w+\s*\)|⁽\w+⁾")
_COMPONENT = re.compile(r"_(?:\w+|\{[^{}]*\})")


def whole(graph: Graph) -> Graph:
    """The graph with matrices in place of their examples and entries; what cannot be put so stays as it is."""
    keys = (key for step in graph.steps for key in keys_in(step.value))
    sums = (node for step in graph.steps for node in walk(step.value) if type(node) is Apply and node.op == "sum_over")
    return _Whole(graph).graph() if any(key.endswith("(i)") for key in keys) or any(sums) else graph


class _Whole:
    """The matrices of a graph that is written of one example."""

    def __init__(self, graph: Graph) -> None:
        self.source = graph
        self.symbols = graph.section.survey.reading.by_key
        self.by_rows = graph.section.table.layout.convention.rows == "examples"
        self.names = dict(graph.names)
        self.shapes = dict(graph.shapes)
        self.changed: set[str] = set()

    def graph(self) -> Graph:
        """The graph in matrices."""
        source = self.source
        steps: dict[str, Step] = {}
        for step in sorted(source.steps, key=lambda step: self._is_single(step.name)):
            other = self._step(step)
            steps.setdefault(other.name.key, other)
        chain = ordered(steps)
        self._learn(chain)
        claims = tuple(map(self._claim, source.claims))
        end = loss(chain, self.shapes, source.section, claims)
        mean = batch(chain, end, claims, self.shapes)
        return replace(
            source,
            steps=chain,
            claims=claims,
            loss=end,
            seeds=() if end else seeds(chain, claims),
            names=self.names,
            shapes=self.shapes,
            spellings={self._variable(of): self._gradient(name) for of, name in source.spellings.items()},
            batch=mean.dim if mean else None,
            count=mean.length if mean else None,
        )

    def _is_single(self, name: Name) -> bool:
        found = self.symbols.get(name.key.removeprefix(GRADIENT))
        return found is not None and (found.example or found.component)

    def _step(self, step: Step) -> Step:
        value = self._tree(step.value, of_loss=is_loss(step.name))
        name = self.name(step.name) if value is not step.value or self._is_single(step.name) else step.name
        upright = name.args[0] if type(name) is Apply else name
        assert isinstance(upright, Name)
        if value is not step.value:
            self.changed.add(upright.key)
        return replace(step, name=upright, value=tree.transpose(value) if type(name) is Apply else value)

    def _tree(self, node: Node, of_loss: bool = False) -> Node:
        """A tree in matrices, itself where nothing in it is of one example or cannot be put so.

        A loss is a sum over all entries, of columns too.
        """
        try:
            return columns(node, self._is_single, self.name, self._least if of_loss else self._rank)
        except NotWhole:
            return node

    def _rank(self, node: Node) -> int | None:
        shape = self.source.shape_of(node)
        return None if shape is None else len(long_dims(shape))

    def _least(self, node: Node) -> int | None:
        return 0 if self._rank(node) == 0 else None

    def _learn(self, steps: tuple[Step, ...]) -> None:
        """The shapes of what is now computed of matrices, and of matrices of which only an example is known."""
        for step in steps:
            names = list(names_in(step.value))
            known = [self.shapes.get(name.key) for name in names if name.key in self.changed or self._has_batch(name)]
            for name in names:
                if name.key in self.shapes and self.shapes[name.key] is None and name.key not in self.source.shapes:
                    self.shapes[name.key] = next((shape for shape in known if shape), None)
            if step.name.key in self.changed:
                self.shapes[step.name.key] = replace(self.source, shapes=dict(self.shapes)).shape_of(step.value)

    def _has_batch(self, name: Name) -> bool:
        shape = self.shapes.get(name.key) or ()
        return any(prune(dim) is self._examples for dim in shape)

    def _claim(self, claim: Claim) -> Claim:
        value = self._tree(claim.value)
        above = self._variable(claim.above)
        return replace(claim, of=self._variable(claim.of), name=self._gradient(claim.name), value=value, above=above)

    def _gradient(self, name: Name) -> Name:
        key = self._variable(name.key.removeprefix(GRADIENT))
        return Name(name.text, name.base, name.indices, name.span, GRADIENT + key)

    def _variable(self, key: str) -> str:
        found = self.symbols.get(key)
        if found is None or not found.example or key not in self.names:
            return key
        name = self.name(self.names[key])
        upright = name.args[0] if type(name) is Apply else name
        return upright.key if type(upright) is Name else key

    def name(self, name: Name) -> Node:
        """The matrix of which a name is a column, or an entry; transposed where examples are its rows."""
        if name.key.startswith(GRADIENT):
            return self._gradient(name)
        found = self.symbols[name.key]
        key = self._key(found)
        if key in self.source.shapes:
            kept = self.names[key]
            own: Node = Name(kept.text, kept.base, kept.indices, key=key)
            return tree.transpose(own) if self._stands_in_rows(key, found) else own
        return self._made(name, found, key)

    def _key(self, found: Symbol) -> str:
        """The key of the matrix: a name that is known, of the same letter in either case, else the capital letter."""
        plain = found._replace(example=False, component=False)
        small, large = (make(base, plain.layer).key for base in (plain.base, plain.base[:1].upper() + plain.base[1:]))
        other = small if found.component and not found.example else large
        return next((key for key in (large, small) if self._is_matrix(key)), other)

    def _is_matrix(self, key: str) -> bool:
        return key in self.source.shapes and self.source.shapes[key] != ()

    def _stands_in_rows(self, key: str, found: Symbol) -> bool:
        """Whether a matrix has an example as a row, or a vector an example as an entry."""
        shape = [prune(dim) for dim in self.source.shapes[key] or ()]
        if len(shape) != 2 or not found.example or shape[1] is self._examples:
            return False
        return shape[0] is self._examples or (self.by_rows and shape[1] is not ONE)

    def _made(self, name: Name, found: Symbol, key: str) -> Name:
        """A name for a matrix of which only the examples are named."""
        text = _COMPONENT.sub("", _EXAMPLE.sub("", name.text)) if found.component else _EXAMPLE.sub("", name.text)
        letter = re.search(r"(?<![\\A-Za-z])[A-Za-z](?![A-Za-z])", text)
        if letter and key[:1].isupper():
            text = text[: letter.start()] + letter[0].upper() + text[letter.end() :]
        indices = tuple(index for index in name.indices if index.kind != "(" and not found.component)
        own = Name(text, key.partition("[")[0], indices, key=key)
        self.names.setdefault(key, own)
        shape = self.source.shapes.get(name.key)
        if key not in self.shapes:
            self.shapes[key] = self._widened(shape) if shape and not found.component else None
        return own

    def _widened(self, shape: Shape) -> Shape:
        return (*shape[:1], self._examples) if len(shape) == 2 else shape

    @property
    def _examples(self) -> AnyDim:
        """The number of examples: that which most columns have, named in the mean, else m."""
        names = {key for step in self.source.steps for key in keys_in(step.value)}
        dims = [prune(dim) for shape in self.source.shapes.values() for dim in shape or ()]
        named = [dim for dim in dims if isinstance(dim, Dim) and dim.text in names]
        return named[0] if named else next((dim for dim in dims if dim is symbol("m")), symbol("m"))
