"""SC217: a vector whose orientation contradicts the other formulas of its document."""

from __future__ import annotations

from ..diagnostic import Diagnostic, Label
from ..infer.facts import Fact
from ._rule import Case, Rule
from ._wording import quoted, span_of, spelled

OTHER = {"row": "column", "column": "row"}


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    texts = [spelled(node, case.source, "this") for node in fact.operands]
    message, words = _told(fact, texts)
    labels = [Label(span_of(node), word) for node, word in zip(fact.operands, words, strict=False) if word]
    if fact.words["seen"] is not None:
        node, side = fact.words["seen"]
        labels.append(Label(fact.words["span"], f"here {spelled(node, case.source, 'it')} is a {side}"))
    witness = fact.words["witness"]
    told = quoted(witness, "")
    such = f", such as {told}," if told else ""
    note = f"all other formulas of this document{such} agree on which vectors are columns and which are rows"
    return rule.finding(message, span_of(*fact.operands), labels, (note,) if witness else ())


def _told(fact: Fact, texts: list[str]) -> tuple[str, tuple[str, ...]]:
    """The message, and the words for what it is about."""
    side, kind = fact.words["side"], fact.words["kind"]
    if kind == "matrix":
        there = "left" if side == "row" else "right"
        message = (
            f"only a {side} can stand {there} of a matrix, but {texts[0]} is a {OTHER[side]} in the other formulas"
        )
        return message, (f"a {OTHER[side]}", "a matrix")
    if kind == "value":
        return f"{texts[0]} is a single number, where a matrix is needed", ("a row times a column",)
    if kind == "vectors":
        what = f"{side}s" if side else "columns, or both rows"
        message = f"{texts[0]} and {texts[1]} are both {what}, which have no product"
        return message, (f"a {side}", f"a {side}") if side else ("", "")
    if side is None:
        return f"{texts[0]} and {texts[1]} differ in orientation: one is a row, the other a column", ("", "")
    message = f"{texts[0]} is a {side}, but {texts[1]} is a {OTHER[side]}"
    return message, (f"a {side}", f"a {OTHER[side]}")


rule = Rule(
    code="SC217",
    name="vector-turned",
    severity="error",
    finds="""
Finds vectors whose orientation contradicts all other formulas of a document: a column left of a matrix, a row right of
one, two columns that are multiplied, or the inner product of two vectors where a matrix is needed. Where no sizes are
stated, small letters that are transposed or stand behind a matrix are taken for vectors, capitals for matrices.
""",
    why="""
If `W x` is the product of a matrix and a column, `x W` does not exist: only a row can stand left of a matrix. Two
columns have an outer product `x y.T`, which is a matrix, and an inner product `x.T y`, which is a number, but no
product `x y`.
""",
    fix="""
Swap the factors, or transpose one of the vectors. The gradient of a weight in `z = W x` is a column times a row,
`dz x.T`, that of the input is `W.T dz`.
""",
    bad="",
    good="",
    explain=_explain,
)
