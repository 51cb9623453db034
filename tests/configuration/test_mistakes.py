"""A mistake in a file of settings is one line with its place, and with what may have been meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.configuration import ConfigurationError, Configurations
from shapecheck.configuration._lines import lines_of

MISTAKES = [
    ('conventoin = "torch"', "there is no setting tool.shapecheck.conventoin; did you mean convention?"),
    ("per_file_ignores = {}", "there is no setting tool.shapecheck.per_file_ignores; did you mean per-file-ignores?"),
    ("qqq = 1", "there is no setting tool.shapecheck.qqq; there are convention, "),
    ("convention = 3", "tool.shapecheck.convention is a text, not 3"),
    ('convention = "corsera"', "there is no convention 'corsera'; did you mean coursera?"),
    ('notation = "latx"', "there is no notation 'latx'; did you mean latex?"),
    ('format = "sarf"', "there is no format 'sarf'; did you mean sarif?"),
    ('strict = "yes"', "tool.shapecheck.strict is true or false, not 'yes'"),
    ("include-notes = 0", "tool.shapecheck.include-notes is true or false, not 0"),
    ('select = "SC201"', "tool.shapecheck.select is a list of codes such as [\"SC204\"], not 'SC201'"),
    ('select = ["SC2", "SC299"]', "no code begins with 'SC299'"),
    ('ignore = ["SC"]\nignore2 = 1', "there is no setting tool.shapecheck.ignore2; did you mean ignore?"),
    ("exclude = [1]", "tool.shapecheck.exclude is a list of texts, not [1]"),
    ('shapes = ["W"]', "'W' declares nothing; a shape is written"),
    ('per-file-ignores = ["SC204"]', "tool.shapecheck.per-file-ignores is a table of lists"),
    ('per-file-ignores = {"old/*.md" = ["SC9"]}', "no code begins with 'SC9'"),
    ("conventions = 3", "tool.shapecheck.conventions is a table of tables"),
    ('conventions = {mine = {"W[l]" = 3}}', "W[l] cannot have the shape 3; a convention says"),
    ('conventions = {mine = {"W[l]" = "n[l] x ("}}', "W[l] cannot have the shape 'n[l] x ('; a convention says"),
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
        (b"# shapecheck\nx = " + b"[" * 10_000, "pyproject.toml:1: brackets stand in each other too deep"),
    ],
)
def test_what_is_no_settings_file(folder: Path, data: bytes, expected: str) -> None:
    (folder / "pyproject.toml").write_bytes(data)
    assert complaint().startswith(expected)


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
