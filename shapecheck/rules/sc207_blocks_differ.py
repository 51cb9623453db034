"""SC207: blocks that do not fit together."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..ops import is_a
from ..shapes.dims import show
from ._finding import clash
from ._rule import Case, Rule
from ._wording import is_of, sized


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic | None:
    if fact.kind == "rank":
        return _wrong_rank(rule, case, fact)
    (left, right), (one, other) = fact.operands, fact.shapes
    words = f"{is_of(left, one, case.source, 'the first')}, {is_of(right, other, case.source, 'the second')}"
    axes = fact.clash.axes or (len(one), len(other))
    labels = ((left, sized(one, axes[0])), (right, sized(other, axes[1])))
    return clash(rule, case, f"the blocks differ: {words}", labels, _hints(fact))


def _hints(fact: Fact) -> tuple[str, ...]:
    along = fact.clash.words.get("along")
    if "ranks" in fact.clash.words:
        return ("all blocks must have the same number of axes",)
    if any(len(shape) > 2 for shape in fact.shapes):
        return (f"they are joined along axis {along}; along every other axis their sizes must be equal",)
    kind, stacked = ("columns", "on top of each other") if along == 0 else ("rows", "side by side")
    return (f"blocks {stacked} need the same number of {kind}",)


def _wrong_rank(rule: Rule, case: Case, fact: Fact) -> Diagnostic | None:
    if not is_a(fact.node, "joining") or not fact.operands:
        return None
    node, shape = fact.operands[0], fact.shapes[0]
    needed = "a block needs at least one axis" if not shape else "a block of a matrix has at most two axes"
    message = f"{needed}: {is_of(node, shape, case.source, 'this')}"
    return clash(rule, case, message, ((node, show(shape)),))


rule = Rule(
    code="SC207",
    name="blocks-differ",
    severity="error",
    finds="""
Finds arrays that are joined (`[a; x]`, `concatenate`, `vstack`, `hstack`) although their other dimensions differ.
""",
    why="""
Blocks on top of each other form a matrix only if they have the same number of columns, blocks side by side only if they
have the same number of rows.
""",
    fix="""
Transpose one of the blocks, or join along the other axis. In an LSTM, a (n_a×m) on top of x (n_x×m) gives
(n_a + n_x)×m.
""",
    bad="""
a: n_a x m
x: m x n_x
[a; x]
""",
    good="""
a: n_a x m
x: n_x x m
[a; x]
""",
    explain=_explain,
)
