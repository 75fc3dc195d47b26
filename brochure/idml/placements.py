"""Write placements as a person would: on columns and edges of the page where frames lie on them, else in millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from brochure.fast_dataclass import dataclass
from brochure.geometry import MM
from brochure.idml.document import MarginGuides
from brochure.idml.paths import Box
from brochure.idml.type_settings import millimetres

NEAR = 0.1 * MM
"""Distance up to which an edge lies on a guide."""


@dataclass(frozen=True, slots=True)
class PageGuides:
    """The guides of a page: its size, its bleed, its margins and columns; `is_left` for a left-hand page of facing ones."""

    width: float
    height: float
    bleed: float
    guides: MarginGuides
    is_left: bool

    @property
    def type_area(self) -> Box:
        """The area inside the margins."""
        guides = self.guides
        left, right = guides.inner, guides.outer
        if self.is_left:
            left, right = right, left
        return Box(left, guides.top, self.width - right, self.height - guides.bottom)

    @property
    def columns(self) -> Iterator[tuple[float, float]]:
        """The edges of the columns."""
        area, count = self.type_area, self.guides.columns
        width = (area.width - (count - 1) * self.guides.gutter) / count
        for at in range(count):
            left = area.left + at * (width + self.guides.gutter)
            yield left, left + width

    @property
    def rows(self) -> Iterator[tuple[float, float]]:
        """The edges of the rows; none if the page has no rows."""
        area, count = self.type_area, self.guides.rows
        for at in range(count):
            height = (area.height - (count - 1) * self.guides.row_gutter) / count
            top = area.top + at * (height + self.guides.row_gutter)
            yield top, top + height


def round_out(box: Box) -> Box:
    """Return the smallest box around this one whose edges can be written exactly."""
    step = 0.01 * MM
    left, top = (math.floor(edge / step + 1e-6) * step for edge in (box.left, box.top))
    right, bottom = (math.ceil(edge / step - 1e-6) * step for edge in (box.right, box.bottom))
    return Box(left, top, right, bottom)


def write_place(box: Box, page: PageGuides) -> str:
    """Return the placement of a box on a page."""
    across, bleeds = _across(box, page)
    down = _down(box, page)
    if down == "bleed" and across != "bleed":
        bleeds, down = [*bleeds, "top", "bottom"], "page" if across == "page" else "margins"
    if across == "bleed" and down in ("page", "margins"):
        across, bleeds = down, [*bleeds, "left", "right"]
    if across in AREAS and across == down:
        parts = [across]
    elif across in AREAS and down in AREAS:
        parts = [down, f"x {millimetres(box.left)}", f"width {millimetres(box.width)}"]
    elif across == "margins":
        parts = [f"columns 1-{page.guides.columns}" if page.guides.columns > 1 else "margins", down]
    elif down == "margins":
        parts = [across]
    else:
        parts = [down, across] if down in AREAS else [across, down]
    if bleeds:
        parts.append(f"bleed {' '.join(bleeds)}")
    return ", ".join(parts)


AREAS = ("margins", "page", "bleed")


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR


def _across(box: Box, page: PageGuides) -> tuple[str, list[str]]:
    """Return the horizontal part of a placement, and the edges that extend to the bleed."""
    for area, left, right in (
        ("page", 0.0, page.width),
        ("bleed", -page.bleed, page.width + page.bleed),
        ("margins", page.type_area.left, page.type_area.right),
    ):
        if _is_near(box.left, left) and _is_near(box.right, right):
            return area, []
    columns = [*page.columns]
    first, last = _find_edges(columns, box.left, box.right)
    bleeds = []
    if page.bleed > NEAR and not first and last and _is_near(box.left, -page.bleed):
        first, bleeds = 1, ["left"]
    elif page.bleed > NEAR and first and not last and _is_near(box.right, page.width + page.bleed):
        last, bleeds = len(columns), ["right"]
    if first and last >= first:
        span = f"columns {first}-{last}" if last > first else f"column {first}"
        return span, bleeds
    return f"x {millimetres(box.left)}, width {millimetres(box.width)}", []


def _find_edges(parts: Sequence[tuple[float, float]], start: float, end: float) -> tuple[int, int]:
    """Return the numbers of the parts that begin and end at these places; 0 for none."""
    first = next((at for at, edges in enumerate(parts, 1) if _is_near(start, edges[0])), 0)
    last = next((at for at, edges in enumerate(parts, 1) if _is_near(end, edges[1])), 0)
    return first, last


def _down(box: Box, page: PageGuides) -> str:
    """Return the vertical part of a placement."""
    for area, top, bottom in (
        ("page", 0.0, page.height),
        ("bleed", -page.bleed, page.height + page.bleed),
        ("margins", page.type_area.top, page.type_area.bottom),
    ):
        if _is_near(box.top, top) and _is_near(box.bottom, bottom):
            return area
    first, last = _find_edges([*page.rows], box.top, box.bottom)
    if first and last >= first:
        return f"rows {first}-{last}" if last > first else f"row {first}"
    return f"y {millimetres(box.top)}, height {millimetres(box.height)}"
