"""Styles as the designer wrote them: how characters and paragraphs look, nothing resolved.

Takes the kinds of value from `values` and their limits; gives `ParagraphStyleSpec`, `CharacterStyleSpec` and what they are made
of. Whatever a style does not say is None here; `styles/style_sheet.py` fills it in from the style that it is based on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
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
    Names,
    Percent,
    Script,
    Tracking,
    TypeSize,
    Weight,
)
from brochure.spec.values import CharacterName, Length, Range, Share, StyleName, SwatchName
from brochure.typeset.style import Align, Case, Position


@dataclass(frozen=True, slots=True)
class DropSpec:
    """A drop initial."""

    lines: Annotated[Few, "how many lines deep the initial hangs"] = 3
    characters: Annotated[Few, "how many characters it takes"] = 1
    character: Annotated[CharacterName | None, "the character style of the initial"] = None


@dataclass(frozen=True, slots=True)
class TabSpec:
    """A tab stop."""

    at: Annotated[Distance, "distance from the start of the line"]
    align: Annotated[Align, "how the text stands on the stop"] = Align.START
    leader: Annotated[str, "what fills the way to the stop, e.g. a full stop"] = ""


@dataclass(frozen=True, slots=True)
class CharacterStyleSpec:
    """How a run of characters looks. What is not said comes from `based-on`, then from the paragraph."""

    span: Span
    based_on: Annotated[
        Annotated[str, Names(CharacterName)] | None, "the style that this one starts from"
    ] = None
    font: Annotated[str | None, "the family, by its name"] = None
    weight: Annotated[
        Weight | None, "100 to 900, or thin, light, regular, medium, semibold, bold, black"
    ] = None
    width: Annotated[
        Percent | None, "the width of the letters, where the family has several: 75%"
    ] = None
    italic: Annotated[bool | None, "the italic of the family"] = None
    optical_size: Annotated[
        Annotated[float, Bounds(1, 2000)] | None,
        "the optical size in points; follows the size unless told",
    ] = None
    size: Annotated[
        TypeSize | None, "the size of the type; ems are of the style it is based on"
    ] = None
    colour: Annotated[SwatchName | None, "the swatch of the letters"] = None
    tracking: Annotated[Tracking | None, "space between all letters, in thousandths of an em"] = (
        None
    )
    features: Annotated[
        tuple[Feature, ...] | None,
        "OpenType features by tag, with a minus to turn one off: [ss01, -liga]",
    ] = None
    figures: Annotated[
        tuple[Figures, ...] | None, "of figures: lining or oldstyle, tabular or proportional"
    ] = None
    case: Annotated[Case | None, "as-written, upper or small-caps"] = None
    position: Annotated[Position | None, "normal, superscript or subscript"] = None
    baseline_shift: Annotated[Length | None, "how far the letters stand above the baseline"] = None
    underline: Annotated[bool | None, "a line beneath"] = None
    strikethrough: Annotated[bool | None, "a line through"] = None
    language: Annotated[Language | None, "the language of these words, as a BCP 47 tag"] = None


@dataclass(frozen=True, slots=True)
class HyphenSpec:
    """Limits of hyphenation."""

    min_before: Annotated[int, Bounds(1, 50), "letters that must stay before the hyphen"] = 2
    min_after: Annotated[int, Bounds(1, 50), "letters that must follow it"] = 3
    min_word: Annotated[int, Bounds(1, 50), "letters that a word must have to be divided"] = 5
    max_consecutive: Annotated[int, Bounds(0, 100), "lines in a row that may end in a hyphen"] = 2


@dataclass(frozen=True, slots=True)
class CopyfitSpec:
    """How far a style may give way where the copy is too long; it is the same all over the edition."""

    size: Annotated[
        Annotated[Range, Bounds(0.5, 2000)] | None, "the type size, in points: 8.6..9.5"
    ] = None
    leading: Annotated[
        Annotated[Range, Bounds(0.5, 2000)] | None, "baseline to baseline, in points: 12..13"
    ] = None
    tracking: Annotated[
        Annotated[Range, Bounds(-500, 500)] | None, "thousandths of an em: -10..0"
    ] = None
    word_space: Annotated[
        Annotated[Range, Bounds(10, 1000)] | None, "per cent of the font's own space: 85..100"
    ] = None
    hyphenation: Annotated[bool, "whether words may be divided as a last help"] = False


@dataclass(frozen=True, slots=True)
class ParagraphStyleSpec(CharacterStyleSpec):
    """How a paragraph is set. What is not said comes from `based-on`, then from the style `body`."""

    based_on: Annotated[
        Annotated[str, Names(StyleName)] | None, "the style that this one starts from"
    ] = None
    leading: Annotated[TypeSize | None, "baseline to baseline; 1.2 em means 1.2 times the size"] = (
        None
    )
    align: Annotated[Align | None, "start, end, left, right, centre or justify"] = None
    indent: Annotated[Length | None, "of the first line"] = None
    indent_start: Annotated[Length | None, "of all lines, where they begin"] = None
    indent_end: Annotated[Length | None, "of all lines, where they end"] = None
    space_before: Annotated[
        Distance | None, "above the paragraph; dropped at the head of a frame"
    ] = None
    space_after: Annotated[
        Distance | None, "below the paragraph; dropped at the foot of a frame"
    ] = None
    hyphenation: Annotated[
        bool | HyphenSpec | None, "whether words may be divided, and within what limits"
    ] = None
    word_space: Annotated[
        Annotated[Range, Bounds(10, 1000)] | None,
        "least and most space between words, in per cent of the font's: 80..140",
    ] = None
    letter_space: Annotated[
        Annotated[Range, Bounds(-500, 500)] | None,
        "space that justifying may put between letters, in thousandths of an em: -5..10",
    ] = None
    hanging_punctuation: Annotated[bool | None, "whether punctuation hangs into the margin"] = None
    balance: Annotated[bool | None, "whether the lines of a heading are made alike in length"] = (
        None
    )
    min_last_line: Annotated[Distance | None, "the least length of a last line"] = None
    widows: Annotated[
        Few | None, "lines of a paragraph that must stand together at the head of a frame"
    ] = None
    orphans: Annotated[
        Few | None, "lines of a paragraph that must stand together at the foot of a frame"
    ] = None
    keep_with_next: Annotated[bool | None, "whether it stays with the paragraph that follows"] = (
        None
    )
    keep_together: Annotated[bool | None, "whether it may not be divided over frames"] = None
    drop_cap: Annotated[DropSpec | None, "a drop initial"] = None
    copyfit: Annotated[CopyfitSpec | None, "how far it may give way where the copy is too long"] = (
        None
    )
    tabs: Annotated[tuple[TabSpec, ...] | None, "tab stops"] = None
    grid: Annotated[bool | None, "whether its lines stand on the baseline grid"] = None


@dataclass(frozen=True, slots=True)
class FallbackSpec:
    """The family that sets a script where the style's own cannot."""

    family: Annotated[str, "the family, by its name"]
    scale: Annotated[Percent, "its size beside the style's own family"] = Share(1.0)


@dataclass(frozen=True, slots=True)
class Fonts:
    """Where type comes from."""

    system: Annotated[
        bool,
        "whether the fonts installed on this machine may be used; the same layout may then differ elsewhere",
    ] = False
    fallback: Annotated[
        Mapping[Script, str | FallbackSpec],
        "script (ISO 15924: Khmr, Arab, Deva …, or any) to the family that sets it",
    ] = field(default_factory=dict)
