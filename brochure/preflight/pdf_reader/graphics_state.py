"""The graphics state of a content stream (ISO 32000-1, 8.4).

`GraphicsState` is immutable: operators replace it, so that `q` and `Q` need no copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.pdf_input.values import get, get_number, read_boolean, read_numbers
from brochure.preflight.model import ColourSpace, ColourValue
from brochure.preflight.pdf_reader.colours import BLACK, PdfSpace
from brochure.preflight.pdf_reader.fonts import PdfFont

INVISIBLE_MODES = (3, 7)
"""Text rendering modes that paint nothing (9.3.6)."""

WATCHED = frozenset({"/TR", "/TR2", "/HT", "/HTP", "/HTO", "/SMask"})
"""Entries of parameter dictionaries that checks look for."""

GREY = PdfSpace(ColourSpace.GREY)
NO_FONT = PdfFont("?", 1, {}, 0.5)


@dataclass(frozen=True, slots=True)
class GraphicsState:
    """The graphics parameters. `clip` is the bounding box of the clipping path; None if nothing is clipped.

    `parameters` are the parameter dictionaries in effect whose use is recorded (`WATCHED`).
    """

    ctm: Matrix = IDENTITY
    clip: Rect | None = None
    fill: ColourValue = BLACK
    stroke: ColourValue = BLACK
    fill_space: PdfSpace = GREY
    stroke_space: PdfSpace = GREY
    fill_pattern: Any = None
    stroke_pattern: Any = None
    line_width: float = 1.0
    font: PdfFont = NO_FONT
    font_size: float = 0.0
    character_spacing: float = 0.0
    word_spacing: float = 0.0
    horizontal_scaling: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    text_mode: int = 0
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    fill_overprint: bool = False
    stroke_overprint: bool = False
    overprint_mode: int = 0
    is_blended: bool = False
    parameters: tuple[Any, ...] = ()

    @property
    def has_transparency(self) -> bool:
        """True if objects are painted with opacity below 1, a blend mode or a soft mask."""
        return self.is_blended or min(self.fill_opacity, self.stroke_opacity) < 1


def read_state_changes(state: Any) -> Mapping[str, Any]:
    """Read the changes that a graphics state parameter dictionary makes (8.4.5)."""
    changes: dict[str, Any] = {}
    for key, name in (("/LW", "line_width"), ("/ca", "fill_opacity"), ("/CA", "stroke_opacity")):
        if key in state:
            changes[name] = get_number(state, key, 1.0)
    if "/OPM" in state:
        changes["overprint_mode"] = int(get_number(state, "/OPM", 0))
    if "/OP" in state:
        changes["stroke_overprint"] = changes["fill_overprint"] = read_boolean(get(state, "/OP"))
    if "/op" in state:
        changes["fill_overprint"] = read_boolean(get(state, "/op"))
    mask, mode = get(state, "/SMask") or "/None", get(state, "/BM") or "/Normal"
    if "/SMask" in state or "/BM" in state:
        first = mode[0] if isinstance(mode, list) and mode else mode
        is_normal = str(first) in ("/Normal", "/Compatible")
        changes["is_blended"] = str(mask) != "/None" or not is_normal
    return changes


@dataclass(frozen=True, slots=True)
class NestedContent:
    """Content that is painted with: a pattern cell, a Type 3 glyph or a soft mask.

    `state` is the graphics state that it starts with and `bounds` the area that is painted with it. `is_uncoloured` is true if
    it has the colour of its use, and `is_mask` if it is not painted itself.
    """

    stream: Any
    resources: Any
    state: GraphicsState
    bounds: Rect | None
    is_uncoloured: bool = False
    is_mask: bool = False


def matrix_of(operands: Sequence[Any]) -> Matrix:
    """Return the matrix in the operands of an operator."""
    return Matrix(*(float(one) for one in operands[:6]))


def read_matrix(value: Any) -> Matrix:
    """Return a matrix of six numbers; the identity if it is not one."""
    numbers = read_numbers(value, 6)
    return Matrix(*numbers) if numbers else IDENTITY


def scale_of(matrix: Matrix) -> float:
    """Return the factor by which a matrix scales lengths, on average."""
    return sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
