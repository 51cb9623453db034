"""How a `.formulas` text is cut into statements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.documents import documents
from shapecheck.documents.formulas import windows
from shapecheck.text import Source


def statements(text: str) -> list[str]:
    return [" ".join(passage.window.text.split()) for passage in windows(Source(text))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_comments_and_continuations(end: str) -> None:
    text = "# Layers\n\nZ = W x  # words (\ndW = np.dot(dZ, # left\n   A.T)\ns = a + \\\n b\nc = d"
    assert statements(text.replace("\n", end)) == ["Z = W x", "dW = np.dot(dZ, A.T)", "s = a + b", "c = d"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = (b\n\nc = d", ["a = (b", "c = d"]),
        ("a = (b\nc = d", ["a = (b", "c = d"]),
        ("a = (b\nW1, dW1: n x m", ["a = (b", "W1, dW1: n x m"]),
        ("a = (b\n@convention torch", ["a = (b", "@convention torch"]),
        ("a = (b\n# c\n+ d)", ["a = (b", "+ d)"]),
        ("a = (b\n\\frac{\\partial L}{\\partial W} = d", ["a = (b", "\\frac{\\partial L}{\\partial W} = d"]),
        ('a = (b\ngrads["W1"] = d', ["a = (b", 'grads["W1"] = d']),
        ("a = (b\ns[t-1] = d", ["a = (b", "s[t-1] = d"]),
        ("a = (b\n∂L/∂x̂ᵢ = d", ["a = (b", "∂L/∂x̂ᵢ = d"]),
        ("a = sum(b,\n  axis=1)", ["a = sum(b, axis=1)"]),
        ("a = [b;\nc]", ["a = [b; c]"]),
        ("  a = (b\n    c = d\n  e = f", ["a = (b c = d", "e = f"]),
        ("a = (b +\nc +\nd)", ["a = (b + c + d)"]),
        ("a = (b", ["a = (b"]),
        ("a = b \\", ["a = b"]),
        ("a \\\\\nb", ["a \\\\", "b"]),
    ],
)
def test_where_a_statement_ends(text: str, expected: list[str]) -> None:
    assert statements(text) == expected


def test_a_hash_in_a_string_begins_no_comment() -> None:
    assert statements("""a = grads["#"] + g['#'] - g'(z) # it's""") == ["""a = grads["#"] + g['#'] - g'(z)"""]


def test_pragmas_come_with_their_statement() -> None:
    source = Source("a = b  # expect: SC201, SC203\nc = (d # shapecheck: ignore[SC204]\n)\n# expect: SC102\n# words\n")
    found = [(" ".join(passage.window.text.split()), passage.pragma) for passage in windows(source)]
    assert [(text, pragma and (pragma.kind, pragma.codes)) for text, pragma in found] == [
        ("a = b", ("expect", ("SC201", "SC203"))),
        ("c = (d )", ("ignore", ("SC204",))),
        ("", ("expect", ("SC102",))),
    ]
    assert [source.slice(pragma.span) for _, pragma in found if pragma] == [
        "expect: SC201, SC203",
        "shapecheck: ignore[SC204]",
        "expect: SC102",
    ]


@given(st.text(alphabet="ab=:#()[]{}\\\"' \r\n\té@,", max_size=80))
def test_pieces_are_of_the_host_file(text: str) -> None:
    source = Source(text)
    end = 0
    for window in (passage.window for passage in windows(source)):
        for piece in window.pieces:
            assert piece.start >= end
            end = piece.start + len(piece.text)
            assert text[piece.start : end] == piece.text


@pytest.mark.parametrize("name", documents.names)
def test_every_document_format_takes_any_text(name: str) -> None:
    document = documents[name]
    assert document.name == name
    for text in ("", "\n", "# x", "(((", "\\", "\r\r", "a" * 3000 + "("):
        list(document.windows(Source(text)))
