"""The door to other processes: programs of others, and work of our own that might never end.

Takes bytes; gives what another process made of them, or nothing where it is not there, fails or takes too long. Nobody else
starts a process; no shell is ever asked, and what is handed over are bytes on standard input or in a folder made for them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

SECONDS = 4
"""Of the processor, which is what work of our own may take."""
PATIENCE = 60
"""Seconds of the clock after which nobody waits any longer, however busy the machine is."""
MEMORY = 450_000_000


def run_on(program: str, data: bytes, words: Sequence[str]) -> dict[str, bytes]:
    """The files that an outside program makes of one, which it finds as `input` in a folder of its own.

    Empty where the program is not installed, fails or takes more than two minutes: whoever asks can do without.
    """
    found = shutil.which(program)
    if found is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="brochure-") as folder:
        place = Path(folder)
        (place / "input").write_bytes(data)
        try:
            subprocess.run([found, *words], cwd=place, capture_output=True, check=True, timeout=120)
        except (OSError, subprocess.SubprocessError):
            return {}
        return {path.name: path.read_bytes() for path in place.iterdir() if path.name != "input"}


def run_module(module: str, data: bytes) -> bytes | None:
    """What a module of ours, whose program is `answer`, prints for these bytes; None where that is too much work.

    It is run with `-P`, so that no file in the current folder can stand for one of ours.
    """
    words = [sys.executable, "-P", "-m", module, str(SECONDS)]
    try:
        done = subprocess.run(words, input=data, capture_output=True, check=True, timeout=PATIENCE)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def answer(work: Callable[[bytes], bytes]) -> None:
    """The program of a module that is run apart: reads all of standard input, works within limits, and prints."""
    _limit(int(sys.argv[1]))
    sys.stdout.buffer.write(work(sys.stdin.buffer.read()))


def _limit(seconds: int) -> None:
    """No more processor time and memory than work of our own may take, where the system can see to that."""
    try:
        # Imported here: Windows has no such limits; there the clock alone ends what never ends.
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
