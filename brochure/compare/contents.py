"""What is compared: the pages of a brochure with their lines of text, pictures, shapes and links.

The same values are read from laid-out editions (`edition_contents.py`) and from any PDF (`pdf_contents.py`). Positions are in
points from the lower left corner of the trim.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect


@dataclass(frozen=True, slots=True, order=True)
class TypeLook:
    """How text looks: its font, its size in points and its colour in words."""

    font: str
    size: float
    colour: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text on a page; `hyphenated` if its last word continues on the next line."""

    page: int
    text: str
    rect: Rect
    baseline: float
    looks: frozenset[TypeLook]
    style: str = ""
    hyphenated: bool = False


@dataclass(frozen=True, slots=True)
class TextFlow:
    """Text that belongs together: one use of a message, or a block of lines. A message may continue on other pages.

    `key` is the message's; empty where it is not known. `text` is the whole text; lines end where they may.
    """

    key: str
    text: str
    lines: tuple[TextLine, ...]
    language: str = ""
    left_to_right: bool = True

    @property
    def page(self) -> int:
        """The number of the page where it begins."""
        return self.lines[0].page


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture: its name, the digest of its contents, and its visible area."""

    page: int
    name: str
    digest: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class PlacedShape:
    """A filled area, a line, or all paths of one drawing. `digest` covers its outlines relative to its corner."""

    page: int
    name: str
    colours: tuple[str, ...]
    digest: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class PageContents:
    """A page. `view` is the area that its picture shows; `digest` covers all that is placed on it."""

    number: int
    label: str
    width: float
    height: float
    digest: str
    view: Rect
    pictures: tuple[PlacedPicture, ...] = ()
    shapes: tuple[PlacedShape, ...] = ()
    links: tuple[str, ...] = ()
    inks: frozenset[str] = frozenset()
    setup: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A brochure to be compared: its name, its pages and its text."""

    name: str
    pages: tuple[PageContents, ...]
    flows: tuple[TextFlow, ...]
    left_to_right: bool = True
    facts: Mapping[str, str] = field(default_factory=dict)

    def words_by_page(self) -> dict[int, list[str]]:
        """Return the words of each page, for the alignment of pages."""
        words: dict[int, list[str]] = {page.number: [] for page in self.pages}
        for flow in self.flows:
            for line in flow.lines:
                words[line.page].extend(line.text.split())
        return words
