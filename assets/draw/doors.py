"""A hundred doors at night, a drawing that is also a chart: fifteen are lit, fifteen more outlined, the others dark."""

from pathlib import Path

COLUMNS, ROWS = 20, 5
CELL_WIDTH, CELL_HEIGHT = 56.0, 130.0
DOOR_WIDTH, DOOR_HEIGHT = 38.0, 104.0
LIT, OUTLINED = 15, 15
LIGHT, DARK, LINE = "#f4a552", "#2c455a", 2.6


def draw(name: str, folder: Path) -> None:
    """Write the drawing; the doors are counted column by column, so that each group has a straight edge."""
    places = [divmod(number, ROWS) for number in range(COLUMNS * ROWS)]
    lit = " ".join(_door(*place) for place in places[:LIT])
    outlined = " ".join(_door(*place, inset=LINE / 2) for place in places[LIT : LIT + OUTLINED])
    dark = " ".join(_door(*place) for place in places[LIT + OUTLINED :])
    width = (COLUMNS - 1) * CELL_WIDTH + DOOR_WIDTH
    height = (ROWS - 1) * CELL_HEIGHT + DOOR_HEIGHT
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">',
        f'  <path fill="{LIGHT}" d="{lit}"/>',
        f'  <path fill="none" stroke="{LIGHT}" stroke-width="{LINE}" d="{outlined}"/>',
        f'  <path fill="{DARK}" d="{dark}"/>',
        "</svg>",
    )
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _door(column: int, row: int, inset: float = 0.0) -> str:
    """The outline of a door with a round arch, as the data of a path."""
    left, foot = column * CELL_WIDTH + inset, row * CELL_HEIGHT + DOOR_HEIGHT - inset
    radius = DOOR_WIDTH / 2 - inset
    spring = row * CELL_HEIGHT + DOOR_WIDTH / 2
    return f"M{left:g} {foot:g}V{spring:g}a{radius:g} {radius:g} 0 0 1 {2 * radius:g} 0V{foot:g}z"
