"""The worker: runs each case in a process forked from one that has loaded everything and has read no bad file.

Each line of standard input has the number of a case and, optionally, a form; the result is a line of JSON on standard output. A
child that crashes, hangs or uses too much memory does not affect the worker, which reports how it ended.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import io
import json
import logging
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from brochure import cli
from tests.fuzz import judging
from tests.fuzz.forms import Case, case, good
from tests.fuzz.judging import Ended, judged

WALL = 90.0
"""Elapsed seconds after which a case counts as hanging; generous, because other processes may be running."""
ADDRESSES = 3_000_000_000
"""Limit of the address space in bytes, so that a decompression bomb does not use all memory of the machine; the judge measures
resident memory."""
MAX_FILE_SIZE = 300_000_000


def main() -> None:
    """Load everything, then answer one line after another."""
    os.environ["BROCHURE_CACHE"] = "off"
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    home = Path(tempfile.mkdtemp(prefix="brochure-fuzz-"))
    try:
        _warm(home)
        _answer("ready")
        for line in sys.stdin:
            number, _, form = line.strip().partition(" ")
            ended = run(case(int(number), form), home)
            _answer(json.dumps(asdict(ended)))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _warm(home: Path) -> None:
    """Run a few good cases in this process, so that children have modules, packaged fonts and shipped profiles in memory."""
    for form, at in WARMING:
        one = good(form, at)
        _laid_out(one, home)
        with (
            contextlib.suppress(SystemExit),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            _called(one, home)
        _tidied(home)


WARMING = (
    *(("layout", 0), ("layout", 2), ("layout", 8), ("office", 0), ("copy", 3), ("webp", 0)),
    *(("catalogue", 0), ("catalogue", 4), ("csv", 0), ("xlsx", 0), ("xliff", 0), ("xliff-1.2", 0)),
    *(("pdf-plain", 0), ("svg", 3), ("profile", 0), ("font-postscript", 0)),
)
"""Cases by form and command that together load everything."""


def run(one: Case, home: Path) -> Ended:
    """Run a case and return its result; its files are kept if it failed."""
    _laid_out(one, home)
    gc.freeze()
    child = os.fork()
    if child == 0:
        _in_child(one, home)
    in_time = _waited(child)
    _, status, used = os.wait4(child, 0)
    memory = used.ru_maxrss * 1024
    if memory > judging.MAX_MEMORY:
        memory = _by_itself(one)
    seconds = used.ru_utime + used.ru_stime
    ended = judged(one, home, status, in_time=in_time, seconds=seconds, memory=memory)
    _tidied(home)
    return ended


def _by_itself(one: Case) -> int:
    """Return the peak memory of the case in a new process: a child also has everything that the worker has loaded."""
    with tempfile.TemporaryDirectory(prefix="brochure-fuzz-") as place:
        _laid_out(one, Path(place))
        program = [sys.executable, "-c", "from brochure.cli import main; main()", *one.words]
        none = subprocess.DEVNULL
        how = {"cwd": place, "stdout": none, "stderr": none}
        alone = subprocess.Popen(program, preexec_fn=_bounded, **how)  # type: ignore[call-overload]  # noqa: PLW1509
        return os.wait4(alone.pid, 0)[2].ru_maxrss * 1024


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def _waited(child: int) -> bool:
    """Return whether the child ended by itself; kill its own children too."""
    handle = os.pidfd_open(child)
    try:
        ended, _, _ = select.select([handle], [], [], WALL)
    finally:
        os.close(handle)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return bool(ended)


def _laid_out(one: Case, home: Path) -> None:
    for name, data in one.files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _tidied(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(exist_ok=True)


def _in_child(one: Case, home: Path) -> NoReturn:
    """Run the command in a process with limits and with its output in files; never returns."""
    os.setpgid(0, 0)
    status = 70
    try:
        _limited(home)
        status = _called(one, home)
    except SystemExit as stop:
        status = int(stop.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(status & 0xFF)


def _limited(home: Path) -> None:
    for kind, limit in (
        (resource.RLIMIT_AS, ADDRESSES),
        (resource.RLIMIT_FSIZE, MAX_FILE_SIZE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    place = (home / ".place").open("w")
    faulthandler.enable(place)
    logging.lastResort = MUTTERING
    faulthandler.register(signal.SIGPROF, place, all_threads=False, chain=True)
    signal.setitimer(signal.ITIMER_PROF, judging.MAX_SECONDS)
    sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123
    for number, name in ((1, ".out"), (2, ".err")):
        handle = os.open(home / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


MUTTERING = logging.StreamHandler()
"""Print warnings that a library logs without a handler; the judge does not allow them."""
MUTTERING.setFormatter(logging.Formatter("Warning: %(name)s logs: %(message)s"))


def _called(one: Case, home: Path) -> int:
    """Do what the console script does."""
    os.chdir(home)
    sys.argv = ["brochure", *one.words]
    cli.main()
    return 0


if __name__ == "__main__":
    main()
