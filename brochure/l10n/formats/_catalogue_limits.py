"""Limits of catalogues as text (PO, CSV), checked before they are parsed.

They are far beyond any brochure. A damaged or hostile file is an error with its place within seconds and does not use up the
memory. Workbooks and XLIFF have limits of their own in `_workbook_parts.py` and `_xliff_xml.py`.
"""

from __future__ import annotations

import re

from brochure.findings import Finding, Span

MAX_BYTES = 20_000_000
"""Size of a catalogue of any text format."""

MAX_ENTRIES = 50_000
"""Messages in one catalogue."""

MAX_COLUMNS = 1_000
"""Columns of a table."""

MAX_LINE_LENGTH = 1_000_000
"""Characters in one line; the longest message has 100,000, in several columns or with escapes."""

MAX_LINES = 500_000
MAX_ENTRY_LINES = 10_000
"""Lines of one PO entry with its comments; polib appends line after line to a growing text."""

LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Where `str.splitlines` divides lines."""

CODE = "catalogue-size"


def find_oversize(data: bytes, label: str) -> Finding | None:
    """Return a finding if the file is too large to be decoded."""
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; the maximum is {MAX_BYTES:,}"
        return Finding(CODE, message, Span(label), "divide it into several files")
    return None


def find_excess_lines(text: str, label: str) -> Finding | None:
    """Return a finding if the text has too many lines, or one that is too long."""
    count = sum(map(text.count, LINE_ENDS))
    if count > MAX_LINES:
        message = f"the file has {count:,} lines; the maximum is {MAX_LINES:,}"
        return Finding(CODE, message, Span(label), "divide it into several files")
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE_LENGTH:
            message = f"the line has {len(line):,} characters; the maximum is {MAX_LINE_LENGTH:,}"
            return Finding(CODE, message, Span(label, number), "break it into several lines")
    return None


def find_excess_entries(text: str, label: str, start: re.Pattern[str]) -> Finding | None:
    """Return a finding if a PO file has too many entries, or one with too many lines.

    Args:
        text: The file.
        label: Its name for messages.
        start: Matches a line that every entry has once.
    """
    entries, previous = 0, 0
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if number - previous > MAX_ENTRY_LINES:
            message = f"an entry has more than {MAX_ENTRY_LINES:,} lines"
            hint = "delete comments, or divide the message into several"
            return Finding(CODE, message, Span(label, max(1, previous)), hint)
        if start.match(line):
            entries, previous = entries + 1, number
        if entries > MAX_ENTRIES + 1:  # the header is an entry, too
            return too_many_entries(label, number)
    return None


def too_many_entries(label: str, line: int) -> Finding:
    """Return the finding for a catalogue with more messages than are read."""
    message = f"the file has more than {MAX_ENTRIES:,} messages"
    return Finding(CODE, message, Span(label, line), "divide it into several files")
