"""Set the texts of SVG drawings in the fonts of the project, and messages in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from math import sqrt

from brochure.blocks._artwork import Labels
from brochure.blocks._drawing_fonts import FontFinder, find_baseline
from brochure.blocks.svg.drawing import SvgChunk, SvgPiece, SvgText, TextStroke
from brochure.color.gradient import recolour
from brochure.color.swatch import Paint, Rgb
from brochure.fast_dataclass import dataclass
from brochure.findings import Origin
from brochure.geometry import Matrix
from brochure.model.block_context import BlockContext
from brochure.model.display_list import ARTIFACT, GlyphRun, Path
from brochure.model.galley import line_items, move_item, transform_item
from brochure.spec.values import Message
from brochure.typeset.lines import Line, LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose, prepare
from brochure.typeset.style import Align, ParagraphStyle, TextRun

LEADING = 1.2
"""Distance between the lines of a message, in ems, where the drawing has only one line."""

WIDE = 1e5
"""Width of a line that is never broken, in points."""

ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
MAX_JOIN = 1.0
"""Distance in ems up to which the next part of a line is moved to the end of the one before, if another font is used."""


@dataclass(frozen=True, slots=True)
class _SetLine:
    """A line with the place of its origin, y downwards, and the outline of its letters."""

    x: float
    y: float
    line: Line
    text: str
    stroke: TextStroke | None = None


@dataclass(frozen=True, slots=True)
class TextSetter:
    """Sets the texts of one drawing."""

    context: BlockContext
    fonts: FontFinder
    labels: Labels = field(default_factory=dict)
    paint: Paint | None = None

    def find_label(self, text: SvgText) -> Message | None:
        """Return the message that takes the place of a text."""
        names = (*text.ids, text.string)
        return next((self.labels[name] for name in names if name in self.labels), None)

    def set(self, text: SvgText, place: Matrix) -> Iterator[GlyphRun | Path]:
        """Yield a text; `place` leads from the units of the drawing to points on the page."""
        matrix = text.matrix.then(place)
        scale = sqrt(abs(matrix.determinant))
        if scale < 1e-9:
            return
        # Letters are set at their final size; what is left of the matrix turns and skews them.
        rest = _without_noise(Matrix(1 / scale, 0, 0, -1 / scale).then(matrix))
        label = self.find_label(text)
        lines = self._set_label(text, label, scale) if label else self._set_chunks(text, scale)
        for line in lines:
            yield from self._draw(line, rest, text.opacity, scale)

    # The texts of the file

    def _set_chunks(self, text: SvgText, scale: float) -> Iterator[_SetLine]:
        x = y = 0.0
        for at, chunk in enumerate(text.chunks):
            previous = text.chunks[at - 1] if at else None
            pieces = [(piece, self._prepare(piece, scale)) for piece in chunk.pieces]
            widths = [_width(one) + piece.dx * scale for piece, one in pieces]
            if chunk.x is not None and not self._continues(previous, chunk, x, y, scale):
                x = chunk.x * scale
            x -= sum(widths) * _anchor(chunk)
            y = y if chunk.y is None else chunk.y * scale
            for piece, prepared in pieces:
                x, y = x + piece.dx * scale, y + piece.dy * scale
                line = _first_line(prepared)
                if line is not None:
                    low = y + find_baseline(chunk.baseline, line)
                    yield _SetLine(x - line.left, low, line, prepared.text, _stroke_of(piece))
                    x += line.right - line.left

    def _continues(
        self, previous: SvgChunk | None, chunk: SvgChunk, x: float, y: float, scale: float
    ) -> bool:
        """Return True if a chunk belongs to the word before it, which is set in another font than in the file."""
        if previous is None or chunk.x is None or chunk.anchor != "start":
            return False
        before, after = previous.pieces[-1].spans[-1], chunk.pieces[0].spans[0]
        is_word = not before.text.endswith(" ") and not after.text.startswith(" ")
        is_near = abs(chunk.x * scale - x) < MAX_JOIN * after.font.size * scale
        on_line = chunk.y is None or abs(chunk.y * scale - y) < 0.01 * scale
        return is_word and is_near and on_line and not self.fonts.has_own(before.font)

    def _prepare(self, piece: SvgPiece, scale: float) -> PreparedParagraph:
        """Shape the spans of a piece."""
        runs = [
            TextRun(
                _keep_spaces(span.text),
                self.fonts.type_style(span.font, self._paint(span.fill), scale),
                None,
                Origin(None, "", self.fonts.base.name, self.context.block),
            )
            for span in piece.spans
        ]
        first = piece.spans[0].font
        style = _plain_style(self.fonts.base, runs[0].style.size)
        style = replace(style, type=replace(runs[0].style, language=self.fonts.language(first)))
        prepared = prepare(tuple(runs), style, self.context.font_catalog)
        self.context.missing.extend(
            replace(one, paragraph=prepared.text) for one in prepared.missing
        )
        return prepared

    def _paint(self, fill: Paint | None) -> Paint:
        if fill is None:
            return INVISIBLE
        return recolour(fill, self.paint) if self.paint else fill

    # Messages

    def _set_label(self, text: SvgText, label: Message, scale: float) -> Iterator[_SetLine]:
        """Yield the lines of a message where those of the text are, and further ones below."""
        first = text.chunks[0]
        span = first.pieces[0].spans[0]
        story = self.context.story(label)
        own = self.fonts.type_style(span.font, self._paint(span.fill), scale)
        style = _plain_style(self.fonts.base, own.size)
        style = replace(style, type=replace(own, language=self.fonts.base.type.language))
        places = list(_line_places(text, scale))
        number = 0
        for words in story.paragraphs:
            prepared = self.context.prepare(words, style, story)
            for line in compose(prepared, LineSlots((), LineSlot(0.0, WIDE))):
                x, y = _line_place(places, number, own.size * LEADING)
                left = x - (line.right - line.left) * _anchor(first)
                low = y + find_baseline(first.baseline, line)
                stroke = _stroke_of(first.pieces[0])
                yield _SetLine(left - line.left, low, line, prepared.text, stroke)
                number += 1

    # Items

    def _draw(
        self, placed: _SetLine, rest: Matrix, opacity: float, scale: float
    ) -> Iterator[GlyphRun | Path]:
        stroke = None if self.paint else placed.stroke
        # Decorations and glyphs; links of messages have no place in a drawing.
        items = [
            _fade(item, opacity)
            for item in line_items(placed.line, placed.x, -placed.y, ARTIFACT, placed.text)
            if isinstance(item, (GlyphRun, Path))
        ]
        if stroke:
            # Imported here: few texts have a stroke.
            from brochure.blocks._letter_outlines import outline_letters

            outlined = outline_letters(
                [item for item in items if isinstance(item, GlyphRun)], stroke, opacity, scale
            )
            items = [*outlined, *items] if stroke.is_below else [*items, *outlined]
        for item in items:
            if not _is_invisible(item):
                yield _place(item, rest)


DROPPED_SPACE = re.compile(r"^ | $| (?= )")
INVISIBLE = Paint(Rgb(0.0, 0.0, 0.0), 0.0)


def _is_invisible(item: GlyphRun | Path) -> bool:
    paint = item.glyphs.paint if isinstance(item, GlyphRun) else item.fill
    return paint is None or paint.opacity == 0


def _fade(item: GlyphRun | Path, opacity: float) -> GlyphRun | Path:
    if opacity == 1:
        return item
    if isinstance(item, Path):
        return replace(item, fill=item.fill and _with_opacity(item.fill, opacity))
    glyphs = item.glyphs
    return replace(item, glyphs=replace(glyphs, paint=_with_opacity(glyphs.paint, opacity)))


def _with_opacity(paint: Paint, opacity: float) -> Paint:
    return replace(paint, opacity=paint.opacity * opacity)


def _place(item: GlyphRun | Path, rest: Matrix) -> GlyphRun | Path:
    """Return the item at its place on the page; upright text has no matrix of its own."""
    is_upright = (rest.a, rest.b, rest.c, rest.d) == (1.0, 0.0, 0.0, 1.0)
    moved = move_item(item, rest.e, rest.f) if is_upright else transform_item(item, rest)
    assert isinstance(moved, (GlyphRun, Path))
    return moved


def _without_noise(matrix: Matrix) -> Matrix:
    """Return the matrix with rounding errors removed, so that upright text is recognized as such."""
    parts = (matrix.a, matrix.b, matrix.c, matrix.d)
    a, b, c, d = (round(part) if abs(part - round(part)) < 1e-6 else part for part in parts)
    return Matrix(a, b, c, d, matrix.e, matrix.f)


def _keep_spaces(text: str) -> str:
    """Return the text with fixed spaces where a line would drop them: at its ends, and where several follow each other."""
    return DROPPED_SPACE.sub("\u00a0", text)


def _anchor(chunk: SvgChunk) -> float:
    """Return the part of the width that is to the left of x."""
    share = ANCHORS[chunk.anchor]
    return 1 - share if chunk.is_right_to_left else share


def _stroke_of(piece: SvgPiece) -> TextStroke | None:
    return next((span.stroke for span in piece.spans if span.stroke), None)


def _plain_style(base: ParagraphStyle, size: float) -> ParagraphStyle:
    """Return a style for one line that starts at the left."""
    return ParagraphStyle(
        base.type,
        size * LEADING,
        Align.LEFT,
        strong=base.strong,
        emphasis=base.emphasis,
        name=base.name,
    )


def _first_line(prepared: PreparedParagraph) -> Line | None:
    return next(iter(compose(prepared, LineSlots((), LineSlot(0.0, WIDE)))), None)


def _width(prepared: PreparedParagraph) -> float:
    line = _first_line(prepared)
    return line.right - line.left if line else 0.0


def _line_places(text: SvgText, scale: float) -> Iterator[tuple[float, float]]:
    """Yield the places at which the lines of a text begin."""
    x = y = 0.0
    last: float | None = None
    for chunk in text.chunks:
        x = x if chunk.x is None else chunk.x * scale
        y = (y if chunk.y is None else chunk.y * scale) + chunk.pieces[0].dy * scale
        if last is None or abs(y - last) > 1e-6:
            yield x + chunk.pieces[0].dx * scale, y
        last = y


def _line_place(
    places: Sequence[tuple[float, float]], number: int, leading: float
) -> tuple[float, float]:
    """Return the place of a line; those after the last one of the drawing continue at the same distance."""
    if number < len(places):
        return places[number]
    if len(places) > 1:
        leading = places[-1][1] - places[-2][1]
    x, y = places[-1]
    return x, y + leading * (number - len(places) + 1)
