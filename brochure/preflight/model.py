"""What checks look at beside the layout and the edition: art, finished files, and what was said on the way.

Takes nothing; gives the values that a check's first parameter may be of. `PageObjects` is what will be on paper, read from placed
pages and from any PDF alike, so that a check is written once for both; lengths are points from the trim's lower left corner.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.geometry import Rect
from brochure.model.display_list import Page
from brochure.prepress.edition_condition import EditionCondition
from brochure.project import Project


class ColourSpace(Enum):
    """What a colour is told in; the values are the words of the report."""

    GREY = "grey"
    CMYK = "CMYK"
    RGB = "RGB"
    LAB = "Lab"
    SPOT = "spot ink"
    PATTERN = "a pattern"


@dataclass(frozen=True, slots=True)
class ColourValue:
    """A colour as it goes to paper: how much of each ink, and the light that it leaves (0 black, 1 paper).

    What is `calibrated` carries a profile of its own. RGB and Lab have no inks before somebody converts them.
    """

    space: ColourSpace
    inks: tuple[tuple[str, float], ...] = ()
    light: float = 0.0
    opacity: float = 1.0
    overprint: bool = False
    calibrated: bool = False

    @property
    def total(self) -> float:
        """How much ink lies on one another, 1 for each full ink."""
        return sum(amount for _, amount in self.inks)

    @property
    def bare(self) -> bool:
        """Whether it is the paper's own white."""
        return self.space is not ColourSpace.PATTERN and self.light > 0.999 and self.total < 0.001

    def counted(self, least: float) -> int:
        """How many inks are there in more than a trace."""
        return sum(1 for _, amount in self.inks if amount >= least)


@dataclass(frozen=True, slots=True)
class ObjectLocation:
    """Where something stands: its page, its point on it, and the line that put it there, where that is known."""

    page: int
    at: tuple[float, float]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class TextObject:
    """A run of letters of one size and colour; `missing` says that a glyph shows that there is none."""

    place: ObjectLocation
    bounds: Rect
    text: str
    size: float
    font: str
    tint: ColourValue
    missing: bool = False


@dataclass(frozen=True, slots=True)
class ImageObject:
    """A picture: what shows of it, effective pixels per inch across and down, and the most ink of any pixel, if known.

    `nameless` says that it means something and that nobody has said what.
    """

    place: ObjectLocation
    bounds: Rect
    name: str
    ppi: tuple[float, float]
    space: ColourSpace
    ink: float | None = None
    calibrated: bool = False
    has_transparency: bool = False
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class PathObject:
    """A field or a line; `drawing` says that it is one of many that make a figure."""

    place: ObjectLocation
    bounds: Rect
    fill: ColourValue | None = None
    stroke: ColourValue | None = None
    width: float = 0.0
    drawing: bool = False


PageObject = TextObject | ImageObject | PathObject


class PageEdge(Enum):
    """An edge of the page."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "upper"
    BOTTOM = "lower"


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page; `bleed` is how far its art may run out, `folds` the edges at which the paper goes on behind a spine or fold."""

    number: int
    width: float
    height: float
    bleed: float
    marks: tuple[PageObject, ...]
    folds: frozenset[PageEdge] = frozenset()

    @property
    def trim(self) -> Rect:
        """The page as the reader holds it."""
        return Rect(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class DeclaredInk:
    """A spot ink that is declared: by a swatch of the layout, or by a PDF's resources."""

    name: str
    page: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PageObjects:
    """All pages. `ink_limit` is the press condition's, where there is one; `standard` what the file says it keeps to."""

    pages: tuple[PageContent, ...]
    spots: tuple[DeclaredInk, ...] = ()
    ink_limit: float | None = None
    standard: str = ""


@dataclass(frozen=True)
class RenderContext:
    """The placed pages with their press, for checks that look at what would be seen."""

    pages: tuple[Page, ...]
    work: EditionCondition
    project: Project = field(repr=False)


@dataclass(frozen=True)
class LayoutFindings:
    """What the stages found while the brochure was read and made up."""

    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Pdf:
    """A finished file, as pypdf reads it."""

    label: str
    data: bytes = field(repr=False)
    reader: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileDate:
    """The creation date of a press PDF as ISO 8601 in UTC, and the place in the layout where it can be set, if there is one.

    The date is empty if the file has none, or one with an offset from UTC.
    """

    date: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class NoLimits:
    """The limits of a check that has none."""


def found(
    message: str,
    place: ObjectLocation | Span | int | None = None,
    hint: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding of a check, before the profile weighs it; its code is the check's name and is added by whoever runs it."""
    match place:
        case ObjectLocation(page, at, span):
            return Finding("", message, span, hint, severity, page, at)
        case int():
            return Finding("", message, None, hint, severity, place)
        case _:
            return Finding("", message, place, hint, severity)


def named(mark: PageObject) -> str:
    """What a finding calls a mark."""
    match mark:
        case ImageObject():
            return mark.name
        case TextObject():
            words = mark.text.strip()
            return f"the text '{words[:30]}{'…' if len(words) > 30 else ''}'"
        case PathObject():
            return "a logo or drawing" if mark.drawing else "a field or a line"
