"""Open an IDML package: a ZIP archive whose `designmap.xml` names its other parts.

Refused are other files, damaged and encrypted archives, archives that unpack to too much, and XML with entities.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import NoReturn

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.idml.xml_nodes import Node, parse_nodes
from brochure.system.archives import ArchiveProblem, unpack_archive
from brochure.system.xml_safety import XmlProblem

DESIGN_MAP = "designmap.xml"
MIN_VERSION, NEWEST_VERSION = 5.0, 21.99
"""Versions of the document object model: CS3 wrote the first IDML as 5.0; InDesign 2026 writes 21."""

INDD = bytes.fromhex("0606edf5d81d46e5bd31efe7fe74b71d")
"""Signature of InDesign's own files."""

EXPORT_HINT = "in InDesign, choose File > Export, format InDesign Markup (IDML)"


@dataclass(frozen=True)
class Package:
    """The parts of an IDML file by their paths, and its name for messages."""

    name: str
    parts: Mapping[str, bytes]
    roots: dict[str, Node]
    """Parts that were parsed."""

    def span(self, part: str, line: int = 1) -> Span:
        """Return a place in a part."""
        return Span(f"{self.name}/{part}", line)

    def root(self, part: str) -> Node:
        """Return the root element of a part.

        Raises:
            InputError: The part is missing, or its XML is damaged or not allowed.
        """
        part = posixpath.normpath(part)
        if part not in self.parts:
            message = f"the IDML file has no part {part}"
            hint = "the file is incomplete; export it from InDesign again"
            raise InputError([Finding("idml-damaged", message, Span(self.name), hint)])
        if part not in self.roots:
            try:
                self.roots[part] = parse_nodes(self.parts[part])
            except XmlProblem as problem:
                hint = "export the file from InDesign again"
                where = self.span(part, problem.line)
                raise InputError([Finding("idml-damaged", str(problem), where, hint)]) from None
        return self.roots[part]


def open_package(data: bytes, name: str) -> Package:
    """Return the parts of an IDML file.

    Raises:
        InputError: It is not an IDML file, or is damaged, encrypted or too large.
    """
    if data.startswith(INDD):
        _refuse(name, "idml-form", "this is an InDesign file (INDD); expected IDML", EXPORT_HINT)
    if not data.startswith(b"PK"):
        _refuse(name, "idml-form", "not an IDML file", EXPORT_HINT)
    try:
        parts = unpack_archive(data, "IDML file")
    except ArchiveProblem as problem:
        _refuse(name, f"idml-{problem.kind}", str(problem), problem.hint)
    if DESIGN_MAP not in parts:
        _refuse(name, "idml-form", f"not an IDML file: it has no {DESIGN_MAP}", EXPORT_HINT)
    package = Package(name, parts, {})
    _check_root(package)
    return package


def _check_root(package: Package) -> None:
    root = package.root(DESIGN_MAP)
    version = root.get("DOMVersion")
    if root.name != "Document" or not re.fullmatch(r"\d+(\.\d+)?", version):
        message = f"{DESIGN_MAP} is not the map of an IDML document"
        _refuse(package.name, "idml-form", message, EXPORT_HINT)
    if float(version) < MIN_VERSION:
        message = (
            f"the IDML file has version {version}; the oldest that can be read is {MIN_VERSION:g}"
        )
        hint = "open it in a newer InDesign and export it again"
        _refuse(package.name, "idml-version", message, hint)


def check_version(package: Package) -> tuple[Finding, ...]:
    """Return a warning if the file is of a version that this program does not know yet."""
    version = package.root(DESIGN_MAP).get("DOMVersion")
    if float(version) <= NEWEST_VERSION:
        return ()
    message = (
        f"the IDML file has version {version}, newer than the last known ({int(NEWEST_VERSION)})"
    )
    hint = "compare the pages in import-report.html with InDesign"
    where = package.span(DESIGN_MAP)
    return (Finding("idml-version", message, where, hint, Severity.WARNING),)


def _refuse(name: str, code: str, message: str, hint: str) -> NoReturn:
    raise InputError([Finding(code, message, Span(name), hint)])
