"""Draw a page of the display list as SVG, for the proof: in the colours of the screen, or as the plate of one ink.

Glyphs are drawn as outlines, so a page looks the same in every browser, at any zoom. Coordinates of the SVG are points from
the upper left corner of the trim, y downwards; the bleed is outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape

from brochure.color.convert import in_ink, in_light
from brochure.color.gradient import ink_stops, light_stops, place_gradient
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk, Gradient, Paint, Spot
from brochure.fast_dataclass import dataclass
from brochure.fonts.face import Face
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.model.display_list import (
    Blend,
    GlyphRun,
    Item,
    Outline,
    Page,
    Path,
    Picture,
    Stroke,
    bounds,
)
from brochure.prepress.inks import PROCESS

FULL_BLACK = Cmyk(0, 0, 0, 1)


@dataclass(frozen=True, slots=True)
class View:
    """What of a page is shown: all inks as a screen shows them, or the plate of `ink` in grey (black is full ink).

    `rgb_press` is the condition for RGB pictures that the printer converts; None if they are converted like all others.
    """

    press: PressCondition
    ink: str = ""
    rgb_press: PressCondition | None = None

    def fill(self, paint: Paint, *, is_text: bool = False) -> str | None:
        """Return the CSS colour of a paint; None if it leaves no mark in this view."""
        if not self.ink:
            return None if paint.press_only else _css_colour(paint, self.press)
        return _plate_colour(paint, self.ink, self.press, is_text=is_text)

    def stops(self, gradient: Gradient) -> Iterator[tuple[float, str, float]]:
        """Yield the offset, CSS colour and opacity of each stop of a gradient."""
        convert = ink_stops if self.ink else light_stops
        for stop in convert(gradient, self.press):
            yield stop.offset, self.fill(Paint(stop.colour)) or "#fff", stop.opacity

    def blends(self, paint: Paint) -> bool:
        """Return True if what is beneath shows through a paint that overprints."""
        return not self.ink and paint.overprint


@lru_cache(maxsize=4096)
def _css_colour(paint: Paint, press: PressCondition) -> str:
    light = in_light(paint.colour, press)
    return "#" + "".join(f"{round(part * 255):02x}" for part in (light.r, light.g, light.b))


@lru_cache(maxsize=4096)
def _plate_colour(paint: Paint, ink: str, press: PressCondition, *, is_text: bool) -> str | None:
    """Return the grey of a paint on a plate; None where the plate keeps what is beneath."""
    amount = ink_amount(paint, ink, press)
    keeps = paint.overprint or (is_text and paint.colour == FULL_BLACK)
    if keeps and not amount:
        return None
    level = round(255 * (1 - amount))
    return f"#{level:02x}{level:02x}{level:02x}"


def ink_amount(paint: Paint, ink: str, press: PressCondition) -> float:
    """Return how much of an ink a paint has, from 0 to 1."""
    printed = in_ink(paint.colour, press)
    if isinstance(printed, Spot):
        return printed.tint if printed.name in (ink, "All") else 0.0
    amounts = dict(zip(PROCESS, (printed.c, printed.m, printed.y, printed.k), strict=True))
    return amounts.get(ink, 0.0)


PictureAddress = Callable[[Picture, View], str]
"""Returns the address of a picture's pixels in a view; empty if the view does not show it."""


def draw_svg(page: Page, view: View, address: PictureAddress) -> str:
    """Return the page with its bleed as an SVG element."""
    bleed = page.bleed
    box = f"{_n(-bleed)} {_n(-bleed)} {_n(page.width + 2 * bleed)} {_n(page.height + 2 * bleed)}"
    drawing = _Drawing(f"p{page.number}{view.ink}".replace(" ", "_"), view, address)
    body = "".join(part for item in page.items for part in drawing.draw(item))
    paper = f'<rect x="{_n(-bleed)}" y="{_n(-bleed)}" width="100%" height="100%" fill="#fff"/>'
    flipped = f'<g transform="matrix(1 0 0 -1 0 {_n(page.height)})">{body}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" class="page-drawing" aria-hidden="true">'
        f"{paper}{flipped}</svg>"
    )


class _Drawing:
    """State of one drawing: the numbers of its clipping paths and gradients. `name` starts their ids, unique in a document."""

    def __init__(self, name: str, view: View, address: PictureAddress) -> None:
        self.name, self.view, self.address = escape(name), view, address
        self.clips = self.gradients = 0

    def draw(self, item: Item) -> Iterator[str]:
        match item:
            case GlyphRun():
                yield from self._draw_glyphs(item)
            case Path():
                yield from self._draw_path(item)
            case Picture():
                yield from self._draw_picture(item)
            case _:
                return

    def _draw_glyphs(self, run: GlyphRun) -> Iterator[str]:
        glyphs = run.glyphs
        fill = self.view.fill(glyphs.paint, is_text=True)
        if fill is None or not glyphs.ids:
            return
        scale = glyphs.size / glyphs.face.upem
        place = Matrix(scale, 0, 0, scale, run.x, run.y)
        outer = run.matrix if run.clip else IDENTITY
        inner = place if run.clip else place.then(run.matrix)
        paint = self._paint("fill", fill, glyphs.paint)
        drawn = f'<path{_transform(inner)}{paint} d="{_glyph_data(run, scale)}"/>'
        yield from self._place(drawn, outer, run.clip)

    def _draw_path(self, path: Path) -> Iterator[str]:
        fill = self.view.fill(path.fill) if path.fill else None
        stroke = self.view.fill(path.stroke.paint) if path.stroke else None
        if fill is None and stroke is None:
            return
        gradient = ""
        if fill and isinstance(path.fill, Gradient):
            gradient, name = self._gradient(path.fill, bounds(path.outlines))
            fill = f"url(#{name})"
        paint = self._paint("fill", fill, path.fill) if fill and path.fill else ' fill="none"'
        if path.stroke and stroke:
            paint += self._paint("stroke", stroke, path.stroke.paint) + _stroke(path.stroke)
        rule = ' fill-rule="evenodd"' if path.even_odd else ""
        drawn = f'{gradient}<path{paint}{rule} d="{_path_data(path.outlines)}"/>'
        yield from self._place(drawn, path.matrix, path.clip)

    def _gradient(self, gradient: Gradient, box: Rect) -> tuple[str, str]:
        """Return the definition of a gradient, and its id."""
        self.gradients += 1
        name = f"{self.name}g{self.gradients}"
        axis, matrix = place_gradient(gradient, box)
        stops = "".join(
            f'<stop offset="{_n(offset)}" stop-color="{colour}" stop-opacity="{_n(opacity)}"/>'
            for offset, colour, opacity in self.view.stops(gradient)
        )
        (x1, y1), (x2, y2) = axis.start, axis.end
        if axis.end_radius:
            focus = f'fx="{x1:.6g}" fy="{y1:.6g}" fr="{axis.start_radius:.6g}"'
            place = f'cx="{x2:.6g}" cy="{y2:.6g}" r="{axis.end_radius:.6g}" {focus}'
            kind = "radialGradient"
        else:
            place = f'x1="{x1:.6g}" y1="{y1:.6g}" x2="{x2:.6g}" y2="{y2:.6g}"'
            kind = "linearGradient"
        place += _transform(matrix, "gradientTransform")
        return f'<{kind} id="{name}" gradientUnits="userSpaceOnUse" {place}>{stops}</{kind}>', name

    def _draw_picture(self, picture: Picture) -> Iterator[str]:
        address = self.address(picture, self.view)
        if not address:
            return
        rect = picture.rect
        place = Matrix(rect.width, 0, 0, -rect.height, rect.x, rect.top)
        opacity = (
            f' opacity="{_n(picture.opacity)}"'
            if picture.opacity < 1 and not picture.ground
            else ""
        )
        drawn = (
            f'<image href="{escape(address)}" width="1" height="1" preserveAspectRatio="none"'
            f"{opacity}{_transform(place)}/>"
        )
        blends = picture.blend is Blend.MULTIPLY
        yield from self._place(drawn, picture.matrix, picture.clip, blends=blends)

    def _place(
        self, drawn: str, matrix: Matrix, clip: Sequence[Outline], *, blends: bool = False
    ) -> Iterator[str]:
        """Yield what was drawn, clipped and transformed, and blended with what is beneath."""
        if not clip and matrix == IDENTITY and not blends:
            yield drawn
            return
        clipped = ""
        if clip:
            self.clips += 1
            name = f"{self.name}c{self.clips}"
            yield f'<clipPath id="{name}"><path d="{_path_data(clip)}"/></clipPath>'
            clipped = f' clip-path="url(#{name})"'
        blend = ' class="overprint"' if blends else ""
        yield f"<g{blend}{_transform(matrix)}{clipped}>{drawn}</g>"

    def _paint(self, use: str, colour: str, paint: Paint) -> str:
        is_flat = not isinstance(paint, Gradient)
        opacity = f' {use}-opacity="{_n(paint.opacity)}"' if paint.opacity < 1 and is_flat else ""
        blend = ' class="overprint"' if use == "fill" and self.view.blends(paint) else ""
        return f' {use}="{colour}"{opacity}{blend}'


def _stroke(stroke: Stroke) -> str:
    dash = f' stroke-dasharray="{" ".join(map(_n, stroke.dash))}"' if stroke.dash else ""
    cap = ' stroke-linecap="round" stroke-linejoin="round"' if stroke.round_cap else ""
    return f' stroke-width="{_n(stroke.width)}" stroke-miterlimit="10"{dash}{cap}'


def _transform(matrix: Matrix, attribute: str = "transform") -> str:
    if matrix == IDENTITY:
        return ""
    parts = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return f' {attribute}="matrix({" ".join(f"{part + 0:.6g}" for part in parts)})"'


def _n(number: float) -> str:
    """Format a length in points to a thousandth."""
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"


# Outlines


def _path_data(outlines: Sequence[Outline]) -> str:
    parts: list[str] = []
    for outline in outlines:
        parts.append(f"M{_n(outline.start[0])} {_n(outline.start[1])}")
        for segment in outline.segments:
            parts.append(("L" if len(segment) == 2 else "C") + " ".join(map(_n, segment)))
        if outline.closed:
            parts.append("Z")
    return "".join(parts)


def _glyph_data(run: GlyphRun, scale: float) -> str:
    """Return the outlines of a run's glyphs, in units of its font."""
    glyphs = run.glyphs
    offsets = glyphs.offsets or ((0.0, 0.0),) * len(glyphs.ids)
    pen, parts = 0.0, []
    for glyph, advance, (dx, dy) in zip(glyphs.ids, glyphs.advances, offsets, strict=True):
        outline = glyph_outline(glyphs.face, glyph)
        if outline:
            parts.append(f"M{(pen + dx) / scale:.1f} {dy / scale:.1f}{outline}")
        pen += advance
    return "".join(parts)


@lru_cache(maxsize=20_000)
def glyph_outline(face: Face, glyph: int) -> str:
    """Return the outline of a glyph as path data relative to its origin, where the path begins; empty for a space."""
    pen = _RelativePen()
    face.font.draw_glyph_with_pen(glyph, pen)
    return "".join(pen.parts)


def _tenths(number: float) -> str:
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


class _RelativePen:
    """Collects short path data: relative coordinates of points on a tenth of a font unit. Methods have fontTools' names."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.x = self.y = 0.0
        self.start = (0.0, 0.0)

    def _add(self, command: str, *points: tuple[float, float]) -> None:
        # Points are rounded before they are subtracted, so that errors do not add up.
        rounded = [(round(x, 1), round(y, 1)) for x, y in points]
        numbers = [_tenths(n) for x, y in rounded for n in (x - self.x, y - self.y)]
        self.parts.append(command + " ".join(numbers).replace(" -", "-"))
        self.x, self.y = rounded[-1]

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  # fontTools' name
        self._add("m", point)
        self.start = self.x, self.y

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        x, y = round(point[0], 1), round(point[1], 1)
        if y == self.y:
            self.parts.append(f"h{_tenths(x - self.x)}")
        elif x == self.x:
            self.parts.append(f"v{_tenths(y - self.y)}")
        else:
            self._add("l", point)
        self.x, self.y = x, y

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add("c", *points)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add("q", *points)

    def closePath(self) -> None:  # noqa: N802
        self.parts.append("z")
        self.x, self.y = self.start

    endPath = closePath  # noqa: N815
