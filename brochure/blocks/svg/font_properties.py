"""Properties of text in SVG drawings (CSS Fonts, CSS Text, SVG 2 chapter 11)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.values import Scope, choice, read_length

SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
WEIGHTS = {"normal": 400.0, "bold": 700.0}
LIGHTER, HEAVIER = 300.0, 700.0
STRETCHES = {
    "ultra-condensed": 50.0, "extra-condensed": 62.5, "condensed": 75.0, "semi-condensed": 87.5, "normal": 100.0,
    "semi-expanded": 112.5, "expanded": 125.0, "extra-expanded": 150.0, "ultra-expanded": 200.0,
}  # fmt: skip
SLANTED = ("italic", "oblique")
INHERITING = ("", "inherit", "unset")
SEVERAL = re.compile(r"(?:\"([^\"]*+)\"|'([^']*+)'|([^\s,][^,]*+))\s*+(?:,|$)")
SHORTHAND = re.compile(
    r"((?:\S+\s+)*?)([\d.]+(?:[a-zA-Z]+|%)|(?:xx?-)?(?:small|large)|medium)(?:\s*/\s*\S+)?\s+(.+)"
)


def read_font_size(element: Any, value: str, parent: float, scope: Scope) -> float:
    """Return a font size in user units; percentages and ems refer to that of the parent."""
    if value in INHERITING:
        return parent
    if value in SIZES:
        return SIZES[value]
    if value in ("smaller", "larger"):
        return parent * (1.2 if value == "larger" else 1 / 1.2)
    if value.endswith("%"):
        return parent / 100 * read_length(element, "font-size", value[:-1], scope)
    size = read_length(element, "font-size", value, scope)
    if size < 0:
        refuse(element, f"font-size '{value}' is negative")
    return size


def expand_font(element: Any, value: str) -> dict[str, str]:
    """Return the properties that the shorthand `font` sets."""
    match = SHORTHAND.fullmatch(value)
    if match is None:
        refuse(element, f"font '{value[:40]}' is not supported; write font-family and font-size")
    found = {"font-size": match[2], "font-family": match[3]}
    for word in match[1].split():
        if word in SLANTED:
            found["font-style"] = word
        elif word in STRETCHES and word != "normal":
            found["font-stretch"] = word
        elif word == "small-caps":
            found["font-variant"] = word
        elif word != "normal":
            found["font-weight"] = word
    return found


def _families(_element: Any, _name: str, value: str, _scope: Scope) -> tuple[str, ...]:
    names = ("".join(match.groups("")).strip() for match in SEVERAL.finditer(value))
    return tuple(name for name in names if name)


def _weight(element: Any, name: str, value: str, _scope: Scope) -> float:
    if value in ("bolder", "lighter"):
        return HEAVIER if value == "bolder" else LIGHTER
    if value in WEIGHTS:
        return WEIGHTS[value]
    if not re.fullmatch(r"\d{1,4}(?:\.\d+)?", value) or not 1 <= float(value) <= 1000:
        refuse(element, f"{name} '{value[:40]}' is not supported; use a number from 1 to 1000")
    return float(value)


def _stretch(element: Any, name: str, value: str, _scope: Scope) -> float:
    if value in STRETCHES:
        return STRETCHES[value]
    if not re.fullmatch(r"\d{1,3}(?:\.\d+)?%", value):
        refuse(element, f"{name} '{value[:40]}' is not supported; use a percentage")
    return float(value[:-1])


def _slant(_element: Any, _name: str, value: str, _scope: Scope) -> str:
    return "italic" if value.startswith(SLANTED) else "normal"


def _variant(_element: Any, _name: str, value: str, _scope: Scope) -> str:
    return "small-caps" if "small-caps" in value.split() else "normal"


def _spacing(element: Any, name: str, value: str, scope: Scope) -> float:
    return 0.0 if value == "normal" else read_length(element, name, value, scope)


def _no_word_spacing(element: Any, name: str, value: str, scope: Scope) -> float:
    if _spacing(element, name, value, scope):
        refuse(element, f"{name} '{value[:40]}' is not supported; remove it")
    return 0.0


def _decoration(_element: Any, _name: str, value: str, _scope: Scope) -> frozenset[str]:
    return frozenset(value.split()) & {"underline", "line-through"}


ANCHORS = ("start", "middle", "end")
BASELINES = {
    "auto": "auto", "alphabetic": "auto", "no-change": "auto", "reset-size": "auto", "use-script": "auto",
    "baseline": "auto", "middle": "middle", "central": "central", "hanging": "hanging", "text-before-edge": "top",
    "before-edge": "top", "text-top": "top", "text-after-edge": "bottom", "after-edge": "bottom",
    "ideographic": "bottom", "text-bottom": "bottom", "mathematical": "central",
}  # fmt: skip
"""Lines of text that may be at the y of a text element."""


def read_baseline(element: Any, name: str, value: str, _scope: Scope) -> str:
    """Return the line of the letters that is at the y of a text."""
    if value not in BASELINES:
        refuse(element, f"{name} '{value[:40]}' is not supported")
    return BASELINES[value]


FONT_PROPERTIES: Mapping[str, Callable[[Any, str, str, Scope], Any]] = {
    "font-family": _families,
    "font-weight": _weight,
    "font-style": _slant,
    "font-stretch": _stretch,
    "font-variant": _variant,
    "letter-spacing": _spacing,
    "word-spacing": _no_word_spacing,
    "text-anchor": choice(*ANCHORS),
    "text-decoration": _decoration,
    "text-transform": choice("none", "uppercase"),
    "direction": choice("ltr", "rtl"),
    "dominant-baseline": read_baseline,
}
"""Readers of the inherited properties of text, besides the font size."""
