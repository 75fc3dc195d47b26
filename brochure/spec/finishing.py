"""Models of the layout keys for finishing: binding, folds, paper, printer's marks and the details of the print job."""

from __future__ import annotations

from dataclasses import field, fields, replace
from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import MM
from brochure.spec.constraints import Bounds, Distance, Width
from brochure.spec.values import Length


class Binding(Enum):
    """Binding of the sheets, or fold of a single sheet."""

    SADDLE_STITCH = "saddle-stitch"
    PERFECT = "perfect"
    TRI_FOLD = "tri-fold"
    Z_FOLD = "z-fold"
    GATE_FOLD = "gate-fold"
    NONE = "none"

    @property
    def folded(self) -> bool:
        """True if the pages are panels of one folded sheet."""
        return self in (Binding.TRI_FOLD, Binding.Z_FOLD, Binding.GATE_FOLD)

    @property
    def bound(self) -> bool:
        """True if there is a spine, so that pages are rectos and versos."""
        return self in (Binding.SADDLE_STITCH, Binding.PERFECT)


class PrinterMark(Enum):
    """A kind of printer's mark."""

    CROP = "crop"
    REGISTRATION = "registration"
    COLOR_BARS = "color-bars"
    PAGE_INFORMATION = "page-information"
    FOLD = "fold"
    CENTRE = "centre"
    COLLATING = "collating"


@dataclass(frozen=True, slots=True)
class PrinterMarks:
    """Printer's marks around the trim of a press PDF."""

    crop: Annotated[bool, "crop marks at the corners"] = False
    registration: Annotated[bool, "registration targets for all inks"] = False
    color_bars: Annotated[bool, "color bars: solids, overprints and half tints of the inks"] = False
    page_information: Annotated[bool, "file name, edition, page number and inks below the page"] = (
        False
    )
    fold: Annotated[bool, "dashed fold marks"] = False
    centre: Annotated[bool, "centre marks in the middle of each edge"] = False
    collating: Annotated[
        bool, "collating marks on the spines of signatures, if the pages are imposed"
    ] = False
    offset: Annotated[
        Distance | None,
        "distance of the marks from the trim, outside the bleed (default: 3 mm, or 1 mm beyond a wider bleed)",
    ] = None

    @property
    def kinds(self) -> frozenset[PrinterMark]:
        """The kinds of mark that are switched on."""
        return frozenset(
            mark for mark in PrinterMark if getattr(self, mark.value.replace("-", "_"))
        )


@dataclass(frozen=True, slots=True)
class Fold:
    """Details of the fold of a folded sheet."""

    span: Span = field(default_factory=lambda: Span(""))
    compensation: Annotated[
        Width | None,
        "how much narrower a panel that is folded in is (default: 1 mm for tri-fold and gate-fold, 0 for z-fold)",
    ] = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Thickness of the paper, for spine width and creep."""

    caliper: Annotated[Length, Bounds(0.01, 15), "thickness of one leaf of paper"] = Length(
        0.1 * MM
    )
    cover: Annotated[
        Length | None, Bounds(0.01, 15), "thickness of the cover (default: that of a leaf)"
    ] = None


@dataclass(frozen=True, slots=True)
class JobDetails:
    """Details of the print job that follow from no other key; `brochure package` writes them into the job ticket."""

    span: Span = field(default_factory=lambda: Span(""))
    paper: Annotated[
        str | None, "paper, as the printer names it, e.g. 115 g/m² uncoated, bright white"
    ] = None
    cover_paper: Annotated[str | None, "paper of the cover (default: that of the pages)"] = None
    quantity: Annotated[int | None, Bounds(1, 1_000_000_000), "number of copies"] = None
    finishing: Annotated[str | None, "finishing, e.g. matt lamination on the cover"] = None
    contact: Annotated[
        str | None, "whom the printer asks, e.g. Ann Lee, ann@example.org, +44 20 7946 0000"
    ] = None
    note: Annotated[str | None, "anything else that the printer must know"] = None


def merge_job(layout: JobDetails, office: JobDetails | None) -> JobDetails:
    """Return the job details of an office's editions: its own, and the layout's where it has none."""
    if office is None:
        return layout
    given = {
        one.name: value
        for one in fields(office)
        if (value := getattr(office, one.name)) is not None
    }
    return replace(layout, **given)
