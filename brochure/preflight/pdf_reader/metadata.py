"""Reads the metadata of finished PDFs: the information dictionary, the XMP packet, dates and the PDF/X standard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get, get_dictionary, get_text
from brochure.preflight.model import FileDate, Pdf


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
