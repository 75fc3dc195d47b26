"""Calls a function in another process with limits on processor time and memory.

For work on files of others, which may take any time or memory and cannot be interrupted. `call_limited` lets a server
(`call_server`) fork a process. If there is none, it starts a Python interpreter with this module as its main program. Pickled
values are exchanged with these processes, which are ours on both sides.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from brochure.errors import BrochureError
from brochure.system.call_limits import CallLimits, LimitedCall
from brochure.system.call_process import end_group, temporary_folder
from brochure.system.call_server import TIMED_OUT, Answer, serve
from brochure.system.call_servers import Request, call_servers
from brochure.system.cores import has_free_cores
from brochure.system.exhaustion import (
    NO_EXCEPTION,
    NO_MEMORY,
    is_memory_limited,
    shows_lack_of_memory,
)

P = ParamSpec("P")
Result = TypeVar("Result")


class LimitExceededError(Exception):
    """Raised if a call takes too much time or memory; `resource` says which, for a message."""

    def __init__(self, resource: str) -> None:
        super().__init__(resource)
        self.resource = resource


WALL_FACTOR = 15
"""Wall-clock time allowed for a second of processor time; the machine may have other work."""
NEW_OBJECTS = 200_000
"""Threshold of the garbage collector: the objects of a file are needed until the end. These take less than 50 MB."""
OUT_OF_MEMORY = 75
"""Exit status of a process that ran out of memory. A library that does not expect that ends it by a signal, such as SIGABRT."""
WITHOUT_MEMORY = ("memoryerror", *NO_MEMORY, *NO_EXCEPTION)
"""Parts of the last line, in lower case, that an interpreter without the memory to start writes."""
ENDED_BY_TIME = {
    TIMED_OUT,
    *(-getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name)),
}
"""Exit statuses of a process at the limits of processor time, and instead of one at the limit of wall-clock time."""


def call_limited(
    limits: CallLimits, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs
) -> Result:
    """Call a function of a module in another process.

    Raises:
        LimitExceededError: The call took too much time or memory.
        MemoryError: The system allows less memory than the limits.
        BrochureError: As raised by the function.
        RuntimeError: The function raised another exception.
    """
    if INTERPRETERS.is_refused:
        raise LimitExceededError("time")
    request = _request(LimitedCall(limits, function, args, kwargs))
    status, answer = call_servers().call(request) or _call_alone(request)
    if status in ENDED_BY_TIME:
        raise LimitExceededError("time")
    if status:
        lines = answer.decode("utf-8", "replace").strip().splitlines()
        last = lines[-1] if lines else f"the process ended with status {status}"
        did_not_start = any(part in last.lower() for part in WITHOUT_MEMORY)
        if status == OUT_OF_MEMORY or status < 0 or did_not_start:
            raise _lack_of_memory(limits)
        raise RuntimeError(last)
    is_error, value = pickle.loads(answer)
    if is_error:
        raise value
    result: Result = value
    return result


def begin_calls(calls: Iterable[LimitedCall]) -> None:
    """Begin calls that `call_limited` will be asked for, if there are cores for them; it takes their answers."""
    requests = [_request(call) for call in calls]
    if requests and has_free_cores():
        call_servers().begin(requests)


def _request(call: LimitedCall) -> Request:
    """Return a call as a server gets it; equal calls are equal requests."""
    data = pickle.dumps((call.limits, call.function, call.args, call.kwargs))
    return Request(call.function.__module__, data, call.limits.seconds * WALL_FACTOR)


class _Interpreters:
    """The interpreters that run for calls of any thread."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.running: set[subprocess.Popen[bytes]] = set()
        self.is_refused = False

    def start(self, folder: str) -> subprocess.Popen[bytes] | None:
        """Start an interpreter for one call; None if calls are refused."""
        command = [sys.executable, "-P", "-m", "brochure.system.limited_calls"]
        pipe = subprocess.PIPE
        environment = {**os.environ, "TMPDIR": folder} if folder else None
        group = 0 if hasattr(os, "killpg") else None
        with self.lock:
            if self.is_refused:
                return None
            process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, process_group=group
            )
            self.running.add(process)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End an interpreter, if it still runs, and the programs that it has started."""
        process.kill()
        if hasattr(os, "killpg"):
            end_group(process.pid)
        self.running.discard(process)


INTERPRETERS = _Interpreters()


def _call_alone(request: Request) -> Answer:
    """Return the exit status of an interpreter for one call, and its output or, if it fails, its errors."""
    with temporary_folder() as folder:
        process = INTERPRETERS.start(folder)
        if process is None:
            return TIMED_OUT, b""
        with process:
            try:
                output, errors = process.communicate(request.data, request.seconds)
            except subprocess.TimeoutExpired:
                return TIMED_OUT, b""
            finally:
                INTERPRETERS.end(process)
    return process.returncode, errors if process.returncode else output


@contextmanager
def refuse_calls() -> Iterator[None]:
    """End the calls of all threads, and let none begin during the block; they fail as if they took too long.

    For a program that was interrupted and waits for its threads.
    """
    with INTERPRETERS.lock:
        INTERPRETERS.is_refused = True
        for process in tuple(INTERPRETERS.running):
            process.kill()
    try:
        with call_servers().refuse():
            yield
    finally:
        INTERPRETERS.is_refused = False


MAPPED = 300_000_000
"""Address space of a process beside its data, in bytes: libraries, stacks, and what is reserved but not used."""


def _lack_of_memory(limits: CallLimits) -> Exception:
    """Return the error for a process that ran out of memory: its own limit counts only if the system allows as much."""
    if is_memory_limited(limits.memory, limits.memory + MAPPED):
        return MemoryError("the system allows less memory")
    return LimitExceededError("memory")


def _run_alone() -> None:
    """Main program: read a call from standard input and write its result to standard output."""
    call = pickle.load(sys.stdin.buffer)
    try:
        sys.stdout.buffer.write(_answer(*call))
    except Exception as failure:
        if shows_lack_of_memory(failure):
            raise SystemExit(OUT_OF_MEMORY) from None
        raise


def _run_forked(data: bytes, write: Callable[[bytes], object]) -> int:
    """Run a call in a process that was forked for it: write its result, or why it failed, and return the exit status."""
    try:
        write(_answer(*pickle.loads(data)))
    except Exception as failure:
        if shows_lack_of_memory(failure):
            return OUT_OF_MEMORY
        write(f"{type(failure).__name__}: {failure}".encode("utf-8", "replace"))
        return 1
    return 0


def _answer(limits: CallLimits, function: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    _limit(limits)
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
    try:
        return pickle.dumps((False, function(*args, **kwargs)))
    except BrochureError as error:
        return pickle.dumps((True, error))


def _limit(limits: CallLimits) -> None:
    """Limit processor time and memory, on systems that support it; others have only the timeout."""
    try:
        # Imported here: not available on Windows.
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    memory = limits.memory if most == resource.RLIM_INFINITY else min(limits.memory, most)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


if __name__ == "__main__":
    if "--serve" in sys.argv:
        serve(_run_forked)
    else:
        _run_alone()
