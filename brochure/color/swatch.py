"""Colour values as the designer wrote them: CMYK, RGB, grey and spot colours, tints, mixtures and opacity.

Nothing is converted here. Components are fractions from 0 to 1. They mean ink coverage for CMYK and
spot colours and light for RGB and grey (1 = white), as in PDF (ISO 32000-1, 8.6).
"""

from __future__ import annotations

from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix


@dataclass(frozen=True, slots=True)
class Cmyk:
    """Process inks: cyan, magenta, yellow, black, each 0 to 1."""

    c: float
    m: float
    y: float
    k: float


@dataclass(frozen=True, slots=True)
class Rgb:
    """An sRGB colour: red, green, blue, each 0 to 1."""

    r: float
    g: float
    b: float


@dataclass(frozen=True, slots=True)
class Grey:
    """A grey level: 0 is black, 1 is white."""

    light: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot colour with its process or screen alternate; `tint` is 0 to 1."""

    name: str
    alternate: Cmyk | Rgb | Grey
    tint: float = 1.0


Colour = Cmyk | Rgb | Grey | Spot


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour with an opacity (1 is opaque, 0 transparent).

    With `overprint`, it prints over other inks instead of knocking them out: a varnish, or a black
    area that is trapped by hand. With `press_only`, it is left out of PDFs for the screen and for
    office printers: a varnish, or a die line.
    """

    colour: Colour
    opacity: float = 1.0
    overprint: bool = False
    press_only: bool = False


@dataclass(frozen=True, slots=True)
class GradientStop:
    """A colour of a gradient at `offset`, 0 at the start and 1 at the end."""

    offset: float
    colour: Colour
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Axis:
    """Where a gradient runs: from one circle to another, or from point to point if both radii are 0."""

    start: tuple[float, float]
    end: tuple[float, float]
    start_radius: float = 0.0
    end_radius: float = 0.0


@dataclass(frozen=True, slots=True)
class GradientPlacement:
    """Where a gradient of a drawing runs, in its own coordinates.

    `matrix` transforms them to fractions of the box that the gradient fills, from its lower left corner.
    """

    axis: Axis
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Gradient(Paint):
    """A paint that varies over the box that it fills; `colour` and `opacity` represent the whole.

    `angle` is the direction in degrees, counter-clockwise from the right. A gradient with a `centre` is radial; it is given as
    fractions of the box from the left and from the top. With `mirrors`, right means the end of a line of text.
    A `placement` takes the place of angle and centre.
    """

    stops: tuple[GradientStop, ...] = ()
    angle: float = 0.0
    centre: tuple[float, float] | None = None
    mirrors: bool = False
    placement: GradientPlacement | None = None

    def orient(self, *, left_to_right: bool) -> Gradient:
        """Return the gradient for text of one direction."""
        if not self.mirrors:
            return self
        return replace(self, angle=self.angle if left_to_right else 180 - self.angle, mirrors=False)


def list_colours(paint: Paint) -> tuple[Colour, ...]:
    """Return the colours of a paint: those of a gradient's stops, or the one colour."""
    if isinstance(paint, Gradient):
        return tuple(stop.colour for stop in paint.stops)
    return (paint.colour,)


BLACK = Paint(Cmyk(0, 0, 0, 1))
WHITE = Paint(Cmyk(0, 0, 0, 0))
REGISTRATION = Paint(Spot("All", Cmyk(1, 1, 1, 1)))
"""All inks at once, for marks outside the trim (ISO 32000-1, 8.6.6.4: the colorant All)."""


def tint(colour: Colour, strength: float) -> Colour:
    """Return a tint of the colour: `strength` 1 is the full colour, 0 is paper white."""
    match colour:
        case Cmyk(c, m, y, k):
            return Cmyk(c * strength, m * strength, y * strength, k * strength)
        case Rgb(r, g, b):
            return Rgb(1 - (1 - r) * strength, 1 - (1 - g) * strength, 1 - (1 - b) * strength)
        case Grey(light):
            return Grey(1 - (1 - light) * strength)
        case Spot():
            return replace(colour, tint=colour.tint * strength)


def mix(first: Colour, share: float, second: Colour) -> Colour | None:
    """Mix `share` of the first colour with the rest of the second; return None if they are not of the same kind."""
    rest = 1 - share
    match first, second:
        case Cmyk(), Cmyk():
            a, b = (first.c, first.m, first.y, first.k), (second.c, second.m, second.y, second.k)
            return Cmyk(*(x * share + y * rest for x, y in zip(a, b, strict=True)))
        case Rgb(), Rgb():
            p, q = (first.r, first.g, first.b), (second.r, second.g, second.b)
            return Rgb(*(x * share + y * rest for x, y in zip(p, q, strict=True)))
        case Grey(), Grey():
            return Grey(first.light * share + second.light * rest)
        case _:
            return None


FLARE = 0.05
"""Ambient light reflected by the screen, as in the WCAG formula."""


def ratio(first: float, second: float) -> float:
    """Return the contrast ratio of two luminances, 1 to 21."""
    lighter, darker = max(first, second), min(first, second)
    return (lighter + FLARE) / (darker + FLARE)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance: 0 for black, 1 for white."""
    r, g, b = (linear(part) for part in (colour.r, colour.g, colour.b))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def linear(part: float) -> float:
    """Convert an sRGB component to linear light."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
