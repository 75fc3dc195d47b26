"""Text stands out from the picture that it is set on.

What: the contrast of every run of text that stands on a picture with what is seen beneath it; the worst tenth counts.
Why: white words on a dark sky are lost where the sun goes down behind them, and nobody sees it on a proof of another size.
Fix: move the words or the picture's focus, put a field between the two, or take a darker picture.
Source: WCAG 2.2, 1.4.3: 4.5 to 1, and 3 to 1 for large text (18 pt, or 14 pt in bold).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.model.display_list import GlyphRun, Tag
from brochure.preflight.model import ObjectLocation, RenderContext, found
from brochure.preflight.text_backgrounds import TextOnImage, on_pictures

SEVERITY = Severity.WARNING
BOLD = 700


@dataclass(frozen=True, slots=True)
class ContrastOnPictureLimits:
    """How much contrast."""

    min: Annotated[float, "for text, to 1"] = 4.5
    large: Annotated[float, "for large text, to 1"] = 3
    size: Annotated[float, "from what size on text is large, in points"] = 18
    bold: Annotated[float, "from what size on bold text is large, in points"] = 14


def check(subject: RenderContext, limits: ContrastOnPictureLimits) -> Iterator[Finding]:
    """Text that is hard to tell from its picture, each paragraph once, where it is worst."""
    worst: dict[tuple[int, Tag], TextOnImage] = {}
    for one in on_pictures(subject):
        key = (one.page, one.run.tag)
        if one.ratio < _least(one.run, limits) - 0.05 and (
            key not in worst or one.ratio < worst[key].ratio
        ):
            worst[key] = one
    for one in worst.values():
        words = one.run.glyphs.text.strip()[:30]
        message = f"'{words}' has a contrast of {one.ratio:.1f} to 1 with the picture beneath it"
        place = ObjectLocation(one.page, (one.run.x, one.run.y), one.run.glyphs.span)
        yield found(message, place, f"{_least(one.run, limits):g} to 1 or more")


def _least(run: GlyphRun, limits: ContrastOnPictureLimits) -> float:
    size = limits.bold if run.glyphs.face.weight >= BOLD else limits.size
    return limits.large if run.glyphs.size >= size else limits.min
