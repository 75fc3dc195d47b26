"""What elements of a drawing paint: areas and texts, in working units."""

from __future__ import annotations

from typing import Any

from brochure.blocks.svg.drawing import TextElement
from brochure.blocks.svg.geometry import Area
from brochure.color.swatch import Axis, Rgb
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix


@dataclass(frozen=True, slots=True)
class ShadingStop:
    """A colour of a gradient with its opacity."""

    offset: float
    colour: Rgb
    opacity: float


@dataclass(frozen=True, slots=True)
class Shading:
    """A gradient; `matrix` transforms the coordinates of its axis to working units, `element` defines it."""

    stops: tuple[ShadingStop, ...]
    axis: Axis
    matrix: Matrix
    spread: str = "pad"
    element: Any = None

    @property
    def is_opaque(self) -> bool:
        """True if all stops are."""
        return all(stop.opacity == 1 for stop in self.stops)


Fill = Rgb | Shading


@dataclass(frozen=True, slots=True)
class Painted:
    """An area with its fill."""

    area: Area
    fill: Fill
    opacity: float

    @property
    def is_transparent(self) -> bool:
        """True if what is beneath shows through."""
        shaded = isinstance(self.fill, Shading) and not self.fill.is_opaque
        return self.opacity < 1 or shaded


@dataclass(frozen=True, slots=True)
class PaintedText:
    """A text, the matrix from its units to working units, and what it is clipped to."""

    text: TextElement
    matrix: Matrix
    clip: Area | None
    opacity: float = 1.0


Mark = Painted | PaintedText
