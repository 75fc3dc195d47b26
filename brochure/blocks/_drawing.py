"""Place SVG drawings on the page: shapes as paths, texts as glyphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from brochure.blocks._artwork import DrawingSource, FoundDrawing
from brochure.blocks.svg.cached import load_drawing
from brochure.blocks.svg.drawing import SvgDrawing, SvgShape, SvgText
from brochure.blocks.svg.errors import SvgError
from brochure.color.gradient import recolour
from brochure.color.swatch import Paint
from brochure.geometry import Matrix, Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import GlyphRun, Item, Outline, Path, Tag, bounds

MapPoints = Callable[[tuple[float, ...]], tuple[float, ...]]
"""Maps coordinates of the drawing to points on the page."""

Clip = tuple[Outline, ...]


def find_drawing(
    source: DrawingSource, paint: Paint | None, opacity: float, context: BlockContext
) -> FoundDrawing | None:
    """Return the drawing in a file; None if it cannot be used, which is reported."""
    language = context.edition.language
    try:
        drawing = load_drawing(source.file, source.project, opacity, language)
    except SvgError as failure:
        context.note("drawing-unusable", f"{source.name} cannot be used: {failure}", source.span)
        return None
    texts = None
    if drawing.texts or source.labels:
        # Imported here: few drawings have texts.
        from brochure.blocks._drawing_checks import check_texts

        texts = check_texts(drawing, source, context, paint)

    def draw(rect: Rect, clip: Clip, tag: Tag) -> tuple[Item, ...]:
        items = place_drawing(drawing, rect, paint, clip, texts)
        return tuple(replace(item, tag=tag) for item in items)

    return FoundDrawing((drawing.box[2], drawing.box[3]), draw)


class SetText(Protocol):
    """Sets the texts of a drawing."""

    def set(self, text: SvgText, place: Matrix) -> Iterator[Path | GlyphRun]:
        """Yield a text; `place` leads from the units of the drawing to points on the page."""


def place_drawing(
    drawing: SvgDrawing,
    rect: Rect,
    paint: Paint | None = None,
    clip: Clip = (),
    texts: SetText | None = None,
) -> tuple[Path | GlyphRun, ...]:
    """Return the parts of a drawing in a rectangle of its proportions, in one paint or in their own.

    Texts are left out unless there is a setter for them.
    """
    x, y, wide, _ = drawing.box
    scale = rect.width / wide
    matrix = Matrix(scale, 0, 0, -scale, rect.x - x * scale, rect.top + y * scale)

    def place(numbers: tuple[float, ...]) -> tuple[float, ...]:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        points = ((rect.x + (px - x) * scale, rect.top - (py - y) * scale) for px, py in pairs)
        return tuple(number for point in points for number in point)

    def parts() -> Iterator[Path | GlyphRun]:
        for one in drawing.shapes:
            if isinstance(one, SvgShape):
                yield replace(_path(one, place, paint), clip=clip)
            elif texts is not None:
                own = tuple(_outline(outline, place) for outline in one.clip or ())
                yield from _text(texts, one, matrix, None if one.clip is None else own, clip)

    return tuple(parts())


def _path(shape: SvgShape, place: MapPoints, paint: Paint | None) -> Path:
    outlines = tuple(_outline(outline, place) for outline in shape.outlines)
    fill = recolour(shape.fill, paint) if paint else shape.fill
    return Path(outlines, fill=fill, even_odd=shape.even_odd)


def _outline(outline: Outline, place: MapPoints) -> Outline:
    x, y = place(outline.start)
    return Outline((x, y), tuple(map(place, outline.segments)), outline.closed)


# Texts


def _text(
    texts: SetText, text: SvgText, matrix: Matrix, own: Clip | None, clip: Clip
) -> Iterator[Path | GlyphRun]:
    """Yield a text, clipped to its own clip, unless all of it is inside, and to that of the image."""
    for item in texts.set(text, matrix):
        box = _extent(item)
        cut = own is not None and not _holds(own, box)
        if not cut:
            yield _clip(item, clip)
        elif own:
            both = _intersect(own, clip) if clip else own
            if both:
                yield _clip(item, both)


def _intersect(own: Clip, clip: Clip) -> Clip:
    # Imported here: texts that are cut by their drawing and by the shape of the image are rare.
    from brochure.blocks.svg.geometry import intersect_outlines

    return intersect_outlines(own, clip)


def _extent(item: Path | GlyphRun) -> Rect:
    """Return the box of an item that is not clipped yet."""
    if isinstance(item, Path):
        return item.matrix.box(bounds(item.outlines))
    glyphs = item.glyphs
    low, high = -glyphs.face.descent * glyphs.size, glyphs.face.ascent * glyphs.size
    return item.matrix.box(Rect(item.x, item.y + low, glyphs.width, high - low))


def _holds(clip: Clip, box: Rect) -> bool:
    """Return True if a clip is one upright rectangle around a box."""
    if len(clip) != 1 or any(len(segment) != 2 for segment in clip[0].segments):
        return False
    points = {clip[0].start, *((segment[0], segment[1]) for segment in clip[0].segments)}
    frame = bounds(clip)
    corners = {(x, y) for x in (frame.x, frame.right) for y in (frame.y, frame.top)}
    return _rounded(points) == _rounded(corners) and frame.contains(box)


def _rounded(points: set[tuple[float, float]]) -> set[tuple[float, float]]:
    return {(round(x, 3), round(y, 3)) for x, y in points}


def _clip(item: Path | GlyphRun, clip: Clip) -> Path | GlyphRun:
    """Return the item clipped to outlines on the page."""
    if not clip:
        return item
    back = item.matrix.inverse()

    def place(numbers: tuple[float, ...]) -> tuple[float, ...]:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return tuple(number for x, y in pairs for number in back.apply(x, y))

    return replace(item, clip=tuple(_outline(outline, place) for outline in clip))
