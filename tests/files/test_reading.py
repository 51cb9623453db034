"""Bytes to text, and what cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecheck.files import decode, read, reading


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("A × B\r\n".encode(), "utf-8"),
        ("\ufeffA × B\r\n".encode(), "utf-8"),
        ("\ufeffA × B\r\n".encode("utf-16-le"), "utf-16-le"),
        ("\ufeffA × B\r\n".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_encodings_are_read_and_given_back(data: bytes, encoding: str) -> None:
    content = decode(data, "x")
    assert (content.source.text, content.encoding, content.trouble) == ("A × B\r\n", encoding, None)
    assert content.encode(content.source.text) == data


@pytest.mark.parametrize("data", [b"\xff", b"\x89PNG\0\r\n", b"a\0b", b"\xff\xfe\0\0a\0\0\0", b"\xff\xfea", b"caf\xe9"])
def test_other_bytes_are_a_finding(data: bytes) -> None:
    content = decode(data, "x")
    assert content.trouble is not None
    assert (content.trouble.code, content.source.text) == ("SC001", "")


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_a_finding(data: bytes) -> None:
    content = decode(data, "x")
    assert content.trouble is not None or content.encode(content.source.text) == data


def test_what_is_no_file_is_a_finding(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        trouble = read(str(path)).trouble
        assert trouble is not None
        assert trouble.code == "SC001"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.md")
    trouble = read(str(tmp_path / "x.md")).trouble
    assert trouble is not None
    assert trouble.message == "cannot read this file: it is a pipe, a socket or a device"


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 3)
    path = tmp_path / "a.formulas"
    path.write_text("abc")
    assert read(str(path)).trouble is None
    path.write_text("abcd")
    trouble = read(str(path)).trouble
    assert trouble is not None
    assert trouble.code == "SC104"
