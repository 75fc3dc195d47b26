"""`make bench`: measures everything and writes docs/performance.md.

Takes the sample under `layouts/` and a brochure that other programs make as well; gives tables of what a build costs beside
theirs, as a whole, by stage and as it grows, and the goals that are met.
Say what you are doing to the machine meanwhile: others' work makes all of it slower.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import catalogues, compare, drawing, growth, growth_curves, imports, many
from bench.processes import BROCHURE, ENVIRONMENT, Cost, cost, printed
from bench.stages import STAGES, best_of
from bench.tables import Section, goal_table, table
from brochure.project import MemoryProject

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "layouts" / "proven-model"
PHOTOS = ROOT / "assets" / "photos"
PAGE = ROOT / "docs" / "performance.md"
RUNS = 7
PARTS = ("reportlab", "uharfbuzz", "icu4py", "pyphen", "pillow", "pyyaml", "typer")

HEAD = """\
# What a build costs

<!-- Written by `make bench`; changes made by hand are lost. -->

Measured on {date}: {cores} cores, {system}, Python {python};
{parts}.
The load of the machine was {load:.1f} when it began: above {cores} others were at work, and the seconds (not the processor
seconds) are too long. Figures are the best of several runs, with a warm disk. They are a record, not tests: on another
machine read the ratios. Memory is the peak of the process itself; none can be shown below that of the bench, which is
what `python -c pass` has below.
"""

GOALS = """\
## The goals

What is wanted of a build's speed, and whether this run has found it so.
"""

WAY = """\
## Where the time goes

The sample, one build in a process of its own, processor milliseconds by stage (the best of {runs} runs for each). `import` is
the loading of all modules behind the command; `shape` to `set, else` are the setting of type.
"""

EDITIONS = """\
## One further edition

Every edition of the sample in one process, processor milliseconds (the best of {runs} runs for each): the layout, the fonts
and the pictures are read once, so that a further edition pays for its own words alone. One in a script that no edition
before it used opens that script's font and dictionary.
"""

BESIDE = """\
## Beside a loop, and the sample by platypus

A *loop* is a fixed piece of work in plain Python with some hashing ([bench/loop.py](../bench/loop.py)); platypus is
ReportLab's own layout, given the sample's words and pictures with plain streams ([bench/platypus.py](../bench/platypus.py)):
it breaks lines greedily, hyphenates nothing, knows no grid, and shapes nothing.
"""


def main() -> None:
    """Measures, and writes the page."""
    with tempfile.TemporaryDirectory(prefix="brochure-bench-") as folder:
        work = Path(folder)
        ENVIRONMENT["BROCHURE_CACHE"] = str(work / "cache")  # what is there already is no measure
        head = _head()
        sections = [
            *compare.sections(work / "compare", PHOTOS, _serif()),
            Section(_whole(work)),
            Section(_stages()),
            drawing.section(SAMPLE, RUNS),
            Section(_editions()),
            growth.section(work, SAMPLE),
            many.section(work / "many", PHOTOS),
            catalogues.section(work / "languages", SAMPLE),
            growth_curves.section(work / "curves", SAMPLE),
            Section(_beside(work)),
            imports.section(SAMPLE, work),
        ]
    goals = goal_table([goal for one in sections for goal in one.goals])
    parts = [head, f"{GOALS}\n{goals}", *(one.text for one in sections)]
    PAGE.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: written")


def _serif() -> Path:
    """The variable font that the sample's text is set in."""
    names = (name for name in MemoryProject().font_files() if "SourceSerif4[" in name)
    return Path(next(names))


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
        "`brochure build --target screen`, the sample": [
            BROCHURE,
            *("build", SAMPLE, "-o", work, "--target", "screen"),
        ],
    }
    found = {name: cost(command, RUNS) for name, command in commands.items()}
    rows = [(name, *_figures(one)) for name, one in found.items()]
    goal = "The bound for the sample is 0.7 s on an idle machine of two cores, and 200 MB."
    told = table(("command", "best", "median", "processor", "memory"), rows)
    return f"## Whole processes, cold\n\n{goal}\n\n{told}"


def _figures(one: Cost) -> tuple[str, str, str, str]:
    return (
        f"{one.seconds:.2f} s",
        f"{one.middle:.2f} s",
        f"{one.processor:.2f} s",
        f"{one.peak / 1e6:.0f} MB",
    )


def _stages() -> str:
    print("stages …")
    best = best_of(SAMPLE, RUNS)
    total = sum(best[stage] for stage in STAGES)
    rows = [(s, f"{best[s] * 1000:.1f}", f"{best[s] / total:.0%}") for s in STAGES]
    told = table(("stage", "ms", "share"), [*rows, ("**all**", f"{total * 1000:.1f}", "")])
    return f"{WAY.format(runs=RUNS)}\n{told}"


def _editions() -> str:
    print("editions …")
    command: list[str | Path] = [sys.executable, "-m", "bench.editions", SAMPLE]
    found: list[dict[str, float]] = [json.loads(printed(command)) for _ in range(3)]
    best = {name: min(one[name] for one in found) for name in found[0]}
    first = next(iter(best.values()))
    rows = [(name, f"{s * 1000:.0f}", f"{s / first:.2f}") for name, s in best.items()]
    told = table(("edition", "ms", "of the first"), rows)
    return f"{EDITIONS.format(runs=3)}\n{told}"


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
    return f"{BESIDE}\n{table(names, rows)}"


if __name__ == "__main__":
    main()
