"""`make bench`: measure everything and write docs/performance.md.

The page has the time and memory of a build, compared with other programs, by stage and by size of the input, and a table of
goals. Run it on an idle machine: the page states the load, but other processes make all times longer.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from bench import (
    catalogues,
    compare,
    drawing,
    growth,
    growth_curves,
    growth_picture,
    imports,
    interrupted,
    many,
)
from bench.page import describe_measurement, write_section
from bench.processes import BROCHURE, ENVIRONMENT, Cost, capture_output, measure_cost
from bench.stages import STAGES, measure_best
from bench.tables import Section, format_table
from brochure.project import MemoryProject

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "layouts" / "proven-model"
PHOTOS = ROOT / "assets" / "photos"
PAGE = ROOT / "docs" / "performance.md"
RUNS = 7
LIBRARIES = ("reportlab", "uharfbuzz", "icu4py", "pyphen", "pillow", "pyyaml", "typer")

HEAD = """\
# Performance

<!-- Written by `make bench`; changes made by hand are lost. -->

Measured with {cores} cores, {system}, Python {python};
{libraries}.

Each section says when it was measured and the load of the machine at its start. Above {cores}, other programs used the processor
too: elapsed times are then too long, processor times are not. Unless a section says otherwise, figures are the best of several
runs, with a warm disk cache. On another machine, compare the ratios. Memory is the peak of the process itself. It cannot be less
than the memory of the benchmark, which is the figure for `python -c pass`. `python -m bench SECTION` measures single sections:
{sections}.
"""

STAGES_HEAD = """\
## Time by stage

One build of the sample in a new process: milliseconds of processor time by [stage](architecture.md#phases), the best of {runs}
runs for each stage. `import` loads the modules of the command. `shape` to `other setting` are the parts of typesetting.
"""

EDITIONS_HEAD = """\
## Additional editions

All editions of the sample in one process: milliseconds of processor time, the best of {runs} runs for each edition. The
layout, the fonts and the images are read once, so an additional edition costs only its own text. The first edition in a script
also loads the font and the hyphenation patterns or the dictionary for that script.
"""

REFERENCE_HEAD = """\
## Compared with a fixed workload and Platypus

The *loop* is a fixed workload in plain Python with some hashing ([bench/loop.py](../bench/loop.py)). Platypus is ReportLab's
layout engine; it sets the text and images of the sample, with uncompressed streams
([bench/platypus.py](../bench/platypus.py)). It breaks lines greedily, without hyphenation, shaping or a baseline grid.
"""


def main() -> None:
    """Measure the sections that the command line names, or all; write each into the page."""
    names = sys.argv[1:] or list(SECTIONS)
    if unknown := set(names) - set(SECTIONS):
        sys.exit(f"no section {', '.join(sorted(unknown))}; expected: {', '.join(SECTIONS)}")
    _write_head()
    with tempfile.TemporaryDirectory(prefix="brochure-bench-") as folder:
        work = Path(folder)
        ENVIRONMENT["BROCHURE_CACHE"] = str(work / "cache")  # start with an empty cache
        for name in names:
            when = describe_measurement()
            write_section(PAGE, SECTIONS[name](work), when)
    growth_picture.write_picture()
    print(f"wrote {PAGE.relative_to(ROOT)}")


def _write_head() -> None:
    _, *sections = PAGE.read_text(encoding="utf-8").split("\n## ")
    PAGE.write_text("\n## ".join([_format_head(), *sections]), encoding="utf-8")


def _find_serif() -> Path:
    """Return the variable font of the sample's text."""
    names = (name for name in MemoryProject().font_files() if "SourceSerif4[" in name)
    return Path(next(names))


def _format_head() -> str:
    return HEAD.format(
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        libraries=", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        sections=", ".join(f"`{name}`" for name in SECTIONS),
    )


def _measure_commands(work: Path) -> str:
    """Measure whole commands, as a user runs them."""
    print("commands …")
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
    costs = {name: measure_cost(command, RUNS) for name, command in commands.items()}
    rows = [(name, *_format_cost(cost)) for name, cost in costs.items()]
    text = "Each command in a new process. The limit for the sample is 0.7 s on an idle machine of two cores, and 200 MB."
    table = format_table(("command", "best", "median", "processor time", "memory"), rows)
    return f"## Commands\n\n{text}\n\n{table}"


def _format_cost(cost: Cost) -> tuple[str, str, str, str]:
    return (
        f"{cost.seconds:.2f} s",
        f"{cost.median:.2f} s",
        f"{cost.processor_seconds:.2f} s",
        f"{cost.peak_memory / 1e6:.0f} MB",
    )


def _measure_stages() -> str:
    print("stages …")
    best = measure_best(SAMPLE, RUNS)
    total = sum(best[stage] for stage in STAGES)
    rows = [(s, f"{best[s] * 1000:.1f}", f"{best[s] / total:.0%}") for s in STAGES]
    table = format_table(
        ("stage", "ms", "share"), [*rows, ("**total**", f"{total * 1000:.1f}", "")]
    )
    return f"{STAGES_HEAD.format(runs=RUNS)}\n{table}"


def _measure_editions() -> str:
    print("editions …")
    command: list[str | Path] = [sys.executable, "-m", "bench.editions", SAMPLE]
    results: list[dict[str, float]] = [json.loads(capture_output(command)) for _ in range(3)]
    best = {name: min(one[name] for one in results) for name in results[0]}
    first = next(iter(best.values()))
    rows = [(name, f"{s * 1000:.0f}", f"{s / first:.2f}") for name, s in best.items()]
    table = format_table(("edition", "ms", "of the first"), rows)
    return f"{EDITIONS_HEAD.format(runs=3)}\n{table}"


def _measure_references(work: Path) -> str:
    print("references …")
    sample = measure_cost([BROCHURE, "build", SAMPLE, "-o", work], RUNS)
    loop = measure_cost([sys.executable, "-m", "bench.loop"], RUNS)
    platypus = measure_cost([sys.executable, "-m", "bench.platypus", SAMPLE, work / "p.pdf"], RUNS)
    rows = [
        (
            name,
            *_format_cost(cost),
            f"{cost.seconds / loop.seconds:.1f}",
            f"{sample.seconds / cost.seconds:.1f}",
        )
        for name, cost in (("sample", sample), ("loop", loop), ("platypus", platypus))
    ]
    columns = ("", "best", "median", "processor time", "memory", "time / loop", "sample / time")
    return f"{REFERENCE_HEAD}\n{format_table(columns, rows)}"


SECTIONS: dict[str, Callable[[Path], Section]] = {
    "equal-work": lambda work: compare.measure_equal_work(work / "equal", PHOTOS, _find_serif()),
    "programs": lambda work: compare.measure_programs(work / "programs", PHOTOS, _find_serif()),
    "commands": lambda work: Section(_measure_commands(work)),
    "stages": lambda _: Section(_measure_stages()),
    "drawing": lambda _: drawing.measure_section(SAMPLE, RUNS),
    "editions": lambda _: Section(_measure_editions()),
    "pages": lambda work: growth.measure_section(work, SAMPLE),
    "curves": lambda work: growth_curves.measure_section(work / "curves", SAMPLE),
    "many": lambda work: many.measure_section(work / "many", PHOTOS),
    "interrupted": lambda work: interrupted.measure_section(work / "interrupted", PHOTOS),
    "catalogues": lambda work: catalogues.measure_section(work / "languages", SAMPLE),
    "references": lambda work: Section(_measure_references(work)),
    "imports": lambda work: imports.measure_section(SAMPLE, work),
}
"""What is measured, by its name on the command line, in the order of the page."""


if __name__ == "__main__":
    main()
