"""Opens finished PDFs and reads their page objects, boxes, dates and metadata.

Coordinates are points from the lower left corner of each page's trim box (its crop box if it has none), as the page is seen:
turned by /Rotate and scaled by /UserUnit. A file that is damaged, not a PDF or protected by a password raises BrochureError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from brochure.geometry import Rect
from brochure.pdf_input.opening import guard_reading, open_reader
from brochure.pdf_input.page_geometry import get_inherited, read_geometry
from brochure.pdf_input.values import (
    damage_errors,
    get,
    get_dictionary,
    get_text,
    read_stream,
    resolve,
)
from brochure.preflight.model import DeclaredInk, FileDate, PageContent, PageObjects, Pdf
from brochure.preflight.pdf_reader.colours import list_colorants
from brochure.preflight.pdf_reader.graphics_state import GraphicsState
from brochure.preflight.pdf_reader.interpreter import Interpreter
from brochure.preflight.pdf_reader.operators import OPERATORS

NOT_SPOTS = ("Cyan", "Magenta", "Yellow", "Black", "All", "None")


def open_pdf(data: bytes, label: str) -> Pdf:
    """Open a PDF; BrochureError if it cannot be read. `label` names the file in messages."""
    return Pdf(label, data, open_reader(data, label))


def read_page_objects(pdf: Pdf) -> PageObjects:
    """Read the objects of all pages; BrochureError if a page's content is damaged."""
    known: dict[Any, Any] = {}
    with guard_reading(pdf.label):
        labels, count = _read_labels(pdf), len(pdf.reader.pages)
        pages = tuple(
            _read_page(pdf, at, labels[at] if at < len(labels) else "", known)
            for at in range(count)
        )
        spots = tuple(dict.fromkeys(_list_spots(pdf)))
        return PageObjects(pages, spots, None, find_standard(pdf))


def find_standard(pdf: Pdf) -> str:
    """Return the PDF/X standard that the file declares: `x-1a`, `x-3` or `x-4`; empty if none."""
    declared = get_text(read_info(pdf), "/GTS_PDFXVersion")
    packet = read_xmp(pdf)
    for version, name in (("PDF/X-1", "x-1a"), ("PDF/X-3", "x-3"), ("PDF/X-4", "x-4")):
        if version in declared or version in packet:
            return name
    return ""


UTC_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[Zz+-](?:00'?00'?)?)?")
"""A date of the information dictionary (ISO 32000-1, 7.9.4) in UTC or without a time zone."""


def date_of_pdf(pdf: Pdf) -> FileDate:
    """Return the creation date in the information dictionary."""
    match = UTC_DATE.fullmatch(get_text(read_info(pdf), "/CreationDate"))
    if not match:
        return FileDate("")
    year, month, day, hour, minute, second = match.groups()
    return FileDate(f"{year}-{month}-{day}T{hour}:{minute}:{second}Z")


def read_xmp(pdf: Pdf) -> str:
    """Return the file's XMP packet as text; empty if there is none."""
    data = read_stream(get(pdf.reader.root_object, "/Metadata"))
    return data.decode("utf-16" if data[:2] in UTF16_MARKS else "utf-8", "replace")


UTF16_MARKS = (b"\xfe\xff", b"\xff\xfe")


def read_info(pdf: Pdf) -> Mapping[str, Any]:
    """Return the information dictionary; empty if there is none."""
    return get_dictionary(pdf.reader.trailer, "/Info")


def _read_labels(pdf: Pdf) -> list[str]:
    """Return the page labels; none if they cannot be read."""
    try:
        return list(pdf.reader.page_labels)
    except damage_errors():
        return []


def _read_page(pdf: Pdf, index: int, label: str, known: dict[Any, Any]) -> PageContent:
    page = pdf.reader.pages[index]
    geometry = read_geometry(page)
    interpreter = Interpreter(pdf.reader, index + 1, OPERATORS, known)
    interpreter.state = GraphicsState(ctm=geometry.matrix)
    interpreter.run_page(page)
    visible = geometry.matrix.box(geometry.bleed)
    objects = tuple(one for one in interpreter.objects if _is_visible(one.bounds, visible))
    return PageContent(
        index + 1,
        geometry.width,
        geometry.height,
        geometry.bleed_width,
        objects,
        faults=tuple(interpreter.faults.items()),
        label=label,
    )


def _is_visible(bounds: Rect, area: Rect) -> bool:
    # Grown, since lines have no width or no height.
    visible = bounds.expand(0.01).intersect(area)
    return visible.width > 0 and visible.height > 0


def _list_spots(pdf: Pdf) -> Iterator[DeclaredInk]:
    """Iterate over the spot inks that the resources of the pages declare."""
    for index, page in enumerate(pdf.reader.pages):
        spaces = get_dictionary(get_inherited(page, "/Resources"), "/ColorSpace")
        for space in map(resolve, spaces.values()):
            if not isinstance(space, list) or len(space) < 2:
                continue
            if resolve(space[0]) in ("/Separation", "/DeviceN"):
                for name in list_colorants(resolve(space[1])):
                    if name not in NOT_SPOTS:
                        yield DeclaredInk(name, index + 1)
