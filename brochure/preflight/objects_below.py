"""Find what is painted below an object of a page, by horizontal bands of the page.

A page may have thousands of texts and shapes, so that comparing each with all others would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator

from brochure.geometry import Rect
from brochure.preflight.model import ImageObject, PageContent, PathObject, TextObject

BAND = 36.0
"""Height of a band, in points."""

MAX_BANDS = 200
"""Bands of a page; objects beyond the last one are in it."""


class ObjectsBelow:
    """The images and paths of a page, by the bands that they touch."""

    def __init__(self, page: PageContent) -> None:
        self._bands: dict[int, list[tuple[int, ImageObject | PathObject]]] = {}
        for index, item in enumerate(page.objects):
            if not isinstance(item, TextObject):
                for band in _find_bands(item.bounds):
                    self._bands.setdefault(band, []).append((index, item))

    def find(self, bounds: Rect, index: int) -> Iterator[ImageObject | PathObject]:
        """Yield the images and paths before `index` that overlap the bounds, the topmost first."""
        bands = [self._bands.get(band, ()) for band in _find_bands(bounds)]
        if len(bands) == 1:
            below = reversed(bands[0])
        else:
            found = {at: item for band in bands for at, item in band}
            below = iter(sorted(found.items(), reverse=True))
        for at, item in below:
            if at < index and item.bounds.overlaps(bounds):
                yield item


def _find_bands(bounds: Rect) -> range:
    """Return the bands that a rectangle touches."""
    return range(_band(bounds.y), _band(bounds.top) + 1)


def _band(y: float) -> int:
    return int(max(0.0, min(float(MAX_BANDS), y / BAND)))
