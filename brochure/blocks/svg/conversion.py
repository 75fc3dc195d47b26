"""SVG files as filled outlines and texts in the units of the drawing.

What cannot be printed is rejected with its line. External references are never fetched and entities are never expanded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from brochure.blocks.svg import geometry
from brochure.blocks.svg.complexity import check_complexity
from brochure.blocks.svg.conditions import list_languages
from brochure.blocks.svg.convert import convert_tree
from brochure.blocks.svg.drawing import SvgDrawing, SvgShape
from brochure.blocks.svg.errors import SvgError, locate
from brochure.blocks.svg.gradients import to_paint
from brochure.blocks.svg.overlaps import fade
from brochure.blocks.svg.painted import Painted, PaintedText, Shading
from brochure.blocks.svg.style_sheet import apply_style_sheets
from brochure.blocks.svg.text_model import SvgText
from brochure.color.swatch import Paint
from brochure.geometry import Matrix
from brochure.model.display_list import Outline, bounds
from brochure.system.xml_safety import XmlProblem, check_xml

MAX_BYTES = 3_000_000
UNSUPPORTED = {
    "script": "scripts are not supported",
    "image": "bitmap images are not supported",
    "include": "other files are not supported",
    "animate": "animations are not supported",
    "animateTransform": "animations are not supported",
    "animateMotion": "animations are not supported",
    "set": "animations are not supported",
}
REFERENCE_ATTRIBUTES = ("href", "src", "base")
URL = re.compile(r"url\(\s*[\"']?\s*(?!#)([^)\"']{0,80})")


@lru_cache(maxsize=64)
def convert_svg(data: bytes, opacity: float = 1.0, language: str = "") -> SvgDrawing:
    """Convert an SVG file to filled outlines; with an opacity below 1, they are those of a transparent group.

    Raises:
        SvgError: The file is not a valid SVG or contains something that cannot be printed.
    """
    check_safe(data)
    # Imported here so that brochures without drawings do not load the XML library.
    from lxml import etree

    root = None
    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        root = etree.fromstring(data, parser)
        return _convert(root, opacity, language)
    except SvgError as error:
        if error.element is None:
            raise
        raise SvgError(f"{locate(error.element, root, data)}: {error}") from None
    except etree.XMLSyntaxError as failure:
        raise SvgError(f"it is not well-formed XML (line {failure.lineno})") from None
    except Exception:  # the geometry library raises errors of many types
        raise SvgError(
            "it cannot be converted to outlines: an attribute such as d, transform, points or clip-path is"
            " invalid; save it again as plain SVG"
        ) from None


def _convert(root: Any, opacity: float, language: str) -> SvgDrawing:
    check_complexity(root)
    apply_style_sheets(root)
    box, marks, back = convert_tree(root, language)
    if opacity < 1:
        marks = tuple(fade(None, marks, opacity))
    parts = (
        _text(one, back) if isinstance(one, PaintedText) else _shape(one, back) for one in marks
    )
    shapes = tuple(one for one in parts if isinstance(one, SvgText) or one.outlines)
    return SvgDrawing((box.x, box.y, box.width, box.height), shapes, list_languages(root))


def _text(painted: PaintedText, back: Matrix) -> SvgText:
    text, clip = painted.text, painted.clip
    outlines = None if clip is None else tuple(map(_rounded, geometry.outlines_of(clip, back)))
    return SvgText(text.ids, text.chunks, painted.matrix.then(back), outlines, painted.opacity)


def _shape(painted: Painted, back: Matrix) -> SvgShape:
    outlines = tuple(map(_rounded, geometry.outlines_of(painted.area, back)))
    even_odd = geometry.is_even_odd(painted.area)
    if isinstance(painted.fill, Shading):
        fill: Paint = to_paint(painted.fill, back, bounds(outlines), painted.opacity)
    else:
        fill = Paint(painted.fill, painted.opacity)
    return SvgShape(outlines, fill, even_odd)


DIGITS = 5


def _rounded(outline: Outline) -> Outline:
    start = (round(outline.start[0], DIGITS), round(outline.start[1], DIGITS))
    segments = tuple(
        tuple(round(number, DIGITS) for number in segment) for segment in outline.segments
    )
    return Outline(start, segments)


def check_safe(data: bytes) -> None:
    """Check size and content of an SVG file.

    Raises:
        SvgError: The file is too large, has external references or contains something that cannot be printed.
    """
    if len(data) > MAX_BYTES:
        raise SvgError(f"it has more than {MAX_BYTES:,} bytes; simplify it")
    try:
        check_xml(data, _check_element, doctype=True)
    except XmlProblem as problem:
        column = f", column {problem.column}" if problem.column else ""
        raise SvgError(f"{problem} (line {problem.line}{column})") from None


def _check_element(name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
    """Raise XmlProblem if an element has external references or cannot be printed."""
    for key, value in attributes.items():
        bare = key.rpartition(":")[2]
        if bare.startswith("on"):
            what = f"it contains a script in '{key}'; scripts are not supported"
            raise XmlProblem("script", what, line, column)
        is_external = bare in REFERENCE_ATTRIBUTES and not value.strip().startswith("#")
        external = value if is_external else _url(value)
        if external is not None:
            what = f"it refers to the external resource '{external[:80]}'"
            raise XmlProblem("outside", what, line, column)
    if name in UNSUPPORTED:
        raise XmlProblem("refused", f"<{name}>: {UNSUPPORTED[name]}", line, column)


def _url(value: str) -> str | None:
    """Return the external target of a `url(…)` value, or None."""
    match = URL.search(value)
    return match[1] if match else None
