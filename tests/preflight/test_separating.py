"""Ghostscript separates a PDF while other checks read it; it ends with the check, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from bench.processes import BROCHURE
from brochure.errors import BrochureError
from brochure.preflight import DEFAULT, PROFILES
from brochure.preflight.session import check_pdf
from tests.preflight.brochures import finished, found_in
from tests.preflight.seeds import UNRENDERED
from tests.system.test_ended_calls import assert_nothing_is_left

WAITS = "echo $$ > {note}.part; mv {note}.part {note}; exec sleep 1000"
FAILS = "echo $$ > {note}; echo wrong; exit 1"


class Ghostscript:
    """A program that is called `gs`; `note` has its process ID once it runs."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self.folder, self.temporary, self.note = folder, temporary, folder / "note"

    def does(self, script: str) -> None:
        program = self.folder / "gs"
        program.write_text(f"#!/bin/sh\n{script.format(note=self.note)}\n")
        program.chmod(0o755)


@pytest.fixture
def ghostscript(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ghostscript:
    programs, temporary = tmp_path / "programs", tmp_path / "temporary"
    programs.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    return Ghostscript(programs, temporary)


def read_after(ghostscript: Ghostscript, failure: BaseException) -> object:
    """Return a replacement for reading the objects, which waits until Ghostscript runs and then fails."""

    def read(*_: object) -> None:
        while not ghostscript.note.exists():
            pass
        raise failure

    return read


@pytest.mark.parametrize("failure", [BrochureError("a.pdf: is damaged"), KeyboardInterrupt()])
def test_ghostscript_runs_while_the_file_is_read_and_ends_with_an_error(
    failure: BaseException, ghostscript: Ghostscript, monkeypatch: pytest.MonkeyPatch
) -> None:
    ghostscript.does(WAITS)
    reading = "brochure.preflight.pdf_reader.document.read_objects"
    monkeypatch.setattr(reading, read_after(ghostscript, failure))
    with pytest.raises(type(failure)):
        check_pdf(finished(), "a.pdf", PROFILES[DEFAULT])
    assert_nothing_is_left(ghostscript.note, ghostscript.temporary)


def test_a_file_that_cannot_be_rendered_is_a_note(ghostscript: Ghostscript) -> None:
    ghostscript.does(FAILS)
    (note,) = found_in(finished())
    assert (note.code, note.severity.value) == ("ink-rendered", "note")
    assert_nothing_is_left(ghostscript.note, ghostscript.temporary)


def test_a_program_that_cannot_be_run_is_a_note(ghostscript: Ghostscript) -> None:
    (ghostscript.folder / "gs").write_bytes(b"\x7fELF")
    (ghostscript.folder / "gs").chmod(0o755)
    assert [one.code for one in found_in(finished())] == ["ink-rendered"]
    assert list(ghostscript.temporary.iterdir()) == []


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing", b"text"])
def test_ghostscript_is_not_started_for_what_is_not_opened(
    data: bytes, ghostscript: Ghostscript
) -> None:
    ghostscript.does(FAILS)
    with pytest.raises(BrochureError):
        found_in(data)
    assert not ghostscript.note.exists()


def test_ghostscript_is_not_started_if_no_check_needs_it(ghostscript: Ghostscript) -> None:
    ghostscript.does(FAILS)
    for profile in (PROFILES["screen"], UNRENDERED):
        found_in(finished(), profile)
    assert not ghostscript.note.exists()


def test_nothing_is_rendered_without_ghostscript(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found_in(finished()) == ()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_check_of_several_files_ends_and_leaves_nothing(
    number: int, ghostscript: Ghostscript, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two files are checked at a time: one with the server, one without; the third has not begun."""
    ghostscript.does("echo $$ > {note}.$$.part; mv {note}.$$.part {note}.$$; exec sleep 1000")
    monkeypatch.setenv("TMPDIR", str(ghostscript.temporary))
    files = [tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf")]
    for file in files:
        file.write_bytes(finished())
    with subprocess.Popen([BROCHURE, "check", "--jobs", "2", *files]) as command:
        while len(notes := list(ghostscript.folder.glob("note.*[0-9]"))) < 2:
            assert command.poll() is None
            time.sleep(0.01)
        command.send_signal(number)
        assert command.wait(60) == 128 + number
    for note in notes:
        assert_nothing_is_left(note, ghostscript.temporary)
