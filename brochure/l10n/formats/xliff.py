"""XLIFF 2 catalogues, for current translation tools such as Trados, memoQ and Crowdin.

Reads XLIFF 2 and writes 2.1. Each message is a unit whose id is its key (OASIS XLIFF 2.1, 4.2). Placeholders are `ph` elements,
markup is `pc` elements, both with original data. A fuzzy message has the state `initial` with the sub-state `brochure:fuzzy`, and
its previous source in a note. Character limits are those of the size and length restriction module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import _xliff_xml
from brochure.l10n.formats._inline_codes import MARKS, Kind, Piece, divide, mark_lost

SUFFIXES = (".xlf", ".xliff")
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
SIZES = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
FUZZY = "brochure:fuzzy"
COMMENT, NOTE, PREVIOUS = "comment", "translator", "previous-source"
SUB_TYPES = {"bold": "xlf:b", "italic": "xlf:i"}
MARKS_OF_TYPES = {name: MARKS[style] for style, name in SUB_TYPES.items()}


def recognises(data: bytes) -> bool:
    """Return True if the file declares version 2 of XLIFF."""
    return _xliff_xml.detect_version(data).startswith("2.")


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in an XLIFF 2 file, and findings for its errors."""
    version = _xliff_xml.Version("2.", "XLIFF 2", "unit", _find_language, _begin)
    return _xliff_xml.read_catalogue(data, version, Catalogue(language, label, {}))


def _find_language(root: Any) -> str:
    return str(root.get("trgLang", ""))


def _begin(_: Any) -> Callable[[Any, str], Translation]:
    return _read_unit


def _read_unit(unit: Any, label: str) -> Translation:
    """Return the translation in a unit, whose segments are joined into one message."""
    data = {
        f"{one.get('id')}": one.text or ""
        for held in _xliff_xml.children(unit, "originalData")
        for one in _xliff_xml.children(held, "data")
    }
    parts = [one for one in unit if _xliff_xml.local_name(one) in ("segment", "ignorable")]
    segments = [one for one in parts if _xliff_xml.local_name(one) == "segment"]
    codes = {
        f"{_xliff_xml.local_name(one)} {one.get('id')}": one.get("dataRef", "")
        for source in _xliff_xml.descendants(unit, "source")
        for one in source.iter()
        if one.get("dataRef")
    }
    code = partial(_read_code, data=data, references=codes)
    source = "".join(_read_part(part, "source", code) for part in parts)
    text = _join_targets(parts, code)
    unfinished = _is_unfinished(segments, code)
    if unfinished and text.split() == source.split() and not _is_fuzzy(segments):
        text = ""  # the program has copied the source
    notes = _read_notes(unit)
    return Translation(
        unit.get("name") or unit.get("id") or "",
        source,
        text,
        Span(label, unit.sourceline or 1),
        fuzzy=unfinished and bool(text),
        previous=notes.get(PREVIOUS),
        notes=notes.get(NOTE, ""),
        comments=notes.get(COMMENT, ""),
    )


# States


def _is_unfinished(segments: list[Any], code: Callable[[Any], str]) -> bool:
    """Return True if a segment has no translation, or one that is not said to be finished."""
    return _is_fuzzy(segments) or any(
        one.get("state") == "initial"
        or (
            bool(_read_part(one, "source", code).strip())
            and not _read_part(one, "target", code).strip()
        )
        for one in segments
    )


def _is_fuzzy(segments: list[Any]) -> bool:
    return any(one.get("subState") == FUZZY for one in segments)


# Texts


def _join_targets(parts: list[Any], code: Callable[[Any], str]) -> str:
    """Return the translation; segments may be in another order than in the source (4.3.1.26), and spaces are not repeated."""
    targets = {at: _xliff_xml.first_child(part, "target") for at, part in enumerate(parts, 1)}
    is_segment = {at: _xliff_xml.local_name(part) == "segment" for at, part in enumerate(parts, 1)}
    if not any(one is not None and is_segment[at] for at, one in targets.items()):
        return ""
    texts: dict[int, str] = {}
    places: list[tuple[int, int]] = []
    for at, (part, target) in enumerate(zip(parts, targets.values(), strict=True), 1):
        order = target.get("order", "") if target is not None else ""
        places.append((int(order) if order.isdecimal() and len(order) < 7 else at, at))
        own = target is not None or is_segment[at]
        texts[at] = _read_part(part, "target" if own else "source", code)
    return "".join(texts[at] for _, at in sorted(places))


def _read_part(part: Any, name: str, code: Callable[[Any], str]) -> str:
    element = _xliff_xml.first_child(part, name)
    return "" if element is None else _xliff_xml.extract_text(element, code)


def _read_code(element: Any, data: Mapping[str, str], references: Mapping[str, str]) -> str:
    """Return the text of an inline element; annotations are replaced by their content."""
    name, number = _xliff_xml.local_name(element), str(element.get("id", ""))
    if name == "cp":
        return _read_code_point(element.get("hex", ""))
    if name in ("ph", "sc", "ec"):
        reference = element.get("dataRef") or references.get(f"{name} {number}", "")
        mark = MARKS_OF_TYPES.get(element.get("subType", ""), "")
        text = data.get(reference) or element.get("equiv") or element.get("disp") or mark
        is_end = name == "ec"
        pair = str(element.get("startRef") or number)
        return text or mark_lost(pair if is_end else number, is_end=is_end)
    inner = _xliff_xml.extract_text(element, partial(_read_code, data=data, references=references))
    if name != "pc":
        return inner
    mark = MARKS_OF_TYPES.get(element.get("subType", ""), "")
    start, end = (
        data.get(element.get(f"dataRef{which}", "")) or element.get(f"disp{which}") or mark
        for which in ("Start", "End")
    )
    return f"{start}{inner}{end}"


def _read_code_point(number: str) -> str:
    """Return a character that XML does not allow; it is reported later."""
    try:
        return chr(int(number, 16))
    except (ValueError, OverflowError):
        return ""


def _read_notes(unit: Any) -> dict[str, str]:
    """Return the notes by what they are: comments and previous sources of this program, and all others."""
    notes: dict[str, list[str]] = {}
    for held in _xliff_xml.children(unit, "notes"):
        for note in _xliff_xml.children(held, "note"):
            category, text = note.get("category", NOTE), note.text or ""
            own = category in (COMMENT, NOTE, PREVIOUS)
            if text.strip():
                text = text if own else f"{category}: {text}"
                notes.setdefault(category if own else NOTE, []).append(text)
    return {category: "\n".join(texts) for category, texts in notes.items()}


# Writing


def write(catalogue: Catalogue) -> bytes:
    """Return the catalogue as an XLIFF 2.1 file."""
    # Imported here so that only import and export load lxml.
    from lxml import etree

    source = catalogue.header.get("X-Source-Language", "en")
    has_limits = any(map(_xliff_xml.find_limit, catalogue.entries.values()))
    names = {**_xliff_xml.default_namespace(NAMESPACE), **({"slr": SIZES} if has_limits else {})}
    languages = {"srcLang": source, "trgLang": catalogue.language}
    root: Any = etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "2.1", **languages}, nsmap=names)
    file = _add_child(root, "file", id="copy")
    if has_limits:
        etree.SubElement(file, f"{{{SIZES}}}profiles", {"generalProfile": "xliff:codepoints"})
    for at, one in enumerate(catalogue.entries.values(), 1):
        _add_unit(file, one, at)
    _xliff_xml.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _add_child(parent: Any, name: str, /, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)


def _add_unit(file: Any, one: Translation, number: int) -> None:
    name = one.key if _xliff_xml.is_name_token(one.key) else f"message-{number}"
    unit = _add_child(file, "unit", id=name, name=one.key)
    limit = _xliff_xml.find_limit(one)
    if limit:
        unit.set(f"{{{SIZES}}}sizeRestriction", limit)
    _add_notes(unit, one)
    source = divide(one.source)
    target = divide(one.text, source)
    contents = dict.fromkeys(_list_contents((*source, *target)))
    data = {content: f"d{at}" for at, content in enumerate(contents, 1)}
    if data:
        held = _add_child(unit, "originalData")
        for content, reference in data.items():
            _add_child(held, "data", id=reference).text = content
    segment = _add_child(unit, "segment", state="translated" if one.ready else "initial")
    if one.fuzzy:
        segment.set("subState", FUZZY)
    _add_text(segment, "source", source, data)
    if one.text:
        _add_text(segment, "target", target, data)


def _add_notes(unit: Any, one: Translation) -> None:
    texts = {COMMENT: one.comments, NOTE: one.notes, PREVIOUS: one.previous or ""}
    if any(texts.values()):
        notes = _add_child(unit, "notes")
        for at, (category, text) in enumerate(texts.items(), 1):
            if text:
                note = _add_child(notes, "note", id=f"n{at}", category=category)
                note.text = _xliff_xml.check_characters(text)


def _list_contents(pieces: tuple[Piece, ...]) -> Iterator[str]:
    return (piece.text for piece in pieces if piece.kind is not Kind.WORDS)


def _add_text(segment: Any, name: str, pieces: tuple[Piece, ...], data: Mapping[str, str]) -> None:
    """Add a source or target element, with its placeholders and its markup as inline codes."""
    element = top = _add_child(segment, name)
    for piece in pieces:
        if piece.kind is Kind.WORDS:
            _xliff_xml.append_text(element, piece.text)
        elif piece.kind is Kind.PLACEHOLDER:
            shown = {"equiv": piece.text, "disp": piece.text, "dataRef": data[piece.text]}
            _add_child(element, "ph", id=f"{piece.number}", canDelete="no", **shown)
        elif piece.kind is Kind.START:
            element = _add_pair(element, piece, data)
        else:
            element = element.getparent()
    top.set(_xliff_xml.XML_SPACE, "preserve")


def _add_pair(element: Any, piece: Piece, data: Mapping[str, str]) -> Any:
    """Add a pair of codes and return its element, for the words between them."""
    pair = _add_child(element, "pc", id=f"{piece.number}")
    if piece.style == "link":
        pair.set("type", "link")
    elif piece.style in SUB_TYPES:
        pair.set("type", "fmt")
        pair.set("subType", SUB_TYPES[piece.style])
    for which, text in (("Start", piece.text), ("End", piece.end)):
        pair.set(f"disp{which}", text)
        pair.set(f"dataRef{which}", data[text])
    return pair
