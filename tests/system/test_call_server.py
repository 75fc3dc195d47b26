"""Limited calls share a server that forks a process for each: the failure of one does not affect the next."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from threading import Thread

import pytest

from brochure.system.limited_calls import CallLimits, LimitExceededError, call_limited

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
    with pytest.raises(LimitExceededError):
        call_limited(LIMITS, os.abort)
    assert server() == before


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
