"""Ours beside other programs, on equal brochures, in one run: what `bench/peers/` is for.

Takes a folder to work in; gives the tables with ratios and the goals that they decide. A program that is not installed has a
row that says so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import equal_work
from bench.measured import (
    EDITS,
    OURS,
    PROGRAMS,
    RUNS,
    TYPST,
    Measured,
    Program,
    alone,
    anew,
    first_ever,
    jobs_option,
    measured,
)
from bench.peers.matter import EDITIONS, KINDS, Matter
from bench.processes import Cost, printed
from bench.tables import Goal, Section, table

HEAD = """\
## Beside other programs

The same brochure by each ([bench/peers/](../bench/peers/__init__.py)): eight A5 pages with bleed, three JPEGs of 1830 x 2550
pixels and 1.6 MB, one serif, justified text of about 700 words, two charts. Ours makes CMYK files for the press with an output
profile, the pictures brought into it; the others copy RGB pictures as they are. typst is its Python package without tags, and the
goals are held against it: its words are a file under one name, which its memory serves best. typst_inputs is the same with
the words as an input, as its users would begin. platypus is ReportLab's own layout with `rl_config.useA85 = 0` (as it comes it
writes pictures in ASCII85, many times slower). fpdf2 and platypus break lines greedily, without hyphens or shaping;
WeasyPrint greedily with hyphens; typst and ours fit paragraphs as a whole.
All write their files to the same disk; ours also waits until they are there.
"""

COLD = """\
### A cold process, one brochure

Best and median of {runs} processes from call to end. Ours has its pictures in the cache, as on every build but the first: that
one took {empty:.2f} s with an empty cache.
"""

REBUILT = """\
### One message changed

In one process that goes on, a paragraph changed on disk and built again: best of {edits} edits. The first build in the process is
a full one; what the program imports is left out of it. The last row is a new process after each edit, beside the cold one.
"""

MANY = """\
### {editions} editions

*Offices* share all words but name, address and telephone; *texts* have every paragraph different, too. On two processes, each
with half of the editions and keeping what it can from one to the next{how}; typst also in one process, whose compiler
uses both cores. Whole processes, imports included: seconds from the first start to the last end, processor seconds of all,
ratios of the former, and the memory of the largest process.
"""


def sections(work: Path, photos: Path, font: Path) -> tuple[Section, Section]:
    """Return the tables of equal work, and those of what each program makes by default."""
    print("beside other programs: making the matter …")
    common = Matter(work / "matter")
    printed([sys.executable, "-m", "bench.peers.matter", common.folder, photos, font])
    printed([sys.executable, "-m", "bench.peers.ours", common.folder])
    equal = equal_work.section(common, work / "equal")
    empty = first_ever(common, work / "empty")
    missing = {program.name: program.missing() for program in PROGRAMS}
    found = {
        program.name: measured(program, common, work)
        for program in PROGRAMS
        if not missing[program.name]
    }
    by_one = alone(common, work) if TYPST in found else ()
    renewed = anew(common, work)
    how = "" if jobs_option() else "; this version of ours in a single one"
    parts = [
        HEAD,
        f"{COLD.format(runs=RUNS, empty=empty)}\n{cold_table(found, missing)}",
        f"{REBUILT.format(edits=EDITS)}\n{_rebuilt(found, missing, renewed)}",
        f"{MANY.format(editions=EDITIONS, how=how)}\n{_many(found, missing, by_one)}",
    ]
    text = "\n\n".join(part.strip() for part in parts)
    return equal, Section(text, goals(found, by_one, renewed))


def cold_table(found: dict[str, Measured], missing: dict[str, str]) -> str:
    """What one brochure costs, and how large it is."""
    names = ("program", "best", "median", "processor", "memory", "file", "time, × typst's")
    typst = found.get(TYPST)

    def row(program: Program, one: Measured) -> Row:
        times = (f"{s:.2f} s" for s in (one.cold.seconds, one.cold.middle, one.cold.processor))
        ratio = _ratio(one.cold.seconds, typst.cold.seconds if typst else None)
        sizes = f"{one.cold.peak / 1e6:.0f} MB", f"{one.size / 1e6:.1f} MB"
        return (program.label, *times, *sizes, ratio)

    return table(names, _rows(found, missing, len(names), row))


Row = tuple[str, ...]


def _rows(
    found: dict[str, Measured],
    missing: dict[str, str],
    width: int,
    row: Callable[[Program, Measured], Row],
) -> list[Row]:
    """A row a program; one that is not here says so."""
    return [
        row(program, found[program.name])
        if program.name in found
        else _absent(program, missing, width)
        for program in PROGRAMS
    ]


def _rebuilt(found: dict[str, Measured], missing: dict[str, str], anew: float) -> str:
    names = ("program", "first build", "after an edit", "of the first", "after an edit, × typst's")
    typst = found.get(TYPST)

    def row(program: Program, one: Measured) -> Row:
        times = (f"{s * 1000:.0f} ms" for s in (one.first, one.again))
        ratio = _ratio(one.again, typst.again if typst else None)
        return (program.label, *times, f"{one.again / one.first:.2f}", ratio)

    rows = _rows(found, missing, len(names), row)
    cold = found[OURS].cold.middle
    times = (f"{s * 1000:.0f} ms" for s in (cold, anew))
    rows.append(
        (
            "ours, new processes",
            *times,
            f"{anew / cold:.2f}",
            _ratio(anew, typst.again if typst else None),
        )
    )
    return table(names, rows)


def _many(found: dict[str, Measured], missing: dict[str, str], alone: tuple[Cost, ...]) -> str:
    names = ["program"]
    for kind in KINDS:
        names += [kind, "processor", "× typst's"]
    names += ["memory"]
    typst = found.get(TYPST)

    def row(program: Program, one: Measured) -> Row:
        return _many_row(program.label, one.many, typst)

    rows = _rows(found, missing, len(names), row)
    if typst:
        at = next(at for at, program in enumerate(PROGRAMS) if program.name == TYPST)
        rows.insert(at + 1, _many_row("typst, one process", alone, typst))
    return table(names, rows)


def _many_row(label: str, many: Sequence[Cost], typst: Measured | None) -> tuple[str, ...]:
    row = [label]
    for at, one in enumerate(many):
        ratio = _ratio(one.seconds, typst.many[at].seconds if typst else None)
        row += [f"{one.seconds:.2f} s", f"{one.processor:.2f} s", ratio]
    peak = max(one.peak for one in many)
    return (*row, f"{peak / 1e6:.0f} MB")


def _ratio(seconds: float, typst: float | None) -> str:
    return f"{seconds / typst:.2f}" if typst else "–"


def _absent(program: Program, missing: dict[str, str], cells: int) -> tuple[str, ...]:
    return (program.name, f"**{missing[program.name]}**", *[""] * (cells - 2))


def goals(found: dict[str, Measured], alone: tuple[Cost, ...], anew: float) -> tuple[Goal, ...]:
    """Whether this run has met what is asked beside typst, and of a rebuild."""
    mine, typst = found[OURS], found.get(TYPST)
    share = mine.again / mine.first
    rebuild = Goal(
        "a rebuild after one edited message under a third of a full build",
        f"{mine.again * 1000:.0f} of {mine.first * 1000:.0f} ms in one process ({share:.2f});"
        f" {anew * 1000:.0f} ms of {mine.cold.middle * 1000:.0f} in new ones",
        share < 1 / 3,
    )
    if typst is None:
        nothing = "typst is not here"
        return (
            Goal(
                "40 press editions faster than typst's warm compiler makes RGB ones", nothing, None
            ),
            Goal("a cold build no slower than 1.5 times typst's", nothing, None),
            rebuild,
        )
    faster = tuple(
        Goal(
            f"40 {kind} for the press faster than typst's warm compiler makes them in RGB",
            f"{mine.many[at].seconds:.2f} s; typst {alone[at].seconds:.2f} s in one process,"
            f" {typst.many[at].seconds:.2f} s in two",
            mine.many[at].seconds < alone[at].seconds,
        )
        for at, kind in enumerate(KINDS)
    )
    ratio = mine.cold.seconds / typst.cold.seconds
    cold = Goal(
        "a cold build no slower than 1.5 times typst's cold process",
        f"{mine.cold.seconds:.2f} s; typst {typst.cold.seconds:.2f} s ({ratio:.2f})",
        ratio <= 1.5,
    )
    return (*faster, cold, rebuild)
