"""Resolve lengths and swatches of a layout to points and paints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brochure.color.swatch import Paint, tint
from brochure.fast_dataclass import dataclass
from brochure.spec.model import Swatch
from brochure.spec.values import Length, SwatchName


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes of the relative units in points: baseline step, column, row and em."""

    line: float = 14.0
    column: float = 0.0
    row: float = 0.0
    em: float = 10.0

    def points(self, length: Length) -> float:
        """Convert a length to points."""
        relative = length.lines * self.line + length.columns * self.column + length.rows * self.row
        return length.points + relative + length.ems * self.em

    def at(self, em: float) -> Scale:
        """Return the same scale with another em, in points."""
        return replace(self, em=em)


def resolve_paint(name: SwatchName, swatches: Mapping[str, Swatch]) -> Paint:
    """Return the paint of a swatch, which validation has shown to exist."""
    paint = swatches[name.name].paint
    return paint if name.tint == 1 else replace(paint, colour=tint(paint.colour, name.tint))
