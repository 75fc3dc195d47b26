"""Equal work: a press-ready file and a tagged screen file of the same brochure, by each program.

Each program makes the same kind of file, in as many steps as it needs. If a program cannot convert images to CMYK, Ghostscript
converts its file, and the times of both are added. The faults that remain are counted by `brochure check` in press files, and
by `page-validation` (PDF/UA-1) in tagged files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.peers import ours
from bench.peers.source_files import KINDS, SourceFiles
from bench.processes import BROCHURE, ENVIRONMENT, capture_output, run_in_turn
from bench.programs import OURS, PROGRAMS, TYPST, Program
from bench.tables import Goal, Section, format_table

RUNS = 9
"""Number of rounds. Each round runs every program once."""

PRESS, TAGGED = "press", "tagged"
COMPARED = {PRESS: (OURS, TYPST, "weasyprint", "platypus"), TAGGED: (OURS, TYPST, "weasyprint")}
WRITES_CMYK = ("weasyprint",)
"""Programs whose files are also listed without Ghostscript's conversion."""

RGB_FAULT = "colour-space"
"""Code of the preflight finding for RGB. A file with this finding is not press-ready."""

FindFaults = Callable[[Path], str]

HEAD = """\
## Equal work

The same brochure by each program ([bench/peers/](../bench/peers/__init__.py)): eight A5 pages with bleed, three JPEGs of 1830
x 2550 pixels and 1.6 MB, one serif font, justified text of about 700 words, two charts. Each program makes the same kind of
file in a new process, with a warm disk cache. There are {runs} rounds; each runs every program once. Times are medians, with
the fastest and the slowest run in brackets. The load of the machine was {load:.1f} at the start.
"""

PRESS_HEAD = """\
### A press-ready file: PDF/X-4 in CMYK

The other programs leave images in RGB, so Ghostscript converts their files to CMYK with the same output profile; its time is
included. WeasyPrint can write PDF/X-4 with CMYK colours and RGB images, so its file is also listed without Ghostscript.
*Faults* are the errors that `brochure check --standard x-4` reports for the file, with the number of findings. `ours` is this
program; with an empty image cache it also converts the images. The goals compare only with files without RGB.
"""

TAGGED_HEAD = """\
### A tagged screen file: PDF/UA-1 in RGB

typst uses its standard `ua-1`, WeasyPrint its variant `pdf/ua-1`. *Faults* are the rules of PDF/UA-1 that the file violates, as
reported by `page-validation`. This program also reduces the images to screen resolution; they are in its image cache.
"""


@dataclass(frozen=True, slots=True)
class Timing:
    """A pipeline's label, the seconds of each run, the median processor time, and the size in bytes and faults of its file."""

    label: str
    seconds: tuple[float, ...]
    processor_seconds: float
    size: int
    faults: str


@dataclass(frozen=True, slots=True)
class _Pipeline:
    """The commands that make a file, in order, and the folder of the file."""

    label: str
    commands: tuple[tuple[str | Path, ...], ...]
    out: Path
    has_empty_cache: bool = False


def measure_section(sources: SourceFiles, work: Path, runs: int = RUNS) -> Section:
    """Measure both kinds of files; return the section with its goals.

    Args:
        sources: The source files of the brochure, with the projects of this program.
        work: A folder for the files that are made.
        runs: The number of rounds.
    """
    work.mkdir(parents=True, exist_ok=True)
    head = HEAD.format(runs=runs, load=os.getloadavg()[0])
    programs = {one.name: one for one in PROGRAMS if not one.explain_absence()}
    press = _measure(_list_press_pipelines(programs, sources, work), runs, _find_press_faults)
    tagged = _measure(_list_tagged_pipelines(programs, sources, work), runs, _find_ua_faults)
    parts = [
        head,
        f"{PRESS_HEAD}\n{_format_timings(press, OURS)}",
        f"{TAGGED_HEAD}\n{_format_timings(tagged, TYPST)}",
    ]
    return Section(
        "\n\n".join(part.strip() for part in parts),
        (*_compute_press_goals(press), *_compute_tagged_goals(tagged)),
    )


def _list_press_pipelines(
    programs: Mapping[str, Program], sources: SourceFiles, work: Path
) -> list[_Pipeline]:
    own = _make_own_pipeline(sources, work, "press")
    capture_output([*own.commands[0]])
    profile = _write_profile(own.out, sources.folder)
    pipelines = [
        own,
        _Pipeline("ours, empty image cache", own.commands, own.out, has_empty_cache=True),
    ]
    for name in COMPARED[PRESS][1:]:
        if name not in programs:
            continue
        pipeline = _make_peer_pipeline(programs[name], sources, work, PRESS)
        converted = _add_conversion(pipeline, profile, work)
        pipelines += [pipeline] if name in WRITES_CMYK else []
        pipelines += [converted] if converted else []
    return pipelines


def _list_tagged_pipelines(
    programs: Mapping[str, Program], sources: SourceFiles, work: Path
) -> list[_Pipeline]:
    peers = [
        _make_peer_pipeline(programs[name], sources, work, TAGGED)
        for name in COMPARED[TAGGED][1:]
        if name in programs
    ]
    return [_make_own_pipeline(sources, work, "screen"), *peers]


def _make_own_pipeline(sources: SourceFiles, work: Path, target: str) -> _Pipeline:
    folder = work / f"ours-{target}"
    project = ours.get_project_folder(sources.folder, KINDS[0])
    command = (BROCHURE, "build", project, "--office", "01", "--target", target, "-o", folder)
    return _Pipeline("ours", (command,), folder)


def _make_peer_pipeline(
    program: Program, sources: SourceFiles, work: Path, purpose: str
) -> _Pipeline:
    folder = work / f"{program.name}-{purpose}"
    folder.mkdir(parents=True, exist_ok=True)
    run = (sys.executable, "-m", "bench.peers.run", program.name)
    return _Pipeline(
        program.label, ((*run, sources.folder, KINDS[0], "1", "1", folder, purpose),), folder
    )


def _add_conversion(pipeline: _Pipeline, profile: Path, work: Path) -> _Pipeline | None:
    """Append Ghostscript's conversion to CMYK; return None if Ghostscript is not installed."""
    ghostscript = shutil.which("gs")
    if ghostscript is None:
        return None
    version = capture_output([ghostscript, "--version"]).strip()
    folder = pipeline.out.with_name(f"{pipeline.out.name}-cmyk")
    folder.mkdir(exist_ok=True)
    unconverted = pipeline.out / f"{pipeline.out.name.rpartition('-')[0]}-{KINDS[0]}-01.pdf"
    convert = (
        ghostscript,
        *("-q", "-dBATCH", "-dNOPAUSE", "-dPDFX", "-sDEVICE=pdfwrite", "-dPDFSETTINGS=/prepress"),
        *("-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK"),
        *(
            f"-sOutputICCProfile={profile}",
            f"--permit-file-read={profile}",
            "-o",
            folder / "converted.pdf",
        ),
        *(_write_definition(profile, work), unconverted),
    )
    return _Pipeline(
        f"{pipeline.label}, Ghostscript {version}", (*pipeline.commands, convert), folder
    )


def _write_profile(folder: Path, out: Path) -> Path:
    """Write the output profile of this program's file, so that all files use the same one."""
    from pypdf import PdfReader  # imported late: processes start with the memory peak of this one

    path = out / "press.icc"
    root: Any = PdfReader(next(folder.glob("*.pdf"))).trailer["/Root"]
    path.write_bytes(root["/OutputIntents"][0]["/DestOutputProfile"].get_data())
    return path


def _write_definition(profile: Path, work: Path) -> Path:
    """Write the PDF/X definition file for Ghostscript: the title, and the output intent with its profile."""
    path = work / "pdfx.ps"
    path.write_text(
        "[/Title (Bench) /Trapped /False /GTS_PDFXVersion (PDF/X-3:2002) /DOCINFO pdfmark\n"
        "[/_objdef {profile} /type /stream /OBJ pdfmark\n"
        "[{profile} <</N 4>> /PUT pdfmark\n"
        f"[{{profile}} ({profile}) (r) file /PUT pdfmark\n"
        "[/_objdef {intent} /type /dict /OBJ pdfmark\n"
        "[{intent} <</Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (Custom)"
        " /Info (bench) /RegistryName () /DestOutputProfile {profile}>> /PUT pdfmark\n"
        "[{Catalog} <</OutputIntents [{intent}]>> /PUT pdfmark\n",
        encoding="ascii",
    )
    return path


def _measure(pipelines: Sequence[_Pipeline], runs: int, find_faults: FindFaults) -> list[Timing]:
    """Run all pipelines in turn.

    A first round, which compiles imported modules, is not counted. If `runs` is 1, there is only that round and it is counted.
    """
    costs: dict[str, list[tuple[float, float]]] = {one.label: [] for one in pipelines}
    for number in range(runs + (runs > 1)):
        for one in pipelines:
            print(f"equal work: {one.label} {number} …")
            cost = _run_with_empty_cache(one) if one.has_empty_cache else run_in_turn(one.commands)
            costs[one.label] += [cost] if number or runs == 1 else []
    return [_summarize(one, costs[one.label], find_faults) for one in pipelines]


def _run_with_empty_cache(pipeline: _Pipeline) -> tuple[float, float]:
    cache = ENVIRONMENT["BROCHURE_CACHE"]
    ENVIRONMENT["BROCHURE_CACHE"] = f"{cache}-empty"
    shutil.rmtree(f"{cache}-empty", ignore_errors=True)
    try:
        return run_in_turn(pipeline.commands)
    finally:
        ENVIRONMENT["BROCHURE_CACHE"] = cache


def _summarize(
    pipeline: _Pipeline, runs: Sequence[tuple[float, float]], find_faults: FindFaults
) -> Timing:
    (path,) = pipeline.out.glob("*.pdf")
    seconds = tuple(sorted(one[0] for one in runs))
    processor_seconds = median(one[1] for one in runs)
    return Timing(
        pipeline.label, seconds, processor_seconds, path.stat().st_size, find_faults(path)
    )


def _find_press_faults(path: Path) -> str:
    """Return the codes of the preflight errors, with the number of findings of each."""
    command = [BROCHURE, "check", str(path), "--standard", "x-4", "--json"]
    done = subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT)
    (report,) = json.loads(done.stdout)["files"]
    if report["failure"]:
        return f"cannot be read: {report['failure']}"
    findings = report["findings"]
    return _format_counts(one["code"] for one in findings if one["severity"] == "error")


def _find_ua_faults(path: Path) -> str:
    """Return the rules of PDF/UA-1 that the file violates, with the number of failures of each."""
    import page  # a development dependency, and slow to load

    result = page.validate_pdf(str(path), profile="ua1")
    return _format_counts(failure.rule_id for failure in result.failures)


def _format_counts(names: Iterable[str]) -> str:
    counts = Counter(names)
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def _format_timings(timings: Sequence[Timing], reference: str) -> str:
    """Return the table; ratios are relative to the first pipeline whose label starts with `reference`."""
    unit = next((median(one.seconds) for one in timings if one.label.startswith(reference)), None)
    rows = [
        (
            one.label,
            f"{median(one.seconds):.2f} s ({_format_spread(one.seconds)})",
            f"{one.processor_seconds:.2f} s",
            f"{median(one.seconds) / unit:.2f}" if unit else "–",
            f"{one.size / 1e6:.1f} MB",
            one.faults,
        )
        for one in timings
    ]
    columns = ("program", "time", "processor time", f"× {reference}", "file", "faults")
    return format_table(columns, rows)


def _format_spread(seconds: Sequence[float]) -> str:
    return f"{min(seconds):.2f} to {max(seconds):.2f}"


def _compute_press_goals(timings: Sequence[Timing]) -> tuple[Goal, ...]:
    """Compare with the fastest other program that makes files without RGB; the first two timings are of this program."""
    own, empty_cache = (median(one.seconds) for one in timings[:2])
    others = [median(one.seconds) for one in timings[2:] if RGB_FAULT not in one.faults]
    goal = "a press-ready file 20 times faster than any other program"
    if not others:
        return (Goal(goal, "no other program is installed", None),)
    fastest = min(others)
    result = f"the fastest other program {fastest:.2f} s; ours "
    return (
        Goal(goal, f"{result}{own:.2f} s ({fastest / own:.1f})", fastest > 20 * own),
        Goal(
            "a press-ready file with an empty image cache 5 times faster",
            f"{result}{empty_cache:.2f} s ({fastest / empty_cache:.1f})",
            fastest > 5 * empty_cache,
        ),
    )


def _compute_tagged_goals(timings: Sequence[Timing]) -> tuple[Goal, ...]:
    goal = "a tagged screen file in at most 1.25 times typst's time"
    times = {one.label.partition(" ")[0]: median(one.seconds) for one in timings}
    if TYPST not in times:
        return (Goal(goal, "typst is not installed", None),)
    ratio = times[OURS] / times[TYPST]
    result = f"{times[OURS]:.2f} s; typst {times[TYPST]:.2f} s ({ratio:.2f})"
    return (Goal(goal, result, ratio <= 1.25),)
