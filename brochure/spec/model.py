"""The layout as the designer wrote it: checked, nothing computed, every part with its Span.

Takes the kinds of value from `values`; gives `Layout` and its parts, plain frozen dataclasses. The reader, the JSON Schema
and the reference page all follow from these classes: a field's type says how it is written, its `doc` what it is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Annotated

from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.spec.constraints import (
    DATE,
    Bounds,
    Distance,
    FactKey,
    Few,
    FieldKey,
    FileName,
    Language,
    Names,
    Width,
)
from brochure.spec.finishing import Binding, Fold, Paper, PrinterMark, PrinterMarks
from brochure.spec.printing_condition import PressSpec
from brochure.spec.styles import CharacterStyleSpec, Fonts, ParagraphStyleSpec
from brochure.spec.values import (
    RECORD,
    ConditionName,
    Example,
    Length,
    MasterName,
    Message,
    Placement,
    Size,
    StoryName,
    SwatchName,
)

Doc = str
"""The second part of `Annotated[type, doc]`: a sentence for the reference page and the editor's tooltip."""

Content = tuple[object, ...]
"""Blocks, as the kinds in `blocks/` read them: one block, or a list of them."""


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

    top: Annotated[Distance, "from the head of the page"] = Length(42.52)
    bottom: Annotated[Distance, "from the foot of the page"] = Length(42.52)
    inner: Annotated[Distance, "from the spine"] = Length(42.52)
    outer: Annotated[Distance, "from the fore edge"] = Length(42.52)


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of a page: margins, columns, rows and the baseline grid."""

    span: Span
    margins: Annotated[Margins, "the margins around the type area"] = Margins()
    columns: Annotated[int, Bounds(1, 48), "how many columns the type area has"] = 6
    gutter: Annotated[Distance, "the space between columns"] = Length(11.34)
    rows: Annotated[int, Bounds(1, 200), "how many rows the type area has"] = 8
    row_gutter: Annotated[Distance | None, "the space between rows; as the gutter unless told"] = (
        None
    )
    baseline: Annotated[Length, Bounds(1, 500), "the step of the baseline grid"] = Length(13.0)
    baseline_start: Annotated[
        Distance | None,
        "the first baseline below the head of the page; the top margin plus one step unless told",
    ] = None


@dataclass(frozen=True, slots=True)
class Border:
    """A line around a frame or a box."""

    colour: Annotated[SwatchName, "its swatch"]
    width: Annotated[Width, "how thick"] = Length(0.5)


@dataclass(frozen=True, slots=True)
class Insets:
    """Distances from the frame's edges to its matter."""

    top: Annotated[Distance, "at the head"] = Length()
    bottom: Annotated[Distance, "at the foot"] = Length()
    start: Annotated[Distance, "where lines begin"] = Length()
    end: Annotated[Distance, "where lines end"] = Length()


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the page that holds blocks, a story, or nothing but a colour."""

    span: Span
    at: Annotated[
        Placement,
        "where it stands: `columns 1-4, rows 7-9`, `bleed`, `spread-bleed`, `x 10 mm, y 2 cm, width 5 cm, height 8 cm`",
    ]
    content: Annotated[Content, "the blocks it holds unless a page puts others in"] = ()
    story: Annotated[StoryName | None, "the story that runs through it"] = None
    valign: Annotated[Valign, "top, middle or bottom"] = Valign.TOP
    inset: Annotated[Distance | Insets, "from its edges to its matter"] = Length()
    background: Annotated[SwatchName | None, "a field of colour behind it"] = None
    border: Annotated[Border | None, "a line around it"] = None
    rotate: Annotated[
        float,
        Bounds(-360, 360),
        "turns it about its middle, in degrees counter-clockwise; 90 and 270 swap its sides",
    ] = 0.0
    mirror: Annotated[
        bool, "whether it changes sides in languages that are written from right to left"
    ] = True
    layer: Annotated[
        int,
        Bounds(-1000, 1000),
        "stacking order: higher lies above lower; in a layer, later above earlier",
    ] = 0
    reading_order: Annotated[
        int,
        Bounds(-1000, 1000),
        "its turn when the page is read aloud: lower is read earlier; among equals the order of the layout",
    ] = 0
    columns: Annotated[Few, "how many columns its text runs in"] = 1
    gutter: Annotated[
        Distance | None, "the space between these columns; as the grid's unless told"
    ] = None
    balance: Annotated[bool, "whether these columns are made equally long"] = False
    auto_size: Annotated[
        Distance | None,
        "how far it may grow where its matter does not fit: at its foot, or at its head with valign: bottom",
    ] = None
    text_wrap: Annotated[
        Distance | None, "text of other frames on the page runs around this frame at this distance"
    ] = None


@dataclass(frozen=True, slots=True)
class Master:
    """A page's plan: frames with names, which pages fill."""

    span: Span
    based_on: Annotated[
        Annotated[str, Names(MasterName)] | None, "the master that this one starts from"
    ] = None
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
class Screen:
    """How large the pictures of the screen edition are."""

    ppi: Annotated[float, Bounds(36, 600), "pixels per inch that pictures are brought down to"] = (
        150
    )
    quality: Annotated[int, Bounds(20, 100), "the quality of JPEGs that are made anew, to 100"] = 82


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The whole layout."""

    # Compared by identity, so that what is made of it alone can be kept.

    file: str
    span: Span
    brochure: Annotated[FileName, "the name of the brochure: it begins the names of the files"]
    size: Annotated[
        Size, "the trimmed page: A3 to A7, Letter, Legal, Tabloid, DL …, or `148 x 210 mm`"
    ]
    pages: Annotated[tuple[PageSpec, ...], "the pages, in order"]
    spine: Annotated[
        PageSpec | None,
        "the spine of a perfect-bound cover, as a page that is as wide as the block is thick",
    ] = None
    title: Annotated[Message | None, "the message that titles the document"] = None
    source_language: Annotated[
        Language, "the language that the copy is written in, as a BCP 47 tag"
    ] = "en"
    bleed: Annotated[Width, "how far colour runs beyond the trim"] = Length(8.504)
    slug: Annotated[Width, "the strip beyond the bleed for the printer's notes"] = Length()
    binding: Annotated[
        Binding,
        "saddle-stitch or perfect; tri-fold, z-fold or gate-fold, whose pages are panels; or none",
    ] = Binding.SADDLE_STITCH
    fold: Annotated[Fold, "how a folded sheet is folded"] = field(default_factory=Fold)
    paper: Annotated[Paper, "how thick the paper is: for the spine and for creep"] = field(
        default_factory=Paper
    )
    marks: Annotated[
        bool | tuple[PrinterMark, ...] | PrinterMarks,
        "marks around the trim of a press PDF: yes for all, no, a list of kinds, or `{crop: yes, offset: 5 mm}`",
    ] = False
    press: Annotated[
        ConditionName | PressSpec | None,
        "what it is printed on: coated-fogra39 unless told, a name alone or with keys",
    ] = None
    date: Annotated[
        Annotated[str, DATE] | None,
        "the date of press PDFs, such as 2026-11-24; `--date` replaces it",
    ] = None
    screen: Annotated[Screen, "how large the pictures of the screen edition are"] = Screen()
    first_page: Annotated[Start, "the side on which page 1 stands: left or right"] = Start.RIGHT
    variables: Annotated[
        Mapping[FactKey, int | float | str],
        "figures written once, used in words as {name} and in charts",
    ] = field(default_factory=dict)
    merge_fields: Annotated[
        Mapping[FieldKey, Example],
        "the fields of a record for mail-merge, each with an example: `name` is {record_name} in words",
    ] = field(default_factory=dict)
    swatches: Annotated[Mapping[str, Swatch], "colours, by name"] = field(default_factory=dict)
    fonts: Annotated[Fonts, "where type comes from"] = field(default_factory=Fonts)
    grid: Annotated[Grid | None, "the grid of every page whose master has none of its own"] = None
    paragraph_styles: Annotated[Mapping[str, ParagraphStyleSpec], "paragraph styles, by name"] = (
        field(default_factory=dict)
    )
    character_styles: Annotated[Mapping[str, CharacterStyleSpec], "character styles, by name"] = (
        field(default_factory=dict)
    )
    masters: Annotated[Mapping[str, Master], "page plans, by name"] = field(default_factory=dict)
    stories: Annotated[
        Mapping[str, StorySpec], "stories that run through several frames, by name"
    ] = field(default_factory=dict)
    organisation: Annotated[
        Message | None, "the message that names the organisation, for the document's properties"
    ] = None
    subject: Annotated[Message | None, "the message that says what the document is about"] = None

    @property
    def stated(self) -> dict[str, int | float | str]:
        """The facts, and the examples of a record's fields under the names that words call them by."""
        examples = {RECORD + name: example.value for name, example in self.merge_fields.items()}
        return {**self.variables, **examples}

    @property
    def every_page(self) -> tuple[PageSpec, ...]:
        """The pages in order, and the spine behind them where there is one."""
        return (*self.pages, self.spine) if self.spine else self.pages
