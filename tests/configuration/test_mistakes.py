"""A mistake in a file of settings is one line with its place, and with what may have been meant."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.configuration import ConfigurationError, Configurations
from shapecheck.configuration._lines import lines_of

MISTAKES = [
    ('conventoin = "torch"', "unknown setting tool.shapecheck.conventoin; did you mean convention?"),
    ("per_file_ignores = {}", "unknown setting tool.shapecheck.per_file_ignores; did you mean per-file-ignores?"),
    ("qqq = 1", "unknown setting tool.shapecheck.qqq; choose from convention, "),
    ("convention = 3", "tool.shapecheck.convention must be a string, not 3"),
    ('convention = "corsera"', "unknown convention 'corsera'; did you mean coursera?"),
    ('notation = "latx"', "unknown notation 'latx'; did you mean latex?"),
    ('format = "sarf"', "unknown format 'sarf'; did you mean sarif?"),
    ('strict = "yes"', "tool.shapecheck.strict must be true or false, not 'yes'"),
    ("include-notes = 0", "tool.shapecheck.include-notes must be true or false, not 0"),
    ('select = "SC201"', "tool.shapecheck.select must be a list of codes such as [\"SC204\"], not 'SC201'"),
    ('select = ["SC2", "SC299"]', "no code starts with 'SC299'"),
    ('ignore = ["SC"]\nignore2 = 1', "unknown setting tool.shapecheck.ignore2; did you mean ignore?"),
    ("exclude = [1]", "tool.shapecheck.exclude must be a list of strings, not [1]"),
    ('shapes = ["W"]', "'W' declares nothing; write a shape"),
    ('per-file-ignores = ["SC204"]', "tool.shapecheck.per-file-ignores must be a table of lists"),
    ('per-file-ignores = {"old/*.md" = ["SC9"]}', "no code starts with 'SC9'"),
    ('per-file-ignores = {"x.md" = "SC2"}', "tool.shapecheck.per-file-ignores must be a table of lists such as"),
    ('ignore = ["sc201"]', "no code starts with 'sc201'; did you mean SC201?"),
    ('ignore = [" inner-dimensions-differ"]', "no code starts with ' inner-dimensions-differ'; did you mean SC201?"),
    ('ignore = ["SC201, SC202"]', "no code starts with 'SC201, SC202'; write each code as a separate string"),
    ('ignore = ["E501"]', "no code starts with 'E501'; `shapecheck rule` lists them"),
    ('"a\\nb" = 3', 'unknown setting tool.shapecheck."a b"; choose from '),
    ('"sh\\u0061pe" = []', "unknown setting tool.shapecheck.shape; did you mean shapes?"),
    ('conventions = {none = {X = "n x m"}}', "none is reserved; give the convention another name"),
    (
        'conventions = {o = {extends = "corsera"}}',
        "there is no other convention 'corsera' to extend; did you mean coursera?",
    ),
    ('conventions = {o = {extends = "o"}}', "there is no other convention 'o' to extend; choose from batch-first, "),
    (f'convention = ["{"x" * 5000}"]', f"tool.shapecheck.convention must be a string, not ['{'x' * 78}..."),
    ("conventions = 3", "tool.shapecheck.conventions must be a table of tables"),
    ('conventions = {mine = {"W[l]" = 3}}', "W[l] cannot have the shape 3; write it as"),
    ('conventions = {mine = {"W[l]" = "n[l] x ("}}', "W[l] cannot have the shape 'n[l] x ('; write it as"),
]


def settings_file(folder: Path, text: str, name: str = "pyproject.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaint() -> str:
    with pytest.raises(ConfigurationError) as caught:
        Configurations().of_folder()
    return str(caught.value)


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_each_mistake_is_one_line_with_its_place(folder: Path, text: str, expected: str) -> None:
    before = '[project]\nname = "x" # [tool.shapecheck]\ntext = """\nstrict = 3\n"""\n\n[tool.shapecheck]\n'
    settings_file(folder, before + text + "\n")
    line = 8 + text.count("\n")
    assert complaint().startswith(f"pyproject.toml:{line}: {expected}")
    assert "\n" not in complaint()


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_a_file_of_its_own_has_no_table_around_them(folder: Path, text: str, expected: str) -> None:
    settings_file(folder, f"# settings\n{text}\n", "shapecheck.toml")
    assert complaint().startswith(
        f"shapecheck.toml:{2 + text.count(chr(10))}: {expected.replace('tool.shapecheck.', '')}"
    )


def test_several_mistakes_are_several_lines(folder: Path) -> None:
    settings_file(folder, '[tool.shapecheck]\nstrict = 1\n\n[tool.shapecheck.conventions.mine]\nX = "n x"\n')
    first, second = complaint().splitlines()
    assert first.startswith("pyproject.toml:2: ")
    assert second.startswith("pyproject.toml:5: X cannot have the shape 'n x'")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"[tool.shapecheck]\nstrict = tru\n", "pyproject.toml:2: this is not TOML: "),
        (b"[tool.shapecheck\n", "pyproject.toml:1: this is not TOML: "),
        (b"[tool.shapecheck]\n# \xff\n", "pyproject.toml:2: this is not UTF-8"),
        (b"[tool]\nshapecheck = 1\n", "pyproject.toml:2: tool.shapecheck is not a table"),
        (b"tool.shapecheck.x = " + b"[" * 10_000, "pyproject.toml:1: brackets are nested too deeply"),
    ],
)
def test_what_is_no_settings_file(folder: Path, data: bytes, expected: str) -> None:
    (folder / "pyproject.toml").write_bytes(data)
    assert complaint().startswith(expected)


SPELLINGS = [
    "tool.shapecheck.strict = 3\n",
    "[tool]\nshapecheck.strict = 3\n",
    "[tool]\nshapecheck = {strict = 3}\n",
    '["tool"."shapecheck"]\n"strict" = 3\n',
    "\ufeff[tool.shapecheck]\nstrict = 3\n",
    "[tool.shapecheck]\r\nstrict = 3\r\n",
    "[ tool . 'shapecheck' ] # [x]\nstrict = 3\n",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_table_may_be_spelled_in_many_ways(folder: Path, text: str) -> None:
    settings_file(folder, text)
    line = text.count("\n")
    assert complaint() == f"pyproject.toml:{line}: tool.shapecheck.strict must be true or false, not 3"


def test_in_a_file_of_its_own_no_table_stands_around_the_settings(folder: Path) -> None:
    settings_file(folder, "# x\n[tool.shapecheck]\nstrict = true\n", "shapecheck.toml")
    assert complaint() == (
        "shapecheck.toml:2: unknown setting tool; in shapecheck.toml write the settings without [tool.shapecheck]"
    )


def test_the_place_of_a_table_is_that_of_its_first_key(folder: Path) -> None:
    settings_file(folder, 'strict = true\n\n[conventions.a]\nX = "n x m"\n', "shapecheck.toml")
    table = Configurations().of_folder().table
    assert table is not None
    assert table.at("conventions") == "shapecheck.toml:3"
    assert table.at("conventions", "a", "X") == "shapecheck.toml:4"


def test_what_is_no_file_is_said(folder: Path) -> None:
    (folder / "shapecheck.toml").mkdir()
    assert complaint() == "shapecheck.toml:1: this is not a readable file"
    (folder / "shapecheck.toml").rmdir()
    (folder / "shapecheck.toml").symlink_to("shapecheck.toml")
    assert complaint().startswith("shapecheck.toml:1: cannot be read: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "shapecheck.toml")
    assert complaint() == "shapecheck.toml:1: this is not a readable file"


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings_file(folder, "strict = true", "shapecheck.toml")

    def refuse(path: str, mode: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("builtins.open", refuse)
    assert complaint() == "shapecheck.toml:1: cannot be read: Permission denied"


KEYS = st.sampled_from(["a", "b-c", '"d e"', "'f'", "g.h"])
VALUES = st.sampled_from(
    ["1", '"x = [ # "', "[1, 2]", "[\n  1, # ]\n  2,\n]", '"""\n[t]\na = 1\n"""', "{k = 1}", "'''\n]'''"]
)


@given(st.lists(st.tuples(KEYS, VALUES), min_size=1, max_size=5, unique_by=lambda item: item[0]))
def test_lines_are_found_in_any_text(assigned: list[tuple[str, str]]) -> None:
    text, expected = "[one.two] # x\n", {}
    for key, value in assigned:
        whole = ("one", "two", *(part.strip("\"'") for part in re.split(r"\.", key)))
        expected[whole] = text.count("\n") + 1
        text += f"{key} = {value} # end\n"
    text += "[[last]]\n"
    assert lines_of(text) == {("one", "two"): 1, **expected, ("last",): text.count("\n")}
