"""Pictures of the pages that have findings, with an outline and a number for each, as parts of the HTML report."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from brochure.cli._output import counted, escape_controls
from brochure.fast_dataclass import dataclass

if TYPE_CHECKING:
    from brochure.cli._checked import Checked
    from brochure.compare.page_pictures import PagePicture
    from brochure.findings import Finding
    from brochure.geometry import Rect

MIN_SIDE = 6.0
"""Points of the shorter side of an outline: a hairline has to be seen."""
BADGE = 7.0
"""Radius of a number's background, in points on a page of 420 points."""
MAX_MARKS = 300
"""Outlines of a page."""


class PictureBudget:
    """What is left of a report's size for pictures."""

    def __init__(self, pages: int, size: int) -> None:
        self.pages = pages
        self._size = size

    def take(self, picture: PagePicture) -> bool:
        """Return whether a picture still fits, and count it."""
        fits = self.pages > 0 and len(picture.data) <= self._size
        if fits:
            self.pages -= 1
            self._size -= len(picture.data)
        return fits


@dataclass(frozen=True)
class ShownPage:
    """The picture of a page, and what is in it, in points from the corner of the trim."""

    picture: PagePicture
    area: Rect
    findings: tuple[Finding, ...]


def find_pictures(result: Checked, budget: PictureBudget) -> dict[int, ShownPage]:
    """Return the pictures of the pages of a subject that have findings, as far as they fit; none if it cannot be rendered."""
    from brochure.errors import BrochureError

    by_page: dict[int, list[Finding]] = {}
    for finding in result.findings:
        if finding.page is not None:
            by_page.setdefault(finding.page, []).append(finding)
    wanted = sorted(by_page)[: budget.pages]
    if not wanted or result.pdf is None:
        return {}
    try:
        rendered = _render(result.pdf(), str(result.path), wanted)
    except BrochureError:
        return {}
    return {
        page: ShownPage(picture, area, tuple(by_page[page]))
        for page, (picture, area) in rendered.items()
        if budget.take(picture)
    }


def _render(
    pdf: bytes, label: str, numbers: Sequence[int]
) -> Mapping[int, tuple[PagePicture, Rect]]:
    # Imported here: a check without a report renders nothing.
    from brochure.compare.page_pictures import measure_pages, render_pages

    if not pdf:
        return {}
    pictures, areas = render_pages(pdf, label, numbers), measure_pages(pdf, label, numbers)
    return {one: (pictures[one], areas[one]) for one in numbers if one in pictures and one in areas}


def find_shown(findings: Sequence[Finding], pages: Mapping[int, ShownPage]) -> frozenset[Finding]:
    """Return the findings that are drawn on a picture."""
    return frozenset(one for one in findings if one.page in pages and list_boxes(one))


def list_boxes(finding: Finding) -> tuple[tuple[float, float, float, float], ...]:
    """Return the boxes of a finding: of all its places, or its point."""
    if finding.boxes or finding.box:
        return finding.boxes or ((finding.box,) if finding.box else ())
    return ((*finding.at, 0.0, 0.0),) if finding.at else ()


def draw_page(at: int, page: int, shown: ShownPage, numbers: Mapping[Finding, int]) -> str:
    """Return the figure of a page: its picture, and over it an outline for each finding that leads to the list."""
    area, picture = shown.area, shown.picture
    data = base64.b64encode(picture.data).decode()
    on_page = sorted(shown.findings, key=numbers.__getitem__)
    count = counted(len(on_page), "finding")
    links = ", ".join(f'<a href="#f{at}n{numbers[one]}">{numbers[one]}</a>' for one in on_page)
    marks = "\n".join(_draw_marks(at, on_page, shown, numbers))
    return (
        f'<figure id="f{at}p{page}">\n<div class="sheet">'
        f'<img alt="Page {page}, with {count}" width="{picture.width}" height="{picture.height}" '
        f'src="data:image/webp;base64,{data}">\n'
        f'<svg viewBox="0 0 {area.width:.1f} {area.height:.1f}" role="group" aria-label="Outlines on page {page}">\n'
        f"{marks}\n</svg></div>\n<figcaption>Page {page}: {links}</figcaption>\n</figure>"
    )


def _draw_marks(
    at: int, findings: Sequence[Finding], shown: ShownPage, numbers: Mapping[Finding, int]
) -> Iterator[str]:
    """Yield the outlines, large ones first, so that small ones can be clicked."""
    area = shown.area
    scale = min(area.width, area.height) / 420
    taken: set[tuple[int, int]] = set()
    drawn = [(one, list_boxes(one)) for one in findings]
    drawn.sort(key=lambda pair: -max((w * h for _, _, w, h in pair[1]), default=0.0))
    left = MAX_MARKS
    for finding, boxes in drawn:
        if not boxes or left <= 0:
            continue
        rects = [_place(box, area) for box in boxes[:left]]
        left -= len(rects)
        number, radius = numbers[finding], BADGE * max(scale, 0.5)
        x, y = _find_badge(rects[0], area, radius, taken)
        outlines = "".join(
            f'<rect x="{left_edge:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
            for left_edge, top, width, height in rects
        )
        label = escape(escape_controls(f"Finding {number}: {finding.message}"))
        yield (
            f'<a href="#f{at}n{number}" id="f{at}m{number}" class="{finding.severity.value}" aria-label="{label}">'
            f"<title>{label}</title>{outlines}"
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * (1 if number < 100 else 1.4):.1f}"/>'
            f'<text x="{x:.1f}" y="{y + radius * 0.42:.1f}" font-size="{radius * 1.25:.1f}">{number}</text></a>'
        )


def _place(box: tuple[float, float, float, float], area: Rect) -> tuple[float, float, float, float]:
    """Return a box in the coordinates of the picture, whose y goes down; narrow ones are widened."""
    x, y, width, height = box
    across, down = max(width, MIN_SIDE), max(height, MIN_SIDE)
    left, low = x - (across - width) / 2, y - (down - height) / 2
    return left - area.x, area.top - low - down, across, down


def _find_badge(
    rect: tuple[float, float, float, float], area: Rect, radius: float, taken: set[tuple[int, int]]
) -> tuple[float, float]:
    """Return the middle of a number: outside the corner of its outline, or beside another number."""
    x = min(max(rect[0] - radius / 2, radius), area.width - radius)
    y = min(max(rect[1] - radius / 2, radius), area.height - radius)
    step = 2 * radius
    while (cell := (round(x / step), round(y / step))) in taken and x < area.width - 2 * radius:
        x += step
    taken.add(cell)
    return x, y
