"""Set matter: lines of positioned glyphs, as the composer leaves them.

Takes nothing; gives `LineSlot`s to fill, and `Glyphs`, `Decoration` and `Line`, the values that make-up places on pages.
x grows from the left edge of the column, y upwards from the line's baseline, in points.
"""

from __future__ import annotations

from dataclasses import field

from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.fonts.face import Face


@dataclass(frozen=True, slots=True)
class LineSlot:
    """Room for one line: where it begins in its column, and its width, in points."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class LineSlots:
    """Room for a paragraph: the first lines' slots, and that of all that follow."""

    first: tuple[LineSlot, ...]
    rest: LineSlot

    def at(self, line: int) -> LineSlot:
        """The slot of a line, counted from 0."""
        return self.first[line] if line < len(self.first) else self.rest


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Glyphs of one face, size, colour and language on one baseline, in visual order (left to right).

    `ids`, `clusters` and `advances` have one entry a glyph: the glyph id, the index in `text` of the first character
    of the cluster it belongs to, and how far the pen moves after it (justification and tracking included).
    `offsets` has one (dx, dy) a glyph, or is empty where all are zero. `text` is in logical order: what the glyphs
    stand for, exactly as it was written; it is empty for glyphs that stand for no character of the source (the hyphen
    at a line's end, leaders). Runs that look the same and say the same are equal, wherever their words come from.
    """

    face: Face
    size: float
    paint: Paint
    text: str
    ids: tuple[int, ...]
    clusters: tuple[int, ...]
    advances: tuple[float, ...]
    offsets: tuple[tuple[float, float], ...]
    x: float
    y: float = 0.0
    language: str = "en"
    left_to_right: bool = True
    link: str | None = None
    span: Span | None = field(default=None, compare=False)

    @property
    def width(self) -> float:
        """How far the pen moves over the whole run."""
        return sum(self.advances)


@dataclass(frozen=True, slots=True)
class Decoration:
    """An underline or a strike: a bar from `x`, its lower edge `y` above the baseline."""

    x: float
    y: float
    width: float
    thickness: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its glyphs, its bars, the slot it had to fill and what of it is filled.

    `left` and `right` are the edges of the matter without what hangs outside of them, `start` and `end` the part of the
    paragraph's text that it holds (`end` behind the space that the break swallowed, so that lines tile the text).
    `stretch` says how far its word spaces are from ideal: 0 ideal, 1 as wide as allowed, -1 as narrow as allowed. A line is
    `loose` that would need more than its script's custom allows: it is left ragged.
    """

    runs: tuple[Glyphs, ...]
    bars: tuple[Decoration, ...]
    slot_x: float
    slot_width: float
    left: float
    right: float
    ascent: float
    descent: float
    start: int
    end: int
    hyphenated: bool = False
    stretch: float = 0.0
    loose: bool = False

    @property
    def overfull(self) -> float:
        """By how many points the matter is wider than its slot; 0 where it fits."""
        return max(0.0, self.right - self.left - self.slot_width)
