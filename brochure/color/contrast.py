"""Contrast: how well one colour stands out from another.

Takes colours as a screen shows them; gives their relative luminance and the ratio of two of them, 1 to 21 (WCAG 2.2,
"relative luminance" and "contrast ratio").
"""

from __future__ import annotations

from brochure.color.swatch import Rgb

FLARE = 0.05
"""The light that falls on every screen, as WCAG reckons it."""


def ratio(first: float, second: float) -> float:
    """The contrast of two luminances, to 1."""
    lighter, darker = max(first, second), min(first, second)
    return (lighter + FLARE) / (darker + FLARE)


def luminance(colour: Rgb) -> float:
    """Relative luminance: 0 for black, 1 for white."""
    r, g, b = (linear(part) for part in (colour.r, colour.g, colour.b))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def linear(part: float) -> float:
    """A part of an sRGB colour as light."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
