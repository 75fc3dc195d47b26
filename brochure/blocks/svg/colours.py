"""Colours and paints of SVG elements."""

from __future__ import annotations

import re
from typing import Any

from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.values import LENGTH, REFERENCE, Scope
from brochure.color.swatch import Rgb
from brochure.fast_dataclass import dataclass

COMMON = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "grey": (128, 128, 128), "gray": (128, 128, 128), "silver": (192, 192, 192), "yellow": (255, 255, 0),
    "orange": (255, 165, 0), "navy": (0, 0, 128), "teal": (0, 128, 128), "maroon": (128, 0, 0), "purple": (128, 0, 128),
}  # fmt: skip
"""Names that need no library."""

RGB = re.compile(r"rgba?\(\s*+([^()]*+)\)")
ICC = re.compile(r"(?<=\s)icc-color\([^()]*+\)$")
"""A second form of a colour (SVG 1.1, 12.3.2)."""
HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Solid:
    """A flat colour with the opacity that is written in it, as in `rgb(0 0 0 / 50%)`."""

    colour: Rgb
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class PaintServer:
    """A gradient or a pattern by its id, and what is painted if it does not exist."""

    id: str
    fallback: Solid | str | None = None
    has_fallback: bool = False


CURRENT, CONTEXT_FILL, CONTEXT_STROKE = "currentcolor", "context-fill", "context-stroke"
SvgPaint = Solid | PaintServer | str | None
"""A paint; None for `none`; a word for the colour of the element, or for a paint of what a marker is drawn on."""

BLACK = Solid(Rgb(0.0, 0.0, 0.0))


def read_colour(element: Any, name: str, value: str, _scope: Scope | None = None) -> Solid:
    """Return a colour."""
    text = ICC.sub("", value.strip().casefold()).rstrip()
    parts = _read_plainly(text) or _read_with_library(text)
    if parts is None:
        refuse(
            element, f"{name} '{value[:40]}' is not supported; use a colour such as #336699 or none"
        )
    red, green, blue = (min(255.0, max(0.0, part)) / 255 for part in parts[:3])
    return Solid(Rgb(red, green, blue), min(1.0, max(0.0, parts[3])) if parts[3:] else 1.0)


def _read_plainly(text: str) -> tuple[float, ...] | None:
    if text in COMMON:
        return COMMON[text]
    if HEX.fullmatch(text):
        digits = text[1:] if len(text) > 5 else "".join(digit * 2 for digit in text[1:])
        parts = [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
        return (*parts[:3], *(part / 255 for part in parts[3:]))
    match = RGB.fullmatch(text)
    return _rgb_parts(match[1]) if match else None


def _rgb_parts(text: str) -> tuple[float, ...] | None:
    matches = [LENGTH.fullmatch(part) for part in re.split(r"\s*[,/]\s*|\s+", text.strip())]
    found = [one for one in matches if one and one[2] in ("", "%")]
    if len(found) != len(matches) or len(found) not in (3, 4):
        return None
    parts = [float(one[1]) * (2.55 if one[2] else 1) for one in found[:3]]
    return (*parts, *(float(one[1]) / (100 if one[2] else 1) for one in found[3:]))


def _read_with_library(text: str) -> tuple[float, ...] | None:
    """Return the parts of a colour with a rare name, or in another way to write it, such as `hsl(…)`."""
    # Imported here: most drawings have none of these colours.
    from tinycss2 import color4

    colour = color4.parse_color(text)
    try:
        light = colour.to("srgb")
    except (AttributeError, NotImplementedError):  # not a colour, or in a space without conversion
        return None
    red, green, blue = ((part or 0.0) * 255 for part in light.coordinates)
    return red, green, blue, light.alpha


def read_paint(element: Any, name: str, value: str, _scope: Scope | None = None) -> SvgPaint:
    """Return the value of `fill` or `stroke`."""
    text = value.casefold()
    if text in ("none", "transparent"):
        return None
    if text in (CURRENT, CONTEXT_FILL, CONTEXT_STROKE):
        return text
    match = REFERENCE.match(value)
    if match is None:
        return read_colour(element, name, value)
    rest = value[match.end() :].strip()
    if not rest:
        return PaintServer(match[1])
    fallback = read_paint(element, name, rest)
    if isinstance(fallback, PaintServer):
        refuse(element, f"{name} '{value[:60]}' is not supported")
    return PaintServer(match[1], fallback, has_fallback=True)
