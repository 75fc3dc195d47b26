"""Ruler guides that divide a page into equal rows or columns, as the rows and columns of the layout grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from brochure.fast_dataclass import dataclass
from brochure.idml.xml_nodes import Node

NEAR = 0.3
"""Difference in points up to which distances are the same."""

MIN_CELL = 12.0
"""Height in points that a row has at least, and width that a column has."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A ruler guide: its direction, its distance from the upper left of its page in points, and its layer."""

    is_vertical: bool
    at: float
    layer: str


@dataclass(frozen=True, slots=True)
class Division:
    """An area that is divided into equal parts: its edges, their number, and the space between two of them."""

    start: float
    end: float
    count: int
    gutter: float

    @property
    def parts(self) -> Iterator[tuple[float, float]]:
        """The edges of the parts."""
        size = (self.end - self.start - (self.count - 1) * self.gutter) / self.count
        for at in range(self.count):
            start = self.start + at * (size + self.gutter)
            yield start, start + size

    def has(self, extents: Iterable[tuple[float, float]]) -> bool:
        """Return True if one of some objects begins and ends with parts, and is not as large as the whole area."""
        parts = [*self.parts]
        for start, end in extents:
            first = any(abs(start - part[0]) <= NEAR for part in parts)
            last = any(abs(end - part[1]) <= NEAR for part in parts)
            if first and last and end - start < self.end - self.start - NEAR:
                return True
        return False


def read_guides(page: Node) -> tuple[Guide, ...]:
    """Return the guides of a page."""
    return tuple(
        Guide(one.get("Orientation") == "Vertical", one.number("Location"), one.get("ItemLayer"))
        for one in page.children
        if one.name == "Guide"
    )


def find_division(
    guides: Sequence[Guide],
    size: float,
    area: tuple[float, float],
    extents: Sequence[tuple[float, float]],
    *,
    is_vertical: bool,
) -> Division | None:
    """Return how guides of one direction divide a page; None if not into equal parts with objects in them.

    Guides of a layer alone may do so too.

    Args:
        guides: The guides of the page.
        size: Its width or height.
        area: The edges of the type area, at which parts may begin and end without guides.
        extents: Where the objects of the page begin and end in this direction.
        is_vertical: True for vertical guides, which make columns.
    """
    by_layer: dict[str, list[float]] = {"": []}
    for guide in guides:
        if guide.is_vertical == is_vertical and -NEAR <= guide.at <= size + NEAR:
            by_layer[""].append(guide.at)
            by_layer.setdefault(guide.layer, []).append(guide.at)
    found = _divisions(by_layer, area)
    return next((one for one in found if one.has(extents)), None)


def _divisions(
    by_layer: Mapping[str, Sequence[float]], area: tuple[float, float]
) -> Iterator[Division]:
    for places in by_layer.values():
        if not places:
            continue
        for edges in (_distinct((*places, *area)), _distinct(places)):
            inside = [one for one in edges if area[0] - NEAR <= one <= area[1] + NEAR]
            for tried in (edges, inside):
                found = _divide(tried)
                if found:
                    yield found


def _distinct(places: Sequence[float]) -> list[float]:
    """Return places in order, without those that are the same."""
    found: list[float] = []
    for one in sorted(places):
        if not found or one - found[-1] > NEAR:
            found.append(one)
    return found


def _divide(edges: Sequence[float]) -> Division | None:
    """Return the equal parts between edges, with or without space between them."""
    distances = [right - left for left, right in pairwise(edges)]
    if len(distances) >= 2 and _are_equal(distances) and distances[0] >= MIN_CELL:
        return Division(edges[0], edges[-1], len(distances), 0.0)
    parts, gaps = distances[::2], distances[1::2]
    if len(edges) < 4 or len(edges) % 2 or not (_are_equal(parts) and _are_equal(gaps)):
        return None
    if min(parts) < max(MIN_CELL, gaps[0]):
        return None
    return Division(edges[0], edges[-1], len(parts), sum(gaps) / len(gaps))


def _are_equal(distances: Sequence[float]) -> bool:
    return max(distances) - min(distances) <= NEAR
