"""A process that has the modules for limited calls loaded, and forks a process for each call.

Starting an interpreter and importing a PDF library takes ten times as long as reading a drawing. Each call has a process of its
own nevertheless, with its own limits: if it fails or exceeds them, others are not affected. Only systems with `fork` have it.

The server never looks at the data of a call. It ends when the process that started it ends or closes its standard input.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import IO, BinaryIO

HEAD = struct.Struct(">iQ")
"""Head of a message: the exit status of a call (0 in a request), and the length of the data."""
TIMED_OUT, NOT_STARTED = -1001, -1002
"""Instead of the exit status: the call took too long; there was no process for it."""
LIBRARIES = "PRELOADED"
"""Name of a constant of modules: the modules that their functions import late."""

Answer = tuple[int, bytes]
"""The exit status of a call (the negative number of a signal that ended it), and what it wrote."""


class CallServer:
    """A server, for one thread at a time. It is started by the first call."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()

    def call(self, module: str, data: bytes, seconds: float) -> Answer | None:
        """Return the answer of a call; None if it was not served, since the server cannot run.

        Args:
            module: The module that is imported before the call.
            data: The call, for `run` of the server.
            seconds: Wall-clock time after which it is ended.
        """
        if not hasattr(os, "fork"):
            return None
        try:
            process = self._start()
            assert process.stdin
            assert process.stdout
            _write(process.stdin, 0, pickle.dumps((module, seconds, data)))
            answer = _read(process.stdout)
        except OSError:
            answer = None
        except (
            BaseException
        ):  # interrupted: the answer of this call must not be taken for that of the next
            self.close()
            raise
        if answer is None:
            self.close()
        return None if answer is None or answer[0] == NOT_STARTED else answer

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # Imported here: most commands make no limited call.
            import atexit

            command = [sys.executable, "-P", "-m", "brochure.system.limited_calls", "--serve"]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                process_group=0,  # so that `close` also ends the process of a call
            )
            atexit.register(self.close)
        return self._process

    def close(self) -> None:
        """End the server and a call that it still runs, unless it belongs to the process that this one was forked from."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        with suppress(ProcessLookupError):  # it may have ended already
            os.killpg(process.pid, signal.SIGKILL)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was not written is lost with the server
        process.wait()


def _write(out: IO[bytes], status: int, data: bytes) -> None:
    out.write(HEAD.pack(status, len(data)))
    out.write(data)
    out.flush()


def _read(source: IO[bytes]) -> Answer | None:
    """Return a message; None at the end."""
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    status, length = HEAD.unpack(head)
    data = source.read(length)
    return (status, data) if len(data) == length else None


# The server


def serve(run: Callable[[bytes, Callable[[bytes], object]], int]) -> None:
    """Main program of the server.

    Args:
        run: Called in the process of a call with its data and with a function that writes its answer; returns its exit status.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it decides when it ends
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    os.close(nothing)
    while request := _read(requests):
        module, seconds, data = pickle.loads(request[1])
        _preload(module)
        try:
            status, answer = _run_forked(run, data, seconds, (requests, answers))
        except OSError:
            status, answer = NOT_STARTED, b""
        _write(answers, status, answer)


def _preload(name: str) -> None:
    module = import_module(name)
    for library in getattr(module, LIBRARIES, ()):
        import_module(library)


def _run_forked(
    run: Callable[[bytes, Callable[[bytes], object]], int],
    data: bytes,
    seconds: float,
    pipes: Sequence[BinaryIO],
) -> Answer:
    source, target = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            for pipe in pipes:
                os.close(pipe.fileno())
            os.close(source)
            with os.fdopen(target, "wb") as out:
                status = run(data, out.write)
        finally:
            os._exit(status)
    os.close(target)
    with os.fdopen(source, "rb", 0) as answer:
        written = _read_until(answer, time.monotonic() + seconds)
    if written is None:
        os.kill(pid, signal.SIGKILL)
    _, ended = os.waitpid(pid, 0)
    return (TIMED_OUT, b"") if written is None else (os.waitstatus_to_exitcode(ended), written)


def _read_until(source: BinaryIO, end: float) -> bytes | None:
    """Return all that is written to a pipe; None if that takes too long."""
    import select  # only the server needs it

    parts: list[bytes] = []
    while True:
        ready, _, _ = select.select([source], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return None
        part = source.read(1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
