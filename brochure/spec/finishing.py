"""Finishing as the designer wrote it: binding, folds, paper, and the marks around the trim.

Takes the kinds of value from `values`; gives the parts of the layout that only the press room asks for. Stands beside the
styles, below the model of the layout.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import MM
from brochure.spec.constraints import Bounds, Distance, Width
from brochure.spec.values import Length


class Binding(Enum):
    """How the sheets are held together, or how the sheet is folded."""

    SADDLE_STITCH = "saddle-stitch"
    PERFECT = "perfect"
    TRI_FOLD = "tri-fold"
    Z_FOLD = "z-fold"
    GATE_FOLD = "gate-fold"
    NONE = "none"

    @property
    def folded(self) -> bool:
        """Whether the pages are panels of one folded sheet."""
        return self in (Binding.TRI_FOLD, Binding.Z_FOLD, Binding.GATE_FOLD)

    @property
    def bound(self) -> bool:
        """Whether there is a spine, so that pages are rectos and versos."""
        return self in (Binding.SADDLE_STITCH, Binding.PERFECT)


class PrinterMark(Enum):
    """A kind of mark outside the trim."""

    CROP = "crop"
    REGISTRATION = "registration"
    COLOR_BARS = "color-bars"
    PAGE_INFORMATION = "page-information"
    FOLD = "fold"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class PrinterMarks:
    """Which marks stand around the trim of a press PDF; those that are not named do not."""

    crop: Annotated[bool, "where to cut"] = False
    registration: Annotated[bool, "targets in which all plates must meet"] = False
    color_bars: Annotated[
        bool, "patches of every ink, of two inks in one another, and of half tints"
    ] = False
    page_information: Annotated[
        bool, "the name, the edition, the page and its inks, at the foot"
    ] = False
    fold: Annotated[bool, "dashed lines where to fold"] = False
    centre: Annotated[bool, "the middle of every edge"] = False
    offset: Annotated[
        Distance | None,
        "from the trim to the marks; 3 mm, or 1 mm beyond the bleed, unless told; never inside the bleed",
    ] = None

    @property
    def kinds(self) -> frozenset[PrinterMark]:
        """The kinds that are asked for."""
        return frozenset(
            mark for mark in PrinterMark if getattr(self, mark.value.replace("-", "_"))
        )


@dataclass(frozen=True, slots=True)
class Fold:
    """How a folded sheet is folded."""

    span: Span = field(default_factory=lambda: Span(""))
    compensation: Annotated[
        Width | None,
        "by how much a panel that is folded in is narrower; 1 mm for tri-fold and gate-fold, nothing for z-fold, unless told",
    ] = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper that it is printed on: how thick a leaf is."""

    caliper: Annotated[Length, Bounds(0.01, 15), "the thickness of a leaf"] = Length(0.1 * MM)
    cover: Annotated[
        Length | None, Bounds(0.01, 15), "the thickness of the cover; as a leaf's unless told"
    ] = None
