"""Borders, and distances between the edges of an area and its content: of frames, boxes, cells and paragraphs."""

from __future__ import annotations

from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.spec.constraints import Distance, Width
from brochure.spec.values import Length, SwatchName


@dataclass(frozen=True, slots=True)
class Border:
    """Border of a frame, a box or a paragraph."""

    colour: Annotated[SwatchName, "swatch of the line"]
    width: Annotated[Width, "line width"] = Length(0.5)


@dataclass(frozen=True, slots=True)
class Insets:
    """Distances between the edges of a frame and its content."""

    top: Annotated[Distance, "inset at the top"] = Length()
    bottom: Annotated[Distance, "inset at the bottom"] = Length()
    start: Annotated[Distance, "inset at the start of lines"] = Length()
    end: Annotated[Distance, "inset at the end of lines"] = Length()
