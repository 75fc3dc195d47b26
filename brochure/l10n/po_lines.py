"""Lines and entries of a PO file, with their bytes.

Entries are found as polib finds them: a comment or a keyword after a `msgstr` begins the next entry, and empty lines have no
meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span

BYTE_ORDER_MARK = "\ufeff"

UNESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "\\": "\\", '"': '"'}
ESCAPED = re.compile(r'\\([ntrvbf\\"])')
LINE = re.compile(
    r"""(?P<obsolete>\#~\s++)?
    (?:(?P<comment>\#.*+)|(?P<keyword>msg[a-z_]++(?:\[\d++\])?)?\s*+"(?P<string>(?:[^"\\]++|\\.)*+)")?""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end; `comment` is a comment's text with `#`, `string` what is between the quotation marks."""

    raw: str
    keyword: str = ""
    string: str | None = None
    comment: str = ""
    obsolete: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as indexes of lines: `fields` has the first line of each keyword and the line after its last."""

    start: int
    end: int
    comments: tuple[int, ...]
    fields: dict[str, tuple[int, int]]
    key: str
    obsolete: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """The lines from `start` to before `end` are replaced by `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def split_lines(data: bytes, label: str) -> list[Line]:
    """Return the lines, divided as polib divides them; InputError if one is invalid."""
    try:
        text = data.decode()
    except UnicodeDecodeError as failure:
        line = data[: failure.start].count(b"\n") + 1
        wrong = Finding(
            "po-encoding", "the file is not UTF-8", Span(label, line), "save it as UTF-8"
        )
        raise InputError([wrong]) from failure
    has_mark = text.startswith(BYTE_ORDER_MARK)  # an empty line, so that nothing precedes it
    lines = [Line(BYTE_ORDER_MARK)] if has_mark else []
    for number, raw in enumerate(text.removeprefix(BYTE_ORDER_MARK).splitlines(keepends=True), 1):
        match = LINE.fullmatch(raw.strip())
        if not match:
            span = Span(label, number)
            hint = "put each string between straight quotation marks"
            raise InputError([Finding("po-form", "invalid line in a PO file", span, hint)])
        comment = (match["comment"] or "").rstrip()
        is_obsolete = match["obsolete"] is not None or comment.startswith("#~")
        lines.append(Line(raw, match["keyword"] or "", match["string"], comment, is_obsolete))
    return lines


def find_entries(lines: Sequence[Line]) -> Iterator[Entry]:
    """Yield all entries in order, the header as well."""
    numbers: list[int] = []
    is_complete = False
    for at, line in enumerate(lines):
        is_content = bool(line.comment) or line.string is not None
        continues = line.string is not None and (
            not line.keyword or line.keyword.startswith("msgstr")
        )
        if is_complete and is_content and not continues:
            yield _make_entry(lines, numbers)
            numbers, is_complete = [], False
        if is_content:
            numbers.append(at)
        is_complete = is_complete or line.keyword.startswith("msgstr")
    if is_complete:
        yield _make_entry(lines, numbers)


def _make_entry(lines: Sequence[Line], numbers: Sequence[int]) -> Entry:
    fields: dict[str, tuple[int, int]] = {}
    keyword = ""
    for at in numbers:
        line = lines[at]
        keyword = line.keyword or keyword
        if line.string is not None and keyword:
            fields[keyword] = (fields.get(keyword, (at, at))[0], at + 1)
    comments = tuple(at for at in numbers if lines[at].comment)
    is_obsolete = any(lines[at].obsolete and lines[at].keyword for at in numbers)
    key = read_string(lines, fields["msgctxt"]) if "msgctxt" in fields else ""
    return Entry(numbers[0], numbers[-1] + 1, comments, fields, key, is_obsolete)


def read_string(lines: Sequence[Line], field: tuple[int, int]) -> str:
    """Return the text of a field. Each string is unescaped by itself, as polib does."""
    strings = (lines[at].string or "" for at in range(*field))
    return "".join(ESCAPED.sub(lambda match: UNESCAPES[match[1]], one) for one in strings)


# Edits


def apply_edits(lines: Sequence[Line], edits: Iterable[Edit]) -> bytes:
    """Return the bytes of the lines with the edits."""
    raw = [line.raw for line in lines]
    # From the end, so that indexes stay right. Of two insertions at one place, the later one comes first.
    for edit in sorted(edits, key=lambda one: (one.start, one.end), reverse=True):
        raw[edit.start : edit.end] = edit.lines
    return "".join(raw).encode()


def end_of(raw: str) -> str:
    """Return the line end of a line; empty for a last line without one."""
    return raw[len(raw.splitlines()[0]) :] if raw else ""


def find_line_end(lines: Sequence[Line], at: int) -> str:
    """Return the line end for new lines at a line: its own, or that of the first line that has one."""
    near = (line.raw for line in (*lines[at : at + 1], *lines[:2]))
    return next((end for raw in near if (end := end_of(raw))), "\n")


def invalid_line(message: str, label: str, lines: Sequence[Line], at: int, hint: str) -> InputError:
    """Return the error for an entry that begins at a line."""
    number = at + 1 - (lines[0].raw == BYTE_ORDER_MARK)
    return InputError([Finding("po-form", message, Span(label, number), hint)])
