"""Run commands as processes; measure their time and peak memory.

The best of several runs is reported: slower runs show what else the machine was doing.
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
"""Environment of the processes. They may write bytecode; otherwise each run would compile every module again."""

BROCHURE = str(Path(sys.executable).parent / "brochure")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the fastest run, median seconds, least seconds of processor time, and peak memory in bytes."""

    seconds: float
    median: float
    processor_seconds: float
    peak_memory: int


def measure_cost(command: Sequence[str | Path], runs: int = 5) -> Cost:
    """Measure a command. A first run, which compiles the imported modules, is not counted."""
    _run([str(part) for part in command])
    return _summarize([_run([str(part) for part in command]) for _ in range(runs)])


def measure_concurrently(commands: Sequence[Sequence[str | Path]], runs: int = 3) -> Cost:
    """Measure commands that run at the same time.

    Returns:
        The seconds from the first start to the last end, the processor time of all, and the peak memory of the largest process.
    """
    costs = []
    for _ in range(runs):
        os.sync()  # do not count the writing of earlier files
        start = time.perf_counter()
        processes = [_start([str(part) for part in command]) for command in commands]
        results = [_wait(process) for process in processes]
        processor_seconds, peak = sum(one[0] for one in results), max(one[1] for one in results)
        costs.append((time.perf_counter() - start, processor_seconds, peak))
    return _summarize(costs)


def run_in_turn(commands: Sequence[Sequence[str | Path]]) -> tuple[float, float]:
    """Run commands one after the other; return the seconds and the processor time of all."""
    costs = [_run([str(part) for part in command]) for command in commands]
    return sum(one[0] for one in costs), sum(one[1] for one in costs)


def _summarize(costs: Sequence[tuple[float, float, int]]) -> Cost:
    seconds = [one[0] for one in costs]
    processor_seconds, peak = min(one[1] for one in costs), max(one[2] for one in costs)
    return Cost(min(seconds), median(seconds), processor_seconds, peak)


def _run(command: list[str]) -> tuple[float, float, int]:
    start = time.perf_counter()
    processor_seconds, peak = _wait(_start(command))
    return time.perf_counter() - start, processor_seconds, peak


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT
    )


def _wait(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Wait for a process; return its processor time and its peak memory in bytes.

    Raises:
        RuntimeError: The process failed; the message contains its standard error.
    """
    errors = process.stderr.read() if process.stderr else b""
    used = wait_for_end(process)
    if process.returncode:
        command = " ".join(map(str, process.args)) if isinstance(process.args, list) else ""
        raise RuntimeError(f"{command}: {errors.decode('utf-8', 'replace')}")
    return used


def wait_for_end(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Wait for a process, however it ends; return its processor time and its peak memory in bytes."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts in kibibytes, macOS in bytes.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return usage.ru_utime + usage.ru_stime, peak


def capture_output(command: Sequence[str | Path]) -> str:
    """Run a command; return its standard output."""
    arguments = [str(part) for part in command]
    done = subprocess.run(arguments, capture_output=True, check=True, env=ENVIRONMENT)
    return done.stdout.decode()
