"""The compared programs, and the measurements of each: one build, a rebuild after an edit, and 40 editions of two kinds.

This program is measured by its command, the others by `bench.peers.run`. `bench.compare` formats the measurements as tables.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from bench.peers import ours, source_files
from bench.peers.source_files import EDITED, EDITIONS, KINDS, SourceFiles
from bench.processes import (
    BROCHURE,
    ENVIRONMENT,
    Cost,
    capture_output,
    measure_concurrently,
    measure_cost,
)

OURS, TYPST = "ours", "typst"
RUNS = 5
EDITS = 9
MAX_REPEATED_SECONDS = 6.0
"""A command that takes longer runs only once."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program: its module in bench.peers, the module that it imports, and the package of that module."""

    name: str
    module: str
    package: str

    @property
    def label(self) -> str:
        """The name with the version of the package."""
        try:
            return f"{self.name} {version(self.package)}"
        except PackageNotFoundError:
            return self.name

    def explain_absence(self) -> str:
        """Return why the program cannot run; an empty string if it can."""
        code = f"import {self.module}"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        if not done.returncode:
            return ""
        last_line = "".join(done.stderr.decode(errors="replace").strip().splitlines()[-1:])
        is_absent = f"No module named '{self.module}'" in last_line
        return "not installed" if is_absent else "import fails"


PROGRAMS = (
    Program(OURS, "brochure", "brochure"),
    Program(TYPST, "typst", "typst"),
    Program("typst_inputs", "typst", "typst"),
    Program("weasyprint", "weasyprint", "weasyprint"),
    Program("fpdf2", "fpdf", "fpdf2"),
    Program("platypus", "reportlab", "reportlab"),
)


@dataclass(frozen=True, slots=True)
class Measurements:
    """The measurements of a program.

    `cold` is a build in a new process, `first_build` and `rebuild` are seconds in one process, `file_size` is in bytes,
    and `batches` has the cost of 40 editions for each of `KINDS`.
    """

    cold: Cost
    file_size: int
    first_build: float
    rebuild: float
    batches: tuple[Cost, ...]


def measure_program(program: Program, sources: SourceFiles, work: Path) -> Measurements:
    """Measure everything for one program."""
    print(f"other programs: {program.name} …")
    out = _empty_folder(work / "out")
    cold = measure_cost(_make_build_command(program.name, sources, KINDS[0], (1, 1), out), RUNS)
    size = next(iter(out.glob("*.pdf"))).stat().st_size
    arguments: list[str | Path] = [program.name, sources.folder, out, str(EDITS)]
    seconds = json.loads(capture_output([sys.executable, "-m", "bench.peers.rebuild", *arguments]))
    batches = tuple(_measure_batch(program.name, sources, kind, work) for kind in KINDS)
    return Measurements(cold, size, seconds["first"], min(seconds["rebuilds"]), batches)


def _measure_batch(name: str, sources: SourceFiles, kind: str, work: Path) -> Cost:
    """Measure all editions on two processes; this program distributes them itself."""
    half = EDITIONS // 2
    out = _empty_folder(work / "out")
    parts = [(1, EDITIONS)] if name == OURS else [(1, half), (half + 1, EDITIONS)]
    return _measure_repeatedly(
        [_make_build_command(name, sources, kind, part, out) for part in parts]
    )


def measure_one_typst_process(sources: SourceFiles, work: Path) -> tuple[Cost, ...]:
    """Measure all editions of each kind, built by one typst compiler."""
    out = _empty_folder(work / "out")
    commands = [_make_build_command(TYPST, sources, kind, (1, EDITIONS), out) for kind in KINDS]
    return tuple(_measure_repeatedly([command]) for command in commands)


def _measure_repeatedly(commands: Sequence[Sequence[str | Path]]) -> Cost:
    """Return the best of three runs, or a single run if it is long."""
    cost = measure_concurrently(commands, 1)
    return cost if cost.seconds > MAX_REPEATED_SECONDS else measure_concurrently(commands, 3)


def _make_build_command(
    name: str, sources: SourceFiles, kind: str, editions: tuple[int, int], out: Path
) -> list[str | Path]:
    """Return the command that builds the editions; this program builds either the first or all."""
    if name == OURS:
        # Without `--force`, a second run would build nothing: nothing has changed.
        many = ["--all", "--jobs", "2", "--force"]
        selection = ["--office", "01"] if editions == (1, 1) else many
        project = ours.get_project_folder(sources.folder, kind)
        return [BROCHURE, "build", project, *selection, "-o", out]
    first, last = map(str, editions)
    return [sys.executable, "-m", "bench.peers.run", name, sources.folder, kind, first, last, out]


def measure_empty_cache(sources: SourceFiles, out: Path) -> float:
    """Return the seconds of a build of this program with an empty image cache."""
    command = _make_build_command(OURS, sources, KINDS[0], (1, 1), out)
    shutil.rmtree(Path(ENVIRONMENT["BROCHURE_CACHE"]), ignore_errors=True)
    return measure_concurrently([command], 1).seconds


def measure_new_process_rebuild(sources: SourceFiles, work: Path) -> float:
    """Return the median seconds of a build of this program in a new process after an edit."""
    edition, out = sources.get_edition_path(EDITED, 1), work / "out"
    command = _make_build_command(OURS, sources, EDITED, (1, 1), out)
    seconds = []
    for run in range(RUNS):
        messages = source_files.make_messages(KINDS[0], 1)
        source_files.write_edition(edition, source_files.edit_message(messages, 100 + run))
        ours.update_project(sources.folder, edition)
        seconds.append(measure_concurrently([command], 1).seconds)
    return median(seconds)


def _empty_folder(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
