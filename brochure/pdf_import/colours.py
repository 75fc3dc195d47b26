"""Colours of a PDF, in words as comparisons describe them, as swatches of a layout."""

from __future__ import annotations

import re
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.spec.names import NamePool

PAPER = ("paper white", "RGB #ffffff")
BLACK = ("cmyk 0 0 0 100", "#000000")

CMYK = re.compile(r"C ([\d.]+) M ([\d.]+) Y ([\d.]+) K ([\d.]+)(?:, overprints)?")
SCREEN = re.compile("RGB (#[0-9a-f]{6})")


@dataclass(frozen=True)
class SketchColours:
    """The swatches of a sketch: their names by value, and the colours that cannot be written."""

    swatches: dict[str, str] = field(default_factory=dict)
    lost: dict[str, None] = field(default_factory=dict)

    def find(self, words: str) -> str | None:
        """Return the swatch of a colour; None for paper white and for what is not known, such as a spot ink."""
        if not words or words in PAPER:
            return None
        value, name = _read(words)
        if not value:
            self.lost[words] = None
            return None
        if value in BLACK:
            return "black"
        if value not in self.swatches:
            self.swatches[value] = NamePool(set(self.swatches.values())).claim(name)
        return self.swatches[value]


def _read(words: str) -> tuple[str, str]:
    """Return the value of a swatch and a name for it; empty if the colour cannot be written."""
    cmyk, screen = CMYK.fullmatch(words), SCREEN.fullmatch(words)
    if cmyk:
        amounts = [round(float(amount), 1) for amount in cmyk.groups()]
        value = "cmyk " + " ".join(f"{amount:g}" for amount in amounts)
        inks = zip("cmyk", amounts, strict=True)
        return value, "-".join(f"{ink}{amount:.0f}" for ink, amount in inks)
    return (screen[1], f"rgb-{screen[1][1:]}") if screen else ("", "")
