"""Lengths and colours of a layout, made plain: points and paints.

Takes the lengths and swatch names that a layout is written in; gives numbers and `Paint`s, once it is known how long a
baseline step, a column, a row and an em are in the place where they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brochure.color.swatch import Paint, tint
from brochure.fast_dataclass import dataclass
from brochure.spec.model import Swatch
from brochure.spec.values import Length, SwatchName


@dataclass(frozen=True, slots=True)
class Scale:
    """What the relative units stand for, in points: a baseline step, a column, a row, an em."""

    line: float = 14.0
    column: float = 0.0
    row: float = 0.0
    em: float = 10.0

    def points(self, length: Length) -> float:
        """The length in points."""
        relative = length.lines * self.line + length.columns * self.column + length.rows * self.row
        return length.points + relative + length.ems * self.em

    def at(self, em: float) -> Scale:
        """The same scale where an em is `em` points."""
        return replace(self, em=em)


def resolve_paint(name: SwatchName, swatches: Mapping[str, Swatch]) -> Paint:
    """The paint that a swatch name stands for; the reader has made sure that there is one."""
    paint = swatches[name.name].paint
    return paint if name.tint == 1 else replace(paint, colour=tint(paint.colour, name.tint))
