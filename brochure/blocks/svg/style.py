"""Properties of SVG elements: which are supported, how they are inherited, which are refused.

A property is an attribute or a declaration in the `style` attribute, which takes precedence. Properties that change how a
drawing looks and are not supported are refused with line and element, so that nothing is printed wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from brochure.blocks.svg.colours import BLACK, CURRENT, Solid, SvgPaint, read_colour, read_paint
from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.font_properties import FONT_PROPERTIES, expand_font, read_font_size
from brochure.blocks.svg.values import (
    DEFAULT_FONT_SIZE,
    REFERENCE,
    Scope,
    choice,
    read_length,
    read_lengths,
    read_share,
)
from brochure.blocks.svg.variables import replace_variables
from brochure.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """The inherited properties of an element, as computed values. Markers are ids."""

    color: Solid = BLACK
    fill: SvgPaint = BLACK
    fill_opacity: float = 1.0
    fill_rule: str = "nonzero"
    stroke: SvgPaint = None
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
    marker_start: str = ""
    marker_mid: str = ""
    marker_end: str = ""
    font_size: float = DEFAULT_FONT_SIZE
    font_family: tuple[str, ...] = ()
    font_weight: float = 400.0
    font_style: str = "normal"
    font_stretch: float = 100.0
    font_variant: str = "normal"
    letter_spacing: float = 0.0
    word_spacing: float = 0.0
    text_anchor: str = "start"
    text_decoration: frozenset[str] = frozenset()
    text_transform: str = "none"
    direction: str = "ltr"
    dominant_baseline: str = "auto"

    def replace_current(self, paint: SvgPaint) -> SvgPaint:
        """Return a paint with `currentColor` replaced."""
        return self.color if paint == CURRENT else paint


@dataclass(frozen=True, slots=True)
class OwnStyle:
    """The properties of an element that its children do not inherit. `clip_path` is an id."""

    opacity: float = 1.0
    clip_path: str = ""
    is_displayed: bool = True


NEUTRAL = {
    "mask": {"none"},
    "filter": {"none"},
    "mix-blend-mode": {"normal"},
    "vector-effect": {"none", "non-scaling-stroke"},
    "transform-origin": {"0", "0 0", "0px 0px", "top left", "left top"},
    "transform-box": {"view-box"},
    "color-interpolation": {"auto", "srgb"},
    "clip": {"auto"},
    "zoom": {"1", "normal"},
    "mask-image": {"none"},
    "backdrop-filter": {"none"},
    "writing-mode": {"horizontal-tb", "lr", "lr-tb", "rl", "rl-tb"},
    "glyph-orientation-vertical": {"auto"},
    "textLength": set(),
    "rotate": {"0"},
}
"""Properties that are not supported, with the values that change nothing."""

REFUSED_IN_STYLE = frozenset(("d", "translate", "rotate", "scale", "all"))
"""Geometry that is supported as an attribute only."""

COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
DECLARATION = re.compile(r"\s*+([-\w]++)\s*+:([^;]*+)")
NEUTRAL_WORDS = frozenset(("", "inherit", "initial", "unset"))


def read_properties(element: Any) -> Mapping[str, str]:
    """Return the properties of an element by name; those of the `style` attribute take precedence."""
    properties = {
        name: value.strip() for name, value in element.attrib.items() if not name.startswith("{")
    }
    for declaration in COMMENT.sub("", properties.pop("style", "")).split(";"):
        match = DECLARATION.fullmatch(declaration)
        if match:
            name = match[1] if match[1].startswith("--") else match[1].casefold()
            value = match[2].strip().removesuffix("!important").rstrip()
            _declare(element, properties, name, value)
        elif declaration.strip():
            refuse(
                element, f"its style has '{declaration.strip()[:40]}'; expected 'property: value'"
            )
    for name, value in properties.items():
        if "var(" in value:
            properties[name] = replace_variables(element, name, value)
    for name, neutral in NEUTRAL.items():
        if properties.get(name, "").casefold() not in NEUTRAL_WORDS | neutral:
            refuse(element, f"{name} '{properties[name][:40]}' is not supported")
    return properties


def _declare(element: Any, properties: dict[str, str], name: str, value: str) -> None:
    if name.startswith(("-", "enable-background")):
        return  # of one program only, or a variable
    if name in REFUSED_IN_STYLE:
        refuse(element, f"'{name}: {value[:40]}' in a style is not supported; use an attribute")
    if "calc(" in value:
        refuse(element, f"'{name}: {value[:40]}' is not supported; write the value itself")
    if name == "font":
        properties.update(expand_font(element, value))
    elif name == "marker":
        properties.update({f"marker-{place}": value for place in ("start", "mid", "end")})
    else:
        properties[name] = value


def inherit(
    element: Any, properties: Mapping[str, str], parent: Style, scope: Scope
) -> tuple[Style, Scope]:
    """Return the computed inherited properties of an element, and the scope with its font size."""
    size = read_font_size(element, properties.get("font-size", "inherit"), parent.font_size, scope)
    scope = replace(scope, font_size=size)
    changes: dict[str, Any] = {"font_size": size}
    for name, read in INHERITED.items():
        value = properties.get(name, "inherit")
        field = name.replace("-", "_")
        if value == "initial":
            changes[field] = getattr(INITIAL, field)
        elif value not in ("inherit", "unset", ""):
            changes[field] = read(element, name, value, scope)
    if decoration := changes.get("text_decoration"):
        changes["text_decoration"] = parent.text_decoration | decoration
    return replace(parent, **changes), scope


INITIAL = Style()
Read = Callable[[Any, str, str, Scope], Any]


def _width(element: Any, name: str, value: str, scope: Scope) -> float:
    width = read_length(element, name, value, scope)
    if width < 0:
        refuse(element, f"{name} '{value}' is negative")
    return width


def _miterlimit(element: Any, name: str, value: str, scope: Scope) -> float:
    limit = read_length(element, name, value, scope)
    if limit < 1:
        refuse(element, f"{name} '{value}' is below 1")
    return limit


def _dashes(element: Any, name: str, value: str, scope: Scope) -> tuple[float, ...]:
    if value == "none":
        return ()
    lengths = read_lengths(element, name, value, scope)
    if min(lengths, default=0.0) < 0:
        refuse(element, f"{name} '{value[:40]}' has a negative length")
    if not sum(lengths):
        return ()
    return tuple(lengths * (1 + len(lengths) % 2))


def _paint_order(element: Any, name: str, value: str, _scope: Scope) -> str:
    words = value.split()
    if not set(words) <= {"normal", "fill", "stroke", "markers"}:
        refuse(element, f"{name} '{value[:40]}' is not supported")
    rest = [word for word in ("fill", "stroke", "markers") if word not in words]
    return " ".join([word for word in words if word != "normal"] + rest)


def _marker(element: Any, name: str, value: str, _scope: Scope) -> str:
    if value == "none":
        return ""
    match = REFERENCE.fullmatch(value)
    if match is None:
        refuse(element, f"{name} '{value[:40]}' is not supported; refer to a marker element")
    return match[1]


INHERITED: Mapping[str, Read] = {
    "color": read_colour,
    "fill": read_paint,
    "fill-opacity": read_share,
    "fill-rule": choice("nonzero", "evenodd"),
    "stroke": read_paint,
    "stroke-opacity": read_share,
    "stroke-width": _width,
    "stroke-linecap": choice("butt", "round", "square"),
    "stroke-linejoin": choice("miter", "round", "bevel"),
    "stroke-miterlimit": _miterlimit,
    "stroke-dasharray": _dashes,
    "stroke-dashoffset": read_length,
    "clip-rule": choice("nonzero", "evenodd"),
    "visibility": choice("visible", "hidden", "collapse"),
    "paint-order": _paint_order,
    "marker-start": _marker,
    "marker-mid": _marker,
    "marker-end": _marker,
    **FONT_PROPERTIES,
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
        read_share(element, "opacity", opacity) if opacity not in NEUTRAL_WORDS else 1.0,
        match[1] if match else "",
        properties.get("display") != "none",
    )
