"""Opacity of a group of shapes.

Shapes of a group with opacity do not show through each other. The parts of a shape beneath later shapes of the group are
removed, so that every point is covered once; then each shape has the opacity of the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from brochure.blocks.svg import geometry
from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.geometry import Area
from brochure.color.swatch import Rgb
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect

MIN_OVERLAP = 0.5
"""Overlaps of a smaller area, in square working units, are rounding errors at common edges."""


@dataclass(frozen=True, slots=True)
class Painted:
    """An area in working units, with its colour."""

    area: Area
    colour: Rgb
    opacity: float


def fade(element: Any, painted: Sequence[Painted], opacity: float) -> Iterator[Painted]:
    """Yield shapes that look like the group of these shapes with an opacity; `element` is the group."""
    if opacity <= 0:
        return
    boxes = [_box(one.area) for one in painted]
    for at, one in enumerate(painted):
        later = range(at + 1, len(painted))
        near = [painted[other] for other in later if boxes[at].overlaps(boxes[other])]
        above = [other for other in near if _overlap(one, other)]
        if any(other.opacity < 1 for other in above):
            refuse(element, "its parts are transparent and overlap, which opacity does not support")
        area = one.area
        for other in above:
            area = geometry.difference(area, other.area)
        yield replace(one, area=area, opacity=one.opacity * opacity)


def _overlap(first: Painted, second: Painted) -> bool:
    common = geometry.intersection(first.area, second.area)
    return abs(float(common.area)) > MIN_OVERLAP


def _box(area: Area) -> Rect:
    left, top, right, bottom = area.bounds
    return Rect(left, top, right - left, bottom - top)
