"""Metadata of a PDF: title, language, author, date, and how a viewer shows its pages."""

from __future__ import annotations

from enum import Enum

from brochure import __version__
from brochure.fast_dataclass import dataclass
from brochure.l10n.edition import Edition
from brochure.locales import canonical_tag
from brochure.pdf.page_stamp import PageStamp
from brochure.prepress.output_conditions import press_date
from brochure.spec.model import Layout, Start


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


def describe_document(edition: Edition, date: str = "") -> DocumentInfo:
    """Return the document properties of an edition's PDF; `date` is the date given on the command line, if any."""
    layout = edition.layout
    return DocumentInfo(
        title=edition.words(layout.title) or layout.brochure,
        language=canonical_tag(edition.language),
        author=edition.words(layout.organisation),
        subject=edition.words(layout.subject),
        left_to_right=edition.left_to_right,
        opening=_opening(layout),
        date=press_date(layout, date),
    )


def _opening(layout: Layout) -> Opening:
    if not layout.binding.bound or len(layout.pages) == 1:
        return Opening.SINGLE
    return Opening.IN_PAIRS if layout.first_page is Start.LEFT else Opening.COVER_ALONE
