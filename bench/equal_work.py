"""Equal work: a press-ready file and a tagged screen file of the same brochure, by each program.

Each program takes the steps that it needs to the same kind of file: where a program cannot write CMYK, Ghostscript converts its
file, and the time of both counts. What is still wrong in the files is counted by programs: the preflight of `brochure check`
for the press, `page-validation` for PDF/UA-1.
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

from bench.measured import OURS, PROGRAMS, TYPST, Program
from bench.peers import ours
from bench.peers.matter import KINDS, Matter
from bench.processes import BROCHURE, ENVIRONMENT, printed, run_in_turn
from bench.tables import Goal, Section, table

RUNS = 9
"""Interleaved runs: each program once, then all again."""

PRESS, TAGGED = "press", "tagged"
MAKERS = {PRESS: (OURS, TYPST, "weasyprint", "platypus"), TAGGED: (OURS, TYPST, "weasyprint")}
WRITES_CMYK = ("weasyprint",)
"""Programs whose files are also listed as they are, before Ghostscript converts them."""

RGB_FAULT = "colour-space"
"""The finding of the preflight on RGB in a file for the press: such a file is not press-ready."""

FindFaults = Callable[[Path], str]

HEAD = """\
## Equal work

The same brochure ([bench/peers/](../bench/peers/__init__.py)): eight A5 pages with bleed, three JPEGs of 1830 x 2550 pixels and
1.6 MB, one serif, justified text of about 700 words, two charts. Each program makes the same kind of file, in a new process,
with a warm disk; the programs take turns, {runs} runs each. Times are medians, with the fastest and the slowest run in
brackets. The load of the machine was {load:.1f} at the start.
"""

PRESS_HEAD = """\
### A press-ready file: PDF/X-4 in CMYK

The other programs leave pictures RGB, so Ghostscript converts their files to CMYK with the same output profile; its time is
included. WeasyPrint writes PDF/X-4 with CMYK colours by itself, so that its file is also listed as it is, with RGB pictures.
*Faults* are the errors that `brochure check --standard x-4` finds in the file, with the number of places. Ours with an empty
image cache converts the pictures, too. The goals count only files without RGB.
"""

TAGGED_HEAD = """\
### A tagged screen file: PDF/UA-1 in RGB

typst with `ua-1`, WeasyPrint with `pdf/ua-1`. *Faults* are the rules of PDF/UA-1 that `page-validation` finds broken. Ours also
reduces the pictures to the resolution of screens (the image cache is warm).
"""


@dataclass(frozen=True, slots=True)
class Timed:
    """A way to the file: its label, the seconds of each run, the file's size, and its faults."""

    label: str
    seconds: tuple[float, ...]
    processor: float
    size: int
    faults: str


@dataclass(frozen=True, slots=True)
class _Way:
    """The commands that lead to a file, one after the other."""

    label: str
    commands: tuple[tuple[str | Path, ...], ...]
    out: Path
    empty_cache: bool = False


def section(common: Matter, work: Path, runs: int = RUNS) -> Section:
    """Return both tables, and the goals that they decide.

    Args:
        common: What all programs make the brochure from, with the projects of ours.
        work: A folder for the files that are made.
        runs: How often each program makes each file.
    """
    work.mkdir(parents=True, exist_ok=True)
    head = HEAD.format(runs=runs, load=os.getloadavg()[0])
    programs = {one.name: one for one in PROGRAMS if not one.missing()}
    press = _measure(_press_ways(programs, common, work), runs, _press_faults)
    tagged = _measure(_tagged_ways(programs, common, work), runs, _ua_faults)
    parts = [
        head,
        f"{PRESS_HEAD}\n{_table(press, OURS)}",
        f"{TAGGED_HEAD}\n{_table(tagged, TYPST)}",
    ]
    return Section(
        "\n\n".join(part.strip() for part in parts), (*_press_goals(press), *_tagged_goals(tagged))
    )


def _press_ways(programs: Mapping[str, Program], common: Matter, work: Path) -> list[_Way]:
    own = _our_way(common, work, "press")
    printed([*own.commands[0]])
    profile = _write_profile(own.out, common.folder)
    ways = [own, _Way("ours, empty image cache", own.commands, own.out, empty_cache=True)]
    for name in MAKERS[PRESS][1:]:
        if name not in programs:
            continue
        way = _peer_way(programs[name], common, work, PRESS)
        converted = _converted(way, profile, work)
        ways += [way] if name in WRITES_CMYK else []
        ways += [converted] if converted else []
    return ways


def _tagged_ways(programs: Mapping[str, Program], common: Matter, work: Path) -> list[_Way]:
    peers = [
        _peer_way(programs[name], common, work, TAGGED)
        for name in MAKERS[TAGGED][1:]
        if name in programs
    ]
    return [_our_way(common, work, "screen"), *peers]


def _our_way(common: Matter, work: Path, target: str) -> _Way:
    folder = work / f"ours-{target}"
    project = ours.project_of(common.folder, KINDS[0])
    command = (BROCHURE, "build", project, "--office", "01", "--target", target, "-o", folder)
    return _Way("ours", (command,), folder)


def _peer_way(program: Program, common: Matter, work: Path, purpose: str) -> _Way:
    folder = work / f"{program.name}-{purpose}"
    folder.mkdir(parents=True, exist_ok=True)
    run = (sys.executable, "-m", "bench.peers.run", program.name)
    return _Way(
        program.label, ((*run, common.folder, KINDS[0], "1", "1", folder, purpose),), folder
    )


def _converted(way: _Way, profile: Path, work: Path) -> _Way | None:
    """Return the way with Ghostscript's conversion to CMYK; None if Ghostscript is not installed."""
    program = shutil.which("gs")
    if program is None:
        return None
    version = printed([program, "--version"]).strip()
    folder = way.out.with_name(f"{way.out.name}-cmyk")
    folder.mkdir(exist_ok=True)
    made = way.out / f"{way.out.name.rpartition('-')[0]}-{KINDS[0]}-01.pdf"
    convert = (
        program,
        *("-q", "-dBATCH", "-dNOPAUSE", "-dPDFX", "-sDEVICE=pdfwrite", "-dPDFSETTINGS=/prepress"),
        *("-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK"),
        *(
            f"-sOutputICCProfile={profile}",
            f"--permit-file-read={profile}",
            "-o",
            folder / "converted.pdf",
        ),
        *(_write_definition(profile, work), made),
    )
    return _Way(f"{way.label}, Ghostscript {version}", (*way.commands, convert), folder)


def _write_profile(folder: Path, into: Path) -> Path:
    """Write the press profile of our file, so that all files are for the same press."""
    from pypdf import PdfReader  # only this process must stay small until the peers are made

    path = into / "press.icc"
    root: Any = PdfReader(next(folder.glob("*.pdf"))).trailer["/Root"]
    path.write_bytes(root["/OutputIntents"][0]["/DestOutputProfile"].get_data())
    return path


def _write_definition(profile: Path, work: Path) -> Path:
    """Write what Ghostscript wants to know of a PDF/X file: its title, and the output intent with its profile."""
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


def _measure(ways: Sequence[_Way], runs: int, find_faults: FindFaults) -> list[Timed]:
    """Measure all ways in turn.

    A first round, which compiles what is imported, does not count; a single run is taken as it is.
    """
    found: dict[str, list[tuple[float, float]]] = {way.label: [] for way in ways}
    for at in range(runs + (runs > 1)):
        for way in ways:
            print(f"equal work: {way.label} {at} …")
            one = _with_empty_cache(way) if way.empty_cache else run_in_turn(way.commands)
            found[way.label] += [one] if at or runs == 1 else []
    return [_timed(way, found[way.label], find_faults) for way in ways]


def _with_empty_cache(way: _Way) -> tuple[float, float]:
    kept = ENVIRONMENT["BROCHURE_CACHE"]
    ENVIRONMENT["BROCHURE_CACHE"] = f"{kept}-empty"
    shutil.rmtree(f"{kept}-empty", ignore_errors=True)
    try:
        return run_in_turn(way.commands)
    finally:
        ENVIRONMENT["BROCHURE_CACHE"] = kept


def _timed(way: _Way, runs: Sequence[tuple[float, float]], find_faults: FindFaults) -> Timed:
    (made,) = way.out.glob("*.pdf")
    seconds = tuple(sorted(one[0] for one in runs))
    return Timed(
        way.label, seconds, median(one[1] for one in runs), made.stat().st_size, find_faults(made)
    )


def _press_faults(made: Path) -> str:
    """Return the codes of the preflight's errors, with the number of findings of each."""
    command = [BROCHURE, "check", str(made), "--standard", "x-4", "--json"]
    done = subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT)
    (answer,) = json.loads(done.stdout)["files"]
    if answer["failure"]:
        return f"not read: {answer['failure']}"
    findings = answer["findings"]
    return _count(one["code"] for one in findings if one["severity"] == "error")


def _ua_faults(made: Path) -> str:
    """Return the rules of PDF/UA-1 that the file breaks, with the number of places of each."""
    import page  # a development dependency, and slow to load

    result = page.validate_pdf(str(made), profile="ua1")
    return _count(failure.rule_id for failure in result.failures)


def _count(names: Iterable[str]) -> str:
    counted = Counter(names)
    return ", ".join(f"{name} {count}" for name, count in sorted(counted.items())) or "none"


def _table(found: Sequence[Timed], reference: str) -> str:
    by = next((median(one.seconds) for one in found if one.label.startswith(reference)), None)
    rows = [
        (
            one.label,
            f"{median(one.seconds):.2f} s ({_spread(one.seconds)})",
            f"{one.processor:.2f} s",
            f"{median(one.seconds) / by:.2f}" if by else "–",
            f"{one.size / 1e6:.1f} MB",
            one.faults,
        )
        for one in found
    ]
    return table(("program", "time", "processor", f"× {reference}", "file", "faults"), rows)


def _spread(seconds: Sequence[float]) -> str:
    return f"{min(seconds):.2f} to {max(seconds):.2f}"


def _press_goals(found: Sequence[Timed]) -> tuple[Goal, ...]:
    """Return whether the fastest of the other programs takes twenty times as long, five times with an empty cache."""
    mine, empty = (median(one.seconds) for one in found[:2])
    others = [median(one.seconds) for one in found[2:] if RGB_FAULT not in one.faults]
    if not others:
        return (
            Goal(
                "a press-ready file 20 times faster than any other program",
                "no other is installed",
                None,
            ),
        )
    said = f"the fastest other {min(others):.2f} s; ours "
    return (
        Goal(
            "a press-ready file 20 times faster than any other program",
            f"{said}{mine:.2f} s ({min(others) / mine:.1f})",
            min(others) > 20 * mine,
        ),
        Goal(
            "a press-ready file with an empty image cache 5 times faster",
            f"{said}{empty:.2f} s ({min(others) / empty:.1f})",
            min(others) > 5 * empty,
        ),
    )


def _tagged_goals(found: Sequence[Timed]) -> tuple[Goal, ...]:
    wanted = "a tagged screen file within 1.25 times typst's time"
    times = {one.label.partition(" ")[0]: median(one.seconds) for one in found}
    if TYPST not in times:
        return (Goal(wanted, "typst is not installed", None),)
    ratio = times[OURS] / times[TYPST]
    said = f"{times[OURS]:.2f} s; typst {times[TYPST]:.2f} s ({ratio:.2f})"
    return (Goal(wanted, said, ratio <= 1.25),)
