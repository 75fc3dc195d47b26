"""1,000 editions on a Dask cluster of two workers, and a build that is stopped by Ctrl-C and continued.

The project is that of `bench.many`. The workers run on this machine: the figures show what a cluster costs, not what it gains.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.many import JOBS, LANGUAGES, OFFICES, make_editions
from bench.processes import BROCHURE, ENVIRONMENT, Cost, measure_concurrently, wait_for_end
from bench.tables import Goal, Section, format_table

EDITIONS = OFFICES * len(LANGUAGES)
STOP_AFTER = EDITIONS // 3
MAX_REPEATED = 0.02
"""Limit of the editions that are built again after an interruption, as a fraction of all."""

HEAD = """\
## A cluster, and an interrupted build

The same {editions:,} editions on a Dask cluster: a scheduler and two workers on this machine, each with its own image cache that
is empty at first. The processor time includes the workers, of which each takes about one second to start. *Stopped* is a build
with {jobs} processes that gets the signal of Ctrl-C when a third of the PDFs are there; *continued* is the same command again.
"""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A build that was stopped: its PDFs, its seconds and its processor time."""

    built: int
    seconds: float
    processor_seconds: float


def measure_section(work: Path, photos: Path) -> Section:
    """Build on a cluster; then build, stop and continue."""
    project = make_editions(work / "interrupted", photos)
    on_cluster = _measure_cluster(project, work)
    command: list[str | Path] = [BROCHURE, "build", project, "--all", "--jobs", str(JOBS), "-o"]
    whole = measure_concurrently([[*command, work / "out-whole"]], 1)
    out = work / "out-stopped"
    stopped = _measure_stopped([*command, out], out)
    before = _list_times(out)
    continued = measure_concurrently([[*command, out]], 1)
    after = _list_times(out)
    repeated = sum(after[name] != when for name, when in before.items())
    rows = [
        _row(f"{JOBS} processes", EDITIONS, whole),
        _row("cluster of two workers", len(_list_times(work / "out-cluster")), on_cluster),
        (
            "stopped",
            str(stopped.built),
            f"{stopped.seconds:.1f} s",
            f"{stopped.processor_seconds:.1f} s",
            "",
        ),
        _row("continued", len(after) - len(before), continued),
    ]
    head = HEAD.format(editions=EDITIONS, jobs=JOBS)
    columns = ("build", "new PDFs", "time", "processor time", "memory of the largest process")
    goal = Goal(
        f"a stopped build of {EDITIONS:,} editions continues: at most {MAX_REPEATED:.0%} are built again",
        f"{len(before)} built before, {repeated} built again",
        repeated <= MAX_REPEATED * EDITIONS and len(after) == EDITIONS,
    )
    return Section(f"{head}\n{format_table(columns, rows)}", (goal,))


def _row(name: str, built: int, cost: Cost) -> tuple[str, ...]:
    memory = f"{cost.peak_memory / 1e6:.0f} MB"
    return name, f"{built:,}", f"{cost.seconds:.1f} s", f"{cost.processor_seconds:.1f} s", memory


def _list_times(out: Path) -> dict[str, int]:
    """Return when each PDF in the folder was written, by its name."""
    return {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}


def _measure_stopped(command: list[str | Path], out: Path) -> Stopped:
    """Send the signal of Ctrl-C when a third of the PDFs are there."""
    start = time.perf_counter()
    process = _start([str(part) for part in command])
    while len(_list_times(out)) < STOP_AFTER:
        if process.poll() is not None:
            raise RuntimeError(f"the build ended before it was stopped: {process.returncode}")
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    processor_seconds, _ = wait_for_end(process)
    return Stopped(len(_list_times(out)), time.perf_counter() - start, processor_seconds)


def _measure_cluster(project: Path, work: Path) -> Cost:
    """Build on a new cluster; the processor time and the memory are those of all its processes."""
    with _running_cluster(work / "cluster") as (address, processes):
        command: list[str | Path] = [BROCHURE, "build", project, "--all", "--cluster", address]
        cost = measure_concurrently([[*command, "-o", work / "out-cluster"]], 1)
        used = [_end(process) for process in processes]
    processor_seconds = cost.processor_seconds + sum(seconds for seconds, _ in used)
    peak = max(cost.peak_memory, *(memory for _, memory in used))
    return Cost(cost.seconds, cost.median, processor_seconds, peak)


@contextmanager
def _running_cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers; yield its address and the processes. Whatever still runs at the end is killed."""
    folder.mkdir()
    file = folder / "scheduler.json"
    dask = ["--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", str(file)]
    one = [*dask, "--no-nanny", "--nthreads", "1"]
    processes = [
        _start([sys.executable, "-m", "distributed.cli.dask_scheduler", *dask, "--port", "0"])
    ]
    try:
        processes += [
            _start(
                [sys.executable, "-m", "distributed.cli.dask_worker", *one], folder / str(number)
            )
            for number in range(2)
        ]
        yield _read_address(file), processes
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
                process.wait()


def _read_address(file: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if file.exists() and '"address": "' in (text := file.read_text()):
            return text.partition('"address": "')[2].partition('"')[0]
        time.sleep(0.05)
    raise RuntimeError("the scheduler did not start within a minute")


def _start(command: list[str], cache: Path | None = None) -> subprocess.Popen[bytes]:
    own = {"BROCHURE_CACHE": str(cache)} if cache else {}
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT | own
    )


def _end(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """End a process of the cluster; return its processor time and its peak memory in bytes."""
    os.kill(
        process.pid, signal.SIGTERM
    )  # not `terminate`, which would forget the processor time of an ended process
    return wait_for_end(process)


def main() -> None:
    """Measure in the new folder given on the command line; print the section."""
    work, photos = Path(sys.argv[1]), Path(__file__).parents[1] / "assets/photos"
    ENVIRONMENT["BROCHURE_CACHE"] = str(work / "cache")
    print(measure_section(work, photos).text)


if __name__ == "__main__":
    main()
