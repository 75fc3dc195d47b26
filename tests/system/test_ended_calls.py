"""However a limited call ends, the programs that it has started end too, and its temporary files are removed."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from brochure.system.call_limits import CallLimits
from brochure.system.call_servers import call_servers
from brochure.system.limited_calls import LimitExceededError, call_limited, refuse_calls

LIMITS = CallLimits(1, 400_000_000)
PROGRAM = """
import pathlib, subprocess, sys, tempfile, time
pathlib.Path(tempfile.mkdtemp(), "file").write_bytes(b"data")
program = subprocess.Popen(["sleep", "1000"])
pathlib.Path({note!r}).write_text(str(program.pid))
"""
SPIN, CRASH, WAIT = "while True: pass", "import os; os.abort()", "time.sleep(1000)"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files; calls have a new server, which knows it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    # The servers are started anew, with this folder.
    with call_servers().refuse():
        pass
    yield folder
    with call_servers().refuse():
        pass


def call(note: Path, then: str) -> None:
    """Start a program that runs for long, make a temporary file, and do what follows."""
    call_limited(LIMITS, exec, PROGRAM.format(note=str(note)) + then)


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in {"Z", "X"}  # ended, but nothing has waited for it


def assert_nothing_is_left(note: Path, temporary: Path) -> None:
    program = int(note.read_text())
    for _ in range(1000):  # the system ends a killed process a little later
        if not is_running(program):
            break
        time.sleep(0.01)
    assert not is_running(program)
    assert list(temporary.iterdir()) == []


def test_a_call_needs_no_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise FileNotFoundError("no usable temporary directory")

    monkeypatch.setattr(call_servers(), "call", lambda *_: None)
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    assert call_limited(LIMITS, divmod, 17, 5) == (3, 2)


@pytest.mark.parametrize("then", [SPIN, CRASH])
def test_nothing_is_left_of_a_call_that_is_ended(
    then: str, tmp_path: Path, temporary: Path
) -> None:
    note = tmp_path / "note"
    with pytest.raises(LimitExceededError):
        call(note, then)
    assert_nothing_is_left(note, temporary)


def test_nothing_is_left_of_a_call_without_the_server(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_servers(), "call", lambda *_: None)
    note = tmp_path / "note"
    with pytest.raises(LimitExceededError):
        call(note, SPIN)
    assert_nothing_is_left(note, temporary)


def test_nothing_is_left_of_an_interrupted_call(tmp_path: Path, temporary: Path) -> None:
    note = tmp_path / "note"

    def interrupt(*_: object) -> None:
        if note.exists() and note.read_text():
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise KeyboardInterrupt

    old = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    try:
        with pytest.raises(KeyboardInterrupt):
            call(note, WAIT)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    assert_nothing_is_left(note, temporary)


def test_the_calls_of_all_threads_can_be_ended(tmp_path: Path, temporary: Path) -> None:
    """One of them has the server, the others have interpreters of their own."""
    notes = [tmp_path / name for name in "abc"]
    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(call, note, WAIT) for note in notes]
        while not all(note.exists() and note.read_text() for note in notes):
            assert not any(one.done() for one in running)
            time.sleep(0.01)
        with refuse_calls():
            with pytest.raises(LimitExceededError):
                call_limited(LIMITS, divmod, 17, 5)
            for one in running:
                assert isinstance(one.exception(), LimitExceededError)
    for note in notes:
        assert_nothing_is_left(note, temporary)
    assert call_limited(LIMITS, divmod, 17, 5) == (3, 2)
