"""Comments on the cells of a workbook's sheet (ECMA-376 Part 1, 18.7).

openpyxl would read them only with the whole workbook in memory. Comments of recent versions of Excel, which have answers, are in
threads; each thread is also a comment of the older kind, whose
text begins with a notice to users of older programs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

from brochure.l10n.formats._xliff_xml import children, descendants, first_child

RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
REFERENCE = re.compile(r"[A-Z]{1,3}([0-9]{1,7})")
NOTICE = re.compile(r"\A\[Threaded comment\].*?\nComment:\s*", re.DOTALL)
"""What Excel writes before the text of a thread."""

REPLY = re.compile(r"^[^\S\n]*+Reply:\s*+", re.MULTILINE)


def read_comments(data: bytes, at: int) -> dict[int, str]:
    """Return the comments in a sheet by the numbers of their rows, each with its author.

    Args:
        data: The workbook, whose parts were checked.
        at: The sheet's index.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        if not any("comments" in name.casefold() for name in names):
            return {}
        sheet = _find_sheet(packed, at)
        parts = [_parse(packed, name) for name in _related(packed, sheet, "/comments")]
    comments: dict[int, str] = {}
    for root in parts:
        for row, text in _read_part(root):
            comments[row] = f"{comments[row]}\n{text}" if row in comments else text
    return comments


def _find_sheet(packed: zipfile.ZipFile, at: int) -> str:
    """Return the name of the part with a sheet."""
    workbook = next(_related(packed, "", "/officeDocument"), "xl/workbook.xml")
    sheets = [*descendants(_parse(packed, workbook), "sheet")]
    targets = dict(_relationships(packed, workbook))
    return targets.get(sheets[at].get(RELATIONSHIP, ""), ("", ""))[1] if at < len(sheets) else ""


def _related(packed: zipfile.ZipFile, part: str, kind: str) -> Iterator[str]:
    """Yield the parts that a part refers to by relationships of a kind."""
    for own, target in dict(_relationships(packed, part)).values():
        if own.endswith(kind) and target in packed.namelist():
            yield target


def _relationships(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the id, type and target of each relationship of a part; those of the package for an empty name."""
    path = PurePosixPath(part)
    name = f"{path.parent}/_rels/{path.name}.rels" if part else "_rels/.rels"
    if name not in packed.namelist():
        return
    for one in children(_parse(packed, name), "Relationship"):
        target = one.get("Target", "")
        full = target.removeprefix("/") if target.startswith("/") else f"{path.parent}/{target}"
        yield one.get("Id", ""), (one.get("Type", ""), normpath(full))


def _parse(packed: zipfile.ZipFile, name: str) -> Any:
    # Imported here so that only workbooks with comments load lxml.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(packed.read(name), parser)


def _read_part(root: Any) -> Iterator[tuple[int, str]]:
    """Yield the rows and texts of the comments in a part."""
    authors = [one.text or "" for one in descendants(root, "author")]
    for comment in descendants(root, "comment"):
        place = REFERENCE.fullmatch(comment.get("ref", ""))
        text = "".join(one.text or "" for one in descendants(first_child(comment, "text"), "t"))
        text = REPLY.sub("", NOTICE.sub("", text)).strip()
        number = comment.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        if author.startswith("tc="):  # Excel's name for a thread
            author = ""
        prefix = f"{author}:"
        if author and not text.startswith(prefix):
            text = f"{prefix} {text}"
        if place and text:
            yield int(place[1]), re.sub(r"\A([^\n]*:)\n", r"\1 ", text)
