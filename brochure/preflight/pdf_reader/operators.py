"""The operators of a content stream, and what each does (ISO 32000-1, annex A).

Takes nothing; gives `ACTS`, the table that an `Interpreter` works by. Operators that leave no mark and change none are not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from brochure.preflight.pdf_reader.colours import (
    DEVICE,
    PdfSpace,
    initial_colour,
    read_colour,
    read_colour_space,
)
from brochure.preflight.pdf_reader.interpreter import Interpreter

Act = Callable[[Interpreter, Sequence[Any]], None]


def _colour(space: str, *, stroke: bool) -> Act:
    """g, rg, k and their like: a device's space with its colour."""
    known = PdfSpace(DEVICE[space])
    side = "stroke" if stroke else "fill"

    def act(page: Interpreter, operands: Sequence[Any]) -> None:
        page.change(**{side: read_colour(known, operands), f"{side}_space": known})

    return act


def _space(*, stroke: bool) -> Act:
    side = "stroke" if stroke else "fill"

    def act(page: Interpreter, operands: Sequence[Any]) -> None:
        space = read_colour_space(operands[0], page.resources)
        page.change(**{side: initial_colour(space), f"{side}_space": space})

    return act


def _in_space(*, stroke: bool) -> Act:
    side = "stroke" if stroke else "fill"

    def act(page: Interpreter, operands: Sequence[Any]) -> None:
        space = page.state.stroke_space if stroke else page.state.fill_space
        page.change(**{side: read_colour(space, operands)})

    return act


def _ends(*, fill: bool = False, stroke: bool = False) -> Act:
    return lambda page, _: page.end(fill=fill, stroke=stroke)


def _sets(name: str, factor: float = 1.0) -> Act:
    return lambda page, operands: page.change(**{name: float(operands[0]) * factor})


def _acts() -> Iterator[tuple[bytes, Act]]:
    for operators, act in TABLE:
        for operator in operators.split():
            yield operator, act


TABLE: tuple[tuple[bytes, Act], ...] = (
    (b"q", Interpreter.save),
    (b"Q", Interpreter.restore),
    (b"cm", Interpreter.concat),
    (b"gs", Interpreter.dictionary),
    (b"w", _sets("width")),
    (b"m l c v y", Interpreter.move),
    (b"re", Interpreter.rectangle),
    (b"W W*", Interpreter.clip),
    (b"n", _ends()),
    (b"S s", _ends(stroke=True)),
    (b"f F f*", _ends(fill=True)),
    (b"B B* b b*", _ends(fill=True, stroke=True)),
    (b"sh", Interpreter.shade),
    (b"g", _colour("/DeviceGray", stroke=False)),
    (b"G", _colour("/DeviceGray", stroke=True)),
    (b"rg", _colour("/DeviceRGB", stroke=False)),
    (b"RG", _colour("/DeviceRGB", stroke=True)),
    (b"k", _colour("/DeviceCMYK", stroke=False)),
    (b"K", _colour("/DeviceCMYK", stroke=True)),
    (b"cs", _space(stroke=False)),
    (b"CS", _space(stroke=True)),
    (b"sc scn", _in_space(stroke=False)),
    (b"SC SCN", _in_space(stroke=True)),
    (b"BT", Interpreter.begin_text),
    (b"Tf", Interpreter.font),
    (b"Tc", _sets("letter_space")),
    (b"Tw", _sets("word_space")),
    (b"Tz", _sets("stretch", 0.01)),
    (b"TL", _sets("leading")),
    (b"Ts", _sets("rise")),
    (b"Tr", lambda page, operands: page.change(mode=int(operands[0]))),
    (b"Td", Interpreter.next_line),
    (b"TD", Interpreter.next_line_led),
    (b"T*", Interpreter.new_line),
    (b"Tm", Interpreter.text_matrix),
    (b"Tj", Interpreter.show),
    (b"TJ", Interpreter.show_all),
    (b"'", Interpreter.show_on_new_line),
    (b'"', Interpreter.show_spaced),
    (b"Do", Interpreter.object),
)
ACTS = dict(_acts()) | {b"INLINE IMAGE": Interpreter.inline}
