"""The cost of builds with many editions or records: the first build, a build without changes, and a build after one edit.

The projects are a leaflet of 200 offices in five languages, and a card for a mail merge. Their pages are small, so that the
fixed cost of an edition, besides typesetting, is a large part of the figures.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.processes import BROCHURE, ENVIRONMENT, measure_concurrently
from bench.tables import Goal, Section, format_table

OFFICES, LANGUAGES, RECORDS = 200, ("en", "de", "es", "fr", "it"), 10_000
JOBS = 2
MAX_FRACTION = 0.15
"""Limit of the time of a build without changes, as a fraction of the first build."""

HEAD = """\
## Many editions

{offices} offices in {languages} languages make {editions:,} editions of one page with a photograph. A mail merge of
{records:,} records makes one PDF of one page of text for each record. Both use {jobs} processes. *First* builds into an empty
folder. *Unchanged* is the same command again: it [builds nothing](many-editions.md#build-again), but compares every input and
every PDF with the build log. *One changed* is the same command after a change of one office or one row. Memory is that of the
largest process. Recording the inputs and writing the log took 1 % of the processor time of the sample's twelve editions, and
about 0.3 ms for each of these small ones. `python -m bench.many FOLDER` measures only this section.
"""

LAYOUT = """\
brochure: leaf
size: A6
binding: none
source-language: en
{fields}paragraph-styles: {{body: {{font: Source Serif 4, size: 10 pt, leading: 13 pt, space-after: 0 pt}}}}
pages:
  - frames:
      words: {{at: "columns 1-6, rows 1-3", content: [{{text: words}}, {{text: contact.phone}}]}}
{image}preflight: off
"""
IMAGE = """\
      face: {at: "columns 1-6, rows 4-8", content: {image: portrait.jpg, alt: face}}
"""
FIELDS = "merge-fields: {name: Ada, phone: 555-0000}\n"
COPY = "words: {words}\nface: A face\ncontact: {{phone: '0'}}\n"


def measure_section(work: Path, photos: Path) -> Section:
    """Measure both projects; return the section with its goals."""
    project, card = make_editions(work / "many", photos), make_records(work / "card")
    offices, people = project / "offices", card / "people.csv"
    rows = []
    goals = []
    cases: list[tuple[str, list[str | Path], Path]] = [
        (f"{OFFICES * len(LANGUAGES):,} editions", [project, "--all"], offices / "o007.yaml"),
        (f"{RECORDS:,} records", [card, "--records", people], people),
    ]
    for name, arguments, edited in cases:
        out = work / f"out-{edited.stem}"
        new_rows, goal = _measure(name, [*arguments, "--jobs", str(JOBS)], out, edited)
        rows += [(f"{name}, {build}", *row) for build, row in new_rows.items()]
        goals.append(goal)
    head = HEAD.format(
        offices=OFFICES,
        languages=len(LANGUAGES),
        editions=OFFICES * len(LANGUAGES),
        records=RECORDS,
        jobs=JOBS,
    )
    columns = ("build", "time", "processor time", "memory", "PDFs", "build log")
    return Section(f"{head}\n{format_table(columns, rows)}", tuple(goals))


def _measure(
    name: str, arguments: list[str | Path], out: Path, edited: Path
) -> tuple[dict[str, tuple[str, ...]], Goal]:
    """Build three times; the file `edited` is changed before the third build."""
    rows: dict[str, tuple[str, ...]] = {}
    seconds: list[float] = []
    for build in ("first", "unchanged", "one changed"):
        print(f"{name}: {build} …")
        if build == "one changed":
            text = edited.read_text(encoding="utf-8")
            edited.write_text(text.replace("555-0007", "555-9999"), encoding="utf-8")
        cost = measure_concurrently([[BROCHURE, "build", *arguments, "-o", out]], 1)
        seconds.append(cost.seconds)
        rows[build] = (
            f"{cost.seconds:.1f} s",
            f"{cost.processor_seconds:.1f} s",
            f"{cost.peak_memory / 1e6:.0f} MB",
            f"{sum(path.stat().st_size for path in out.glob('*.pdf')) / 1e6:,.0f} MB",
            f"{sum(path.stat().st_size for path in out.glob('.*.jsonl')) / 1e6:.2f} MB",
        )
    return rows, Goal(
        f"a build of {name} without changes in under {MAX_FRACTION:.0%} of the time of the first build",
        f"{seconds[1]:.1f} s of {seconds[0]:.1f} s",
        seconds[1] < MAX_FRACTION * seconds[0],
    )


def main() -> None:
    """Measure in the new folder given on the command line; print the section."""
    work, photos = Path(sys.argv[1]), Path(__file__).parents[1] / "assets/photos"
    ENVIRONMENT["BROCHURE_CACHE"] = str(work / "cache")
    print(measure_section(work, photos).text)


def make_editions(folder: Path, photos: Path) -> Path:
    """Make a project with offices in several languages."""
    _write(folder / "brochure.yaml", LAYOUT.format(fields="", image=IMAGE))
    for language in LANGUAGES:
        text = f"The text of this leaflet in the language {language}."
        _write(folder / f"content/{language}.yaml", COPY.format(words=text))
    tags = ", ".join(LANGUAGES)
    for number in range(OFFICES):
        office = f"office: o{number:03}\nlanguages: [{tags}]\ncontact: {{phone: 555-{number:04}}}\n"
        _write(folder / f"offices/o{number:03}.yaml", office)
    (folder / "assets").mkdir()
    (folder / "assets" / "portrait.jpg").write_bytes((photos / "portrait.jpg").read_bytes())
    return folder


def make_records(folder: Path) -> Path:
    """Make a card for a mail merge, and its table of records."""
    _write(folder / "brochure.yaml", LAYOUT.format(fields=FIELDS, image=""))
    text = '"Dear {record_name}, your number is {record_phone}."'
    _write(folder / "content/en.yaml", COPY.format(words=text))
    people = [f"Person {number},555-{number:04}" for number in range(RECORDS)]
    _write(folder / "people.csv", "\n".join(["name,phone", *people, ""]))
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
