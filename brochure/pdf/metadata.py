"""Metadata of a PDF: title, language, author, date, and how a viewer shows its pages."""

from __future__ import annotations

from enum import Enum

from brochure import __version__
from brochure.fast_dataclass import dataclass
from brochure.pdf.page_stamp import PageStamp


class Opening(Enum):
    """Page layout in the viewer, with PDF's names (ISO 32000-1, table 28)."""

    SINGLE = "SinglePage"
    COVER_ALONE = "TwoPageRight"
    IN_PAIRS = "TwoPageLeft"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The document's properties; `language` is a BCP 47 tag; `left_to_right` is the reading direction of its pages.

    `date` is the creation date (ISO 8601, in UTC), if one is given. `stamps` are those of the pages that have one.
    """

    title: str
    language: str
    author: str = ""
    subject: str = ""
    left_to_right: bool = True
    opening: Opening = Opening.SINGLE
    date: str = ""
    stamps: tuple[PageStamp, ...] = ()

    @property
    def creator(self) -> str:
        """The program that created the document."""
        return f"brochure {__version__}"
