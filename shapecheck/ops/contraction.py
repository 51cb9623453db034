"""`einsum`: sums over products of entries, written with an index letter an axis."""

from __future__ import annotations

from functools import lru_cache

from ..shapes.constraints import Clash
from ..shapes.dims import AnyDim, Shape, prune
from ..shapes.solve import Solver
from ..syntax.nodes import Node
from . import _nodes as tree
from ._gradient import Differential
from ._op import Op, Params, Result

_SPARE = "ZYXWVUTSRQPONMLKJIHGFEDCBA"
"""Letters for the axes that `...` stands for, of which those are taken that nothing else is called."""


@lru_cache(maxsize=256)
def read_spec(spec: str) -> tuple[tuple[str, ...], str]:
    """The letters of each argument and of the result; without `->` the letters that stand once, sorted."""
    left, arrow, right = spec.replace(" ", "").partition("->")
    if not arrow:
        letters = left.replace(",", "")
        right = "".join(sorted(letter for letter in set(letters) if letters.count(letter) == 1))
    return tuple(left.split(",")), right


def einsum_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A letter is one dimension, broadcast as numpy does; what is known is checked though an argument is unknown."""
    spec = params.get("spec")
    if type(spec) is not str:
        return None
    letters = spelled_out(spec, shapes)
    if letters is None:
        return None
    inputs, output = letters
    if len(inputs) != len(shapes):
        return Clash("einsum", (), (), (), {"spec": spec, "terms": len(inputs), "arguments": len(shapes)})
    strange = next((letter for letter in output if letter not in "".join(inputs) or output.count(letter) > 1), None)
    if strange is not None:
        return Clash("einsum", (), (), (), {"spec": spec, "letter": strange})
    known = _letters(solver, inputs, shapes, spec)
    if isinstance(known, Clash):
        return known
    return tuple(known[letter] for letter in output) if all(letter in known for letter in output) else None


def spelled_out(spec: str, shapes: tuple[Shape | None, ...]) -> tuple[tuple[str, ...], str] | None:
    """The letters, with those for the axes of `...`, counted from the last; None if these are not known."""
    inputs, output = read_spec(spec)
    if "." not in spec:
        return inputs, output
    is_told = "->" in spec
    if None in shapes or len(inputs) != len(shapes) or (is_told and "..." not in output):
        return None
    counts = [len(shape or ()) - len(letters.replace("...", "")) for letters, shape in zip(inputs, shapes, strict=True)]
    if any(count < 0 for count in counts) or any(letters.count(".") not in (0, 3) for letters in (*inputs, output)):
        return None
    most = max((count for letters, count in zip(inputs, counts, strict=True) if "." in letters), default=0)
    fresh = [letter for letter in _SPARE if letter not in "".join(inputs)][:most]
    spelled = [
        letters.replace("...", "".join(fresh[most - count :])) if "." in letters else letters
        for letters, count in zip(inputs, counts, strict=True)
    ]
    bare = output.replace("...", "").replace(".", "")
    return tuple(spelled), output.replace("...", "".join(fresh)) if is_told else "".join(fresh) + bare


def _letters(
    solver: Solver, inputs: tuple[str, ...], shapes: tuple[Shape | None, ...], spec: str
) -> dict[str, AnyDim] | Clash:
    known: dict[str, AnyDim] = {}
    seen: dict[str, tuple[int, int]] = {}
    for position, (letters, shape) in enumerate(zip(inputs, shapes, strict=True)):
        if shape is None:
            continue
        if len(letters) != len(shape):
            return Clash("einsum", (position,), (), (), {"spec": spec, "rank": len(shape), "letters": letters})
        for axis, (letter, dim) in enumerate(zip(letters, shape, strict=True)):
            both = solver.broadcast(known[letter], dim) if letter in known else dim
            if both is None:
                there, dims = seen[letter], (prune(known[letter]), prune(dim))
                words = {"spec": spec, "letter": letter if letter in spec else "..."}
                return Clash("einsum", (there[0], position), (there[1], axis), dims, words)
            known[letter] = both
            seen.setdefault(letter, (position, axis))
    return known


def _einsum_gradient(d: Differential, g: Node, *arrays: Node) -> list[Node]:
    """The same sum with g in the place of the array and its letters in the place of the result's."""
    spec = d.params.get("spec")
    letters = spelled_out(spec, d.shapes) if type(spec) is str else None
    if letters is None:
        raise d.refuse("an einsum whose letters are not known")
    inputs, output = letters
    return [_of_array(d, g, arrays, inputs, output, place) for place in range(len(arrays))]


def _of_array(
    d: Differential, g: Node, arrays: tuple[Node, ...], inputs: tuple[str, ...], output: str, place: int
) -> Node:
    """What flows to one array; a letter of its own comes from ones, one that it has twice from an identity."""
    terms = [output, *(letters for at, letters in enumerate(inputs) if at != place)]
    factors = [g, *(array for at, array in enumerate(arrays) if at != place)]
    from string import ascii_letters

    own, fresh = "", iter(letter for letter in ascii_letters if letter not in "".join(inputs))
    for axis, letter in enumerate(inputs[place]):
        new = next(fresh) if letter in own else letter
        if new != letter:
            terms.append(letter + new)
            factors.append(tree.apply("eye", n=d.length(place, axis)))
        own += new
    if not set(own) <= set("".join(terms)):
        terms.append(own)
        factors.append(tree.apply("ones_like", arrays[place]))
    return tree.apply("einsum", *factors, spec=f"{','.join(terms)}->{own}")


einsum = Op(
    "einsum",
    shape=einsum_rule,
    numpy=lambda np, *arrays, spec: np.einsum(spec, *arrays),
    gradient=_einsum_gradient,
    calls=("einsum",),
    arity=None,
    parameters=("spec",),
    named={"latex": ""},
)
