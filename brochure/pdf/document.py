"""Write sheets as a PDF: content, page boxes, links, bookmarks and labels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from brochure.geometry import IDENTITY, Matrix, Rect, shift
from brochure.imposition.sheets import PlacedPage, Sheet
from brochure.model.display_list import (
    Bookmark,
    Destination,
    DropShadow,
    FlattenedArea,
    Link,
    Picture,
    PlacedArtwork,
)
from brochure.model.galley import transform_item
from brochure.pdf import pdfua, pdfx
from brochure.pdf.background_images import can_convert_in_background
from brochure.pdf.canvas import draw_items, draw_page
from brochure.pdf.drawn_pages import make_page_cache
from brochure.pdf.engine import Canvas
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.objects import Dictionary, Parts
from brochure.pdf.output import Document, Version
from brochure.pdf.page_cache import DrawnItems, PageCache
from brochure.pdf.page_labels import add_labels
from brochure.pdf.page_stamp import PageStamp, stamp_entries
from brochure.pdf.resources import PageResources, Resources, merge_all
from brochure.pdf.tags import PageTags, StructureTree
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import Project
from brochure.structure.structure_tree import build_tree

VERSION: Version = (1, 6)
"""PDF version of files that conform to no standard."""


def render(
    sheets: Sequence[Sheet], info: DocumentInfo, condition: OutputCondition, project: Project
) -> bytes:
    """Return the PDF of the sheets.

    Raises:
        InputError: a picture or a font cannot be used.
    """
    return b"".join(render_parts(sheets, info, condition, project, make_page_cache()))


def render_parts(
    sheets: Sequence[Sheet],
    info: DocumentInfo,
    condition: OutputCondition,
    project: Project,
    cache: PageCache,
) -> Parts:
    """Return the PDF in parts; pages in the `cache` are not drawn again."""
    document = Document(pdf_version(condition), info.language, packed=condition.tagged)
    structure = _structure(document, info, sheets) if condition.tagged else None
    writer = SheetWriter(document, condition, project, cache, structure, info.stamps)
    writer.find_destinations(sheets)
    try:
        if can_convert_in_background():
            writer.resources.convert_ahead(_list_pictures(sheets))
        for sheet in sheets:
            writer.add(sheet)
    finally:
        writer.resources.close()
    add_labels(writer.canvas, [sheet.label for sheet in sheets])
    describe(writer.canvas, info, condition)
    if structure:
        pdfua.declare(document, info, structure)
    else:
        pdfx.declare(document, info, condition)
    parts: Parts = writer.canvas.finish()
    return parts


NOT_CONVERTED_AHEAD = (PlacedArtwork, DropShadow, FlattenedArea)


def _list_pictures(sheets: Sequence[Sheet]) -> Iterator[Picture]:
    """Yield the pictures of pixels in the order in which they are drawn."""
    for placed in (placed for sheet in sheets for placed in sheet.placed):
        for item in placed.page.items:
            if isinstance(item, Picture) and not isinstance(item, NOT_CONVERTED_AHEAD):
                yield item


def pdf_version(condition: OutputCondition) -> Version:
    """Return the PDF version for an output."""
    if condition.tagged:
        return pdfua.VERSION
    return pdfx.VARIANTS[condition.standard].version if condition.standard else VERSION


def _structure(document: Document, info: DocumentInfo, sheets: Sequence[Sheet]) -> StructureTree:
    """Return the structure tree of a file in which each sheet is a page."""
    tree = build_tree([placed.page for sheet in sheets for placed in sheet.placed], info.language)
    return StructureTree(document, tree, sheets)


class SheetWriter:
    """Draws sheets, each on a page of the document."""

    def __init__(
        self,
        document: Document,
        condition: OutputCondition,
        project: Project,
        cache: PageCache,
        structure: StructureTree | None = None,
        stamps: Sequence[PageStamp] = (),
    ) -> None:
        self.canvas = Canvas(document)
        self.resources = Resources(document, condition, project)
        self._document = document
        self._condition = condition
        self._cache = cache
        self._structure = structure
        self._stamps = {stamp.page: stamp for stamp in stamps}
        self._destinations: dict[int, tuple[int, Matrix]] = {}
        self._levels: list[int] = []
        self._bookmarks = self._links = 0

    def find_destinations(self, sheets: Sequence[Sheet]) -> None:
        """Find out where links inside the brochure lead to, if these are the sheets of the document; else there are none."""
        self._destinations = dict(_find_pages(sheets))

    def add(self, sheet: Sheet, *, outline: bool = True) -> None:
        """Draw a sheet on the next page; the lower left corner of its medium becomes 0, 0.

        Args:
            sheet: what to draw.
            outline: whether headings become entries of the outline.
        """
        to_page = shift(-sheet.media.x, -sheet.media.y)
        self._set_boxes(sheet, to_page)
        if to_page != IDENTITY:
            self._transform(to_page)
        tags = self._structure.page() if self._structure else None
        drawn_items = [self._place(placed, tags) for placed in sheet.placed]
        if sheet.marks:
            marks = draw_items(sheet.marks, self.resources)
            self.canvas.addLiteral(marks.operators)
            drawn_items.append(marks)
        if not self._condition.standard:  # PDF/X allows no links inside the bleed
            self._add_links(
                [
                    transform_item(link, to_page)
                    for one in drawn_items
                    for link in one.links
                    if not link.destination or link.destination.page in self._destinations
                ]
            )
        if outline:
            self._add_bookmarks(
                [transform_item(mark, to_page) for one in drawn_items for mark in one.bookmarks]
            )
        self._document.page_entries = self._entries(drawn_items) | self._stamp(sheet, to_page)
        self.canvas.showPage()

    def _set_boxes(self, sheet: Sheet, to_page: Matrix) -> None:
        """Set the page boxes (14.11.2)."""
        self.canvas.setPageSize((sheet.media.width, sheet.media.height))
        for box, set_box in (
            (sheet.bleed, self.canvas.setBleedBox),
            (sheet.trim, self.canvas.setTrimBox),
        ):
            moved = box.translate(to_page.e, to_page.f)
            set_box(tuple(_round(edge) for edge in _edges(moved)))

    def _transform(self, matrix: Matrix) -> None:
        self.canvas.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _place(self, placed: PlacedPage, tags: PageTags | None) -> DrawnItems:
        """Draw a page: directly, or as a form XObject (8.10) if it is clipped by a window or moved."""
        drawn_items = draw_page(placed.page, self.resources, self._cache, tags)
        if placed.seen is None and placed.at == IDENTITY:
            self.canvas.addLiteral(drawn_items.operators)
            for operator in tags.end() if tags else ():
                self.canvas.addLiteral(operator)
            return drawn_items
        form = self._form(drawn_items, placed.seen or placed.page.trim.expand(placed.page.bleed))
        self.canvas.saveState()
        self._transform(placed.at)
        self.canvas.doForm(form)
        self.canvas.restoreState()
        return DrawnItems(
            "",
            PageResources(xobjects=frozenset((form,))),
            tuple(transform_item(link, placed.at) for link in drawn_items.links),
            tuple(transform_item(mark, placed.at) for mark in drawn_items.bookmarks),
            drawn_items.is_transparent,
        )

    def _form(self, drawn_items: DrawnItems, seen: Rect) -> str:
        """Return the name of a form; equal operators in an equal window are one object."""
        edges = _edges(seen)
        digest = hashlib.blake2b(
            repr(edges).encode() + drawn_items.operators.encode(), digest_size=8
        )
        form = f"Page{digest.hexdigest()}"
        if not self.canvas.hasForm(form):
            self.canvas.begin_form(form, edges)
            self.canvas.addLiteral(drawn_items.operators)
            self.canvas.endForm(Resources=self.resources.reference(drawn_items.resources))
        return form

    def _entries(self, drawn_items: Sequence[DrawnItems]) -> dict[str, Any]:
        """Return the page dictionary's further entries (table 30)."""
        entries: dict[str, Any] = dict(self._structure.page_entries) if self._structure else {}
        used = merge_all(one.resources for one in drawn_items)
        entries["Resources"] = self.resources.reference(used)
        if self._condition.press and any(one.is_transparent for one in drawn_items):
            # The space in which colours are blended (11.6.6): the output's own, as PDF/X-4 requires.
            space = "/DeviceCMYK" if self._condition.inks else "/DeviceRGB"
            entries["Group"] = Dictionary(Type="/Group", S="/Transparency", CS=space)
        return entries

    def _stamp(self, sheet: Sheet, to_page: Matrix) -> dict[str, Any]:
        """Return the entries that say which page of which edition a page is."""
        stamp = self._stamps.get(sheet.placed[0].page.number) if sheet.placed else None
        if stamp is None:
            return {}
        return stamp_entries(stamp, sheet.trim.translate(to_page.e, to_page.f))

    def _add_links(self, links: Sequence[Link]) -> None:
        """Add link annotations without a border (12.5.6.5), with structure entries in a tagged file."""
        for at, link in enumerate(links):
            more = self._structure.link_entries(at) if self._structure else {}
            if link.destination:
                page, top = self._find_place(link.destination)
                self.canvas.link_page(page, top, _edges(link.rect), F=4, **more)
            else:
                self.canvas.linkURL(link.target, _edges(link.rect), F=4, **more)
            self._links += 1
            if self._structure:
                self._structure.add_link(at, self._document.refAnnotation(f"NUMBER{self._links}"))

    def _find_place(self, destination: Destination) -> tuple[int, float]:
        """Return the page of the document, from 1, and the y on it, to which a link inside the brochure leads."""
        page, matrix = self._destinations[destination.page]
        return page, _round(matrix.apply(0, destination.y)[1])

    def _add_bookmarks(self, bookmarks: Sequence[Bookmark]) -> None:
        for mark in bookmarks:
            while self._levels and self._levels[-1] >= mark.level:
                self._levels.pop()
            self.add_entry(mark.title, len(self._levels), fit="XYZ", left=0, top=mark.y, zoom=0)
            self._levels.append(mark.level)

    def add_entry(self, title: str, depth: int, **destination: Any) -> None:
        """Add an outline entry (12.3.3) that leads to the current page."""
        self._bookmarks += 1
        key = f"bookmark{self._bookmarks}"
        self.canvas.bookmarkPage(key, **destination)
        self.canvas.addOutlineEntry(title, key, depth)


def _find_pages(sheets: Sequence[Sheet]) -> Iterator[tuple[int, tuple[int, Matrix]]]:
    """Yield for each page of the brochure the page of the document on which it is, from 1, and its transformation to it."""
    for number, sheet in enumerate(sheets, start=1):
        to_page = shift(-sheet.media.x, -sheet.media.y)
        for placed in sheet.placed:
            yield placed.page.number, (number, placed.at.then(to_page))


def _edges(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.right, rect.top


def _round(edge: float) -> float:
    """Round to ten-thousandths of a point: finer than content is drawn, so nothing is clipped."""
    return round(edge, 4)


def describe(canvas: Canvas, info: DocumentInfo, condition: OutputCondition) -> None:
    """Set the document's properties, and how a viewer opens and prints it."""
    canvas.setTitle(info.title)
    canvas.setAuthor(info.author)
    canvas.setSubject(info.subject)
    canvas.setCreator(info.creator)
    canvas.setProducer(info.creator)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("Direction", "L2R" if info.left_to_right else "R2L")
    if condition.is_booklet:
        # Printed without scaling, duplex (table 150): booklets are already fitted to the paper.
        canvas.setViewerPreference("Duplex", "DuplexFlipShortEdge")
        canvas.setViewerPreference("PrintScaling", "None")
    canvas.document.Catalog.setPageLayout(info.opening.value)
