"""The values that preflight checks read: page objects, a finished PDF, and the findings of earlier stages.

`PageObjects` is built from a laid-out project and from any PDF alike, so that each check is written once for both.
Lengths are points, measured from the lower left corner of the page's trim box.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.geometry import Rect
from brochure.l10n.edition import Edition
from brochure.model.display_list import Page
from brochure.preflight.shapes import Point, Shape
from brochure.prepress.edition_condition import EditionCondition
from brochure.project import Project

if TYPE_CHECKING:
    # Not imported: builds start no programs.
    from brochure.system.subprocesses import RunningProgram


class ColourSpace(Enum):
    """The kind of colour space; the values are the words used in reports."""

    GREY = "grey"
    CMYK = "CMYK"
    RGB = "RGB"
    LAB = "Lab"
    SPOT = "spot ink"
    PATTERN = "a pattern"


@dataclass(frozen=True, slots=True)
class ColourValue:
    """A colour as printed: ink amounts (0 to 1) by name, and relative luminance (0 black, 1 paper).

    `calibrated` is true for colours with an ICC profile or CIE-based space of their own. RGB and Lab have no inks
    until they are converted. `overprint_mode` is that of a PDF's graphics state; None in a project, which has its own rules.
    """

    space: ColourSpace
    inks: tuple[tuple[str, float], ...] = ()
    luminance: float = 0.0
    opacity: float = 1.0
    overprint: bool = False
    calibrated: bool = False
    overprint_mode: int | None = None

    @property
    def total_ink(self) -> float:
        """The total area coverage; 1 for one solid ink."""
        return sum(amount for _, amount in self.inks)

    @property
    def is_paper_white(self) -> bool:
        """True for the unprinted white of the paper."""
        return (
            self.space is not ColourSpace.PATTERN
            and self.luminance > 0.999
            and self.total_ink < 0.001
        )

    def count_inks(self, minimum: float) -> int:
        """Count the inks with at least `minimum` coverage."""
        return sum(1 for _, amount in self.inks if amount >= minimum)


@dataclass(frozen=True, slots=True)
class ObjectLocation:
    """The page and point of an object, the source line that placed it, and its visible bounds, if known."""

    page: int
    at: tuple[float, float]
    span: Span | None = None
    bounds: Rect | None = None


@dataclass(frozen=True, slots=True)
class TextObject:
    """A run of text in one font, size and colour; `has_missing_glyph` is true if it shows glyph 0 (.notdef).

    `corners` are those of the text's own box, counter-clockwise from the start of its lower edge; without them, those of its
    bounds count. `stroke` is the colour of outlined letters, whose `colour` is that of their fill, or the same.
    """

    location: ObjectLocation
    bounds: Rect
    text: str
    size: float
    font: str
    colour: ColourValue
    has_missing_glyph: bool = False
    corners: tuple[Point, ...] = ()
    stroke: ColourValue | None = None
    stroke_width: float = 0.0

    @property
    def is_blank(self) -> bool:
        """True if the text is empty or white space."""
        return not self.text.strip()

    @property
    def excerpt(self) -> str:
        """The first 30 characters, for messages."""
        return self.text.strip()[:30]


@dataclass(frozen=True, slots=True)
class ImageObject:
    """An image: its visible bounds, effective resolution across and down, and highest ink coverage, if known.

    `needs_alt_text` is true for an image that is not decorative and has no alternate text. `digest` is that of a PDF image's
    encoded data. `inks` are its inks, if they are not those of its colour space. `whole` are its bounds without what clips it;
    None if it is turned, skewed or mirrored.
    `is_bilevel` is true for one bit a pixel. `pixels` are the width and height of an image in a PDF.
    """

    location: ObjectLocation
    bounds: Rect
    name: str
    ppi: tuple[float, float]
    space: ColourSpace
    max_ink: float | None = None
    calibrated: bool = False
    has_transparency: bool = False
    needs_alt_text: bool = False
    digest: str = ""
    inks: tuple[str, ...] = ()
    whole: Rect | None = None
    is_bilevel: bool = False
    pixels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PathObject:
    """A filled or stroked path; `is_drawing` is true for a path of a drawing.

    `parts` are the bounds of its subpaths, if it has several: crop marks drawn as one path surround the page.
    `stops` are the colours of a gradient, of which `fill` is one; `inks` are the inks of a shading, whose amounts are not known.
    `shape` is what its fill covers; None if that is known by the bounds only, as for a shading.
    """

    location: ObjectLocation
    bounds: Rect
    fill: ColourValue | None = None
    stroke: ColourValue | None = None
    stroke_width: float = 0.0
    is_drawing: bool = False
    parts: tuple[Rect, ...] = ()
    shape: Shape | None = None
    stops: tuple[ColourValue, ...] = ()
    inks: tuple[str, ...] = ()

    def find_bounds_within(self, area: Rect) -> Rect | None:
        """Return the bounds of the subpaths that overlap an area; None if there are none."""
        inside = [part for part in self.parts or (self.bounds,) if part.overlaps(area)]
        joined = inside[0] if inside else None
        for part in inside[1:]:
            joined = part.union(joined) if joined else part
        return joined


PageObject = TextObject | ImageObject | PathObject
ObjectKind = TypeVar("ObjectKind", TextObject, ImageObject, PathObject)


def list_colours(item: PageObject) -> tuple[ColourValue, ...]:
    """Return the colours that text or a path is painted in; none for an image."""
    match item:
        case TextObject():
            return (item.colour, item.stroke) if item.stroke else (item.colour,)
        case PathObject():
            return tuple(colour for colour in (item.fill, item.stroke, *item.stops) if colour)
        case ImageObject():
            return ()


class PageEdge(Enum):
    """An edge of the page."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page with its objects in painting order.

    `bleed` is the width of the bleed area; `folds` are the edges at a spine or fold, where the paper is not cut. `faults`
    describe what of a PDF's content could not be read, each with its count. `label` is a PDF's page label; brochure's
    imposed sheets are labelled `1 front`, a cover laid flat `cover outside`. `nested` are the objects of pattern cells, Type 3
    glyphs and annotations, at the place of what is painted with them; `steps` are those of processing steps (ISO 19593-1), which
    are not printed in ink, each with the name of its step. `syntax` describes errors of syntax in a PDF's content.
    `findings` are what checks have found on a page of a project, by check and by all else that they depend on; None for pages
    that are checked once.
    """

    number: int
    width: float
    height: float
    bleed: float
    objects: tuple[PageObject, ...]
    folds: frozenset[PageEdge] = frozenset()
    faults: tuple[tuple[str, int], ...] = ()
    label: str = ""
    nested: tuple[PageObject, ...] = ()
    steps: tuple[tuple[str, PageObject], ...] = ()
    syntax: tuple[tuple[str, int], ...] = ()
    findings: dict[Hashable, Mapping[str, tuple[Finding, ...]]] | None = field(
        default=None, compare=False, repr=False
    )

    @property
    def trim(self) -> Rect:
        """The trim box."""
        return Rect(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class DeclaredInk:
    """A spot ink declared by a swatch of the layout or by the resources of a PDF page.

    `on_screen` is True if a swatch also paints it in PDFs for the screen.
    """

    name: str
    page: int | None = None
    span: Span | None = None
    on_screen: bool = False


@dataclass(frozen=True, slots=True)
class PageObjects:
    """The objects on all pages.

    `ink_limit` is the total ink limit of the printing condition, if there is one; `standard` is the PDF/X standard
    that a file must satisfy, e.g. `x-4`, or empty. `inks` are the inks of the job, if the layout lists them.
    """

    pages: tuple[PageContent, ...]
    spots: tuple[DeclaredInk, ...] = ()
    ink_limit: float | None = None
    standard: str = ""
    inks: tuple[str, ...] = ()

    def list_objects(self) -> Iterator[PageObject]:
        """Iterate over the objects of all pages, those of pattern cells, Type 3 glyphs and annotations included."""
        for page in self.pages:
            yield from page.objects
            yield from page.nested

    def select(self, kind: type[ObjectKind]) -> Iterator[ObjectKind]:
        """Iterate over the objects of one kind on all pages."""
        return (item for item in self.list_objects() if isinstance(item, kind))


@dataclass(frozen=True)
class RenderContext:
    """Laid-out pages with their printing condition, for checks that render them."""

    pages: tuple[Page, ...]
    work: EditionCondition
    project: Project = field(repr=False)


@dataclass(frozen=True)
class ProjectFiles:
    """An edition and the project that holds its files, for checks that read them."""

    edition: Edition
    project: Project = field(repr=False)


@dataclass(frozen=True)
class LayoutFindings:
    """The findings of the stages that read and laid out the brochure."""

    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Pdf:
    """A finished PDF, opened with pypdf."""

    label: str
    data: bytes = field(repr=False)
    reader: Any = field(repr=False)


@dataclass(frozen=True)
class SeparatedPdf:
    """A finished PDF that Ghostscript separates while other checks run; `running` is None if it could not be started."""

    pdf: Pdf
    running: RunningProgram | None


@dataclass(frozen=True, slots=True)
class FileDate:
    """The creation date of a press PDF as ISO 8601 in UTC, and the place in the layout where it can be set, if there is one.

    The date is empty if the file has none, or one with an offset from UTC.
    """

    date: str
    span: Span | None = None


def make_finding(
    message: str,
    location: ObjectLocation | Span | int | None = None,
    hint: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """Create a finding of a check; `run_checks` adds the check's name as its code and applies the profile's severity."""
    match location:
        case ObjectLocation(page, at, span, bounds):
            box = (bounds.x, bounds.y, bounds.width, bounds.height) if bounds else None
            return Finding("", message, span, hint, severity, page, at, box=box)
        case int():
            return Finding("", message, None, hint, severity, location)
        case _:
            return Finding("", message, location, hint, severity)


def describe(item: PageObject) -> str:
    """Name an object for a message."""
    match item:
        case ImageObject():
            return item.name
        case TextObject():
            text = item.text.strip()
            return f"the text '{item.excerpt}{'…' if len(text) > 30 else ''}'"
        case PathObject():
            return "a logo or drawing" if item.is_drawing else "a filled area or line"


class UsedKind(Enum):
    """The kind of a used object; the values are the words used in reports."""

    CONTENT = "the content of the page"
    FORM = "a form XObject"
    IMAGE = "an image"
    XOBJECT = "an XObject"
    STATE = "a graphics state"
    FONT = "a font"
    PATTERN = "a pattern"
    SHADING = "a shading"
    COLOUR_SPACE = "a colour space"
    GROUP = "a transparency group"


@dataclass(frozen=True, slots=True)
class UsedObject:
    """An object of a PDF, the first page that uses it, and the first place that is painted with it, if any is.

    The bounds are measured from the lower left corner of the trim.
    """

    kind: UsedKind
    value: Any = field(repr=False)
    page: int
    bounds: Rect | None = None

    @property
    def location(self) -> ObjectLocation | int:
        """The place for a finding."""
        if self.bounds is None:
            return self.page
        return ObjectLocation(self.page, (self.bounds.x, self.bounds.y), None, self.bounds)


@dataclass(frozen=True)
class PdfObjects:
    """The objects that the pages of a PDF use.

    `declared` is the PDF/X standard that the file declares, e.g. `x-4`, or empty; `required` is the one that it must satisfy
    whatever it declares, or empty.
    """

    pdf: Pdf = field(repr=False)
    declared: str
    required: str
    used: tuple[UsedObject, ...] = field(repr=False)

    @property
    def standard(self) -> str:
        """The PDF/X standard whose rules apply; empty if none does."""
        return self.required or self.declared
