"""Type styles, resolved: numbers only, nothing left to look up.

Takes nothing; gives `TypeStyle` (how a run of characters looks), `ParagraphStyle` (how a paragraph is set) and `TextRun`
(characters with their style), the three things that the setting of type is asked with. Lengths are points, tracking is
thousandths of an em, word spaces are fractions of the font's own space.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from brochure.color.swatch import BLACK, Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Span


class Align(Enum):
    """Where the lines of a paragraph stand; start and end follow the direction of the text."""

    START = "start"
    END = "end"
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"
    JUSTIFY = "justify"


class Case(Enum):
    """Letter case that the style imposes on its text."""

    AS_WRITTEN = "as-written"
    UPPER = "upper"
    SMALL_CAPS = "small-caps"


class Position(Enum):
    """Superiors and inferiors: footnote marks, ordinals, chemical formulas."""

    NORMAL = "normal"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"


@dataclass(frozen=True, slots=True)
class Fallback:
    """The family that sets a script (ISO 15924 code, or `any`) where the style's own family cannot, and at what scale."""

    script: str
    family: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """How a run of characters looks. `optical` None means: the optical size follows the size."""

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
    """How narrow and wide the space between words may become, as fractions of the font's own space."""

    least: float = 0.8
    ideal: float = 1.0
    most: float = 1.4


@dataclass(frozen=True, slots=True)
class LetterSpace:
    """How much space justification may add or take between letters, in thousandths of an em."""

    least: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """Whether and how words may be divided; `ladder` is how many lines in a row may end in a hyphen.

    `before` and `after` are the fewest letters on either side of a hyphen; the language's own rule holds where it asks for
    more.
    """

    on: bool = False
    min_before: int = 0
    min_after: int = 0
    min_word: int = 5
    max_consecutive: int = 2


@dataclass(frozen=True, slots=True)
class DropInitial:
    """An initial that hangs `lines` deep and takes the first `characters` of the paragraph."""

    lines: int
    characters: int = 1
    type: TypeStyle | None = None
    gap: float = 3.0


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop: its distance from the line's start, how text stands on it, and what fills the way there."""

    at: float
    align: Align = Align.START
    leader: str = ""


@dataclass(frozen=True, slots=True)
class CopyfitRange:
    """How far a style may give way where the copy is too long.

    `size`, `leading` and `word_space` are the least shares of what the style has (1: not at all), `tracking` is what may be
    added to its own, in thousandths of an em (0 or below).
    """

    size: float = 1.0
    leading: float = 1.0
    tracking: float = 0.0
    word_space: float = 1.0
    hyphenation: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a paragraph is set.

    `balance` evens out the lines of a ragged heading. `last_line` is the least width of the last line, in ems: never a
    stub. `to_grid` puts baselines on the baseline grid; `leading` is baseline to baseline. `name` is what reports call it.
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
    copyfit: CopyfitRange = field(default_factory=CopyfitRange)
    name: str = ""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one style. A newline in the text is a forced line end, a tab goes to the next tab stop."""

    text: str
    style: TypeStyle
    link: str | None = None
    span: Span | None = None
