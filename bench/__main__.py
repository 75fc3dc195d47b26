"""`make bench`: measures everything and writes docs/performance.md.

Takes the sample under `layouts/`; gives tables of what a build costs as a whole, by stage, as it grows, and beside two
things that are not ours. Say what you are doing to the machine meanwhile: others' work makes all of it slower.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import growth, imports
from bench.processes import BROCHURE, Cost, cost, printed
from bench.stages import SETTING, STAGES

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "layouts" / "proven-model"
PAGE = ROOT / "docs" / "performance.md"
RUNS = 7
SIZES = (12, 120, 1200)
THREADED = (12, 120, 480)
PARTS = ("reportlab", "uharfbuzz", "icu4py", "pyphen", "pillow", "pyyaml", "typer")

HEAD = """\
# What a build costs

<!-- Written by `make bench`; changes made by hand are lost. -->

Measured on {date}: {cores} cores, {system}, Python {python};
{parts}.
The load of the machine was {load:.1f} when it began: above {cores} others were at work, and the seconds (not the processor
seconds) are too long. Figures are the best of several runs, with a warm disk. They are a record, not tests: on another
machine read the ratios.
"""

WAY = """\
## Where the time goes

The sample, one build in a process of its own, processor milliseconds by stage (the best of {runs} runs for each). `import` is
the loading of all modules behind the command; `shape` to `set, else` are the setting of type.
"""

GROWTH = """\
## How it grows

Pages of text, about {words} words each, justified and hyphenated, no two alike. The bound is linear growth and less
than 10 ms a text page. Milliseconds a page are processor time without the imports. The first table gives each page a text of
its own; the second runs one story through all pages.
"""

EDITIONS = """\
## One further edition

Every edition of the sample in one process, processor milliseconds (the best of {runs} runs for each): the layout, the fonts
and the pictures are read once, so that a further edition pays for its own words alone. One in a script that no edition
before it used opens that script's font and dictionary.
"""

BESIDE = """\
## Beside other things

A *loop* is a fixed piece of work in plain Python with some hashing ([bench/loop.py](../bench/loop.py)); platypus is
ReportLab's own layout, given the sample's words and pictures with plain streams ([bench/platypus.py](../bench/platypus.py)):
it breaks lines greedily, hyphenates nothing, knows no grid, and shapes nothing.
"""

IMPORTS = """\
## What a command loads

Milliseconds that `python -X importtime` counts by package. `--help` must load none of the stages.
"""


def main() -> None:
    """Measures, and writes the page."""
    with tempfile.TemporaryDirectory(prefix="brochure-bench-") as folder:
        work = Path(folder)
        parts = [_head(), _whole(work), _stages(), _editions(), _growth(work)]
        parts += [_beside(work), _imports(work)]
    PAGE.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: written")


def _head() -> str:
    return HEAD.format(
        date=datetime.now(tz=UTC).date().isoformat(),
        cores=os.cpu_count(),
        load=os.getloadavg()[0],
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        parts=", ".join(f"{part} {version(part)}" for part in PARTS),
    )


def _whole(work: Path) -> str:
    """The commands as a user meets them."""
    print("whole processes …")
    commands: dict[str, list[str | Path]] = {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        "`brochure --help`": [BROCHURE, "--help"],
        "`brochure check`, the sample": [BROCHURE, "check", SAMPLE],
        "`brochure build`, the sample": [BROCHURE, "build", SAMPLE, "-o", work],
        "`brochure build --for screen`, the sample": [
            BROCHURE,
            *("build", SAMPLE, "-o", work, "--for", "screen"),
        ],
    }
    found = {name: cost(command, RUNS) for name, command in commands.items()}
    rows = [(name, *_figures(one)) for name, one in found.items()]
    goal = "The bound for the sample is 0.7 s on an idle machine of two cores, and 200 MB."
    table = _table(("command", "best", "median", "processor", "memory"), rows)
    return f"## Whole processes, cold\n\n{goal}\n\n{table}"


def _figures(one: Cost) -> tuple[str, str, str, str]:
    return (
        f"{one.seconds:.2f} s",
        f"{one.middle:.2f} s",
        f"{one.processor:.2f} s",
        f"{one.peak / 1e6:.0f} MB",
    )


def _stages() -> str:
    print("stages …")
    best = _by_stage(SAMPLE, RUNS)
    total = sum(best[stage] for stage in STAGES)
    rows = [(s, f"{best[s] * 1000:.1f}", f"{best[s] / total:.0%}") for s in STAGES]
    table = _table(("stage", "ms", "share"), [*rows, ("**all**", f"{total * 1000:.1f}", "")])
    return f"{WAY.format(runs=RUNS)}\n{table}"


def _by_stage(project: Path, runs: int) -> dict[str, float]:
    command: list[str | Path] = [sys.executable, "-m", "bench.stages", project]
    found: list[dict[str, float]] = [json.loads(printed(command)) for _ in range(runs)]
    return {name: min(one[name] for one in found) for name in found[0]}


def _editions() -> str:
    print("editions …")
    command: list[str | Path] = [sys.executable, "-m", "bench.editions", SAMPLE]
    found: list[dict[str, float]] = [json.loads(printed(command)) for _ in range(3)]
    best = {name: min(one[name] for one in found) for name in found[0]}
    first = next(iter(best.values()))
    rows = [(name, f"{s * 1000:.0f}", f"{s / first:.2f}") for name, s in best.items()]
    table = _table(("edition", "ms", "of the first"), rows)
    return f"{EDITIONS.format(runs=3)}\n{table}"


def _growth(work: Path) -> str:
    tables = [
        _grown(work / "apart", growth.make, SIZES),
        _grown(work / "threaded", growth.make_threaded, THREADED),
    ]
    return "\n\n".join([GROWTH.format(words=growth.WORDS_A_PAGE).strip(), *tables])


def _grown(work: Path, make: Callable[[Path, int, Path], Path], sizes: tuple[int, ...]) -> str:
    rows = []
    for pages in sizes:
        print(f"{work.name}: {pages} pages …")
        project = make(work / str(pages), pages, SAMPLE)
        whole = cost([BROCHURE, "build", project, "-o", work], 3 if pages < 400 else 1)
        best = _by_stage(project, 2 if pages < 400 else 1)
        each = {stage: best[stage] * 1000 / pages for stage in STAGES if stage != "import"}
        setting = sum(each[stage] for stage in SETTING)
        rows.append(
            (
                f"{pages}",
                f"{whole.seconds:.2f} s",
                f"{whole.peak / 1e6:.0f} MB",
                f"{sum(each.values()):.1f}",
                *(f"{ms:.2f}" for ms in (each["read"], each["resolve"], setting, each["make up"])),
                f"{each['paint'] + each['write']:.2f}",
            )
        )
    names = (
        "pages",
        "process",
        "memory",
        "ms a page",
        "read",
        "resolve",
        "set",
        "make up",
        "paint, write",
    )
    return _table(names, rows)


def _beside(work: Path) -> str:
    print("beside other things …")
    ours = cost([BROCHURE, "build", SAMPLE, "-o", work], RUNS)
    loop = cost([sys.executable, "-m", "bench.loop"], RUNS)
    platypus = cost([sys.executable, "-m", "bench.platypus", SAMPLE, work / "p.pdf"], RUNS)
    rows = [
        (
            name,
            *_figures(one),
            f"{one.seconds / loop.seconds:.1f}",
            f"{ours.seconds / one.seconds:.1f}",
        )
        for name, one in (("the sample", ours), ("the loop", loop), ("platypus", platypus))
    ]
    names = ("", "best", "median", "processor", "memory", "in loops", "the sample is … times it")
    return f"{BESIDE}\n{_table(names, rows)}"


def _imports(work: Path) -> str:
    print("imports …")
    spent_help = imports.by_package([BROCHURE, "--help"])
    spent = imports.by_package([BROCHURE, "build", str(SAMPLE), "-o", str(work)])
    rows = [
        (package, f"{spent_help.get(package, 0.0):.1f}", f"{milliseconds:.1f}")
        for package, milliseconds in spent.items()
        if milliseconds >= 1.0
    ]
    rows.append(("**all**", f"{sum(spent_help.values()):.1f}", f"{sum(spent.values()):.1f}"))
    return f"{IMPORTS}\n{_table(('package', '`--help`', '`build`'), rows)}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) + ("---:",) * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    main()
