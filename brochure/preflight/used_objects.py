"""The objects that the pages of a finished PDF use, for checks of features that PDF/X forbids."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.preflight.model import ObjectLocation, Pdf


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
