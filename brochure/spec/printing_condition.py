"""The press: which condition of printing a brochure is made for, as the layout or an office says it.

Takes the kinds of value from `values`; gives `PressSpec`. It is written as a name alone, `press: coated-fogra39`, or with
keys. Stands beside the model, since layouts and offices share it.
"""

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
    """What a press PDF conforms to: PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4)."""

    X4 = "x-4"
    X1A = "x-1a"


@dataclass(frozen=True, slots=True)
class PressSpec:
    """What is printed on, and how colours are brought to it."""

    span: Span
    condition: Annotated[
        ConditionName | None,
        "coated-fogra39 (default), uncoated-fogra29, coated-gracol, coated-swop; or a profile in assets: `profiles/printer.icc`",
    ] = None
    standard: Annotated[
        Standard, "x-4; or x-1a, for old workflows, in which nothing may be see-through"
    ] = Standard.X4
    intent: Annotated[
        Intent, "relative keeps what ink can reach; perceptual moves all colours of a picture"
    ] = Intent.RELATIVE
    black_point_compensation: Annotated[
        bool, "whether the darkest black becomes the darkest ink"
    ] = True
    total_ink_limit: Annotated[
        float | None,
        Bounds(100, 400),
        "the most ink that may lie on one another, in per cent; the condition's unless told",
    ] = None
    ppi: Annotated[
        float,
        Bounds(72, 1200),
        "pixels per inch that pictures above one and a half times as many are reduced to",
    ] = DEFAULT_PPI
    quality: Annotated[
        int,
        Bounds(50, 100),
        "quality of the JPEGs of reduced or colour-converted pictures, 50 to 100",
    ] = DEFAULT_QUALITY
