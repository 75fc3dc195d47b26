"""Interprets content streams and collects the page objects that they paint (ISO 32000-1, 8 and 9).

Clipping paths are reduced to their bounding boxes; patterns and shadings are treated as filled areas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import hypot, sqrt
from typing import Any

from brochure.geometry import IDENTITY, Matrix, Rect, bounding_box, shift
from brochure.model.display_list import Outline, Segment, outline_rect
from brochure.pdf_input.page_geometry import get_inherited
from brochure.pdf_input.values import damage_errors, get, get_numbers, get_text
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
    INVISIBLE_MODES,
    GraphicsState,
    read_state_changes,
)
from brochure.preflight.pdf_reader.images import read_image
from brochure.preflight.shapes import Shape

MAX_FORM_DEPTH = 16
MAX_SHAPE_POINTS = 2_000
"""Paths with more points are kept by their bounds only, which limits memory."""
DESCENT, TEXT_HEIGHT = -0.22, 0.94
"""The lower edge of letters from the baseline, and their height, in ems."""


Operators = Mapping[bytes, Callable[["Interpreter", Sequence[Any]], None]]
"""The method that implements each operator."""


class Interpreter:
    """Interprets the content of one page; `known` caches fonts and images that several pages share."""

    def __init__(self, reader: Any, page: int, operators: Operators, known: dict[Any, Any]) -> None:
        self.reader = reader
        self.page = page
        self.operators = operators
        self.known = known
        self.objects: list[PageObject] = []
        self.state = GraphicsState()
        self.stack: list[GraphicsState] = []
        self.resources: Any = {}
        self.points: list[tuple[float, float]] = []
        self.subpaths: list[tuple[tuple[float, float], list[Segment]]] = []
        self.is_clipping = False
        self.tm, self.tlm = IDENTITY, IDENTITY  # text and text line matrix (9.4.2)
        self.depth = 0
        self.faults: Counter[str] = Counter()  # what could not be read, by its description
        self.damage = damage_errors()

    def run_page(self, page: Any) -> None:
        """Execute the content of a page."""
        # Imported here: commands that read no PDF need not load pypdf.
        from pypdf.errors import LimitReachedError

        if get(page, "/Contents") is None:
            return
        try:
            contents = page.get_contents()
        except LimitReachedError:
            raise  # the whole file is refused
        except self.damage:
            self.faults["the content of the page cannot be read"] += 1
            return
        self.run(contents, get_inherited(page, "/Resources"))

    def run(self, stream: Any, resources: Any) -> None:
        """Execute the operators of a stream; what cannot be read is skipped and counted in `faults`."""
        outer, self.resources = self.resources, resources
        depth = len(self.stack)
        for operands, operator in self._parse(stream):
            action = self.operators.get(operator)
            if action:
                try:
                    action(self, operands)
                except self.damage:
                    name = operator.decode("ascii", "replace")
                    self.faults[f"the operator '{name}' has wrong operands"] += 1
        del self.stack[depth:]
        self.resources = outer

    def _parse(self, stream: Any) -> Sequence[Any]:
        # Imported here: commands that read no PDF need not load pypdf.
        from pypdf.errors import LimitReachedError
        from pypdf.generic import ContentStream

        try:
            operations: Sequence[Any] = ContentStream(stream, self.reader).operations
        except LimitReachedError:
            raise  # the whole file is refused
        except self.damage:
            self.faults["the content of the page cannot be read"] += 1
            return ()
        return operations

    def get_resource(self, kind: str, name: Any) -> Any:
        """Return a resource by name; None if there is none."""
        return get(get(self.resources, kind), name)

    def change(self, **changes: Any) -> None:
        """Replace parameters of the graphics state."""
        self.state = replace(self.state, **changes)

    # State

    def save(self, _: Sequence[Any]) -> None:
        self.stack.append(self.state)

    def restore(self, _: Sequence[Any]) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def concat(self, operands: Sequence[Any]) -> None:
        self.change(ctm=_matrix(operands).then(self.state.ctm))

    def set_parameters(self, operands: Sequence[Any]) -> None:
        parameters = self.get_resource("/ExtGState", operands[0])
        if isinstance(parameters, dict):
            self.change(**read_state_changes(parameters))

    # Paths

    def move_to(self, operands: Sequence[Any]) -> None:
        (start,) = self._add_points(operands)
        self.subpaths.append((start, []))

    def line_to(self, operands: Sequence[Any]) -> None:
        self._add_segment(self._add_points(operands))

    def curve_to(self, operands: Sequence[Any]) -> None:
        self._add_segment(self._add_points(operands))

    def curve_from_current_point(self, operands: Sequence[Any]) -> None:
        current = self.points[-1:]
        self._add_segment([*current, *self._add_points(operands)])

    def curve_to_final_point(self, operands: Sequence[Any]) -> None:
        first, last = self._add_points(operands)
        self._add_segment([first, last, last])

    def _add_points(self, operands: Sequence[Any]) -> list[tuple[float, float]]:
        numbers = [float(one) for one in operands]
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        points = [self.state.ctm.apply(x, y) for x, y in pairs]
        self.points += points
        return points

    def _add_segment(self, points: list[tuple[float, float]]) -> None:
        """Add a line or a curve to the current outline; without one, the operator is ignored."""
        if self.subpaths:
            self.subpaths[-1][1].append(tuple(number for point in points for number in point))

    def add_rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = (float(one) for one in operands)
        corners = (x, y, x + width, y, x + width, y + height, x, y + height)
        first, *others = self._add_points(corners)
        self.subpaths.append((first, list[Segment](others)))

    def clip(self, _: Sequence[Any]) -> None:
        self.is_clipping = True

    def end_path(self, *, fill: bool = False, stroke: bool = False, even_odd: bool = False) -> None:
        """Paint the path, and clip with it after W."""
        if self.points:
            rect = bounding_box(self.points)
            if fill or stroke:
                self._paint_path(rect, fill=fill, stroke=stroke, even_odd=even_odd)
            if self.is_clipping:
                self.change(clip=self._clip(rect))
        self.points, self.subpaths, self.is_clipping = [], [], False

    def _paint_path(self, rect: Rect, *, fill: bool, stroke: bool, even_odd: bool) -> None:
        state = self.state
        width = state.line_width * _scale(state.ctm) if stroke else 0.0
        visible = self._clip(rect.expand(width / 2))
        location = ObjectLocation(self.page, (visible.x, visible.y))
        colours = (self._get_fill() if fill else None, self._get_stroke() if stroke else None)
        shape = self._shape(even_odd=even_odd) if fill else None
        parts = self._find_parts(width / 2)
        self.objects.append(
            PathObject(location, visible, *colours, width, parts=parts, shape=shape)
        )

    def _find_parts(self, margin: float) -> tuple[Rect, ...]:
        """Return the visible bounds of the subpaths; empty if there is only one."""
        if len(self.subpaths) < 2:
            return ()
        every = (
            [start, *(pair for one in segments for pair in zip(one[::2], one[1::2], strict=True))]
            for start, segments in self.subpaths
        )
        return tuple(self._clip(bounding_box(points).expand(margin)) for points in every)

    def _shape(self, *, even_odd: bool) -> Shape | None:
        if len(self.points) > MAX_SHAPE_POINTS:
            return None
        outlines = tuple(Outline(start, tuple(segments)) for start, segments in self.subpaths)
        return Shape(
            outlines, even_odd, (outline_rect(self.state.clip),) if self.state.clip else ()
        )

    def _clip(self, rect: Rect) -> Rect:
        return rect.intersect(self.state.clip) if self.state.clip else rect

    def _get_fill(self) -> ColourValue:
        state = self.state
        opacity = 0.99 if state.is_blended and state.fill_opacity == 1 else state.fill_opacity
        return replace(state.fill, opacity=opacity, overprint=state.fill_overprint)

    def _get_stroke(self) -> ColourValue:
        state = self.state
        return replace(state.stroke, opacity=state.stroke_opacity, overprint=state.stroke_overprint)

    def paint_shading(self, operands: Sequence[Any]) -> None:
        shading = self.get_resource("/Shading", operands[0])
        space = (
            read_colour_space(get(shading, "/ColorSpace"), self.resources)
            if shading
            else PdfSpace(ColourSpace.PATTERN)
        )
        if self.state.clip:
            colour = ColourValue(space.space, (), 0.5, calibrated=space.calibrated)
            location = ObjectLocation(self.page, (self.state.clip.x, self.state.clip.y))
            self.objects.append(PathObject(location, self.state.clip, colour))

    # Text

    def begin_text(self, _: Sequence[Any]) -> None:
        self.tm = self.tlm = IDENTITY

    def set_font(self, operands: Sequence[Any]) -> None:
        dictionary = self.get_resource("/Font", operands[0])
        if not isinstance(dictionary, dict):
            return
        font = self.known.get(id(dictionary))
        if not isinstance(font, PdfFont):
            font = self.known[id(dictionary)] = read_font(dictionary)
        self.change(font=font, font_size=float(operands[1]))

    def next_line(self, operands: Sequence[Any]) -> None:
        self.tlm = shift(float(operands[0]), float(operands[1])).then(self.tlm)
        self.tm = self.tlm

    def next_line_with_leading(self, operands: Sequence[Any]) -> None:
        self.change(leading=-float(operands[1]))
        self.next_line(operands)

    def new_line(self, _: Sequence[Any]) -> None:
        self.next_line((0, -self.state.leading))

    def set_text_matrix(self, operands: Sequence[Any]) -> None:
        self.tm = self.tlm = _matrix(operands)

    def show(self, operands: Sequence[Any]) -> None:
        self.show_all([operands[:1]])

    def show_on_new_line(self, operands: Sequence[Any]) -> None:
        self.new_line(())
        self.show(operands)

    def show_with_spacing(self, operands: Sequence[Any]) -> None:
        self.change(word_spacing=float(operands[0]), character_spacing=float(operands[1]))
        self.show_on_new_line(operands[2:])

    def show_all(self, operands: Sequence[Any]) -> None:
        """TJ: show strings; numbers between them move back by thousandths of an em."""
        state, shown, advance, end = self.state, [], 0.0, 0.0
        for part in operands[0]:
            if isinstance(part, (int, float)):
                advance -= float(part) / 1000 * state.font_size * state.horizontal_scaling
                continue
            codes = state.font.codes(_bytes(part))
            shown += codes
            advance += self._measure_advance(codes)
            # Tracking after the last letter and spaces at the end are not part of what is seen.
            if codes:
                end = advance - self._measure_trailing_space(codes)
        self._paint_text(shown, end)
        self.tm = shift(advance, 0).then(self.tm)

    def _measure_advance(self, codes: list[int]) -> float:
        state, font = self.state, self.state.font
        ems = sum(font.widths.get(code, font.default_width) for code in codes)
        spaces = codes.count(32) if font.code_length == 1 else 0
        spacing = state.character_spacing * len(codes) + state.word_spacing * spaces
        return (ems * state.font_size + spacing) * state.horizontal_scaling

    def _measure_trailing_space(self, codes: list[int]) -> float:
        """Return the width after the last letter of shown codes: its tracking, and spaces with theirs."""
        if self.state.font.code_length != 1:
            return self.state.character_spacing * self.state.horizontal_scaling
        count = next((at for at, code in enumerate(reversed(codes)) if code != SPACE), len(codes))
        letter_spacing = self.state.character_spacing * self.state.horizontal_scaling
        return self._measure_advance(codes[len(codes) - count :]) + letter_spacing

    def _paint_text(self, codes: list[int], advance: float) -> None:
        state = self.state
        if not codes or state.text_mode in INVISIBLE_MODES:
            return
        matrix = shift(0, state.rise).then(self.tm).then(state.ctm)
        text_box = Rect(0, DESCENT * state.font_size, advance, TEXT_HEIGHT * state.font_size)
        font = state.font
        self.objects.append(
            TextObject(
                ObjectLocation(self.page, matrix.apply(0, 0)),
                self._clip(matrix.box(text_box)),
                font.text(codes),
                abs(state.font_size) * hypot(matrix.c, matrix.d),
                font.name,
                self._get_stroke() if state.text_mode == 1 else self._get_fill(),
                font.has_missing_glyph(codes),
                matrix.corners(text_box),
            )
        )

    # Objects

    def paint_xobject(self, operands: Sequence[Any]) -> None:
        """Do: paint an image or a form XObject."""
        xobject = self.get_resource("/XObject", operands[0])
        kind = get_text(xobject, "/Subtype")
        if kind == "/Image":
            self.paint_image(xobject, self.known)
        elif kind == "/Form" and self.depth < MAX_FORM_DEPTH:
            self._run_form(xobject)

    def _run_form(self, form: Any) -> None:
        self.depth += 1
        state, matrices = self.state, (self.tm, self.tlm)
        matrix, corners = get_numbers(form, "/Matrix", 6), get_numbers(form, "/BBox", 4)
        if matrix:
            self.concat(matrix)
        if corners:
            x, y, right, top = corners
            box = Rect(min(x, right), min(y, top), abs(right - x), abs(top - y))
            self.change(clip=self._clip(self.state.ctm.box(box)))
        self.run(form, get(form, "/Resources") or self.resources)
        self.state, (self.tm, self.tlm) = state, matrices
        self.depth -= 1

    def paint_image(self, image: Any, known: dict[Any, Any] | None = None) -> None:
        """Paint an image, which fills the unit square; `known` caches the images read before."""
        state = self.state
        whole = state.ctm.box(Rect(0, 0, 1, 1))
        visible = self._clip(whole)
        if visible.width > 0 and visible.height > 0:
            location = ObjectLocation(self.page, (visible.x, visible.y))
            unplaced = read_image(image, state, self.resources, {} if known is None else known)
            self.objects.append(replace(unplaced, location=location, bounds=visible, whole=whole))

    def paint_inline_image(self, operands: Any) -> None:
        """BI: paint an inline image, whose keys are abbreviated (8.9.7)."""
        settings = operands["settings"] if isinstance(operands, Mapping) else {}
        if settings:
            self.paint_image(
                {FULL_KEYS.get(str(key), key): value for key, value in settings.items()}
            )


SPACE = 32
FULL_KEYS = {"/W": "/Width", "/H": "/Height", "/CS": "/ColorSpace", "/IM": "/ImageMask"}


def _matrix(operands: Sequence[Any]) -> Matrix:
    return Matrix(*(float(one) for one in operands[:6]))


def _scale(matrix: Matrix) -> float:
    return sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def _bytes(string: Any) -> bytes:
    original = getattr(string, "original_bytes", None)
    return original if original is not None else bytes(string)
