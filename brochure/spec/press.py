"""The press: which condition of printing a brochure is made for, as the layout or an office says it.

Takes the kinds of value from `values`; gives `PressSpec`. It is written as a name alone, `press: coated-fogra39`, or with
keys. Stands beside the model, since layouts and offices share it.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from brochure.colour.condition import Intent
from brochure.findings import Span
from brochure.frozen import dataclass
from brochure.spec.limits import Within
from brochure.spec.values import ConditionName


class Standard(Enum):
    """What a press PDF conforms to: PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4)."""

    X4 = "x-4"
    X1A = "x-1a"


@dataclass(frozen=True, slots=True)
class PressSpec:
    """What is printed on, and how colours are brought to it."""

    span: Span
    condition: Annotated[
        ConditionName,
        "coated-fogra39, uncoated-fogra29, coated-gracol, coated-swop; or a profile in assets: `profiles/printer.icc`",
    ]
    standard: Annotated[
        Standard, "x-4; or x-1a, for old workflows, in which nothing may be see-through"
    ] = Standard.X4
    intent: Annotated[
        Intent, "relative keeps what ink can reach; perceptual moves all colours of a picture"
    ] = Intent.RELATIVE
    black_point: Annotated[bool, "whether the darkest black becomes the darkest ink"] = True
    ink_limit: Annotated[
        float | None,
        Within(100, 400),
        "the most ink that may lie on one another, in per cent; the condition's unless told",
    ] = None
