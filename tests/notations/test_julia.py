"""Networks from scratch in Julia: nothing right is blamed, each mistake is found on its line and corrected in Julia."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck import derive
from shapecheck.check import check, check_cells
from shapecheck.diagnostic import Report
from shapecheck.notations import notations
from shapecheck.syntax.nodes import NOWHERE
from shapecheck.text import Piece, Source, Window

FOLDER = Path(__file__).parent / "julia"
MARK = "#!"


def programs(name: str) -> dict[str, str]:
    """The programs of a file by what they are of."""
    parts = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return {
        head: "\n".join(line[4:] for line in body.split("\n")) for head, _, body in (p.partition("\n") for p in parts)
    }


def checked(text: str) -> Report:
    return check(Source(text, "net.jl"))


RIGHT, WRONG = programs("right"), programs("wrong")


def test_there_are_twenty_of_each() -> None:
    assert min(len(RIGHT), len(WRONG)) >= 20


@pytest.mark.parametrize("head", RIGHT)
def test_right(head: str) -> None:
    report = checked(RIGHT[head])
    assert [(each.code, each.message) for each in report.diagnostics] == []


@pytest.mark.parametrize("head", WRONG)
def test_wrong(head: str) -> None:
    lines = WRONG[head].split("\n")
    (number,) = (at for at, line in enumerate(lines) if MARK in line)
    wrong, _, right = lines[number].partition(MARK)
    lines[number] = wrong.rstrip()
    text = "\n".join(lines)
    (found,) = checked(text).diagnostics
    first = text.count("\n", 0, found.span.start)
    assert first <= number <= first + 1
    if right.strip():
        edits = found.fixes[0].edits
        for edit in sorted(edits, reverse=True):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        assert text.split("\n")[number].strip() == right.strip()
        assert not checked(text).diagnostics


def test_axes_count_from_one_in_words() -> None:
    (found,) = checked(WRONG["No sum at all"].replace(MARK, "#")).diagnostics
    assert found.fixes[0].title.startswith("sum along axis 2")


PIECES = [
    *("function f(x)", "end", "if a", "else", "for i in 1:n", "W = zeros(n, m)", "n, m = size(X)", "σ.(Z)", "::Int"),
    *("A[", "]", "(", ")", "'", '"', "#=", "=#", "#", "@.", ".=", "x'y", "2x", ",", ";", ":", " ", "\n", "∂W", "\x00"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read(text: str) -> None:
    for each in notations["julia"].parse(Window((Piece(text, 3),), "julia")).statements:
        span = getattr(each, "span", NOWHERE)
        assert span is NOWHERE or 3 <= span.start <= span.end <= len(text) + 3


def test_a_branch_leaves_what_its_ways_agree_on() -> None:
    text = "A = zeros(2, 3)\nif c\n    A = zeros(2, 3)\n    B = ones(1, 4)\nelse\n    B = ones(1, 4)\nend\n"
    assert not checked(f"{text}C = A' * A\nD = B' * B").diagnostics
    assert [each.code for each in checked(f"{text}C = A * A\nD = B * B").diagnostics] == ["SC201", "SC201"]
    assert not checked(text.replace("A = zeros(2, 3)\n    B", "A = zeros(9, 9)\n    B") + "C = A * A").diagnostics


def test_a_function_has_names_of_its_own() -> None:
    text = "W = zeros(2, 3)\nfunction f(W)\n    return W * W\nend\nfunction g(x)\n    return W * W\nend\n"
    (found,) = checked(text).diagnostics
    assert text.count("\n", 0, found.span.start) == 5


FENCE = "Text.\n\n> ```julia\n> W = randn(3, 4)  # rows\n> X = randn(4, 5)\n> Z = X * W\n> ```\n"


def test_a_fence_in_a_quotation_is_read_and_corrected() -> None:
    (found,) = check(Source(FENCE, "notes.md")).diagnostics
    assert [FENCE[edit.span.start : edit.span.end] for edit in found.fixes[0].edits] == ["X * W"]


def test_the_cells_of_a_notebook_are_one_program() -> None:
    cells = ["X = randn(4, 20)", "W = randn(5, 4)\nZ = X * W"]
    data = {
        "cells": [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells],
        "metadata": {"kernelspec": {"language": "julia", "name": "julia-1.9"}},
        "nbformat": 4,
    }
    reports = check_cells(Source(json.dumps(data), "net.ipynb"))
    assert [(report.source.cell, each.code) for report in reports for each in report.diagnostics] == [(2, "SC201")]


def test_gradients_are_written_in_julia() -> None:
    forward = "Z1 = W1 * X .+ b1\nA1 = relu.(Z1)\nZ2 = W2 * A1 .+ b2\nA2 = sigmoid.(Z2)\nJ = sum((A2 .- Y).^2) / 2m"
    assert derive(forward, suffix=".jl", wrt=["W1", "b1", "W2"]) == [
        "dZ2 = (A2 .- Y) .* A2 .* (1 .- A2)",
        "dW2 = 1 ./ m * dZ2 * A1'",
        "dZ1 = W2' * dZ2 .* (Z1 .> 0)",
        "dW1 = 1 ./ m * dZ1 * X'",
        "db1 = 1 ./ m * sum(dZ1, dims=2)",
    ]
    assert derive("Z = W X\nJ = 1/2 sum((Z - Y)^2)", wrt=["W"], form="julia") == ["dZ = Z .- Y", "dW = dZ * X'"]
