"""Sides: which pages lie beside one another on the paper, how wide each is, and where the folds are.

Takes a layout; gives the sides of its sheets as a reader sees them, each a row of pages from left to right: spreads of a
bound brochure, outside and inside of a folded one, and the cover around a spine. Stands before the plan, which places a
page's frames with its neighbours in mind, and before press, which puts whole sides on paper.

However a leaflet is folded, its panels are pages in reading order: 1 is the front, 2 and those that follow lie inside
from left to right, the rest continues outside, and the last lies to the left of the front.

    outside   5 | 6 | 1        tri-fold: 5 is folded in, 6 is the back
    inside    2 | 3 | 4        z-fold: 4 is the back; gate-fold: 1 and 5 are the gates
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.fast_dataclass import dataclass
from brochure.geometry import MM
from brochure.spec.finishing import Binding
from brochure.spec.model import Layout, Start

COMPENSATION = {Binding.TRI_FOLD: 1 * MM, Binding.GATE_FOLD: 1 * MM, Binding.Z_FOLD: 0.0}
"""By how much a panel that is folded in is narrower unless the layout says so: what a knife and a folder leave over."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A page on its side: its number from 1 (the spine's is one more than the last page's), and its width in points."""

    number: int
    width: float


Side = tuple[Panel, ...]
"""Pages that lie beside one another, from left to right."""


@dataclass(frozen=True, slots=True)
class PagePosition:
    """How a page stands on its side: its width, what lies at its left and right, and whether it is a verso.

    `beside` holds the other pages, each by its number and how far its left edge is from this page's.
    """

    width: float
    left: float = 0.0
    right: float = 0.0
    verso: bool = False
    beside: tuple[tuple[int, float], ...] = ()


def page_positions(layout: Layout, *, left_to_right: bool = True) -> dict[int, PagePosition]:
    """How each page stands, by its number; turned about for a language that is not written rightward."""
    found: dict[int, PagePosition] = {}
    for side in find_spreads(layout):
        row = side if left_to_right else side[::-1]
        starts = [sum(one.width for one in row[:at]) for at in range(len(row) + 1)]
        for at, one in enumerate(row):
            beside = tuple(
                (other.number, starts[there] - starts[at])
                for there, other in enumerate(row)
                if there != at
            )
            verso = layout.binding.bound and _verso(layout, one.number) is left_to_right
            right = starts[-1] - starts[at + 1]
            found[one.number] = PagePosition(one.width, starts[at], right, verso, beside)
    return found


def _verso(layout: Layout, number: int) -> bool:
    return (number % 2 == 1) is (layout.first_page is Start.LEFT)


def find_spreads(layout: Layout) -> tuple[Side, ...]:
    """Every side, in reading order, of a brochure that is read rightward; of one that is not, each is turned about."""
    if layout.binding.folded:
        return folded_spreads(layout)
    if layout.binding is Binding.NONE:
        return tuple((Panel(page, layout.size.width),) for page in range(1, len(layout.pages) + 1))
    return tuple(_spreads(layout))


def folded_spreads(layout: Layout) -> tuple[Side, Side]:
    """Outside and inside of a folded sheet."""
    count = len(layout.pages)
    half = count // 2
    widths = _panel_widths(layout, half)
    inside = [Panel(2 + at, width) for at, width in enumerate(widths)]
    # Turned over about an upright axis: what was at the left is at the right.
    numbers = [*range(half + 2, count + 1), 1]
    outside = [Panel(page, width) for page, width in zip(numbers, reversed(widths), strict=True)]
    return tuple(outside), tuple(inside)


def _panel_widths(layout: Layout, half: int) -> list[float]:
    """The widths of the inside's panels, from left to right."""
    full, told = layout.size.width, layout.fold.compensation
    less = told.points if told else COMPENSATION[layout.binding]
    match layout.binding:
        case Binding.TRI_FOLD:
            return [full] * (half - 1) + [full - less]
        case Binding.Z_FOLD:  # the front stands over the panels behind it
            return [full] + [full - less] * (half - 1)
        case _ if half % 2:  # two gates that meet over the middle panel
            return [full / 2 - less, full, full / 2 - less]
        case _:
            return [full - less, *[full] * (half - 2), full - less]


def _spreads(layout: Layout) -> Iterator[Side]:
    """Single pages and pairs; with a spine, the first page and the last lie on one side, with the spine between them."""
    width, count = layout.size.width, len(layout.pages)
    pages = [Panel(page, width) for page in range(1, count + 1)]
    if layout.spine:
        yield pages[-1], Panel(count + 1, spine_width(layout)), pages[0]
        pages = pages[1:-1]
    while pages:
        paired = _verso(layout, pages[0].number) and len(pages) > 1
        yield tuple(pages[: 2 if paired else 1])
        pages = pages[2 if paired else 1 :]


def spine_width(layout: Layout) -> float:
    """How thick the block is with its cover: a leaf for every two pages, of which the cover has four."""
    leaf = layout.paper.caliper.points
    cover = (layout.paper.cover or layout.paper.caliper).points
    return (len(layout.pages) - 4) / 2 * leaf + 2 * cover
