"""Outlines as pictures in grey, white inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from brochure.model.display_list import Outline

CURVE_STEPS = 12
"""Straight lines that approximate one Bézier curve."""

FULL = 255


def fill_outlines(outlines: Sequence[Outline], size: tuple[int, int], scale: float) -> Any:
    """Return a mask of this size in pixels, without grey edges.

    Args:
        outlines: The outlines, in points from the lower left corner.
        size: Width and height.
        scale: Pixels in a point.
    """
    # Imported on demand: pages without shadows and flattened areas do not need Pillow.
    from PIL import Image, ImageDraw

    mask = Image.new("L", size)
    drawing = ImageDraw.Draw(mask)
    for outline in outlines:
        points = [(x * scale, size[1] - y * scale) for x, y in _corners(outline)]
        drawing.polygon(points, fill=FULL)
    return mask


def _corners(outline: Outline) -> Iterator[tuple[float, float]]:
    """Yield the corners of an outline, with curves as straight lines."""
    x0, y0 = outline.start
    yield x0, y0
    for segment in outline.segments:
        if len(segment) == 6:
            x1, y1, x2, y2, x3, y3 = segment
            for step in range(1, CURVE_STEPS):
                t = step / CURVE_STEPS
                a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
                yield a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
        x0, y0 = segment[-2], segment[-1]
        yield x0, y0
