"""Tables: cells with their spans in rows, and the widths of the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from brochure.fast_dataclass import dataclass
from brochure.idml.swatches import NONE, Swatches
from brochure.idml.type_settings import Keys, points
from brochure.idml.xml_nodes import Node, to_number


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its element, and how many columns and rows it spans."""

    node: Node
    columns: int = 1
    rows: int = 1

    @property
    def spans(self) -> Keys:
        """The keys of a cell that spans columns or rows."""
        found: Keys = {"columns": self.columns, "rows": self.rows}
        return {name: count for name, count in found.items() if count != 1}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the number of header rows, and the widths of the columns as shares of the table."""

    node: Node
    rows: tuple[tuple[Cell, ...], ...]
    head_rows: int
    widths: tuple[str, ...]


def read_rows(node: Node) -> Table:
    """Return a table; cells are in order of columns, whatever the order of their elements."""
    placed: dict[tuple[int, int], Cell] = {}
    for cell in node.children:
        if cell.name != "Cell":
            continue
        column, _, row = cell.get("Name", "0:0").partition(":")
        if column.isdigit() and row.isdigit():
            spans = _span(cell, "ColumnSpan"), _span(cell, "RowSpan")
            placed[int(row), int(column)] = Cell(cell, *spans)
    count = max((row for row, _ in placed), default=-1) + 1
    rows = tuple(
        tuple(placed[key] for key in sorted(placed) if key[0] == row) for row in range(count)
    )
    head = int(node.number("HeaderRowCount"))
    return Table(node, rows, min(head, count), _widths(node))


def _span(cell: Node, name: str) -> int:
    return max(1, int(cell.number(name, 1)))


def _widths(node: Node) -> tuple[str, ...]:
    columns = [one for one in node.children if one.name == "Column"]
    widths = [one.number("SingleColumnWidth", 1.0) for one in columns]
    total = sum(widths) or 1.0
    return tuple(f"{round(100 * width / total, 2):g}%" for width in widths)


def most_common(styles: Sequence[str]) -> str:
    """Return the style that most paragraphs have."""
    return Counter(styles).most_common(1)[0][0]


INSETS = {"top": "Top", "bottom": "Bottom", "start": "Left", "end": "Right"}


def table_look(table: Table, swatches: Swatches) -> Keys:
    """Return the insets that all cells have, and the colour behind the header rows."""
    found: Keys = {}
    insets = {edge: _common(table.rows, f"Text{side}Inset", "4") for edge, side in INSETS.items()}
    if all(insets.values()) and any(_has(table, f"Text{side}Inset") for side in INSETS.values()):
        found["inset"] = {edge: points(to_number(value)) for edge, value in insets.items() if value}
    fill = _common(table.rows[: table.head_rows], "FillColor", "") if table.head_rows else ""
    if fill and fill not in NONE:
        tint = _common(table.rows[: table.head_rows], "FillTint", "-1")
        colour = swatches.find_flat(fill, "a table", to_number(tint, -1.0))
        if colour:
            found["head-ground"] = colour
    return found


def _has(table: Table, name: str) -> bool:
    return any(cell.node.get(name) for row in table.rows for cell in row)


def _common(rows: Sequence[Sequence[Cell]], name: str, default: str) -> str:
    """Return the value of a setting that all cells have; empty if they differ."""
    values = {cell.node.get(name) or default for row in rows for cell in row}
    return values.pop() if len(values) == 1 else ""


def table_losses(table: Table, styles: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield what a table of the layout does not have; `styles` are those of its body and its header."""
    yield "the strokes of its cells"
    cells = [cell for row in table.rows for cell in row]
    body = [cell for row in table.rows[table.head_rows :] for cell in row]
    if any(cell.node.get("FillColor") not in NONE for cell in body):
        yield "the fills of its cells"
    if any(len(set(part)) > 1 for part in styles):
        yield "some of the paragraph styles of its cells"
    if any(cell.node.get("VerticalJustification", "TopAlign") != "TopAlign" for cell in cells):
        yield "the vertical alignment of its cells"
    if any(cell.node.number("RotationAngle") for cell in cells):
        yield "the rotation of its cells"
    if table.node.number("FooterRowCount"):
        yield "the repetition of its footer rows"
    heights = (one for one in table.node.children if one.name == "Row")
    if any(one.number("MinimumHeight", 3.0) > 8.0 for one in heights):
        yield "the heights of its rows"
    applied = table.node.get("AppliedTableStyle", BASIC)
    if not applied.endswith(BASIC):
        yield "its table style"
    if any(not cell.node.get("AppliedCellStyle", NO_CELL).endswith(NO_CELL) for cell in cells):
        yield "the cell styles"


BASIC, NO_CELL = "[Basic Table]", "[None]"
