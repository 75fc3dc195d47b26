"""The slug: the line of page information outside the trim.

Takes words and the type of the house; gives placed glyphs in registration colour. Stands beside the marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from brochure.color.swatch import REGISTRATION
from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import Shelf
from brochure.model.display_list import ARTIFACT, Item
from brochure.model.galley import items_of
from brochure.typeset.lines import Slot, Slots
from brochure.typeset.paragraph import Prepared, compose, prepare
from brochure.typeset.style import Fallback, ParagraphStyle, TextRun, TypeStyle

FAMILY = "Source Sans 3"
SIZE, LEAST = 6.0, 3.0


@dataclass(frozen=True, slots=True)
class Note:
    """How the slug is set: the fonts, and which of them stand in where the slug's own has no glyph."""

    shelf: Shelf
    fallbacks: tuple[Fallback, ...] = (Fallback("any", "Noto Sans"),)


def slug_line(text: str, x: float, y: float, width: float, note: Note) -> Iterator[Item]:
    """The words on one line from (x, y), smaller where they would be wider than what there is."""
    style = TypeStyle(FAMILY, SIZE, fallbacks=note.fallbacks, paint=REGISTRATION)
    natural = _width(text, style, note.shelf)
    if natural > width:
        style = replace(style, size=max(LEAST, SIZE * width / natural))
    for line in compose(_prepared(text, style, note.shelf), ONE_LINE):
        yield from items_of(line, x, y, ARTIFACT)


ONE_LINE = Slots((), Slot(0.0, 1e5))


def _width(text: str, style: TypeStyle, shelf: Shelf) -> float:
    lines = compose(_prepared(text, style, shelf), ONE_LINE)
    return max((line.right - line.left for line in lines), default=0.0)


def _prepared(text: str, style: TypeStyle, shelf: Shelf) -> Prepared:
    return prepare([TextRun(text, style)], ParagraphStyle(style, style.size), shelf)
