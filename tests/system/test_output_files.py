"""Output files: those that replace others only if these are unchanged, and those that are written in two steps."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from brochure.errors import OutputError
from brochure.system.output_files import (
    abandon_writing,
    begin_writing,
    finish_writing,
    keep_preview,
    replace_unchanged,
    show_preview,
)


def test_a_file_is_replaced_if_it_is_the_expected_one(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    path.write_bytes(b"old")
    path.chmod(0o640)
    assert replace_unchanged(path, b"new", b"old")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("expected", [b"older", None, b""])
def test_a_file_that_was_changed_meanwhile_is_left_alone(
    tmp_path: Path, expected: bytes | None
) -> None:
    path = tmp_path / "fr.po"
    path.write_bytes(b"old")
    assert not replace_unchanged(path, b"new", expected)
    assert [one.name for one in tmp_path.iterdir()] == ["fr.po"]
    assert path.read_bytes() == b"old"


def test_a_new_file_and_its_folder_are_created(tmp_path: Path) -> None:
    path = tmp_path / "content" / "fr.po"
    assert replace_unchanged(path, b"new", None)
    assert path.read_bytes() == b"new"


def test_a_file_that_was_removed_meanwhile_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    assert not replace_unchanged(path, b"new", b"old")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("a file")
    with pytest.raises(OutputError, match="is not a folder"):
        replace_unchanged(tmp_path / "content" / "fr.po", b"new", None)


def test_a_file_that_is_begun_replaces_another_when_it_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "out" / "a.pdf"
    path.parent.mkdir()
    path.write_bytes(b"old")
    path.chmod(0o440)
    part = begin_writing(path, (b"ne", b"w"))
    assert path.read_bytes() == b"old"
    finish_writing(part, path)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o440
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    part = begin_writing(path, (b"new",))
    (path / "folder").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"a\.pdf: cannot be written"):
        finish_writing(part, path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_abandoned_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    part = begin_writing(path, (b"new",))
    abandon_writing(part)
    abandon_writing(part)
    assert [(one, one.read_bytes()) for one in tmp_path.iterdir()] == [(path, b"old")]


def test_a_preview_replaces_another_at_once(tmp_path: Path) -> None:
    path = tmp_path / "out" / "a.pdf"
    keep_preview(path, show_preview(path, (b"an older file",)))
    path.chmod(0o640)
    opened = show_preview(path, (b"ne", memoryview(b"w")))
    assert path.read_bytes() == b"new"
    keep_preview(path, opened)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]
    assert all(file.closed for file in opened)


def test_a_preview_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    (path / "folder").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"a\.pdf: cannot be written"):
        show_preview(path, (b"new",))
    assert [*tmp_path.iterdir(), *path.iterdir()] == [path, path / "folder"]


def test_a_preview_that_does_not_reach_the_disk_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    opened = show_preview(path, (b"new",))

    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=r"a\.pdf: cannot be written: Input/output error"):
        keep_preview(path, opened)
    assert all(file.closed for file in opened)
