"""PDFs in the inks of the press, drawn with flat shapes: a canvas in millimetres from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

Ink = tuple[float, float, float, float]
Point = tuple[float, float]


class Sheet:
    """A page of a PDF with flat shapes; x and y in mm from the upper left corner."""

    def __init__(self, path: Path, size: Point, ground: Ink) -> None:
        self.width, self.height = size
        self.canvas = Canvas(str(path), pagesize=(self.width * mm, self.height * mm), invariant=1)
        self.canvas.setTitle(path.name)
        self.rectangle(ground, 0, 0, self.width, self.height)

    def rectangle(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle, of which x and y are the upper left corner."""
        self.polygon(ink, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])

    def polygon(self, ink: Ink, *shapes: Sequence[Point]) -> None:
        """Fill closed shapes with straight sides, as one path."""
        self.canvas.setFillColorCMYK(*ink)
        self.canvas.drawPath(self._path(shapes), stroke=0, fill=1)

    def line(self, ink: Ink, width: float, *lines: Sequence[Point]) -> None:
        """Draw lines with round ends and corners, as one path."""
        self.canvas.setStrokeColorCMYK(*ink)
        self.canvas.setLineWidth(width * mm)
        self.canvas.setLineCap(1)
        self.canvas.setLineJoin(1)
        self.canvas.drawPath(self._path(lines, closed=False), stroke=1, fill=0)

    def circle(self, ink: Ink, x: float, y: float, radius: float) -> None:
        """Fill a circle around a point."""
        self.canvas.setFillColorCMYK(*ink)
        self.canvas.circle(x * mm, self._y(y), radius * mm, stroke=0, fill=1)

    def clip(self, x: float, y: float, width: float, height: float) -> None:
        """Draw inside a rectangle only, until `unclip`."""
        self.canvas.saveState()
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.canvas.clipPath(self._path([corners]), stroke=0, fill=0)

    def unclip(self) -> None:
        """Draw everywhere again."""
        self.canvas.restoreState()

    def save(self) -> None:
        """Write the file."""
        self.canvas.save()

    def _path(self, lines: Iterable[Sequence[Point]], *, closed: bool = True) -> object:
        path = self.canvas.beginPath()
        for points in lines:
            path.moveTo(points[0][0] * mm, self._y(points[0][1]))
            for x, y in points[1:]:
                path.lineTo(x * mm, self._y(y))
            if closed:
                path.close()
        return path

    def _y(self, y: float) -> float:
        return (self.height - y) * mm


def mix(one: Ink, other: Ink, share: float) -> Ink:
    """Return a colour between two."""
    c, m, y, k = (round(a + (b - a) * share, 3) for a, b in zip(one, other, strict=True))
    return c, m, y, k
