"""The judge reports each violation, caused deliberately in a child process, and does not report a correct case."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from brochure import cli
from tests.fuzz import judging, worker
from tests.fuzz.forms import case, good


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang() -> None:
    while True:
        pass


def stop(status: int, result: str = "", file: str = "") -> Callable[[], None]:
    """Return a command that prints something, may write a file, and exits."""

    def ended() -> None:
        sys.stderr.write(result)
        if file:
            Path(file).parent.mkdir(exist_ok=True)
            Path(file).write_bytes(b"a part of it")
        raise SystemExit(status)

    return ended


def raised() -> None:
    raise KeyboardInterrupt


MISDEEDS = {
    "a crash": (crash, "crash: SIGSEGV"),
    "a hang": (
        hang,
        "hangs: more than 0.2 s of processor time, at test_judging.py:2",
    ),
    "a traceback": (raised, "status: 70"),
    "a fault": (stop(2, "own.icc: internal error"), "fault: own.icc"),
    "a word to those who program": (stop(0, "UserWarning: own.icc"), "fault: UserWarning"),
    "a sign that steers the terminal": (stop(2, "own.icc \x1b[2J"), "control: U+001B"),
    "a refusal that names no file": (stop(2, "this is wrong"), "nameless: ['this is wrong']"),
    "an unheard-of status": (stop(3, "own.icc"), "status: 3"),
    "a file in spite of a refusal": (stop(2, "own.icc", "out/x.pdf"), "output: out/x.pdf in spite"),
    "a part that was left": (stop(2, "own.icc", "out/.x.part"), "part: out/.x.part was left"),
    "half a PDF": (stop(0, "", "out/x.pdf"), "output: x.pdf is not a complete PDF"),
    "nothing at all": (stop(0), "output: nothing, in spite of status 0"),
    "no JSON where it was asked for": (stop(0, "", "out/x.pdf"), "json: this is none: ''"),
    "a changed file": (stop(1, "", "p/brochure.yaml"), "output: p/brochure.yaml was changed"),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(judging, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(judging, "MAX_SECONDS", 0.2)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def large_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Permit the memory of a case, which begins as a fork of the test process: that may be large by now."""
    monkeypatch.setattr(judging, "MAX_MEMORY", 10**11)


@pytest.mark.usefixtures("large_process")
@pytest.mark.parametrize("name", MISDEEDS)
def test_a_violation_is_reported_and_its_files_are_kept(
    name: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, told = MISDEEDS[name]
    monkeypatch.setattr(cli, "main", command)
    one = good("profile")
    if "JSON" in name:
        one = replace(one, words=(*one.words, "--json"))
    ended = worker.run(one, home)
    assert any(wrong.startswith(told) for wrong in ended.wrong), ended
    assert (Path(ended.kept) / "p/assets/profiles/own.icc").is_file()
    assert list(home.iterdir()) == []


def test_too_much_memory_is_reported(home: Path) -> None:
    ended = judging.judged(good("csv"), home, 0, in_time=True, seconds=0.1, memory=501_000_000)
    assert ended.wrong == ("memory: 501 MB",)


@pytest.mark.usefixtures("large_process")
def test_files_of_a_correct_case_are_not_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "main", stop(2, "own.icc: cut off"))
    ended = worker.run(case(3, "profile"), home)
    assert (ended.status, ended.wrong, ended.kept) == (2, (), "")


@pytest.mark.usefixtures("large_process")
def test_merged_files_beside_their_build_log_are_as_they_should_be(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MAX_SECONDS", 10.0)
    words = "build p --records people.csv -o out --rows 1"
    one = replace(good("records"), words=tuple(words.split()))
    ended = worker.run(one, home)
    assert (ended.status, ended.wrong) == (0, ())
