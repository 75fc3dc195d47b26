"""The map of the factsheet: six night lines that meet at one square, in bends of 45 degrees, one of them in yellow."""

from __future__ import annotations

from pathlib import Path

from .inks import Ink, Point, Sheet

BLACK: Ink = (0.60, 0.50, 0.40, 0.92)
YELLOW: Ink = (0.0, 0.16, 0.94, 0.0)
WHITE: Ink = (0.0, 0.0, 0.0, 0.0)

NAME = "night-lines.pdf"
SIZE = (216.0, 169.0)

LINES: tuple[tuple[Ink, list[Point]], ...] = (
    (WHITE, [(38, 96), (38, 103), (60, 125), (160, 125), (172, 137), (172, 152)]),
    (WHITE, [(112, 92), (112, 139), (130, 157), (130, 190)]),
    (WHITE, [(-10, 132), (178, 132), (200, 110), (230, 110)]),
    (WHITE, [(-10, 153), (44, 153), (58, 139), (142, 139), (160, 157), (160, 190)]),
    (WHITE, [(80, 90), (80, 96), (144, 160), (144, 190)]),
    (YELLOW, [(158, 90), (88, 160)]),
)
"""The lines, the highlighted one last. They meet about the point (116, 132)."""


def draw(folder: Path) -> None:
    """Write the map into a folder."""
    sheet = Sheet(folder / NAME, SIZE, BLACK)
    for ink, points in LINES:
        sheet.line(BLACK, 6.2, points)
        sheet.line(ink, 3.2, points)
    sheet.circle(WHITE, *LINES[4][1][0], 3.2)
    sheet.circle(BLACK, *LINES[4][1][0], 1.6)
    sheet.save()
