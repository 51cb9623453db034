"""Read a line: `read` gives its declaration, directive or equations, and what could not be read.

line        = directive | declaration | equation (("," | ";") equation)*
directive   = "@" word rest
declaration = name ("," name)* ":" shape
equation    = member (relation member)*
relation    = "=" | ":=" | "←" | "+=" | "-=" | "*=" | "/=" | "==" | "≈" | "≡" | "&="          "==" compares in MATLAB
"""

from __future__ import annotations

import re

from ..shapes.dims import DIGITS
from ..symbols import EVERYTHING, NONE_DECLARED, Declared
from ..syntax.nodes import NO_PARAMS, Apply, Declaration, Directive, Equation, Name, Node, Program, Trouble
from ..text import Window
from ._dims import is_lone, parse_shape
from ._notation import Parse
from ._pratt import TREE_DEPTH, Grammar, LimitMet, Parser
from ._prose import without_prose
from ._signs import COMPARE, POSTFIX, SUM

LENGTH = 20_000
"""The longest formula that is parsed: nothing written by hand comes near it."""
_DIRECTIVE = re.compile(r"\s*@\s*([A-Za-z][\w-]*)?[ \t]*([^#\n]*)")
_NAMED = ("derivative", "superscript", "prime", "slice", "transpose", "call")


def parsing(grammar: Grammar) -> Parse:
    """What parses a window by a grammar; it never raises."""
    return lambda window, declared=NONE_DECLARED: read(window, grammar, declared)


def read(window: Window, grammar: Grammar, declared: Declared) -> Program:
    """The statements of a line and its troubles; never raises."""
    if len(window.text) > LENGTH:
        return _limited(window, f"a formula longer than {LENGTH:,} characters")
    try:
        return _read(window, grammar, declared)
    except LimitMet as limit:
        return _limited(window, limit.what)
    except RecursionError:
        return _limited(window, f"a formula nested deeper than {TREE_DEPTH}")


def _limited(window: Window, what: str) -> Program:
    return Program([], [Trouble("SC104", window.host(0, len(window.text)), {"what": what})])


def _read(window: Window, grammar: Grammar, declared: Declared) -> Program:
    text = window.text
    if text.lstrip()[:1] == "@":
        return _directive(window)
    parser = Parser(window, grammar, declared)
    if len(text) > DIGITS and re.search(rf"[0-9.]{{{DIGITS + 1}}}", parser.text):
        raise LimitMet(f"a number of more than {DIGITS:,} digits")
    if ":" in text and (colon := _colon(parser)) is not None:
        return _declaration(parser, colon)
    (grammar.tidy or without_prose)(parser)
    program = Program(troubles=parser.troubles)
    while parser.kind != "end":
        program.statements.append(_equation(parser))
        _separated(parser)
    # A token may hold a sign many times over, such as Aᵀᵀᵀ: no tree is deeper than its text is long.
    if len(text) > TREE_DEPTH:
        _check_depth(program)
    return program


def _directive(window: Window) -> Program:
    match = _DIRECTIVE.match(window.text)
    span = window.host(0, len(window.text))
    if match is None or not match[1]:
        return Program([], [Trouble("SC113", span, {"what": "a directive is written as @ and a word"})])
    return Program([Directive(match[1], match[2].strip(), span)])


def _colon(parser: Parser) -> int | None:
    """The token that parts names from a shape: a colon outside of brackets, with no relation on either side."""
    depth, found = 0, None
    for at, (kind, _, _, _, _) in enumerate(parser.tokens):
        depth += (kind in ("(", "[", "{")) - (kind in (")", "]", "}"))
        if depth == 0 and kind == ":" and found is None:
            found = at
        elif depth == 0 and kind == "=":
            if found is not None:
                parser.at = found + 1
            return None
        elif kind == "#":
            break
    return found


def _declaration(parser: Parser, colon: int) -> Program:
    tokens = parser.tokens
    end = next((token[2] for token in tokens if token[0] == "#"), len(parser.source))
    begin = tokens[colon][3]
    parser.lex(parser.text[: tokens[colon][2]], EVERYTHING)
    names = _names(parser)
    span = parser.window.host(tokens[0][2], max(end, begin))
    program = Program(troubles=parser.troubles)
    lead = len(parser.source[begin:end]) - len(parser.source[begin:end].lstrip())
    told = parser.source[begin:end].strip()
    shape = parse_shape(told, parser.window.host(begin + lead, end).start)
    if isinstance(shape, Trouble):
        program.troubles.append(shape)
    elif not program.troubles:
        program.statements.append(Declaration(names, shape, span, is_lone(told)))
    return program


def _names(parser: Parser) -> tuple[Node, ...]:
    names: list[Node] = []
    while True:
        at = parser.at
        node = _compound(parser) or parser.expression(POSTFIX)
        if type(node) is Apply and node.op not in _NAMED:
            parser.at = at
            parser.unexpected("a name")
            break
        names.append(node)
        if not parser.accept(","):
            break
    if parser.kind != "end":
        parser.unexpected("a colon")
    return tuple(names)


def _compound(parser: Parser) -> Name | None:
    """`δ o_t` and `\\Delta\\theta`, each one name of two words."""
    first = parser.tokens[parser.at]
    if first[1] not in ("δ", "Δ") or parser.tokens[parser.at + 1][0] != "name":
        return None
    parser.at += 1
    node = parser.expression(POSTFIX)
    if type(node) is not Name:
        return None
    text = parser.source[first[2] : parser.tokens[parser.at - 1][3]]
    return Name(text, f"{first[1]}{node.base}", node.indices, parser.span(first[2]))


def _equation(parser: Parser) -> Equation:
    """One equation, a chain, or an expression alone; one that begins with its relation goes on from the line above."""
    start, members, sign = parser.tokens[parser.at][2], [], ""
    relations = ("=",) if parser.grammar.matlab else ("=", "==")
    if parser.kind not in relations:
        members.append(_member(parser))
    while parser.kind in relations:
        _, _, begin, end, _ = parser.tokens[parser.at]
        sign = sign or parser.source[begin:end]
        parser.at += 1
        members.append(_member(parser))
    return Equation(tuple(members), sign, parser.span(start))


def _member(parser: Parser) -> Node:
    start = parser.tokens[parser.at][2]
    node = parser.expression(SUM)
    if parser.kind == "compare" or (parser.kind == "==" and parser.grammar.matlab):
        node = parser.expression(COMPARE, node, start)
    if parser.kind == "," and _assigned_next(parser):
        items = [node]
        while parser.accept(","):
            items.append(parser.expression(SUM))
        return Apply("tuple", tuple(items), NO_PARAMS, parser.span(start))
    return node


def _assigned_next(parser: Parser) -> bool:
    """Whether the commas ahead part the names that one relation assigns: `a, b = f(x)`."""
    if any(kind == "=" for kind, *_ in parser.tokens[: parser.at]):
        return False
    kinds = [kind for kind, *_ in parser.tokens[parser.at :]]
    return "=" in kinds and all(kind in ("name", ",", "sup", "sub") for kind in kinds[: kinds.index("=")])


def _separated(parser: Parser) -> None:
    """Step over what parts two equations; what else stands there is reported, and left out."""
    if parser.kind in (",", ";"):
        comma = parser.kind == ","
        if comma and not any(kind == "=" for kind, *_ in parser.tokens[parser.at :]):
            parser.unexpected("an equation")
            parser.at = len(parser.tokens) - 1
        while parser.accept(",") or parser.accept(";"):
            pass
    elif parser.kind != "end":
        parser.unexpected("an operator or the end")
        while parser.kind not in ("end", ";"):
            parser.at += 1


def _check_depth(program: Program) -> None:
    """Stop at a tree too deep for what recurs over it, as of `A.T.T.T…`."""
    for statement in program.statements:
        level: list[Node] = list(statement.members) if isinstance(statement, Equation) else []
        depth = 0
        while level := [inner for node in level if type(node) is Apply for inner in node.args]:
            depth += 1
            if depth == TREE_DEPTH:
                raise LimitMet(f"a formula nested deeper than {TREE_DEPTH}")
