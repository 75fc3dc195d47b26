"""Interprets content streams and collects all page objects that they paint (ISO 32000-1, 8 and 9).

`PathInterpreter` executes the streams and paints paths; `Interpreter` adds text, images and forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import hypot
from typing import Any

from brochure.geometry import IDENTITY, Matrix, Rect, shift
from brochure.pdf_input.values import get, get_numbers
from brochure.preflight.model import ObjectLocation, TextObject, UsedKind
from brochure.preflight.pdf_reader.fonts import PdfFont, read_font, read_glyph_names
from brochure.preflight.pdf_reader.graphics_state import (
    INVISIBLE_MODES,
    NestedContent,
    matrix_of,
    read_matrix,
    scale_of,
)
from brochure.preflight.pdf_reader.images import read_image
from brochure.preflight.pdf_reader.path_interpreter import PathInterpreter
from brochure.preflight.pdf_reader.processing_steps import find_step
from brochure.preflight.pdf_reader.usage import kind_of_xobject

MAX_FORM_DEPTH = 16
SQUARE = Rect(0, 0, 1, 1)
"""The unit square, which images fill."""
STROKED_MODES = (1, 2, 5, 6)
UNFILLED_MODES = (1, 5)
"""Text rendering modes that outline letters, and those that do not fill them (9.3.6)."""
DESCENT, TEXT_HEIGHT = -0.22, 0.94
"""The lower edge of letters from the baseline, and their height, in ems."""


class Interpreter(PathInterpreter):
    """Interprets the content of one page."""

    # Text

    def begin_text(self, _: Sequence[Any]) -> None:
        if self.is_in_text:
            self.report_syntax("'BT' is inside a text object")
        self.is_in_text = True
        self.tm = self.tlm = IDENTITY

    def end_text(self, _: Sequence[Any]) -> None:
        if not self.is_in_text:
            self.report_syntax("'ET' ends no text object")
        self.is_in_text = False

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
        self.tm = self.tlm = matrix_of(operands)

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
        if not self.is_in_text:
            self.report_syntax("text is shown outside a text object")
        if not codes or state.text_mode in INVISIBLE_MODES:
            return
        matrix = shift(0, state.rise).then(self.tm).then(state.ctm)
        box = Rect(0, DESCENT * state.font_size, advance, TEXT_HEIGHT * state.font_size)
        visible = self.clip_to_state(matrix.box(box))
        stroke = self.get_stroke() if state.text_mode in STROKED_MODES else None
        is_filled = state.text_mode not in UNFILLED_MODES
        font = state.font
        text = TextObject(
            ObjectLocation(self.page, matrix.apply(0, 0), None, visible),
            visible,
            font.text(codes),
            abs(state.font_size) * hypot(matrix.c, matrix.d),
            font.name,
            self.get_fill() if is_filled or stroke is None else stroke,
            font.has_missing_glyph(codes),
            matrix.corners(box),
            stroke,
            state.line_width * scale_of(state.ctm) if stroke else 0.0,
        )
        patterns = (
            state.fill_pattern if is_filled else None,
            state.stroke_pattern if stroke else None,
        )
        self.add_object(text, patterns)
        if font.glyphs is not None:
            self._add_glyphs(codes, matrix, visible)

    def _add_glyphs(self, codes: list[int], matrix: Matrix, bounds: Rect) -> None:
        """Remember the glyphs of a Type 3 font, which are content streams (9.6.5)."""
        font, size = self.state.font.glyphs, self.state.font_size
        key = "glyph names", id(font)
        names = self.known[key] = self.known.get(key) or read_glyph_names(font)
        ems = read_matrix(get(font, "/FontMatrix")).then(Matrix(size, 0, 0, size))
        start = replace(self.state, ctm=ems.then(matrix))
        resources = get(font, "/Resources") or self.resources
        for code in dict.fromkeys(codes):
            glyph = get(get(font, "/CharProcs"), names.get(code, ""))
            self.add_nested(NestedContent(glyph, resources, start, bounds))

    def end_glyph_metrics(self, _: Sequence[Any]) -> None:
        """d1: the rest of a glyph has the colour of the text."""
        self.is_uncoloured = True

    # Objects

    def paint_xobject(self, operands: Sequence[Any]) -> None:
        """Do: paint an image or a form XObject."""
        xobject = self.get_resource("/XObject", operands[0])
        kind = kind_of_xobject(xobject)
        self.marked.append(find_step(get(xobject, "/OC")))
        if kind is UsedKind.IMAGE:
            self.paint_image(xobject, self.known)
        elif kind is UsedKind.FORM and self.depth < MAX_FORM_DEPTH:
            self.run_form(xobject)
        elif xobject is not None:
            seen = self.clip_to_state(self.state.ctm.box(SQUARE))
            self.usage.add(kind, xobject, self.page, seen)
        self.marked.pop()

    def run_form(self, form: Any) -> None:
        """Execute the content of a form XObject."""
        self.depth += 1
        state, matrices, base = self.state, (self.tm, self.tlm), self.base
        matrix, corners = get_numbers(form, "/Matrix", 6), get_numbers(form, "/BBox", 4)
        if matrix:
            self.concat(matrix)
        if corners:
            x, y, right, top = corners
            box = Rect(min(x, right), min(y, top), abs(right - x), abs(top - y))
            self.change(clip=self.clip_to_state(self.state.ctm.box(box)))
        self.base = self.state.ctm
        self._record_form(form)
        self.run(form, get(form, "/Resources") or self.resources)
        self.state, (self.tm, self.tlm), self.base = state, matrices, base
        self.depth -= 1

    def _record_form(self, form: Any) -> None:
        clip = self.state.clip
        seen = clip if clip and clip.width > 0 and clip.height > 0 else None
        self.usage.add(UsedKind.FORM, form, self.page, seen)
        group = get(form, "/Group")
        if group is not None:
            self.usage.add(UsedKind.GROUP, group, self.page, seen)

    def paint_image(self, image: Any, known: dict[Any, Any] | None = None) -> None:
        """Paint an image, which fills the unit square; `known` caches the images read before."""
        state = self.state
        whole = state.ctm.box(SQUARE)
        visible = self.clip_to_state(whole)
        if visible.width > 0 and visible.height > 0:
            location = ObjectLocation(self.page, (visible.x, visible.y), None, visible)
            shared = {} if known is None else known
            unplaced = read_image(image, state, self.resources, shared, self.find_press)
            upright = whole if _is_upright(state.ctm) else None
            self.add_object(replace(unplaced, location=location, bounds=visible, whole=upright))
            self.usage.add(UsedKind.IMAGE, image, self.page, visible)
            mask = get(image, "/SMask")
            if isinstance(mask, dict):
                self.usage.add(UsedKind.IMAGE, mask, self.page, visible)

    def paint_inline_image(self, operands: Any) -> None:
        """BI: paint an inline image, whose keys are abbreviated (8.9.7)."""
        settings = operands["settings"] if isinstance(operands, Mapping) else {}
        if settings:
            self.paint_image(
                {FULL_KEYS.get(str(key), key): value for key, value in settings.items()}
            )


SPACE = 32
FULL_KEYS = {
    "/W": "/Width",
    "/H": "/Height",
    "/CS": "/ColorSpace",
    "/IM": "/ImageMask",
    "/BPC": "/BitsPerComponent",
    "/F": "/Filter",
}


def _bytes(string: Any) -> bytes:
    original = getattr(string, "original_bytes", None)
    return original if original is not None else bytes(string)


def _is_upright(matrix: Matrix) -> bool:
    """Return True if images are neither turned nor skewed nor mirrored."""
    slant = max(abs(matrix.b), abs(matrix.c))
    return matrix.a > 0 < matrix.d and slant < 1e-3 * min(matrix.a, matrix.d)
