"""Shapes that pictures and boxes are cut to: rectangle, rounded rectangle, ellipse.

Takes a rectangle in points; gives the outline. Quarter circles are single Bézier curves, off by less than 0.03 % of
the radius.
"""

from __future__ import annotations

from enum import Enum

from brochure.geometry import Rect
from brochure.model.display_list import Outline, box

KAPPA = 0.5522847498307936
"""Handle length of a quarter circle of radius 1: 4/3 (√2 - 1)."""


class ClipShape(Enum):
    """What a picture is cut to."""

    RECTANGLE = "rectangle"
    ROUNDED = "rounded"
    ELLIPSE = "ellipse"


def outline(shape: ClipShape, rect: Rect, corner: float = 0.0) -> Outline:
    """The shape inscribed in `rect`; `corner` is the radius of rounded corners, in points."""
    if shape is ClipShape.ELLIPSE:
        return rounded(rect, rect.width / 2, rect.height / 2)
    if shape is ClipShape.ROUNDED and corner > 0:
        radius = min(corner, rect.width / 2, rect.height / 2)
        return rounded(rect, radius, radius)
    return box(rect)


def rounded(rect: Rect, rx: float, ry: float) -> Outline:
    """A rectangle with elliptic corners of radii `rx` and `ry`, counter-clockwise from its lower edge."""
    left, right, low, high = rect.x, rect.right, rect.y, rect.top
    hx, hy = rx * (1 - KAPPA), ry * (1 - KAPPA)
    return Outline(
        (left + rx, low),
        (
            (right - rx, low),
            (right - hx, low, right, low + hy, right, low + ry),
            (right, high - ry),
            (right, high - hy, right - hx, high, right - rx, high),
            (left + rx, high),
            (left + hx, high, left, high - hy, left, high - ry),
            (left, low + ry),
            (left, low + hy, left + hx, low, left + rx, low),
        ),
    )
