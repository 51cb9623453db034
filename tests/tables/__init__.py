"""Tables of derivatives as textbooks have them: functions, their right gradients, and wrong ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

Arrays = dict[str, Any]
HERE = Path(__file__).parent
DRAWS = ("positive", "definite", "symmetric", "small", "shares", "rows", "columns", "signs")
STEP = 1e-6


class Entry(NamedTuple):
    """One function of a table.

    declared  the shapes, as the author writes them
    formulas  the function, a line each
    numpy     the same in plain numpy
    draws     what its arrays may hold: `definite M`
    sizes     sizes of dimensions that matter
    right     gradients that are right, and `wrong` ones that are not
    unlike    notations in which its names mean something else
    """

    table: str
    name: str
    declared: list[str]
    formulas: list[str]
    numpy: str
    draws: list[tuple[str, str]]
    sizes: dict[str, int]
    right: list[str]
    wrong: list[str]
    unlike: list[str]

    def __str__(self) -> str:
        return self.name

    def text(self, *gradients: str, written: Callable[[str], str] = str) -> str:
        """The entry as a file, with gradients at its end."""
        return "\n".join((*self.declared, *map(written, (*self.formulas, *gradients)), ""))

    @property
    def variables(self) -> list[str]:
        """What it is differentiated by, of what goes in."""
        found = dict.fromkeys(line.partition(" = ")[0].partition("/∂")[2] for line in self.right)
        return [name for name in found if name in self.shapes]

    @property
    def is_of_number(self) -> bool:
        """Whether it has a gradient: what is differentiated is a number."""
        values, sizes = drawn(self)
        numerators = {line.partition("/")[0].removeprefix("∂") for line in self.right}
        return numerators == {self.result} and np.size(run(self, values, sizes)[self.value]) == 1

    @property
    def value(self) -> str:
        """What Python calls the result."""
        return unicodedata.normalize("NFKC", self.result)

    @property
    def result(self) -> str:
        """The name of what is differentiated."""
        return self.formulas[-1].partition(" = ")[0]

    @property
    def shapes(self) -> dict[str, tuple[str, ...]]:
        """The shapes of the names that are declared."""
        found = {}
        for line in self.declared:
            names, _, shape = line.partition(":")
            dims = () if shape.strip() == "scalar" else tuple(shape.replace(" x ", " ").split())
            found.update({name.strip(): dims for name in names.split(",")})
        return found


def entries() -> list[Entry]:
    """The entries of all tables."""
    return [entry for path in sorted(HERE.glob("*.md")) for entry in _read(path)]


def _read(path: Path) -> Iterator[Entry]:
    for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, *lines = (line.strip() for line in block.splitlines())
        yield _entry(path.stem, name, [line for line in lines if line])


def _entry(table: str, name: str, lines: list[str]) -> Entry:
    entry = Entry(table, name, [], [], "", [], {}, [], [], [])
    for line in lines:
        head, _, rest = line.partition(": ")
        word, _, names = line.partition(" ")
        if head in ("right", "wrong"):
            getattr(entry, head).append(rest)
        elif head == "numpy":
            entry = entry._replace(numpy=rest)
        elif head == "unlike":
            entry.unlike.extend(rest.split(", "))
        elif head == "sizes":
            entry.sizes.update({part.split(" = ")[0]: int(part.split(" = ")[1]) for part in rest.split(", ")})
        elif word in DRAWS:
            entry.draws.extend((word, each) for each in names.split(", "))
        else:
            (entry.declared if rest and "=" not in line else entry.formulas).append(line)
    return entry


PRIMES = (5, 3, 7, 2, 11, 4)


def drawn(entry: Entry, seed: int = 0) -> tuple[Arrays, dict[str, int]]:
    """Arrays for what goes in, and the sizes of dimensions."""
    random = np.random.default_rng(seed)
    letters = list(dict.fromkeys(dim for shape in entry.shapes.values() for dim in shape if not dim.isdecimal()))
    sizes = dict(zip(letters, PRIMES, strict=False)) | entry.sizes
    values: Arrays = {}
    for name, shape in entry.shapes.items():
        lengths = tuple(int(dim) if dim.isdecimal() else sizes[dim] for dim in shape)
        array = random.standard_normal(lengths)
        for word, whose in entry.draws:
            array = _drawn(word, array) if whose == name else array
        values[name] = array
    return values, sizes


def _drawn(word: str, array: Any) -> Any:
    if word == "positive":
        return abs(array) + 0.5
    if word == "definite":
        return array @ array.T / len(array) + np.eye(len(array)) + 0.3 * (array - array.T)
    if word == "symmetric":
        return (array + array.T) / 2
    if word == "small":
        return array / 20
    if word == "signs":
        return np.sign(array)
    shares = 0.1 + 0.8 / (1 + np.exp(-array))
    axis = {"shares": None, "rows": 1, "columns": 0}[word]
    return shares if axis is None else shares / shares.sum(axis=axis, keepdims=True)


def _space() -> Arrays:
    functions = ("abs cosh cos diag exp eye kron log maximum mean sign sin sqrt sum tanh trace where ones clip").split()
    space: Arrays = {name: getattr(np, name) for name in functions}
    return space | {
        "np": np,
        "det": np.linalg.det,
        "inv": np.linalg.inv,
        "solve": np.linalg.solve,
        "σ": lambda x: 1 / (1 + np.exp(-x)),
    }


def run(entry: Entry, values: Mapping[str, Any], sizes: Mapping[str, int]) -> Arrays:
    """All names after the function has been computed in numpy."""
    space = _space() | dict(sizes) | dict(values)
    exec(entry.numpy, space)
    return space


def central(entry: Entry, values: Arrays, sizes: Mapping[str, int], name: str) -> Any:
    """The gradient of the function's value by one of its arrays, entry by entry."""
    at = np.array(values[name], dtype=float)
    found = np.zeros(at.shape)
    for place in np.ndindex(at.shape):
        sides = []
        for step in (STEP, -STEP):
            moved = at.copy()
            moved[place] += step
            result = run(entry, values | {name: moved}, sizes)[entry.value]
            sides.append(float(np.squeeze(result)))
        found[place] = (sides[0] - sides[1]) / (2 * STEP)
    return found


_GREEK = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\epsilon", "λ": r"\lambda", "μ": r"\mu",
    "σ": r"\sigma", "τ": r"\tau", "Σ": r"\Sigma", "Λ": r"\Lambda", "Θ": r"\Theta", "ℓ": r"\ell",
}  # fmt: skip
_LATEX = [
    (r"∂(\w+)/∂(\w\u0302?\w*)", r"\\frac{\\partial \1}{\\partial \2}"),
    (r"⁻ᵀ", r"^{-T}"),
    (r"⁻¹", r"^{-1}"),
    (r"⁻²", r"^{-2}"),
    (r"ᵀ", r"^T"),
    (r"²", r"^2"),
    (r"⊙", r"\\odot"),
    (r"‖", r"\\|"),
    (r"Σ_i Σ_j", r"\\sum_i \\sum_j"),
    (r"Σ_i", r"\\sum_i"),
    (r"_ij\b", r"_{ij}"),
    (r"\btr\(", r"\\operatorname{tr}("),
    (r"\b(log|exp|det|sin|cos|tanh|max|cosh)\(", r"\\\1("),
    (r"\b(diag|softmax|sign|vec)\(", r"\\operatorname{\1}("),
    (r"\b([1-9])/([\w])\b(?!\()", r"\\frac{\1}{\2}"),
    (r"\b(1)/\((2 \w)\)", r"\\frac{\1}{\2}"),
    (r"\b([A-Za-z])(\d)\b", r"\1_\2"),
    (r"X̂", r"\\hat{X}"),
]
_PLAIN = [
    (r"∂(\w+)/∂(\w)", r"d\1/d\2"),
    (r"⁻ᵀ", r"^-T"),
    (r"⁻¹", r"^-1"),
    (r"⁻²", r"^-2"),
    (r"ᵀ", r".T"),
    (r"‖([^‖]*)‖_2\^2", r"norm(\1)^2"),
    (r"‖([^‖]*)‖_F\^2", r"norm(\1)^2"),
    (r"‖([^‖]*)‖_F", r"norm(\1)"),
    (r"‖([^‖]*)‖²", r"norm(\1)^2"),
    (r"‖([^‖]*)‖(?!_)", r"norm(\1)"),
    (r"²", r"^2"),
    (r"⊙", r"*"),
    (r"\bσ\(", r"sigmoid("),
]


def latex(text: str) -> str:
    """A formula in LaTeX; functions that are numpy's stay so."""
    for pattern, into in _LATEX:
        text = re.sub(pattern, into, text)
    text = re.sub(r"\|det\(X\)\||\|\\det\(X\)\|", r"|\\det(X)|", text)
    return re.sub("|".join(_GREEK), lambda found: _GREEK[found[0]] + " ", text)


def plain(text: str) -> str:
    """A formula in plain letters, as far as it has no letters of its own."""
    for pattern, into in _PLAIN:
        text = re.sub(pattern, into, text)
    return text


NOTATIONS: dict[str, Callable[[str], str]] = {"unicode": str, "latex": latex, "plain": plain}
