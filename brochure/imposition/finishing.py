"""Arrange an edition's pages on sheets, according to its binding and the output condition.

For press, a leaflet lies flat, a cover is joined by its spine and marks are added; for the screen each page is alone; for an
office printer the pages form booklets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.color.printing_condition import PressCondition
from brochure.fonts.catalog import FontCatalog
from brochure.imposition.folds import cover, fold_sheets
from brochure.imposition.marks import MarkSet, resolve_mark_set
from brochure.imposition.sheets import Sheet, SheetDecoration, make_sheet, sheets
from brochure.imposition.slug import SlugText
from brochure.l10n.edition import Edition
from brochure.model.display_list import GlyphRun, Item, Page, Path
from brochure.prepress.output_conditions import OutputCondition


def finish(
    edition: Edition, pages: Sequence[Page], condition: OutputCondition, font_catalog: FontCatalog
) -> tuple[Sheet, ...]:
    """Return every sheet of the file in order; a cover with a spine comes first."""
    layout = edition.layout
    pages_by_number = {page.number: page for page in pages}
    inner = [page for page in pages if page.number <= len(layout.pages)]
    if not condition.keeps_bleed:
        inner = [remove_press_only(page) for page in inner]
    if condition.is_booklet:
        # Imported here: press and screen PDFs have no booklets.
        from brochure.imposition.booklet import A4, BookletOptions, booklet_sheets

        size = edition.office.paper if edition.office else None
        paper = (size.width, size.height) if size else A4
        return booklet_sheets(
            layout,
            inner,
            BookletOptions(paper, edition.left_to_right),
            page_information(edition, font_catalog),
        )
    if condition.is_numbered:
        # Imported here: only proofs with numbered messages need it.
        from brochure.imposition.numbered_proof import numbered_sheets

        return numbered_sheets(edition, inner, page_information(edition, font_catalog))
    if not condition.keeps_bleed:
        return sheets(inner, condition)
    decoration = create_decoration(
        edition,
        font_catalog,
        resolve_mark_set(layout.marks),
        date=condition.date,
        condition=condition.press,
    )
    flat = fold_sheets(layout, layout.bleed.points, left_to_right=edition.left_to_right)
    if flat:
        return tuple(make_sheet(each, pages_by_number, decoration) for each in flat)
    cover_sides = cover(layout, left_to_right=edition.left_to_right)
    block = inner[2:-2] if cover_sides else inner
    cover_sheets = tuple(make_sheet(each, pages_by_number, decoration) for each in cover_sides)
    return (*cover_sheets, *sheets(block, condition, decoration))


def remove_press_only(page: Page) -> Page:
    """Return a page without what is for the press only, such as a varnish or a die line."""
    items = tuple(one for item in page.items for one in _remove_press_only(item))
    return page if items == page.items else replace(page, items=items)


def _remove_press_only(item: Item) -> Iterator[Item]:
    """Yield an item without paint for the press only; nothing if no paint is left."""
    if isinstance(item, GlyphRun) and item.glyphs.paint.press_only:
        return
    if isinstance(item, Path):
        fill = None if item.fill and item.fill.press_only else item.fill
        stroke = None if item.stroke and item.stroke.paint.press_only else item.stroke
        if (fill, stroke) != (item.fill, item.stroke):
            if fill or stroke:
                yield replace(item, fill=fill, stroke=stroke)
            return
    yield item


def create_decoration(
    edition: Edition,
    font_catalog: FontCatalog,
    mark_kinds: MarkSet,
    paper: tuple[float, float] | None = None,
    date: str = "",
    condition: PressCondition | None = None,
) -> SheetDecoration:
    """Return what is printed around the pages; `date` is the date given on the command line, if any."""
    words = slug_words(edition, date)
    return SheetDecoration(
        page_information(edition, font_catalog),
        mark_kinds,
        words,
        edition.layout.slug.points,
        paper,
        condition=condition,
    )


def page_information(edition: Edition, font_catalog: FontCatalog) -> SlugText:
    """Return the fonts of the slug, with the fallbacks of the edition's body style."""
    fallbacks = edition.styles.paragraphs["body"].type.fallbacks
    return SlugText(font_catalog, (*fallbacks, *SlugText(font_catalog).fallbacks))


def slug_words(edition: Edition, date: str = "") -> str:
    """Return the slug's text: brochure, office, language and the day of `date`, or of the layout's date if that is empty."""
    office = edition.office.office if edition.office else ""
    day = date[: len("2026-11-24")] or edition.layout.date or ""
    parts = (edition.layout.brochure, office, edition.language, day)
    return "  ".join(part for part in parts if part)
