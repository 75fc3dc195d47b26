"""What a PDF says of itself: title, language, author, and how its pages are to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Opening(Enum):
    """How a viewer lays out the pages, by PDF's own names (ISO 32000-1, table 28)."""

    SINGLE = "SinglePage"
    COVER_ALONE = "TwoPageRight"
    IN_PAIRS = "TwoPageLeft"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The document's properties; `language` is a BCP 47 tag, `rightward` whether its pages are turned to the left."""

    title: str
    language: str
    author: str = ""
    subject: str = ""
    rightward: bool = True
    opening: Opening = Opening.SINGLE
