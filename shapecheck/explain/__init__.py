"""Explain a formula: its shapes step by step, in indices, as a sympy expression, in another notation."""

from __future__ import annotations

import re
from typing import Any

from ..check import open_sections
from ..infer import Checked
from ..notations import Notation, notations
from ..sections import Include, Section
from ..settings import Settings
from ..syntax.nodes import Equation, is_op, walk
from ..text import Source
from ._context import NoIndices
from .expression import expression
from .indices import IndexForm, in_indices
from .tree import Branch, tree

__all__ = ["Explanation", "IndexForm", "NoIndices", "Step", "explain"]

_UNKNOWN = re.compile(r"\?[0-9]+")
"""The symbol of a dimension that is not known, which has a number of its own."""


class Explanation:
    """The explanation of one statement; each form is computed on demand."""

    def __init__(self, section: Section, statement: Equation, checked: Checked, source: Source) -> None:
        self._section = section
        self._statement = statement
        self._checked = checked
        self._source = source

    @property
    def text(self) -> str:
        """The statement as its author wrote it, in one line."""
        return " ".join(self._source.slice(self._statement.span).split())

    @property
    def notation(self) -> str:
        """The notation that it is written in."""
        name: str = self._section.notation.name
        return name

    @property
    def fits(self) -> bool:
        """Whether nothing is wrong with its shapes."""
        return not self._checked.failures

    def steps(self) -> Branch:
        """The tree of its shapes."""
        return tree(self._checked, self._section, self._source)

    def indices(self) -> IndexForm:
        """Its index form; raises NoIndices with the reason if there is none."""
        return in_indices(self._checked, self._source)

    def sympy(self) -> str:
        """Its sympy expression as text; raises ValueError with the reason if there is none."""
        found = self._expression()
        ones = {part.shape for part in found.find(lambda part: type(part).__name__ == "OneMatrix")}
        shapes = " and ".join(sorted(f"{rows}×{columns}" for rows, columns in ones))
        text = f"{found}  (1 beside a matrix: ones, {shapes})" if ones else str(found)
        return _UNKNOWN.sub("?", text)

    def _expression(self) -> Any:
        if not self.fits:
            raise NoIndices("the shapes do not fit")
        return expression(self._checked, self._source)

    def tensors(self) -> list[str]:
        """Sentences on its derivatives of rank 3 and more."""
        from ._tensors import sentences

        return list(sentences(self._checked, self._section, self._source))

    def example(self) -> list[str]:
        """The lines of a worked example on the first of these derivatives."""
        from ._tensors import example

        return list(example(self._checked, self._section))

    def remarks(self) -> list[str]:
        """Sentences on what is assumed: which derivatives are diagonal, and which convention."""
        from ._remarks import remarks

        return list(remarks(self._checked, self._section, self._source))

    def written(self, notation: str) -> str:
        """The statement in another notation; raises ValueError where numpy has no form for it.

        Where MATLAB or mathematics has none it is a remark there, which says why.
        """
        from ..derivation.dialects import dialect_of
        from ._code import in_code
        from ._written import written

        form: Notation = notations[notation]
        if form is self._section.notation:
            return written(self._statement, form)
        dialect = dialect_of(form)
        try:
            if dialect and dialect.language:
                return written(in_code(self._checked, dialect), form)
            return written(self._checked.equation, form, self._checked.shapes)
        except ValueError as reason:
            if form.is_numpy:
                raise
            return f"{form.remark} {reason}"


def explain(source: Source, settings: Settings | None = None, include: Include | None = None) -> list[Explanation]:
    """An explanation for each equation and expression of a source that can be read completely."""
    found = []
    for section in open_sections(source, settings or Settings(), include)[0]:
        for passage in section.part.passages:
            there = section.at(passage)
            there.table.enter(passage.scope)
            for _, statement in section.equations((passage,)):
                if any(is_op(node, "missing") for node in walk(*statement.members)):
                    continue
                there.resolver.troubles.clear()
                checked = there.statements.check(there.resolver.resolve(statement))
                found.append(Explanation(there, statement, checked, source))
    return found
