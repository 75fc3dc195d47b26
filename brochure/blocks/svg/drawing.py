"""SVG drawings after their conversion: filled outlines and texts in the units of the drawing."""

from __future__ import annotations

from brochure.blocks.svg.text_model import SvgText
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.model.display_list import Outline


@dataclass(frozen=True, slots=True)
class SvgShape:
    """Outlines with one fill; y grows downwards as in the file."""

    outlines: tuple[Outline, ...]
    fill: Paint
    even_odd: bool


@dataclass(frozen=True, slots=True)
class SvgDrawing:
    """A drawing: its rectangle (x, y, width, height) in units of its view box, shapes and texts from back to front.

    `languages` are those that it has alternatives for.
    """

    box: tuple[float, float, float, float]
    shapes: tuple[SvgShape | SvgText, ...]
    languages: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[SvgText, ...]:
        """Its texts."""
        return tuple(one for one in self.shapes if isinstance(one, SvgText))
