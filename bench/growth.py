"""The cost of text pages, for layouts of different lengths.

Each page has a heading and its own text, or all pages are threaded by one story. The words are those of the sample in random
order, so that no paragraph occurs twice and none is found in a cache.

`python -m bench.growth` measures the growth curves (`bench.growth_curves`) and writes their section of docs/performance.md.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.processes import BROCHURE, measure_cost
from bench.stages import SETTING, STAGES, measure_best
from bench.tables import Goal, Section, format_table

SIZES = (1, 12, 120, 1200)
THREADED_SIZES = (12, 120, 480)
MAX_RATIO = 1.25
"""Limit of the cost of a page in 1,200 pages, as a multiple of the cost of a page in fewer pages."""

HEAD = """\
## Growth with the number of pages

Text pages of about {words} words each, justified and hyphenated, all different. The limit is linear growth, and 10 ms for each
text page. Milliseconds per page are processor time without imports. In the first table each page has its own text. In the
second, one story is threaded through all pages.
"""

WORDS_PER_PAGE = 230
PARAGRAPHS_PER_PAGE = 4

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
class PageCost:
    """The cost of a number of pages: milliseconds of all pages without imports, and the row of the table."""

    pages: int
    milliseconds: float
    row: tuple[str, ...]


def measure_section(work: Path, sample: Path) -> Section:
    """Measure both kinds of layout; return the section with its goal."""
    separate = [_measure(work / "separate", make_separate, pages, sample) for pages in SIZES]
    threaded = [
        _measure(work / "threaded", make_threaded, pages, sample) for pages in THREADED_SIZES
    ]
    tables = [_format_costs(separate[1:]), _format_costs(threaded)]
    text = "\n\n".join([HEAD.format(words=WORDS_PER_PAGE).strip(), *tables])
    return Section(text, (_compare_costs(separate[0], separate[1:]),))


def _compare_costs(first: PageCost, others: list[PageCost]) -> Goal:
    """Compare the costs per page. The cost of one page is subtracted: it includes the fixed costs."""
    per_page = [
        (cost.milliseconds - first.milliseconds) / (cost.pages - first.pages) for cost in others
    ]
    result = ", ".join(
        f"{ms:.1f} ms at {cost.pages:,}" for ms, cost in zip(per_page, others, strict=True)
    )
    return Goal(
        f"constant cost per page from 12 to 1,200 pages (at most {MAX_RATIO} times; without fixed costs)",
        result,
        all(per_page[-1] <= MAX_RATIO * ms for ms in per_page),
    )


def _measure(
    work: Path, make_project: Callable[[Path, int, Path], Path], pages: int, sample: Path
) -> PageCost:
    print(f"{work.name}: {pages} pages …")
    runs = 3 if pages < 400 else 1
    project = make_project(work / str(pages), pages, sample)
    whole = measure_cost([BROCHURE, "build", project, "-o", work], runs)
    best = measure_best(project, runs)
    per_page = {stage: best[stage] * 1000 / pages for stage in STAGES if stage != "import"}
    setting = sum(per_page[stage] for stage in SETTING)
    row = (
        f"{pages}",
        f"{whole.seconds:.2f} s",
        f"{whole.peak_memory / 1e6:.0f} MB",
        f"{sum(per_page.values()):.1f}",
        *(
            f"{ms:.2f}"
            for ms in (per_page["read"], per_page["resolve"], setting, per_page["lay out"])
        ),
        f"{per_page['render'] + per_page['write']:.2f}",
    )
    return PageCost(pages, sum(per_page.values()) * pages, row)


def _format_costs(costs: list[PageCost]) -> str:
    stages = ("read", "resolve", "set", "lay out", "render, write")
    columns = ("pages", "time", "memory", "ms per page", *stages)
    return format_table(columns, [cost.row for cost in costs])


def make_separate(folder: Path, pages: int, sample: Path) -> Path:
    """Make a project in which each page has its own text."""
    copy = _make_copy(pages, sample)
    page_list = "".join(
        f"  - {{master: text, words: [{{heading: p{number}.head}}, {{text: p{number}.text}}]}}\n"
        for number in range(pages)
    )
    return _write_project(folder, LAYOUT + "pages:\n" + page_list, copy)


def make_threaded(folder: Path, pages: int, sample: Path) -> Path:
    """Make a project of one story that is threaded through the frames of all pages, with some frames to spare."""
    copy = _make_copy(pages, sample)
    content = "".join(
        f"      - {{heading: p{number}.head}}\n      - {{text: p{number}.text}}\n"
        for number in range(pages)
    )
    story = "stories:\n  all:\n    content:\n" + content
    page_list = "  - {master: text, words: {story: all}}\n" * (pages + pages // 10 + 1)
    return _write_project(folder, LAYOUT + story + "pages:\n" + page_list, copy)


def _write_project(folder: Path, layout: str, copy: str) -> Path:
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(layout, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text(copy, encoding="utf-8")
    return folder


def _make_copy(pages: int, sample: Path) -> str:
    words = re.findall(r"[a-z]{2,}", (sample / "content" / "en.yaml").read_text(encoding="utf-8"))
    generator = random.Random(12)
    return "".join(_make_page(number, words, generator) for number in range(pages))


def _make_page(number: int, words: list[str], generator: random.Random) -> str:
    length = WORDS_PER_PAGE // PARAGRAPHS_PER_PAGE
    paragraphs = [
        _make_sentence(generator.choices(words, k=length)) for _ in range(PARAGRAPHS_PER_PAGE)
    ]
    text = "".join(f"    {paragraph}\n\n" for paragraph in paragraphs)
    return (
        f"p{number}:\n  head: {_make_sentence(generator.choices(words, k=4))}\n  text: |\n{text}\n"
    )


def _make_sentence(words: list[str]) -> str:
    return " ".join(words).capitalize() + "."


def main() -> None:
    """Measure the growth curves; write their section of the page."""
    # Imported here, because it imports this module.
    from bench import growth_curves, growth_picture, page

    root = Path(__file__).resolve().parent.parent
    when = page.describe_measurement()
    with tempfile.TemporaryDirectory(prefix="brochure-growth-") as folder:
        curves = growth_curves.measure_section(Path(folder), root / "layouts" / "proven-model")
    page.write_section(root / "docs" / "performance.md", curves, when)
    growth_picture.write_picture()


if __name__ == "__main__":
    main()
