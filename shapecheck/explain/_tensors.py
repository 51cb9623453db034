"""What a derivative of rank 3 or more is, what its entries are, and what the chain rule through it comes to."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..ops.derivatives import axes
from ..repairs._layers import Layer, layer_of
from ..sections import Section
from ..shapes.dims import ONE, Dim, Shape, prune, show, size
from ..syntax.nodes import Apply, Name, Node, walk
from ..text import Source
from ..values import NamedTuple
from ._context import Context, plain_name
from ._worked import Example, worked

LONGEST = 6
"""How long a name may be that stands in a worked example."""


class Tensor(NamedTuple):
    """A derivative that is not a matrix: the node, its shape, and the layer of its numerator, where that is known."""

    node: Apply
    shape: Shape
    layer: Layer | None


def tensors(checked: Checked, section: Section) -> list[Tensor]:
    """The derivatives in a statement that are no matrices, each once."""
    found: list[Tensor] = []
    for node in walk(*checked.equation.members):
        shape = checked.shapes.get(id(node)) or ()
        if type(node) is not Apply or node.op != "jacobian" or len(shape) < 3:
            continue
        if all(node.args != other.node.args for other in found):
            found.append(Tensor(node, tuple(map(prune, shape)), layer_of(node.args[0], section)))
    return found


def sentences(checked: Checked, section: Section, source: Source) -> Iterator[str]:
    """A few sentences on each derivative that is not a matrix."""
    for tensor in tensors(checked, section):
        yield from _sentences(Context(checked, source), tensor)


def example(checked: Checked, section: Section) -> Iterator[str]:
    """The lines of a worked example on the first such derivative of a statement."""
    found = tensors(checked, section)
    own = next((each for each in map(_own_example, found) if each), None)
    if found:
        yield from worked(*(own or (Example("Z", ("W", False), ("A", False)), 0)))


def _own_example(tensor: Tensor) -> tuple[Example, int] | None:
    """An example with the letters of a layer, and the factor by which the derivative is."""
    if tensor.layer is None or not _is_plain(tensor.layer.left) or not _is_plain(tensor.layer.right):
        return None
    sides = [_bare(factor) for factor in (tensor.layer.left, tensor.layer.right)]
    of, by = tensor.node.args
    assert type(of) is Name
    letters = [_letter(name) for name in (of, *(name for name, _ in sides))]
    if len(set(letters)) < 3 or max(map(len, letters)) > LONGEST or type(by) is not Name:
        return None
    side = next((place for place, (name, _) in enumerate(sides) if name.key == by.key), 0)
    left, right = ((_letter(name), turned) for name, turned in sides)
    return Example(letters[0], left, right), side


def _letter(name: Name) -> str:
    """A name without its indices and words: `A_prev` as A."""
    return name.base.partition("_")[0]


def _bare(factor: Node) -> tuple[Name, bool]:
    """The name that a factor is, and whether it is its transpose."""
    inner = factor.args[0] if type(factor) is Apply else factor
    assert type(inner) is Name
    return inner, inner is not factor


def _sentences(context: Context, tensor: Tensor) -> Iterator[str]:
    above, below = tensor.node.args
    text, of, by = f"∂{_text(context, above)}/∂{_text(context, below)}", _text(context, above), _text(context, below)
    yield (
        f"{text} is a tensor of rank {len(tensor.shape)}, {show(tensor.shape)}: "
        f"a number for each pair of an entry of {of} and an entry of {by}{_count(tensor.shape)}"
    )
    first, second = (_letters(context, argument) for argument in tensor.node.args)
    part = f"{_entry(f'∂{of}', first)}/{_entry(f'∂{by}', second)}"
    found = _through(context, tensor, first, second) if len(first) == len(second) == 2 else None
    if found:
        yield f"{of} = {_layer_text(context, tensor.layer)}: {part} is {found.entry} where {found.tie}, else 0"
    sums = " ".join(f"Σ_{letter}" for letter in first)
    yield (
        f"a product with it is not a matrix product: the chain rule sums over all indices of {of}, not just one: "
        f"{_entry(f'∂L/∂{by}', second)} = {sums} {_entry(f'∂L/∂{of}', first)} {part}"
    )
    if found:
        yield f"most of these terms are 0; what is left is {found.sum}, so ∂L/∂{by} = {found.product}"


class _Through(NamedTuple):
    """What the derivative by one factor of a layer is: an entry where two indices are equal; and what the sums are."""

    entry: str
    tie: str
    sum: str
    product: str


def _through(context: Context, tensor: Tensor, above: list[str], below: list[str]) -> _Through | None:
    layer, by = tensor.layer, tensor.node.args[1]
    if layer is None or not _is_plain(layer.left) or not _is_plain(layer.right):
        return None
    gradient = f"∂L/∂{_text(context, tensor.node.args[0])}"
    for factor, other, axis in ((layer.left, layer.right, 0), (layer.right, layer.left, 1)):
        turned = type(factor) is Apply
        name = factor.args[0] if type(factor) is Apply else factor
        if type(name) is Name and type(by) is Name and name.key == by.key:
            tied, inner = below[axis ^ turned], below[1 - (axis ^ turned)]
            places = [inner, above[1]] if axis == 0 else [above[0], inner]
            entry = _entry_of(context, other, places)
            kept = [tied if place == axis else letter for place, letter in enumerate(above)]
            total = f"Σ_{above[1 - axis]} {_entry(gradient, kept)} {entry}"
            return _Through(entry, f"{tied} = {above[axis]}", total, _product(context, gradient, other, axis, turned))
    return None


def _product(context: Context, gradient: str, other: Node, axis: int, turned: bool) -> str:
    """The product that the sums come to: `∂L/∂Z A.T`, `W.T ∂L/∂Z`, or the transpose of it."""
    there = _factor_text(context, other, transposed=not turned)
    ours = f"({gradient}).T" if turned else gradient
    return f"{ours} {there}" if (axis == 0) is not turned else f"{there} {ours}"


def _is_plain(factor: Node) -> bool:
    return type(factor) is Name or (type(factor) is Apply and type(factor.args[0]) is Name)


def _factor_text(context: Context, factor: Node, transposed: bool = False) -> str:
    if type(factor) is Apply:
        return _text(context, factor.args[0]) + ".T" * (not transposed)
    return _text(context, factor) + ".T" * transposed


def _entry_of(context: Context, factor: Node, places: list[str]) -> str:
    if type(factor) is Apply:
        return _entry(_text(context, factor.args[0]), places[::-1])
    return _entry(_text(context, factor), places)


def _layer_text(context: Context, layer: Layer | None) -> str:
    if layer is None:
        return ""
    product = f"{_factor_text(context, layer.left)} {_factor_text(context, layer.right)}"
    return f"{product} + {_text(context, layer.bias)}" if layer.bias else product


def _text(context: Context, node: Node) -> str:
    """A name as its author writes it, without a font around it; what a convention supplies by its own text."""
    return plain_name(node.text) if type(node) is Name and node.text else context.spelled(node)


def _count(shape: Shape) -> str:
    known = tuple(dim for dim in shape if isinstance(dim, Dim))
    if len(known) < len(shape):
        return ""
    total = size(known)
    if total.value is not None:
        return f", {total.value} entries"
    texts = [dim.text for dim in known if dim is not ONE]
    return f", {' · '.join(f'({text})' if ' ' in text else text for text in texts)} entries"


def _letters(context: Context, node: Node) -> list[str]:
    found = [context.fresh(dim) for dim in axes(context.shape(node))]
    return [letter for letter in found if letter]


def _entry(text: str, letters: list[str]) -> str:
    return f"{text}[{','.join(letters)}]" if letters else text
