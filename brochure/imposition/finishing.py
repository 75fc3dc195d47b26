"""Finishing: an edition's pages onto sheets, as its binding and what the PDF is for ask.

Takes an edition, its placed pages and an output condition; gives the sheets of the whole file. For press a leaflet lies flat
and a spine has its cover around it, with marks where the layout wants them; for the screen each page is alone; at the desk
there are booklets. Stands between make-up and the plate.
"""

from __future__ import annotations

from collections.abc import Sequence

from brochure.fonts.catalog import FontCatalog
from brochure.imposition.booklet import A4, BookletOptions, booklet_sheets
from brochure.imposition.folds import cover, fold_sheets
from brochure.imposition.marks import MarkSet, mark_set
from brochure.imposition.sheets import Sheet, SheetDecoration, make_sheet, sheets
from brochure.imposition.slug import SlugText
from brochure.l10n.edition import Edition
from brochure.model.display_list import Page
from brochure.prepress.output_conditions import OutputCondition


def finish(
    edition: Edition, pages: Sequence[Page], condition: OutputCondition, font_catalog: FontCatalog
) -> tuple[Sheet, ...]:
    """Every sheet of the file, in order; a cover with a spine comes first."""
    layout = edition.layout
    known = {page.number: page for page in pages}
    inner = [page for page in pages if page.number <= len(layout.pages)]
    if condition.is_booklet:
        size = edition.office.paper if edition.office else None
        paper = (size.width, size.height) if size else A4
        return booklet_sheets(
            layout,
            inner,
            BookletOptions(paper, edition.left_to_right),
            page_information(edition, font_catalog),
        )
    if not condition.keeps_bleed:
        return sheets(inner, condition)
    outfit = decoration_for(edition, font_catalog, mark_set(layout.marks), date=condition.date)
    flat = fold_sheets(layout, layout.bleed.points, left_to_right=edition.left_to_right)
    if flat:
        return tuple(make_sheet(each, known, outfit) for each in flat)
    wrapped = cover(layout, left_to_right=edition.left_to_right)
    block = inner[2:-2] if wrapped else inner
    around = tuple(make_sheet(each, known, outfit) for each in wrapped)
    return (*around, *sheets(block, condition, outfit))


def decoration_for(
    edition: Edition,
    font_catalog: FontCatalog,
    wanted: MarkSet,
    paper: tuple[float, float] | None = None,
    date: str = "",
) -> SheetDecoration:
    """What stands around the pages of an edition; `date` is the one that the command line states, if any."""
    words = words_of(edition, date)
    return SheetDecoration(
        page_information(edition, font_catalog), wanted, words, edition.layout.slug.points, paper
    )


def page_information(edition: Edition, font_catalog: FontCatalog) -> SlugText:
    """The slug's type: words in other scripts are set in the fonts that the edition's own text falls back on."""
    fallbacks = edition.styles.paragraphs["body"].type.fallbacks
    return SlugText(font_catalog, (*fallbacks, *SlugText(font_catalog).fallbacks))


def words_of(edition: Edition, date: str = "") -> str:
    """Return the slug's words: brochure, office, language and the day of `date`, or of the layout's date if that is empty."""
    office = edition.office.office if edition.office else ""
    day = date[: len("2026-11-24")] or edition.layout.date or ""
    parts = (edition.layout.brochure, office, edition.language, day)
    return "  ".join(part for part in parts if part)
