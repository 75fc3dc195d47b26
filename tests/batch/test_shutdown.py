"""Graceful shutdown on SIGINT (Ctrl-C) and SIGTERM, tested with real processes and real signals."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from brochure.batch.shutdown import Shutdown
from brochure.batch.tasks import build_sequentially
from brochure.project import DiskProject
from tests.batch.forks import Fork, forked
from tests.batch.leaves import digests, finished, leaves, order_of, words

EDITIONS = 60
"""Enough work for some tenths of a second: a signal after the first line interrupts it."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> DiskProject:
    return leaves(tmp_path_factory.mktemp("many") / "leaves", EDITIONS)


@pytest.fixture(scope="module")
def right(project: DiskProject, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The digests of the files of an uninterrupted build."""
    out = tmp_path_factory.mktemp("right") / "out"
    order, job, tasks = order_of(project, out)
    assert len([*build_sequentially(order, job, tasks, Shutdown(()))]) == EDITIONS
    return digests(out)


def begun(project: DiskProject, folder: Path, *more: str) -> Fork:
    """Start a build and wait until it has written something."""
    work = forked(words(project, folder / "out", *more), folder, kept=folder / "kept", before=None)
    until = time.monotonic() + 30
    while not finished(folder / "out"):
        assert time.monotonic() < until, work.err.read_text()
        time.sleep(0.002)
    return work


@pytest.mark.parametrize(
    ("jobs", "number", "to_all", "status"),
    [
        ("1", signal.SIGINT, True, 130),
        ("2", signal.SIGINT, True, 130),  # a terminal signals the whole group
        ("2", signal.SIGINT, False, 130),
        ("2", signal.SIGTERM, False, 143),
        ("3", signal.SIGTERM, True, 143),  # a service manager signals all processes at once
    ],
)
def test_only_finished_files_are_kept(
    project: DiskProject,
    right: dict[str, str],
    tmp_path: Path,
    jobs: str,
    number: signal.Signals,
    to_all: bool,
    status: int,
) -> None:
    work = begun(project, tmp_path, "--jobs", jobs)
    (os.killpg if to_all else os.kill)(work.pid, number)
    assert work.end() == status
    assert work.gone()
    found = digests(tmp_path / "out")
    assert 1 <= len(found) < EDITIONS
    assert found.items() <= right.items()
    stopped = f"interrupted: {len(found)} of {EDITIONS} editions built\n"
    assert work.err.read_text() == stopped
    assert len(work.out.read_text().splitlines()) == len(found)


def test_as_data(project: DiskProject, tmp_path: Path) -> None:
    work = begun(project, tmp_path, "--jobs", "2", "--json")
    os.killpg(work.pid, signal.SIGINT)
    assert (work.end(), work.err.read_text()) == (130, "")
    document = json.loads(work.out.read_text())
    found = len(digests(tmp_path / "out"))
    assert document["error"] == f"interrupted: {found} of {EDITIONS} editions built"
    assert len(document["editions"]) == found


def test_a_killed_parent_leaves_no_orphans(project: DiskProject, tmp_path: Path) -> None:
    work = begun(project, tmp_path, "--jobs", "2")
    os.kill(work.pid, signal.SIGKILL)
    assert work.end() == -signal.SIGKILL
    assert work.gone()


@pytest.mark.parametrize(
    ("command", "said"),
    [("build", "interrupted: nothing was built\n"), ("check", "")],
)
def test_one_edition_alone(tmp_path: Path, command: str, said: str) -> None:
    """It is interrupted while it sets 1,200 different pages, which takes seconds."""
    folder = leaves(tmp_path / "long", 0).root
    styles = (folder / "brochure.yaml").read_text().partition("pages:")[0]
    page = "  - frames: {{w{0}: {{at: margins, content: {{text: words{0}}}}}}}\n"
    pages = "".join(page.format(at) for at in range(1200))
    (folder / "brochure.yaml").write_text(f"{styles}pages:\n{pages}")
    copy = "".join(f"words{at}: {' '.join(map(str, range(at, at + 60)))}\n" for at in range(1200))
    with (folder / "content" / "en.yaml").open("a") as file:
        file.write(copy)
    more = ("-o", tmp_path / "out") if command == "build" else ()
    work = forked((command, folder, *more), tmp_path, kept=tmp_path / "kept", before=None)
    time.sleep(0.3)
    os.killpg(work.pid, signal.SIGINT)
    assert work.end() == 130
    assert work.err.read_text() == said
    assert digests(tmp_path / "out") == {}


# The class `Shutdown`


def test_only_interruptible_work_is_interrupted() -> None:
    with Shutdown() as shutdown:
        os.kill(os.getpid(), signal.SIGINT)
        assert shutdown.signal_received == signal.SIGINT  # recorded only
        with pytest.raises(KeyboardInterrupt), shutdown.may_interrupt():
            raise AssertionError("the signal was received before")
    assert shutdown.exit_status == 130


def test_a_signal_interrupts_at_once() -> None:
    began = time.monotonic()
    with Shutdown() as shutdown, pytest.raises(KeyboardInterrupt), shutdown.may_interrupt():
        _send_signal_and_sleep(5)
    assert shutdown.exit_status == 143
    assert time.monotonic() - began < 4  # it did not sleep for long


def test_a_lost_interrupt_is_raised_again() -> None:
    """Python prints an exception that a callback of its garbage collector raises, and continues."""
    with Shutdown() as shutdown, pytest.raises(KeyboardInterrupt), shutdown.may_interrupt():
        _send_signal_and_lose_it()  # and the work is done to its end


def _send_signal_and_lose_it() -> None:
    with contextlib.suppress(KeyboardInterrupt):
        _send_signal_and_sleep(1.0)


def _send_signal_and_sleep(seconds: float) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(seconds)


def test_signal_handlers_are_restored_and_ignored_signals_stay_ignored() -> None:
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with Shutdown() as shutdown:
            os.kill(os.getpid(), signal.SIGTERM)
            assert shutdown.signal_received == 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_handler_that_is_not_of_python_is_left_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a program that embeds Python and handles signals itself: `getsignal` returns None, which cannot be set."""
    handlers: dict[int, Any] = {signal.SIGINT: None, signal.SIGTERM: signal.SIG_DFL}

    def replace(number: int, handler: Any) -> Any:
        if not callable(handler) and not isinstance(handler, signal.Handlers):
            raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable")
        before, handlers[number] = handlers[number], handler
        return before

    monkeypatch.setattr(signal, "getsignal", handlers.get)
    monkeypatch.setattr(signal, "signal", replace)
    with Shutdown():
        assert handlers[signal.SIGINT] is None
        assert callable(handlers[signal.SIGTERM])
    assert handlers == {signal.SIGINT: None, signal.SIGTERM: signal.SIG_DFL}
