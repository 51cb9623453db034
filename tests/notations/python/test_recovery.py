"""Whatever the text, the notation reads what it can, says what it cannot, and raises nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.notations import notations
from shapecheck.syntax.nodes import NOWHERE, Apply, Equation, Name, Number, Program, walk
from shapecheck.text import Piece, Window

from .code import MODULE

SYNTAX = """
async def f(x, *args, y: int = 3, **kw):
    global W, b
    async for a, (b, *c) in x: await y(a)
    async with open(x) as (p, q): yield p
    return [i @ j for i in x], {k: v for k, v in y}, {1, 2}, (yield)
@decorated(3)
class A(B, metaclass=C):
    W: np.ndarray = np.zeros(3)
    x: int
    def m(): return super().m(**kw)
    @staticmethod
    def s(a, /, b, *, c=1j): return lambda z: z @ z
    @property
    def p(self): return self.q[...]
match x:
    case [a, *b] if a > 1: y = a
    case {"k": v, **r}: y = v
    case A(x=1) | None: y = 2
    case _: y = 3
while (n := f(x)) > 1:
    x[1:2, ..., None] += 1; del x, y[0], z.w
    if x: continue
    else: break
else:
    pass
try: x = 1
except* ValueError as e: x = 2
finally: x = 3
a, *b = c; (d, [e, f]) = g, (h, 1); [i] = j
x = y = z[a][b].c(d)(e).f
x = f"{a!r:>{w}}" "" if a and not b or c in d else -~+a ** -b
x @= y; x **= 2; x //= 3; x %= 4; x >>= 5; x |= 6
x = a < b < c is not None; x = 10**6, 0xff, 1_000.5, 1e400, True, ..., None
type(x)(*y, **z); print(a @ b, end=""); np.add(a, b, out=c); x.append(a); f().append(b @ c)
x = {**a, "b": c, d: e, "W" + str(l): f, f"W{l}": g, "W%d" % l: h}
assert x.shape == (a, b) and y.shape == x.shape == (3,), "no"
W, b = W - dW, b - db; a, b = b, a
for i, (x, y) in enumerate(zip(a, b)): z = x @ y
from a import *; import numpy.linalg as la, numpy as xp; y = xp.dot(a, la.inv(b))
"""


def parse(text: str) -> Program:
    return notations["python"].parse(Window((Piece(text, 0),), "python"))


def check(text: str) -> Program:
    """The program, all of whose spans are within the text."""
    program = parse(text)
    spans = [found.span for found in (*program.statements, *program.troubles)]
    equations = [each for each in program.statements if isinstance(each, Equation)]
    spans += [node.span for each in equations for member in each.members for node in walk(member)]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    return program


def test_all_of_the_syntax() -> None:
    assert check(SYNTAX.replace("except*", "except")).troubles == []


def mutated(text: str, seed: int) -> str:
    choice = random.Random(seed)
    pieces = [
        "(",
        ")",
        "[",
        "]",
        ":",
        ",",
        ".T",
        " @ ",
        "\n",
        "    ",
        "'",
        '"',
        "*",
        "=",
        "**",
        "self",
        "é",
        "\\",
        "#",
        "\t",
        "\r",
    ]
    for _ in range(choice.randint(1, 5)):
        start = choice.randrange(len(text))
        end = min(start + choice.choice((0, 0, 1, 3, 40)), len(text))
        text = text[:start] + choice.choice([*pieces, "", text[end : end + 30]]) + text[end:]
    return text


@pytest.mark.parametrize("seed", range(300))
def test_mutations_never_raise(seed: int) -> None:
    check(mutated(MODULE + SYNTAX, seed))


@pytest.mark.parametrize("seed", range(200))
def test_lines_in_another_order_never_raise(seed: int) -> None:
    choice = random.Random(seed)
    lines = [line.strip() for line in MODULE.split("\n") if line and line.strip()[-1:] not in ":(,"]
    check("\n".join(choice.choices(lines, k=30)))


@given(st.text())
def test_nothing_raises(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("print 'hello'", "SC103"),
        ("x = = y", "SC103"),
        ("a\x00b", "SC103"),
        ("x = '\ud800'\n(", "SC103"),
        ("x = " + "(" * 500 + ")" * 500, "SC104"),
        ("x = " + "-" * 5000 + "y", "SC104"),
        ("x = " + "a.T @ " * 1000 + "b", "SC104"),
        ("x = a" + ".T" * 3000, "SC104"),
        ("x = " + "[" * 150 + "]" * 150 + ".T" * 60, "SC104"),
        ("x = " + "1" * 5000, "SC103"),
        ("if a: x = b\n" + "elif a: x = b\n" * 300, ""),
        ("".join(f"{' ' * depth}if a:\n" for depth in range(90)) + " " * 90 + "x = a @ b", "SC104"),
    ],
)
def test_limits(text: str, code: str) -> None:
    assert [trouble.code for trouble in parse(text).troubles][:1] == ([code] if code else [])


def test_one_deep_statement_leaves_the_others() -> None:
    program = parse("x = " + "a.T @ " * 300 + "b\ny = a @ b")
    assert len(program.troubles) == 1
    assert len(program.statements) == 1


def test_following_has_an_end() -> None:
    code = "".join(f"def f{n}(x):\n    return f{n + 1}(x) @ f{n + 1}(x) @ f{n + 2}(x)\n" for n in range(40))
    assert len(parse(code).statements) < 60_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%matplotlib inline\ny = a @ b", "y = a @ b"),
        ("!pip install x\ny = a @ b", "y = a @ b"),
        ("%%time\ny = a @ b", "y = a @ b"),
        ("if x:\n    %time f()\ny = a @ b", "y = a @ b"),
        ("files = !ls\ny = a @ b\nnp.dot?", "y = a @ b"),
        ("    y = a @ b\n    z = 1", "y = a @ b"),
        ("\ty = a @ b", "y = a @ b"),
        ("é = 'ü' ; ŷ = é @ b  # ö", "ŷ = é @ b"),
        ("y = (a  # ( [\n   @\n   b)", "y = (a  # ( [\n   @\n   b)"),
        ("x = 1\r\ny = a @ b\r\n", "y = a @ b"),
        ("x = 1\ry = a @ b", "y = a @ b"),
        ("x = '''é\n''' ; y = a @ b", "y = a @ b"),
        ("x = 1 \\\n + 2\ny = a @ b", "y = a @ b"),
        ("\x0cy = a @ b", "y = a @ b"),
    ],
)
def test_places(text: str, expected: str) -> None:
    program = parse(text)
    assert program.troubles == []
    equations = [each for each in program.statements if isinstance(each, Equation) and each.span != NOWHERE]
    found = next(each for each in equations if isinstance(each.members[-1], Apply) and each.members[-1].op == "matmul")
    assert text[slice(*found.span)] == expected
    for node in walk(found.members[-1]):
        if isinstance(node, Name | Number):
            assert text[slice(*node.span)] == node.text


def test_cells_of_other_languages_say_nothing() -> None:
    assert parse("%%bash\nls | grep x") == Program()


def test_a_window_of_several_pieces() -> None:
    text = "> y = (a @\n>    b.T)\n"
    program = parse_pieces(Piece("y = (a @\n", 2), Piece("   b.T)\n", 13))
    (equation,) = program.statements
    assert isinstance(equation, Equation)
    assert [text[slice(*node.span)] for node in walk(equation.members[-1])] == ["a @\n>    b.T", "a", "b.T", "b"]


def parse_pieces(*pieces: Piece) -> Program:
    return notations["python"].parse(Window(pieces, "python"))
