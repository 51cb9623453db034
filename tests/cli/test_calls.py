"""What the words of a call mean, and what it prints."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shapecheck.cli._dispatch import commands
from shapecheck.cli._targets import formula_in
from shapecheck.formats import formats

from .conftest import Run

OK = "ok: dZ is n1×m  (coursera: columns are examples)\nchecked 1 formula: all right\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def notes(folder: Path) -> Path:
    path = folder / "notes.formulas"
    path.write_bytes(b"Z = A B\r\ndZ1 = dZ2 W2.T  # wrong\r\nq = ?\r\n")
    return path


@pytest.mark.parametrize(
    "words",
    [
        ["dZ = A B"],
        ["dZ", "=", "-A", "B"],
        ["check", "dZ = A B"],
        ["dZ = A B", "--color", "never"],
        ["-s", "A: 1x4", "dZ = A B"],
        ["-s", "A: 1x4", "dZ", "=", "-A", "B"],
        ["--color=never", "check", "dZ = A B"],
        ["--", "dZ = A B"],
    ],
)
def test_a_formula_in_any_words(run: Run, words: list[str]) -> None:
    assert run(*words) == (0, OK, "")


def test_a_formula_may_begin_with_a_minus(run: Run) -> None:
    assert run("-A B").out.startswith("ok: -A B is n1×m")
    assert run("-A", "B").out.startswith("ok: -A B is n1×m")


def test_a_wrong_formula(run: Run) -> None:
    status, out, err = run("dZ1 = dZ2 W2.T")
    assert (status, err) == (1, "")
    assert out.startswith("error[SC201]: inner dimensions differ\n  --> <formula>:1:7\n")
    assert out.endswith("checked 1 formula: 1 error\n")


def test_a_path_is_a_file(run: Run, notes: Path) -> None:
    for words in (["notes.formulas"], ["."], ["check", "."], ["check", "notes.formulas", "./notes.formulas"]):
        status, out, _ = run(*words)
        assert status == 1
        assert "--> notes.formulas:2:7" in out
        assert out.endswith("checked 3 formulas: 1 error, 1 not understood\n")


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a = dZ2 W2.T")))
    status, out, _ = run("-")
    assert (status, "--> <stdin>:1:5" in out) == (1, True)


def test_standard_input_is_corrected_to_standard_output(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a = dZ2 W2.T\r\n")))
    status, out, err = run("--fix", "-")
    assert (status, out) == (0, "a = W2.T dZ2\r\n")
    assert err == "fixed 1 finding\nchecked 1 formula: all right\n"


def test_a_formula_is_corrected_on_standard_output(run: Run) -> None:
    status, out, err = run("dZ = dZ2 W2.T", "--fix")
    assert (status, out, err) == (0, "dZ = W2.T dZ2\n" + OK, "fixed 1 finding\n")
    assert run("dZ = dZ2 W2.T", "--fix", "-q") == (0, "dZ = W2.T dZ2\n", "")
    json.loads(run("dZ = dZ2 W2.T", "--fix", "--format", "json").out)


def test_files_are_corrected_in_place(run: Run, notes: Path) -> None:
    before = notes.read_bytes()
    status, out, _ = run("notes.formulas", "--diff")
    assert (status, notes.read_bytes()) == (1, before)
    assert "-dZ1 = dZ2 W2.T  # wrong\r\n+dZ1 = W2.T dZ2  # wrong\r\n" in out
    status, out, err = run("notes.formulas", "--fix")
    assert (status, err) == (0, "fixed 1 finding\n")
    assert notes.read_bytes() == before.replace(b"dZ2 W2.T", b"W2.T dZ2")


def test_standard_input_under_a_name(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "shapecheck.toml").write_text('ignore = ["SC201"]\n')
    text = b"# dZ2 W2.T\n\n$a = dZ2 W2.T$\n"
    for name, status in (("x.md", 1), ("a/x.md", 0)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        outcome = run("check", "-", "--stdin-filename", name)
        assert outcome.status == status
        assert ("--> x.md:3:6" in outcome.out) == (status == 1)


def test_statistics_and_a_status_of_zero(run: Run, notes: Path) -> None:
    status, out, _ = run("check", "notes.formulas", "--statistics", "--exit-zero")
    assert status == 0
    assert out == (
        "1  SC201  inner-dimensions-differ  (1 fixable with --fix)\nchecked 3 formulas: 1 error, 1 not understood\n"
    )


def test_what_is_excluded(run: Run, notes: Path, folder: Path) -> None:
    assert "checked 0 formulas" in run("check", ".", "--exclude", "*.formulas").out
    assert "checked 3 formulas" in run("check", "notes.formulas", "--exclude", "*.formulas").out
    words = ("check", str(notes), "notes.formulas", "--extend-exclude", "notes.*", "--force-exclude")
    assert "checked 0 formulas" in run(*words).out


def test_several_reports_at_once(run: Run, notes: Path, folder: Path) -> None:
    status, out, _ = run("check", "notes.formulas", "--report", "json:out.json", "--report=concise:out.txt")
    assert (status, out.startswith("error[SC201]")) == (1, True)
    assert json.loads((folder / "out.json").read_text())["summary"]["errors"] == 1
    assert (folder / "out.txt").read_text().startswith("notes.formulas:2:7: error[SC201]")


@pytest.mark.parametrize("word", ["sarif", "sarif:", ":out", "docx:out"])
def test_a_report_needs_a_format_and_a_file(run: Run, notes: Path, word: str) -> None:
    status, out, err = run("check", "notes.formulas", "--report", word)
    assert (status, out) == (2, "")
    assert "as in sarif:out.sarif" in err


def test_formats_and_output_file(run: Run, notes: Path, folder: Path) -> None:
    assert run("notes.formulas", "--format", "concise", "-q").out.startswith("notes.formulas:2:7: error[SC201]")
    assert json.loads(run("notes.formulas", "--format=json").out)["summary"]["formulas"] == 3
    status, out, _ = run("notes.formulas", "-o", "report.txt")
    assert (status, out) == (1, "")
    assert "n1×n2" in (folder / "report.txt").read_text("utf-8")
    assert "not understood: notes.formulas:3:1: q = ?" in run("notes.formulas", "-v").out


def test_select_ignore_and_strict(run: Run, notes: Path) -> None:
    assert run("notes.formulas", "--ignore", "SC2").status == 0
    assert run("notes.formulas", "--select", "SC1,SC3").status == 0
    assert run("notes.formulas", "--select", "sc201").status == 1
    assert run("q = ?").status == 0
    assert run("q = ?", "--strict").status == 1


def test_an_unreadable_file_is_a_finding_and_others_are_checked(run: Run, notes: Path, folder: Path) -> None:
    (folder / "bad.formulas").write_bytes(b"\xff\0")
    status, out, _ = run(".")
    assert status == 1
    assert "error[SC001]" in out
    assert "error[SC201]" in out


@pytest.mark.parametrize(
    "words",
    [
        ["--nope"],
        ["A B", "--fromat", "json"],
        ["A B", "--format", "yaml"],
        ["A B", "--format"],
        ["A B", "--convention", "nobody"],
        ["A B", "--notation", "morse"],
        ["A B", "--color", "red"],
        ["A B", "-s", "W"],
        ["A B", "-s", ": 3"],
        ["A B", "-s", "A: 3 x 4", "-s", "A, B: 4 x 3"],
        ["A B", "--select", "E501"],
        ["A B", "-o", "no/such/folder/x"],
        ["missing.formulas"],
        ["network.formula"],
        ["notes.mdx", "other.formulas"],
        ["./lectures"],
        ["lectures/"],
        ["../x"],
        ["lectures/first"],
        ["check", "notes.md"],
        ["check", "a = b", "notes.mdx"],
        [""],
        [" "],
        ["check", ""],
        ["why", "does", "this", "fail?"],
        ["A B", "--select", "foo"],
        ["A B", "--select", "SC9"],
        ["A B", "--ignore", "SC1,SC299"],
        ["A B", "-j", "two"],
        ["check"],
        ["check", "x", "-j", "0"],
        ["check", "x", "-j", "many"],
        ["rule", "SC999"],
        ["rule", "SC201", "SC202"],
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(run: Run, folder: Path, words: list[str]) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.startswith("shapecheck: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_missing_file_is_named_with_the_nearest_that_exists(run: Run, notes: Path, folder: Path) -> None:
    (folder / "lectures").mkdir()
    (folder / "lectures" / "first.formulas").write_text("A = B")
    for word, near in [
        ("notes.formula", "notes.formulas"),
        ("Notes.frm", "notes.formulas"),
        ("lectures/frist.formulas", os.path.join("lectures", "first.formulas")),
        ("lecture/first.formulas", "lectures"),
    ]:
        assert run(word).err == f"shapecheck: there is no file {word}; did you mean {near}?\n"
    assert run("other.formulas").err == "shapecheck: there is no file other.formulas\n"


@pytest.mark.parametrize(
    "word",
    ["A", "1/m", "dL/dW", "∂L/∂W", "W.T", "W1.T", "W.grad", "x.sum", "np.pi", "A.B", "A/B", "A-B", "n_h/m", "x'"],
)
def test_a_formula_of_one_word_is_no_path(run: Run, folder: Path, word: str) -> None:
    assert run(word).status == 0


def test_a_name_with_a_dot_may_be_assigned_to(run: Run, folder: Path) -> None:
    assert run("layer.weight", "=", "A").status == 0
    assert run("layer.weight").status == 2


@pytest.mark.parametrize(
    "question",
    [
        "What is wrong with dZ = dZ2 W2.T?",
        "Why is my dZ = dZ2 W2.T wrong?",
        "I get dZ = dZ2 W2.T, is it right?",
        "is this equation right: dZ = dZ2 W2.T ?",
    ],
)
def test_the_equation_in_a_question_is_checked(run: Run, question: str) -> None:
    status, out, _ = run(question)
    assert status == 1
    assert "\n1 | dZ = dZ2 W2.T\n" in out


@pytest.mark.parametrize("text", ["dZ = A B", "alpha beta A = B", "A B = C", "np.dot(A, B) = C", "W x = y"])
def test_a_formula_is_no_question(text: str) -> None:
    assert formula_in(text) == text


def test_a_file_of_another_kind(run: Run, folder: Path) -> None:
    (folder / "x.exe").write_bytes(b"")
    status, _, err = run("x.exe")
    assert status == 2
    assert ".formulas" in err


def test_a_mistake_in_the_program_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr(sys.modules["shapecheck.check"], "check", fail)
    status, _, err = run("A B")
    assert (status, err.count("\n")) == (2, 1)


@pytest.mark.parametrize("words", [["-h"], ["--help"], *([name, "-h"] for name in commands.names)])
def test_help_has_examples(run: Run, words: list[str]) -> None:
    status, out, err = run(*words)
    assert (status, err) == (0, "")
    assert "Examples:" in out
    assert "  shapecheck " in out


def test_help_in_the_middle_is_of_the_formula(run: Run) -> None:
    assert "Usage: shapecheck" in run("A B", "-h").out


def test_the_summaries_of_commands_are_whole(run: Run) -> None:
    out = " ".join(run("-h").out.split())
    assert "..." not in out.partition("Commands:")[2].partition("Examples:")[0]
    assert "COMMAND [ARGS]..." in out


def test_the_formats_are_named_in_help(run: Run) -> None:
    said = " ".join(run("check", "-h").out.split())
    assert f"The format of the report: {', '.join(formats.names)}." in said


def test_a_rule_by_its_number(run: Run) -> None:
    assert run("rule", "201") == run("rule", "SC201")


def test_refused_codes_are_answered_with_those_there_are(run: Run) -> None:
    assert "choose from SC001, " in run("A B", "--select", "foo").err


def test_each_formula_is_corrected(run: Run) -> None:
    assert run("check", "--fix", "-q", "a = dZ2 W2.T", "b = dZ2 W2.T").out == "a = W2.T dZ2\nb = W2.T dZ2\n"


def test_the_change_of_a_formula_is_a_line(run: Run) -> None:
    out = run("--diff", "dZ = dZ2 W2.T").out
    assert out.splitlines()[3:] == ["-dZ = dZ2 W2.T", "+dZ = W2.T dZ2"]


def test_version(run: Run) -> None:
    status, out, _ = run("--version")
    assert status == 0
    assert out.startswith("shapecheck")


@pytest.mark.parametrize("name", commands.names)
def test_completion_knows_every_command(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("_SHAPECHECK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"shapecheck {name[:2]}")
    monkeypatch.setenv("COMP_CWORD", "1")
    with pytest.raises(SystemExit):
        run()


def test_only_a_process_of_its_own_spares_the_collector() -> None:
    shown = "print(gc.get_threshold() == before, gc.get_freeze_count() > 0)"
    calls = f"main(['A: n', 'B = A']); {shown}\nsys.argv[1:] = ['A: n', 'B = A']; main(); {shown}"
    code = f"import gc, sys\nfrom shapecheck.cli import main\nbefore = gc.get_threshold()\n{calls}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [line for line in run.stdout.splitlines() if line.startswith(("True", "False"))] == [
        "True False",
        "False True",
    ]
