"""Shapes for clipping pictures and boxes: rectangle, rounded rectangle, ellipse.

Quarter circles are single Bézier curves, accurate to 0.03 % of the radius.
"""

from __future__ import annotations

from enum import Enum

from brochure.geometry import Rect
from brochure.model.display_list import Outline, outline_rect

KAPPA = 0.5522847498307936
"""Handle length of the Bézier curve for a quarter circle of radius 1: 4/3 (√2 - 1)."""


class ClipShape(Enum):
    """Clipping shapes."""

    RECTANGLE = "rectangle"
    ROUNDED = "rounded"
    ELLIPSE = "ellipse"


def shape_outline(shape: ClipShape, rect: Rect, corner: float = 0.0) -> Outline:
    """Return the outline of a shape that fills `rect`; `corner` is the corner radius in points."""
    if shape is ClipShape.ELLIPSE:
        return rounded_rectangle(rect, rect.width / 2, rect.height / 2)
    if shape is ClipShape.ROUNDED and corner > 0:
        radius = min(corner, rect.width / 2, rect.height / 2)
        return rounded_rectangle(rect, radius, radius)
    return outline_rect(rect)


def rounded_rectangle(rect: Rect, rx: float, ry: float) -> Outline:
    """Return a rectangle with elliptical corners of radii `rx` and `ry`, counter-clockwise from its lower edge."""
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
