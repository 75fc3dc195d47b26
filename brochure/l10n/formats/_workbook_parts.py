"""The parts of a workbook, looked at before anything in it is read.

Takes the bytes of an `.xlsx` file, which is a ZIP of XML; gives why it is not opened, or nothing. What would unpack without end,
leads out of the file, fetches from elsewhere, holds programs or declares entities is refused, in whatever encoding it hides.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence

from brochure.system.xml_safety import XmlProblem, check_xml

MAX_UNPACKED = 40_000_000
MAX_PARTS = 1000
XML = (".xml", ".rels", ".vml")
FOREIGN = {
    "vbaproject.bin": "macros",
    "externallinks/": "links to other workbooks",
    "connections.xml": "connections to other data",
    "embeddings/": "embedded objects",
    "activex/": "controls",
}
"""What a workbook of words has no need of, by what the names of its parts have in them."""


def find_refusal_reason(data: bytes) -> str:
    """Why a workbook is not opened at all; empty where it may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            named = next(_misnamed([part.filename for part in parts]), "")
            if named or sum(part.file_size for part in parts) > MAX_UNPACKED:
                return named or f"it would unpack to more than {MAX_UNPACKED // 1_000_000} MB"
            return next(filter(None, (_look_into(packed, part) for part in parts)), "")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as failure:
        return f"this is no workbook: {failure}"
    except (NotImplementedError, RuntimeError, ValueError) as failure:
        return f"this is no workbook: {failure}"


def _misnamed(names: Sequence[str]) -> Iterator[str]:
    """What is wrong with the parts as they are named."""
    if len(names) > MAX_PARTS:
        yield f"it has more than {MAX_PARTS:,} parts"
    for at, name in enumerate(names):
        if leaves_archive(name) or name.startswith(("/", "\\")):
            yield f"its part '{name}' leads out of the file"
        if name in names[:at]:
            yield f"its part {name} stands there twice"
        held = (what for sign, what in FOREIGN.items() if sign in name.casefold())
        yield from (f"it holds {what}" for what in held)


def leaves_archive(name: str) -> bool:
    """Whether a path climbs out of where it begins, or begins on some drive or network."""
    depth = 0
    for step in name.replace("\\", "/").split("/"):
        depth += -1 if step == ".." else step not in ("", ".")
        if depth < 0:
            return True
    return ":" in name or name.startswith(("//", "\\\\"))


def _look_into(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """Why a part is not read; empty where it may be."""
    name = part.filename
    with packed.open(part) as stream:
        data = stream.read(
            part.file_size
        )  # what it says and no more: it is not asked what else there is
        if len(data) != part.file_size or stream.read(1):
            return f"its part {name} is not as long as it says"
    return _look_at(name, data) if name.casefold().endswith(XML) else ""


def _look_at(name: str, data: bytes) -> str:
    """Why a part of XML is not read; empty where it may be."""
    folder = name.rpartition("_rels/")[0]

    def each(element: str, attributes: Mapping[str, str], line: int) -> None:
        if element != "Relationship":
            return
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External":
            if not attributes.get("Type", "").endswith("/hyperlink"):
                raise XmlProblem("outside", f"it refers to '{target[:80]}' outside itself", line)
        elif leaves_archive(target if target.startswith("/") else folder + target):
            raise XmlProblem("outside", f"it refers to '{target[:80]}' outside itself", line)

    try:
        check_xml(data, each)
    except XmlProblem as problem:
        return f"its part {name} is not read: {problem} (line {problem.line})"
    return ""
