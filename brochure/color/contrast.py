"""Relative luminance and contrast ratio of colours (WCAG 2.2)."""

from __future__ import annotations

from brochure.color.swatch import Rgb

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
