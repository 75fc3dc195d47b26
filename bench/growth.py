"""Layouts of any number of text pages, to see how the cost grows: each page has a heading and words of its own.

Called as a program, it measures the growth curves (`bench.growth_curves`) and writes their section of docs/performance.md.

Takes a folder and a number of pages; makes a project there. `threaded` sets the same words as one story through the
frames of all pages. The words are the sample's, in an order that is new on every page, so that nothing is set twice.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.processes import BROCHURE, cost
from bench.stages import SETTING, STAGES, best_of
from bench.tables import Goal, Section, table

SIZES = (1, 12, 120, 1200)
THREADED = (12, 120, 480)
FLAT = 1.25
"""A page among 1,200 may cost this many times one among fewer."""

HEAD = """\
## How it grows

Pages of text, about {words} words each, justified and hyphenated, no two alike. The bound is linear growth and less
than 10 ms a text page. Milliseconds a page are processor time without the imports. The first table gives each page a text of
its own; the second runs one story through all pages.
"""

WORDS_A_PAGE = 230
PARAGRAPHS_A_PAGE = 4

LAYOUT = """\
brochure: growth
size: A5
binding: perfect
paragraph-styles:
  body:
    font: Source Serif 4
    size: 9.5 pt
    leading: 13 pt
    space-after: 0 pt
    align: justify
    hyphenation: yes
    hanging-punctuation: yes
    grid: yes
    word-space: 65..170
    letter-space: -10..15
  folio: {grid: no}
masters:
  text:
    frames:
      words: {at: "columns 1-6, rows 1-8"}
      foot: {at: "columns 1-6, bottom 8 mm, height 5 mm", content: {folio: }}
"""


@dataclass(frozen=True, slots=True)
class Grown:
    """What a number of pages costs: milliseconds in all, imports left out, and its row of the table."""

    pages: int
    milliseconds: float
    row: tuple[str, ...]


def section(work: Path, sample: Path) -> Section:
    """Both tables, and whether the cost of a page is flat."""
    apart = [_grown(work / "apart", make, pages, sample) for pages in SIZES]
    threaded = [_grown(work / "threaded", make_threaded, pages, sample) for pages in THREADED]
    tables = [_table(apart[1:]), _table(threaded)]
    text = "\n\n".join([HEAD.format(words=WORDS_A_PAGE).strip(), *tables])
    return Section(text, (_flat(apart[0], apart[1:]),))


def _flat(one: Grown, more: list[Grown]) -> Goal:
    """Fixed costs are taken off by counting only the pages after the first."""
    each = [(n.milliseconds - one.milliseconds) / (n.pages - one.pages) for n in more]
    said = ", ".join(f"{ms:.1f} ms at {n.pages:,}" for ms, n in zip(each, more, strict=True))
    return Goal(
        f"cost per page flat from 12 to 1,200 pages (at most {FLAT} times; fixed costs taken off)",
        said,
        all(each[-1] <= FLAT * ms for ms in each),
    )


def _grown(
    work: Path, make_it: Callable[[Path, int, Path], Path], pages: int, sample: Path
) -> Grown:
    print(f"{work.name}: {pages} pages …")
    few = pages < 400
    project = make_it(work / str(pages), pages, sample)
    whole = cost([BROCHURE, "build", project, "-o", work], 3 if few else 1)
    best = best_of(project, 3 if few else 1)
    each = {stage: best[stage] * 1000 / pages for stage in STAGES if stage != "import"}
    setting = sum(each[stage] for stage in SETTING)
    row = (
        f"{pages}",
        f"{whole.seconds:.2f} s",
        f"{whole.peak / 1e6:.0f} MB",
        f"{sum(each.values()):.1f}",
        *(f"{ms:.2f}" for ms in (each["read"], each["resolve"], setting, each["make up"])),
        f"{each['paint'] + each['write']:.2f}",
    )
    return Grown(pages, sum(each.values()) * pages, row)


def _table(grown: list[Grown]) -> str:
    stages = ("read", "resolve", "set", "make up", "paint, write")
    return table(("pages", "process", "memory", "ms a page", *stages), [one.row for one in grown])


def make(folder: Path, pages: int, sample: Path) -> Path:
    """A project whose every page has a text of its own."""
    copy = _copy(pages, sample)
    listed = "".join(
        f"  - {{master: text, words: [{{heading: p{at}.head}}, {{text: p{at}.text}}]}}\n"
        for at in range(pages)
    )
    return _put(folder, LAYOUT + "pages:\n" + listed, copy)


def make_threaded(folder: Path, pages: int, sample: Path) -> Path:
    """A project of one long story that runs through the frames of all pages, with a frame or two to spare."""
    copy = _copy(pages, sample)
    content = "".join(
        f"      - {{heading: p{at}.head}}\n      - {{text: p{at}.text}}\n" for at in range(pages)
    )
    story = "stories:\n  all:\n    content:\n" + content
    listed = "  - {master: text, words: {story: all}}\n" * (pages + pages // 10 + 1)
    return _put(folder, LAYOUT + story + "pages:\n" + listed, copy)


def _put(folder: Path, layout: str, copy: str) -> Path:
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(layout, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text(copy, encoding="utf-8")
    return folder


def _copy(pages: int, sample: Path) -> str:
    words = re.findall(r"[a-z]{2,}", (sample / "content" / "en.yaml").read_text(encoding="utf-8"))
    draw = random.Random(12)
    return "".join(_page(at, words, draw) for at in range(pages))


def _page(at: int, words: list[str], draw: random.Random) -> str:
    long = WORDS_A_PAGE // PARAGRAPHS_A_PAGE
    paragraphs = [_sentence(draw.choices(words, k=long)) for _ in range(PARAGRAPHS_A_PAGE)]
    text = "".join(f"    {paragraph}\n\n" for paragraph in paragraphs)
    return f"p{at}:\n  head: {_sentence(draw.choices(words, k=4))}\n  text: |\n{text}\n"


def _sentence(words: list[str]) -> str:
    return " ".join(words).capitalize() + "."


def main() -> None:
    """Measure the growth curves and write them into the page."""
    # Imported here: it imports this module.
    from bench import growth_curves

    root = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory(prefix="brochure-growth-") as folder:
        curves = growth_curves.section(Path(folder), root / "layouts" / "proven-model")
    growth_curves.replace_section(root / "docs" / "performance.md", curves.text)


if __name__ == "__main__":
    main()
