"""Art from a finished PDF, and the file itself.

Takes the bytes of any PDF; gives `Pdf` and `PageObjects`, in points from each page's trim box (its crop box where it has none). A
file that is no PDF, or that nobody without a password can read, is a plain error.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from brochure.errors import UsageError
from brochure.geometry import Rect, shift
from brochure.preflight.model import DeclaredInk, FileDate, PageContent, PageObjects, Pdf
from brochure.preflight.pdf_reader.graphics_state import GraphicsState
from brochure.preflight.pdf_reader.interpreter import Interpreter
from brochure.preflight.pdf_reader.operators import ACTS
from brochure.preflight.rectangles import common

PROCESS = ("Cyan", "Magenta", "Yellow", "Black", "All", "None")


@contextmanager
def guard_reading(label: str) -> Iterator[None]:
    """Whatever a broken file makes the reader stumble over is said in one plain sentence."""
    # Imported here: commands that read no PDF need not load the reader.
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it grumbles on standard error
    try:
        yield
    except RecursionError:
        raise UsageError(f"{label}: goes in a circle") from None
    except (PyPdfError, *STUMBLES) as failure:
        raise UsageError(f"{label}: is no PDF that can be read to its end ({failure})") from failure


STUMBLES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError),
    *(TypeError, ValueError, zlib.error),
)
"""What pypdf, and whoever reads its objects, comes to where a file is damaged: it checks little before it is asked."""


def open_pdf(data: bytes, label: str) -> Pdf:
    """The file; UsageError where it cannot be read."""
    # Imported here, as above.
    from pypdf import PdfReader

    with guard_reading(label):
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    if locked:
        raise UsageError(f"{label}: is locked with a password; save it without one")
    if not count:
        raise UsageError(f"{label}: has no pages")
    return Pdf(label, data, reader)


def read_page_objects(pdf: Pdf) -> PageObjects:
    """The pages as art; UsageError where a page's content is broken."""
    known: dict[Any, Any] = {}
    with guard_reading(pdf.label):
        pages = tuple(_page(pdf, at, known) for at in range(len(pdf.reader.pages)))
        spots = tuple(dict.fromkeys(_spots(pdf)))
        return PageObjects(pages, spots, None, find_standard(pdf))


def find_standard(pdf: Pdf) -> str:
    """What the file says it keeps to, by the names of the layout: `x-1a`, `x-4`; empty where it says nothing."""
    info = pdf.reader.metadata or {}
    said = str(info.get("/GTS_PDFXVersion", ""))
    packet = xmp(pdf)
    for version, name in (("PDF/X-1", "x-1a"), ("PDF/X-3", "x-3"), ("PDF/X-4", "x-4")):
        if version in said or version in packet:
            return name
    return ""


UTC_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[Zz+-](?:00'?00'?)?)?")
"""A date of the information dictionary (ISO 32000-1, 7.9.4) in UTC or without a time zone."""


def date_of_pdf(pdf: Pdf) -> FileDate:
    """Return the creation date in the information dictionary."""
    with guard_reading(pdf.label):
        found = UTC_DATE.fullmatch(str((pdf.reader.metadata or {}).get("/CreationDate", "")))
    if not found:
        return FileDate("")
    year, month, day, hour, minute, second = found.groups()
    return FileDate(f"{year}-{month}-{day}T{hour}:{minute}:{second}Z")


def xmp(pdf: Pdf) -> str:
    """The file's XMP packet as text; empty where there is none."""
    stream = pdf.reader.root_object.get("/Metadata")
    if stream is None or not hasattr(stream.get_object(), "get_data"):
        return ""
    data: bytes = stream.get_object().get_data()
    return data.decode("utf-8", "replace")


def page_box(page: Any, *names: str) -> Rect:
    """The first of these boxes that the page has, its own or from above; the media box where it has none."""
    for name in (*names, "/MediaBox"):
        said = _inherited(page, name)
        if said is not None:
            x, y, right, top = (float(one) for one in said)
            return Rect(min(x, right), min(y, top), abs(right - x), abs(top - y))
    return Rect(0, 0, 612, 792)


def _inherited(page: Any, name: str) -> Any:
    node, steps = page, 0
    while node is not None and steps < 64:
        if name in node:
            return node[name]
        if name in ("/TrimBox", "/BleedBox", "/ArtBox"):
            return None
        above = node.get("/Parent")
        node, steps = above.get_object() if above is not None else None, steps + 1
    return None


def _page(pdf: Pdf, at: int, known: dict[Any, Any]) -> PageContent:
    page = pdf.reader.pages[at]
    trim = page_box(page, "/TrimBox", "/CropBox")
    bleed = page_box(page, "/BleedBox", "/TrimBox", "/CropBox")
    room = min(trim.x - bleed.x, trim.y - bleed.y, bleed.right - trim.right, bleed.top - trim.top)
    drawing = Interpreter(pdf.reader, at + 1, ACTS, known)
    drawing.state = GraphicsState(ctm=shift(-trim.x, -trim.y))
    contents = page.get_contents()
    if contents is not None:
        drawing.run(contents, page.get("/Resources", {}))
    shown = bleed.moved(-trim.x, -trim.y)
    marks = tuple(one for one in drawing.marks if _shows(one.bounds, shown))
    return PageContent(at + 1, trim.width, trim.height, max(0.0, room), marks)


def _shows(bounds: Rect, shown: Rect) -> bool:
    """Whether something of it lies on the page; lines have no width or no height."""
    seen = common(bounds.grown(0.01), shown)
    return seen.width > 0 and seen.height > 0


def _spots(pdf: Pdf) -> Iterator[DeclaredInk]:
    """The spot inks that the pages' resources declare."""
    for at, page in enumerate(pdf.reader.pages):
        spaces = page.get("/Resources", {}).get("/ColorSpace")
        for space in (spaces.get_object() if spaces is not None else {}).values():
            said = space.get_object()
            if isinstance(said, list) and said[0] in ("/Separation", "/DeviceN"):
                named = said[1].get_object()
                for name in named if isinstance(named, list) else [named]:
                    if str(name)[1:] not in PROCESS:
                        yield DeclaredInk(str(name)[1:], at + 1)
