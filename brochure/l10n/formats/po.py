"""PO: gettext's catalogues, which every translation tool opens.

Takes the bytes of a `.po` or `.pot` file; gives a `Catalogue`, and bytes again. `msgctxt` is the message's key, `msgid` the
source as the translator saw it, `#|` the source before it changed; fuzzy and obsolete are what gettext calls so. Parsed and
written by polib; the header's own fields are kept, and no date is put in that was not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue, Translation, find_control_characters

SUFFIXES = (".po", ".pot")
WIDEST = 1_000_000
"""Lines are broken at line ends of the copy only, so that a changed word changes one line."""

MSGSTR = re.compile(r"(?:#~\s*)?msgstr\b")
LINE = re.compile(r'\s*(#.*|((msgctxt|msgid(_plural)?|msgstr(\[\d+\])?)\s+)?"(?:[^"\\]|\\.)*")?\s*')
"""A line of a PO file: a comment, a keyword with a quoted text, a quoted text that goes on, or nothing."""

FAULT = re.compile(r"line (\d+)\)?:?\s*(.*)", re.DOTALL)


@lru_cache(maxsize=64)
def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue in a PO file."""
    import polib  # loaded where a catalogue is read or written: a build of the source has none

    empty = Catalogue(language, label, {})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        span = Span(label, data[: failure.start].count(b"\n") + 1)
        wrong = Finding("po-encoding", "this is not UTF-8", span, "save it as UTF-8")
        return empty, (wrong,)
    for number, line in enumerate(text.splitlines(), 1):
        if not LINE.fullmatch(line):
            hint = (
                'a text stands between two straight quotation marks; one inside it is written \\"'
            )
            return empty, (Finding("po-form", "this is no line of PO", Span(label, number), hint),)
    try:
        # polib takes a text for a path where a file of that name exists; no path begins with a line end.
        parsed = polib.pofile("\n" + text, check_for_duplicates=False)
    except (OSError, ValueError, IndexError, KeyError, UnicodeDecodeError) as failure:
        return empty, (_malformed(failure, label),)
    lines = _lines(text, has_header=bool(parsed.metadata))
    return _catalogue(parsed, lines, empty)


def _malformed(failure: Exception, label: str) -> Finding:
    found = FAULT.search(str(failure))
    line = max(1, int(found.group(1)) - 1) if found else 1
    reason = (found.group(2) if found else str(failure)).strip() or "it breaks off here"
    return Finding("po-form", f"this cannot be read as PO: {reason}", Span(label, line))


def _lines(text: str, *, has_header: bool) -> list[int]:
    """The line of each entry's translation, in order; the header's left out."""
    found = [at for at, line in enumerate(text.splitlines(), 1) if MSGSTR.match(line)]
    return found[1:] if has_header else found


def _catalogue(
    parsed: Any, lines: list[int], empty: Catalogue
) -> tuple[Catalogue, tuple[Finding, ...]]:
    entries: dict[str, Translation] = {}
    obsolete: list[Translation] = []
    findings: list[Finding] = []
    for at, entry in enumerate(parsed):
        span = Span(empty.file, lines[at] if at < len(lines) else max(1, (entry.linenum or 1) - 1))
        one = _translation(entry, span)
        if entry.obsolete:
            obsolete.append(one)
        else:
            findings.extend(_problems(entry, one, entries))
            entries.setdefault(one.key, one)
    header = dict(parsed.metadata)
    return Catalogue(empty.language, empty.file, entries, tuple(obsolete), header), tuple(findings)


def _translation(entry: Any, span: Span) -> Translation:
    return Translation(
        entry.msgctxt or "",
        entry.msgid,
        entry.msgstr,
        span,
        fuzzy=entry.fuzzy,
        previous=entry.previous_msgid,
        notes=entry.tcomment,
        comments=entry.comment,
    )


def _problems(entry: Any, one: Translation, known: Mapping[str, Translation]) -> Iterator[Finding]:
    yield from find_control_characters(one)
    if not one.key:
        message = f"an entry has no msgctxt: {one.source[:40]!r}"
        hint = "each begins with its key, as 'brochure text extract' wrote it"
        yield Finding("po-key", message, one.span, hint)
    if one.key in known:
        hint = f"first in line {known[one.key].span.line}"
        yield Finding("po-duplicate", f"'{one.key}' stands here twice", one.span, hint)
    if entry.msgid_plural:
        hint = "plurals stand inside the message: {count, plural, one {…} other {…}}"
        yield Finding("po-plural", f"'{one.key}' has gettext's plural forms", one.span, hint)


# Writing


def write(catalogue: Catalogue) -> bytes:
    """The PO file of a catalogue."""
    import polib

    made = polib.POFile(wrapwidth=WIDEST)
    made.metadata = _header(catalogue)
    made.extend(_entry(one, obsolete=False) for one in catalogue.entries.values())
    made.extend(_entry(one, obsolete=True) for one in catalogue.obsolete)
    return f"{made}".rstrip("\n").encode() + b"\n"


def _header(catalogue: Catalogue) -> dict[str, str]:
    needed = {
        "Language": catalogue.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return {**catalogue.header, **needed}


def _entry(one: Translation, *, obsolete: bool) -> Any:
    import polib

    entry = polib.POEntry(
        msgctxt=one.key,
        msgid=one.source,
        msgstr=one.text,
        comment=one.comments,
        tcomment=one.notes,
        obsolete=obsolete,
    )
    if one.fuzzy:
        entry.flags.append("fuzzy")
        if one.previous is not None:
            entry.previous_msgctxt = one.key
            entry.previous_msgid = one.previous
    return entry
