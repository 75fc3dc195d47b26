"""XLIFF 1.2: the exchange format that older translation programs read.

Takes the bytes of an XLIFF 1.2 file; gives a `Catalogue`, and bytes again. Each message is a trans-unit whose id is its key
(OASIS XLIFF 1.2, 2.4); facts are `ph` codes that hold their own text; a message to be looked at again is in state
`needs-review-translation`, the source it was made from in an `alt-trans` of type `previous-version`.
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
    """Whether a file says that it is XLIFF 1.2."""
    return NAMESPACE.encode() in data[:4096]


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue in an XLIFF 1.2 file."""
    version = _xliff_xml.Version("1.", "XLIFF 1.2", "trans-unit", _translation)
    return _xliff_xml.read_catalogue(data, version, Catalogue(language, label, {}))


def _translation(unit: Any, label: str) -> Translation:
    target = _xliff_xml.first_child(unit, "target")
    text = _text(target)
    state = target.get("state", "") if target is not None else ""
    notes = {
        note.get("from", TRANSLATOR): note.text or "" for note in _xliff_xml.children(unit, "note")
    }
    return Translation(
        unit.get("resname") or unit.get("id") or "",
        _text(_xliff_xml.first_child(unit, "source")),
        text,
        Span(label, unit.sourceline or 1),
        fuzzy=state == FUZZY and bool(text),
        previous=_previous(unit),
        notes=notes.get(TRANSLATOR, ""),
        comments=notes.get(DEVELOPER, ""),
    )


def _text(element: Any) -> str:
    return "" if element is None else _xliff_xml.read_text(element, _code)


def _code(element: Any) -> str:
    """What a code stands for: the text it holds; segmentation marks wrap words and are looked through."""
    return _xliff_xml.read_text(element, _code)


def _previous(unit: Any) -> str | None:
    for other in _xliff_xml.children(unit, "alt-trans"):
        if other.get("alttranstype") == PREVIOUS:
            return _text(_xliff_xml.first_child(other, "source"))
    return None


# Writing


def write(catalogue: Catalogue) -> bytes:
    """The XLIFF 1.2 file of a catalogue."""
    # Imported here: only who exchanges files pays for the XML library.
    from lxml import etree

    root: Any = etree.Element(
        f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap=_xliff_xml.default_namespace(NAMESPACE)
    )
    told = {
        "original": "copy",
        "datatype": "plaintext",
        "source-language": catalogue.header.get("X-Source-Language", "en"),
        "target-language": catalogue.language,
    }
    body = _child(_child(root, "file", told), "body")
    for one in catalogue.entries.values():
        _unit(body, one)
    _xliff_xml.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _child(parent: Any, name: str, attributes: dict[str, str] | None = None) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes or {})


def _unit(body: Any, one: Translation) -> None:
    unit = _child(body, "trans-unit", {"id": one.key, "resname": one.key})
    _side(unit, "source", one.source)
    if one.text:
        state = FUZZY if one.fuzzy else DONE
        _side(unit, "target", one.text).set("state", state)
    for speaker, text in ((DEVELOPER, one.comments), (TRANSLATOR, one.notes)):
        if text:
            _child(unit, "note", {"from": speaker}).text = _xliff_xml.check_characters(text)
    if one.previous is not None:
        _side(_child(unit, "alt-trans", {"alttranstype": PREVIOUS}), "source", one.previous)


def _side(parent: Any, name: str, text: str) -> Any:
    """Source or target, its facts as codes that are numbered through it."""
    from lxml import etree

    numbers = count(1)

    def code(fact: str) -> Any:
        made: Any = etree.Element(f"{{{NAMESPACE}}}ph", {"id": f"{next(numbers)}"})
        made.text = fact
        return made

    element = _child(parent, name)
    _xliff_xml.fill_element(element, text, code)
    return element
