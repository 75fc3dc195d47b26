"""The marks on a page of a finished PDF: a small interpreter of content streams (ISO 32000-1, 8 and 9).

Takes a content stream with its resources; gives the marks that it makes, in the page's own points. It keeps the map, the
clip's rectangle, colours, fonts and overprint; patterns and shadings are seen as areas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import hypot, sqrt
from typing import Any

from brochure.geometry import IDENTITY, Matrix, Rect, shift
from brochure.preflight.model import (
    ColourSpace,
    ColourValue,
    ObjectLocation,
    PageObject,
    PathObject,
    TextObject,
)
from brochure.preflight.pdf_reader.colours import PdfSpace, read_colour_space
from brochure.preflight.pdf_reader.fonts import PdfFont, read_font
from brochure.preflight.pdf_reader.graphics_state import (
    INVISIBLE,
    GraphicsState,
    read_state_changes,
)
from brochure.preflight.pdf_reader.images import read_image
from brochure.preflight.rectangles import around, common, turned

DEEPEST = 16
LETTERS = (-0.22, 0.94)
"""From where letters reach how far up, in ems."""


Acts = Mapping[bytes, Callable[["Interpreter", Sequence[Any]], None]]
"""What each operator does."""


class Interpreter:
    """One page; `acts` says what operators do, `known` keeps fonts and pictures that several pages share."""

    def __init__(self, reader: Any, page: int, acts: Acts, known: dict[Any, Any]) -> None:
        self.reader = reader
        self.page = page
        self.acts = acts
        self.known = known
        self.marks: list[PageObject] = []
        self.state = GraphicsState()
        self.stack: list[GraphicsState] = []
        self.resources: Any = {}
        self.points: list[tuple[float, float]] = []
        self.clipping = False
        self.text, self.line = IDENTITY, IDENTITY
        self.depth = 0

    def run(self, stream: Any, resources: Any) -> None:
        """Goes through a stream's operators."""
        # Imported here: the file is already being read, but commands that read none need not load it.
        from pypdf.generic import ContentStream

        before, self.resources = self.resources, resources or {}
        depth = len(self.stack)
        for operands, operator in ContentStream(stream, self.reader).operations:
            act = self.acts.get(operator)
            if act:
                act(self, operands)
        del self.stack[depth:]
        self.resources = before

    def of(self, kind: str, name: Any) -> Any:
        """A resource by its name; None where there is none."""
        table = self.resources.get(kind)
        found = table.get_object().get(name) if table is not None else None
        return found.get_object() if found is not None else None

    def change(self, **changes: Any) -> None:
        """The state with something in it changed."""
        self.state = replace(self.state, **changes)

    # State

    def save(self, _: Sequence[Any]) -> None:
        self.stack.append(self.state)

    def restore(self, _: Sequence[Any]) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def concat(self, operands: Sequence[Any]) -> None:
        self.change(ctm=_matrix(operands).then(self.state.ctm))

    def dictionary(self, operands: Sequence[Any]) -> None:
        said = self.of("/ExtGState", operands[0])
        if said is not None:
            self.change(**read_state_changes(said))

    # Paths

    def move(self, operands: Sequence[Any]) -> None:
        figures = [float(one) for one in operands]
        for x, y in zip(figures[::2], figures[1::2], strict=True):
            self.points.append(self.state.ctm.apply(x, y))

    def rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = (float(one) for one in operands)
        self.move((x, y, x + width, y, x, y + height, x + width, y + height))

    def clip(self, _: Sequence[Any]) -> None:
        self.clipping = True

    def end(self, *, fill: bool = False, stroke: bool = False) -> None:
        """Paints the path, and takes it as a clip where that was asked for."""
        if self.points:
            rect = around(self.points)
            if fill or stroke:
                self._shape(rect, fill=fill, stroke=stroke)
            if self.clipping:
                self.change(clip=common(rect, self.state.clip) if self.state.clip else rect)
        self.points, self.clipping = [], False

    def _shape(self, rect: Rect, *, fill: bool, stroke: bool) -> None:
        state = self.state
        width = state.width * _scale(state.ctm) if stroke else 0.0
        seen = self._seen(rect.grown(width / 2))
        place = ObjectLocation(self.page, (seen.x, seen.y))
        painted = (self._fill() if fill else None, self._stroke() if stroke else None)
        self.marks.append(PathObject(place, seen, *painted, width))

    def _seen(self, rect: Rect) -> Rect:
        return common(rect, self.state.clip) if self.state.clip else rect

    def _fill(self) -> ColourValue:
        state = self.state
        opacity = 0.99 if state.blended and state.fill_opacity == 1 else state.fill_opacity
        return replace(state.fill, opacity=opacity, overprint=state.overprints_fill)

    def _stroke(self) -> ColourValue:
        state = self.state
        return replace(
            state.stroke, opacity=state.stroke_opacity, overprint=state.overprints_stroke
        )

    def shade(self, operands: Sequence[Any]) -> None:
        said = self.of("/Shading", operands[0])
        space = (
            read_colour_space(said["/ColorSpace"], self.resources)
            if said
            else PdfSpace(ColourSpace.PATTERN)
        )
        if self.state.clip:
            tint = ColourValue(space.space, (), 0.5, calibrated=space.calibrated)
            place = ObjectLocation(self.page, (self.state.clip.x, self.state.clip.y))
            self.marks.append(PathObject(place, self.state.clip, tint))

    # Text

    def begin_text(self, _: Sequence[Any]) -> None:
        self.text = self.line = IDENTITY

    def font(self, operands: Sequence[Any]) -> None:
        said = self.of("/Font", operands[0])
        if said is None:
            return
        font = self.known.get(id(said))
        if not isinstance(font, PdfFont):
            font = self.known[id(said)] = read_font(said)
        self.change(font=font, size=float(operands[1]))

    def next_line(self, operands: Sequence[Any]) -> None:
        self.line = shift(float(operands[0]), float(operands[1])).then(self.line)
        self.text = self.line

    def next_line_led(self, operands: Sequence[Any]) -> None:
        self.change(leading=-float(operands[1]))
        self.next_line(operands)

    def new_line(self, _: Sequence[Any]) -> None:
        self.next_line((0, -self.state.leading))

    def text_matrix(self, operands: Sequence[Any]) -> None:
        self.text = self.line = _matrix(operands)

    def show(self, operands: Sequence[Any]) -> None:
        self.show_all([operands[:1]])

    def show_on_new_line(self, operands: Sequence[Any]) -> None:
        self.new_line(())
        self.show(operands)

    def show_spaced(self, operands: Sequence[Any]) -> None:
        self.change(word_space=float(operands[0]), letter_space=float(operands[1]))
        self.show_on_new_line(operands[2:])

    def show_all(self, operands: Sequence[Any]) -> None:
        """TJ: strings, and figures that move the pen back by thousandths of an em."""
        state, shown, advance = self.state, [], 0.0
        for part in operands[0]:
            if isinstance(part, (int, float)):
                advance -= float(part) / 1000 * state.size * state.stretch
                continue
            codes = state.font.codes(_bytes(part))
            shown += codes
            advance += self._advance(codes)
        self._lettering(shown, advance)
        self.text = shift(advance, 0).then(self.text)

    def _advance(self, codes: list[int]) -> float:
        state, font = self.state, self.state.font
        ems = sum(font.widths.get(code, font.usual) for code in codes)
        spaces = codes.count(32) if font.step == 1 else 0
        apart = state.letter_space * len(codes) + state.word_space * spaces
        return (ems * state.size + apart) * state.stretch

    def _lettering(self, codes: list[int], advance: float) -> None:
        state = self.state
        if not codes or state.mode in INVISIBLE:
            return
        shown = shift(0, state.rise).then(self.text).then(state.ctm)
        low, height = (part * state.size for part in LETTERS)
        rect = self._seen(turned(shown, Rect(0, low, advance, height)))
        tint = self._stroke() if state.mode == 1 else self._fill()
        size = abs(state.size) * hypot(shown.c, shown.d)
        font, place = state.font, ObjectLocation(self.page, shown.apply(0, 0))
        text, missing = font.text(codes), font.missing(codes)
        self.marks.append(TextObject(place, rect, text, size, font.name, tint, missing))

    # Objects

    def object(self, operands: Sequence[Any]) -> None:
        """Do: a picture, or a form with operators of its own."""
        said = self.of("/XObject", operands[0])
        if said is None:
            return
        if said.get("/Subtype") == "/Image":
            self.picture(said, self.known)
        elif said.get("/Subtype") == "/Form" and self.depth < DEEPEST:
            self._form(said)

    def _form(self, form: Any) -> None:
        self.depth += 1
        before, text = self.state, (self.text, self.line)
        if "/Matrix" in form:
            self.concat(form["/Matrix"])
        if "/BBox" in form:
            x, y, right, top = (float(one) for one in form["/BBox"])
            box = turned(self.state.ctm, Rect(x, y, right - x, top - y))
            self.change(clip=self._seen(box))
        own = form.get("/Resources")
        self.run(form, own.get_object() if own is not None else self.resources)
        self.state, (self.text, self.line) = before, text
        self.depth -= 1

    def picture(self, image: Any, known: dict[Any, Any] | None = None) -> None:
        """A picture fills the unit square of the map in force; `known` has those that were looked at before."""
        state = self.state
        seen = self._seen(turned(state.ctm, Rect(0, 0, 1, 1)))
        if seen.width > 0 and seen.height > 0:
            spot = ObjectLocation(self.page, (seen.x, seen.y))
            mark = read_image(image, state, self.resources, {} if known is None else known)
            self.marks.append(replace(mark, place=spot, bounds=seen))

    def inline(self, said: Any) -> None:
        """A picture that stands in the stream itself, its keys shortened (8.9.7)."""
        settings = said["settings"] if isinstance(said, Mapping) else {}
        if settings:
            self.picture({LONG.get(str(key), key): value for key, value in settings.items()})


LONG = {"/W": "/Width", "/H": "/Height", "/CS": "/ColorSpace", "/IM": "/ImageMask"}


def _matrix(operands: Sequence[Any]) -> Matrix:
    return Matrix(*(float(one) for one in operands[:6]))


def _scale(matrix: Matrix) -> float:
    return sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def _bytes(said: Any) -> bytes:
    original = getattr(said, "original_bytes", None)
    return original if original is not None else bytes(said)
