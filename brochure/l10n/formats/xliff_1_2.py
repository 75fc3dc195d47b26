"""XLIFF 1.2 catalogues, for older translation tools, and the files of Trados, memoQ and Phrase.

Each message is a trans-unit whose id is its key (OASIS XLIFF 1.2, 2.4). Placeholders are `ph` codes that contain their own text;
markup is `bpt` and `ept`. A translation that is ready is approved. A fuzzy one has the state `needs-adaptation` if its source has
changed, else `needs-review-translation`; its previous source is in an `alt-trans` of type `previous-version`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import _xliff_xml
from brochure.l10n.formats._inline_codes import MARKS, Kind, Piece, divide, mark_lost
from brochure.l10n.formats._xliff_dialects import (
    Dialect,
    is_confirmed,
    list_comments,
    read_dialect,
    read_phrase_marks,
    replace_phrase_codes,
    unwrap,
)

SUFFIXES = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
REVIEW, ADAPT, DONE = "needs-review-translation", "needs-adaptation", "translated"
REVIEWED = (REVIEW, ADAPT, "needs-review-adaptation", "needs-review-l10n", DONE)
"""States of a finished translation, which may be the same as the source."""

FINISHED = ("final", "signed-off")
"""States of a translation that is finished although the unit is not approved."""

DEVELOPER, TRANSLATOR = "developer", "translator"
PREVIOUS = "previous-version"
KEY_CONTEXT = "x-key"
CONTAINERS = ("trans-unit", "group", "body", "file")
"""Elements that a context can describe."""


def recognises(data: bytes) -> bool:
    """Return True if the file declares version 1 of XLIFF."""
    return _xliff_xml.detect_version(data).startswith("1.")


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in an XLIFF 1.2 file, and findings for its errors."""
    version = _xliff_xml.Version("1.", "XLIFF 1.2", "trans-unit", _find_language, _begin)
    return _xliff_xml.read_catalogue(data, version, Catalogue(language, label, {}))


def _find_language(root: Any) -> str:
    files = (one.get("target-language") for one in _xliff_xml.children(root, "file"))
    return next(filter(None, files), "")


def _begin(root: Any) -> Callable[[Any, str], Translation]:
    return partial(_read_unit, dialect=read_dialect(root), keys=_collect_keys(root))


def _read_unit(unit: Any, label: str, dialect: Dialect, keys: Mapping[Any, str]) -> Translation:
    original, target = (_xliff_xml.first_child(unit, name) for name in ("source", "target"))
    codes = _collect_codes(original)
    source, text = (_read_text(one, dialect, codes) for one in (original, target))
    marks = read_phrase_marks(unit)
    if marks is not None:
        source, text = (replace_phrase_codes(one, marks) for one in (source, text))
    unfinished = _is_unfinished(unit, target)
    state = target.get("state", "") if target is not None else ""
    if unfinished and state not in REVIEWED and text.split() == source.split():
        text = ""  # the program has copied the source
    comments, notes = _read_notes(unit, dialect)
    return Translation(
        _find_key(unit, keys),
        source,
        text,
        Span(label, unit.sourceline or 1),
        fuzzy=unfinished and bool(text),
        previous=_read_previous(unit, dialect) if text else None,
        notes="\n".join(notes),
        comments="\n".join(comments),
    )


def _find_key(unit: Any, keys: Mapping[Any, str]) -> str:
    """Return the key: the name of the resource, or what a program has made of it, or the id."""
    if unit.get("resname"):
        return str(unit.get("resname"))
    return keys.get(unit) or keys.get(unit.getparent()) or str(unit.get("id") or "")


def _collect_keys(root: Any) -> dict[Any, str]:
    """Return the keys in contexts, by the units and groups that the contexts describe.

    They are collected once: a search for each unit would take time in proportion to the square of the number of units.
    """
    keys: dict[Any, str] = {}
    for one in _xliff_xml.descendants(root, "context"):
        if one.get("context-type") == KEY_CONTEXT and one.text:
            owners = (up for up in one.iterancestors() if _xliff_xml.local_name(up) in CONTAINERS)
            keys.setdefault(next(owners, root), str(one.text))
    return keys


# States


def _is_unfinished(unit: Any, target: Any) -> bool:
    """Return True if the translation is missing, partial, or not said to be finished."""
    state = target.get("state", "") if target is not None else ""
    confirmed = is_confirmed(unit)
    return (
        confirmed is False
        or state == "new"
        or state.startswith("needs-")
        or (unit.get("approved") == "no" and state not in FINISHED and not confirmed)
        or _is_partial(unit, target)
    )


def _is_partial(unit: Any, target: Any) -> bool:
    """Return True if a segment of the source has no translation."""
    segmented = _xliff_xml.first_child(unit, "seg-source")
    if segmented is None or target is None:
        return False
    done = {number: one for number, one in _segments(target) if "".join(one.itertext()).strip()}
    wanted = (number for number, one in _segments(segmented) if "".join(one.itertext()).strip())
    found = [*_segments(target)]
    return bool(found) and any(number not in done for number in wanted)


def _segments(element: Any) -> Iterator[tuple[str, Any]]:
    for one in _xliff_xml.descendants(element, "mrk"):
        if one.get("mtype") == "seg":
            yield one.get("mid", ""), one


# Texts


def _read_text(element: Any, dialect: Dialect, codes: Mapping[str, str]) -> str:
    if element is None:
        return ""
    return _xliff_xml.extract_text(element, partial(_read_code, dialect=dialect, codes=codes))


def _collect_codes(source: Any) -> dict[str, str]:
    """Return the contents of the source's codes by name and number: programs empty those of the target."""
    codes: dict[str, str] = {}
    for one in source.iter() if source is not None else ():
        name = _xliff_xml.local_name(one)
        content = _own_content(one)
        if name in CODES and content:
            codes[f"{CODES[name]} {one.get('id')}"] = content
    return codes


CODES = {"ph": "", "x": "", "bpt": "start", "bx": "start", "ept": "end", "ex": "end", "it": "it"}
"""Elements of inline codes, with what they are; those of one kind can replace each other."""


def _own_content(element: Any) -> str:
    return unwrap("".join(element.itertext())) or str(element.get("equiv-text") or "")


def _read_code(element: Any, dialect: Dialect, codes: Mapping[str, str]) -> str:
    """Return the text of an inline element; those that wrap text, such as `mrk`, are replaced by their content."""
    name, number = _xliff_xml.local_name(element), str(element.get("id", ""))
    if name == "g":
        inner = _read_text(element, dialect, codes)
        mark = MARKS.get(element.get("ctype", ""), "")
        start, end = dialect.codes.get(number, (mark, mark))
        return f"{start}{inner}{end}"
    if name not in CODES:
        return _read_text(element, dialect, codes)
    kind = CODES[name]
    known = _own_content(element) or codes.get(f"{kind} {number}", "")
    known = known or dialect.codes.get(number, ("", ""))[kind == "end"]
    if not known and element.get("ctype") == "lb":
        return "\n"
    if not known and kind:
        return MARKS.get(element.get("ctype", ""), "") or mark_lost(number, is_end=kind == "end")
    return known or mark_lost(number)


def _read_notes(unit: Any, dialect: Dialect) -> tuple[list[str], list[str]]:
    """Return the comments of this program and the notes of people, each with its author."""
    comments: list[str] = []
    notes: list[str] = []
    for note in _xliff_xml.children(unit, "note"):
        author, text = note.get("from", TRANSLATOR), note.text or ""
        if author == DEVELOPER:
            comments.append(text)
        elif text.strip():
            notes.append(text if author == TRANSLATOR else f"{author}: {text}")
    notes.extend(list_comments(unit, dialect))
    return comments, list(dict.fromkeys(notes))


def _read_previous(unit: Any, dialect: Dialect) -> str | None:
    for other in _xliff_xml.children(unit, "alt-trans"):
        if other.get("alttranstype") == PREVIOUS:
            source = _xliff_xml.first_child(other, "source")
            return _read_text(source, dialect, _collect_codes(source))
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
    limit = _xliff_xml.find_limit(one)
    if one.ready:
        unit.set("approved", "yes")
    if limit:
        unit.set("maxwidth", limit)
        unit.set("size-unit", "char")
    source = divide(one.source)
    _add_text(unit, "source", source)
    if one.text:
        fuzzy = REVIEW if one.previous is None else ADAPT
        target = _add_text(unit, "target", divide(one.text, source))
        target.set("state", fuzzy if one.fuzzy else DONE)
    for author, text in ((DEVELOPER, one.comments), (TRANSLATOR, one.notes)):
        if text:
            _add_child(unit, "note", {"from": author}).text = _xliff_xml.check_characters(text)
    if one.previous is not None:
        before = divide(one.previous)
        other = _add_child(unit, "alt-trans", {"alttranstype": PREVIOUS})
        _add_text(other, "source", before)
        _add_text(other, "target", divide(one.text, before))


def _add_text(parent: Any, name: str, pieces: tuple[Piece, ...]) -> Any:
    """Add a source or target element, with its placeholders and its markup as inline codes."""
    element = _add_child(parent, name)
    for piece in pieces:
        if piece.kind is Kind.WORDS:
            _xliff_xml.append_text(element, piece.text)
        else:
            _add_code(element, piece)
    element.set(_xliff_xml.XML_SPACE, "preserve")
    return element


def _add_code(element: Any, piece: Piece) -> None:
    names = {Kind.PLACEHOLDER: "ph", Kind.START: "bpt", Kind.END: "ept"}
    attributes = {"id": f"{piece.number}"}
    if piece.kind is Kind.PLACEHOLDER:
        attributes["equiv-text"] = piece.text
    if piece.kind is Kind.START:
        standard = piece.style in ("bold", "italic", "link")
        attributes["ctype"] = piece.style if standard else f"x-{piece.style}"
    _add_child(element, names[piece.kind], attributes).text = piece.text
