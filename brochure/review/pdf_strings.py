"""Text, rich text and dates in annotations, as programs write them (ISO 32000-1, 7.9.2.2, 7.9.4 and 12.7.3.4).

The result is plain text: control characters and bidirectional controls that reorder a line are removed, and length is limited.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get
from brochure.system.xml_safety import XmlProblem, check_xml

MAX_TEXT = 20_000
"""Characters of a comment that are kept."""
MAX_LINE = 200
"""Characters of an author's name and of other short texts that are kept."""

LANGUAGE_ESCAPE = re.compile("\x1b[^\x1b]{0,16}\x1b")
"""A language code in a text string in UTF-16."""
LINE_END = re.compile("\r\n?|\x85|\u2028|\u2029")
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def read_string(holder: Any, key: str) -> str:
    """Return a text string entry as plain text, in any encoding that a byte order mark names; empty if it is none."""
    return clean(_decode(get(holder, key)))


def _decode(value: Any) -> str:
    """Return a string; pypdf leaves bytes that its encodings do not have as bytes."""
    if isinstance(value, bytes):
        for mark, encoding in MARKS.items():
            if value.startswith(mark):
                return value[len(mark) :].decode(encoding, "replace")
        return value.decode("cp1252", "replace")
    if not isinstance(value, str) or type(value).__name__ == "NameObject":
        return ""
    if value.startswith(UTF_8_MARK):  # pypdf reads it as PDFDocEncoding
        raw = getattr(value, "original_bytes", b"")
        if raw.startswith(b"\xef\xbb\xbf"):
            return str(raw[3:].decode("utf-8", "replace"))
    return str(value)


MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le"}
UTF_8_MARK = "\xef\xbb\xbf"


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """Return a text without control characters, with line feeds at line ends, and cut at a limit."""
    text = LANGUAGE_ESCAPE.sub("", text[: 4 * limit])
    text = CONTROLS.sub("", LINE_END.sub("\n", text)).replace("\xa0", " ").strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean_line(text: str) -> str:
    """Return a short text on one line."""
    return " ".join(clean(text, MAX_LINE).split())


def read_rich_text(holder: Any, key: str) -> str:
    """Return the text of a rich text entry: XHTML in a string or a stream; empty if it is none or is not well-formed."""
    value = get(holder, key)
    source = (
        read_stream(value)
        if hasattr(value, "get_data")
        else _decode(value).encode("utf-8", "replace")
    )
    if not source or len(source) > MAX_RICH_TEXT:
        return ""
    try:
        check_xml(source)
    except XmlProblem:
        return ""
    return clean(_RichText().read(source))


MAX_RICH_TEXT = 1_000_000
"""Bytes of XHTML that are read."""


class _RichText:
    """Collects the text of XHTML; paragraphs and line breaks end a line."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def read(self, source: bytes) -> str:
        """Return the text of a document that `check_xml` has accepted."""
        # Imported here: the parser is needed for rich text only.
        from xml.parsers import expat

        parser = expat.ParserCreate()
        parser.CharacterDataHandler = self._parts.append
        parser.EndElementHandler = self._end
        parser.Parse(source, True)  # noqa: FBT003  # expat takes no names: this is all of the file
        return "".join(self._parts)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2].lower() in LINES:
            self._parts.append("\n")


LINES = frozenset({"p", "br", "div", "li"})

DATE = re.compile(
    r"(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?T?(\d\d)?:?(\d\d)?:?(\d\d)?"
    r"(?:\.\d+)?(?:(Z)|([+-])(\d\d)'?:?(\d\d)?)?"
)


def read_date(text: str) -> str:
    """Return a date as ISO 8601 in UTC (`2026-11-29T10:15:00Z`); without a zone it is taken as UTC. Empty if it is none."""
    match = DATE.match(text.strip())
    if not match:
        return ""
    year, month, day, hour, minute, second = match.groups()[:6]
    _, sign, hours, minutes = match.groups()[6:]
    away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-away if sign == "-" else away)
        local = datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            min(int(second or 0), 59),
            tzinfo=zone,
        )
        return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""
