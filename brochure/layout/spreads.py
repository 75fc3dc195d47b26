"""Spreads: which pages lie side by side, how wide each is, and where the folds are.

A spread is a row of pages from left to right: facing pages of a bound brochure, outside and inside of a folded one, or the
cover with its spine.

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
"""Default reduction of a panel that is folded in, in points."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A page on its side: its number from 1 (the spine's is one more than the last page's), and its width in points."""

    number: int
    width: float


Side = tuple[Panel, ...]
"""Pages that lie side by side, from left to right."""


@dataclass(frozen=True, slots=True)
class PagePosition:
    """The position of a page on its spread: its width, the widths at its left and right, and whether it is a verso.

    `beside` holds the other pages, each by its number and the distance of its left edge from this page's.
    """

    width: float
    left: float = 0.0
    right: float = 0.0
    verso: bool = False
    beside: tuple[tuple[int, float], ...] = ()


def page_positions(layout: Layout, *, left_to_right: bool = True) -> dict[int, PagePosition]:
    """Return each page's position by its number; spreads are reversed if the language is not written from left to right."""
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
    """Return every spread in reading order, as read from left to right."""
    if layout.binding.folded:
        return folded_spreads(layout)
    if layout.binding is Binding.NONE:
        return tuple((Panel(page, layout.size.width),) for page in range(1, len(layout.pages) + 1))
    return tuple(_spreads(layout))


def folded_spreads(layout: Layout) -> tuple[Side, Side]:
    """Return the outside and the inside of a folded sheet."""
    count = len(layout.pages)
    half = count // 2
    widths = _panel_widths(layout, half)
    inside = [Panel(2 + at, width) for at, width in enumerate(widths)]
    # The sheet is turned over about a vertical axis, which exchanges left and right.
    numbers = [*range(half + 2, count + 1), 1]
    outside = [Panel(page, width) for page, width in zip(numbers, reversed(widths), strict=True)]
    return tuple(outside), tuple(inside)


def _panel_widths(layout: Layout, half: int) -> list[float]:
    """Return the widths of the inside's panels, from left to right, in points."""
    full, compensation = layout.size.width, layout.fold.compensation
    less = compensation.points if compensation else COMPENSATION[layout.binding]
    match layout.binding:
        case Binding.TRI_FOLD:
            return [full] * (half - 1) + [full - less]
        case Binding.Z_FOLD:  # the front extends beyond the panels behind it
            return [full] + [full - less] * (half - 1)
        case _ if half % 2:  # two gates that meet over the middle panel
            return [full / 2 - less, full, full / 2 - less]
        case _:
            return [full - less, *[full] * (half - 2), full - less]


def _spreads(layout: Layout) -> Iterator[Side]:
    """Yield single pages and pairs; with a spine, the cover's spread comes first."""
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
    """Return the thickness of the block and its cover, in points: a leaf for every two pages, the cover being four."""
    leaf = layout.paper.caliper.points
    cover = (layout.paper.cover or layout.paper.caliper).points
    return (len(layout.pages) - 4) / 2 * leaf + 2 * cover
