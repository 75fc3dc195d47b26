"""Check the parts of an office file (`.xlsx`, `.ods`, `.docx`: a ZIP archive of XML files) before it is opened.

Rejected are archives that unpack to too much, paths outside the archive, external references, macros and XML entities.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from brochure.system.xml_safety import XmlProblem, check_xml

MAX_UNPACKED = 40_000_000
MAX_PARTS = 1000
XML = (".xml", ".rels", ".vml")
FORBIDDEN_PARTS = {
    "vbaproject.bin": "macros",
    "externallinks/": "links to other workbooks",
    "connections.xml": "connections to other data",
    "embeddings/": "embedded objects",
    "activex/": "controls",
}
"""Content that is not allowed, by a substring of the part's name."""


DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError)

COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
"""Signature of old workbooks (.xls), and of workbooks that are encrypted as a whole."""

ENCRYPTED = 1
"""Flag of an encrypted part."""


class FileKind(NamedTuple):
    """A kind of office file: its name in messages, and the suffix of older files.

    `outside` are the types of relationships that may lead outside the file. What they lead to is not opened.
    """

    name: str
    old: str
    outside: tuple[str, ...]


WORKBOOK = FileKind("workbook", ".xls", ("/hyperlink",))
DOCUMENT = FileKind("document", ".doc", ("/hyperlink", "/attachedTemplate", "/image"))
"""Word names the template of an office, which is on another machine, and pictures that are linked."""


def find_refusal_reason(data: bytes, kind: FileKind = WORKBOOK) -> str:
    """Return why a file is rejected; empty if it may be opened."""
    protected = f"the {kind.name} is protected by a password, or is an old one ({kind.old})"
    if data.startswith(COMPOUND_FILE):
        return protected
    if not data.startswith(b"PK"):
        return f"not a {kind.name}"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if any(part.flag_bits & ENCRYPTED for part in parts):
                return protected
            reason = next(_check_names([part.filename for part in parts], kind), "")
            if reason or sum(part.file_size for part in parts) > MAX_UNPACKED:
                size = f"{MAX_UNPACKED // 1_000_000} MB"
                return reason or f"the {kind.name} unpacks to more than {size}"
            return next(filter(None, (_check_part(packed, part, kind) for part in parts)), "")
    except (*DAMAGE, NotImplementedError, RuntimeError, ValueError):
        return f"not a valid {kind.name}: it is damaged or incomplete"


def _check_names(names: Sequence[str], kind: FileKind) -> Iterator[str]:
    """Yield what is wrong with the names and number of the parts."""
    if len(names) > MAX_PARTS:
        yield f"the {kind.name} has more than {MAX_PARTS:,} parts"
    for at, name in enumerate(names):
        if leaves_archive(name) or name.startswith(("/", "\\")):
            yield f"the path of part '{name}' points outside the {kind.name}"
        if name in names[:at]:
            yield f"duplicate part {name}"
        contents = (what for sign, what in FORBIDDEN_PARTS.items() if sign in name.casefold())
        yield from (f"the {kind.name} contains {what}" for what in contents)


def leaves_archive(name: str) -> bool:
    """Return True if a path points outside its archive, or to a drive or network share."""
    depth = 0
    for step in name.replace("\\", "/").split("/"):
        depth += -1 if step == ".." else step not in ("", ".")
        if depth < 0:
            return True
    return ":" in name or name.startswith(("//", "\\\\"))


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, kind: FileKind) -> str:
    """Return why a part is rejected; empty if it may be read."""
    name = part.filename
    with packed.open(part) as stream:
        data = stream.read(part.file_size)  # at most its declared size, against ZIP bombs
        if len(data) != part.file_size or stream.read(1):
            return f"part {name} is not as long as declared"
    return _check_xml_part(name, data, kind) if name.casefold().endswith(XML) else ""


def _check_xml_part(name: str, data: bytes, kind: FileKind) -> str:
    """Return why an XML part is rejected; empty if it may be read."""
    folder = name.rpartition("_rels/")[0]

    def check_relationship(
        element: str, attributes: Mapping[str, str], line: int, _column: int
    ) -> None:
        if element != "Relationship":
            return
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External":
            if not attributes.get("Type", "").endswith(kind.outside):
                raise XmlProblem(
                    "outside", f"it refers to '{target[:80]}' outside the {kind.name}", line
                )
        elif leaves_archive(target if target.startswith("/") else folder + target):
            raise XmlProblem(
                "outside", f"it refers to '{target[:80]}' outside the {kind.name}", line
            )

    try:
        check_xml(data, check_relationship)
    except XmlProblem as problem:
        return f"part {name}: {problem} (line {problem.line})"
    return ""
