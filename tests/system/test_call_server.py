"""Limited calls share a server that forks a process for each: the failure of one does not affect the next."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from brochure.system import cores
from brochure.system.call_limits import CallLimits, LimitedCall
from brochure.system.call_servers import CallServers
from brochure.system.limited_calls import LimitExceededError, begin_calls, call_limited

LIMITS = CallLimits(5, 400_000_000)


def server() -> int:
    """The process that the processes of calls are forked from."""
    return call_limited(LIMITS, os.getppid)


def test_calls_have_separate_processes_and_share_a_server() -> None:
    assert server() == server() != os.getpid()
    assert call_limited(LIMITS, os.getpid) != call_limited(LIMITS, os.getpid)


def test_processor_time_is_counted_for_each_call() -> None:
    before = server()
    # Each of them takes a part of a second, all together more than one.
    for _ in range(8):
        call_limited(CallLimits(1, 400_000_000), sum, range(10_000_000))
    with pytest.raises(LimitExceededError, match="time"):
        call_limited(CallLimits(1, 400_000_000), sum, range(10**11))
    assert server() == before


def test_memory_is_limited_for_each_call() -> None:
    before = server()
    with pytest.raises(LimitExceededError, match="memory"):
        call_limited(CallLimits(5, 200_000_000), bytes, 500_000_000)
    assert len(call_limited(CallLimits(5, 900_000_000), bytes, 100_000_000)) == 100_000_000
    assert server() == before


def test_a_call_that_crashes_is_reported_and_the_next_is_served() -> None:
    before = server()
    with pytest.raises(LimitExceededError, match="memory"):
        call_limited(LIMITS, os.abort)
    assert server() == before


def test_a_system_error_without_an_exception_shows_a_lack_of_memory() -> None:
    """CPython raises it if memory for the exception is missing."""
    source = "raise SystemError('error return without exception set')"
    with pytest.raises(LimitExceededError, match="memory"):
        call_limited(LIMITS, exec, source)
    with pytest.raises(RuntimeError, match="SystemError: other"):
        call_limited(LIMITS, exec, "raise SystemError('other')")


def test_an_interpreter_that_cannot_start_shows_a_lack_of_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = b"Traceback (most recent call last):\nSystemError: error return without exception set\n"
    monkeypatch.setattr("brochure.system.limited_calls._call_alone", lambda _: (1, lines))
    monkeypatch.setattr(CallServers, "call", lambda *_: None)
    with pytest.raises(LimitExceededError, match="memory"):
        call_limited(LIMITS, divmod, 17, 5)


def test_a_server_that_was_killed_is_replaced() -> None:
    before = server()
    os.kill(before, signal.SIGKILL)
    assert call_limited(LIMITS, divmod, 17, 5) == (3, 2)
    assert server() not in {before, os.getpid()}


def test_a_call_does_not_see_the_pipes_of_the_server() -> None:
    first, second = (call_limited(LIMITS, os.listdir, "/proc/self/fd") for _ in range(2))
    # Standard input, output and errors, the pipe for the answer, and the folder itself.
    assert len(first) == len(second) == 5


def test_calls_of_several_threads_are_served() -> None:
    results: list[tuple[int, int]] = []
    threads = [
        Thread(target=lambda: results.append(call_limited(LIMITS, divmod, 17, 5))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [(3, 2)] * 3


def test_a_forked_process_has_its_own_server() -> None:
    before = server()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(server) != before
    assert server() == before


def test_an_interrupted_call_ends_and_its_answer_is_not_taken_for_that_of_the_next() -> None:
    before = server()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    old = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            call_limited(LIMITS, time.sleep, 10)
    finally:
        signal.signal(signal.SIGALRM, old)
    assert call_limited(LIMITS, divmod, 17, 5) == (3, 2)
    assert server() != before


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process have two cores, and be no worker of a batch."""
    monkeypatch.setattr(cores, "usable_cores", lambda: 2)


def begun(function: object, *args: object) -> LimitedCall:
    assert callable(function)
    return LimitedCall(LIMITS, function, args)


@pytest.mark.usefixtures("two_cores")
def test_a_call_that_was_begun_is_not_made_again(tmp_path: Path) -> None:
    folder = str(tmp_path / "once")
    begin_calls([begun(os.mkdir, folder)])
    call_limited(LIMITS, os.mkdir, folder)
    with pytest.raises(RuntimeError, match="FileExistsError"):
        call_limited(LIMITS, os.mkdir, folder)


@pytest.mark.usefixtures("two_cores")
def test_calls_are_made_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each end of a pipe waits for the other."""
    monkeypatch.setattr("brochure.system.call_servers.usable_cores", lambda: 2)
    servers = CallServers()
    monkeypatch.setattr("brochure.system.limited_calls.call_servers", lambda: servers)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    begin_calls([begun(Path.write_text, pipe, "met"), begun(Path.read_text, pipe)])
    call_limited(LIMITS, Path.write_text, pipe, "met")
    assert call_limited(LIMITS, Path.read_text, pipe) == "met"


@pytest.mark.usefixtures("two_cores")
def test_more_calls_than_servers_are_begun() -> None:
    begin_calls([begun(divmod, number, 5) for number in range(9)])
    answers = [call_limited(LIMITS, divmod, number, 5) for number in reversed(range(9))]
    assert answers == [divmod(number, 5) for number in reversed(range(9))]


@pytest.mark.usefixtures("two_cores")
def test_errors_are_raised_when_the_answer_is_asked_for() -> None:
    begin_calls([begun(divmod, 1, 0), begun(os.abort)])
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        call_limited(LIMITS, divmod, 1, 0)
    with pytest.raises(LimitExceededError):
        call_limited(LIMITS, os.abort)
    assert call_limited(LIMITS, divmod, 17, 5) == (3, 2)


@pytest.mark.usefixtures("two_cores")
def test_a_forked_process_makes_calls_that_its_parent_has_begun() -> None:
    begin_calls([begun(time.sleep, 0.2), begun(divmod, 17, 5)])
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(call_limited, (LIMITS, divmod, 17, 5)) == (3, 2)
    assert call_limited(LIMITS, divmod, 17, 5) == (3, 2)


@pytest.mark.usefixtures("two_cores")
def test_without_threads_calls_are_made_when_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", fail)
    begin_calls([begun(divmod, 17, 5)])
    assert call_limited(LIMITS, divmod, 17, 5) == (3, 2)


def test_with_one_core_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "usable_cores", lambda: 1)
    begin_calls([begun(Path.write_text, tmp_path / "file", "written")])
    assert call_limited(LIMITS, divmod, 17, 5) == (3, 2)
    assert not (tmp_path / "file").exists()


def test_the_program_ends_before_a_call_that_nobody_waits_for() -> None:
    """The call would take longer than the test allows."""
    program = (
        "from brochure.system import cores; cores.usable_cores = lambda: 2;"
        "from brochure.system.call_limits import *; from brochure.system.limited_calls import *; import time;"
        "begin_calls([LimitedCall(CallLimits(60, 400_000_000), time.sleep, (600,))]);"
        "time.sleep(1); print('end')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert (done.stdout, done.stderr) == ("end\n", "")
