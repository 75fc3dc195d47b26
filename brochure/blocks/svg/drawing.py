"""SVG drawings after their conversion: filled outlines and texts in the units of the drawing.

Texts are as they were before they are set: their strings, fonts, paints and places, in the units of the file.
"""

from __future__ import annotations

from typing import Any

from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix
from brochure.model.display_list import Outline


@dataclass(frozen=True, slots=True)
class SvgFont:
    """The font of a piece of text; lengths are in user units. `rise` is how far it is above the baseline."""

    families: tuple[str, ...]
    size: float
    weight: float = 400.0
    width: float = 100.0
    is_italic: bool = False
    is_small_caps: bool = False
    is_uppercase: bool = False
    is_underlined: bool = False
    is_struck: bool = False
    spacing: float = 0.0
    rise: float = 0.0
    language: str = ""
    is_right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class TextStroke:
    """The outline of letters; `is_below` puts it beneath their fill."""

    paint: Paint
    width: float
    join: str = "miter"
    miter_limit: float = 4.0
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class SvgSpan:
    """Characters of one font and paint."""

    text: str
    font: SvgFont
    fill: Paint | None
    stroke: TextStroke | None = None


@dataclass(frozen=True, slots=True)
class SvgPiece:
    """Spans that follow each other; (dx, dy) is the distance from the end of what is before."""

    dx: float
    dy: float
    spans: tuple[SvgSpan, ...]


@dataclass(frozen=True, slots=True)
class SvgChunk:
    """A part of a text with its own place; a coordinate that is None continues the chunk before.

    `anchor` is the part that is at x: start, middle or end; `baseline` is the line of the letters that is at y.
    """

    x: float | None
    y: float | None
    pieces: tuple[SvgPiece, ...]
    anchor: str = "start"
    baseline: str = "auto"
    is_right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class TextElement:
    """A text element of a parsed file with its chunks; `ids` are its own id and those of groups that contain no other text."""

    element: Any
    ids: tuple[str, ...]
    chunks: tuple[SvgChunk, ...]


@dataclass(frozen=True, slots=True)
class SvgText:
    """A text of a drawing: `matrix` leads from its units to those of the drawing, in which `clip` is, if there is any."""

    ids: tuple[str, ...]
    chunks: tuple[SvgChunk, ...]
    matrix: Matrix
    clip: tuple[Outline, ...] | None = None
    opacity: float = 1.0

    @property
    def string(self) -> str:
        """The whole text."""
        pieces = (piece for chunk in self.chunks for piece in chunk.pieces)
        return "".join(span.text for piece in pieces for span in piece.spans)


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
