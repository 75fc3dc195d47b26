"""Read the sheets of an OpenDocument spreadsheet (OASIS OpenDocument 1.3, part 3), with the comments on their cells.

Cells have the text that the spreadsheet program showed, whatever their number formats are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brochure.l10n.formats._cell_format import CellText, mark_kind, refuse
from brochure.l10n.formats._rows import Row
from brochure.l10n.formats._xliff_xml import children, local_name

MAX_CELLS = 1_000_000
MAX_ROW_CELLS = 1_000
MAX_REPEATED_ROWS = 10_000
"""Copies of a row with text; a row without any may be repeated a million times."""

SPACES = re.compile("[ \t\r\n]+")
"""White space in a paragraph is one space; others are elements (part 3, 6.1.2)."""

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CALC_EXTENSIONS = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
CELLS = ("table-cell", "covered-table-cell")


class TooManyCellsError(Exception):
    """A sheet with more than `MAX_CELLS` cells."""


def read_sheets(root: Any) -> Iterator[tuple[str, tuple[Row, ...], dict[int, str]]]:
    """Yield the name of each sheet, its rows, and the comments on its cells by the numbers of their rows.

    Raises:
        TooManyCellsError: A sheet has more cells than are read.
    """
    for table in root.iter(f"{TABLE}table"):
        comments: dict[int, str] = {}
        rows = tuple(_read_rows(table, comments))
        yield table.get(f"{TABLE}name", ""), rows, comments


def _read_rows(table: Any, comments: dict[int, str]) -> Iterator[Row]:
    line, count = 1, 0
    for row in table.iter(f"{TABLE}table-row"):
        cells, notes = _read_row(row)
        repeated = _count(row, "rows")
        if any(cells) or notes:
            for at in range(line, line + min(repeated, MAX_REPEATED_ROWS)):
                count += max(1, len(cells))
                if count > MAX_CELLS:
                    raise TooManyCellsError
                yield at, cells
                if notes:
                    comments[at] = "\n".join(notes)
        line += repeated


def _read_row(row: Any) -> tuple[tuple[CellText, ...], list[str]]:
    """Return the cells of a row without empty ones at its end, and the comments on them."""
    cells: list[CellText] = []
    notes: list[str] = []
    empty = 0
    for cell in (one for one in row if local_name(one) in CELLS):
        text = _read_cell(cell)
        notes.extend(_read_annotations(cell))
        repeated = _count(cell, "columns")
        if not text and not text.problem:
            empty += repeated
            continue
        cells.extend([CellText()] * min(empty, MAX_ROW_CELLS))
        cells.extend([text] * min(repeated, MAX_ROW_CELLS))
        empty = 0
        if len(cells) > 2 * MAX_ROW_CELLS:
            break
    return tuple(cells), notes


def _count(element: Any, what: str) -> int:
    written = element.get(f"{TABLE}number-{what}-repeated", "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 10 else 1


def _read_cell(cell: Any) -> CellText:
    """Return a cell as the spreadsheet shows it; its value if no text is stored."""
    if cell.get(f"{CALC_EXTENSIONS}value-type") == "error":
        return refuse("it shows an error", "correct the formula, or clear the cell")
    paragraphs = [_read_paragraph(one) for one in children(cell, "p")]
    if not paragraphs:
        return CellText(cell.get(f"{OFFICE}string-value", ""))
    kind = KINDS.get(cell.get(f"{OFFICE}value-type", ""), "")
    return mark_kind(CellText("\n".join(paragraphs)), kind)


KINDS = {"date": "a date", "time": "a date", "boolean": "a truth value"}
"""What cells of these types have instead of text."""


def _read_paragraph(element: Any) -> str:
    """Return the text of a paragraph or of a part of it."""
    parts = [SPACES.sub(" ", element.text or "")]
    for child in element:
        name = local_name(child)
        if name == "s":
            written = child.get(f"{TEXT}c", "1")
            parts.append(" " * min(int(written) if written.isdecimal() else 1, MAX_ROW_CELLS))
        elif name in ("tab", "line-break"):
            parts.append("\t" if name == "tab" else "\n")
        elif name not in ("annotation", "annotation-end", ""):
            parts.append(_read_paragraph(child))
        parts.append(SPACES.sub(" ", child.tail or ""))
    return "".join(parts)


def _read_annotations(cell: Any) -> Iterator[str]:
    """Yield the comments on a cell, each with its author."""
    for note in children(cell, "annotation"):
        author = next((one.text or "" for one in children(note, "creator")), "")
        text = "\n".join(_read_paragraph(one) for one in children(note, "p")).strip()
        if text:
            yield f"{author}: {text}" if author else text
