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
from typing import Any

from brochure.l10n.formats._package_parts import find_related, parse_part, read_relationships
from brochure.l10n.formats._xliff_xml import descendants, first_child

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
        parts = [parse_part(packed, name) for name in find_related(packed, sheet, "/comments")]
    comments: dict[int, str] = {}
    for root in parts:
        for row, text in _read_part(root):
            comments[row] = f"{comments[row]}\n{text}" if row in comments else text
    return comments


def _find_sheet(packed: zipfile.ZipFile, at: int) -> str:
    """Return the name of the part with a sheet."""
    workbook = next(find_related(packed, "", "/officeDocument"), "xl/workbook.xml")
    sheets = [*descendants(parse_part(packed, workbook), "sheet")]
    targets = dict(read_relationships(packed, workbook))
    return targets.get(sheets[at].get(RELATIONSHIP, ""), ("", ""))[1] if at < len(sheets) else ""


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
