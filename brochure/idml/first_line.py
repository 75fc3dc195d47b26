"""The first line of a text frame: how far below the frame's edge InDesign has it, and this program."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.idml.type_settings import Keys, millimetres
from brochure.idml.xml_nodes import to_number

DEFAULT_FAMILY = "Source Serif 4"
ASCENT, CAPITALS, X_HEIGHT = 0.75, 0.67, 0.48
"""Heights in em of a font that is missing, or does not state them."""

MIN_SHIFT = 1.0
"""Distance in points up to which a first line stays at the cap height."""


@dataclass(frozen=True)
class FirstLines:
    """Computes where first lines are; `styles` are the complete keys of the layout's paragraph styles."""

    catalog: FontCatalog
    styles: Mapping[str, Keys]

    def shift(self, style: str, option: str, minimum: float) -> float:
        """Return how much lower than its cap height the first line of a frame is, in points.

        Args:
            style: The paragraph style of the first line.
            option: InDesign's option: `AscentOffset`, `LeadingOffset` …
            minimum: The smallest distance of the baseline from the edge, in points.
        """
        keys = self.styles.get(style)
        if keys is None:
            return 0.0
        size = to_number(str(keys.get("size", "12 pt")).removesuffix(" pt"), 12.0)
        family = str(keys.get("font", ""))
        ascent, capitals, x_height = self._heights(family)
        leading, unit = str(keys.get("leading", "1.2 em")).rsplit(" ", 1)
        baseline = {
            "AscentOffset": ascent * size,
            "LeadingOffset": to_number(leading, 1.2) * (size if unit == "em" else 1.0),
            "EmboxHeight": EMBOX * size,
            "XHeight": x_height * size,
            "FixedHeight": minimum,
        }.get(option, capitals * size)
        found = max(baseline, minimum) - capitals * size
        return found if found > MIN_SHIFT else 0.0

    def _heights(self, family: str) -> tuple[float, float, float]:
        """Return ascent, cap height and x-height in em; the ascent of a missing font is a typical one."""
        is_there = bool(family) and self.catalog.has_family(family)
        programs = self.catalog.programs(family if is_there else DEFAULT_FAMILY)
        table = programs[0].table("OS/2") if programs else b""
        upem = programs[0].hb.upem if programs else 1000
        if len(table) < OS2_LENGTH:
            return ASCENT, CAPITALS, X_HEIGHT
        ascender = struct.unpack_from(">h", table, TYPO_ASCENDER)[0] / upem
        x_height, capitals = (part / upem for part in struct.unpack_from(">hh", table, HEIGHTS))
        return (ascender if is_there else ASCENT), capitals or CAPITALS, x_height or X_HEIGHT


EMBOX = 0.88
"""Height of the ideographic em box above the baseline, in em."""

TYPO_ASCENDER, HEIGHTS, OS2_LENGTH = 68, 86, 90
"""Offsets of `sTypoAscender` and `sxHeight` in the table OS/2 (OpenType), and the length up to the cap height."""


def add_to_top(inset: object, by: float) -> object:
    """Return the inset of a frame with more space at the top, in points."""
    if not isinstance(inset, dict):
        edges = ("top", "bottom", "start", "end") if inset else ("top",)
        inset = dict.fromkeys(edges, inset or "0 mm")
    top = to_number(str(inset.get("top", "0 mm")).removesuffix(" mm")) * POINTS_PER_MM + by
    return {"top": millimetres(top), **{key: inset[key] for key in inset if key != "top"}}


POINTS_PER_MM = 72 / 25.4
