"""Read XML safely, and convert placeholders to XLIFF inline codes and back.

Entities, document types and oversized files are rejected, and nothing outside the file is read. A placeholder such as
`{rescued, number}` becomes an inline code, which translation tools protect; so do the path and the attributes of a picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, count_repeated
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats._catalogue_limits import MAX_BYTES
from brochure.l10n.inline_image import WRITTEN
from brochure.system.xml_safety import XmlProblem, check_xml

PLACEHOLDER = re.compile(r"\{\s*[A-Za-z_][\w.-]*\s*(?:,[^{}]*)?\}")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of XLIFF: prefix of its version number, name for messages, unit element, and function that reads a unit."""

    prefix: str
    name: str
    unit: str
    read: Callable[[Any, str], Translation]


def read_catalogue(
    data: bytes, version: Version, empty: Catalogue
) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in an XLIFF file; `empty` and a finding if the file is of another version."""
    root, wrong = parse_xml(data, empty.file)
    if wrong:
        return empty, (wrong,)
    number = str(root.get("version", ""))
    if local_name(root) != "xliff" or not number.startswith(version.prefix):
        message = f"not an {version.name} file" + (f" but XLIFF {number}" if number else "")
        hint = "choose the right format with --format"
        return empty, (Finding("xliff-version", message, Span(empty.file), hint),)
    entries: dict[str, Translation] = {}
    findings: list[Finding] = []
    for unit in descendants(root, version.unit):
        one = version.read(unit, empty.file)
        if not one.key or one.key in entries:
            findings.append(Finding("xliff-unit", f"duplicate unit '{one.key}'", one.span))
        entries.setdefault(one.key, one)
    return Catalogue(empty.language, empty.file, entries), count_repeated(findings)


def parse_xml(data: bytes, label: str) -> tuple[Any, Finding | None]:
    """Return the root element of an XML file, or None and a finding."""
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; the limit is {MAX_BYTES:,}"
        return None, Finding("xliff-size", message, Span(label))
    try:
        check_xml(data)
    except XmlProblem as problem:
        hint = (
            ""
            if problem.kind == "form"
            else "export it as plain XLIFF, without a document type or entities"
        )
        return None, Finding(f"xliff-{problem.kind}", str(problem), Span(label, problem.line), hint)
    # Imported here so that only XLIFF import and export load lxml.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser), None
    except (etree.XMLSyntaxError, ValueError) as failure:
        line = getattr(failure, "lineno", None) or 1
        hint = "export it again as XLIFF in UTF-8"
        return None, Finding("xliff-form", "not well-formed XML", Span(label, line), hint)


def default_namespace(address: str) -> Any:
    """Return the `nsmap` for a default namespace; lxml's type stubs do not allow its key None."""
    return {None: address}


def local_name(element: Any) -> str:
    """Return an element's name without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any, name: str) -> Iterator[Any]:
    """Return the child elements with a local name, in any namespace."""
    return (child for child in element if local_name(child) == name)


def first_child(element: Any, name: str) -> Any:
    """Return the first child element with a local name, or None."""
    return next(children(element, name), None)


def descendants(element: Any, name: str) -> Iterator[Any]:
    """Return the descendants with a local name, in document order."""
    return (one for one in element.iter() if local_name(one) == name)


def check_characters(text: str) -> str:
    """Return the text; BrochureError if it contains a character that XML does not allow."""
    match = FORBIDDEN.search(text)
    if match:
        character = f"U+{ord(match.group()):04X}"
        message = f"a message contains {character}, which XML does not allow; delete it from the catalogue"
        raise BrochureError(message)
    return text


def fill_element(element: Any, text: str, code: Callable[[str], Any]) -> None:
    """Write a message into an element; `code` makes the inline code of each placeholder."""
    at = 0
    for start, end in find_codes(check_characters(text)):
        _append(element, text[at:start])
        element.append(code(text[start:end]))
        at = end
    _append(element, text[at:])
    element.set(XML_SPACE, "preserve")


def find_codes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each inline code begins and ends: placeholders, and pictures but for their alternative texts."""
    found = [match.span() for match in PLACEHOLDER.finditer(text)]
    if "![" in text:
        images = [match.span(part) for match in WRITTEN.finditer(text) for part in (1, 3)]
        within = [one for one in found if not any(one[0] < b and a < one[1] for a, b in images)]
        found = sorted([*within, *images])
    yield from found


def _append(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def indent(element: Any, depth: int = 0) -> None:
    """Indent elements that contain only elements; message text is not changed."""
    if not len(element) or element.get(XML_SPACE) == "preserve":
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth


def extract_text(element: Any, code: Callable[[Any], str]) -> str:
    """Return the message in an element; `code` returns the text of a child element."""
    parts = [element.text or ""]
    for child in element:
        parts.extend((code(child), child.tail or ""))
    return "".join(parts)
