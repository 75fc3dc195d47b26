"""Read XML safely, and what both versions of XLIFF have in common.

Entities, document types and oversized files are rejected, and nothing outside the file is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, count_repeated
from brochure.l10n.catalogue import Catalogue, Translation, clear_texts, find_control_characters
from brochure.l10n.formats._catalogue_limits import MAX_BYTES
from brochure.system.xml_safety import XmlProblem, check_xml

LIMIT = re.compile(r"^fits about ([0-9]{1,7}) characters", re.MULTILINE)
VERSION = re.compile(rb"""<(?:\w+:)?xliff\b[^<>]*?\bversion\s*=\s*["']([0-9.]+)""")
NAME_TOKEN = re.compile(r"[\w.:-]+")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of XLIFF.

    Attributes:
        prefix: How its version numbers begin.
        name: Its name for messages.
        unit: The element of a message.
        language: Returns the target language that a file names.
        begin: Returns the function that reads a unit, from the root of a file.
    """

    prefix: str
    name: str
    unit: str
    language: Callable[[Any], str]
    begin: Callable[[Any], Callable[[Any, str], Translation]]


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
    left_out: set[str] = set()
    read = version.begin(root)
    for at, unit in enumerate(descendants(root, version.unit), 1):
        one = read(unit, empty.file)
        first = entries.get(one.key)
        if not one.key or (first and first.source != one.source):
            # Numbers of units begin again in each file; such units are found by their source texts.
            one = replace(one, key=f"{one.key or 'unit'} ({at})")
        problems = [*find_control_characters(one)]
        if first and first.source == one.source and first.text != one.text:
            hint = f"first used in line {first.span.line}; delete one of the two"
            problems.append(Finding("xliff-unit", f"duplicate unit '{one.key}'", one.span, hint))
        findings.extend(problems)
        left_out |= {one.key} if problems else set()
        entries.setdefault(one.key, one)
    catalogue = replace(
        empty,
        entries=clear_texts(entries, left_out),
        declared=version.language(root),
        left_out=frozenset(left_out),
    )
    return catalogue, count_repeated(findings)


def detect_version(data: bytes) -> str:
    """Return the version number that an XLIFF file declares, in any encoding; empty if it declares none."""
    match = VERSION.search(data[:8192].replace(b"\0", b""))
    return match[1].decode() if match else ""


def find_limit(one: Translation) -> str:
    """Return the character limit in a message's comments; empty if it has none."""
    match = LIMIT.search(one.comments)
    return match[1] if match else ""


def is_name_token(text: str) -> bool:
    """Return True if a text can be an id (XML 1.0, Nmtoken)."""
    return bool(NAME_TOKEN.fullmatch(text))


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


def append_text(element: Any, text: str) -> None:
    """Append text to the content of an element."""
    check_characters(text)
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
