"""SVG files as filled outlines in the units of the drawing.

picosvg resolves transforms, strokes, clips and `use` elements. What cannot be printed is rejected with its line number.
External references are never fetched and entities are never expanded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from brochure.blocks.svg.complexity import SvgError, check_complexity
from brochure.color.swatch import Paint, Rgb
from brochure.fast_dataclass import dataclass
from brochure.model.display_list import Outline, Segment
from brochure.system.xml_safety import XmlProblem, check_xml

MAX_BYTES = 3_000_000
UNSUPPORTED = {
    "script": "scripts",
    "image": "bitmap images",
    "foreignObject": "foreign objects",
    "text": "text (convert it to outlines)",
    "filter": "filters",
    "mask": "masks",
    "pattern": "patterns",
    "linearGradient": "gradients",
    "radialGradient": "gradients",
    "style": "style sheets (use fill attributes on the shapes)",
    "include": "other files",
}
REFERENCE_ATTRIBUTES = ("href", "src", "base")
URL = re.compile(r"url\(\s*[\"']?\s*(?!#)([^)\"']{0,80})")
MAX_SIZE = 1e6
"""Maximum size of a view box in units; beyond it coordinates lose precision."""

COLOURS = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "green": (0, 128, 0),
    "blue": (0, 0, 255), "grey": (128, 128, 128), "gray": (128, 128, 128), "none": None,
}  # fmt: skip
"""Colour names that drawing programs write; other colours must be hexadecimal."""


@dataclass(frozen=True, slots=True)
class SvgShape:
    """Outlines with one fill; y grows downwards as in the file."""

    outlines: tuple[Outline, ...]
    fill: Paint
    even_odd: bool


@dataclass(frozen=True, slots=True)
class SvgDrawing:
    """A drawing: view box (x, y, width, height) and shapes from back to front."""

    box: tuple[float, float, float, float]
    shapes: tuple[SvgShape, ...]


@lru_cache(maxsize=64)
def convert_svg(data: bytes) -> SvgDrawing:
    """Convert an SVG file to filled outlines.

    Raises:
        SvgError: The file is not a valid SVG or contains something that cannot be printed.
    """
    check_safe(data)
    # Imported here so that brochures without drawings do not load the SVG library.
    from lxml import etree
    from picosvg.svg import SVG

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        root = etree.fromstring(data, parser)
        check_complexity(root)
        converted: Any = SVG(root)  # type: ignore[no-untyped-call]
        converted = converted.topicosvg(ndigits=5)
        box = converted.view_box()
        shapes = tuple(_shape(one) for one in converted.shapes())
    except SvgError:
        raise
    except etree.XMLSyntaxError as failure:
        raise SvgError(f"it is not well-formed XML (line {failure.lineno})") from None
    except Exception:  # picosvg raises errors of many types
        raise SvgError(
            "it cannot be converted to outlines: an attribute such as d, transform, points or clip-path is"
            " invalid; save it again as plain SVG"
        ) from None
    if box is None or not (0 < box.w <= MAX_SIZE and 0 < box.h <= MAX_SIZE):
        raise SvgError(
            f"it has no usable viewBox; expected width and height above 0 and at most {MAX_SIZE:,.0f}"
        )
    if not (math.isfinite(box.x) and math.isfinite(box.y)):
        raise SvgError("the origin of its viewBox is not finite")
    return SvgDrawing((box.x, box.y, box.w, box.h), shapes)


def check_safe(data: bytes) -> None:
    """Check size and content of an SVG file.

    Raises:
        SvgError: The file is too large, has external references or contains something that cannot be printed.
    """
    if len(data) > MAX_BYTES:
        raise SvgError(f"it has more than {MAX_BYTES:,} bytes; simplify it")
    try:
        check_xml(data, _check_element)
    except XmlProblem as problem:
        raise SvgError(f"{problem} (line {problem.line})") from None


def _check_element(name: str, attributes: Mapping[str, str], line: int) -> None:
    """Raise XmlProblem if an element has external references or cannot be printed."""
    for key, value in attributes.items():
        bare = key.rpartition(":")[2]
        if bare.startswith("on"):
            raise XmlProblem(
                "script", f"it contains a script in '{key}'; scripts are not supported", line
            )
        external = (
            value if bare in REFERENCE_ATTRIBUTES and not value.startswith("#") else _url(value)
        )
        if external is not None:
            raise XmlProblem(
                "outside", f"it refers to the external resource '{external[:80]}'", line
            )
    if name in UNSUPPORTED:
        raise XmlProblem(
            "refused", f"it contains {UNSUPPORTED[name]}; these are not supported", line
        )


def _url(value: str) -> str | None:
    """Return the external target of a `url(…)` value, or None."""
    match = URL.search(value)
    return match[1] if match else None


def _shape(one: Any) -> SvgShape:
    outlines = tuple(_outlines(one.as_path().as_cmd_seq()))
    return SvgShape(outlines, _fill(one.fill, one.opacity), one.fill_rule == "evenodd")


def _fill(text: str, opacity: float) -> Paint:
    colour: tuple[int, ...] | None = COLOURS.get(text.casefold())
    if colour is None and re.fullmatch(r"#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}", text):
        digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
        colour = tuple(int(digits[index : index + 2], 16) for index in (0, 2, 4))
    if colour is None:
        raise SvgError(
            f"its colour '{text}' is not supported; use a hexadecimal colour such as #336699"
        )
    red, green, blue = (part / 255 for part in colour)
    return Paint(Rgb(red, green, blue), opacity)


def _outlines(commands: Any) -> Iterator[Outline]:
    """Yield contours from absolute move, line, curve and close commands."""
    start: tuple[float, float] | None = None
    segments: list[Segment] = []
    for command, numbers in commands:
        if command == "M":
            if start is not None and segments:
                yield Outline(start, tuple(segments))
            start, segments = (numbers[0], numbers[1]), []
        elif command == "Z":
            if start is not None and segments:
                yield Outline(start, tuple(segments))
            segments = []
        elif command == "Q":
            segments.append(_cubic(segments[-1][-2:] if segments else start or (0, 0), numbers))
        else:
            segments.append(tuple(numbers))
    if start is not None and segments:
        yield Outline(start, tuple(segments))


def _cubic(begin: Any, numbers: Any) -> Segment:
    """Return a quadratic curve as a cubic."""
    (x0, y0), (x1, y1, x2, y2) = begin, numbers
    first = (x0 + 2 / 3 * (x1 - x0), y0 + 2 / 3 * (y1 - y0))
    second = (x2 + 2 / 3 * (x1 - x2), y2 + 2 / 3 * (y1 - y2))
    return (*first, *second, x2, y2)
