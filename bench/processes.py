"""Whole processes: how long one takes from the call to its end, and the most memory that it held.

Takes a command; gives the best of several runs. The best one is what the work costs; the others show what else the machine
did meanwhile.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
"""That of the processes: one that may not keep what it compiled would be measured compiling."""

BROCHURE = str(Path(sys.executable).parent / "brochure")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the best run, the median of all, processor seconds of the best, and peak memory in bytes."""

    seconds: float
    middle: float
    processor: float
    peak: int


def cost(command: Sequence[str | Path], runs: int = 5) -> Cost:
    """What a command costs, once all that it imports has been compiled."""
    _run([str(part) for part in command])
    return _best([_run([str(part) for part in command]) for _ in range(runs)])


def together(commands: Sequence[Sequence[str | Path]], runs: int = 3) -> Cost:
    """What commands cost that run at the same time: seconds from the first start to the last end, the largest one's memory."""
    found = []
    for _ in range(runs):
        os.sync()  # so that nobody pays for what another has written
        began = time.perf_counter()
        started = [_started([str(part) for part in command]) for command in commands]
        ended = [_ended(process) for process in started]
        used, peak = sum(one[0] for one in ended), max(one[1] for one in ended)
        found.append((time.perf_counter() - began, used, peak))
    return _best(found)


def run_in_turn(commands: Sequence[Sequence[str | Path]]) -> tuple[float, float]:
    """Return the seconds, and the processor seconds, of commands that run one after the other."""
    found = [_run([str(part) for part in command]) for command in commands]
    return sum(one[0] for one in found), sum(one[1] for one in found)


def _best(found: Sequence[tuple[float, float, int]]) -> Cost:
    seconds = [one[0] for one in found]
    processor, peak = min(one[1] for one in found), max(one[2] for one in found)
    return Cost(min(seconds), median(seconds), processor, peak)


def _run(command: list[str]) -> tuple[float, float, int]:
    began = time.perf_counter()
    processor, peak = _ended(_started(command))
    return time.perf_counter() - began, processor, peak


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT
    )


def _ended(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Processor seconds and peak memory of a process that has ended; RuntimeError with what it said where it failed."""
    said = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        words = " ".join(map(str, process.args)) if isinstance(process.args, list) else ""
        raise RuntimeError(f"{words}: {said.decode('utf-8', 'replace')}")
    # Linux counts in kibibytes, macOS in bytes.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return usage.ru_utime + usage.ru_stime, peak


def printed(command: Sequence[str | Path]) -> str:
    """What a command prints on standard output."""
    called = [str(part) for part in command]
    done = subprocess.run(called, capture_output=True, check=True, env=ENVIRONMENT)
    return done.stdout.decode()
