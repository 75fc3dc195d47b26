"""What a PDF says of itself: title, language, author, and how its pages are to be shown."""

from __future__ import annotations

from enum import Enum

from brochure import __version__
from brochure.frozen import dataclass


class Opening(Enum):
    """How a viewer lays out the pages, by PDF's own names (ISO 32000-1, table 28)."""

    SINGLE = "SinglePage"
    COVER_ALONE = "TwoPageRight"
    IN_PAIRS = "TwoPageLeft"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The document's properties; `language` is a BCP 47 tag, `rightward` whether its pages are turned to the left.

    `date` is the moment that it was made, as far as somebody states it (ISO 8601, in UTC).
    """

    title: str
    language: str
    author: str = ""
    subject: str = ""
    rightward: bool = True
    opening: Opening = Opening.SINGLE
    date: str = ""

    def said(self) -> dict[str, str]:
        """The properties by the names of the information dictionary (14.3.3), in which they may be empty."""
        maker = f"brochure {__version__}"
        own = {"Title": self.title, "Author": self.author, "Subject": self.subject}
        return own | {"Creator": maker, "Producer": maker}
