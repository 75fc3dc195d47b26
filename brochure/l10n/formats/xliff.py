"""XLIFF 2 catalogues, for current translation tools such as Trados, memoQ and Crowdin.

Reads XLIFF 2.0 and 2.1 and writes 2.1. Each message is a unit whose id is its key (OASIS XLIFF 2.1, 4.2); placeholders are `ph`
elements with original data; a fuzzy message has the state `initial` with the sub-state `brochure:fuzzy`, and its previous
source in a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import _xliff_xml

SUFFIXES = (".xlf", ".xliff")
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
FUZZY = "brochure:fuzzy"
COMMENT, NOTE, PREVIOUS = "comment", "translator", "previous-source"


def recognises(data: bytes) -> bool:
    """Return True if the file declares the XLIFF 2 namespace."""
    return NAMESPACE.encode() in data[:4096]


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in an XLIFF 2 file, and findings for its errors."""
    version = _xliff_xml.Version("2.", "XLIFF 2", "unit", _read_unit)
    return _xliff_xml.read_catalogue(data, version, Catalogue(language, label, {}))


def _read_unit(unit: Any, label: str) -> Translation:
    """Return the translation in a unit, whose segments are joined into one message."""
    codes = {
        f"{data.get('id')}": data.text or ""
        for held in _xliff_xml.children(unit, "originalData")
        for data in _xliff_xml.children(held, "data")
    }

    def code(element: Any) -> str:
        if _xliff_xml.local_name(element) == "ph":
            return codes.get(f"{element.get('dataRef')}", element.get("disp") or "")
        return _xliff_xml.extract_text(element, code)

    parts = [part for part in unit if _xliff_xml.local_name(part) in ("segment", "ignorable")]
    segments = [part for part in parts if _xliff_xml.local_name(part) == "segment"]
    source = "".join(_read_part(part, "source", code) for part in parts)
    text = "".join(_read_part(part, "target", code) for part in parts)
    if not any(_xliff_xml.first_child(part, "target") is not None for part in segments):
        text = ""
    notes = dict(_read_notes(unit))
    fuzzy = any(part.get("subState") == FUZZY for part in segments)
    return Translation(
        unit.get("name") or unit.get("id") or "",
        source,
        text,
        Span(label, unit.sourceline or 1),
        fuzzy=fuzzy and bool(text),
        previous=notes.get(PREVIOUS),
        notes=notes.get(NOTE, ""),
        comments=notes.get(COMMENT, ""),
    )


def _read_part(part: Any, name: str, code: Any) -> str:
    element = _xliff_xml.first_child(part, name)
    return "" if element is None else _xliff_xml.extract_text(element, code)


def _read_notes(unit: Any) -> Iterator[tuple[str, str]]:
    for held in _xliff_xml.children(unit, "notes"):
        for note in _xliff_xml.children(held, "note"):
            yield note.get("category", NOTE), note.text or ""


# Writing


def write(catalogue: Catalogue) -> bytes:
    """Return the catalogue as an XLIFF 2.1 file."""
    # Imported here so that only import and export load lxml.
    from lxml import etree

    source = catalogue.header.get("X-Source-Language", "en")
    root: Any = etree.Element(
        f"{{{NAMESPACE}}}xliff",
        {"version": "2.1", "srcLang": source, "trgLang": catalogue.language},
        nsmap=_xliff_xml.default_namespace(NAMESPACE),
    )
    file = _add_child(root, "file", id="copy")
    for one in catalogue.entries.values():
        _add_unit(file, one)
    _xliff_xml.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _add_child(parent: Any, name: str, /, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)


def _add_unit(file: Any, one: Translation) -> None:
    unit = _add_child(file, "unit", id=one.key, name=one.key)
    texts = {COMMENT: one.comments, NOTE: one.notes, PREVIOUS: one.previous or ""}
    if any(texts.values()):
        notes = _add_child(unit, "notes")
        for category, text in texts.items():
            if text:
                _add_child(notes, "note", category=category).text = _xliff_xml.check_characters(
                    text
                )
    placeholders = tuple(
        dict.fromkeys(
            text[start:end]
            for text in (one.source, one.text)
            for start, end in _xliff_xml.find_codes(text)
        )
    )
    if placeholders:
        held = _add_child(unit, "originalData")
        for at, placeholder in enumerate(placeholders, start=1):
            _add_child(held, "data", id=f"d{at}").text = placeholder
    segment = _add_child(unit, "segment", state="translated" if one.ready else "initial")
    if one.fuzzy:
        segment.set("subState", FUZZY)
    _add_text(segment, "source", one.source, placeholders)
    if one.text:
        _add_text(segment, "target", one.text, placeholders)


def _add_text(segment: Any, name: str, text: str, placeholders: tuple[str, ...]) -> None:
    """Add a source or target element, with its placeholders as numbered inline codes."""
    from lxml import etree

    numbers = count(1)

    def code(placeholder: str) -> Any:
        at = placeholders.index(placeholder) + 1
        attributes = {
            "id": f"{next(numbers)}",
            "dataRef": f"d{at}",
            "disp": placeholder,
            "canDelete": "no",
        }
        return etree.Element(f"{{{NAMESPACE}}}ph", attributes)

    _xliff_xml.fill_element(_add_child(segment, name), text, code)
