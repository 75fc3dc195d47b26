"""SVG made plain: filled outlines in the picture's own units.

Takes an SVG file's bytes; gives `SvgDrawing`: its view box and its shapes, every transform, stroke, clip and use resolved by
picosvg; or a `SvgError` that says what in the file cannot be printed as it is, and in which line. Nothing that an SVG
refers to is ever fetched, and no entity is expanded.
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
REFUSED = {
    "script": "scripts",
    "image": "pixel pictures",
    "foreignObject": "foreign objects",
    "text": "text (turn it into outlines)",
    "filter": "filters",
    "mask": "masks",
    "pattern": "patterns",
    "linearGradient": "gradients",
    "radialGradient": "gradients",
    "style": "style sheets (write fill on the shapes)",
    "include": "other files",
}
REFERRING = ("href", "src", "base")
URL = re.compile(r"url\(\s*[\"']?\s*(?!#)([^)\"']{0,80})")
LARGEST = 1e6
"""Units that a view box may have: beyond that no figure keeps its decimals."""

COLOURS = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "green": (0, 128, 0),
    "blue": (0, 0, 255), "grey": (128, 128, 128), "gray": (128, 128, 128), "none": None,
}  # fmt: skip
"""The colour names that drawing programs write; any other is asked for in hexadecimal."""


@dataclass(frozen=True, slots=True)
class SvgShape:
    """Outlines with one fill, y downwards as in the file."""

    outlines: tuple[Outline, ...]
    fill: Paint
    even_odd: bool


@dataclass(frozen=True, slots=True)
class SvgDrawing:
    """A drawing's view box (x, y, width, height) and its shapes from the lowest to the highest."""

    box: tuple[float, float, float, float]
    shapes: tuple[SvgShape, ...]


@lru_cache(maxsize=64)
def convert_svg(data: bytes) -> SvgDrawing:
    """The drawing in an SVG file; DrawingError where it is none, or holds what cannot be printed."""
    check_safe(data)
    # Imported here: a brochure without drawings does not load the SVG library.
    from lxml import etree
    from picosvg.svg import SVG

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        root = etree.fromstring(data, parser)
        check_complexity(root)
        plain: Any = SVG(root)  # type: ignore[no-untyped-call]
        plain = plain.topicosvg(ndigits=5)
        box = plain.view_box()
        shapes = tuple(_shape(one) for one in plain.shapes())
    except SvgError:
        raise
    except etree.XMLSyntaxError as failure:
        raise SvgError(f"it is no well-formed XML ({failure.msg})") from None
    except Exception as failure:  # picosvg raises whatever it meets
        raise SvgError(f"it cannot be made plain ({failure})") from None
    if box is None or not (0 < box.w <= LARGEST and 0 < box.h <= LARGEST):
        raise SvgError("it has no viewBox of a size that can be drawn")
    if not (math.isfinite(box.x) and math.isfinite(box.y)):
        raise SvgError("its viewBox begins nowhere")
    return SvgDrawing((box.x, box.y, box.w, box.h), shapes)


def check_safe(data: bytes) -> None:
    """Nothing; DrawingError where an SVG file is too large, leads out of itself, or holds what is not printed."""
    if len(data) > MAX_BYTES:
        raise SvgError(f"it has more than {MAX_BYTES:,} bytes")
    try:
        check_xml(data, _look_at)
    except XmlProblem as problem:
        raise SvgError(f"{problem} (line {problem.line})") from None


def _look_at(name: str, attributes: Mapping[str, str], line: int) -> None:
    """XmlProblem where an element leads out of the file, or is not printed."""
    for key, value in attributes.items():
        bare = key.rpartition(":")[2]
        if bare.startswith("on"):
            raise XmlProblem("script", f"it holds a script in '{key}', which is not run", line)
        outside = value if bare in REFERRING and not value.startswith("#") else _url(value)
        if outside is not None:
            raise XmlProblem("outside", f"it refers to '{outside[:80]}' outside itself", line)
    if name in REFUSED:
        raise XmlProblem("refused", f"it holds {REFUSED[name]}, which are not printed", line)


def _url(value: str) -> str | None:
    """What a value draws in from elsewhere with `url(…)`; None where that is nothing."""
    found = URL.search(value)
    return found[1] if found else None


def _shape(one: Any) -> SvgShape:
    outlines = tuple(_outlines(one.as_path().as_cmd_seq()))
    return SvgShape(outlines, _fill(one.fill, one.opacity), one.fill_rule == "evenodd")


def _fill(text: str, opacity: float) -> Paint:
    colour: tuple[int, ...] | None = COLOURS.get(text.casefold())
    if colour is None and re.fullmatch(r"#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}", text):
        digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
        colour = tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))
    if colour is None:
        raise SvgError(f"its colour '{text}' is not understood: write it in hexadecimal")
    red, green, blue = (part / 255 for part in colour)
    return Paint(Rgb(red, green, blue), opacity)


def _outlines(commands: Any) -> Iterator[Outline]:
    """Contours from move, line, curve and close commands, all absolute."""
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
    """A quadratic curve as the cubic of the same shape."""
    (x0, y0), (x1, y1, x2, y2) = begin, numbers
    first = (x0 + 2 / 3 * (x1 - x0), y0 + 2 / 3 * (y1 - y0))
    second = (x2 + 2 / 3 * (x1 - x2), y2 + 2 / 3 * (y1 - y2))
    return (*first, *second, x2, y2)
