"""Values are changed by nobody after their construction, and there are no globals that change."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from .sources import Function, classes, functions, modules, tree

CONSTRUCTORS = {"__init__", "__post_init__", "__new__"}
DOORS = {"setattr", "delattr", "__setattr__", "__delattr__"}


def is_value(node: ast.ClassDef) -> bool:
    """Whether a class is a dataclass or a NamedTuple."""
    names = [ast.unparse(part).split("(")[0] for part in (*node.decorator_list, *node.bases)]
    return any(name.split(".")[-1] in ("dataclass", "NamedTuple") for name in names)


def fields(node: ast.ClassDef) -> set[str]:
    """The annotated fields of a class."""
    return {
        part.target.id for part in node.body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    }


VALUE_FIELDS = {name for module in modules() for node in classes(module) if is_value(node) for name in fields(node)}


def own_attributes(module: str) -> set[str]:
    """What the plain classes that a module names hold."""
    named = {node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name)}
    named |= {node.name for node in classes(module)}
    return {name for plain in named & PLAIN.keys() for name in PLAIN[plain]}


def held(node: ast.ClassDef) -> set[str]:
    """The slots of a class, its annotations, and what it sets on `self`."""
    found = fields(node) | {target.attr for target, _ in changes(node) if is_self(target)}
    for part in node.body:
        if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "__slots__":
            slots = ast.literal_eval(part.value)
            found |= {slots} if isinstance(slots, str) else set(slots)
    return found


def changes(tree: ast.AST) -> Iterator[tuple[ast.Attribute, int]]:
    """Every attribute that is assigned to or deleted below a node, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node, node.lineno


def is_self(target: ast.Attribute) -> bool:
    """Whether the attribute belongs to the object whose method this is."""
    return isinstance(target.value, ast.Name) and target.value.id in ("self", "cls")


PLAIN = {node.name: held(node) for module in modules() for node in classes(module) if not is_value(node)}


@pytest.mark.parametrize("module", modules())
def test_fields_of_values_are_not_assigned(module: str) -> None:
    mine = own_attributes(module)
    found = [
        f"{module}:{line} {ast.unparse(target)}"
        for target, line in changes(tree(module))
        if not is_self(target) and target.attr in VALUE_FIELDS - mine
    ]
    assert found == []


@pytest.mark.parametrize("module", modules())
def test_methods_of_values_change_nothing(module: str) -> None:
    methods = (
        method
        for node in classes(module)
        if is_value(node)
        for method in node.body
        if isinstance(method, Function) and method.name not in CONSTRUCTORS
    )
    found = [f"{module}:{line}" for method in methods for target, line in changes(method) if is_self(target)]
    assert found == []


@pytest.mark.parametrize("module", modules())
def test_no_back_door(module: str) -> None:
    calls = (node for node in ast.walk(tree(module)) if isinstance(node, ast.Call))
    found = [f"{module}:{node.lineno}" for node in calls if ast.unparse(node.func).split(".")[-1] in DOORS]
    assert found == []


@pytest.mark.parametrize("module", modules())
def test_no_global_changes(module: str) -> None:
    assert [
        f"{module}:{node.lineno}"
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Global)
    ] == []
