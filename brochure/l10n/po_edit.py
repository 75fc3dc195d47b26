"""Change one entry in the bytes of a PO file and leave everything else as it is.

`po.write` formats a whole catalogue again. This module is for single edits: other entries, comments, their order, line breaks,
line ends, the header and the encoding stay byte for byte.

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
from brochure.l10n.po_lines import (
    Edit,
    Entry,
    Line,
    apply_edits,
    end_of,
    find_entries,
    find_line_end,
    invalid_line,
    read_string,
    split_lines,
)

DEFAULT_LABEL = "PO file"
"""The file's name in messages if the caller gives none."""

LINE_BREAKING = re.compile("[\x85\u2028\u2029]")
"""Characters that end a line when a PO file is read, and for which PO has no escape sequence."""

ESCAPES = {"\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n", '"': '\\"'}


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
    lines = split_lines(data, label)
    entries: dict[str, Entry] = {}
    for one in find_entries(lines):
        if "msgctxt" in one.fields and not one.obsolete:
            entries.setdefault(one.key, one)
    edits: list[Edit] = []
    for key, change in changes.items():
        _check_change(key, change, label)
        edits.extend(_edit_entry(lines, entries[key], change, label))
    return apply_edits(lines, edits)


def add_entries(
    data: bytes, new: Mapping[str, EntryChange], *, label: str = DEFAULT_LABEL
) -> bytes:
    """Return the file with several messages added, by key; for the rest, see `add_entry`."""
    lines = split_lines(data, label)
    entries = tuple(find_entries(lines))
    used = [one for one in entries if not one.obsolete]
    for existing in used:
        if existing.key in new and "msgctxt" in existing.fields:
            message = f"the file has message '{existing.key}' already"
            raise invalid_line(message, label, lines, existing.start, "change its entry")
    at = used[-1].end if used else min((one.start for one in entries), default=len(lines))
    end = find_line_end(lines, max(0, at - 1))
    added: list[str] = []
    for key, one in new.items():
        _check_change(key, one, label)
        added.extend(["", *_format_entry(key, one)] if used or added else _format_entry(key, one))
    if at < len(lines) and lines[at].raw.strip():
        added.append("")
    unfinished = end if used and not end_of(lines[at - 1].raw) else ""
    return apply_edits(lines, [Edit(at, at, (unfinished, *(line + end for line in added)))])


def rename_entries(data: bytes, names: Mapping[str, str], *, label: str = DEFAULT_LABEL) -> bytes:
    """Return the file with other keys (msgctxt) for messages, also for obsolete ones.

    Args:
        data: The PO file.
        names: New keys by old keys; keys that the file does not have are skipped.
        label: The file's name for messages.

    Raises:
        InputError: The file is invalid.
    """
    lines = split_lines(data, label)
    edits: list[Edit] = []
    for entry in find_entries(lines):
        if "msgctxt" in entry.fields and entry.key in names:
            for edit in _edit_string(lines, entry, "msgctxt", names[entry.key]):
                prefix = "#~ " if entry.obsolete else ""
                edits.append(Edit(edit.start, edit.end, tuple(prefix + one for one in edit.lines)))
    return apply_edits(lines, edits)


def _edit_entry(
    lines: Sequence[Line], entry: Entry, change: EntryChange, label: str
) -> Iterator[Edit]:
    """Yield the edits of one entry."""
    if change.text is not None:
        if "msgid_plural" in entry.fields or "msgstr" not in entry.fields:
            message = f"message '{entry.key}' uses plural forms"
            hint = "write plurals in the message: {count, plural, one {…} other {…}}"
            raise invalid_line(message, label, lines, entry.start, hint)
        yield from _edit_flags(lines, entry, fuzzy=change.fuzzy)
        yield from _edit_string(lines, entry, "msgstr", change.text)
    if change.source is not None:
        yield from _edit_string(lines, entry, "msgid", change.source)
    yield from _add_comments(lines, entry, change.comments)


def _add_comments(lines: Sequence[Line], entry: Entry, comments: Iterable[str]) -> Iterator[Edit]:
    """Yield the edit that adds translator comments below those of an entry; none if it has them all."""
    own = [at for at in entry.comments if _is_translator_comment(lines[at].comment)]
    before = [lines[at].comment for at in own]
    new: list[str] = []
    for text in comments:
        one = _format_comment(text)
        if not _contains([*before, *new], one):
            new.extend(one)
    at = own[-1] + 1 if own else entry.start
    end = find_line_end(lines, entry.start)
    if new:
        yield Edit(at, at, tuple(line + end for line in new))


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


def _edit_string(lines: Sequence[Line], entry: Entry, keyword: str, text: str) -> Iterator[Edit]:
    """Yield the edit that gives a field another text; none if it has this text already."""
    start, end = entry.fields[keyword]
    if read_string(lines, (start, end)) == text:
        return
    first = lines[start].raw
    indent = first[: len(first) - len(first.lstrip())]
    new = [indent + line + find_line_end(lines, start) for line in _format_string(keyword, text)]
    last = new[-1].removesuffix(find_line_end(lines, start)) + end_of(lines[end - 1].raw)
    yield Edit(start, end, (*new[:-1], last))


def _format_string(keyword: str, text: str) -> list[str]:
    """Return the lines of a field, divided only at the line ends of the text, as `po.write` does."""
    parts = text.splitlines(keepends=True) or [""]
    parts = ["", *parts] if len(parts) > 1 else parts
    quoted = [f'"{"".join(ESCAPES.get(letter, letter) for letter in one)}"' for one in parts]
    return [f"{keyword} {quoted[0]}", *quoted[1:]]


def _edit_flags(lines: Sequence[Line], entry: Entry, *, fuzzy: bool) -> Iterator[Edit]:
    """Yield the edits that set or clear the fuzzy flag; clearing it removes the previous source."""
    flag_lines = [at for at in entry.comments if lines[at].comment.startswith("#,")]
    previous = [at for at in entry.comments if lines[at].comment.startswith("#|")]
    fuzzy_lines = [at for at in flag_lines if "fuzzy" in _flags(lines[at])]
    if not fuzzy:
        yield from (_remove_fuzzy(lines[at], at) for at in fuzzy_lines)
        yield from (Edit(at, at + 1, ()) for at in previous)
    elif not fuzzy_lines and flag_lines:
        at = flag_lines[0]
        raw = lines[at].raw
        yield Edit(at, at + 1, (raw.replace("#,", "#, fuzzy,", 1),))
    elif not fuzzy_lines:
        keywords = (start for start, _ in entry.fields.values())
        at = min([*previous, *keywords])
        yield Edit(at, at, ("#, fuzzy" + find_line_end(lines, at),))


def _flags(line: Line) -> list[str]:
    return [flag.strip() for flag in line.comment[2:].split(",")]


def _remove_fuzzy(line: Line, at: int) -> Edit:
    left = [flag for flag in _flags(line) if flag and flag != "fuzzy"]
    if not left:
        return Edit(at, at + 1, ())
    return Edit(at, at + 1, (f"#, {', '.join(left)}{end_of(line.raw)}",))


def _is_translator_comment(comment: str) -> bool:
    return comment == "#" or comment.startswith(("# ", "##"))


def _contains(lines: Sequence[str], part: Sequence[str]) -> bool:
    """Return whether the lines of `part` occur in `lines` one after the other."""
    starts = range(len(lines) - len(part) + 1)
    return any(list(lines[at : at + len(part)]) == list(part) for at in starts)


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
