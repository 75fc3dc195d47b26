"""Opens finished PDFs and reads their page objects, boxes, dates and metadata.

Coordinates are points from the lower left corner of each page's trim box (its crop box if it has none). A file that is
damaged, not a PDF or protected by a password raises BrochureError.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from brochure.errors import BrochureError
from brochure.geometry import Rect, shift
from brochure.preflight.model import DeclaredInk, FileDate, PageContent, PageObjects, Pdf
from brochure.preflight.pdf_reader.graphics_state import GraphicsState
from brochure.preflight.pdf_reader.interpreter import Interpreter
from brochure.preflight.pdf_reader.operators import OPERATORS

NOT_SPOTS = ("Cyan", "Magenta", "Yellow", "Black", "All", "None")


@contextmanager
def guard_reading(label: str) -> Iterator[None]:
    """Turn the errors that a damaged file causes into one BrochureError; `label` names the file."""
    # Imported here: commands that read no PDF need not load the reader.
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # keep its warnings off standard error
    try:
        yield
    except RecursionError:
        raise BrochureError(
            f"{label}: its objects refer to each other in a loop; export the file again"
        ) from None
    except (PyPdfError, *DAMAGE_ERRORS) as failure:
        message = f"{label}: is not a PDF, or is damaged; export the file again"
        raise BrochureError(message) from failure


DAMAGE_ERRORS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError),
    *(TypeError, ValueError, zlib.error),
)
"""Errors that pypdf and code reading its objects raise for a damaged file, which pypdf does not validate."""


def open_pdf(data: bytes, label: str) -> Pdf:
    """Open a PDF; BrochureError if it cannot be read. `label` names the file in messages."""
    # Imported here, as in `guard_reading`.
    from pypdf import PdfReader

    with guard_reading(label):
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    if locked:
        raise BrochureError(f"{label}: is protected by a password; save it without one")
    if not count:
        raise BrochureError(f"{label}: has no pages")
    return Pdf(label, data, reader)


def read_page_objects(pdf: Pdf) -> PageObjects:
    """Read the objects of all pages; BrochureError if a page's content is damaged."""
    known: dict[Any, Any] = {}
    with guard_reading(pdf.label):
        pages = tuple(_read_page(pdf, index, known) for index in range(len(pdf.reader.pages)))
        spots = tuple(dict.fromkeys(_list_spots(pdf)))
        return PageObjects(pages, spots, None, find_standard(pdf))


def find_standard(pdf: Pdf) -> str:
    """Return the PDF/X standard that the file declares: `x-1a`, `x-3` or `x-4`; empty if none."""
    info = pdf.reader.metadata or {}
    declared = str(info.get("/GTS_PDFXVersion", ""))
    packet = read_xmp(pdf)
    for version, name in (("PDF/X-1", "x-1a"), ("PDF/X-3", "x-3"), ("PDF/X-4", "x-4")):
        if version in declared or version in packet:
            return name
    return ""


UTC_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[Zz+-](?:00'?00'?)?)?")
"""A date of the information dictionary (ISO 32000-1, 7.9.4) in UTC or without a time zone."""


def date_of_pdf(pdf: Pdf) -> FileDate:
    """Return the creation date in the information dictionary."""
    with guard_reading(pdf.label):
        match = UTC_DATE.fullmatch(str((pdf.reader.metadata or {}).get("/CreationDate", "")))
    if not match:
        return FileDate("")
    year, month, day, hour, minute, second = match.groups()
    return FileDate(f"{year}-{month}-{day}T{hour}:{minute}:{second}Z")


def read_xmp(pdf: Pdf) -> str:
    """Return the file's XMP packet as text; empty if there is none."""
    stream = pdf.reader.root_object.get("/Metadata")
    if stream is None or not hasattr(stream.get_object(), "get_data"):
        return ""
    data: bytes = stream.get_object().get_data()
    return data.decode("utf-8", "replace")


def page_box(page: Any, *names: str) -> Rect:
    """Return the first of these boxes that the page has, own or inherited; the media box if it has none."""
    for name in (*names, "/MediaBox"):
        box = _get_inherited(page, name)
        if box is not None:
            x, y, right, top = (float(one) for one in box)
            return Rect(min(x, right), min(y, top), abs(right - x), abs(top - y))
    return Rect(0, 0, 612, 792)


def _get_inherited(page: Any, name: str) -> Any:
    node, steps = page, 0
    while node is not None and steps < 64:
        if name in node:
            return node[name]
        if name in ("/TrimBox", "/BleedBox", "/ArtBox"):
            return None
        parent = node.get("/Parent")
        node, steps = parent.get_object() if parent is not None else None, steps + 1
    return None


def _read_page(pdf: Pdf, index: int, known: dict[Any, Any]) -> PageContent:
    page = pdf.reader.pages[index]
    trim = page_box(page, "/TrimBox", "/CropBox")
    bleed = page_box(page, "/BleedBox", "/TrimBox", "/CropBox")
    bleed_width = min(
        trim.x - bleed.x, trim.y - bleed.y, bleed.right - trim.right, bleed.top - trim.top
    )
    interpreter = Interpreter(pdf.reader, index + 1, OPERATORS, known)
    interpreter.state = GraphicsState(ctm=shift(-trim.x, -trim.y))
    contents = page.get_contents()
    if contents is not None:
        interpreter.run(contents, page.get("/Resources", {}))
    visible = bleed.translate(-trim.x, -trim.y)
    objects = tuple(one for one in interpreter.objects if _is_visible(one.bounds, visible))
    return PageContent(index + 1, trim.width, trim.height, max(0.0, bleed_width), objects)


def _is_visible(bounds: Rect, area: Rect) -> bool:
    # Grown, since lines have no width or no height.
    visible = bounds.expand(0.01).intersect(area)
    return visible.width > 0 and visible.height > 0


def _list_spots(pdf: Pdf) -> Iterator[DeclaredInk]:
    """Iterate over the spot inks that the resources of the pages declare."""
    for index, page in enumerate(pdf.reader.pages):
        spaces = page.get("/Resources", {}).get("/ColorSpace")
        for space in (spaces.get_object() if spaces is not None else {}).values():
            array = space.get_object()
            if isinstance(array, list) and array[0] in ("/Separation", "/DeviceN"):
                names = array[1].get_object()
                for name in names if isinstance(names, list) else [names]:
                    if str(name)[1:] not in NOT_SPOTS:
                        yield DeclaredInk(str(name)[1:], index + 1)
