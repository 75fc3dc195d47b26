"""Models of paragraph styles, character styles and fonts.

An attribute that a style does not set is None; `styles/style_sheet.py` resolves it from the style it is based on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.spec.constraints import (
    Bounds,
    Distance,
    Feature,
    Few,
    Figures,
    Language,
    MaxItems,
    Names,
    Percent,
    RegularExpression,
    Script,
    StyleEdition,
    Tracking,
    TypeSize,
    Weight,
    Width,
)
from brochure.spec.edges import Border, Insets
from brochure.spec.values import CharacterName, Length, Range, Share, StyleName, SwatchName
from brochure.typeset.style import Across, Align, Case, ColumnSpan, Position, RuleWidth, TabAlign

MAX_PATTERNS = 50
"""Patterns of a paragraph style; each is searched for in every paragraph."""


@dataclass(frozen=True, slots=True)
class DropSpec:
    """A drop cap."""

    lines: Annotated[
        Few, "height in lines; 1 without a character style removes an inherited drop cap"
    ] = 3
    characters: Annotated[Few, "number of characters"] = 1
    character: Annotated[CharacterName | None, "character style (default: that of the text)"] = None

    @property
    def is_none(self) -> bool:
        """True if it removes an inherited drop cap."""
        return self.lines == 1 and self.character is None


class LineEnd(Enum):
    """The place of a tab stop at the end of the line, however wide the column is."""

    END = "end"


@dataclass(frozen=True, slots=True)
class TabSpec:
    """A tab stop."""

    at: Annotated[
        Distance | LineEnd, "distance from the start of the line; `end` is the end of the line"
    ]
    align: Annotated[TabAlign, "alignment of the text at the stop"] = TabAlign.START
    leader: Annotated[str, "characters repeated up to the stop, e.g. '.'"] = ""


@dataclass(frozen=True, slots=True)
class PatternSpec:
    """Words that get a character style wherever they occur in paragraphs of the style, in every language."""

    match: Annotated[
        Annotated[str, RegularExpression()],
        "regular expression (RE2 syntax); if it has groups, only these get the style",
    ]
    character: Annotated[CharacterName, "character style of what matches"]


class Dash(Enum):
    """A dash pattern by name."""

    DOTTED = "dotted"


@dataclass(frozen=True, slots=True)
class ParagraphRuleSpec:
    """A rule above or below a paragraph."""

    thickness: Annotated[Width, "line weight; 0 pt removes an inherited rule"] = Length(0.5)
    colour: Annotated[SwatchName | None, "swatch (default: that of the text)"] = None
    gap: Annotated[
        Distance, "distance from the capitals, from the last baseline or from the shading"
    ] = Length(ems=0.4)
    width: Annotated[
        RuleWidth, "column, or text: as wide as the first or the last line of the paragraph"
    ] = RuleWidth.COLUMN
    dash: Annotated[
        tuple[Distance, ...] | Dash,
        "dash pattern: lengths of dashes and gaps, such as [2 pt, 3 pt], or `dotted` for round dots",
    ] = ()


@dataclass(frozen=True, slots=True)
class ShadingSpec:
    """Tint and border behind a paragraph. Consecutive paragraphs with the same shading have it in common."""

    colour: Annotated[SwatchName | None, "swatch of the tint (default: none)"] = None
    border: Annotated[Border | None, "border around the tint (default: none)"] = None
    inset: Annotated[
        Distance | Insets,
        "distance from the edges to the capitals, the last baseline and the lines",
    ] = Length(ems=0.6)
    width: Annotated[RuleWidth, "column, or text: as wide as the longest line"] = RuleWidth.COLUMN


@dataclass(frozen=True, slots=True)
class CharacterStyleSpec:
    """Formatting of a run of characters. Unset keys come from `based-on`, then from the paragraph."""

    span: Span
    based_on: Annotated[
        Annotated[str, Names(CharacterName)] | None, "the style that this one inherits from"
    ] = None
    font: Annotated[str | None, "font family name, as `brochure fonts` lists it"] = None
    weight: Annotated[
        Weight | None,
        "1 to 1000, or thin, extra-light, light, regular, medium, semibold, bold, extra-bold or black",
    ] = None
    width: Annotated[
        Percent | None, "width of the letters if the family has several widths: 75%"
    ] = None
    italic: Annotated[bool | None, "use the italic of the family"] = None
    optical_size: Annotated[
        Annotated[float, Bounds(1, 2000)] | None, "optical size in points (default: the type size)"
    ] = None
    size: Annotated[TypeSize | None, "type size; em refers to the style that it is based on"] = None
    colour: Annotated[SwatchName | None, "swatch of the text"] = None
    tracking: Annotated[
        Tracking | None, "extra space between all letters, in thousandths of an em"
    ] = None
    features: Annotated[
        tuple[Feature, ...] | None,
        "OpenType features by tag; a minus turns one off: [ss01, -liga]",
    ] = None
    figures: Annotated[
        tuple[Figures, ...] | None, "figure styles: lining or oldstyle, tabular or proportional"
    ] = None
    case: Annotated[Case | None, "as-written, upper or small-caps"] = None
    position: Annotated[Position | None, "normal, superscript or subscript"] = None
    baseline_shift: Annotated[
        Length | None, "shift above the baseline; a negative length shifts below it"
    ] = None
    underline: Annotated[bool | None, "underline the text"] = None
    strikethrough: Annotated[bool | None, "strike the text through"] = None
    language: Annotated[Language | None, "language of the text, as a BCP 47 tag"] = None
    in_: Annotated[
        Mapping[StyleEdition, CharacterStyleSpec],
        "keys that differ in editions of a language or script: `{de: {size: 9 pt}, Khmr: {font: …}}`",
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HyphenSpec:
    """Hyphenation settings."""

    min_before: Annotated[int, Bounds(1, 50), "minimum number of letters before the hyphen"] = 2
    min_after: Annotated[int, Bounds(1, 50), "minimum number of letters after the hyphen"] = 3
    min_word: Annotated[int, Bounds(1, 50), "minimum number of letters of a hyphenated word"] = 5
    max_consecutive: Annotated[
        int, Bounds(0, 100), "maximum number of consecutive lines that end in a hyphen"
    ] = 2
    across: Annotated[
        Across,
        "how far a word may be divided: column (over columns of a page), page (over facing pages),"
        " spread (over all pages), or none (in a column only)",
    ] = Across.COLUMN


@dataclass(frozen=True, slots=True)
class CopyfitSpec:
    """Copyfitting: how far a style may change to fit long copy. The result is the same throughout an edition."""

    size: Annotated[
        Annotated[Range, Bounds(0.5, 2000)] | None, "range of the type size in points: 8.6..9.5"
    ] = None
    leading: Annotated[
        Annotated[Range, Bounds(0.5, 2000)] | None, "range of the leading in points: 12..13"
    ] = None
    tracking: Annotated[
        Annotated[Range, Bounds(-500, 500)] | None,
        "range of the tracking in thousandths of an em: -10..0",
    ] = None
    word_space: Annotated[
        Annotated[Range, Bounds(10, 1000)] | None,
        "range of the word space in percent of the font's own: 85..100",
    ] = None
    hyphenation: Annotated[bool, "allow hyphenation as a last resort"] = False


@dataclass(frozen=True, slots=True)
class ParagraphStyleSpec(CharacterStyleSpec):
    """Formatting of a paragraph. Unset keys come from `based-on`, then from the style `body`."""

    based_on: Annotated[
        Annotated[str, Names(StyleName)] | None, "the style that this one inherits from"
    ] = None
    leading: Annotated[
        TypeSize | None, "distance from baseline to baseline; 1.2 em is 1.2 times the type size"
    ] = None
    align: Annotated[
        Align | None,
        "start, end, left, right, centre, justify, inner (towards the spine) or outer (away from it)",
    ] = None

    indent: Annotated[Length | None, "first-line indent"] = None
    indent_start: Annotated[Length | None, "indent of all lines at their start"] = None
    indent_end: Annotated[Length | None, "indent of all lines at their end"] = None
    space_before: Annotated[
        Distance | None, "space above the paragraph; ignored at the top of a frame"
    ] = None
    space_after: Annotated[
        Distance | None, "space below the paragraph; ignored at the bottom of a frame"
    ] = None
    hyphenation: Annotated[
        bool | HyphenSpec | None, "yes, no, or hyphenation settings: {min-word: 6}"
    ] = None
    word_space: Annotated[
        Annotated[Range, Bounds(10, 1000)] | None,
        "minimum and maximum word space in percent of the font's own: 80..140",
    ] = None
    letter_space: Annotated[
        Annotated[Range, Bounds(-500, 500)] | None,
        "letter space that justification may add, in thousandths of an em: -5..10",
    ] = None
    hanging_punctuation: Annotated[bool | None, "let punctuation hang into the margin"] = None
    balance: Annotated[bool | None, "balance the lengths of the lines, for headings"] = None
    min_last_line: Annotated[Distance | None, "minimum length of the last line"] = None
    widows: Annotated[
        Few | None, "minimum number of lines of a paragraph at the top of a frame"
    ] = None
    orphans: Annotated[
        Few | None, "minimum number of lines of a paragraph at the bottom of a frame"
    ] = None
    keep_with_next: Annotated[bool | None, "keep in the same frame as the next paragraph"] = None
    keep_together: Annotated[bool | None, "do not break the paragraph across frames"] = None
    drop_cap: Annotated[DropSpec | None, "drop cap"] = None
    copyfit: Annotated[CopyfitSpec | None, "how far the style may change to fit long copy"] = None
    tabs: Annotated[tuple[TabSpec, ...] | None, "tab stops"] = None
    strong: Annotated[
        CharacterName | None, "character style of **strong** text (default: `strong`, else bold)"
    ] = None
    emphasis: Annotated[
        CharacterName | None, "character style of *emphasis* (default: `emphasis`, else italic)"
    ] = None
    patterns: Annotated[
        Annotated[tuple[PatternSpec, ...], MaxItems(MAX_PATTERNS)] | None,
        "character styles for whatever matches a regular expression",
    ] = None
    rule_above: Annotated[
        ParagraphRuleSpec | None, "rule above the paragraph: {thickness: 0.5 pt, gap: 4 pt}"
    ] = None
    rule_below: Annotated[ParagraphRuleSpec | None, "rule below the paragraph"] = None
    shading: Annotated[
        ShadingSpec | None, "tint and border behind the paragraph: {colour: sand, inset: 6 pt}"
    ] = None
    span_: Annotated[
        ColumnSpan | None, "all: span the columns of the frame; column: do not (default)"
    ] = None
    grid: Annotated[bool | None, "align the lines with the baseline grid"] = None
    in_: Annotated[
        Mapping[StyleEdition, ParagraphStyleSpec],
        "keys that differ in editions of a language or script: `{de: {size: 30 pt}, Khmr: {font: …}}`",
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FallbackSpec:
    """Fallback font for a script that the style's own font does not support."""

    family: Annotated[str, "font family name, as `brochure fonts` lists it"]
    scale: Annotated[Percent, "type size relative to the style's own font"] = Share(1.0)


@dataclass(frozen=True, slots=True)
class Fonts:
    """System fonts and fallback fonts."""

    system: Annotated[
        bool,
        "also use the fonts installed on this machine; the result may then differ on another machine",
    ] = False
    fallback: Annotated[
        Mapping[Script, str | FallbackSpec],
        "fallback font of each script (ISO 15924: Khmr, Arab, Deva …, or any)",
    ] = field(default_factory=dict)
