"""Change one entry in the bytes of a PO file and leave everything else as it is.

`po.write` formats a whole catalogue again. This module is for single edits: other entries, comments, their order, line breaks,
line ends, the header and the encoding stay byte for byte. Entries are found as polib finds them: a comment or a keyword after a
`msgstr` begins the next entry, and empty lines have no meaning.

Nothing is read from disk or written; `replace_unchanged` in `system/output_files.py` writes the result if the file is still
the one that was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.l10n.catalogue import UNPRINTABLE

DEFAULT_LABEL = "PO file"
"""The file's name in messages if the caller gives none."""

BYTE_ORDER_MARK = "\ufeff"

LINE_BREAKING = re.compile("[\x85\u2028\u2029]")
"""Characters that end a line when a PO file is read, and for which PO has no escape sequence."""

ESCAPES = {"\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n", '"': '\\"'}
UNESCAPES = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "\\": "\\", '"': '"'}
ESCAPED = re.compile(r'\\([ntrvbf\\"])')
LINE = re.compile(
    r"""(?P<obsolete>\#~\s++)?
    (?:(?P<comment>\#.*+)|(?P<keyword>msg[a-z_]++(?:\[\d++\])?)?\s*+"(?P<string>(?:[^"\\]++|\\.)*+)")?""",
    re.VERBOSE | re.DOTALL,
)


def set_translation(
    data: bytes,
    key: str,
    text: str,
    *,
    fuzzy: bool,
    source: str | None = None,
    label: str = DEFAULT_LABEL,
) -> bytes:
    """Return the file with another translation of one message.

    If it is not fuzzy, the previous source (`#|`) is removed, as by gettext's tools.

    Args:
        data: The PO file.
        key: The message's key (msgctxt).
        text: The translation.
        fuzzy: True if it needs review.
        source: The source text that it translates (default: that of the entry).
        label: The file's name for messages.

    Raises:
        KeyError: The file has no such message; `add_entry` adds one.
        InputError: The file is invalid, the entry has plural forms, or the text has a character that PO cannot store.
    """
    change = EntryChange(text, fuzzy=fuzzy, source=source)
    return change_entries(data, {key: change}, label=label)


def add_translator_comment(
    data: bytes, key: str, text: str, *, label: str = DEFAULT_LABEL
) -> bytes:
    """Return the file with a translator comment (`# …`) added to one message, below those that it has.

    A comment that is already there is not added again.

    Raises:
        KeyError: The file has no such message.
        InputError: The file is invalid, or the comment contains a control character.
    """
    return change_entries(data, {key: EntryChange(comments=(text,))}, label=label)


def add_entry(
    data: bytes, key: str, source: str, text: str, *, fuzzy: bool, label: str = DEFAULT_LABEL
) -> bytes:
    """Return the file with a message added, after the other messages and before the obsolete ones.

    Raises:
        InputError: The file is invalid or has the message already, or a text has a character that PO cannot store.
    """
    return add_entries(data, {key: EntryChange(text, fuzzy=fuzzy, source=source)}, label=label)


# Several entries


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What changes in an entry, as `set_translation` and `add_translator_comment` do it; `text` is None to leave it."""

    text: str | None = None
    fuzzy: bool = False
    source: str | None = None
    comments: tuple[str, ...] = ()


def change_entries(
    data: bytes, changes: Mapping[str, EntryChange], *, label: str = DEFAULT_LABEL
) -> bytes:
    """Return the file with changes of several messages, by key; for the rest, see `set_translation`."""
    lines = _split(data, label)
    entries: dict[str, _Entry] = {}
    for one in _entries(lines):
        if "msgctxt" in one.fields and not one.obsolete:
            entries.setdefault(one.key, one)
    edits: list[_Edit] = []
    for key, change in changes.items():
        _check_change(key, change, label)
        edits.extend(_edit_entry(lines, entries[key], change, label))
    return _apply(lines, edits)


def add_entries(
    data: bytes, new: Mapping[str, EntryChange], *, label: str = DEFAULT_LABEL
) -> bytes:
    """Return the file with several messages added, by key; for the rest, see `add_entry`."""
    lines = _split(data, label)
    entries = tuple(_entries(lines))
    used = [one for one in entries if not one.obsolete]
    for existing in used:
        if existing.key in new and "msgctxt" in existing.fields:
            message = f"the file has message '{existing.key}' already"
            raise _invalid(message, label, lines, existing.start, "change its entry")
    at = used[-1].end if used else min((one.start for one in entries), default=len(lines))
    end = _line_end(lines, max(0, at - 1))
    added: list[str] = []
    for key, one in new.items():
        _check_change(key, one, label)
        added.extend(["", *_format_entry(key, one)] if used or added else _format_entry(key, one))
    if at < len(lines) and lines[at].raw.strip():
        added.append("")
    unfinished = end if used and not _end_of(lines[at - 1].raw) else ""
    return _apply(lines, [_Edit(at, at, (unfinished, *(line + end for line in added)))])


def rename_entries(data: bytes, names: Mapping[str, str], *, label: str = DEFAULT_LABEL) -> bytes:
    """Return the file with other keys (msgctxt) for messages, also for obsolete ones.

    Args:
        data: The PO file.
        names: New keys by old keys; keys that the file does not have are skipped.
        label: The file's name for messages.

    Raises:
        InputError: The file is invalid.
    """
    lines = _split(data, label)
    edits: list[_Edit] = []
    for entry in _entries(lines):
        if "msgctxt" in entry.fields and entry.key in names:
            for edit in _edit_string(lines, entry, "msgctxt", names[entry.key]):
                prefix = "#~ " if entry.obsolete else ""
                edits.append(_Edit(edit.start, edit.end, tuple(prefix + one for one in edit.lines)))
    return _apply(lines, edits)


# Lines and entries


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its end; `comment` is a comment's text with `#`, `string` what is between the quotation marks."""

    raw: str
    keyword: str = ""
    string: str | None = None
    comment: str = ""
    obsolete: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as indexes of lines: `fields` has the first line of each keyword and the line after its last."""

    start: int
    end: int
    comments: tuple[int, ...]
    fields: dict[str, tuple[int, int]]
    key: str
    obsolete: bool


@dataclass(frozen=True, slots=True)
class _Edit:
    """The lines from `start` to before `end` are replaced by `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def _split(data: bytes, label: str) -> list[_Line]:
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
    lines = [_Line(BYTE_ORDER_MARK)] if has_mark else []
    for number, raw in enumerate(text.removeprefix(BYTE_ORDER_MARK).splitlines(keepends=True), 1):
        match = LINE.fullmatch(raw.strip())
        if not match:
            span = Span(label, number)
            hint = "put each string between straight quotation marks"
            raise InputError([Finding("po-form", "invalid line in a PO file", span, hint)])
        comment = (match["comment"] or "").rstrip()
        is_obsolete = match["obsolete"] is not None or comment.startswith("#~")
        lines.append(_Line(raw, match["keyword"] or "", match["string"], comment, is_obsolete))
    return lines


def _entries(lines: Sequence[_Line]) -> Iterator[_Entry]:
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


def _make_entry(lines: Sequence[_Line], numbers: Sequence[int]) -> _Entry:
    fields: dict[str, tuple[int, int]] = {}
    keyword = ""
    for at in numbers:
        line = lines[at]
        keyword = line.keyword or keyword
        if line.string is not None and keyword:
            fields[keyword] = (fields.get(keyword, (at, at))[0], at + 1)
    comments = tuple(at for at in numbers if lines[at].comment)
    is_obsolete = any(lines[at].obsolete and lines[at].keyword for at in numbers)
    key = _read_string(lines, fields["msgctxt"]) if "msgctxt" in fields else ""
    return _Entry(numbers[0], numbers[-1] + 1, comments, fields, key, is_obsolete)


def _read_string(lines: Sequence[_Line], field: tuple[int, int]) -> str:
    """Return the text of a field. Each string is unescaped by itself, as polib does."""
    strings = (lines[at].string or "" for at in range(*field))
    return "".join(ESCAPED.sub(lambda match: UNESCAPES[match[1]], one) for one in strings)


# Edits


def _edit_entry(
    lines: Sequence[_Line], entry: _Entry, change: EntryChange, label: str
) -> Iterator[_Edit]:
    """Yield the edits of one entry."""
    if change.text is not None:
        if "msgid_plural" in entry.fields or "msgstr" not in entry.fields:
            message = f"message '{entry.key}' uses plural forms"
            hint = "write plurals in the message: {count, plural, one {…} other {…}}"
            raise _invalid(message, label, lines, entry.start, hint)
        yield from _edit_flags(lines, entry, fuzzy=change.fuzzy)
        yield from _edit_string(lines, entry, "msgstr", change.text)
    if change.source is not None:
        yield from _edit_string(lines, entry, "msgid", change.source)
    yield from _add_comments(lines, entry, change.comments)


def _add_comments(
    lines: Sequence[_Line], entry: _Entry, comments: Iterable[str]
) -> Iterator[_Edit]:
    """Yield the edit that adds translator comments below those of an entry; none if it has them all."""
    own = [at for at in entry.comments if _is_translator_comment(lines[at].comment)]
    before = [lines[at].comment for at in own]
    new: list[str] = []
    for text in comments:
        one = _format_comment(text)
        if not _contains([*before, *new], one):
            new.extend(one)
    at = own[-1] + 1 if own else entry.start
    end = _line_end(lines, entry.start)
    if new:
        yield _Edit(at, at, tuple(line + end for line in new))


def _format_entry(key: str, one: EntryChange) -> Iterator[str]:
    """Yield the lines of a new entry."""
    for comment in one.comments:
        yield from _format_comment(comment)
    if one.fuzzy:
        yield "#, fuzzy"
    for keyword, value in (("msgctxt", key), ("msgid", one.source), ("msgstr", one.text)):
        yield from _format_string(keyword, value or "")


def _format_comment(text: str) -> list[str]:
    return [f"# {line}".rstrip() for line in text.splitlines()]


def _edit_string(lines: Sequence[_Line], entry: _Entry, keyword: str, text: str) -> Iterator[_Edit]:
    """Yield the edit that gives a field another text; none if it has this text already."""
    start, end = entry.fields[keyword]
    if _read_string(lines, (start, end)) == text:
        return
    first = lines[start].raw
    indent = first[: len(first) - len(first.lstrip())]
    new = [indent + line + _line_end(lines, start) for line in _format_string(keyword, text)]
    last = new[-1].removesuffix(_line_end(lines, start)) + _end_of(lines[end - 1].raw)
    yield _Edit(start, end, (*new[:-1], last))


def _format_string(keyword: str, text: str) -> list[str]:
    """Return the lines of a field, divided only at the line ends of the text, as `po.write` does."""
    parts = text.splitlines(keepends=True) or [""]
    parts = ["", *parts] if len(parts) > 1 else parts
    quoted = [f'"{"".join(ESCAPES.get(letter, letter) for letter in one)}"' for one in parts]
    return [f"{keyword} {quoted[0]}", *quoted[1:]]


def _edit_flags(lines: Sequence[_Line], entry: _Entry, *, fuzzy: bool) -> Iterator[_Edit]:
    """Yield the edits that set or clear the fuzzy flag; clearing it removes the previous source."""
    flag_lines = [at for at in entry.comments if lines[at].comment.startswith("#,")]
    previous = [at for at in entry.comments if lines[at].comment.startswith("#|")]
    fuzzy_lines = [at for at in flag_lines if "fuzzy" in _flags(lines[at])]
    if not fuzzy:
        yield from (_remove_fuzzy(lines[at], at) for at in fuzzy_lines)
        yield from (_Edit(at, at + 1, ()) for at in previous)
    elif not fuzzy_lines and flag_lines:
        at = flag_lines[0]
        raw = lines[at].raw
        yield _Edit(at, at + 1, (raw.replace("#,", "#, fuzzy,", 1),))
    elif not fuzzy_lines:
        keywords = (start for start, _ in entry.fields.values())
        at = min([*previous, *keywords])
        yield _Edit(at, at, ("#, fuzzy" + _line_end(lines, at),))


def _flags(line: _Line) -> list[str]:
    return [flag.strip() for flag in line.comment[2:].split(",")]


def _remove_fuzzy(line: _Line, at: int) -> _Edit:
    left = [flag for flag in _flags(line) if flag and flag != "fuzzy"]
    if not left:
        return _Edit(at, at + 1, ())
    return _Edit(at, at + 1, (f"#, {', '.join(left)}{_end_of(line.raw)}",))


def _is_translator_comment(comment: str) -> bool:
    return comment == "#" or comment.startswith(("# ", "##"))


def _contains(lines: Sequence[str], part: Sequence[str]) -> bool:
    """Return whether the lines of `part` occur in `lines` one after the other."""
    starts = range(len(lines) - len(part) + 1)
    return any(list(lines[at : at + len(part)]) == list(part) for at in starts)


def _apply(lines: Sequence[_Line], edits: Iterable[_Edit]) -> bytes:
    raw = [line.raw for line in lines]
    # From the end, so that indexes stay right. Of two insertions at one place, the later one comes first.
    for edit in sorted(edits, key=lambda one: (one.start, one.end), reverse=True):
        raw[edit.start : edit.end] = edit.lines
    return "".join(raw).encode()


def _end_of(raw: str) -> str:
    """Return the line end of a line; empty for a last line without one."""
    return raw[len(raw.splitlines()[0]) :] if raw else ""


def _line_end(lines: Sequence[_Line], at: int) -> str:
    """Return the line end for new lines at a line: its own, or that of the first line that has one."""
    near = (line.raw for line in (*lines[at : at + 1], *lines[:2]))
    return next((end for raw in near if (end := _end_of(raw))), "\n")


def _check_change(key: str, change: EntryChange, label: str) -> None:
    for text in (key, change.text, change.source, *change.comments):
        _check_text(text or "", key, label)


def _check_text(text: str, key: str, label: str) -> None:
    """Raise InputError if a text contains a character that a PO file cannot store."""
    wrong = UNPRINTABLE.search(text) or LINE_BREAKING.search(text)
    if wrong:
        message = f"message '{key}': the text contains the character U+{ord(wrong[0]):04X}"
        hint = "PO files cannot store it; delete it, or use an ordinary line end"
        raise InputError([Finding("copy-control", message, Span(label), hint)])


def _invalid(message: str, label: str, lines: Sequence[_Line], at: int, hint: str) -> InputError:
    number = at + 1 - (lines[0].raw == BYTE_ORDER_MARK)
    return InputError([Finding("po-form", message, Span(label, number), hint)])
