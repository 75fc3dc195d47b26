"""Run the program in a forked process: a build that starts in a millisecond, and that tests may kill or limit.

`forked` runs a command line with a picture cache and resource limits. Each process leads its own process group, as a program
started in a terminal does, and writes its output into files.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from brochure import cli
from brochure.pdf import resources
from brochure.system import disk_cache


@dataclass(frozen=True, slots=True)
class Fork:
    """A process, and the files with its output."""

    pid: int
    out: Path
    err: Path

    def end(self) -> int:
        """Wait for the process; return its exit status, or the negative number of the signal that ended it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def gone(self) -> bool:
        """Whether all processes of its group have ended within some seconds."""
        for _ in range(400):
            try:
                os.killpg(self.pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.01)
        return False


def forked(
    words: tuple[str | Path, ...], folder: Path, *, kept: Path, before: Callable[[], None] | None
) -> Fork:
    """Run `brochure` with these arguments, with `kept` as its picture cache; `before` sets its limits."""
    fork = Fork(0, folder / "said", folder / "said-beside")
    pid = os.fork()
    if pid:
        return Fork(pid, fork.out, fork.err)
    status = 70
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        gc.callbacks.clear()  # not the handler of the test runner, in which an interrupt would be lost
        gc.freeze()
        _say_into(fork)
        os.environ["BROCHURE_CACHE"] = str(kept)
        disk_cache.disk_cache.cache_clear()
        resources.IMAGES.recent.clear()  # data that tests in this process have left
        if before:
            before()
        status = _main(words)
    finally:
        os._exit(status)


def _say_into(fork: Fork) -> None:
    for number, path in ((1, fork.out), (2, fork.err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", closefd=False)


def _main(words: tuple[str | Path, ...]) -> int:
    sys.argv = ["brochure", *map(str, words)]
    try:
        cli.main()
    except SystemExit as stop:
        return int(stop.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0
