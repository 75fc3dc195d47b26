"""Checks of pages: their number, size, content and boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

from brochure.findings import Finding, Severity
from brochure.geometry import MM
from brochure.pdf_input.page_geometry import page_box, read_box, read_user_unit
from brochure.preflight.check import check
from brochure.preflight.model import PageContent, PageObjects, Pdf, make_finding

BOX_TOLERANCE = 0.01
"""Points by which one box may stick out of another."""


@check("page-empty", source="GWG 2015, empty pages", severity=Severity.NOTE)
def page_empty(objects: PageObjects) -> Iterator[Finding]:
    """Every page has content.

    What: pages without any text, image or path.
    Why: a printer asks whether a blank page is intended before printing it.
    Fix: tell the printer that the page is blank on purpose, or restore the missing content.
    """
    for page in objects.pages:
        if not page.objects and not page.faults:
            message = f"page {page.number} is blank"
            yield make_finding(message, page.number, "if that is intended, tell the printer")


@check("page-multiple", source="GWG 2015, number of pages", severity=Severity.ERROR)
def page_multiple(
    pdf: Pdf, *, of: Annotated[float, "4 for saddle stitch, 2 for perfect binding"] = 1
) -> Iterator[Finding]:
    """The number of pages of a finished file is a multiple of `of`.

    What: the page count against `of`; the default, 1, accepts any number.
    Why: a PDF does not say how it is bound; the profile of a job can.
    Fix: add or remove pages, or add blank pages.
    """
    count, multiple = len(pdf.reader.pages), max(1, int(of))
    if count % multiple:
        message = f"the file has {count} pages, which is not a multiple of {multiple}"
        yield make_finding(message, None, f"add {-count % multiple} or remove {count % multiple}")


@check("page-size", source="GWG 2015, page size and orientation", severity=Severity.ERROR)
def page_size(
    objects: PageObjects, *, slack: Annotated[float, "allowed difference, in millimetres"] = 0.5
) -> Iterator[Finding]:
    """All pages have the same trimmed size.

    What: the trim size of each page against the most common size; a cover with its spine may be laid flat on the first two pages.
    Why: a page of another size is scaled or cropped when the file is imposed.
    Fix: export the page at the size of the others.
    """
    sizes = Counter(map(_measure_trim, objects.pages))
    if not sizes:
        return
    (width, height), _ = sizes.most_common(1)[0]
    for page in objects.pages[_count_cover_sides(objects.pages, width, height) :]:
        own = _measure_trim(page)
        # A page between two folds (a panel that is folded in, or a spine) may be narrower.
        difference = 0 if len(page.folds) > 1 and own[0] < width else abs(own[0] - width)
        if difference > slack or abs(own[1] - height) > slack:
            message = f"page {page.number} is {own[0]:g} x {own[1]:g} mm"
            yield make_finding(message, page.number, f"the others are {width:g} x {height:g} mm")


COVER_LABELS = ("cover outside", "cover inside")
"""Page labels of the sides of a cover in files of brochure."""
MAX_SPINE = 100.0
"""Width of the thickest spine, in millimetres."""


def _count_cover_sides(pages: tuple[PageContent, ...], width: float, height: float) -> int:
    """Return 2 if the first two pages are the outside and the inside of a cover: two pages and their spine; otherwise 0."""
    sides = [_measure_trim(page) for page in pages[:2]]
    if len(pages) < 3 or sides[0] != sides[1] or sides[0][1] != height:
        return 0
    is_double = 2 * width - 0.1 <= sides[0][0] <= 2 * width + MAX_SPINE
    return 2 if is_double or all(page.label in COVER_LABELS for page in pages[:2]) else 0


def _measure_trim(page: PageContent) -> tuple[float, float]:
    return round(page.width / MM, 1), round(page.height / MM, 1)


@check(
    "boxes",
    source="ISO 15930-7 (PDF/X-4); ISO 32000-1, 14.11.2; GWG 2015, crop box and page scaling",
    severity=Severity.ERROR,
)
def boxes(pdf: Pdf) -> Iterator[Finding]:
    """Every page has valid page boxes.

    What: a TrimBox inside the BleedBox inside the MediaBox; no CropBox that hides part of the bleed; no UserUnit scaling.
    Why: imposition software positions pages by their TrimBox; without one, the sheet is cut in the wrong place.
    Fix: export the file with the document's trim and bleed settings.
    """
    for index, page in enumerate(pdf.reader.pages):
        for fault, hint in _find_box_faults(page):
            yield make_finding(f"page {index + 1} {fault}", index + 1, hint)


def _find_box_faults(page: Any) -> Iterator[tuple[str, str]]:
    has_trim, has_art = (read_box(page, name) is not None for name in ("/TrimBox", "/ArtBox"))
    if not has_trim and not has_art:
        yield "has no TrimBox", "export the file with a TrimBox"
    if has_trim and has_art:
        yield "has both a TrimBox and an ArtBox", "keep only the TrimBox"
    media, trim = page_box(page), page_box(page, "/TrimBox", "/ArtBox", "/CropBox")
    bleed = page_box(page, "/BleedBox", "/TrimBox", "/CropBox")
    if not bleed.contains(trim, BOX_TOLERANCE):
        yield "has a TrimBox that extends beyond its BleedBox", "enlarge the BleedBox"
    if not media.contains(bleed, BOX_TOLERANCE):
        yield "has a BleedBox that extends beyond its MediaBox", "enlarge the MediaBox"
    crop = read_box(page, "/CropBox")
    if crop is not None and not crop.contains(bleed, BOX_TOLERANCE):
        yield "has a CropBox that hides part of its bleed", "remove the CropBox"
    if read_user_unit(page) != 1:
        yield "is scaled by a UserUnit", "export it at its own size"
