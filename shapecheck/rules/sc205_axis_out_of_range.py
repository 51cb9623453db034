"""SC205: an axis that an array does not have."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..shapes.dims import show
from ._finding import clash
from ._rule import Case, Rule
from ._wording import counted, listed, named, spelled


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    array = fact.operands[0] if fact.operands else fact.node
    shape = fact.shapes[0] if fact.shapes else ()
    text = spelled(array, case.source, "the array")
    message = _message(case, fact, f"{text} is {named(shape)}", text)
    return clash(rule, case, message, ((array, show(shape)),), _hints(case, fact))


def _message(case: Case, fact: Fact, said: str, text: str) -> str:
    words, first = fact.clash.words, _first_axis(case)
    if fact.kind == "rank":
        return f"too few axes: {said}, but {_axes(words['needs'])} needed"
    axis = fact.clash.axes[0]
    if "length" in words:
        length = counted(words["length"], "entry")
        return f"axis {axis + first} of {text} cannot be dropped: {said}, with {length} along it"
    if words.get("repeated"):
        return f"axis {axis + first} is given twice"
    if "axes" in words:
        return f"the axes do not match: {said}, so each of its {words['rank']} axes must be given once"
    return f"there is no axis {axis + first if axis >= 0 else axis}: {said}"


def _hints(case: Case, fact: Fact) -> tuple[str, ...]:
    rank, first = fact.clash.words.get("rank"), _first_axis(case)
    if not rank or fact.clash.words.keys() != {"rank"}:
        return ()
    axes = [str(axis + first) for axis in range(rank)]
    return (f"axes are counted from {first}: it has {'axis' if rank == 1 else 'axes'} {listed(axes)}",)


def _first_axis(case: Case) -> int:
    return case.section.notation.first


def _axes(count: int) -> str:
    return "one is" if count == 1 else f"{count} are"


rule = Rule(
    code="SC205",
    name="axis-out-of-range",
    severity="error",
    finds="""
Finds axes that an array does not have, in reductions such as `sum`, transposes, slices and `squeeze`.
""",
    why="""
A matrix has two axes. numpy counts them from 0: axis 0 runs down the rows, axis 1 across the columns, and -1 is the
last one. MATLAB counts from 1.
""",
    fix="""
Give the axis to sum over. If columns are examples, the sum over the examples is `axis=1`.
""",
    bad="db1 = 1/m np.sum(dZ1, axis=2, keepdims=True)",
    good="db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)",
    explain=_explain,
)
