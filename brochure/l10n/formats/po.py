"""PO catalogues (gettext), read and written with polib.

`msgctxt` is the message's key, `msgid` the source and `#|` the previous source; fuzzy and obsolete are as in gettext. Header
fields, flags, references and comments of other programs are preserved, and no dates are added. An entry that cannot be read is
left out, with a finding; the others are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from brochure.findings import Finding, Span, count_repeated
from brochure.l10n.catalogue import (
    BadEntry,
    Catalogue,
    Translation,
    clear_texts,
    find_control_characters,
)
from brochure.l10n.language_tags import is_same_language
from brochure.lazy_pattern import compile_lazily

SUFFIXES = (".po", ".pot")
MAX_LINE_WIDTH = 1_000_000
"""So wide that lines are only broken at line ends of the copy; a changed word then changes one line of the file."""

MSGSTR = compile_lazily(r"(?:#~\s*)?msgstr\b")
ERROR_POSITION = compile_lazily(r"line (\d+)")
FUZZY = "fuzzy"


@lru_cache(maxsize=64)
def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in a PO file, and findings for its errors."""
    # Imported here, since a build in the source language reads no catalogue.
    import polib

    from brochure.l10n.formats._catalogue_limits import (
        find_excess_entries,
        find_excess_lines,
        find_oversize,
    )
    from brochure.l10n.formats._po_repair import escape_line_ends, remove_bad_entries

    empty = Catalogue(language, label, {})
    oversize = find_oversize(data, label)
    if oversize:
        return empty, (oversize,)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        span = Span(label, data[: failure.start].count(b"\n") + 1)
        wrong = Finding("po-encoding", "the file is not UTF-8", span, "save it as UTF-8")
        return empty, (wrong,)
    invalid = find_excess_lines(text, label) or find_excess_entries(text, label, MSGSTR)
    if invalid:
        return empty, (invalid,)
    text, bad = remove_bad_entries(escape_line_ends(text))
    try:
        # polib takes text for a path if such a file exists; the line end prevents that.
        parsed = polib.pofile("\n" + text, check_for_duplicates=False)
    except (OSError, ValueError, IndexError, KeyError, UnicodeDecodeError) as failure:
        return empty, (_malformed(failure, label),)
    lines = _find_lines(text, has_header=bool(parsed.metadata))
    return _make_catalogue(parsed, lines, empty, bad)


def _malformed(failure: Exception, label: str) -> Finding:
    """Return a finding at the line that polib could not read."""
    match = ERROR_POSITION.search(str(failure))
    line = max(1, int(match.group(1)) - 1) if match else 1
    reasons = (words for part, words in REASONS.items() if part in str(failure))
    message, hint = next(reasons, ("invalid line in a PO file", "each msgid needs a msgstr"))
    return Finding("po-form", message, Span(label, line), hint)


REASONS = {
    "unescaped double quote": (
        "a quotation mark inside a string is not escaped",
        'write \\" for a quotation mark inside a string',
    ),
    "invalid continuation line": (
        "a string does not belong to a keyword",
        "put it below the msgid or msgstr that it continues",
    ),
    "unknown keyword": (
        "unknown keyword in a PO file",
        "expected msgctxt, msgid, msgid_plural or msgstr",
    ),
}
"""Message and hint by parts of polib's messages."""


def _find_lines(text: str, *, has_header: bool) -> list[int]:
    """Return the line number of each entry's msgstr, without the header's."""
    numbers = [at for at, line in enumerate(text.splitlines(), 1) if MSGSTR.match(line)]
    return numbers[1:] if has_header else numbers


def _make_catalogue(
    parsed: Any, lines: list[int], empty: Catalogue, bad: Sequence[BadEntry]
) -> tuple[Catalogue, tuple[Finding, ...]]:
    entries: dict[str, Translation] = {}
    obsolete: list[Translation] = []
    left_out = {one.key for one in bad if one.key}
    findings = [_report_bad_entry(one, empty.file) for one in bad]
    for at, entry in enumerate(parsed):
        span = Span(empty.file, lines[at] if at < len(lines) else max(1, (entry.linenum or 1) - 1))
        one = _make_translation(entry, span)
        if entry.obsolete:
            obsolete.append(one)
            continue
        problems = tuple(_find_problems(entry, one, entries))
        findings.extend(problems)
        if one.key:
            left_out |= {one.key} if problems else set()
            entries.setdefault(one.key, one)
    for wrong in bad:
        if wrong.key:
            place = Span(empty.file, wrong.line)
            entries.setdefault(wrong.key, Translation(wrong.key, "", "", place))
    catalogue = replace(
        empty,
        entries=clear_texts(entries, left_out),
        obsolete=tuple(obsolete),
        header=dict(parsed.metadata),
        title=parsed.header,
        declared=parsed.metadata.get("Language", ""),
        left_out=frozenset(left_out),
    )
    return catalogue, count_repeated(findings)


def _report_bad_entry(bad: BadEntry, label: str) -> Finding:
    if bad.is_misplaced:
        message, hint = REASONS["invalid continuation line"]
        return Finding("po-form", message, Span(label, bad.line), hint)
    hint = 'put each string between straight quotation marks; write \\" for one inside a string'
    return Finding("po-form", "invalid line in a PO file", Span(label, bad.line), hint)


def _make_translation(entry: Any, span: Span) -> Translation:
    return Translation(
        entry.msgctxt or "",
        entry.msgid,
        entry.msgstr,
        span,
        fuzzy=entry.fuzzy,
        previous=entry.previous_msgid,
        notes=entry.tcomment,
        comments=entry.comment,
        flags=tuple(flag for flag in entry.flags if flag != FUZZY),
        references=tuple(entry.occurrences),
    )


def _find_problems(
    entry: Any, one: Translation, known: Mapping[str, Translation]
) -> Iterator[Finding]:
    yield from find_control_characters(one)
    if not one.key:
        message = f"the entry has no msgctxt: {one.source[:40]!r}"
        hint = "msgctxt is the message's key; restore it as 'brochure text extract' wrote it"
        yield Finding("po-key", message, one.span, hint)
    if one.key in known:
        hint = f"first used in line {known[one.key].span.line}; delete one of the two"
        yield Finding("po-duplicate", f"duplicate message '{one.key}'", one.span, hint)
    if entry.msgid_plural:
        hint = "write plurals in the message: {count, plural, one {…} other {…}}"
        yield Finding(
            "po-plural",
            f"message '{one.key}' uses msgid_plural, which is not supported",
            one.span,
            hint,
        )


# Writing


def write(catalogue: Catalogue) -> bytes:
    """Return the catalogue as a PO file."""
    import polib

    file = polib.POFile(wrapwidth=MAX_LINE_WIDTH)
    file.header = catalogue.title
    file.metadata = _make_header(catalogue)
    file.extend(_make_entry(one, obsolete=False) for one in catalogue.entries.values())
    file.extend(_make_entry(one, obsolete=True) for one in catalogue.obsolete)
    return f"{file}".rstrip("\n").encode() + b"\n"


def _make_header(catalogue: Catalogue) -> dict[str, str]:
    needed = {
        "Language": _write_language(catalogue),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return {**catalogue.header, **needed}


def _write_language(catalogue: Catalogue) -> str:
    """Return the language as another program has written it, e.g. `de_DE`, if it means that of the catalogue."""
    written = catalogue.header.get("Language", "")
    return written if is_same_language(written, catalogue.language) else catalogue.language


def _make_entry(one: Translation, *, obsolete: bool) -> Any:
    import polib

    entry = polib.POEntry(
        msgctxt=one.key,
        msgid=one.source,
        msgstr=one.text,
        comment=one.comments,
        tcomment=one.notes,
        occurrences=list(one.references),
        flags=[FUZZY, *one.flags] if one.fuzzy else list(one.flags),
        obsolete=obsolete,
    )
    if one.fuzzy and one.previous is not None:
        entry.previous_msgctxt = one.key
        entry.previous_msgid = one.previous
    return entry
