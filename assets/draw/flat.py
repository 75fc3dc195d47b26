"""Flat drawings in the inks of the press, written as PDFs, or as PNGs: polygons, smooth outlines, discs and strokes.

Places are in millimetres from the upper left corner, like those of frames in a layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.lib.colors import CMYKColor, CMYKColorSep
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from brochure.color.convert import in_light
from brochure.color.printing_condition import shipped_condition
from brochure.color.swatch import Cmyk

from .shapes import curve

Ink = CMYKColor
PIXELS = 9.6
"""Pixels of a PNG for a millimetre of the drawing."""
FINER = 4
"""How much larger it is drawn, so that its edges are smooth."""
COLOURS = 64
Place = tuple[float, float]


def cmyk(cyan: float, magenta: float, yellow: float, black: float) -> Ink:
    """Return a colour in percent of the four process inks."""
    return CMYKColor(cyan / 100, magenta / 100, yellow / 100, black / 100)


def spot(name: str, alternate: Ink) -> Ink:
    """Return a spot ink with its alternate colour."""
    parts = (alternate.cyan, alternate.magenta, alternate.yellow, alternate.black)
    return CMYKColorSep(*parts, spotName=name)


class Drawing:
    """One page that is drawn from back to front. Everything beyond its edges is cropped."""

    def __init__(self, file: Path, width: float, height: float, ground: Ink) -> None:
        self.width, self.height = width, height
        self._canvas = Canvas(str(file), pagesize=(width * mm, height * mm), invariant=1)
        self._canvas.setTitle(file.stem)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        page = self._canvas.beginPath()
        page.rect(0, 0, width * mm, height * mm)
        self._canvas.clipPath(page, stroke=0, fill=0)
        self.box(ground, 0, 0, width, height)

    def save(self) -> None:
        """Write the file."""
        self._canvas.save()

    def box(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        """Fill an upright rectangle."""
        self.shape(ink, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])

    def shape(self, ink: Ink, *outlines: Sequence[Place]) -> None:
        """Fill straight-edged outlines; where two overlap, there is a hole."""
        path = self._canvas.beginPath()
        for outline in outlines:
            self._trace(path, outline)
            path.close()
        self._fill(path, ink)

    def smooth(self, ink: Ink, *outlines: Sequence[Place]) -> None:
        """Fill smooth outlines through the given points."""
        self.shape(ink, *(_rounded(outline, closed=True) for outline in outlines))

    def disc(self, ink: Ink, x: float, y: float, radius: float) -> None:
        """Fill a circle."""
        self.discs(ink, [(x, y, radius)])

    def discs(self, ink: Ink, discs: Sequence[tuple[float, float, float]]) -> None:
        """Fill circles that do not touch each other."""
        path = self._canvas.beginPath()
        for x, y, radius in discs:
            path.circle(x * mm, (self.height - y) * mm, radius * mm)
        self._fill(path, ink)

    def ellipse(self, ink: Ink, x: float, y: float, across: float, down: float) -> None:
        """Fill an ellipse with its centre and its two radii."""
        path = self._canvas.beginPath()
        corner = (x - across) * mm, (self.height - y - down) * mm
        path.ellipse(*corner, 2 * across * mm, 2 * down * mm)
        self._fill(path, ink)

    def line(self, ink: Ink, width: float, *lines: Sequence[Place]) -> None:
        """Stroke lines with round ends."""
        path = self._canvas.beginPath()
        for points in lines:
            self._trace(path, points)
        self._canvas.setStrokeColor(ink)
        self._canvas.setLineWidth(width * mm)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def smooth_line(self, ink: Ink, width: float, *lines: Sequence[Place]) -> None:
        """Stroke smooth lines through the given points."""
        self.line(ink, width, *(_rounded(points, closed=False) for points in lines))

    def ring(self, ink: Ink, width: float, x: float, y: float, radius: float) -> None:
        """Stroke a circle."""
        path = self._canvas.beginPath()
        path.circle(x * mm, (self.height - y) * mm, radius * mm)
        self._canvas.setStrokeColor(ink)
        self._canvas.setLineWidth(width * mm)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def _trace(self, path: PDFPathObject, points: Sequence[Place]) -> None:
        for number, (x, y) in enumerate(points):
            step = path.lineTo if number else path.moveTo
            step(round(x * mm, 2), round((self.height - y) * mm, 2))

    def _fill(self, path: PDFPathObject, ink: Ink) -> None:
        self._canvas.setFillColor(ink)
        self._canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


class PngDrawing(Drawing):
    """A drawing that is written as a PNG, in the colours that the inks have on coated paper. It has no rings and no holes."""

    def __init__(self, file: Path, width: float, height: float, ground: Ink) -> None:
        self.width, self.height = width, height
        self._file = file
        size = round(width * PIXELS * FINER), round(height * PIXELS * FINER)
        self._image = Image.new("RGB", size, _light(ground))
        self._pen = ImageDraw.Draw(self._image)

    def save(self) -> None:
        """Write the file."""
        shown = self._image.reduce(FINER).quantize(COLOURS, dither=Image.Dither.NONE)
        shown.save(self._file, optimize=True)

    def shape(self, ink: Ink, *outlines: Sequence[Place]) -> None:
        """Fill straight-edged outlines."""
        for outline in outlines:
            self._pen.polygon(_pixels(outline), fill=_light(ink))

    def discs(self, ink: Ink, discs: Sequence[tuple[float, float, float]]) -> None:
        """Fill circles."""
        for x, y, radius in discs:
            self.ellipse(ink, x, y, radius, radius)

    def ellipse(self, ink: Ink, x: float, y: float, across: float, down: float) -> None:
        """Fill an ellipse with its centre and its two radii."""
        corners = _pixels([(x - across, y - down), (x + across, y + down)])
        self._pen.ellipse(corners, fill=_light(ink))

    def line(self, ink: Ink, width: float, *lines: Sequence[Place]) -> None:
        """Stroke lines with round ends."""
        for points in lines:
            self.discs(ink, [(x, y, width / 2) for x, y in points])
            self._pen.line(_pixels(points), _light(ink), round(width * PIXELS * FINER))


def _pixels(points: Sequence[Place]) -> list[Place]:
    return [(x * PIXELS * FINER, y * PIXELS * FINER) for x, y in points]


def _light(ink: Ink) -> tuple[int, int, int]:
    """Return the colour of an ink on coated paper, as screens show it."""
    inks = Cmyk(ink.cyan, ink.magenta, ink.yellow, ink.black)
    shown = in_light(inks, shipped_condition("coated-fogra39"))
    return round(shown.r * 255), round(shown.g * 255), round(shown.b * 255)


def _rounded(points: Sequence[Place], *, closed: bool) -> list[Place]:
    return [(float(x), float(y)) for x, y in curve(points, closed=closed, steps=12)]
