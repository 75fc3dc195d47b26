"""What each of the programs takes for the brochure: cold, after an edit, and for 40 editions of two kinds.

Takes the matter that all share; gives figures, which `compare` puts into tables. Ours is called as its users call it, the
others through `bench.peers.run`.
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

from bench.peers import matter, ours
from bench.peers.matter import EDITED, EDITIONS, KINDS, Matter
from bench.processes import BROCHURE, ENVIRONMENT, Cost, cost, printed, together

OURS, TYPST = "ours", "typst"
RUNS = 5
EDITS = 9
LONG = 6.0
"""Seconds from which one run has to do."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program: its name here, the module that it is, and the package that it comes in."""

    name: str
    module: str
    package: str

    @property
    def label(self) -> str:
        """Its name with its version."""
        try:
            return f"{self.name} {version(self.package)}"
        except PackageNotFoundError:
            return self.name

    def missing(self) -> str:
        """Why it does not run here; empty where it does."""
        code = f"import {self.module}"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        if not done.returncode:
            return ""
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        absent = f"No module named '{self.module}'" in "".join(said)
        return "not installed" if absent else "installed, does not load"


PROGRAMS = (
    Program(OURS, "brochure", "brochure"),
    Program(TYPST, "typst", "typst"),
    Program("typst_inputs", "typst", "typst"),
    Program("weasyprint", "weasyprint", "weasyprint"),
    Program("fpdf2", "fpdf", "fpdf2"),
    Program("platypus", "reportlab", "reportlab"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a program took: a cold process, its file's bytes, the first build and those after edits, 40 editions of each kind."""

    cold: Cost
    size: int
    first: float
    again: float
    many: tuple[Cost, ...]


def measured(program: Program, common: Matter, work: Path) -> Measured:
    """All that there is to measure of a program."""
    print(f"beside other programs: {program.name} …")
    out = _emptied(work / "out")
    cold = cost(_builds(program.name, common, KINDS[0], (1, 1), out), RUNS)
    size = next(iter(out.glob("*.pdf"))).stat().st_size
    words: list[str | Path] = [program.name, common.folder, out, str(EDITS)]
    said = json.loads(printed([sys.executable, "-m", "bench.peers.rebuild", *words]))
    many = tuple(_forty(program.name, common, kind, work) for kind in KINDS)
    return Measured(cold, size, said["first"], min(said["again"]), many)


def _forty(name: str, common: Matter, kind: str, work: Path) -> Cost:
    """All editions on two processes: ours shares them out itself."""
    half = EDITIONS // 2
    out = _emptied(work / "out")
    parts = [(1, EDITIONS)] if name == OURS else [(1, half), (half + 1, EDITIONS)]
    return _repeated([_builds(name, common, kind, part, out) for part in parts])


def alone(common: Matter, work: Path) -> tuple[Cost, ...]:
    """All editions by one warm compiler."""
    out = _emptied(work / "out")
    return tuple(_repeated([_builds(TYPST, common, kind, (1, EDITIONS), out)]) for kind in KINDS)


def _repeated(commands: Sequence[Sequence[str | Path]]) -> Cost:
    """The best of three; a long one runs once."""
    once = together(commands, 1)
    return once if once.seconds > LONG else together(commands, 3)


def _builds(
    name: str, common: Matter, kind: str, editions: tuple[int, int], out: Path
) -> list[str | Path]:
    """The command that builds these editions; ours builds one office or all."""
    if name == OURS:
        which = ["--office", "01"] if editions == (1, 1) else ["--all", *jobs_option()]
        return [BROCHURE, "build", ours.project_of(common.folder, kind), *which, "-o", out]
    first, last = map(str, editions)
    return [sys.executable, "-m", "bench.peers.run", name, common.folder, kind, first, last, out]


def jobs_option() -> list[str]:
    """The option for two processes, where this version has it."""
    return ["--jobs", "2"] if "--jobs" in printed([BROCHURE, "build", "--help"]) else []


def first_ever(common: Matter, out: Path) -> float:
    """Seconds of a build whose pictures nobody has brought to the press before."""
    command = _builds(OURS, common, KINDS[0], (1, 1), out)
    kept = Path(ENVIRONMENT["BROCHURE_CACHE"])
    shutil.rmtree(kept, ignore_errors=True)
    return together([command], 1).seconds


def anew(common: Matter, work: Path) -> float:
    """Seconds of a new process of ours after an edit: the median, since each edit is another build."""
    words, out = common.edition(EDITED, 1), work / "out"
    command = _builds(OURS, common, EDITED, (1, 1), out)
    seconds = []
    for at in range(RUNS):
        matter.write_edition(words, matter.edited(matter.words_of(KINDS[0], 1), 100 + at))
        ours.edited(common.folder, words)
        seconds.append(together([command], 1).seconds)
    return median(seconds)


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
