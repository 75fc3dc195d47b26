"""A process that has the modules for limited calls loaded, and forks a process for each call.

Starting an interpreter and importing a PDF library takes ten times as long as reading a drawing. Each call has a process of its
own nevertheless, with its own limits: if it fails or exceeds them, others are not affected. Only systems with `fork` have it.

The server never looks at the data of a call. It ends when the process that started it ends, closes its standard input or sends
SIGTERM; a call that still runs ends with it. However a call ends, the programs that it has started are ended too, and its
temporary files are removed.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import IO, BinaryIO, NoReturn

from brochure.fast_dataclass import dataclass
from brochure.system.call_process import end_group, temporary_folder

HEAD = struct.Struct(">iQ")
"""Head of a message: the exit status of a call (0 in a request), and the length of the data."""
TIMED_OUT, NOT_STARTED = -1001, -1002
"""Instead of the exit status: the call took too long; there was no process for it."""
END_SECONDS = 5.0
"""Wall-clock time that the server has to end a call and to remove its files."""
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
                process_group=0,  # Ctrl-C reaches the process that starts it, which then ends it
            )
            atexit.register(self.close)
        return self._process

    def close(self) -> None:
        """End the server and a call that it still runs, unless it belongs to the process that this one was forked from."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.terminate()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was not written is lost with the server
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
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


@dataclass(frozen=True)
class _Parent:
    """The pipes of the server: requests and answers, and one from which a byte can be read after SIGTERM."""

    requests: BinaryIO
    answers: BinaryIO
    terminated: BinaryIO

    @property
    def pipes(self) -> tuple[BinaryIO, ...]:
        return self.requests, self.answers, self.terminated


def serve(run: Callable[[bytes, Callable[[bytes], object]], int]) -> NoReturn:
    """Main program of the server.

    Args:
        run: Called in the process of a call with its data and with a function that writes its answer; returns its exit status.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it decides when it ends
    parent = _Parent(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"), _watch_termination())
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    os.close(nothing)
    while request := _await_request(parent):
        module, seconds, data = pickle.loads(request[1])
        _preload(module)
        try:
            status, answer = _run_forked(run, data, seconds, parent)
        except OSError:
            status, answer = NOT_STARTED, b""
        _write(parent.answers, status, answer)
    os._exit(0)  # the parent process waits for the end


def _watch_termination() -> BinaryIO:
    """Return a pipe that can be read after SIGTERM. Nothing is interrupted, so no process or file of a call is missed."""
    source, target = os.pipe()
    os.set_blocking(target, False)
    signal.set_wakeup_fd(target)
    signal.signal(signal.SIGTERM, lambda *_: None)
    return os.fdopen(source, "rb", 0)


def _await_request(parent: _Parent) -> Answer | None:
    """Return the next request; None if the server is to end."""
    import select  # only the server needs it

    ready, _, _ = select.select([parent.requests, parent.terminated], [], [])
    return None if parent.terminated in ready else _read(parent.requests)


def _preload(name: str) -> None:
    module = import_module(name)
    for library in getattr(module, LIBRARIES, ()):
        import_module(library)


def _run_forked(
    run: Callable[[bytes, Callable[[bytes], object]], int],
    data: bytes,
    seconds: float,
    parent: _Parent,
) -> Answer:
    with temporary_folder() as folder:
        source, target = os.pipe()
        pid = os.fork()
        if not pid:
            status = 1
            try:
                os.close(source)
                _prepare_call(folder, parent)
                with os.fdopen(target, "wb") as out:
                    status = run(data, out.write)
            finally:
                os._exit(status)
        os.close(target)
        written = None
        try:
            with os.fdopen(source, "rb", 0) as answer:
                written = _read_until(answer, time.monotonic() + seconds, parent)
        finally:
            if written is None:
                os.kill(pid, signal.SIGKILL)
            _, ended = os.waitpid(pid, 0)
            end_group(pid)
    return (TIMED_OUT, b"") if written is None else (os.waitstatus_to_exitcode(ended), written)


def _prepare_call(folder: str, parent: _Parent) -> None:
    """Separate the process of a call from the server: it has a process group and a folder for temporary files of its own."""
    import tempfile  # loaded by `temporary_folder`

    os.setpgid(0, 0)
    os.close(signal.set_wakeup_fd(-1))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for pipe in parent.pipes:
        os.close(pipe.fileno())
    if folder:
        tempfile.tempdir = folder


def _read_until(source: BinaryIO, end: float, parent: _Parent) -> bytes | None:
    """Return all that is written to a pipe; None if that takes too long, or if the server is to end."""
    import select  # only the server needs it

    parts: list[bytes] = []
    watched = [source, parent.requests, parent.terminated]
    while True:
        # The next request follows the answer; until then, requests can be read only at their end.
        ready, _, _ = select.select(watched, [], [], max(0.0, end - time.monotonic()))
        if ready != [source]:
            return None
        part = source.read(1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
