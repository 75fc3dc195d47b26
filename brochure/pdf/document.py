"""Sheets as a PDF: each drawn on the canvas, with its boxes, links, bookmarks and label.

Nothing is decided here: items are drawn in the order in which they lie on the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from brochure.geometry import IDENTITY, Matrix, Rect, shift
from brochure.imposition.sheets import PlacedPage, Sheet
from brochure.model.display_list import Bookmark, Link
from brochure.model.galley import turned
from brochure.pdf import pdfua, pdfx
from brochure.pdf.canvas import draw_items, draw_page
from brochure.pdf.engine import Canvas
from brochure.pdf.metadata import DocumentInfo
from brochure.pdf.objects import Dictionary, Parts
from brochure.pdf.output import Document, Version
from brochure.pdf.page_cache import DrawnItems, PageCache
from brochure.pdf.page_labels import add_labels
from brochure.pdf.resources import PageResources, Resources, union
from brochure.pdf.tags import PageTags, StructureTree
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import Project
from brochure.structure.structure_tree import build_tree

VERSION: Version = (1, 6)
"""Of PDF, for files that keep to no standard."""


def render(
    sheets: Sequence[Sheet], info: DocumentInfo, condition: OutputCondition, project: Project
) -> bytes:
    """The PDF of the sheets, in their order.

    Raises:
        InputError: a picture or a font cannot be used.
    """
    return b"".join(render_parts(sheets, info, condition, project, PageCache()))


def render_parts(
    sheets: Sequence[Sheet],
    info: DocumentInfo,
    condition: OutputCondition,
    project: Project,
    cache: PageCache,
) -> Parts:
    """The same in parts; pages in the `cache` are not drawn again."""
    document = Document(version_of(condition), info.language, packed=condition.tagged)
    structure = _structure(document, info, sheets) if condition.tagged else None
    writer = SheetWriter(document, condition, project, cache, structure)
    for sheet in sheets:
        writer.add(sheet)
    add_labels(writer.canvas, [sheet.label for sheet in sheets])
    describe(writer.canvas, info, condition)
    if structure:
        pdfua.declare(document, info, structure)
    else:
        pdfx.declare(document, info, condition)
    parts: Parts = writer.canvas.finish()
    return parts


def version_of(condition: OutputCondition) -> Version:
    """The version of PDF that a file for this output is written in."""
    if condition.tagged:
        return pdfua.VERSION
    return pdfx.VARIANTS[condition.standard].version if condition.standard else VERSION


def _structure(document: Document, info: DocumentInfo, sheets: Sequence[Sheet]) -> StructureTree:
    """The tags of a file in which each sheet is a page."""
    grown = build_tree([placed.page for sheet in sheets for placed in sheet.placed], info.language)
    return StructureTree(document, grown, sheets)


class SheetWriter:
    """Draws sheets, each on a page of the document."""

    def __init__(
        self,
        document: Document,
        condition: OutputCondition,
        project: Project,
        cache: PageCache,
        structure: StructureTree | None = None,
    ) -> None:
        self.canvas = Canvas(document)
        self.resources = Resources(document, condition, project)
        self._document = document
        self._condition = condition
        self._cache = cache
        self._structure = structure
        self._levels: list[int] = []
        self._bookmarks = self._links = 0

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
        drawn = [self._place(placed, tags) for placed in sheet.placed]
        if sheet.marks:
            marks = draw_items(sheet.marks, self.resources)
            self.canvas.addLiteral(marks.operators)
            drawn.append(marks)
        if not self._condition.standard:  # PDF/X allows no links inside the bleed
            self._add_links([turned(link, to_page) for one in drawn for link in one.links])
        if outline:
            self._add_bookmarks([turned(mark, to_page) for one in drawn for mark in one.bookmarks])
        self._document.page_entries = self._entries(drawn)
        self.canvas.showPage()

    def _set_boxes(self, sheet: Sheet, to_page: Matrix) -> None:
        """The page's boxes (14.11.2)."""
        self.canvas.setPageSize((sheet.media.width, sheet.media.height))
        for box, set_box in (
            (sheet.bleed, self.canvas.setBleedBox),
            (sheet.trim, self.canvas.setTrimBox),
        ):
            moved = box.moved(to_page.e, to_page.f)
            set_box(tuple(_rounded(edge) for edge in _edges(moved)))

    def _transform(self, matrix: Matrix) -> None:
        self.canvas.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _place(self, placed: PlacedPage, tags: PageTags | None) -> DrawnItems:
        """Draw a page: as it is, or as a form XObject (8.10) where a window shows part of it or it is moved."""
        drawn = draw_page(placed.page, self.resources, self._cache, tags)
        if placed.seen is None and placed.at == IDENTITY:
            self.canvas.addLiteral(drawn.operators)
            for operator in tags.end() if tags else ():
                self.canvas.addLiteral(operator)
            return drawn
        form = self._form(drawn, placed.seen or placed.page.trim.grown(placed.page.bleed))
        self.canvas.saveState()
        self._transform(placed.at)
        self.canvas.doForm(form)
        self.canvas.restoreState()
        return DrawnItems(
            "",
            PageResources(xobjects=frozenset((form,))),
            tuple(turned(link, placed.at) for link in drawn.links),
            tuple(turned(mark, placed.at) for mark in drawn.bookmarks),
            drawn.is_transparent,
        )

    def _form(self, drawn: DrawnItems, seen: Rect) -> str:
        """The name of a form; the same operators in the same window are one object."""
        edges = _edges(seen)
        digest = hashlib.blake2b(repr(edges).encode() + drawn.operators.encode(), digest_size=8)
        form = f"Page{digest.hexdigest()}"
        if not self.canvas.hasForm(form):
            self.canvas.begin_form(form, edges)
            self.canvas.addLiteral(drawn.operators)
            self.canvas.endForm(Resources=self.resources.reference(drawn.resources))
        return form

    def _entries(self, drawn: Sequence[DrawnItems]) -> dict[str, Any]:
        """Entries of the page in the file (table 30)."""
        entries: dict[str, Any] = dict(self._structure.page_entries) if self._structure else {}
        used = union(one.resources for one in drawn)
        entries["Resources"] = self.resources.reference(used)
        if self._condition.press and any(one.is_transparent for one in drawn):
            # The space in which colours are blended (11.6.6): the output's own, as PDF/X-4 requires.
            space = "/DeviceCMYK" if self._condition.inks else "/DeviceRGB"
            entries["Group"] = Dictionary(Type="/Group", S="/Transparency", CS=space)
        return entries

    def _add_links(self, links: Sequence[Link]) -> None:
        """Link annotations without a border (12.5.6.5); in a tagged file each with its place in the structure."""
        for at, link in enumerate(links):
            more = self._structure.link_entries(at) if self._structure else {}
            self.canvas.linkURL(link.target, _edges(link.rect), F=4, **more)
            self._links += 1
            if self._structure:
                self._structure.add_link(at, self._document.refAnnotation(f"NUMBER{self._links}"))

    def _add_bookmarks(self, bookmarks: Sequence[Bookmark]) -> None:
        for mark in bookmarks:
            while self._levels and self._levels[-1] >= mark.level:
                self._levels.pop()
            self.add_entry(mark.title, len(self._levels), fit="XYZ", left=0, top=mark.y, zoom=0)
            self._levels.append(mark.level)

    def add_entry(self, title: str, depth: int, **destination: Any) -> None:
        """An entry of the outline (12.3.3) that leads to the current page."""
        self._bookmarks += 1
        key = f"bookmark{self._bookmarks}"
        self.canvas.bookmarkPage(key, **destination)
        self.canvas.addOutlineEntry(title, key, depth)


def _edges(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.right, rect.top


def _rounded(edge: float) -> float:
    """Ten-thousandths of a point: finer than what is drawn, so that rounding cuts nothing."""
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
        # Both sides are printed as they are (table 150): what was fitted to the paper is not fitted again.
        canvas.setViewerPreference("Duplex", "DuplexFlipShortEdge")
        canvas.setViewerPreference("PrintScaling", "None")
    canvas.document.Catalog.setPageLayout(info.opening.value)
