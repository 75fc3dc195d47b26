"""Lines of positioned glyphs, the output of typesetting.

x grows from the left edge of the column, y upwards from the line's baseline, in points.
"""

from __future__ import annotations

from dataclasses import field
from math import fsum

from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Origin, Span
from brochure.fonts.face import Face
from brochure.typeset.style import InlineObject


@dataclass(frozen=True, slots=True)
class LineSlot:
    """Horizontal space available for a line: its start in the column and its width, in points.

    `outer_left` is set if the outer margin of the page is at the left, for lines that are aligned with it or with the spine.
    """

    x: float
    width: float
    outer_left: bool = False


@dataclass(frozen=True, slots=True)
class LineSlots:
    """Horizontal space for a paragraph: the slots of the first lines, and the slot of all further lines.

    `undivided` are the numbers of lines that should not end within a word, since the next line is on
    another page.
    """

    first: tuple[LineSlot, ...]
    rest: LineSlot
    undivided: frozenset[int] = frozenset()

    def at(self, line: int) -> LineSlot:
        """Return the slot of a line, counted from 0."""
        return self.first[line] if line < len(self.first) else self.rest


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Glyphs of one face, size, colour and language on one baseline, in visual order (left to right).

    `ids`, `clusters` and `advances` have one entry per glyph: the glyph id, the index in `text` of
    the first character of its cluster, and how far the pen moves after it (justification and
    tracking included). `offsets` has one (dx, dy) per glyph, or is empty if all are zero. `text` is
    the source text in logical order; it is empty for glyphs that represent no character of the
    source (a hyphen at a line end, leaders). Runs with the same appearance and text are equal,
    regardless of `origin`. An `inline` object has an advance and no glyph.
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
    origin: Origin | None = field(default=None, compare=False)
    inline: InlineObject | None = None

    @property
    def width(self) -> float:
        """Sum of the advances."""
        return fsum(self.advances)

    @property
    def span(self) -> Span | None:
        """The place of the message in its file."""
        return self.origin.span if self.origin else None


@dataclass(frozen=True, slots=True)
class Decoration:
    """An underline or strikethrough: a rectangle from `x`, its lower edge `y` above the baseline."""

    x: float
    y: float
    width: float
    thickness: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its glyphs, its decorations, its slot and the extent of its text.

    `left` and `right` are the edges of the text without hanging punctuation. `start` and `end` are
    the range of the paragraph's text; `end` is after the space dropped at the break, so that lines
    cover the whole text. `stretch` measures word spaces: 0 is ideal, 1 the widest and -1 the
    narrowest allowed. A line that would need more than its script allows is `loose` and left
    ragged. `word_space` is the width of its spaces as a multiple of the font's own.
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
    word_space: float = 1.0

    @property
    def overfull(self) -> float:
        """By how many points the text is wider than its slot; 0 if it fits."""
        return max(0.0, self.right - self.left - self.slot_width)
