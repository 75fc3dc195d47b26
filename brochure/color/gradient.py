"""Gradients: the colours between their stops, and where they run in a box.

The colours between two stops are interpolated in the colour model in which both are written; in ink if the models differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from math import cos, hypot, radians, sin

from brochure.color.convert import in_ink, in_light
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import (
    Axis,
    Cmyk,
    Colour,
    Gradient,
    GradientStop,
    Grey,
    Paint,
    Rgb,
    Spot,
    mix,
)
from brochure.geometry import IDENTITY, Matrix, Rect

STEPS = 8
"""Colours between two stops, where the output interpolates in another colour model than the gradient."""

NO_INK = Cmyk(0, 0, 0, 0)

Convert = Callable[[Colour], Colour]


def place_gradient(gradient: Gradient, box: Rect) -> tuple[Axis, Matrix]:
    """Return where a gradient runs that fills a box, and the matrix from the coordinates of its axis to those of the box."""
    placement = gradient.placement
    if placement is None:
        return find_axis(gradient, box), IDENTITY
    fit = Matrix(a=box.width, d=box.height, e=box.x, f=box.y)
    return placement.axis, placement.matrix.then(fit)


def find_axis(gradient: Gradient, box: Rect) -> Axis:
    """Return where a gradient without a placement runs in a box.

    A linear one reaches just from corner to corner (as in CSS), a radial one from its centre to the farthest corner.
    """
    if gradient.centre is not None:
        x = box.x + gradient.centre[0] * box.width
        y = box.top - gradient.centre[1] * box.height
        far = hypot(max(x - box.x, box.right - x), max(y - box.y, box.top - y))
        return Axis((x, y), (x, y), 0.0, far)
    dx, dy = cos(radians(gradient.angle)), sin(radians(gradient.angle))
    half = (abs(box.width * dx) + abs(box.height * dy)) / 2
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return Axis((x - dx * half, y - dy * half), (x + dx * half, y + dy * half))


def ink_stops(gradient: Gradient, press: PressCondition) -> tuple[GradientStop, ...]:
    """Return stops in the inks of a press: all in process inks, or all tints of one spot ink."""
    inked = _convert_stops(gradient, press, lambda colour: in_ink(colour, press), Cmyk)
    spot = next((one.colour for one in inked if isinstance(one.colour, Spot)), None)
    if spot is None:
        return inked
    none = replace(spot, tint=0.0)
    return tuple(
        one if isinstance(one.colour, Spot) else replace(one, colour=none) for one in inked
    )


def light_stops(gradient: Gradient, press: PressCondition) -> tuple[GradientStop, ...]:
    """Return stops in sRGB, as a screen shows the gradient."""
    return _convert_stops(gradient, press, lambda colour: in_light(colour, press), Rgb)


def list_paints(paint: Paint) -> tuple[Paint, ...]:
    """Return the flat paints between which a paint varies: the stops of a gradient, or the paint itself."""
    if not isinstance(paint, Gradient):
        return (paint,)
    return tuple(Paint(stop.colour, stop.opacity) for stop in paint.stops)


def _convert_stops(
    gradient: Gradient, press: PressCondition, convert: Convert, target: type
) -> tuple[GradientStop, ...]:
    first = gradient.stops[0]
    stops = [replace(first, colour=convert(first.colour))]
    for start, end in pairwise(gradient.stops):
        for stop in _interpolate(start, end, press, target):
            stops.append(replace(stop, colour=convert(stop.colour)))
    return tuple(stops)


def _interpolate(
    start: GradientStop, end: GradientStop, press: PressCondition, target: type
) -> Iterator[GradientStop]:
    """Yield the stops after `start`: intermediate ones if the output interpolates in another colour model."""
    if start.offset == end.offset or start.colour == end.colour:
        yield end
        return
    first, last = _same_model(start.colour, end.colour, press)
    # Tints of black and of a spot ink are linear in ink, as CMYK is.
    is_direct = isinstance(first, target) or (target is Cmyk and not isinstance(first, Rgb))
    steps = 1 if is_direct else STEPS
    for step in range(1, steps + 1):
        share = step / steps
        yield GradientStop(
            start.offset + (end.offset - start.offset) * share,
            _blend(first, last, share),
            start.opacity + (end.opacity - start.opacity) * share,
        )


def _same_model(first: Colour, last: Colour, press: PressCondition) -> tuple[Colour, Colour]:
    if isinstance(first, (Rgb, Grey)) and type(first) is type(last):
        return first, last
    inks = in_ink(first, press), in_ink(last, press)
    match inks:
        case (Spot() as spot, Cmyk()):
            return spot, replace(spot, tint=0.0)
        case (Cmyk(), Spot() as spot):
            return replace(spot, tint=0.0), spot
        case _:
            return inks


def _blend(first: Colour, last: Colour, share: float) -> Colour:
    if isinstance(first, Spot) and isinstance(last, Spot):
        return replace(first, tint=first.tint + (last.tint - first.tint) * share)
    blended = mix(last, share, first)
    if blended is None:
        raise ValueError("colours of different models")
    return blended


def flatten_gradient(
    gradient: Gradient, beneath: Cmyk | Spot, press: PressCondition
) -> Gradient | None:
    """Return the opaque gradient of the same appearance on a flat colour; None if spot and other inks would mix."""
    stops = _sample_opacity(ink_stops(gradient, press))
    flat: list[GradientStop] = []
    for stop in stops:
        colour = _flatten_colour(stop, beneath)
        if colour is None:
            return None
        flat.append(GradientStop(stop.offset, colour))
    spots = {one.colour.name for one in flat if isinstance(one.colour, Spot)}
    if len(spots) > 1 or (spots and not all(isinstance(one.colour, Spot) for one in flat)):
        return None
    return replace_stops(gradient, tuple(flat))


def _sample_opacity(stops: tuple[GradientStop, ...]) -> Iterator[GradientStop]:
    """Yield stops between which colour times opacity is nearly linear: it is not if both change."""
    yield stops[0]
    for start, end in pairwise(stops):
        changes = start.colour != end.colour and start.opacity != end.opacity
        steps = STEPS if changes else 1
        for step in range(1, steps + 1):
            share = step / steps
            yield GradientStop(
                start.offset + (end.offset - start.offset) * share,
                _blend(start.colour, end.colour, share),
                start.opacity + (end.opacity - start.opacity) * share,
            )


def _flatten_colour(stop: GradientStop, beneath: Cmyk | Spot) -> Colour | None:
    colour, share = stop.colour, stop.opacity
    if isinstance(colour, Spot) and beneath == NO_INK:
        return replace(colour, tint=colour.tint * share)
    if isinstance(colour, Spot) or isinstance(beneath, Spot):
        return colour if share == 1 else None
    return mix(colour, share, beneath)


def replace_stops(gradient: Gradient, stops: tuple[GradientStop, ...]) -> Gradient:
    """Return the gradient with other stops."""
    opacity = sum(stop.opacity for stop in stops) / len(stops)
    return replace(gradient, colour=stops[0].colour, opacity=opacity, stops=stops)


def recolour(fill: Paint, paint: Paint) -> Paint:
    """Return a paint with the opacity of a fill; with that of its stops, if the fill is a gradient."""
    if isinstance(fill, Gradient) and not isinstance(paint, Gradient):
        stops = (
            replace(stop, colour=paint.colour, opacity=stop.opacity * paint.opacity)
            for stop in fill.stops
        )
        return replace_stops(fill, tuple(stops))
    return replace(paint, opacity=paint.opacity * fill.opacity)


def make_gradient(
    stops: tuple[GradientStop, ...],
    angle: float = 0.0,
    centre: tuple[float, float] | None = None,
    *,
    mirrors: bool = False,
) -> Gradient:
    """Return a gradient; its `colour` and `opacity` represent the whole: those of the first stop, and the mean."""
    plain = Gradient(stops[0].colour, angle=angle, centre=centre, mirrors=mirrors)
    return replace_stops(plain, stops)
