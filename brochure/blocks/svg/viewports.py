"""Viewports: `viewBox`, `preserveAspectRatio`, and the size of a drawing (SVG 2, chapter 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brochure.blocks.svg.errors import SvgError, refuse
from brochure.blocks.svg.values import LENGTH, NO_SCOPE, UNITS, read_lengths
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift

MAX_SIZE = 1e6
"""Maximum size of a drawing in units; beyond it coordinates lose precision."""

ALIGNMENTS = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}


@dataclass(frozen=True, slots=True)
class Viewport:
    """A part of the drawing with its own coordinates: `matrix` leads from them to those around it."""

    frame: Rect
    matrix: Matrix
    width: float
    height: float


def make_viewport(element: Any, attributes: Mapping[str, str], frame: Rect) -> Viewport:
    """Return the viewport of an element in a rectangle; `width` and `height` are in its own units."""
    box = read_view_box(element, attributes)
    if box is None:
        return Viewport(frame, shift(frame.x, frame.y), frame.width, frame.height)
    matrix = _fit(element, box, frame, attributes.get("preserveAspectRatio", ""))
    return Viewport(frame, matrix, box.width, box.height)


def is_cut(properties: Mapping[str, str]) -> bool:
    """Return True if what is outside of a viewport is not shown."""
    return properties.get("overflow", "hidden") not in ("visible", "auto")


def read_view_box(element: Any, attributes: Mapping[str, str]) -> Rect | None:
    """Return the view box of an element; None if it has none."""
    text = attributes.get("viewBox", "none")
    if text in ("none", ""):
        return None
    numbers = read_lengths(element, "viewBox", text, NO_SCOPE)
    if len(numbers) != 4:
        refuse(element, f"its viewBox '{text[:40]}' is not four numbers")
    box = Rect(*numbers)
    if not (0 < box.width <= MAX_SIZE and 0 < box.height <= MAX_SIZE):
        refuse(
            element,
            f"its viewBox '{text[:40]}' is not usable; expected width and height above 0 and at most {MAX_SIZE:,.0f}",
        )
    return box


def _fit(element: Any, box: Rect, frame: Rect, text: str) -> Matrix:
    """Return the matrix from a view box to its frame, by preserveAspectRatio."""
    words = [word for word in text.split() if word != "defer"] or ["xMidYMid"]
    across, down = frame.width / box.width, frame.height / box.height
    if words[0] == "none":
        return Matrix(across, 0, 0, down, frame.x - box.x * across, frame.y - box.y * down)
    x, y = ALIGNMENTS.get(words[0][1:4]), ALIGNMENTS.get(words[0][5:])
    if x is None or y is None or words[1:] not in ([], ["meet"], ["slice"]):
        refuse(element, f"preserveAspectRatio '{text[:40]}' is not supported; use xMidYMid")
    scale = max(across, down) if words[1:] == ["slice"] else min(across, down)
    left = frame.x + (frame.width - box.width * scale) * x - box.x * scale
    top = frame.y + (frame.height - box.height * scale) * y - box.y * scale
    return Matrix(scale, 0, 0, scale, left, top)


def root_viewport(root: Any) -> Viewport:
    """Return the viewport of the whole drawing."""
    box = read_view_box(root, root.attrib)
    width, height = (_absolute(root.get(key)) for key in ("width", "height"))
    if box is None:
        if width is None or height is None:
            raise SvgError("it has no viewBox, and no width and height in units of length")
    elif width is None and height is None:
        width, height = box.width, box.height
    elif width is None or height is None:
        proportion = box.width / box.height
        width, height = width or (height or 0) * proportion, height or (width or 0) / proportion
    if not (0 < (width or 0) <= MAX_SIZE and 0 < (height or 0) <= MAX_SIZE):
        raise SvgError(
            f"it has no usable size; expected width and height above 0 and at most {MAX_SIZE:,.0f}"
        )
    return make_viewport(root, root.attrib, Rect(0, 0, width or 0, height or 0))


def _absolute(value: str | None) -> float | None:
    match = LENGTH.fullmatch(value or "")
    unit = UNITS.get(match[2].casefold()) if match else None
    return float(match[1]) * unit if match and unit else None
