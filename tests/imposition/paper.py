"""Paper: printed sheets that are read with mutool, folded step by step, and leafed through.

The code does not know how the program computes the order of the pages. A sheet lies with one side up; a fold lays one half of it
over the other.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from reportlab.pdfgen.canvas import Canvas

from tests.programs import run


def numbered_pdf(count: int, size: tuple[float, float] = (60, 80), bleed: float = 0.0) -> bytes:
    """A PDF whose pages show their numbers in the middle."""
    buffer = io.BytesIO()
    width, height = size
    canvas = Canvas(buffer, pagesize=(width + 2 * bleed, height + 2 * bleed))
    for number in range(1, count + 1):
        canvas.setTrimBox((bleed, bleed, bleed + width, bleed + height))
        canvas.setFont("Helvetica", 20)
        canvas.drawCentredString(bleed + width / 2, bleed + height / 2, str(number))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@dataclass(frozen=True)
class Printed:
    """A page on one side of a cell of a sheet (0: blank), and whether its head is at the top of the sheet."""

    page: int
    upright: bool = True

    def upside_down(self) -> Printed:
        return Printed(self.page, not self.upright)


Side = list[list[Printed]]
"""The rows of a printed side, from the top; each from the left."""


def read_sides(pdf: bytes, folder: Path, size: tuple[float, float] = (60, 80)) -> list[Side]:
    """Read each page of a PDF of sheets with mutool: the numbers at their places, and whether they are upside down."""
    path = folder / "sheets.pdf"
    path.write_bytes(pdf)
    text = run("mutool", "draw", "-q", "-F", "stext", path)
    document = etree.fromstring(text.encode())
    return [_read_side(page, size) for page in document.iter("page")]


def _read_side(page: etree._Element, size: tuple[float, float]) -> Side:
    width, height = (float(page.get(key, "0")) for key in ("width", "height"))
    across, down = round(width / size[0]), round(height / size[1])
    side = [[Printed(0) for _ in range(across)] for _ in range(down)]
    for line in page.iter("line"):
        left, top, right, bottom = map(float, line.get("bbox", "").split())
        number = "".join(char.get("c", "") for char in line.iter("char"))
        direction = line.get("dir", "")
        assert re.fullmatch(r"-?1 -?0", direction), direction
        column = int((left + right) / 2 / (width / across))
        row = int((top + bottom) / 2 / (height / down))
        assert side[row][column].page == 0, "two pages in one place"
        side[row][column] = Printed(int(number), direction.startswith("1"))
    return side


@dataclass(frozen=True)
class Leaf:
    """A piece of paper: its upper side, and its lower side as it looks when the leaf is turned over sideways."""

    up: Printed
    down: Printed

    def over_its_side(self) -> Leaf:
        return Leaf(self.down, self.up)

    def head_to_foot(self) -> Leaf:
        return Leaf(self.down.upside_down(), self.up.upside_down())


Sheet = list[list[list[Leaf]]]
"""Rows of stacks of leaves; the uppermost leaf of a stack comes first."""


def lay_down(up: Side, other: Side) -> Sheet:
    """Lay down a sheet with one side up; the other is given as it looks when the sheet is turned over sideways."""
    return [
        [[Leaf(here, there)] for here, there in zip(row, reversed(behind), strict=True)]
        for row, behind in zip(up, other, strict=True)
    ]


def rotate(side: Side) -> Side:
    """A side as it looks from the opposite edge of the table."""
    return [[one.upside_down() for one in reversed(row)] for row in reversed(side)]


def turn_over(sheet: Sheet) -> Sheet:
    """Turn the sheet over sideways."""
    return [
        [[leaf.over_its_side() for leaf in reversed(stack)] for stack in reversed(row)]
        for row in sheet
    ]


def rotate_sheet(sheet: Sheet) -> Sheet:
    """Rotate the sheet by 180° with the same side up."""
    return [
        [
            [Leaf(leaf.up.upside_down(), leaf.down.upside_down()) for leaf in stack]
            for stack in reversed(row)
        ]
        for row in reversed(sheet)
    ]


def fold(sheet: Sheet, how: str) -> Sheet:
    """Lay one half of the sheet over the other."""
    rows, columns = len(sheet), len(sheet[0])
    if how in ("right over left", "left over right"):
        half = columns // 2
        assert columns == 2 * half
        left, right = [row[:half] for row in sheet], [row[half:] for row in sheet]
        moved, lying = (right, left) if how == "right over left" else (left, right)
        return [
            [
                [leaf.over_its_side() for leaf in reversed(stack)] + below
                for stack, below in zip(reversed(over), under, strict=True)
            ]
            for over, under in zip(moved, lying, strict=True)
        ]
    half = rows // 2
    assert rows == 2 * half
    top, bottom = sheet[:half], sheet[half:]
    moved, lying = (top, bottom) if how == "top over bottom" else (bottom, top)
    return [
        [
            [leaf.head_to_foot() for leaf in reversed(stack)] + below
            for stack, below in zip(over, under, strict=True)
        ]
        for over, under in zip(reversed(moved), lying, strict=True)
    ]


def read_through(sheet: Sheet) -> list[Printed]:
    """Return the pages of a folded and cut sheet in reading order: leaf by leaf, each turned over sideways."""
    ((stack,),) = sheet
    return [page for leaf in stack for page in (leaf.up, leaf.down)]
