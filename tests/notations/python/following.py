"""Follow a program of the `python` notation as Python runs it: each assignment binds its name anew."""

from __future__ import annotations

from typing import Any

from shapecheck.conventions import NONE
from shapecheck.infer.engine import Engine
from shapecheck.notations import notations
from shapecheck.notations.python import notation as python
from shapecheck.sections import Section
from shapecheck.sections._parts import Contents, Part
from shapecheck.shapes.dims import Dim, Shape, Var, number, prune
from shapecheck.shapes.solve import Solver
from shapecheck.survey import names_of_trees, survey
from shapecheck.syntax.nodes import NOWHERE, Apply, Equation, Name, Node, Program, Scope
from shapecheck.table import Entry, Origin
from shapecheck.text import Piece, Window

UPDATES = ("+=", "-=", "*=", "/=")


class Numbers(Engine):
    """The engine with what code alone has: numbers held by names, and followed calls."""

    values: dict[str, Dim]

    def dimension(self, node: Node) -> Dim | Var:
        if type(node) is Name and (node.key in self.values or node.base[0] == "@"):
            return self.values.get(node.key, Var())
        if type(node) is Apply and node.op == "slice" and type(node.args[0]) is Apply and node.args[0].op == "shape_of":
            return Var()
        return super().dimension(node)

    def _apply(self, node: Apply) -> Shape | None:
        if node.op == "called":
            result, *_ = [self.shape(argument) for argument in node.args]
            return result
        return super()._apply(node)


class Follower:
    """Follows programs.

    `shapes` holds the last shape of each name, a function's behind its name, None where it is unknown; `facts` holds
    what does not fit.
    """

    def __init__(self, inputs: dict[str, tuple[int, ...]]) -> None:
        self.section = Section(Part(Contents()), survey(names_of_trees(())), NONE, python, True)
        self.table = self.section.table
        self.solver = Solver(False)
        self.values: dict[str, Dim] = {}
        self.shapes: dict[str, Any] = {}
        self.facts: list[Any] = []
        self.scope = ""
        for name, shape in inputs.items():
            ((_, node),) = self._read(name)
            self._bind(node.members[0], tuple(map(number, shape)), None)

    def _read(self, text: str) -> list[tuple[str, Equation]]:
        program = notations["plain"].parse(Window((Piece(text, 0),)))
        return [("", self.section.resolver.resolve(each)) for each in program.statements if type(each) is Equation]

    def run(self, program: Program) -> None:
        """Every statement in order."""
        self.table.will_be_assigned = frozenset(_targets(self.section, program))
        module = None
        for each in program.statements:
            if type(each) is Scope:
                module = module or dict(self.table.assigned)
                self.table.assigned = dict(module)
                self.table.found.clear()
                self.scope = f"{each.name}: "
            elif type(each) is Equation:
                self._say(self.section.resolver.resolve(each), each.span == NOWHERE)

    def _say(self, equation: Equation, silent: bool) -> None:
        engine = Numbers(self.table, self.section.survey.reading, self.solver)
        engine.values = self.values
        *targets, value = equation.members
        shape = engine.shape(value)
        if not silent:
            self.facts.extend(engine.facts)
        size = engine.dimension(value) if shape in ((), None) else None
        if equation.sign in UPDATES:
            before = engine.shape(targets[0])
            if before is not None and before != () and shape is not None:
                joined = self.solver.broadcast_shapes((before, shape))
                if joined != before and not silent:
                    self.facts.append((before, shape))
            if before != ():
                return
            shape = shape and self.solver.broadcast_shapes((before, shape))
        for target in targets:
            if type(target) is Name:
                self._bind(target, shape, size if isinstance(size, Dim) else None)

    def _bind(self, name: Node, shape: Any, value: Dim | None) -> None:
        assert type(name) is Name
        self.table.found.clear()
        self.table.assigned.pop(name.key, None)
        self.values.pop(name.key, None)
        if shape is not None:
            self.table.assigned[name.key] = Entry(shape, Origin("equation"))
        if value is not None and value.value is not None:
            self.values[name.key] = value
        if name.base[0] != "@":
            self.shapes[self.scope + name.key] = None if shape is None else tuple(map(_known, shape))


def _known(dim: Any) -> int | None:
    dim = prune(dim)
    return dim.value if isinstance(dim, Dim) else None


def _targets(section: Section, program: Program) -> set[str]:
    names = [each.members[0] for each in program.statements if type(each) is Equation and each.sign]
    reading = section.survey.reading
    return {reading.symbol(name.base, name.indices).key for name in names if type(name) is Name}


def follow(code: str, **inputs: tuple[int, ...]) -> Follower:
    """A module's text followed from the shapes of some arrays."""
    follower = Follower(inputs)
    program = notations["python"].parse(Window((Piece(code, 0),), "python"))
    assert program.troubles == [], program.troubles
    follower.run(program)
    return follower


__all__ = ["Follower", "follow"]
