"""Growth curves: time and memory of whole builds while one part of the input doubles.

Each curve has a function that makes a project of any size. The exponent of the growth is that of the last doubling, without
the cost of a project with one item: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import io
import math
import os
import platform
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bench.growth import make_threaded
from bench.processes import BROCHURE, ENVIRONMENT, Cost, together
from bench.tables import Section, table

HEAD = """\
## Growth with the input

Whole processes, each built once with one process (`--jobs 1` for records) and an empty cache, for inputs that double. Seconds
are processor time. *Growth* is the exponent of the last doubling, without the cost of one item: 1.0 is linear, 2.0 would be
quadratic; `–` is too small to tell. Measured by
`python -m bench.growth` on {cores} cores, {system}, Python {python}, at a load of {load:.0f}. The last
book has the most pages that a layout may have, the last story runs through 300 pages.
"""

SMALL = "size: A5\nbinding: none\nbleed: 0 mm\npreflight: off\n"
STYLES = "paragraph-styles: {body: {font: Source Serif 4, size: 9 pt, leading: 12 pt, space-after: 0 pt}}\n"
PICTURE_SIZE = (480, 360)


LEAST = 0.2
"""Smallest difference of two builds that is told from noise, in seconds."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What doubles: its name, its numbers of items, and a function that makes a project and returns further arguments."""

    name: str
    sizes: tuple[int, ...]
    make: Callable[[Path, int, Path], list[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """The cost of one size."""

    size: int
    cost: Cost


def measure(curve: Curve, work: Path, sample: Path) -> list[Step]:
    """Build the curve's projects; the first step is a project of one item."""
    return [_measure_step(curve, size, work, sample) for size in (1, *curve.sizes)]


def _measure_step(curve: Curve, size: int, work: Path, sample: Path) -> Step:
    print(f"{curve.name}: {size} …", flush=True)
    project = work / curve.name.replace(" ", "-") / str(size)
    arguments = curve.make(project, size, sample)
    ENVIRONMENT["BROCHURE_CACHE"] = str(project / "cache")
    command = [BROCHURE, "build", str(project), "-o", str(project / "out"), *arguments]
    return Step(size, together([command], runs=1))


def growth_exponent(steps: list[Step]) -> float:
    """Return the exponent of the last doubling, without the cost of the first step; NaN if too small."""
    first, *_, before, last = steps
    more = last.cost.processor - first.cost.processor
    less = before.cost.processor - first.cost.processor
    if min(more, less) < LEAST:
        return math.nan
    return math.log(more / less) / math.log(last.size / before.size)


def section(work: Path, sample: Path) -> Section:
    """Measure all curves; return the section for the page."""
    rows = []
    for curve in CURVES:
        steps = measure(curve, work, sample)
        exponent = growth_exponent(steps)
        written = "–" if math.isnan(exponent) else f"{exponent:.2f}"
        for step in steps[1:]:
            label = curve.name if step is steps[1] else ""
            last = written if step is steps[-1] else ""
            seconds, peak = f"{step.cost.processor:.1f} s", f"{step.cost.peak / 1e6:.0f} MB"
            rows.append((label, f"{step.size:,}", seconds, peak, last))
    head = HEAD.format(
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        load=os.getloadavg()[0],
    )
    return Section(f"{head}\n{table(('input', 'items', 'time', 'memory', 'growth'), rows)}")


def replace_section(page: Path, text: str) -> None:
    """Write the section into the page, in place of the earlier one or before the last two sections."""
    before, *sections = page.read_text(encoding="utf-8").split("\n## ")
    title = text.removeprefix("## ").partition("\n")[0]
    others = [one for one in sections if not one.startswith(title)]
    at = next((nth for nth, one in enumerate(sections) if one.startswith(title)), len(others) - 2)
    others.insert(at, text.removeprefix("## ").strip() + "\n")
    page.write_text("\n## ".join([before, *others]), encoding="utf-8")


# Projects


def _put(folder: Path, layout: str, copy: str, files: dict[str, bytes] | None = None) -> list[str]:
    written = {"brochure.yaml": f"brochure: curve\n{SMALL}{STYLES}{layout}".encode()}
    for name, data in {**written, "content/en.yaml": copy.encode(), **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return []


WORDS_OF_A_BOOK_PAGE = 140
"""A copy file may have 2 MB, and the longest book 2,000 pages."""


def _book(folder: Path, count: int, sample: Path) -> list[str]:
    """Make a book whose pages have a text of their own, no two alike."""
    source = (sample / "content" / "en.yaml").read_text(encoding="utf-8")
    words, draw = re.findall(r"[a-z]{2,}", source), random.Random(12)
    copy = "".join(
        f"p{at}: {' '.join(draw.choices(words, k=WORDS_OF_A_BOOK_PAGE))}\n" for at in range(count)
    )
    pages = "".join(
        f"  - frames:\n      f: {{at: margins, content: {{text: p{at}}}}}\n" for at in range(count)
    )
    return _put(folder, f"pages:\n{pages}", copy)


def _story(folder: Path, count: int, sample: Path) -> list[str]:
    """Make one story of about 230 words a page."""
    make_threaded(folder, count, sample)
    return []


def _words(folder: Path, count: int, sample: Path) -> list[str]:
    """Make one message, in as many pages as it needs."""
    words = ("harvest", "of", "the", "river", "villages", "in", "autumn")
    lines = [" ".join(words[(at * 5 + nth) % 7] for nth in range(50)) for at in range(count // 50)]
    copy = "words: |\n" + "".join(f"  {line}.\n\n" for line in lines or ["a"])
    pages = "  - frames:\n      f: {at: margins, story: s}\n" * (count // 300 + 1)
    return _put(folder, f"stories: {{s: {{content: [{{text: words}}]}}}}\npages:\n{pages}", copy)


def _table(folder: Path, count: int, sample: Path) -> list[str]:
    rows = ", ".join(
        ["[name, {value: 12.5}, {value: 7}, name, {value: 1234}]"] * max(1, count // 5)
    )
    pages = "  - frames:\n      f: {at: margins, story: s}\n" * (count // 150 + 1)
    return _put(
        folder,
        f"stories: {{s: {{content: [{{table: [{rows}]}}]}}}}\npages:\n{pages}",
        "name: Rivers\n",
    )


FRAMES_A_PAGE = 100


def _frames(folder: Path, count: int, sample: Path) -> list[str]:
    pages = []
    for first in range(0, count, FRAMES_A_PAGE):
        frames = "".join(
            f'      f{at}: {{at: "x {at % 5 * 28} mm, y {at // 5 * 10} mm, width 27 mm, height 9 mm",'
            " content: {text: words}, background: black 10%}\n"
            for at in range(min(FRAMES_A_PAGE, count - first))
        )
        pages.append(f"  - frames:\n{frames}")
    return _put(folder, f"pages:\n{''.join(pages)}", "words: The harvest of the river villages\n")


def _pictures(folder: Path, count: int, sample: Path) -> list[str]:
    pages = "".join(
        f"  - frames:\n      f: {{at: bleed, content: {{image: p{at}.jpg, alt: none}}}}\n"
        for at in range(count)
    )
    files = {f"assets/p{at}.jpg": _photograph(at) for at in range(count)}
    return _put(folder, f"pages:\n{pages}", "a: b\n", files)


def _photograph(at: int) -> bytes:
    shade = Image.linear_gradient("L").resize(PICTURE_SIZE).rotate(at % 360)
    noise = Image.effect_noise(PICTURE_SIZE, 20)
    picture = Image.merge("RGB", (shade, noise, Image.new("L", PICTURE_SIZE, at % 256)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _records(folder: Path, count: int, sample: Path) -> list[str]:
    table_of_people = "".join(f"Person {at},{at * 10}\n" for at in range(count))
    copy = "words: Dear {record_name}, thank you for {record_gift, number} dollars.\n"
    layout = "merge-fields: {name: Ada, gift: 250}\npages:\n  - frames:\n      f: {at: margins, content: {text: words}}\n"
    _put(folder, layout, copy, {"people.csv": f"name,gift\n{table_of_people}".encode()})
    return ["--records", str(folder / "people.csv"), "--jobs", "1"]


CURVES = (
    Curve("words of one message", (3_500, 7_000, 14_000), _words),
    Curve("pages of one story", (75, 150, 300), _story),
    Curve("pages of a book", (500, 1_000, 2_000), _book),
    Curve("cells of a table", (2_500, 5_000, 10_000), _table),
    Curve("frames", (1_000, 2_000, 4_000), _frames),
    Curve("pictures", (125, 250, 500), _pictures),
    Curve("records", (500, 1_000, 2_000), _records),
)
