"""Maps content stream operators to methods of `Interpreter` (ISO 32000-1, annex A).

Operators that neither paint nor change a parameter used by the checks are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from brochure.preflight.pdf_reader.colours import (
    SPACES_BY_NAME,
    PdfSpace,
    initial_colour,
    read_colour,
    read_colour_space,
)
from brochure.preflight.pdf_reader.interpreter import Interpreter

Action = Callable[[Interpreter, Sequence[Any]], None]


def _set_device_colour(space: str, *, stroke: bool) -> Action:
    """g, rg, k: set a device colour space and a colour in it."""
    device = PdfSpace(SPACES_BY_NAME[space])
    side = "stroke" if stroke else "fill"

    def act(interpreter: Interpreter, operands: Sequence[Any]) -> None:
        if interpreter.is_uncoloured:
            return
        colour = read_colour(device, operands)
        interpreter.change(**{side: colour, f"{side}_space": device, f"{side}_pattern": None})

    return act


def _set_space(*, stroke: bool) -> Action:
    side = "stroke" if stroke else "fill"

    def act(interpreter: Interpreter, operands: Sequence[Any]) -> None:
        if interpreter.is_uncoloured:
            return
        if operands[0] not in SPACES_BY_NAME:
            interpreter.get_resource("/ColorSpace", operands[0])  # reports a name that is missing
        space = read_colour_space(operands[0], interpreter.resources)
        colour = initial_colour(space)
        interpreter.change(**{side: colour, f"{side}_space": space, f"{side}_pattern": None})

    return act


def _set_colour(*, stroke: bool) -> Action:
    side = "stroke" if stroke else "fill"

    def act(interpreter: Interpreter, operands: Sequence[Any]) -> None:
        if interpreter.is_uncoloured:
            return
        space = interpreter.state.stroke_space if stroke else interpreter.state.fill_space
        pattern = None
        if operands and isinstance(operands[-1], str):
            pattern = interpreter.get_resource("/Pattern", operands[-1])
        interpreter.change(**{side: read_colour(space, operands), f"{side}_pattern": pattern})

    return act


def _end_path(*, fill: bool = False, stroke: bool = False, even_odd: bool = False) -> Action:
    return lambda interpreter, _: interpreter.end_path(fill=fill, stroke=stroke, even_odd=even_odd)


def _set_parameter(name: str, factor: float = 1.0) -> Action:
    return lambda interpreter, operands: interpreter.change(**{name: float(operands[0]) * factor})


def _split_operators() -> Iterator[tuple[bytes, Action]]:
    for operators, act in TABLE:
        for operator in operators.split():
            yield operator, act


TABLE: tuple[tuple[bytes, Action], ...] = (
    (b"q", Interpreter.save),
    (b"Q", Interpreter.restore),
    (b"cm", Interpreter.concat),
    (b"gs", Interpreter.set_parameters),
    (b"w", _set_parameter("line_width")),
    (b"m", Interpreter.move_to),
    (b"l", Interpreter.line_to),
    (b"c", Interpreter.curve_to),
    (b"v", Interpreter.curve_from_current_point),
    (b"y", Interpreter.curve_to_final_point),
    (b"re", Interpreter.add_rectangle),
    (b"W W*", Interpreter.clip),
    (b"n", _end_path()),
    (b"S s", _end_path(stroke=True)),
    (b"f F", _end_path(fill=True)),
    (b"f*", _end_path(fill=True, even_odd=True)),
    (b"B b", _end_path(fill=True, stroke=True)),
    (b"B* b*", _end_path(fill=True, stroke=True, even_odd=True)),
    (b"sh", Interpreter.paint_shading),
    (b"g", _set_device_colour("/DeviceGray", stroke=False)),
    (b"G", _set_device_colour("/DeviceGray", stroke=True)),
    (b"rg", _set_device_colour("/DeviceRGB", stroke=False)),
    (b"RG", _set_device_colour("/DeviceRGB", stroke=True)),
    (b"k", _set_device_colour("/DeviceCMYK", stroke=False)),
    (b"K", _set_device_colour("/DeviceCMYK", stroke=True)),
    (b"cs", _set_space(stroke=False)),
    (b"CS", _set_space(stroke=True)),
    (b"sc scn", _set_colour(stroke=False)),
    (b"SC SCN", _set_colour(stroke=True)),
    (b"BT", Interpreter.begin_text),
    (b"ET", Interpreter.end_text),
    (b"Tf", Interpreter.set_font),
    (b"Tc", _set_parameter("character_spacing")),
    (b"Tw", _set_parameter("word_spacing")),
    (b"Tz", _set_parameter("horizontal_scaling", 0.01)),
    (b"TL", _set_parameter("leading")),
    (b"Ts", _set_parameter("rise")),
    (b"Tr", lambda interpreter, operands: interpreter.change(text_mode=int(operands[0]))),
    (b"Td", Interpreter.next_line),
    (b"TD", Interpreter.next_line_with_leading),
    (b"T*", Interpreter.new_line),
    (b"Tm", Interpreter.set_text_matrix),
    (b"Tj", Interpreter.show),
    (b"TJ", Interpreter.show_all),
    (b"'", Interpreter.show_on_new_line),
    (b'"', Interpreter.show_with_spacing),
    (b"Do", Interpreter.paint_xobject),
    (b"d1", Interpreter.end_glyph_metrics),
    (b"BMC BDC", Interpreter.begin_marked),
    (b"EMC", Interpreter.end_marked),
    (b"BX", Interpreter.begin_compatibility),
    (b"EX", Interpreter.end_compatibility),
)
OPERATORS = dict(_split_operators()) | {b"INLINE IMAGE": Interpreter.paint_inline_image}
