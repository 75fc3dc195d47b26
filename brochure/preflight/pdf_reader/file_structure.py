"""Examines the outer structure of a PDF: its header and its cross-reference table (ISO 32000-1, 7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.preflight.model import Pdf

HEADER = re.compile(rb"%PDF-\d\.\d")
START = re.compile(rb"startxref\s+(\d{1,12})")
TABLE, SUBSECTION = re.compile(rb"\s*xref\b"), re.compile(rb"\s*(\d{1,9}) (\d{1,9})\s")
STREAM = re.compile(rb"\s*\d{1,9} \d{1,5} obj\b")
MAX_HEADER, MAX_END = 1024, 2048
"""Bytes that may precede the header, and those at the end in which the place of the table is searched."""
MAX_ENTRIES = 50_000
"""Entries of a cross-reference table that are examined."""
ENTRY = 20
"""Bytes of an entry."""


def has_object_streams(pdf: Pdf) -> bool:
    """Return whether objects or the cross-reference table are in streams, as in PDF 1.5."""
    at = _find_start(pdf.data)
    has_stream = at is not None and STREAM.match(pdf.data, at) is not None
    return has_stream or bool(pdf.reader.xref_objStm)


def find_structure_faults(pdf: Pdf) -> Iterator[str]:
    """Iterate over the faults of the file's structure."""
    data = pdf.data
    if not HEADER.search(data, 0, MAX_HEADER):
        yield "the file does not start with a PDF header"
    at = _find_start(data)
    if at is None:
        yield "the file does not say where its cross-reference table is"
        return
    if STREAM.match(data, at):
        return
    if not TABLE.match(data, at):
        yield "the cross-reference table is not where the file says"
        return
    wrong = _count_wrong_entries(data, at)
    if wrong:
        yield f"the cross-reference table has {wrong:,} wrong {'entry' if wrong == 1 else 'entries'}"


def _find_start(data: bytes) -> int | None:
    """Return the place of the last cross-reference table; None if the file does not name it."""
    matches = START.findall(data[-MAX_END:])
    at = int(matches[-1]) if matches else None
    return at if at is not None and at < len(data) else None


def _count_wrong_entries(data: bytes, at: int) -> int:
    """Count the entries in use of a cross-reference table that lead to no object."""
    table = TABLE.match(data, at)
    place, wrong, examined = table.end() if table else at, 0, 0
    while (section := SUBSECTION.match(data, place)) and examined < MAX_ENTRIES:
        first, count, place = int(section[1]), int(section[2]), section.end()
        for number in range(first, first + min(count, MAX_ENTRIES - examined)):
            entry = data[place : place + ENTRY]
            place += ENTRY
            examined += 1
            if entry[17:18] == b"n" and not _is_object(data, entry[:10], number):
                wrong += 1
    return wrong


def _is_object(data: bytes, offset: bytes, number: int) -> bool:
    at = int(offset) if offset.isdigit() else len(data)
    words = data[at : at + 2 * ENTRY].split(None, 3)
    return words[:1] == [b"%d" % number] and words[2:3] != [] and words[2].startswith(b"obj")
