"""Models of a layout as written: validated, nothing computed, every part with its location in the file.

The parser, the JSON Schema and the reference pages all use these dataclasses: the type of a field says how it is written, and
its annotation what it means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum
from typing import Annotated

from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.spec.block_keys import When
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
    Spanned,
    Width,
)
from brochure.spec.edges import Border, Insets
from brochure.spec.finishing import (
    Binding,
    Fold,
    JobDetails,
    Paper,
    PrinterMark,
    PrinterMarks,
)
from brochure.spec.notes import NotePlace, NotesSpec
from brochure.spec.printing_condition import PreflightSpec, PreflightStop, PressSpec
from brochure.spec.repeat import Cell, Repeat
from brochure.spec.styles import CharacterStyleSpec, Fonts, ParagraphStyleSpec
from brochure.spec.values import (
    RECORD,
    BackgroundName,
    ConditionName,
    Example,
    Length,
    MasterName,
    Message,
    Placement,
    Size,
    StoryName,
)

Doc = str
"""Second part of `Annotated[type, doc]`: the description for the reference pages and editor tooltips."""

Content = tuple[object, ...]
"""Blocks, of the kinds defined in `blocks/`."""


class Start(Enum):
    """Side of the spread on which page 1 is placed."""

    LEFT = "left"
    RIGHT = "right"


class Valign(Enum):
    """Vertical alignment of the content of a frame."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins between the trim and the type area; the inner margin is at the spine."""

    top: Annotated[Distance, "top margin"] = Length(42.52)
    bottom: Annotated[Distance, "bottom margin"] = Length(42.52)
    inner: Annotated[Distance, "inner margin, at the spine"] = Length(42.52)
    outer: Annotated[Distance, "outer margin, at the fore edge"] = Length(42.52)


@dataclass(frozen=True, slots=True)
class Grid:
    """Layout grid of a page: margins, columns, rows and baseline grid."""

    span: Span
    margins: Annotated[Margins, "margins of the type area"] = Margins()
    columns: Annotated[int, Bounds(1, 48), "number of columns"] = 6
    gutter: Annotated[Distance, "space between columns"] = Length(11.34)
    rows: Annotated[int, Bounds(1, 200), "number of rows"] = 8
    lines: Annotated[
        Spanned | None,
        "height of a row in lines of the baseline grid; the bottom margin is what the rows leave of the page",
    ] = None
    row_gutter: Annotated[
        Distance | None, "space between rows (default: the gutter; one line with `lines`)"
    ] = None
    baseline: Annotated[Length, Bounds(1, 500), "increment of the baseline grid"] = Length(13.0)
    baseline_start: Annotated[
        Distance | None,
        "distance of the first baseline from the top of the page (default: top margin plus one increment)",
    ] = None


@dataclass(frozen=True, slots=True)
class Frame:
    """An area of a page that holds blocks, a story or only a background."""

    span: Span
    at: Annotated[
        Placement,
        "position and size: `columns 1-4, rows 7-9`, `bleed`, `spread-bleed`, `x 10 mm, y 2 cm, width 5 cm, height 8 cm`,"
        " `below photo, gap 3 mm`",
    ]
    content: Annotated[Content, "blocks in the frame; a page can replace them"] = ()
    story: Annotated[StoryName | None, "the story that flows through the frame"] = None
    valign: Annotated[Valign, "vertical alignment of the content: top, middle or bottom"] = (
        Valign.TOP
    )
    inset: Annotated[Distance | Insets, "distance between the edges and the content"] = Length()
    background: Annotated[BackgroundName | None, "swatch of the background (default: none)"] = None
    border: Annotated[Border | None, "border around the frame (default: none)"] = None
    rotate: Annotated[
        float,
        Bounds(-360, 360),
        "counter-clockwise rotation about the centre in degrees; 90 and 270 swap width and height",
    ] = 0.0
    mirror: Annotated[
        bool, "move the frame to the opposite side of the page in right-to-left languages"
    ] = True
    layer: Annotated[
        int,
        Bounds(-1000, 1000),
        "stacking order: higher layers are in front; in the same layer, later frames are in front",
    ] = 0
    reading_order: Annotated[
        int,
        Bounds(-1000, 1000),
        "reading order for screen readers: lower numbers are read first; equal numbers in the order of the layout",
    ] = 0
    columns: Annotated[Few, "number of text columns in the frame"] = 1
    gutter: Annotated[
        Distance | None, "space between the text columns (default: the gutter of the grid)"
    ] = None
    balance: Annotated[bool, "balance the text columns"] = False
    align_feet: Annotated[
        bool, "align the last lines of the text columns by adding space between paragraphs"
    ] = False
    auto_size: Annotated[
        Distance | None,
        "how far the frame may grow to fit its content: downwards, or upwards with `valign: bottom` (default: 0)",
    ] = None
    text_wrap: Annotated[
        Distance | None,
        "wrap the text of other frames around this frame at this distance (default: no text wrap)",
    ] = None
    ignore_text_wrap: Annotated[
        bool, "do not wrap the text of this frame around frames with `text-wrap`"
    ] = False
    notes: Annotated[
        NotePlace | None, "where the notes of its text are set (default: that of the brochure)"
    ] = None
    when: Annotated[When | None, "editions that have the frame (default: all)"] = None
    repeat: Annotated[
        Repeat | None,
        "rows of a table: the area is divided into a grid with a frame for each row, on as many pages as needed",
    ] = None
    otherwise: Annotated[
        Frame | None,
        "the frame that replaces it in editions that do not meet `when`, or for a table without rows (default: none)",
    ] = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Master:
    """A master page: named frames, which pages fill with content."""

    span: Span
    based_on: Annotated[
        Annotated[str, Names(MasterName)] | None, "the master that this one inherits from"
    ] = None
    grid: Annotated[Grid | None, "grid of the page (default: the grid of the layout)"] = None
    background: Annotated[
        BackgroundName | None, "swatch of the whole page, including the bleed (default: none)"
    ] = None
    frames: Annotated[Mapping[str, Frame], "frames by name, from back to front"] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: its master, and the content of the master's frames by frame name."""

    span: Span
    master: Annotated[MasterName | None, "the master of the page"] = None
    background: Annotated[
        BackgroundName | None,
        "swatch of this page, including the bleed (default: the background of the master)",
    ] = None
    folio: Annotated[
        str | None, "page number as printed (default: the position of the page in the brochure)"
    ] = None
    frames: Annotated[Mapping[str, Frame], "frames of this page only"] = field(default_factory=dict)
    when: Annotated[When | None, "editions that have the page (default: all)"] = None
    repeat: Annotated[Repeat | None, "rows of a table: a page is made for each row"] = None
    otherwise: Annotated[
        tuple[PageSpec, ...],
        "pages that replace it in editions that do not meet `when`, or for a table without rows (default: none)",
    ] = ()
    fills: Mapping[str, Content | StoryName] = field(default_factory=dict)
    fill_spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StorySpec:
    """A story: blocks that flow through all frames that name it, in page order."""

    span: Span
    content: Annotated[Content, "blocks of the story"] = ()


@dataclass(frozen=True, slots=True)
class Swatch:
    """A named colour."""

    name: str
    paint: Paint
    span: Span


@dataclass(frozen=True, slots=True)
class Screen:
    """Image settings of screen PDFs."""

    ppi: Annotated[
        float, Bounds(36, 600), "resolution to which images are downsampled, pixels per inch"
    ] = 150
    quality: Annotated[int, Bounds(20, 100), "JPEG quality of downsampled images, 20 to 100"] = 82


@dataclass(frozen=True, slots=True)
class TermsSpec:
    """Terms of the brochure, which `brochure text check` looks for in source and translations."""

    glossary: Annotated[
        str | None, "path of a glossary: CSV with a column for each language, or TBX"
    ] = None
    do_not_translate: Annotated[
        tuple[str, ...], "names and words that every translation keeps unchanged, e.g. [IJM]"
    ] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Top-level keys of a layout."""

    # Compared by identity, so that results that depend only on the layout can be cached.

    file: str
    span: Span
    brochure: Annotated[FileName, "name of the brochure, with which the names of PDFs begin"]
    size: Annotated[
        Size, "trim size of a page: A3 to A7, Letter, Legal, Tabloid, DL …, or `148 x 210 mm`"
    ]
    pages: Annotated[tuple[PageSpec, ...], "pages in order"]
    spine: Annotated[
        PageSpec | None,
        "content of the spine of a perfect-bound cover, as a page; its width follows from the paper",
    ] = None
    page_multiple: Annotated[
        int | None, Bounds(2, 64), "the number of pages must be a multiple of this (default: any)"
    ] = None
    title: Annotated[
        Message | None, "message with the document title, for the PDF metadata and screen readers"
    ] = None
    source_language: Annotated[Language, "language of the source copy, as a BCP 47 tag"] = "en"
    bleed: Annotated[Width, "bleed beyond the trim on all sides"] = Length(8.504)
    slug: Annotated[Width, "slug area beyond the bleed, for the printer's notes"] = Length()
    binding: Annotated[
        Binding,
        "saddle-stitch or perfect; tri-fold, z-fold or gate-fold, whose pages are panels; or none",
    ] = Binding.SADDLE_STITCH
    fold: Annotated[Fold, "details of the fold of a folded sheet"] = field(default_factory=Fold)
    paper: Annotated[Paper, "thickness of the paper, for spine width and creep"] = field(
        default_factory=Paper
    )
    job: Annotated[
        JobDetails, "details of the print job for the job ticket of `brochure package`"
    ] = field(default_factory=JobDetails)
    marks: Annotated[
        bool | tuple[PrinterMark, ...] | PrinterMarks,
        "printer's marks of a press PDF: yes for all, no, a list of kinds, or `{crop: yes, offset: 5 mm}`",
    ] = False
    press: Annotated[
        ConditionName | PressSpec | None,
        "printing condition, by name or with options (default: coated-fogra39)",
    ] = None
    preflight: Annotated[
        PreflightStop | PreflightSpec,
        "preflight of press builds: error, warning or off, or with options; `build --preflight` overrides it",
    ] = PreflightStop.ERROR
    date: Annotated[
        Annotated[str, DATE] | None,
        "date of press PDFs, e.g. 2026-11-24; `--date` and SOURCE_DATE_EPOCH override it (default: 2000-01-01)",
    ] = None
    screen: Annotated[Screen, "image settings of screen PDFs"] = Screen()
    first_page: Annotated[Start, "side of the spread on which page 1 is placed: left or right"] = (
        Start.RIGHT
    )
    variables: Annotated[
        Mapping[FactKey, int | float | str],
        "values defined once, for the copy ({name}) and charts; a date as 2026-11-24, in the copy {name, date, long}",
    ] = field(default_factory=dict)
    merge_fields: Annotated[
        Mapping[FieldKey, Example],
        "merge fields, each with an example; the copy refers to `name` as {record_name}",
    ] = field(default_factory=dict)
    swatches: Annotated[Mapping[str, Swatch], "colours by name"] = field(default_factory=dict)
    fonts: Annotated[Fonts, "system fonts and fallback fonts"] = field(default_factory=Fonts)
    grid: Annotated[Grid | None, "grid of all pages whose master has no grid of its own"] = None
    paragraph_styles: Annotated[Mapping[str, ParagraphStyleSpec], "paragraph styles by name"] = (
        field(default_factory=dict)
    )
    character_styles: Annotated[Mapping[str, CharacterStyleSpec], "character styles by name"] = (
        field(default_factory=dict)
    )
    notes: Annotated[NotesSpec, "footnotes and endnotes"] = NotesSpec()
    terms: Annotated[TermsSpec, "glossary and names for `brochure text check`"] = TermsSpec()
    masters: Annotated[Mapping[str, Master], "master pages by name"] = field(default_factory=dict)
    stories: Annotated[
        Mapping[str, StorySpec], "stories, which flow through several frames, by name"
    ] = field(default_factory=dict)
    organisation: Annotated[
        Message | None, "message with the name of the organisation, for the PDF metadata"
    ] = None
    subject: Annotated[
        Message | None, "message with the subject of the document, for the PDF metadata"
    ] = None
    declared: Layout | None = None
    findings: tuple[Finding, ...] = ()
    record_slots: int = 0

    @property
    def written(self) -> Layout:
        """The layout as written, from which this one was chosen for an edition; or this one."""
        return self.declared or self

    @property
    def stated(self) -> dict[str, int | float | str]:
        """Variables, and the examples of merge fields under their names in the copy.

        A layout for several records on a page (`record_slots`) also has the example of each.
        """
        examples = {RECORD + name: example.value for name, example in self.merge_fields.items()}
        slots = range(1, self.record_slots + 1)
        repeated = {f"{name}#{at}": value for name, value in examples.items() for at in slots}
        return {**self.variables, **examples, **repeated}

    @property
    def every_page(self) -> tuple[PageSpec, ...]:
        """All pages in order, followed by the spine if there is one."""
        return (*self.pages, self.spine) if self.spine else self.pages

    @property
    def every_declared_page(self) -> Iterator[PageSpec]:
        """Yield the pages and the spine, each followed by those that replace it in other editions."""
        waiting = list(reversed(self.every_page))
        while waiting:
            page = waiting.pop()
            yield page
            waiting.extend(reversed(page.otherwise))


def frame_variants(frame: Frame) -> Iterator[Frame]:
    """Yield a frame, and the frames that replace it in other editions."""
    variant: Frame | None = frame
    while variant is not None:
        yield variant
        variant = variant.otherwise
