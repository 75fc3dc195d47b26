"""The layout as the designer wrote it: checked, nothing computed, every part with its Span.

Takes the kinds of value from `values`; gives `Layout` and its parts, plain frozen dataclasses. The reader, the JSON Schema
and the reference page all follow from these classes: a field's type says how it is written, its `doc` what it is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated

from brochure.colour.swatch import Paint
from brochure.findings import Span
from brochure.spec.values import (
    CharacterName,
    Length,
    MasterName,
    Message,
    Place,
    Range,
    Share,
    Size,
    StoryName,
    SwatchName,
)
from brochure.typeset.style import Align, Case, Position

Doc = str
"""The second part of `Annotated[type, doc]`: a sentence for the reference page and the editor's tooltip."""

Content = tuple[object, ...]
"""Blocks, as the kinds in `blocks/` read them: one block, or a list of them."""


class Binding(Enum):
    """How the sheets are held together."""

    SADDLE_STITCH = "saddle-stitch"
    PERFECT = "perfect"
    NONE = "none"


class Start(Enum):
    """The side of the fold on which page 1 stands."""

    LEFT = "left"
    RIGHT = "right"


class Valign(Enum):
    """Where matter stands in a frame that is taller than it."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Margins:
    """Distances of the type area from the trim; inner is the spine's side."""

    top: Annotated[Length, "from the head of the page"] = Length(42.52)
    bottom: Annotated[Length, "from the foot of the page"] = Length(42.52)
    inner: Annotated[Length, "from the spine"] = Length(42.52)
    outer: Annotated[Length, "from the fore edge"] = Length(42.52)


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of a page: margins, columns, rows and the baseline grid."""

    span: Span
    margins: Annotated[Margins, "the margins around the type area"] = Margins()
    columns: Annotated[int, "how many columns the type area has"] = 6
    gutter: Annotated[Length, "the space between columns"] = Length(11.34)
    rows: Annotated[int, "how many rows the type area has"] = 8
    row_gutter: Annotated[Length | None, "the space between rows; as the gutter unless told"] = None
    baseline: Annotated[Length, "the step of the baseline grid"] = Length(13.0)
    baseline_start: Annotated[
        Length | None,
        "the first baseline below the head of the page; the top margin plus one step unless told",
    ] = None


@dataclass(frozen=True, slots=True)
class DropSpec:
    """A drop initial."""

    lines: Annotated[int, "how many lines deep the initial hangs"] = 3
    characters: Annotated[int, "how many characters it takes"] = 1
    character: Annotated[CharacterName | None, "the character style of the initial"] = None


@dataclass(frozen=True, slots=True)
class TabSpec:
    """A tab stop."""

    at: Annotated[Length, "distance from the start of the line"]
    align: Annotated[Align, "how the text stands on the stop"] = Align.START
    leader: Annotated[str, "what fills the way to the stop, e.g. a full stop"] = ""


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """How a run of characters looks. What is not said comes from `based-on`, then from the paragraph."""

    span: Span
    based_on: Annotated[str | None, "the style that this one starts from"] = None
    font: Annotated[str | None, "the family, by its name"] = None
    weight: Annotated[
        int | str | None, "100 to 900, or thin, light, regular, medium, semibold, bold, black"
    ] = None
    width: Annotated[
        Share | None, "the width of the letters, where the family has several: 75%"
    ] = None
    italic: Annotated[bool | None, "the italic of the family"] = None
    optical: Annotated[float | None, "the optical size in points; follows the size unless told"] = (
        None
    )
    size: Annotated[Length | None, "the size of the type; ems are of the style it is based on"] = (
        None
    )
    colour: Annotated[SwatchName | None, "the swatch of the letters"] = None
    tracking: Annotated[float | None, "space between all letters, in thousandths of an em"] = None
    features: Annotated[
        tuple[str, ...] | None,
        "OpenType features by tag, with a minus to turn one off: [ss01, -liga]",
    ] = None
    figures: Annotated[
        tuple[str, ...] | None, "of figures: lining or oldstyle, tabular or proportional"
    ] = None
    case: Annotated[Case | None, "as-written, upper or small-caps"] = None
    position: Annotated[Position | None, "normal, superscript or subscript"] = None
    rise: Annotated[Length | None, "how far the letters stand above the baseline"] = None
    underline: Annotated[bool | None, "a line beneath"] = None
    strike: Annotated[bool | None, "a line through"] = None
    language: Annotated[str | None, "the language of these words, as a BCP 47 tag"] = None


@dataclass(frozen=True, slots=True)
class HyphenSpec:
    """Limits of hyphenation."""

    before: Annotated[int, "letters that must stay before the hyphen"] = 2
    after: Annotated[int, "letters that must follow it"] = 3
    shortest: Annotated[int, "letters that a word must have to be divided"] = 5
    ladder: Annotated[int, "lines in a row that may end in a hyphen"] = 2


@dataclass(frozen=True, slots=True)
class FitSpec:
    """How far a style may give way where the copy is too long; it is the same all over the edition."""

    size: Annotated[Range | None, "the type size, in points: 8.6..9.5"] = None
    leading: Annotated[Range | None, "baseline to baseline, in points: 12..13"] = None
    tracking: Annotated[Range | None, "thousandths of an em: -10..0"] = None
    word_space: Annotated[Range | None, "per cent of the font's own space: 85..100"] = None
    hyphenate: Annotated[bool, "whether words may be divided as a last help"] = False


@dataclass(frozen=True, slots=True)
class ParagraphStyle(CharacterStyle):
    """How a paragraph is set. What is not said comes from `based-on`, then from the style `body`."""

    leading: Annotated[Length | None, "baseline to baseline; 1.2 em means 1.2 times the size"] = (
        None
    )
    align: Annotated[Align | None, "start, end, left, right, centre or justify"] = None
    indent: Annotated[Length | None, "of the first line"] = None
    indent_start: Annotated[Length | None, "of all lines, where they begin"] = None
    indent_end: Annotated[Length | None, "of all lines, where they end"] = None
    space_before: Annotated[
        Length | None, "above the paragraph; dropped at the head of a frame"
    ] = None
    space_after: Annotated[Length | None, "below the paragraph; dropped at the foot of a frame"] = (
        None
    )
    hyphenate: Annotated[
        bool | HyphenSpec | None, "whether words may be divided, and within what limits"
    ] = None
    word_space: Annotated[
        Range | None, "least and most space between words, in per cent of the font's: 80..140"
    ] = None
    letter_space: Annotated[
        Range | None,
        "space that justifying may put between letters, in thousandths of an em: -5..10",
    ] = None
    hang: Annotated[bool | None, "whether punctuation hangs into the margin"] = None
    balance: Annotated[bool | None, "whether the lines of a heading are made alike in length"] = (
        None
    )
    last_line: Annotated[Length | None, "the least length of a last line"] = None
    widows: Annotated[
        int | None, "lines of a paragraph that must stand together at the head of a frame"
    ] = None
    orphans: Annotated[
        int | None, "lines of a paragraph that must stand together at the foot of a frame"
    ] = None
    keep_with_next: Annotated[bool | None, "whether it stays with the paragraph that follows"] = (
        None
    )
    keep_together: Annotated[bool | None, "whether it may not be divided over frames"] = None
    drop: Annotated[DropSpec | None, "a drop initial"] = None
    fit: Annotated[FitSpec | None, "how far it may give way where the copy is too long"] = None
    tabs: Annotated[tuple[TabSpec, ...] | None, "tab stops"] = None
    grid: Annotated[bool | None, "whether its lines stand on the baseline grid"] = None


@dataclass(frozen=True, slots=True)
class FallbackSpec:
    """The family that sets a script where the style's own cannot."""

    family: Annotated[str, "the family, by its name"]
    scale: Annotated[Share, "its size beside the style's own family"] = Share(1.0)


@dataclass(frozen=True, slots=True)
class Fonts:
    """Where type comes from."""

    system: Annotated[
        bool,
        "whether the fonts installed on this machine may be used; the same layout may then differ elsewhere",
    ] = False
    fallback: Annotated[
        Mapping[str, str | FallbackSpec],
        "script (ISO 15924: Khmr, Arab, Deva …, or any) to the family that sets it",
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Border:
    """A line around a frame or a box."""

    colour: Annotated[SwatchName, "its swatch"]
    width: Annotated[Length, "how thick"] = Length(0.5)


@dataclass(frozen=True, slots=True)
class Insets:
    """Distances from the frame's edges to its matter."""

    top: Annotated[Length, "at the head"] = Length()
    bottom: Annotated[Length, "at the foot"] = Length()
    start: Annotated[Length, "where lines begin"] = Length()
    end: Annotated[Length, "where lines end"] = Length()


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the page that holds blocks, a story, or nothing but a colour."""

    span: Span
    at: Annotated[
        Place,
        "where it stands: `columns 1-4, rows 7-9`, `bleed`, `spread-bleed`, `x 10 mm, y 2 cm, width 5 cm, height 8 cm`",
    ]
    content: Annotated[Content, "the blocks it holds unless a page puts others in"] = ()
    story: Annotated[StoryName | None, "the story that runs through it"] = None
    valign: Annotated[Valign, "top, middle or bottom"] = Valign.TOP
    inset: Annotated[Length | Insets, "from its edges to its matter"] = Length()
    background: Annotated[SwatchName | None, "a field of colour behind it"] = None
    border: Annotated[Border | None, "a line around it"] = None
    rotate: Annotated[
        float, "turns it about its middle, in degrees counter-clockwise; 90 and 270 swap its sides"
    ] = 0.0
    mirror: Annotated[
        bool, "whether it changes sides in languages that are written from right to left"
    ] = True
    layer: Annotated[
        int, "stacking order: higher lies above lower; in a layer, later above earlier"
    ] = 0
    columns: Annotated[int, "how many columns its text runs in"] = 1
    gutter: Annotated[
        Length | None, "the space between these columns; as the grid's unless told"
    ] = None
    balance: Annotated[bool, "whether these columns are made equally long"] = False
    grow: Annotated[
        Length | None,
        "how far it may grow where its matter does not fit: at its foot, or at its head with valign: bottom",
    ] = None
    wrap: Annotated[
        Length | None, "text of other frames on the page runs around this frame at this distance"
    ] = None


@dataclass(frozen=True, slots=True)
class Master:
    """A page's plan: frames with names, which pages fill."""

    span: Span
    based_on: Annotated[str | None, "the master that this one starts from"] = None
    grid: Annotated[Grid | None, "a grid of its own"] = None
    background: Annotated[SwatchName | None, "the colour of the whole page, out to the bleed"] = (
        None
    )
    frames: Annotated[
        Mapping[str, Frame], "its frames, by name, from the lowest to the highest"
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: its master, and what stands in the master's frames (each by the frame's name)."""

    span: Span
    master: Annotated[MasterName | None, "the master that it follows"] = None
    background: Annotated[SwatchName | None, "the colour of this page, out to the bleed"] = None
    folio: Annotated[
        str | None, "what is printed as its number; its place in the brochure unless told"
    ] = None
    frames: Annotated[Mapping[str, Frame], "frames of this page alone"] = field(
        default_factory=dict
    )
    fills: Mapping[str, Content | StoryName] = field(default_factory=dict)
    fill_spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StorySpec:
    """Blocks that run through the frames that name the story, in the order of the pages."""

    span: Span
    content: Annotated[Content, "the blocks"] = ()


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour with a name."""

    name: str
    paint: Paint
    span: Span


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole layout."""

    file: str
    span: Span
    brochure: Annotated[str, "the name of the brochure: it begins the names of the files"]
    size: Annotated[
        Size, "the trimmed page: A3 to A7, Letter, Legal, Tabloid, DL …, or `148 x 210 mm`"
    ]
    pages: Annotated[tuple[PageSpec, ...], "the pages, in order"]
    title: Annotated[Message | None, "the message that titles the document"] = None
    source: Annotated[str, "the language that the copy is written in, as a BCP 47 tag"] = "en"
    bleed: Annotated[Length, "how far colour runs beyond the trim"] = Length(8.504)
    slug: Annotated[Length, "the strip beyond the bleed for the printer's notes"] = Length()
    binding: Annotated[Binding, "saddle-stitch, perfect or none"] = Binding.SADDLE_STITCH
    start: Annotated[Start, "the side on which page 1 stands: left or right"] = Start.RIGHT
    facts: Annotated[
        Mapping[str, int | float | str],
        "figures written once, used in words as {name} and in charts",
    ] = field(default_factory=dict)
    swatches: Annotated[Mapping[str, Swatch], "colours, by name"] = field(default_factory=dict)
    fonts: Annotated[Fonts, "where type comes from"] = field(default_factory=Fonts)
    grid: Annotated[Grid | None, "the grid of every page whose master has none of its own"] = None
    styles: Annotated[Mapping[str, ParagraphStyle], "paragraph styles, by name"] = field(
        default_factory=dict
    )
    characters: Annotated[Mapping[str, CharacterStyle], "character styles, by name"] = field(
        default_factory=dict
    )
    masters: Annotated[Mapping[str, Master], "page plans, by name"] = field(default_factory=dict)
    stories: Annotated[
        Mapping[str, StorySpec], "stories that run through several frames, by name"
    ] = field(default_factory=dict)
    organisation: Annotated[
        Message | None, "the message that names the organisation, for the document's properties"
    ] = None
    subject: Annotated[Message | None, "the message that says what the document is about"] = None
