"""What is printed as numpy runs in numpy, as MATLAB is read as MATLAB, and LaTeX holds nothing of Python."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest

from shapecheck.api._arguments import settings
from shapecheck.check import statements
from shapecheck.derivation._latex import Latex
from shapecheck.derivation._matlab import Matlab
from shapecheck.derivation._names import Identifiers
from shapecheck.derivation._numpy import Numpy
from shapecheck.derivation._numpy_forms import Unwritten
from shapecheck.evaluate import draw, evaluate, silently
from shapecheck.gradient._variables import rewritten
from shapecheck.notations import notations
from shapecheck.ops import ops
from shapecheck.shapes.dims import Dim, Shape
from shapecheck.syntax.nodes import Apply, Equation, Name, Node, Number, Program
from shapecheck.text import Piece, Source, Window
from tests.ops.samples import SAMPLES, Sample, shape

WITHOUT_NUMPY = {"dropout", "scatter", "eig", "eigh", "eigvals", "lstsq", "qr", "svd", "rolled"} | {
    name for name, op in ops().items() if "part" in op.parameters or (op.is_of_library and "np." not in op.calls[0])
} - {"affine"}
"""Operations of which numpy has no form of one line."""
_OF_LIBRARIES = {name for name, op in ops().items() if op.is_of_library and name != "pairing"}
WITHOUT_MATLAB = {
    *_OF_LIBRARIES,
    "broadcast_like",
    *("argmax", "argmin", "dropout", "scatter", "einsum", "eig", "eigh", "eigvals", "qr", "svd"),
    *("addmm", "mse_loss"),
}
"""Operations of which MATLAB has no form of one line."""
PARTLY_MATLAB = {"matrix_norm", "power", "stack"}
"""Operations of which MATLAB has no form for some matrices: a nuclear norm, exponents of a matrix, a stack."""
WITHOUT_LATEX = {
    *_OF_LIBRARIES,
    "broadcast_like",
    *("einsum", "eig", "eigh", "qr", "svd", "scatter", "stack", "expand_dims"),
    *("random", "random_between", "random_like", "random_sized"),
}
"""Operations of which mathematics has no sign, as of new axes."""
DRAWN = {"multivariate_normal", "random", "random_between", "random_sized", "random_like"}
"""Operations of which only the shape is told."""
PYTHON = re.compile(r"np\.|axis|keepdims|None|True|False|\*\*|==|\.T\b|@|_like")


class Written(NamedTuple):
    """An operation of names, and the shapes of these."""

    node: Apply
    shapes: dict[str, Shape]
    sample: Sample

    def shape_of(self, node: Node) -> Shape | None:
        """The shape of a name, and the scalar that a number is."""
        return self.shapes.get(node.key) if type(node) is Name else None

    def arrays(self) -> tuple[dict[str, Any], dict[str, int]]:
        """Arrays for the names, and sizes for the dimensions of the parameters."""
        given = [
            part for value in self.sample.params.values() for part in (value if type(value) is tuple else (value,))
        ]
        dims: dict[str, Shape] = {f"size {at}": (part,) for at, part in enumerate(given) if isinstance(part, Dim)}
        domain = "share" if self.sample.positive or self.sample.mask else "real"
        drawn, sizes = draw({**self.shapes, **dims}, 0, dict.fromkeys(self.shapes, domain))
        masks = {key: (drawn[key] > 0.5).astype(float) if self.sample.mask else drawn[key] for key in self.shapes}
        return masks, sizes


def samples() -> Iterator[Any]:
    """Every sample of every operation."""
    for op, each in SAMPLES.items():
        for number, sample in enumerate(each):
            names = tuple(Name(f"A{at}", "A", key=f"A{at}") for at in range(len(sample.shapes)))
            shapes = {name.key: shape(text) for name, text in zip(names, sample.shapes, strict=True)}
            yield pytest.param(Written(Apply(op, names, sample.params), shapes, sample), id=f"{op} {number}")


every_operation = pytest.mark.parametrize("written", list(samples()))


PLACED = ("delete", "insert", "take", "take_along_axis")
"""Operations that are given places, whole numbers, which nobody draws here."""


@every_operation
def test_numpy_runs_and_gives_the_same(written: Written) -> None:
    writer = Numpy(written.shape_of)
    if written.node.op in WITHOUT_NUMPY:
        with pytest.raises(Unwritten):
            writer.tree(written.node)
        return
    text = notations["python"].write(writer.tree(written.node), "", notations["python"].style)
    if written.node.op in PLACED:
        assert text.startswith(f"np.{written.node.op}(A0, A1")
        return
    arrays, sizes = written.arrays()
    with silently():
        space = {"np": np, "math": math, "g": _smooth, "g_prime": _slope, **arrays, **sizes}
        found, expected = np.asarray(eval(text, space)), np.asarray(evaluate(written.node, arrays, sizes))
    if not (written.sample.mathematics and found.size == expected.size):
        assert found.shape == expected.shape, text
    if written.node.op not in DRAWN:
        assert np.allclose(found.ravel().astype(float), expected.ravel().astype(float), equal_nan=True), text


def _smooth(x: Any) -> Any:
    return evaluate(Apply("activation", (Name("x", "x", key="x"),), {"name": "g", "order": 0}), {"x": x}, {})


def _slope(x: Any) -> Any:
    return evaluate(Apply("activation", (Name("x", "x", key="x"),), {"name": "g", "order": 1}), {"x": x}, {})


@every_operation
def test_matlab_is_read_as_it_is_written(written: Written) -> None:
    try:
        tree = Matlab(written.shape_of, Identifiers(ascii=True)).tree(written.node)
    except Unwritten as reason:
        assert str(reason)
        assert written.node.op in WITHOUT_MATLAB | PARTLY_MATLAB or any(
            len(each) > 2 for each in written.shapes.values()
        )
        return
    assert written.node.op not in WITHOUT_MATLAB
    text = notations["matlab"].write(tree, "", notations["matlab"].style)
    assert re.search(r"np\.|axis|keepdims|==?\s*True|None|\*\*|‖|∑|\.T\b|@|_like|\[:|:\]", text) is None
    read = _read("matlab", text)
    assert notations["matlab"].write(_bare(read), "", notations["matlab"].style) == text
    if written.node.op != "activation":
        _means_the_same(written, text)


def _means_the_same(written: Written, text: str) -> None:
    """What is read has the numbers of the operation; in MATLAB a vector is a column."""
    arrays, sizes = written.arrays()
    declared = {key: (*map(str, shape), *"1"[: len(shape) == 1]) for key, shape in written.shapes.items()}
    ((section, checked),) = statements(Source(text), settings(None, declared, "matlab"))
    assert not checked.failures, text
    tree = rewritten(checked.equation.members[0], checked, lambda name: Name(name.text, name.base), section)
    given = {key: array.reshape(-1, 1) if array.ndim == 1 else array for key, array in arrays.items()}
    with silently():
        read = _column(evaluate(tree, {"pi": np.pi, **given}, sizes))
        expected = _column(evaluate(written.node, arrays, sizes))
    if not (written.sample.mathematics and read.size == expected.size):
        assert read.shape == expected.shape, text
    if written.node.op not in DRAWN:
        assert np.allclose(read.ravel(), expected.ravel(), equal_nan=True), text


def _column(value: Any) -> Any:
    """An array as MATLAB has it: with two axes, a vector being a column, and more only where they are needed."""
    array = np.asarray(value, dtype=float)
    while array.ndim > 2 and array.shape[-1] == 1:
        array = array[..., 0]
    return array.reshape(*array.shape, *(1,) * (2 - array.ndim))


@every_operation
def test_latex_holds_nothing_of_python(written: Written) -> None:
    writer = Latex(written.shape_of, lambda name: name.text)
    if written.node.op in WITHOUT_LATEX or None in written.sample.params.get("items", ()):
        with pytest.raises(Unwritten):
            writer.tree(written.node)
        return
    text = notations["latex"].write(writer.tree(written.node), "", notations["latex"].style)
    assert PYTHON.search(text) is None, text
    assert text.count("{") == text.count("}")
    assert _program("latex", text).troubles == [], text


def _program(notation: str, text: str) -> Program:
    return notations[notation].parse(Window((Piece(text, 0),), notation))


def _read(notation: str, text: str) -> Node:
    program = _program(notation, text)
    assert program.troubles == [], text
    (statement,) = program.statements
    assert isinstance(statement, Equation), text
    return statement.members[0]


def _bare(node: Node) -> Node:
    """A tree without its places, so that it is written anew."""
    if type(node) is Name:
        return Name(node.text, node.base, node.indices)
    if type(node) is not Apply:
        return Number(node.text)
    params = {
        name: _bare(value) if type(value) in (Name, Number, Apply) else value for name, value in node.params.items()
    }
    return Apply(node.op, tuple(map(_bare, node.args)), params, sign=node.sign)


def test_no_two_variables_have_one_name() -> None:
    names = Identifiers()
    keys = ("A[l+1]", "A[l-1]", "A[l]", "h<t-1>", "h<t+1>", "h<t-2>", "h", "W[1]", "W_1", "x̂", "x_hat", "W[10]", "γ")
    written = [names(Name(key, key[0], key=key)) for key in keys]
    assert len(set(written)) == len(keys)
    assert all(text.isidentifier() for text in written)
    assert written[:2] == ["A_l_plus_1", "A_l_minus_1"]
    assert Identifiers(ascii=True)(Name("dγ", "dγ", key="∂γ")) == "dgamma"
