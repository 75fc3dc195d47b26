"""The slug line: page information outside the trim, in registration colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from brochure.color.swatch import REGISTRATION
from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.model.display_list import ARTIFACT, Item
from brochure.model.galley import line_items
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose, prepare
from brochure.typeset.style import Fallback, ParagraphStyle, TextRun, TypeStyle

FAMILY = "Source Sans 3"
SIZE, MIN_SIZE = 6.0, 3.0


@dataclass(frozen=True, slots=True)
class SlugText:
    """The fonts of the slug: the catalog, and fallbacks for characters that `FAMILY` lacks."""

    font_catalog: FontCatalog
    fallbacks: tuple[Fallback, ...] = (Fallback("any", "Noto Sans"),)


def slug_line(text: str, x: float, y: float, width: float, note: SlugText) -> Iterator[Item]:
    """Set the words on one line from (x, y), reduced in size if they exceed the width."""
    style = TypeStyle(FAMILY, SIZE, fallbacks=note.fallbacks, paint=REGISTRATION)
    natural = _width(text, style, note.font_catalog)
    if natural > width:
        style = replace(style, size=max(MIN_SIZE, SIZE * width / natural))
    for line in compose(_prepare(text, style, note.font_catalog), ONE_LINE):
        yield from line_items(line, x, y, ARTIFACT)


ONE_LINE = LineSlots((), LineSlot(0.0, 1e5))


def _width(text: str, style: TypeStyle, font_catalog: FontCatalog) -> float:
    lines = compose(_prepare(text, style, font_catalog), ONE_LINE)
    return max((line.right - line.left for line in lines), default=0.0)


def _prepare(text: str, style: TypeStyle, font_catalog: FontCatalog) -> PreparedParagraph:
    return prepare((TextRun(text, style),), ParagraphStyle(style, style.size), font_catalog)
