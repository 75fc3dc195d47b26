"""Many languages: what `text update` and `text status` cost the first time, and when nothing has changed.

Takes a folder to work in and the sample; makes a copy of the sample with more languages, whose catalogues have the French words.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.processes import BROCHURE, ENVIRONMENT, together
from bench.tables import Goal, Section, table

LANGUAGES = [
    "da",
    "de",
    "fi",
    "hr",
    "hu",
    "id",
    "it",
    "nb",
    "nl",
    "pl",
    "pt",
    "ro",
    "sk",
    "sl",
    "sv",
    "sw",
    "tr",
    "vi",
]
"""Languages in Latin script beside the eight of the sample: 26 catalogues, 30 editions."""

FRACTION = 0.15
"""A run that changes nothing may take this part of the first one's processor time."""
MAX_BYTES = 300e6
"""Limit of the memory of `text status`."""

HEAD = """\
## Many languages

The sample with {count} catalogues. *First* measures the character limits of all messages in each language, or lays out each
edition; *unchanged* is the same command again, which finds them in the cache by what they were made from.
`python -m bench.catalogues FOLDER` measures this section alone.
"""


def section(work: Path, sample: Path) -> Section:
    """The table, and whether a run that changes nothing is fast."""
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
            one = together([[BROCHURE, "text", command, project]], 1)
            seconds.append(one.processor)
            figures = (f"{one.seconds:.1f} s", f"{one.processor:.1f} s", f"{one.peak / 1e6:.0f} MB")
            rows.append((f"`text {command}`, {run}", *figures))
        goals.append(
            Goal(
                f"`text {command}` that changes nothing under {FRACTION:.0%} of the first",
                f"{seconds[1]:.1f} s of {seconds[0]:.1f}",
                seconds[1] < FRACTION * seconds[0],
            )
        )
    goals.append(
        Goal(
            f"`text status` under {MAX_BYTES / 1e6:.0f} MB",
            f"{one.peak / 1e6:.0f} MB",
            one.peak < MAX_BYTES,
        )
    )
    count = len(list((project / "content").glob("*.po")))
    names = ("command", "time", "processor", "memory")
    return Section(f"{HEAD.format(count=count)}\n{table(names, rows)}", tuple(goals))


def main() -> None:
    """Print the section, measured in a new folder that the command line names."""
    work, sample = Path(sys.argv[1]), Path(__file__).parents[1] / "layouts/proven-model"
    ENVIRONMENT["BROCHURE_CACHE"] = str(work / "cache")
    print(section(work, sample).text)


if __name__ == "__main__":
    main()
