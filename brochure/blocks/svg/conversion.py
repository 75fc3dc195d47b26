"""SVG files as filled outlines and texts in the units of the drawing.

What cannot be printed is rejected with its line. External references are never fetched and entities are never expanded.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from brochure.blocks.svg import geometry
from brochure.blocks.svg.complexity import check_complexity
from brochure.blocks.svg.conditions import list_languages
from brochure.blocks.svg.convert import convert_tree
from brochure.blocks.svg.drawing import SvgDrawing, SvgShape, SvgText
from brochure.blocks.svg.errors import SvgError, locate
from brochure.blocks.svg.gradients import to_paint
from brochure.blocks.svg.overlaps import fade
from brochure.blocks.svg.painted import Painted, PaintedText, Shading
from brochure.blocks.svg.safety import check_safe
from brochure.blocks.svg.style_sheet import apply_style_sheets
from brochure.color.swatch import Paint
from brochure.geometry import Matrix
from brochure.model.display_list import Outline, bounds


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
