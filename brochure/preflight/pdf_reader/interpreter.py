"""Interprets content streams and collects the page objects that they paint (ISO 32000-1, 8 and 9).

Clipping paths are reduced to their bounding boxes; patterns and shadings are treated as filled areas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import hypot, sqrt
from typing import Any

from brochure.geometry import IDENTITY, Matrix, Rect, shift
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
from brochure.preflight.rectangles import bounding_box, intersect, transform_rect

MAX_FORM_DEPTH = 16
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
        self.starts: list[int] = []  # where in `points` each subpath begins
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

    def add_points(self, operands: Sequence[Any]) -> None:
        numbers = [float(one) for one in operands]
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            self.points.append(self.state.ctm.apply(x, y))

    def begin_subpath(self, operands: Sequence[Any]) -> None:
        self.starts.append(len(self.points))
        self.add_points(operands)

    def add_rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = (float(one) for one in operands)
        self.begin_subpath((x, y, x + width, y, x, y + height, x + width, y + height))

    def clip(self, _: Sequence[Any]) -> None:
        self.is_clipping = True

    def end_path(self, *, fill: bool = False, stroke: bool = False) -> None:
        """Paint the path, and clip with it after W."""
        if self.points:
            rect = bounding_box(self.points)
            if fill or stroke:
                self._paint_path(rect, fill=fill, stroke=stroke)
            if self.is_clipping:
                self.change(clip=self._clip(rect))
        self.points, self.starts, self.is_clipping = [], [], False

    def _paint_path(self, rect: Rect, *, fill: bool, stroke: bool) -> None:
        state = self.state
        width = state.line_width * _scale(state.ctm) if stroke else 0.0
        visible = self._clip(rect.grown(width / 2))
        location = ObjectLocation(self.page, (visible.x, visible.y))
        colours = (self._get_fill() if fill else None, self._get_stroke() if stroke else None)
        self.objects.append(
            PathObject(location, visible, *colours, width, parts=self._find_parts(width / 2))
        )

    def _find_parts(self, margin: float) -> tuple[Rect, ...]:
        """Return the visible bounds of the subpaths; empty if there is only one."""
        edges = [*self.starts, len(self.points)]
        if len(edges) < 3:
            return ()
        points = [self.points[start:end] for start, end in pairwise(edges) if end > start]
        return tuple(self._clip(bounding_box(one).grown(margin)) for one in points)

    def _clip(self, rect: Rect) -> Rect:
        return intersect(rect, self.state.clip) if self.state.clip else rect

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
        box = Rect(0, DESCENT * state.font_size, advance, TEXT_HEIGHT * state.font_size)
        font = state.font
        self.objects.append(
            TextObject(
                ObjectLocation(self.page, matrix.apply(0, 0)),
                self._clip(transform_rect(matrix, box)),
                font.text(codes),
                abs(state.font_size) * hypot(matrix.c, matrix.d),
                font.name,
                self._get_stroke() if state.text_mode == 1 else self._get_fill(),
                font.has_missing_glyph(codes),
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
            self.change(clip=self._clip(transform_rect(self.state.ctm, box)))
        self.run(form, get(form, "/Resources") or self.resources)
        self.state, (self.tm, self.tlm) = state, matrices
        self.depth -= 1

    def paint_image(self, image: Any, known: dict[Any, Any] | None = None) -> None:
        """Paint an image, which fills the unit square; `known` caches the images read before."""
        state = self.state
        visible = self._clip(transform_rect(state.ctm, Rect(0, 0, 1, 1)))
        if visible.width > 0 and visible.height > 0:
            location = ObjectLocation(self.page, (visible.x, visible.y))
            unplaced = read_image(image, state, self.resources, {} if known is None else known)
            self.objects.append(replace(unplaced, location=location, bounds=visible))

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
