"""XLIFF 1.2 catalogues, for older translation tools.

Each message is a trans-unit whose id is its key (OASIS XLIFF 1.2, 2.4); placeholders are `ph` codes that contain their own text;
a fuzzy message has the state `needs-review-translation`, and its previous source in an `alt-trans` of type `previous-version`.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import _xliff_xml

SUFFIXES = (".xlf", ".xliff")
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
FUZZY, NEW, DONE = "needs-review-translation", "new", "translated"
DEVELOPER, TRANSLATOR = "developer", "translator"
PREVIOUS = "previous-version"


def recognises(data: bytes) -> bool:
    """Return True if the file declares the XLIFF 1.2 namespace."""
    return NAMESPACE.encode() in data[:4096]


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in an XLIFF 1.2 file, and findings for its errors."""
    version = _xliff_xml.Version("1.", "XLIFF 1.2", "trans-unit", _read_unit)
    return _xliff_xml.read_catalogue(data, version, Catalogue(language, label, {}))


def _read_unit(unit: Any, label: str) -> Translation:
    target = _xliff_xml.first_child(unit, "target")
    text = _read_text(target)
    state = target.get("state", "") if target is not None else ""
    notes = {
        note.get("from", TRANSLATOR): note.text or "" for note in _xliff_xml.children(unit, "note")
    }
    return Translation(
        unit.get("resname") or unit.get("id") or "",
        _read_text(_xliff_xml.first_child(unit, "source")),
        text,
        Span(label, unit.sourceline or 1),
        fuzzy=state == FUZZY and bool(text),
        previous=_read_previous(unit),
        notes=notes.get(TRANSLATOR, ""),
        comments=notes.get(DEVELOPER, ""),
    )


def _read_text(element: Any) -> str:
    return "" if element is None else _xliff_xml.extract_text(element, _read_code)


def _read_code(element: Any) -> str:
    """Return the text of an inline code; markers that wrap text, such as `mrk`, are replaced by their content."""
    return _xliff_xml.extract_text(element, _read_code)


def _read_previous(unit: Any) -> str | None:
    for other in _xliff_xml.children(unit, "alt-trans"):
        if other.get("alttranstype") == PREVIOUS:
            return _read_text(_xliff_xml.first_child(other, "source"))
    return None


# Writing


def write(catalogue: Catalogue) -> bytes:
    """Return the catalogue as an XLIFF 1.2 file."""
    # Imported here so that only import and export load lxml.
    from lxml import etree

    root: Any = etree.Element(
        f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap=_xliff_xml.default_namespace(NAMESPACE)
    )
    attributes = {
        "original": "copy",
        "datatype": "plaintext",
        "source-language": catalogue.header.get("X-Source-Language", "en"),
        "target-language": catalogue.language,
    }
    body = _add_child(_add_child(root, "file", attributes), "body")
    for one in catalogue.entries.values():
        _add_unit(body, one)
    _xliff_xml.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _add_child(parent: Any, name: str, attributes: dict[str, str] | None = None) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes or {})


def _add_unit(body: Any, one: Translation) -> None:
    unit = _add_child(body, "trans-unit", {"id": one.key, "resname": one.key})
    _add_text(unit, "source", one.source)
    if one.text:
        state = FUZZY if one.fuzzy else DONE
        _add_text(unit, "target", one.text).set("state", state)
    for author, text in ((DEVELOPER, one.comments), (TRANSLATOR, one.notes)):
        if text:
            _add_child(unit, "note", {"from": author}).text = _xliff_xml.check_characters(text)
    if one.previous is not None:
        _add_text(_add_child(unit, "alt-trans", {"alttranstype": PREVIOUS}), "source", one.previous)


def _add_text(parent: Any, name: str, text: str) -> Any:
    """Add a source or target element, with its placeholders as numbered inline codes."""
    from lxml import etree

    numbers = count(1)

    def code(placeholder: str) -> Any:
        element: Any = etree.Element(f"{{{NAMESPACE}}}ph", {"id": f"{next(numbers)}"})
        element.text = placeholder
        return element

    element = _add_child(parent, name)
    _xliff_xml.fill_element(element, text, code)
    return element
