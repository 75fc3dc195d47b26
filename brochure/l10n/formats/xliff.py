"""XLIFF 2: the exchange format of today's translation programs (Trados, memoQ, Crowdin).

Takes the bytes of an XLIFF 2.0 or 2.1 file; gives a `Catalogue`, and bytes again. Each message is a unit whose id is its key
(OASIS XLIFF 2.1, 4.2); facts are placeholders with their text as original data; a message to be looked at again is in state
`initial` with the sub-state `brochure:fuzzy`, the source it was made from in a note.
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
    """Whether a file says that it is XLIFF 2."""
    return NAMESPACE.encode() in data[:4096]


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue in an XLIFF 2 file."""
    version = _xliff_xml.Version("2.", "XLIFF 2", "unit", _translation)
    return _xliff_xml.read_catalogue(data, version, Catalogue(language, label, {}))


def _translation(unit: Any, label: str) -> Translation:
    """A unit; its segments, where a program has divided it, are one message again."""
    codes = {
        f"{data.get('id')}": data.text or ""
        for held in _xliff_xml.children(unit, "originalData")
        for data in _xliff_xml.children(held, "data")
    }

    def code(element: Any) -> str:
        if _xliff_xml.local_name(element) == "ph":
            return codes.get(f"{element.get('dataRef')}", element.get("disp") or "")
        return _xliff_xml.read_text(element, code)

    parts = [part for part in unit if _xliff_xml.local_name(part) in ("segment", "ignorable")]
    segments = [part for part in parts if _xliff_xml.local_name(part) == "segment"]
    source = "".join(_side(part, "source", code) for part in parts)
    text = "".join(_side(part, "target", code) for part in parts)
    if not any(_xliff_xml.first_child(part, "target") is not None for part in segments):
        text = ""
    notes = dict(_notes(unit))
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


def _side(part: Any, name: str, code: Any) -> str:
    element = _xliff_xml.first_child(part, name)
    return "" if element is None else _xliff_xml.read_text(element, code)


def _notes(unit: Any) -> Iterator[tuple[str, str]]:
    for held in _xliff_xml.children(unit, "notes"):
        for note in _xliff_xml.children(held, "note"):
            yield note.get("category", NOTE), note.text or ""


# Writing


def write(catalogue: Catalogue) -> bytes:
    """The XLIFF 2.1 file of a catalogue."""
    # Imported here: only who exchanges files pays for the XML library.
    from lxml import etree

    source = catalogue.header.get("X-Source-Language", "en")
    root: Any = etree.Element(
        f"{{{NAMESPACE}}}xliff",
        {"version": "2.1", "srcLang": source, "trgLang": catalogue.language},
        nsmap=_xliff_xml.default_namespace(NAMESPACE),
    )
    file = _child(root, "file", id="copy")
    for one in catalogue.entries.values():
        _unit(file, one)
    _xliff_xml.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _child(parent: Any, name: str, /, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)


def _unit(file: Any, one: Translation) -> None:
    unit = _child(file, "unit", id=one.key, name=one.key)
    said = {COMMENT: one.comments, NOTE: one.notes, PREVIOUS: one.previous or ""}
    if any(said.values()):
        notes = _child(unit, "notes")
        for category, text in said.items():
            if text:
                _child(notes, "note", category=category).text = _xliff_xml.check_characters(text)
    facts = tuple(dict.fromkeys(_xliff_xml.FACT.findall(one.source + "\n" + one.text)))
    if facts:
        held = _child(unit, "originalData")
        for at, fact in enumerate(facts, start=1):
            _child(held, "data", id=f"d{at}").text = fact
    segment = _child(unit, "segment", state="translated" if one.ready else "initial")
    if one.fuzzy:
        segment.set("subState", FUZZY)
    _side_of(segment, "source", one.source, facts)
    if one.text:
        _side_of(segment, "target", one.text, facts)


def _side_of(segment: Any, name: str, text: str, facts: tuple[str, ...]) -> None:
    """Source or target, its facts as placeholders that are numbered through it."""
    from lxml import etree

    numbers = count(1)

    def code(fact: str) -> Any:
        at = facts.index(fact) + 1
        told = {"id": f"{next(numbers)}", "dataRef": f"d{at}", "disp": fact, "canDelete": "no"}
        return etree.Element(f"{{{NAMESPACE}}}ph", told)

    _xliff_xml.fill_element(_child(segment, name), text, code)
