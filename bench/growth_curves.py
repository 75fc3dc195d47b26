"""Growth curves: time and memory of builds while one part of the input doubles.

Each curve has a function that makes a project of any size. The exponent of the growth is computed from the last doubling,
after subtracting the cost of a project with one item: 1 is linear, 2 is quadratic.
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
from bench.processes import BROCHURE, ENVIRONMENT, Cost, measure_concurrently
from bench.tables import Section, format_table

HEAD = """\
## Growth with the input

Each input is built once, with one process (`--jobs 1` for records) and an empty cache, and then doubled. Times are processor
time. *Growth* is the exponent of the last doubling, without the cost of one item: 1.0 is linear, 2.0 is quadratic, `–` means
that the difference is too small to measure. The largest book has the maximum number of pages of a layout. The longest story is
threaded through 300 pages. Measured by `python -m bench.growth` on {cores} cores, {system}, Python {python}, at a load of
{load:.0f}.

![Seconds over the number of items, for each input](pictures/growth.webp)
"""

PAGE_SETTINGS = "size: A5\nbinding: none\nbleed: 0 mm\npreflight: off\n"
STYLES = "paragraph-styles: {body: {font: Source Serif 4, size: 9 pt, leading: 12 pt, space-after: 0 pt}}\n"
IMAGE_SIZE = (480, 360)

MIN_DIFFERENCE = 0.2
"""Smallest significant difference of the processor time of two builds, in seconds."""


@dataclass(frozen=True, slots=True)
class Curve:
    """An input that is doubled: its name, its sizes, and a function that makes a project.

    The function returns additional arguments for `brochure build`.
    """

    name: str
    sizes: tuple[int, ...]
    make: Callable[[Path, int, Path], list[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """The size of an input, and the cost of its build."""

    size: int
    cost: Cost


def measure(curve: Curve, work: Path, sample: Path) -> list[Step]:
    """Build the projects of a curve; the first has one item."""
    return [_measure_step(curve, size, work, sample) for size in (1, *curve.sizes)]


def _measure_step(curve: Curve, size: int, work: Path, sample: Path) -> Step:
    print(f"{curve.name}: {size} …", flush=True)
    project = work / curve.name.replace(" ", "-") / str(size)
    arguments = curve.make(project, size, sample)
    ENVIRONMENT["BROCHURE_CACHE"] = str(project / "cache")
    command = [BROCHURE, "build", str(project), "-o", str(project / "out"), *arguments]
    return Step(size, measure_concurrently([command], runs=1))


def compute_exponent(steps: list[Step]) -> float:
    """Return the exponent of the last doubling, without the cost of the first step; NaN if it is not significant."""
    first, *_, previous, last = steps
    larger = last.cost.processor_seconds - first.cost.processor_seconds
    smaller = previous.cost.processor_seconds - first.cost.processor_seconds
    if min(larger, smaller) < MIN_DIFFERENCE:
        return math.nan
    return math.log(larger / smaller) / math.log(last.size / previous.size)


def measure_section(work: Path, sample: Path) -> Section:
    """Measure all curves; return the section for the page."""
    rows = []
    for curve in CURVES:
        steps = measure(curve, work, sample)
        exponent = compute_exponent(steps)
        growth = "–" if math.isnan(exponent) else f"{exponent:.2f}"
        for step in steps[1:]:
            label = curve.name if step is steps[1] else ""
            seconds = f"{step.cost.processor_seconds:.1f} s"
            memory = f"{step.cost.peak_memory / 1e6:.0f} MB"
            exponent_cell = growth if step is steps[-1] else ""
            rows.append((label, f"{step.size:,}", seconds, memory, exponent_cell))
    head = HEAD.format(
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        load=os.getloadavg()[0],
    )
    columns = ("input", "items", "time", "memory", "growth")
    return Section(f"{head}\n{format_table(columns, rows)}")


# Projects


def _write_project(
    folder: Path, layout: str, copy: str, files: dict[str, bytes] | None = None
) -> list[str]:
    layout_file = {"brochure.yaml": f"brochure: curve\n{PAGE_SETTINGS}{STYLES}{layout}".encode()}
    for name, data in {**layout_file, "content/en.yaml": copy.encode(), **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return []


WORDS_PER_BOOK_PAGE = 140
"""A content file may have at most 2 MB, and the largest book has 2,000 pages."""


def _make_book(folder: Path, count: int, sample: Path) -> list[str]:
    """Make a book in which each page has its own text."""
    source = (sample / "content" / "en.yaml").read_text(encoding="utf-8")
    words, generator = re.findall(r"[a-z]{2,}", source), random.Random(12)
    copy = "".join(
        f"p{number}: {' '.join(generator.choices(words, k=WORDS_PER_BOOK_PAGE))}\n"
        for number in range(count)
    )
    pages = "".join(
        f"  - frames:\n      f: {{at: margins, content: {{text: p{number}}}}}\n"
        for number in range(count)
    )
    return _write_project(folder, f"pages:\n{pages}", copy)


def _make_story(folder: Path, count: int, sample: Path) -> list[str]:
    """Make one story of about 230 words a page."""
    make_threaded(folder, count, sample)
    return []


def _make_words(folder: Path, count: int, sample: Path) -> list[str]:
    """Make one message, threaded through as many pages as it needs."""
    words = ("harvest", "of", "the", "river", "villages", "in", "autumn")
    lines = [" ".join(words[(line * 5 + n) % 7] for n in range(50)) for line in range(count // 50)]
    copy = "words: |\n" + "".join(f"  {line}.\n\n" for line in lines or ["a"])
    pages = "  - frames:\n      f: {at: margins, story: s}\n" * (count // 300 + 1)
    return _write_project(
        folder, f"stories: {{s: {{content: [{{text: words}}]}}}}\npages:\n{pages}", copy
    )


def _make_table(folder: Path, count: int, sample: Path) -> list[str]:
    rows = ", ".join(
        ["[name, {value: 12.5}, {value: 7}, name, {value: 1234}]"] * max(1, count // 5)
    )
    pages = "  - frames:\n      f: {at: margins, story: s}\n" * (count // 150 + 1)
    return _write_project(
        folder,
        f"stories: {{s: {{content: [{{table: [{rows}]}}]}}}}\npages:\n{pages}",
        "name: Rivers\n",
    )


FRAMES_PER_PAGE = 100


def _make_frames(folder: Path, count: int, sample: Path) -> list[str]:
    pages = []
    for first in range(0, count, FRAMES_PER_PAGE):
        frames = "".join(
            f'      f{number}: {{at: "x {number % 5 * 28} mm, y {number // 5 * 10} mm, width 27 mm, height 9 mm",'
            " content: {text: words}, background: black 10%}\n"
            for number in range(min(FRAMES_PER_PAGE, count - first))
        )
        pages.append(f"  - frames:\n{frames}")
    return _write_project(
        folder, f"pages:\n{''.join(pages)}", "words: The harvest of the river villages\n"
    )


def _make_images(folder: Path, count: int, sample: Path) -> list[str]:
    pages = "".join(
        f"  - frames:\n      f: {{at: bleed, content: {{image: p{number}.jpg, alt: none}}}}\n"
        for number in range(count)
    )
    files = {f"assets/p{number}.jpg": _make_photograph(number) for number in range(count)}
    return _write_project(folder, f"pages:\n{pages}", "a: b\n", files)


def _make_photograph(number: int) -> bytes:
    shade = Image.linear_gradient("L").resize(IMAGE_SIZE).rotate(number % 360)
    noise = Image.effect_noise(IMAGE_SIZE, 20)
    image = Image.merge("RGB", (shade, noise, Image.new("L", IMAGE_SIZE, number % 256)))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _make_records(folder: Path, count: int, sample: Path) -> list[str]:
    table = "".join(f"Person {number},{number * 10}\n" for number in range(count))
    copy = "words: Dear {record_name}, thank you for {record_gift, number} dollars.\n"
    layout = "merge-fields: {name: Ada, gift: 250}\npages:\n  - frames:\n      f: {at: margins, content: {text: words}}\n"
    _write_project(folder, layout, copy, {"people.csv": f"name,gift\n{table}".encode()})
    return ["--records", str(folder / "people.csv"), "--jobs", "1"]


CURVES = (
    Curve("words of one message", (3_500, 7_000, 14_000), _make_words),
    Curve("pages of one story", (75, 150, 300), _make_story),
    Curve("pages of a book", (500, 1_000, 2_000), _make_book),
    Curve("cells of a table", (2_500, 5_000, 10_000), _make_table),
    Curve("frames", (1_000, 2_000, 4_000), _make_frames),
    Curve("images", (125, 250, 500), _make_images),
    Curve("records", (500, 1_000, 2_000), _make_records),
)
