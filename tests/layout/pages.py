"""Small brochures for the tests of page layout, and functions that read their pages.

Brochures are built from sections of a layout as YAML text and messages by key, as a user's brochure would be. The page is 200 by
300 pt; its type area is 140 by 250 pt, in four columns of 29 pt and five rows of 42 pt; type is 10 pt on 12 pt, with a cap height
of 6.7 pt (Source Serif 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from brochure.api import lay_out
from brochure.blocks import KINDS
from brochure.build_values import LaidOut
from brochure.color.swatch import Cmyk
from brochure.geometry import IDENTITY, Rect
from brochure.layout.page_plan import PlannedPage, plan
from brochure.model.display_list import GlyphRun, Page, Path, bounds
from brochure.project import MemoryProject
from brochure.spec.read import read

CAP = 6.7
"""The cap height of the trial's type: 670 of the 1000 units of Source Serif 4, at 10 pt."""

RED, GREEN, BLUE = Cmyk(0, 1, 1, 0), Cmyk(1, 0, 1, 0), Cmyk(1, 1, 0, 0)

SECTIONS = {
    "size": "200 x 300 pt",
    "bleed": "9 pt",
    "binding": "none",
    "swatches": "{red: cmyk 0 100 100 0, green: cmyk 100 0 100 0, blue: cmyk 100 100 0 0}",
    # Columns: (140 - 3 × 8) / 4 = 29. Rows: (250 - 4 × 10) / 5 = 42. The first baseline: 20 + 6.7 below the top of the page.
    "grid": (
        "{margins: {top: 20 pt, bottom: 30 pt, inner: 40 pt, outer: 20 pt}, columns: 4, gutter: 8 pt,"
        " rows: 5, row-gutter: 10 pt, baseline: 12 pt, baseline-start: 26.7 pt}"
    ),
    "paragraph_styles": (
        "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: no, space-after: 0 pt},"
        " gridded: {grid: yes}, held: {keep-together: yes}, small: {size: 5 pt, leading: 7 pt},"
        " head: {keep-with-next: yes}}"
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text on a page: its baseline, its ends, its text, and its structure element."""

    y: float
    left: float
    right: float
    text: str
    element: tuple[tuple[str, int], ...]


def made(
    copy: Mapping[str, str] | None = None,
    assets: Mapping[str, bytes] | None = None,
    **sections: str,
) -> LaidOut:
    """Return the trial brochure with these sections of a layout (`pages`, `stories`, …)."""
    words = yaml.dump(dict(copy or {}), Dumper=yaml.CSafeDumper, allow_unicode=True, width=10_000)
    files = {"brochure.yaml": _written(sections), "content/en.yaml": words.encode()}
    return lay_out(MemoryProject({**files, **(assets or {})}))


def planned(**sections: str) -> tuple[PlannedPage, ...]:
    """Return the pages before any text is set."""
    layout, findings = read(_written(sections), "brochure.yaml", KINDS)
    assert layout, findings
    return plan(layout)


def _written(sections: Mapping[str, str]) -> bytes:
    written = {"brochure": "trial", **SECTIONS, **sections}
    return "\n".join(f"{name.replace('_', '-')}: {text}" for name, text in written.items()).encode()


def pages(copy: Mapping[str, str] | None = None, **sections: str) -> tuple[Page, ...]:
    """Return the pages of the trial brochure; fail on any finding."""
    result = made(copy, None, **sections)
    assert not result.findings, "\n".join(map(str, result.findings))
    return result.pages


def page(frames: str, copy: Mapping[str, str] | None = None, **sections: str) -> Page:
    """Return a single page with these frames."""
    return pages(copy, pages=f"[{{frames: {frames}}}]", **sections)[0]


def fields(page: Page, colour: Cmyk) -> list[Rect]:
    """Return the rectangles that are filled with a colour, from the lowest to the highest."""
    paths = [item for item in page.items if isinstance(item, Path) and item.fill]
    return [bounds(path.outlines) for path in paths if path.fill and path.fill.colour == colour]


def field(page: Page, colour: Cmyk = RED) -> tuple[float, float, float, float]:
    """Return the only rectangle of that colour: x, y, width and height to a thousandth."""
    (rect,) = fields(page, colour)
    return tuple(round(n, 3) for n in (rect.x, rect.y, rect.width, rect.height))  # type: ignore[return-value]


def rows(page: Page) -> list[Row]:
    """Return the lines of text in painting order."""
    return list(_rows([item for item in page.items if isinstance(item, GlyphRun)]))


def _rows(runs: list[GlyphRun]) -> Iterator[Row]:
    line: list[GlyphRun] = []
    for run in runs:
        if line and not _goes_on(line[-1], run):
            yield _row(line)
            line = []
        line.append(run)
    if line:
        yield _row(line)


def _goes_on(before: GlyphRun, run: GlyphRun) -> bool:
    same_line = abs(before.y - run.y) < 0.001 and before.tag == run.tag
    return same_line and -0.01 <= run.x - (before.x + before.glyphs.width) < 20


def _row(runs: list[GlyphRun]) -> Row:
    assert all(run.matrix == IDENTITY for run in runs)
    text = "".join(run.glyphs.text for run in runs)
    right = max(run.x + run.glyphs.width for run in runs)
    return Row(runs[0].y, runs[0].x, right, text, runs[0].tag.path)


def baselines(page: Page) -> list[float]:
    """Return the baselines of the page's lines, in points below the top of the page, to a thousandth."""
    return [round(page.height - row.y, 3) for row in rows(page)]
