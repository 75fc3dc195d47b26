"""Whether shapes overlap: transparency of a whole group equals transparency of its shapes only if they do not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from brochure.blocks.svg.drawing import SvgShape
from brochure.model.display_list import bounds

MIN_SHARE = 1e-3
"""Overlaps with a smaller share of the smaller shape's area are rounding errors at common edges."""


def have_overlaps(shapes: Sequence[SvgShape]) -> bool:
    """Return True if any two shapes overlap."""
    boxes = [bounds(shape.outlines) for shape in shapes]
    paths: dict[int, Any] = {}
    for first, second in combinations(range(len(shapes)), 2):
        if boxes[first].overlaps(boxes[second]):
            for at in (first, second):
                if at not in paths:
                    paths[at] = _path(shapes[at])
            if _overlap(paths[first], paths[second]):
                return True
    return False


def _path(shape: SvgShape) -> Any:
    # Imported here: it is needed for transparent drawings only.
    from pathops import FillType, Path

    path = Path(fillType=FillType.EVEN_ODD if shape.even_odd else FillType.WINDING)
    pen = path.getPen()
    for outline in shape.outlines:
        pen.moveTo(outline.start)
        for segment in outline.segments:
            points = list(zip(segment[::2], segment[1::2], strict=True))
            (pen.lineTo if len(points) == 1 else pen.curveTo)(*points)
        pen.closePath()
    path.simplify()
    return path


def _overlap(first: Any, second: Any) -> bool:
    from pathops import PathOp, op

    common = op(first, second, PathOp.INTERSECTION)
    area = abs(float(common.area))
    return area > MIN_SHARE * min(abs(float(first.area)), abs(float(second.area)))
