"""SC216: a shape error of numpy or torch, pasted without the line of code that raised it."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic, Label
from ..documents import Message, Sizes
from ..syntax.nodes import Trouble
from ..text import Source
from ._rule import Rule
from ._wording import listed

_WITH_LINE = (
    "no line of code here shows which arrays these are: print their shapes (X.shape) just before the error",
    "paste the line of code too: then the answer can name your arrays and say what to write instead",
)


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    message: Message = trouble.words["message"]
    said, *notes = _SAID[message.kind](message)
    labels = tuple(map(Label, message.places, _labels(message)))
    span = labels[0].span if labels else message.span
    return rule.finding(said, span, labels, (*notes, _WITH_LINE[trouble.words["is_alone"]]))


def _show(sizes: Sizes) -> str:
    texts = ["?" if size is None else str(size) for size in sizes]
    return "×".join(texts) if len(texts) > 1 else f"({texts[0]},)" if texts else "a scalar"


def _labels(message: Message) -> list[str]:
    """The label below each shape of a message."""
    if message.kind == "product":
        left, right = message.shapes
        return [_counted(left, -1), _counted(right, max(len(right) - 2, 0))]
    words = {"target": ("the result", "the array it is written to")}.get(message.kind, ("", ""))
    return [f"{_show(sizes)}{f': {word}' if word else ''}" for sizes, word in zip(message.shapes, words, strict=False)]


def _counted(sizes: Sizes, axis: int) -> str:
    if not sizes:
        return "a scalar"
    noun = ("entry", "entries") if len(sizes) == 1 else ("column", "columns") if axis == -1 else ("row", "rows")
    counted = f"{sizes[axis]} {noun[sizes[axis] != 1]}"
    return counted if None in sizes else f"{_show(sizes)}: {counted}"


def _product(message: Message) -> Iterator[str]:
    left, right = message.shapes
    if len(left) == 1 == len(right):
        yield f"these two vectors have no inner product: one has {left[0]} entries, the other {right[0]}"
        yield "an inner product sums the products of matching entries: both need the same number of entries"
        return
    if None in (*left, *right):
        yield f"this product does not exist: the left factor has {left[-1]} columns, the right factor {right[0]} rows"
    else:
        yield f"this product does not exist: the left factor is {_show(left)}, the right factor is {_show(right)}"
    yield "the inner dimensions must be equal: for A B, A must have as many columns as B has rows"
    fitting = list(_fitting(left, right))
    if fitting:
        yield f"what fits: {listed(fitting, 'or')}"


def _fitting(left: Sizes, right: Sizes) -> Iterator[str]:
    """The products of two matrices that exist in the other order or with one of them transposed."""
    if len(left) != 2 or len(right) != 2 or None in (*left, *right):
        return
    (n, k), (p, q) = left, right
    for text, (a, b), (c, d) in (
        ("B A", (p, q), (n, k)),
        ("A.T B", (k, n), (p, q)),
        ("A B.T", (n, k), (q, p)),
        ("B.T A", (q, p), (n, k)),
    ):
        if b == c:
            yield f"{text} is ({a}×{b})({c}×{d}) = {a}×{d}"


def _elementwise(message: Message) -> Iterator[str]:
    if not message.shapes:
        one, other = message.numbers["one"], message.numbers["other"]
        yield f"these two shapes do not broadcast: {one} entries meet {other} along one axis"
    else:
        left, right = message.shapes
        pairs = zip(left[::-1], right[::-1], strict=False)
        meets = next((f": {a} meets {b}" for a, b in pairs if a != b and 1 not in (a, b)), "")
        yield f"{_show(left)} and {_show(right)} do not broadcast{meets}"
    yield "`+`, `-`, `*`, `/` work entry by entry: from the trailing axis on, sizes must be equal, or one of them 1"
    if len(message.shapes) == 2:
        yield from _laid_otherwise(*sorted(message.shapes, key=len, reverse=True))


def _laid_otherwise(one: Sizes, other: Sizes) -> Iterator[str]:
    """How the second shape would fit the first as a column or transposed."""
    if len(one) == 2 and other == one[:1]:
        yield f"as a column, {one[0]}×1, the vector fits: use v[:, None], or keepdims=True in the sum that made it"
    if len(one) == 2 and other == one[::-1]:
        yield "one has the shape of the other transposed"


def _target(message: Message) -> Iterator[str]:
    result, target = message.shapes
    yield f"the result is {_show(result)} and does not fit into {_show(target)}"
    yield "an in-place update such as `+=` or `-=` keeps the shape of its array; the result must have that shape"
    if len(result) == 2 == len(target) and 1 in target:
        axis = target.index(1)
        yield f"to get a gradient of {_show(target)}, sum over the rest: np.sum(…, axis={axis}, keepdims=True)"


def _reshape(message: Message) -> Iterator[str]:
    entries, (shape,) = message.numbers["entries"], message.shapes
    product = 1
    for size in shape:
        product *= size or 1
    yield f"{entries} entries cannot be reshaped to {_show(shape)}: that is {product} entries"
    yield "a reshape keeps all entries; write `-1` for one of the sizes to have it computed"


def _axis(message: Message) -> Iterator[str]:
    axis, rank = message.numbers["axis"], message.numbers["rank"]
    last = f"its axes are 0 to {rank - 1}"
    there = "it is a number, without axes" if not rank else "its only axis is 0" if rank == 1 else last
    yield f"there is no axis {axis} in an array of rank {rank}: {there}"
    yield "axes are counted from 0; a sum without keepdims=True drops one, and so does [:, 0]"


def _blocks(message: Message) -> Iterator[str]:
    one, other = message.numbers["one"], message.numbers["other"]
    yield f"these arrays cannot be joined: {one} meets {other}"
    yield "side by side they need the same number of rows, one below the other the same number of columns; see `axis`"


def _square(message: Message) -> Iterator[str]:
    yield "only a square matrix has an inverse, a determinant or a trace: as many rows as columns"


_SAID = {
    "product": _product,
    "elementwise": _elementwise,
    "target": _target,
    "reshape": _reshape,
    "axis": _axis,
    "blocks": _blocks,
    "square": _square,
}

rule = Rule(
    code="SC216",
    name="library-message",
    severity="error",
    finds="""
Explains the shape errors of numpy, torch and other libraries if they are pasted without the line of code that raised
them, or if that line does not show which arrays are meant.
""",
    why="""
A program stops at the first operation whose shapes do not fit. The error message gives the shapes, in the order of the
operands, and nothing else.
""",
    fix="""
Paste the message with its line of code, or the whole traceback, in quotes or on standard input. Then the names in that
line get the shapes from the message, and shapecheck looks for a formula that fits.
""",
    bad="shapes (3,4) and (5,3) not aligned: 4 (dim 1) != 5 (dim 0)",
    good="""
X: 5 x 3
W: 3 x 4
X W
""",
    explain=_explain,
)
