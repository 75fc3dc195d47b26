"""Compare this program with other programs that build the same brochure (`bench.peers`).

Returns sections with tables and goals. If a program is not installed, its row says so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import equal_work
from bench.peers.source_files import EDITIONS, KINDS, SourceFiles
from bench.processes import Cost, capture_output
from bench.programs import (
    EDITS,
    OURS,
    PROGRAMS,
    RUNS,
    TYPST,
    Measurements,
    Program,
    measure_empty_cache,
    measure_new_process_rebuild,
    measure_one_typst_process,
    measure_program,
)
from bench.tables import Goal, Section, format_table

HEAD = """\
## Default output of each program

The same brochure by each program ([bench/peers/](../bench/peers/__init__.py)): eight A5 pages with bleed, three JPEGs of
1830 x 2550 pixels and 1.6 MB, one serif font, justified text of about 700 words, two charts. The programs differ in these ways:

- `ours` is this program. It makes CMYK files for the press with an output profile, and converts the images to CMYK. The other
  programs copy the RGB images into their files.
- `typst` is typst's Python package, without tags. The goals refer to it. It reads the text from a file that always has the
  same name, because its cache works best that way. `typst_inputs` passes the text as an input, which is simpler.
- `platypus` is ReportLab's layout engine with `rl_config.useA85 = 0`. By default ReportLab encodes images in ASCII85, which is
  many times slower.
- fpdf2 and Platypus break lines greedily, without hyphenation or shaping. WeasyPrint breaks lines greedily with hyphenation.
  typst and this program optimize the line breaks of the whole paragraph.
- All programs write to the same disk. Only this program waits until its files are on the disk.
"""

COLD = """\
### One brochure in a new process

Best and median of {runs} processes, from start to end. The images of this program are in its cache, as in every build except the
first. That build took {empty:.2f} s with an empty cache.
"""

REBUILD = """\
### A rebuild after one edit

One process builds the brochure; then a paragraph is changed on disk and the brochure is built again. Best of {edits} edits.
The first build is a full one; imports are not included. A rebuild ends when the new PDF can be read; `brochure watch` then
waits until it is on the disk, which the other programs do not. The last row is a new process after each edit, compared with a
full build in a new process.
"""

BATCHES = """\
### {editions} editions

*Offices* have the same text except for name, address and telephone number. In *texts*, every paragraph differs too. Two processes
build half of the editions each, and keep what they can between editions. typst is also measured in one process, because its
compiler uses both cores. Figures are for whole processes, including imports: seconds from the first start to the last end, the
processor time of all processes, the ratio of the seconds to typst's, and the memory of the largest process.
"""

Row = tuple[str, ...]


def measure_equal_work(work: Path, photos: Path, font: Path) -> Section:
    """Measure the programs as they make the same kind of file.

    Args:
        work: A folder for the files that are made.
        photos: The folder of the sample's photographs.
        font: The variable font of the sample's text.
    """
    return equal_work.measure_section(_make_sources(work, photos, font), work / "equal")


def measure_programs(work: Path, photos: Path, font: Path) -> Section:
    """Measure the default output of each program; the arguments are those of `measure_equal_work`."""
    sources = _make_sources(work, photos, font)
    empty = measure_empty_cache(sources, work / "empty")
    absent = {program.name: program.explain_absence() for program in PROGRAMS}
    measurements = {
        program.name: measure_program(program, sources, work)
        for program in PROGRAMS
        if not absent[program.name]
    }
    one_process = measure_one_typst_process(sources, work) if TYPST in measurements else ()
    new_process = measure_new_process_rebuild(sources, work)
    parts = [
        HEAD,
        f"{COLD.format(runs=RUNS, empty=empty)}\n{format_cold_builds(measurements, absent)}",
        f"{REBUILD.format(edits=EDITS)}\n{_format_rebuilds(measurements, absent, new_process)}",
        f"{BATCHES.format(editions=EDITIONS)}\n{_format_batches(measurements, absent, one_process)}",
    ]
    text = "\n\n".join(part.strip() for part in parts)
    return Section(text, compute_goals(measurements, one_process, new_process))


def _make_sources(work: Path, photos: Path, font: Path) -> SourceFiles:
    print("other programs: source files …")
    sources = SourceFiles(work / "sources")
    make_sources = [sys.executable, "-m", "bench.peers.source_files"]
    capture_output([*make_sources, sources.folder, photos, font])
    capture_output([sys.executable, "-m", "bench.peers.ours", sources.folder])
    return sources


def format_cold_builds(measurements: Mapping[str, Measurements], absent: Mapping[str, str]) -> str:
    """Return the table of builds of one brochure in a new process."""
    columns = ("program", "best", "median", "processor time", "memory", "file", "× typst")
    typst = measurements.get(TYPST)

    def format_row(program: Program, one: Measurements) -> Row:
        cold = one.cold
        times = (f"{s:.2f} s" for s in (cold.seconds, cold.median, cold.processor_seconds))
        ratio = _format_ratio(cold.seconds, typst.cold.seconds if typst else None)
        sizes = f"{cold.peak_memory / 1e6:.0f} MB", f"{one.file_size / 1e6:.1f} MB"
        return (program.label, *times, *sizes, ratio)

    return format_table(columns, _format_rows(measurements, absent, len(columns), format_row))


def _format_rows(
    measurements: Mapping[str, Measurements],
    absent: Mapping[str, str],
    width: int,
    format_row: Callable[[Program, Measurements], Row],
) -> list[Row]:
    """Return a row for each program; the row of an absent program says why it is absent."""
    return [
        format_row(program, measurements[program.name])
        if program.name in measurements
        else (program.name, f"**{absent[program.name]}**", *[""] * (width - 2))
        for program in PROGRAMS
    ]


def _format_rebuilds(
    measurements: Mapping[str, Measurements], absent: Mapping[str, str], new_process: float
) -> str:
    columns = ("program", "first build", "rebuild", "rebuild / first build", "rebuild, × typst")
    typst = measurements.get(TYPST)

    def make_row(label: str, first: float, rebuild: float) -> Row:
        times = (f"{s * 1000:.0f} ms" for s in (first, rebuild))
        ratio = _format_ratio(rebuild, typst.rebuild if typst else None)
        return (label, *times, f"{rebuild / first:.2f}", ratio)

    def format_row(program: Program, one: Measurements) -> Row:
        return make_row(program.label, one.first_build, one.rebuild)

    rows = _format_rows(measurements, absent, len(columns), format_row)
    rows.append(make_row("ours, new processes", measurements[OURS].cold.median, new_process))
    return format_table(columns, rows)


def _format_batches(
    measurements: Mapping[str, Measurements],
    absent: Mapping[str, str],
    one_process: tuple[Cost, ...],
) -> str:
    columns = ["program"]
    for kind in KINDS:
        columns += [kind, "processor time", "× typst"]
    columns += ["memory"]
    typst = measurements.get(TYPST)

    def format_row(program: Program, one: Measurements) -> Row:
        return _format_batch_row(program.label, one.batches, typst)

    rows = _format_rows(measurements, absent, len(columns), format_row)
    if typst:
        index = next(n for n, program in enumerate(PROGRAMS) if program.name == TYPST)
        rows.insert(index + 1, _format_batch_row("typst, one process", one_process, typst))
    return format_table(columns, rows)


def _format_batch_row(label: str, batches: Sequence[Cost], typst: Measurements | None) -> Row:
    row = [label]
    for n, batch in enumerate(batches):
        ratio = _format_ratio(batch.seconds, typst.batches[n].seconds if typst else None)
        row += [f"{batch.seconds:.2f} s", f"{batch.processor_seconds:.2f} s", ratio]
    peak = max(batch.peak_memory for batch in batches)
    return (*row, f"{peak / 1e6:.0f} MB")


def _format_ratio(seconds: float, typst: float | None) -> str:
    return f"{seconds / typst:.2f}" if typst else "–"


def compute_goals(
    measurements: Mapping[str, Measurements], one_process: tuple[Cost, ...], new_process: float
) -> tuple[Goal, ...]:
    """Return the goals for speed compared with typst, and for a rebuild.

    Args:
        measurements: The measurements of each program by its name.
        one_process: The cost of the editions of each kind in one process of typst.
        new_process: The seconds of a rebuild in a new process.
    """
    own, typst = measurements[OURS], measurements.get(TYPST)
    share = own.rebuild / own.first_build
    rebuild = Goal(
        "a rebuild after one edit in less than a third of the time of a full build",
        f"{own.rebuild * 1000:.0f} ms of {own.first_build * 1000:.0f} ms in one process ({share:.2f});"
        f" {new_process * 1000:.0f} ms of {own.cold.median * 1000:.0f} ms in new processes",
        share < 1 / 3,
    )
    cold_goal = "a build in a new process in at most 1.5 times typst's time"
    if typst is None:
        result = "typst is not installed"
        batch_goal = "40 editions in CMYK faster than typst makes them in RGB in one process"
        return (Goal(batch_goal, result, None), Goal(cold_goal, result, None), rebuild)
    batches = tuple(
        Goal(
            f"40 editions in CMYK ({kind}) faster than typst makes them in RGB in one process",
            f"{own.batches[n].seconds:.2f} s; typst {one_process[n].seconds:.2f} s in one process,"
            f" {typst.batches[n].seconds:.2f} s in two",
            own.batches[n].seconds < one_process[n].seconds,
        )
        for n, kind in enumerate(KINDS)
    )
    ratio = own.cold.seconds / typst.cold.seconds
    cold = Goal(
        cold_goal,
        f"{own.cold.seconds:.2f} s; typst {typst.cold.seconds:.2f} s ({ratio:.2f})",
        ratio <= 1.5,
    )
    return (*batches, cold, rebuild)
