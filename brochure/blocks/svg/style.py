"""Properties of SVG elements: which are supported, how they are inherited, which are refused.

A property is an attribute or a declaration in the `style` attribute, which takes precedence. Properties that change how a
drawing looks and are not supported are refused with line and element, so that nothing is printed wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.values import read_colour, read_length, read_lengths, read_share
from brochure.color.swatch import Rgb
from brochure.fast_dataclass import dataclass

BLACK = Rgb(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Style:
    """The inherited properties of an element, as computed values.

    `fill` and `stroke` are None for `none`, and CURRENT for the value of `color` of the element that is painted.
    """

    color: Rgb = BLACK
    fill: Rgb | str | None = BLACK
    fill_opacity: float = 1.0
    fill_rule: str = "nonzero"
    stroke: Rgb | str | None = None
    stroke_opacity: float = 1.0
    stroke_width: float = 1.0
    stroke_linecap: str = "butt"
    stroke_linejoin: str = "miter"
    stroke_miterlimit: float = 4.0
    stroke_dasharray: tuple[float, ...] = ()
    stroke_dashoffset: float = 0.0
    clip_rule: str = "nonzero"
    visibility: str = "visible"
    paint_order: str = "normal"

    def colour(self, paint: Rgb | str) -> Rgb:
        """Return the colour of a paint."""
        return self.color if isinstance(paint, str) else paint


@dataclass(frozen=True, slots=True)
class OwnStyle:
    """The properties of an element that its children do not inherit. `clip_path` is an id."""

    opacity: float = 1.0
    clip_path: str = ""
    is_displayed: bool = True


NEUTRAL = {
    "mask": {"none"},
    "filter": {"none"},
    "marker": {"none"},
    "marker-start": {"none"},
    "marker-mid": {"none"},
    "marker-end": {"none"},
    "mix-blend-mode": {"normal"},
    "vector-effect": {"none"},
    "transform-origin": {"0", "0 0", "0px 0px", "top left", "left top"},
    "transform-box": {"view-box"},
    "color-interpolation": {"auto", "srgb"},
    "clip": {"auto"},
    "zoom": {"1", "normal"},
    "mask-image": {"none"},
    "backdrop-filter": {"none"},
}
"""Properties that are not supported, with the values that change nothing."""

REFUSED_IN_STYLE = frozenset(
    ("d", "x", "y", "cx", "cy", "r", "rx", "ry", "transform", "translate", "rotate", "scale", "all")
)
"""Geometry that is supported as an attribute only."""

DECLARATION = re.compile(r"\s*+([-\w]++)\s*+:([^;]*+)")
REFERENCE = re.compile(r"url\(\s*+[\"']?+#([^)\"']*+)[\"']?+\s*+\)")


def read_properties(element: Any) -> Mapping[str, str]:
    """Return the properties of an element by name; those of the `style` attribute take precedence."""
    properties = {
        name: value.strip() for name, value in element.attrib.items() if not name.startswith("{")
    }
    for declaration in properties.pop("style", "").split(";"):
        match = DECLARATION.fullmatch(declaration)
        if match:
            name = match[1].casefold()
            value = match[2].strip().removesuffix("!important").rstrip()
            if name in REFUSED_IN_STYLE or "var(" in value or "calc(" in value:
                refuse(
                    element, f"'{name}: {value[:40]}' in a style is not supported; use an attribute"
                )
            properties[name] = value
        elif declaration.strip():
            refuse(
                element, f"its style has '{declaration.strip()[:40]}'; expected 'property: value'"
            )
    for name, neutral in NEUTRAL.items():
        if properties.get(name, "").casefold() not in {"", "inherit", "initial", *neutral}:
            refuse(element, f"{name} '{properties[name][:40]}' is not supported")
    return properties


def inherit(element: Any, properties: Mapping[str, str], parent: Style) -> Style:
    """Return the computed inherited properties of an element."""
    changes: dict[str, Any] = {}
    initial = Style()
    for name, read in INHERITED.items():
        value = properties.get(name, "inherit")
        field = name.replace("-", "_")
        if value == "initial":
            changes[field] = getattr(initial, field)
        elif value not in ("inherit", "unset", ""):
            changes[field] = read(element, name, value)
    return replace(parent, **changes)


CURRENT = "currentcolor"


def _paint(element: Any, name: str, value: str) -> Rgb | str | None:
    text = value.casefold()
    if text in ("none", "transparent"):
        return None
    if text == CURRENT:
        return CURRENT
    if text.startswith("url("):
        refuse(element, f"{name} '{value[:40]}': gradients and patterns are not supported")
    return read_colour(element, name, value)


def _word(*words: str) -> Callable[[Any, str, str], str]:
    def read(element: Any, name: str, value: str) -> str:
        if value not in words:
            refuse(element, f"{name} '{value[:40]}' is not supported; use {' or '.join(words)}")
        return value

    return read


def _width(element: Any, name: str, value: str) -> float:
    width = read_length(element, name, value)
    if width < 0:
        refuse(element, f"{name} '{value}' is negative")
    return width


def _miterlimit(element: Any, name: str, value: str) -> float:
    limit = read_length(element, name, value)
    if limit < 1:
        refuse(element, f"{name} '{value}' is below 1")
    return limit


def _dashes(element: Any, name: str, value: str) -> tuple[float, ...]:
    if value == "none":
        return ()
    lengths = read_lengths(element, name, value)
    if min(lengths, default=0.0) < 0:
        refuse(element, f"{name} '{value[:40]}' has a negative length")
    if not sum(lengths):
        return ()
    return tuple(lengths * (1 + len(lengths) % 2))


def _paint_order(element: Any, name: str, value: str) -> str:
    words = [word for word in value.split() if word != "markers"]
    if not set(words) <= {"normal", "fill", "stroke"}:
        refuse(element, f"{name} '{value[:40]}' is not supported")
    return "stroke" if words[:1] == ["stroke"] else "normal"


INHERITED: Mapping[str, Callable[[Any, str, str], Any]] = {
    "color": read_colour,
    "fill": _paint,
    "fill-opacity": read_share,
    "fill-rule": _word("nonzero", "evenodd"),
    "stroke": _paint,
    "stroke-opacity": read_share,
    "stroke-width": _width,
    "stroke-linecap": _word("butt", "round", "square"),
    "stroke-linejoin": _word("miter", "round", "bevel"),
    "stroke-miterlimit": _miterlimit,
    "stroke-dasharray": _dashes,
    "stroke-dashoffset": read_length,
    "clip-rule": _word("nonzero", "evenodd"),
    "visibility": _word("visible", "hidden", "collapse"),
    "paint-order": _paint_order,
}
"""Readers of the inherited properties."""


def read_own(element: Any, properties: Mapping[str, str]) -> OwnStyle:
    """Return the properties of an element that are not inherited."""
    opacity = properties.get("opacity", "1")
    clip = properties.get("clip-path", "none")
    match = REFERENCE.fullmatch(clip)
    if clip != "none" and match is None:
        refuse(element, f"clip-path '{clip[:40]}' is not supported; refer to a clipPath element")
    return OwnStyle(
        read_share(element, "opacity", opacity),
        match[1] if match else "",
        properties.get("display") != "none",
    )
