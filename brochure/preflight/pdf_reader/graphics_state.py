"""The graphics state of a finished PDF, as far as checks need it (ISO 32000-1, 8.4).

Takes nothing; gives `GraphicsState`, a value of which every operator makes another, so that `q` and `Q` need no copying.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.preflight.model import ColourSpace, ColourValue
from brochure.preflight.pdf_reader.colours import BLACK, PdfSpace
from brochure.preflight.pdf_reader.fonts import PdfFont

INVISIBLE = (3, 7)
GREY = PdfSpace(ColourSpace.GREY)
NO_FONT = PdfFont("?", 1, {}, 0.5)


@dataclass(frozen=True, slots=True)
class GraphicsState:
    """Where and how things are drawn. `clip` is the rectangle around the clipping path; None for all."""

    ctm: Matrix = IDENTITY
    clip: Rect | None = None
    fill: ColourValue = BLACK
    stroke: ColourValue = BLACK
    fill_space: PdfSpace = GREY
    stroke_space: PdfSpace = GREY
    width: float = 1.0
    font: PdfFont = NO_FONT
    size: float = 0.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    overprints_fill: bool = False
    overprints_stroke: bool = False
    blended: bool = False

    @property
    def has_transparency(self) -> bool:
        """Whether what is drawn lets something through, or is blended."""
        return self.blended or min(self.fill_opacity, self.stroke_opacity) < 1


def read_state_changes(state: Any) -> Mapping[str, Any]:
    """What a dictionary of graphics state sets (8.4.5)."""
    changes: dict[str, Any] = {}
    for key, name in (("/LW", "width"), ("/ca", "fill_opacity"), ("/CA", "stroke_opacity")):
        if key in state:
            changes[name] = float(state[key])
    if "/OP" in state:
        changes["overprints_stroke"] = changes["overprints_fill"] = _truth(state["/OP"])
    if "/op" in state:
        changes["overprints_fill"] = _truth(state["/op"])
    mask, mode = state.get("/SMask", "/None"), state.get("/BM", "/Normal")
    if "/SMask" in state or "/BM" in state:
        plain = str(mode) in ("/Normal", "/Compatible", "['/Normal']")
        changes["blended"] = str(mask) != "/None" or not plain
    return changes


def _truth(said: Any) -> bool:
    """A Boolean of PDF, which pypdf wraps in an object that is true whatever it holds."""
    return bool(getattr(said, "value", said))
