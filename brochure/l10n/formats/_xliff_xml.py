"""XML read safely, and the inline codes that XLIFF keeps facts in.

Takes the bytes of an XLIFF file; gives its root, or a finding: entities, document types and files that are too large are
refused, and nothing outside the file is ever read. A fact such as `{rescued, number}` becomes a code that a translator's
program shows as one protected piece, and a fact again on the way back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.system.xml_safety import XmlProblem, check_xml

MAX_BYTES = 20_000_000
FACT = re.compile(r"\{\s*[A-Za-z_][\w.-]*\s*(?:,[^{}]*)?\}")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of XLIFF: what its number begins with, its name in messages, its unit element, and how one is read."""

    begins: str
    name: str
    unit: str
    read: Callable[[Any, str], Translation]


def read_catalogue(
    data: bytes, version: Version, empty: Catalogue
) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue in an XLIFF file of one version; the empty one with a finding where the file is of another."""
    root, wrong = parse_xml(data, empty.file)
    if wrong:
        return empty, (wrong,)
    number = str(root.get("version", ""))
    if local_name(root) != "xliff" or not number.startswith(version.begins):
        message = f"this is no {version.name}" + (f" but XLIFF {number}" if number else "")
        hint = "import it as the format it is"
        return empty, (Finding("xliff-version", message, Span(empty.file), hint),)
    entries: dict[str, Translation] = {}
    findings: list[Finding] = []
    for unit in descendants(root, version.unit):
        one = version.read(unit, empty.file)
        if not one.key or one.key in entries:
            findings.append(Finding("xliff-unit", f"unit '{one.key}' stands here twice", one.span))
        entries.setdefault(one.key, one)
    return Catalogue(empty.language, empty.file, entries), tuple(findings)


def parse_xml(data: bytes, label: str) -> tuple[Any, Finding | None]:
    """The root element of an XML file, or what is wrong with it."""
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes, more than the {MAX_BYTES:,} that are read"
        return None, Finding("xliff-size", message, Span(label))
    try:
        check_xml(data)
    except XmlProblem as problem:
        hint = "" if problem.kind == "form" else "save it as plain XLIFF"
        return None, Finding(f"xliff-{problem.kind}", str(problem), Span(label, problem.line), hint)
    # Imported here: only whoever exchanges XLIFF loads the library.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser), None
    except (etree.XMLSyntaxError, ValueError) as failure:
        line = getattr(failure, "lineno", None) or 1
        reason = getattr(failure, "msg", None) or str(failure)
        return None, Finding(
            "xliff-form", f"this is no well-formed XML: {reason}", Span(label, line)
        )


def default_namespace(address: str) -> Any:
    """The map that makes a namespace the default one; the library's types forget that its key is None."""
    return {None: address}


def local_name(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any, name: str) -> Iterator[Any]:
    """The child elements of a name, whatever their namespace."""
    return (child for child in element if local_name(child) == name)


def first_child(element: Any, name: str) -> Any:
    """The first child element of a name; None where there is none."""
    return next(children(element, name), None)


def descendants(element: Any, name: str) -> Iterator[Any]:
    """The elements of a name at any depth, in the order of the file."""
    return (found for found in element.iter() if local_name(found) == name)


def check_characters(text: str) -> str:
    """The text itself, where XML can carry it; BrochureError where it holds a character that no XML file may."""
    wrong = FORBIDDEN.search(text)
    if wrong:
        sign = f"U+{ord(wrong.group()):04X}"
        message = f"a message holds {sign}, which XML cannot carry: take it out of the catalogue"
        raise BrochureError(message)
    return text


def fill_element(element: Any, text: str, code: Callable[[str], Any]) -> None:
    """Puts a message into an element; `code` makes the element of each fact."""
    at = 0
    for match in FACT.finditer(check_characters(text)):
        _append(element, text[at : match.start()])
        element.append(code(match.group()))
        at = match.end()
    _append(element, text[at:])
    element.set(XML_SPACE, "preserve")


def _append(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def indent(element: Any, depth: int = 0) -> None:
    """Line ends and indents between elements that hold elements only; no character of a message is touched."""
    if not len(element) or element.get(XML_SPACE) == "preserve":
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth


def read_text(element: Any, code: Callable[[Any], str]) -> str:
    """The message in an element; `code` gives what a code stands for, elements that only wrap words are looked through."""
    parts = [element.text or ""]
    for child in element:
        parts.extend((code(child), child.tail or ""))
    return "".join(parts)
