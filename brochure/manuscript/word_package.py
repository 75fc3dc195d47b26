"""Open a Word document: a ZIP archive of XML parts with relationships between them.

Documents of any producer are read: transitional and strict, with macros (which are not looked at), and with relationships to
parts that do not exist. Refused are other files, damaged and encrypted archives, and those that unpack to too much.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.system.archives import ArchiveProblem, unpack_archive
from brochure.system.xml_safety import XmlProblem, check_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}
"""Namespaces of strict documents, and those of transitional documents with the same elements."""

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Signature of Word 97 documents, and of encrypted documents of any version."""

ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
SAVE_AS = "in Word or LibreOffice, choose File > Save As, format Word Document (.docx)"
OTHER_FORMATS = (
    (b"{\\rtf", "a Rich Text file (.rtf)"),
    (b"%pdf", "a PDF"),
    (b"<html", "an HTML file"),
    (b"<!doctype html", "an HTML file"),
    (b"<?xml", "an XML file"),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a part: the last word of its type, and its target."""

    kind: str
    target: str
    is_external: bool


@dataclass(frozen=True)
class WordPackage:
    """The XML parts of a Word document, the path of the main one, and its relationships by identifier."""

    name: str
    parts: Mapping[str, bytes]
    main: str
    relationships: Mapping[str, Relationship]

    def root(self, part: str) -> Any:
        """Return the root element of a part.

        Raises:
            InputError: Its XML is damaged or not allowed.
        """
        return _parse(self.parts[part], self.name, part)

    def related(self, kind: str) -> Iterator[str]:
        """Yield the paths of the parts that the main part refers to as `kind`; those that do not exist are left out."""
        folder = posixpath.dirname(self.main)
        for one in self.relationships.values():
            path = _join(folder, one.target)
            if one.kind == kind and not one.is_external and path in self.parts:
                yield path

    def related_root(self, kind: str) -> Any | None:
        """Return the root element of the first part of a kind, or None."""
        part = next(self.related(kind), None)
        return None if part is None else self.root(part)


def open_word(data: bytes, name: str) -> WordPackage:
    """Return the parts of a Word document.

    Raises:
        InputError: It is not a Word document, or is damaged, encrypted or too large.
    """
    _refuse_other_formats(data, name)
    try:
        parts = unpack_archive(data, "Word document", _is_wanted)
    except ArchiveProblem as problem:
        _refuse(name, f"manuscript-{problem.kind}", str(problem), problem.hint)
    if b"opendocument.text" in parts.get("mimetype", b""):
        _refuse(
            name,
            "manuscript-form",
            "this is an OpenDocument text (.odt); expected a Word document",
            SAVE_AS,
        )
    main = _find_main(parts, name)
    folder, file = posixpath.split(main)
    own = parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    related = dict(_read_relationships(_parse(own, name, main))) if own else {}
    return WordPackage(name, parts, main, related)


def _is_wanted(path: str) -> bool:
    return path.endswith((".xml", ".rels")) or path == "mimetype"


def _refuse_other_formats(data: bytes, name: str) -> None:
    if data.startswith(OLE):
        if ENCRYPTED_PACKAGE in data:
            message = "the Word document is protected by a password"
            _refuse(name, "manuscript-encrypted", message, "save it without a password")
        message = "this is a Word 97-2003 document (.doc); expected .docx"
        _refuse(name, "manuscript-form", message, SAVE_AS)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower()
    for signature, what in OTHER_FORMATS:
        if start.startswith(signature):
            _refuse(name, "manuscript-form", f"this is {what}; expected a Word document", SAVE_AS)
    if not data.startswith(b"PK"):
        message = "not a Word document (.docx)"
        hint = f"{SAVE_AS}; a Markdown file has a name that ends in .md"
        _refuse(name, "manuscript-form", message, hint)


def _find_main(parts: Mapping[str, bytes], name: str) -> str:
    """Return the path of the main part."""
    relations = parts.get("_rels/.rels")
    found = dict(_read_relationships(_parse(relations, name, "_rels/.rels"))) if relations else {}
    targets = [one.target for one in found.values() if one.kind == "officeDocument"]
    for target in (*targets, "word/document.xml"):
        path = _join("", target)
        if path in parts and _parse(parts[path], name, path).tag == f"{W}document":
            return path
    return _refuse(name, "manuscript-form", "not a Word document: it has no main text", SAVE_AS)


def _read_relationships(root: Any) -> Iterator[tuple[str, Relationship]]:
    for node in root:
        kind = str(node.get("Type", "")).rpartition("/")[2]
        target = str(node.get("Target", ""))
        yield (
            str(node.get("Id", "")),
            Relationship(kind, target, node.get("TargetMode") == "External"),
        )


def _join(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _parse(data: bytes, name: str, part: str) -> Any:
    # Imported here: the parser is needed for imports only.
    from lxml import etree

    for strict, transitional in STRICT.items():
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        check_xml(data)
        return etree.fromstring(data, parser)
    except XmlProblem as problem:
        message, line = str(problem), problem.line
    except etree.XMLSyntaxError as problem:
        message, line = "it is not well-formed XML", problem.lineno or 1
    where = Span(f"{name}/{part}", line)
    hint = "open the document in Word and save it again"
    raise InputError([Finding("manuscript-damaged", message, where, hint)])


def _refuse(name: str, code: str, message: str, hint: str) -> NoReturn:
    raise InputError([Finding(code, message, Span(name), hint)])
