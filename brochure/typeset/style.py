"""Resolved type styles: numbers only.

`TypeStyle` describes a run of characters, `ParagraphStyle` a paragraph, and `TextRun` holds
characters with their style. Lengths are in points, tracking in thousandths of an em, word spaces in
fractions of the font's own space.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import field
from enum import Enum
from math import inf

from brochure.color.swatch import BLACK, Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Origin, Span


class Align(Enum):
    """Alignment of a paragraph's lines.

    Start and end follow the text direction; inner is the side of the spine, outer the other one.
    """

    START = "start"
    END = "end"
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"
    INNER = "inner"
    OUTER = "outer"
    JUSTIFY = "justify"


class TabAlign(Enum):
    """Alignment of the text at a tab stop; start and end follow the text direction."""

    START = "start"
    END = "end"
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Case(Enum):
    """Letter case applied to the text."""

    AS_WRITTEN = "as-written"
    UPPER = "upper"
    SMALL_CAPS = "small-caps"


class Position(Enum):
    """Superscripts and subscripts: footnote marks, ordinals, chemical formulas."""

    NORMAL = "normal"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"


@dataclass(frozen=True, slots=True)
class Fallback:
    """The family and scale for a script (ISO 15924 code, or `any`) that the style's own family does not cover."""

    script: str
    family: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """Character formatting. If `optical_size` is None, it follows the size."""

    family: str
    size: float
    weight: float = 400.0
    width: float = 100.0
    italic: bool = False
    optical_size: float | None = None
    fallbacks: tuple[Fallback, ...] = ()
    paint: Paint = BLACK
    tracking: float = 0.0
    features: tuple[tuple[str, int], ...] = ()
    language: str = "en"
    case: Case = Case.AS_WRITTEN
    position: Position = Position.NORMAL
    baseline_shift: float = 0.0
    underline: bool = False
    strikethrough: bool = False


@dataclass(frozen=True, slots=True)
class WordSpace:
    """Limits of the space between words, as fractions of the font's own space."""

    least: float = 0.8
    ideal: float = 1.0
    most: float = 1.4


@dataclass(frozen=True, slots=True)
class LetterSpace:
    """How much letter space justification may remove (`least`) or add (`most`), in thousandths of an em."""

    least: float = 0.0
    most: float = 0.0


class Across(Enum):
    """How far apart the two parts of a hyphenated word may be."""

    NONE = "none"
    COLUMN = "column"
    PAGE = "page"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """Hyphenation settings.

    `min_before` and `min_after` are the least numbers of letters on either side of a hyphen; the
    language's own rule applies where it is stricter. `min_word` is the length of the shortest word
    to hyphenate, `max_consecutive` the largest number of consecutive lines that end in a hyphen.
    `across` tells where a word may continue: in the same column only, in the next column of the
    page, on the facing page, or on the next spread.
    """

    on: bool = False
    min_before: int = 0
    min_after: int = 0
    min_word: int = 5
    max_consecutive: int = 2
    across: Across = Across.COLUMN


@dataclass(frozen=True, slots=True)
class DropInitial:
    """A drop cap: `lines` deep, with the first `characters` of the paragraph, `gap` points from the text."""

    lines: int
    characters: int = 1
    type: TypeStyle | None = None
    gap: float = 3.0


LINE_END = inf
"""The place of a tab stop at the end of the line, however wide the column is."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop: distance from the line's start (or `LINE_END`), alignment of the text, leader."""

    at: float
    align: TabAlign = TabAlign.START
    leader: str = ""


class RuleWidth(Enum):
    """Width of a paragraph's rules and shading: the column, or the text."""

    COLUMN = "column"
    TEXT = "text"


class ColumnSpan(Enum):
    """Whether a paragraph spans the columns of its frame."""

    COLUMN = "column"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ParagraphRule:
    """A rule above or below a paragraph, `gap` points from its capitals, last baseline or shading.

    `dash` is as in PDF (on, off, …); `is_dotted` selects round dots instead. `span` is the place of its colour in the layout.
    """

    paint: Paint
    thickness: float
    gap: float = 0.0
    width: RuleWidth = RuleWidth.COLUMN
    dash: tuple[float, ...] = ()
    is_dotted: bool = False
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Shading:
    """Tint and border behind a paragraph, and the distances from its edges to the capitals, the last baseline and the lines.

    `span` is the place of its colour in the layout.
    """

    fill: Paint | None = None
    border: Paint | None = None
    border_width: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    start: float = 0.0
    end: float = 0.0
    width: RuleWidth = RuleWidth.COLUMN
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class TextPattern:
    """A regular expression (RE2 syntax), and the character style of what it matches."""

    expression: str
    character: str


@dataclass(frozen=True, slots=True)
class CopyfitRange:
    """How far a style may shrink if the copy is too long.

    `size`, `leading` and `word_space` are the least shares of the style's own values (1: no
    change). `tracking` is added to the style's own, in thousandths of an em (0 or below).
    """

    size: float = 1.0
    leading: float = 1.0
    tracking: float = 0.0
    word_space: float = 1.0
    hyphenation: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """Paragraph formatting.

    `balance` makes the lines of a ragged heading equally long. `min_last_line` is the least width
    of the last line, in ems. `leading` is the distance between baselines; `to_grid` aligns them to
    the baseline grid. `strong` and `emphasis` name the character styles of such text; empty: those
    of the layout. `name` is used in reports.
    """

    type: TypeStyle
    leading: float
    align: Align = Align.START
    indent_first: float = 0.0
    indent_start: float = 0.0
    indent_end: float = 0.0
    space_before: float = 0.0
    space_after: float = 0.0
    hyphenation: Hyphenation = field(default_factory=Hyphenation)
    word_space: WordSpace = field(default_factory=WordSpace)
    letter_space: LetterSpace = field(default_factory=LetterSpace)
    hanging_punctuation: bool = False
    balance: bool = False
    min_last_line: float = 2.5
    widows: int = 2
    orphans: int = 2
    keep_with_next: bool = False
    keep_together: bool = False
    drop_cap: DropInitial | None = None
    tabs: tuple[Tab, ...] = ()
    to_grid: bool = False
    strong: str = ""
    emphasis: str = ""
    patterns: tuple[TextPattern, ...] = ()
    rule_above: ParagraphRule | None = None
    rule_below: ParagraphRule | None = None
    shading: Shading | None = None
    span: ColumnSpan = ColumnSpan.COLUMN
    copyfit: CopyfitRange = field(default_factory=CopyfitRange)
    name: str = ""


OBJECT = "\ufffc"
"""The text of an inline object: OBJECT REPLACEMENT CHARACTER."""


@dataclass(frozen=True, slots=True)
class InlineObject:
    """Something that is set like one glyph: its width, and its height above the baseline, in ems.

    `content` is not known here; it is passed on to the line. Equal objects look the same.
    """

    width: float
    height: float
    content: Hashable


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one style. A newline forces a line break, a tab moves to the next tab stop.

    The text of an inline object is `OBJECT`.
    """

    text: str
    style: TypeStyle
    link: str | None = None
    origin: Origin | None = None
    inline: InlineObject | None = None
