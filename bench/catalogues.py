"""The cost of `text update` and `text status` with many languages: the first run, and a run without changes.

The project is a copy of the sample with more languages, whose catalogues are copies of the French one.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.processes import BROCHURE, ENVIRONMENT, measure_concurrently
from bench.tables import Goal, Section, format_table

LANGUAGES = [
    "af",
    "cy",
    "et",
    "ga",
    "hu",
    "id",
    "is",
    "it",
    "lv",
    "ms",
    "mt",
    "nl",
    "pl",
    "pt",
    "sq",
    "sw",
    "vi",
    "zu",
]
"""Languages in Latin script that are added to the eight of the sample: 26 catalogues, 30 editions.

All write a percentage without a space: the large figure of the sample fills its column.
"""

MAX_FRACTION = 0.15
"""Limit of the processor time of a run without changes, as a fraction of the first run."""
MAX_BYTES = 300e6
"""Limit of the peak memory of `text status`."""

HEAD = """\
## Many languages

The sample with {count} catalogues. *First* computes the character limits of all messages in each language (`text update`) or lays
out each edition (`text status`). *Unchanged* is the same command again; it reads the results from the cache.
`python -m bench.catalogues FOLDER` measures only this section.
"""


def measure_section(work: Path, sample: Path) -> Section:
    """Measure both commands twice; return the section with its goals."""
    project = shutil.copytree(sample, work / "project")
    shutil.copytree(sample.parents[1] / "assets", work / "assets")
    french = (project / "content" / "fr.po").read_text(encoding="utf-8")
    for tag in LANGUAGES:
        text = french.replace("Language: fr", f"Language: {tag}")
        (project / "content" / f"{tag}.po").write_text(text, encoding="utf-8")
    rows, goals = [], []
    for command in ("update", "status"):
        seconds = []
        for run in ("first", "unchanged"):
            print(f"text {command}: {run} …")
            cost = measure_concurrently([[BROCHURE, "text", command, project]], 1)
            seconds.append(cost.processor_seconds)
            figures = (
                f"{cost.seconds:.1f} s",
                f"{cost.processor_seconds:.1f} s",
                f"{cost.peak_memory / 1e6:.0f} MB",
            )
            rows.append((f"`text {command}`, {run}", *figures))
        goals.append(
            Goal(
                f"`text {command}` without changes in under {MAX_FRACTION:.0%} of the time of the first run",
                f"{seconds[1]:.1f} s of {seconds[0]:.1f} s",
                seconds[1] < MAX_FRACTION * seconds[0],
            )
        )
    goals.append(
        Goal(
            f"`text status` in under {MAX_BYTES / 1e6:.0f} MB",
            f"{cost.peak_memory / 1e6:.0f} MB",
            cost.peak_memory < MAX_BYTES,
        )
    )
    count = len(list((project / "content").glob("*.po")))
    columns = ("command", "time", "processor time", "memory")
    return Section(f"{HEAD.format(count=count)}\n{format_table(columns, rows)}", tuple(goals))


def main() -> None:
    """Measure in the new folder given on the command line; print the section."""
    work, sample = Path(sys.argv[1]), Path(__file__).parents[1] / "layouts/proven-model"
    ENVIRONMENT["BROCHURE_CACHE"] = str(work / "cache")
    print(measure_section(work, sample).text)


if __name__ == "__main__":
    main()
