"""Model of the key `press` of a layout or an office: a printing condition by name, or with options."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from brochure.color.printing_condition import Intent
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.spec.constraints import Bounds
from brochure.spec.values import ConditionName

DEFAULT_PPI = 300.0
DEFAULT_QUALITY = 93
"""Distiller's "Maximum" scales the JPEG standard's tables to 15 % (QFactor 0.15); quality 93 scales them to 14 %."""


class Standard(Enum):
    """Standard of a press PDF: PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4)."""

    X4 = "x-4"
    X1A = "x-1a"


@dataclass(frozen=True, slots=True)
class PressSpec:
    """The printing condition, and how colours and images are converted to it."""

    span: Span
    condition: Annotated[
        ConditionName | None,
        "coated-fogra39, uncoated-fogra29, coated-gracol, coated-swop, or an ICC profile in assets: `profiles/printer.icc` "
        "(default: coated-fogra39)",
    ] = None
    standard: Annotated[Standard, "x-4, or x-1a for workflows without transparency"] = Standard.X4
    intent: Annotated[
        Intent,
        "rendering intent of images: relative keeps the colours inside the gamut, perceptual compresses all of them",
    ] = Intent.RELATIVE
    black_point_compensation: Annotated[
        bool, "map the darkest colour of an image to the darkest ink"
    ] = True
    total_ink_limit: Annotated[
        float | None,
        Bounds(100, 400),
        "total ink limit (total area coverage), percent (default: that of the printing condition)",
    ] = None
    ppi: Annotated[
        float,
        Bounds(72, 1200),
        "resolution to which images above 1.5 times this value are downsampled, pixels per inch",
    ] = DEFAULT_PPI
    quality: Annotated[
        int,
        Bounds(50, 100),
        "JPEG quality of downsampled or colour-converted images, 50 to 100",
    ] = DEFAULT_QUALITY
    inks: Annotated[
        tuple[str, ...],
        "inks of the job; check warns about any other plate: `[black, PANTONE 3025 C]` (default: any ink)",
    ] = ()
