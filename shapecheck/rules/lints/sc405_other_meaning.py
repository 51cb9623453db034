"""SC405: an operator that is read as in mathematics, but that many authors use for something else."""

from __future__ import annotations

from collections.abc import Iterator

from ...infer import Fact, meanings
from ...shapes.dims import Shape, prune, show
from ...syntax.nodes import Apply
from .._rule import Case, Finding, Rule
from .._wording import span_of, spelled


def _find(rule: Rule, case: Case) -> Iterator[Finding]:
    if case.is_read and case.checked.is_sure and case.section.statements.grace:
        for fact in case.checked.remarks or meanings(case.checked):
            said, note = _power(case, fact) if _is_power(fact) else _tensor(case, fact)
            yield Finding(rule.finding(said, span_of(fact.node), notes=(note,)))


def _is_power(fact: Fact) -> bool:
    return type(fact.node) is Apply and fact.node.op == "power"


def _power(case: Case, fact: Fact) -> tuple[str, str]:
    assert type(fact.node) is Apply
    base, exponent = fact.node.args
    matrix = spelled(base, case.source, "the matrix")
    said = f"{spelled(fact.node, case.source, 'this')} is a matrix power: {matrix} times itself"
    raised = exponent.text if not isinstance(exponent, Apply) else spelled(exponent, case.source, "2")
    return said, f"for the power of each entry, write `{matrix}.^{raised}`"


def _tensor(case: Case, fact: Fact) -> tuple[str, str]:
    text = spelled(fact.node, case.source, "this")
    whole = case.checked.shapes.get(id(fact.operands[0])) or ()
    if fact.words["reading"] == "kron":
        rows, columns = (_entries(shape) for shape in fact.shapes)
        said = f"{text} is the Kronecker product of two columns, which is a column: {show(whole)}"
        return said, f"for the outer product, {rows}×{columns}, write `u v.T`"
    if fact.words["reading"] == "outer":
        said = f"{text} is read as the outer product `u v.T`, the only reading with the expected shape, {show(whole)}"
        return said, "`⊗` is the Kronecker product; for two columns that is a longer column"
    said = f"{text} is read as elementwise, the only reading with the expected shape, {show(whole)}"
    return said, "`⊗` is the Kronecker product; for the elementwise product, write `⊙` or `*`"


def _entries(shape: Shape) -> str:
    return next((str(prune(dim)) for dim in shape if str(prune(dim)) != "1"), "1")


rule = Rule(
    code="SC405",
    name="other-meaning",
    severity="info",
    finds="""
Says how an operator is read that many authors use for something else: a power of a square matrix, and `⊗` between
columns. This is a remark, not an error.
""",
    why="""
In mathematics `W^2` is W times W, in code often the square of each entry. For a square matrix both have the same shape,
so a shape check cannot tell them apart. `u ⊗ v` of two columns is the Kronecker product, a column, but many authors
mean the outer product, a matrix.
""",
    fix="""
Write what you mean: `W W` or `W.^2`, `u v.T` or `kron(u, v)`.
""",
    bad="""
W: n x n
R = W^2
""",
    good="""
W: n x n
R = W W
""",
    find=_find,
)
