"""The state in which statements are lowered: what was said so far, and what the names of one function stand for."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from ...syntax.nodes import NOWHERE, Apply, Equation, Index, Name, Node, Program, Statement
from ...text import Span
from ._bindings import Bound, Parts
from ._definitions import Definition, Lists
from ._expressions import ExpressionReader
from ._names import Entity, Known, entity
from ._source import Code

BUDGET = 20_000
"""How many equations a module may make before calls are followed no further."""
SHARE = 3_000
"""How many of these one function may make."""
_SPELLED = {"[": "[{}]", "<": "[{}]", '"': '["{}"]', ".": ".{}"}


class Output:
    """What a module says, and which names are bound where lowering stands; `silent` equations nobody wrote.

    A block that `is_trial` tries the functions out. `told` are the parts of what functions are given and give back, of
    which something is said. Functions that stand `elsewhere`, in what was read `before`, are not followed.
    """

    def __init__(self, code: Code, modules: Mapping[str, str], before: Output | None = None) -> None:
        self.code = code
        self.modules = modules
        self.program = Program()
        self.statements: list[Statement] = self.program.statements
        self.functions: dict[str, Definition] = {}
        self.methods: dict[str, dict[str, Definition]] = {}
        self.shared: dict[str, Lists] = {}
        self.types: dict[Entity, str] = {}
        self.calls: Counter[str] = Counter()
        self.told: dict[str, dict[Entity, None]] = dict(before.told) if before else {}
        self.elsewhere: dict[str, Definition] = {**before.elsewhere, **before.functions} if before else {}
        self.entries = Parts()
        self.assigned = Bound()
        self.changed: dict[Entity, None] = {}
        self.free: dict[Entity, None] = {}
        self.silence = 0
        self.is_trial = False
        self.written = self.begun = 0
        self._count = 0
        self._attributes: dict[str, frozenset[str]] = {}

    def fresh(self) -> Entity:
        """A name that no author wrote."""
        self._count += 1
        return Entity(f"@{self._count}")

    def say(self, members: tuple[Node, ...], sign: str, span: Span) -> None:
        """A statement of the author; where lowering is silent only what it assigns."""
        if self.silence and len(members) == 1:
            return
        self.written += 1
        self.statements.append(Equation(members, sign, NOWHERE if self.silence else span))

    def set(self, target: Entity, value: Node) -> None:
        """An equation that nobody wrote."""
        self.written += 1
        self.statements.append(Equation((name_of(target), value), "="))
        self.bound(target)

    @contextmanager
    def branch(self) -> Iterator[None]:
        """Lower a block of which another takes the place: what is bound before it is bound after it, and no more."""
        assigned, entries = len(self.assigned), self.entries.mark()
        yield
        self.assigned.go_back(assigned)
        self.entries.take_up(entries)

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Lower a function for itself: what is bound before it is bound after it, and nothing else."""
        assigned, entries, types = len(self.assigned), self.entries.mark(), dict(self.types)
        yield
        self.assigned.go_back(assigned)
        self.entries.go_back(entries)
        self.types = types

    def note(self, read: Entity) -> None:
        """Note that a name is read: one that nothing here has bound was bound before."""
        if read not in self.assigned:
            self.free[read] = None

    def keep(self, target: Entity, value: Node) -> None:
        """An equation that nobody wrote, which leaves the parts of its name alone."""
        self.written += 1
        self.statements.append(Equation((name_of(target), value), "="))

    def forget(self, target: Entity) -> None:
        """A name becomes unknown."""
        self.set(target, Apply("unknown", ()))

    def bound(self, target: Entity) -> None:
        """Note that a name is bound anew: what was known of its parts is forgotten."""
        for part in self.parts(target):
            self.entries.drop(part)
            self.changed[part] = None
            if part.indices[-1].kind != "<":
                self.statements.append(Equation((name_of(part), Apply("unknown", ())), "="))
        self.types.pop(target, None)
        self.assigned.add(target)
        self.changed[target] = None
        if target.is_part:
            self.entries.add(target)

    def parts(self, whole: Entity) -> list[Entity]:
        """The parts of a name that are bound."""
        return self.entries.of(whole)

    def known_parts(self, whole: Entity) -> list[Entity]:
        """The parts of a name that are bound, or that are told of what a function is given or gives back."""
        depth = len(whole.indices)
        told = [each for each in self.told.get(whole.base, ()) if each.indices[:depth] == whole.indices != each.indices]
        return [*self.parts(whole), *told]

    def attributes(self, owner: str) -> frozenset[str]:
        """The attributes that the methods of a class use as dimensions."""
        if owner not in self._attributes:
            methods = self.methods.get(owner, {}).values()
            self._attributes[owner] = frozenset(name for each in methods for name in each.numbers if "." in name)
        return self._attributes[owner]

    def copy(self, source: Entity, target: Entity) -> None:
        """What is known of the parts of one name holds for those of another."""
        if source == target:
            return
        for part in self.parts(source):
            moved = target.at(*part.indices[len(source.indices) :])
            self.set(moved, name_of(part))
            if part in self.types:
                self.types[moved] = self.types[part]
        if source in self.types:
            self.types[target] = self.types[source]

    @contextmanager
    def aside(self, *, silent: bool = False) -> Iterator[tuple[list[Statement], dict[Entity, None]]]:
        """Collect what is said, and which names it changes, without saying it yet."""
        outer = self.statements, self.changed
        inner: tuple[list[Statement], dict[Entity, None]] = ([], {})
        self.statements, self.changed = inner
        self.silence += silent
        try:
            yield inner
        finally:
            self.silence -= silent
            self.statements, self.changed = outer
            self.changed.update(inner[1])

    @property
    def is_spent(self) -> bool:
        """Whether so much was said that calls are followed no further."""
        return self.written > BUDGET or self.written - self.begun > SHARE


class Frame:
    """One function while it is lowered.

    `names` says what its names stand for where a call is followed, `calls` which calls led here, `returns` what it
    gives back; a `function` that is lowered for itself has the author's names, of which those that it has `bound` are
    no modules.
    """

    def __init__(
        self,
        output: Output,
        names: Mapping[str, Entity],
        lists: Lists,
        follow: Callable[[Frame, ast.Call], tuple[Entity, tuple[Node, ...]] | None],
        calls: tuple[str, ...] = (),
        bound: Iterable[str] = (),
        function: str = "",
    ) -> None:
        self.function = function
        self.output = output
        self.code = output.code
        self.names = names
        self.calls = calls
        self.returns: list[Entity] = []
        self.own = frozenset(each.base for each in names.values())
        modules = {name: output.modules[name] for name in output.modules.keys() - set(bound)}
        known = Known(names, *lists, modules, output.entries)
        self.reader = ExpressionReader(output.code, known, lambda call: follow(self, call), output.note)

    def entity(self, node: ast.expr) -> Entity | None:
        """What an expression names here."""
        return entity(node, self.reader.known)

    def kept(self, changed: Iterable[Entity]) -> list[Entity]:
        """Those of the changed names that mean anything to this function."""
        return [each for each in changed if each.base[0] != "@" or each.base in self.own]


def name_of(target: Entity) -> Name:
    """A name for an entity, spelled as Python would."""
    text = target.base + "".join(_spelled(index) for index in target.indices)
    return Name(text, target.base, target.indices)


def _spelled(index: Index) -> str:
    of_tuple = index.kind == '"' and index.text.isdecimal()
    return _SPELLED["[" if of_tuple else index.kind].format(index.text) if index.kind in _SPELLED else index.text


def entity_of(node: Node) -> Entity | None:
    """The entity that a tree stands for: a name, or the result of a followed call."""
    if type(node) is Apply and node.op == "called":
        node = node.args[0]
    return Entity(node.base, node.indices) if type(node) is Name else None
