"""Read glossaries: CSV with a column for each language, and TBX (ISO 30042) of versions 2 and 3.

In a cell, synonyms are separated by `|`, and a term after `!` must not be used. In TBX, the administrative status says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from brochure.errors import InputError
from brochure.findings import Finding, Span
from brochure.l10n.csv_rows import read_csv_rows
from brochure.l10n.formats._catalogue_limits import find_oversize
from brochure.l10n.glossary import Concept, Glossary, Term, TermStatus
from brochure.l10n.language_tags import is_tag
from brochure.locales import canonical_tag, is_known_language
from brochure.system.xml_safety import XmlProblem, check_xml

SYNONYM, FORBIDDEN = "|", "!"


def read_glossary(data: bytes, label: str) -> Glossary:
    """Return the glossary in a file.

    Raises:
        InputError: The file cannot be read, or has no terms.
    """
    oversize = find_oversize(data, label)
    if oversize:
        raise InputError([oversize])
    is_xml = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    concepts = tuple(_read_tbx(data, label) if is_xml else _read_csv(data, label))
    if not any(len(one.terms) for one in concepts):
        kind = PurePosixPath(label).suffix or "file"
        hint = "write language tags in the first row and a term of each language below"
        raise InputError([Finding("glossary-empty", f"the {kind} has no terms", Span(label), hint)])
    return Glossary(label, concepts)


# CSV


def _read_csv(data: bytes, label: str) -> Iterator[Concept]:
    rows = read_csv_rows(iter(data.splitlines(keepends=True)), label, "glossary")
    _, header = next(rows, (1, ()))
    columns = _find_languages(header)
    if not columns:
        message = f"no column is headed by a language tag; found: {', '.join(header) or 'nothing'}"
        hint = "write a language tag such as en or fr above each column of terms"
        raise InputError([Finding("glossary-columns", message, Span(label, 1), hint)])
    for line, cells in rows:
        terms = (
            term
            for at, language in columns
            if at < len(cells)
            for term in _read_cell(cells[at], language, Span(label, line))
        )
        yield Concept(tuple(terms))


def _find_languages(header: Sequence[str]) -> list[tuple[int, str]]:
    """Return the index and tag of each column with terms; others, such as notes and definitions, are ignored."""
    tags = [name.strip().replace("_", "-") for name in header]
    return [
        (at, canonical_tag(tag))
        for at, tag in enumerate(tags)
        if is_tag(tag) and is_known_language(tag)
    ]


def _read_cell(cell: str, language: str, span: Span) -> Iterator[Term]:
    for part in cell.split(SYNONYM):
        text = part.strip()
        status = TermStatus.DEPRECATED if text.startswith(FORBIDDEN) else TermStatus.PREFERRED
        if text := text.removeprefix(FORBIDDEN).strip():
            yield Term(text, language, span, status)


# TBX

ENTRIES = ("termEntry", "conceptEntry")
LANGUAGES = ("langSet", "langSec")
TERM_GROUPS = ("tig", "ntig", "termSec")
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
STATUSES = ("administrativeStatus", "normativeAuthorization")
DEPRECATED = ("deprecated", "superseded", "obsolete", "rejected", "forbidden", "notrecommended")
ADMITTED = ("admitted",)


def _read_tbx(data: bytes, label: str) -> Iterator[Concept]:
    root = _parse(data, label)
    if _local_name(root) not in ("martif", "tbx"):
        message = f"the file is XML, but not TBX: its root is '{_local_name(root)}'"
        hint = "expected martif (version 2) or tbx (version 3)"
        raise InputError([Finding("glossary-form", message, Span(label), hint)])
    for entry in _descendants(root, ENTRIES):
        terms = (
            term
            for section in _descendants(entry, LANGUAGES)
            for term in _read_section(section, label)
        )
        yield Concept(tuple(terms))


def _parse(data: bytes, label: str) -> Any:
    """Return the root element; files of version 2 may name their document type, which is not read."""
    try:
        check_xml(data, doctype=True)
    except XmlProblem as problem:
        hint = "save it as plain TBX"
        span = Span(label, problem.line)
        raise InputError([Finding("glossary-form", str(problem), span, hint)]) from None
    # Imported here: only projects with a glossary in TBX need it.
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        message, hint = "the XML cannot be read", "save it as TBX in UTF-8"
        raise InputError([Finding("glossary-form", message, Span(label), hint)]) from None


def _read_section(section: Any, label: str) -> Iterator[Term]:
    """Yield the terms of an entry in one language."""
    language = str(section.get(XML_LANGUAGE, "")).replace("_", "-")
    if not is_tag(language):
        return
    for group in _descendants(section, TERM_GROUPS):
        term: Any = next(_descendants(group, ("term",)), None)
        text = " ".join("".join(term.itertext()).split()) if term is not None else ""
        if text:
            span = Span(label, min(int(term.sourceline or 1), MAX_LINE))
            yield Term(text, canonical_tag(language), span, _read_status(group))


MAX_LINE = 65_535
"""libxml2 counts no further in some versions."""


def _read_status(group: Any) -> TermStatus:
    """Return the status of a term: `termNote type="…"`, or an element of this name (DCT style)."""
    for note in group.iter():
        name = note.get("type") if _local_name(note) == "termNote" else _local_name(note)
        if name in STATUSES:
            value = "".join(note.itertext()).strip().casefold().replace(" ", "")
            if value.startswith(DEPRECATED):
                return TermStatus.DEPRECATED
            if value.startswith(ADMITTED):
                return TermStatus.ADMITTED
    return TermStatus.PREFERRED


def _descendants(element: Any, names: Sequence[str]) -> Iterator[Any]:
    return (one for one in element.iter() if _local_name(one) in names)


def _local_name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
