"""Parse gradients: swatches that are mappings.

veil: {gradient: up, from: night at 90%, to: night at 0%}
dawn: {gradient: 45, stops: {0%: night, 40%: ember 60%, 100%: paper}}
glow: {gradient: radial, centre: 50% 20%, from: sun, to: night}
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any, TypeGuard

from brochure.color.gradient import make_gradient
from brochure.color.swatch import WHITE, Gradient, GradientStop, Paint, Spot
from brochure.findings import nearest
from brochure.spec import yaml_tree
from brochure.spec.colours import Swatches
from brochure.spec.lengths import Hint, InvalidValue, focus, share
from brochure.spec.read_context import ReadContext

DIRECTIONS = {
    "right": 0.0,
    "up": 90.0,
    "left": 180.0,
    "down": 270.0,
    "end": 0.0,
    "start": 180.0,
}
MIRRORED = frozenset({"start", "end"})
RADIAL = "radial"
KEYS = ("gradient", "from", "to", "stops", "centre", "center")
MIN_STOPS, MAX_STOPS = 2, 16

EXAMPLE = "e.g. {gradient: up, from: night at 90%, to: night at 0%}"
WAYS = "write up, down, left, right, start, end, radial, or an angle in degrees such as 45"

SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "a gradient",
    "required": ["gradient"],
    "additionalProperties": False,
    "properties": {
        "gradient": {
            "description": "direction, angle in degrees counter-clockwise from the right, or radial",
            "anyOf": [
                {"enum": [*DIRECTIONS, RADIAL]},
                {"type": "number", "minimum": -360, "maximum": 360},
            ],
        },
        "from": {"type": "string", "description": "colour at the start"},
        "to": {"type": "string", "description": "colour at the end"},
        "stops": {
            "type": "object",
            "description": "colours by their place, from 0% to 100%",
            "additionalProperties": {"type": "string"},
        },
        **{
            key: {"type": "string", "description": "centre of a radial gradient (default: 50% 50%)"}
            for key in ("centre", "center")
        },
    },
}


class _Invalid(Exception):
    """A fault in a gradient, with its node."""

    def __init__(self, node: yaml_tree.Node, message: str, hint: Hint = "") -> None:
        super().__init__(message)
        self.node, self.hint = node, hint


def is_gradient(node: yaml_tree.Node) -> TypeGuard[yaml_tree.Mapping]:
    """Return True if a swatch is meant as a gradient."""
    return isinstance(node, yaml_tree.Mapping) and any(node.get(key) for key in KEYS)


def read_gradient(name: str, node: yaml_tree.Mapping, reading: ReadContext) -> Gradient | None:
    """Parse a gradient; return None and add a finding if it is not valid."""
    try:
        return _Parser(node, reading.swatches).parse()
    except _Invalid as error:
        message = f"gradient '{name}': {error}"
        reading.wrong("gradient", message, error.node.span, error.hint)
        return None


class _Parser:
    def __init__(self, node: yaml_tree.Mapping, swatches: Swatches) -> None:
        self.node, self.swatches = node, swatches

    def parse(self) -> Gradient:
        for key, _ in self.node.entries:
            if key.value not in KEYS:
                raise _Invalid(key, f"unknown key '{key.value}'", partial(nearest, key.value, KEYS))
        angle, is_radial, mirrors = self._way()
        stops = tuple(self._stops())
        self._check_inks(stops)
        return make_gradient(stops, angle, self._centre(is_radial=is_radial), mirrors=mirrors)

    def _way(self) -> tuple[float, bool, bool]:
        """Return the angle, whether the gradient is radial, and whether it is mirrored for right-to-left text."""
        node = self.node.get("gradient")
        if node is None:
            raise _Invalid(self.node, "the key 'gradient' is missing", f"{WAYS}; {EXAMPLE}")
        word = _scalar(node, "a direction").removesuffix("°").strip()
        if word == RADIAL:
            return 0.0, True, False
        if word in DIRECTIONS:
            return DIRECTIONS[word], False, word in MIRRORED
        try:
            angle = float(word)
        except ValueError:
            angle = float("nan")
        if not -360 <= angle <= 360:
            raise _Invalid(node, f"'{word}' is not a direction", WAYS)
        return angle, False, False

    def _centre(self, *, is_radial: bool) -> tuple[float, float] | None:
        node = self.node.get("centre") or self.node.get("center")
        if node is None:
            return (0.5, 0.5) if is_radial else None
        if not is_radial:
            raise _Invalid(node, "only a radial gradient has a centre", "write gradient: radial")
        try:
            point = focus(_scalar(node, "a point"))
        except InvalidValue as error:
            raise _Invalid(node, str(error), error.hint) from None
        return point.x, point.y

    def _stops(self) -> Iterator[GradientStop]:
        ends, stops = (self.node.get("from"), self.node.get("to")), self.node.get("stops")
        if stops is not None:
            if any(ends):
                raise _Invalid(stops, "'stops' is given as well as 'from' or 'to'", "remove one")
            yield from self._listed(stops)
            return
        for key, node, offset in zip(("from", "to"), ends, (0.0, 1.0), strict=True):
            if node is None:
                message = f"'{key}' is missing: a gradient needs two colours or more"
                raise _Invalid(self.node, message, EXAMPLE)
            yield self._stop(node, offset)

    def _listed(self, node: yaml_tree.Node) -> Iterator[GradientStop]:
        if not isinstance(node, yaml_tree.Mapping):
            hint = "e.g. stops: {0%: night, 40%: ember, 100%: paper}"
            raise _Invalid(node, "expected places with colours", hint)
        count = len(node.entries)
        if not MIN_STOPS <= count <= MAX_STOPS:
            message = f"{count} {'stop' if count == 1 else 'stops'}"
            raise _Invalid(node, message, f"expected {MIN_STOPS} to {MAX_STOPS}")
        places = [self._place(key) for key, _ in node.entries]
        for (before, after), (key, _) in zip(pairwise(places), node.entries[1:], strict=True):
            if after <= before:
                message = f"the stop at {after:.4g}% comes after that at {before:.4g}%"
                raise _Invalid(key, message, "list the stops in order, each at its own place")
        for place, (_, value) in zip(places, node.entries, strict=True):
            yield self._stop(value, place / 100)

    def _place(self, key: yaml_tree.Scalar) -> float:
        try:
            place = share(key.value).fraction * 100
        except InvalidValue as error:
            raise _Invalid(key, str(error), error.hint) from None
        if not 0 <= place <= 100:
            raise _Invalid(key, f"'{key.value}' is out of range", "expected 0% to 100%")
        return place

    def _stop(self, node: yaml_tree.Node, offset: float) -> GradientStop:
        try:
            paint: Paint = self.swatches.parse(_scalar(node, "a colour"))
        except InvalidValue as error:
            raise _Invalid(node, str(error), error.hint) from None
        if paint.overprint or paint.press_only:
            hint = "a gradient knocks out what is beneath, and is in every output"
            raise _Invalid(node, "a stop cannot be overprint or press-only", hint)
        return GradientStop(offset, paint.colour, paint.opacity)

    def _check_inks(self, stops: tuple[GradientStop, ...]) -> None:
        """Refuse stops between which two kinds of ink would have to mix."""
        spots = {stop.colour.name for stop in stops if isinstance(stop.colour, Spot)}
        others = [
            one for one in stops if not isinstance(one.colour, Spot) and one.colour != WHITE.colour
        ]
        if len(spots) > 1 or (spots and others):
            names = " and ".join(f"'{name}'" for name in sorted(spots))
            message = f"the spot ink {names} cannot run into other inks"
            raise _Invalid(self.node, message, "use tints of one spot ink, and paper")


def _scalar(node: yaml_tree.Node, what: str) -> str:
    if not isinstance(node, yaml_tree.Scalar) or node.empty:
        raise _Invalid(node, f"expected {what}", EXAMPLE)
    return node.value.strip()
