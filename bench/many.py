"""Many editions and many records: what a first build costs, one that changes nothing, and one after a single edit.

Takes a folder to work in; makes a project of 200 offices in five languages, and a card with a table of people. All are small, so
that what a build does for each edition besides setting it counts as much as possible.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.processes import BROCHURE, ENVIRONMENT, together
from bench.tables import Goal, Section, table

OFFICES, LANGUAGES, RECORDS = 200, ("en", "de", "es", "fr", "it"), 10_000
JOBS = 2
FRACTION = 0.15
"""A build that changes nothing may take this part of the first one's time."""

HEAD = """\
## Many editions

{offices} offices in {languages} languages are {editions:,} editions of one page with a photograph, and {records:,} records of a
mail merge are as many PDFs of one page of text; {jobs} processes. *First* builds into an empty folder. *Unchanged* is the same
command again, which [builds nothing](many-editions.md#build-again) but compares every input and every PDF with the build log.
*One changed* is the same after one office was edited, or one row. Memory is that of the largest process. To record the inputs and
to write the log took 1 % of the processor time of the sample's twelve editions, and about 0.3 ms for each of these small ones.
`python -m bench.many FOLDER` measures this section alone.
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
{picture}preflight: off
"""
PICTURE = """\
      face: {at: "columns 1-6, rows 4-8", content: {image: portrait.jpg, alt: face}}
"""
FIELDS = "merge-fields: {name: Ada, phone: 555-0000}\n"
COPY = "words: {words}\nface: A face\ncontact: {{phone: '0'}}\n"


def section(work: Path, photos: Path) -> Section:
    """The table, and whether a build that changes nothing is fast."""
    project, card = make_editions(work / "many", photos), make_records(work / "card")
    offices, people = project / "offices", card / "people.csv"
    rows = []
    goals = []
    cases: list[tuple[str, list[str | Path], Path]] = [
        (f"{OFFICES * len(LANGUAGES):,} editions", [project, "--all"], offices / "o007.yaml"),
        (f"{RECORDS:,} records", [card, "--records", people], people),
    ]
    for name, words, edited in cases:
        found = _measure([*words, "--jobs", str(JOBS), "-o", work / f"out-{edited.stem}"], edited)
        rows += [(f"{name}, {build}", *row) for build, row in found[0].items()]
        goals.append(found[1])
    head = HEAD.format(
        offices=OFFICES,
        languages=len(LANGUAGES),
        editions=OFFICES * len(LANGUAGES),
        records=RECORDS,
        jobs=JOBS,
    )
    names = ("build", "time", "processor", "memory", "PDFs", "build log")
    return Section(f"{head}\n{table(names, rows)}", tuple(goals))


def _measure(words: list[str | Path], edited: Path) -> tuple[dict[str, tuple[str, ...]], Goal]:
    """Build three times; `edited` is the file that is changed before the third."""
    out = Path(words[-1])
    rows: dict[str, tuple[str, ...]] = {}
    seconds: list[float] = []
    for build in ("first", "unchanged", "one changed"):
        print(f"{edited.stem}: {build} …")
        if build == "one changed":
            text = edited.read_text(encoding="utf-8")
            edited.write_text(text.replace("555-0007", "555-9999"), encoding="utf-8")
        one = together([[BROCHURE, "build", *words]], 1)
        seconds.append(one.seconds)
        rows[build] = (
            f"{one.seconds:.1f} s",
            f"{one.processor:.1f} s",
            f"{one.peak / 1e6:.0f} MB",
            f"{sum(path.stat().st_size for path in out.glob('*.pdf')) / 1e6:,.0f} MB",
            f"{sum(path.stat().st_size for path in out.glob('.*.jsonl')) / 1e6:.2f} MB",
        )
    return rows, Goal(
        f"a build of {edited.parent.parent.name} that changes nothing under {FRACTION:.0%} of the first",
        f"{seconds[1]:.1f} s of {seconds[0]:.1f}",
        seconds[1] < FRACTION * seconds[0],
    )


def main() -> None:
    """Print the section, measured in a new folder that the command line names."""
    work, photos = Path(sys.argv[1]), Path(__file__).parents[1] / "assets/photos"
    ENVIRONMENT["BROCHURE_CACHE"] = str(work / "cache")
    print(section(work, photos).text)


def make_editions(folder: Path, photos: Path) -> Path:
    """A project with offices in several languages."""
    _put(folder / "brochure.yaml", LAYOUT.format(fields="", picture=PICTURE))
    for language in LANGUAGES:
        words = f"The words of this leaf in the language {language}."
        _put(folder / f"content/{language}.yaml", COPY.format(words=words))
    tags = ", ".join(LANGUAGES)
    for at in range(OFFICES):
        office = f"office: o{at:03}\nlanguages: [{tags}]\ncontact: {{phone: 555-{at:04}}}\n"
        _put(folder / f"offices/o{at:03}.yaml", office)
    (folder / "assets").mkdir()
    (folder / "assets" / "portrait.jpg").write_bytes((photos / "portrait.jpg").read_bytes())
    return folder


def make_records(folder: Path) -> Path:
    """A card, and a table of people."""
    _put(folder / "brochure.yaml", LAYOUT.format(fields=FIELDS, picture=""))
    words = '"Dear {record_name}, your number is {record_phone}."'
    _put(folder / "content/en.yaml", COPY.format(words=words))
    people = [f"Person {at},555-{at:04}" for at in range(RECORDS)]
    _put(folder / "people.csv", "\n".join(["name,phone", *people, ""]))
    return folder


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
