"""Output conditions: what a PDF is for, as values that sheets and plates are made by.

Gives `OutputCondition` and the table `CONDITIONS`, by the names that `--for` takes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutputCondition:
    """What a PDF is for.

    `keeps_bleed` says whether the sheet reaches out to the bleed. Pictures above `most_ppi` effective are brought down
    to `wanted_ppi`; `quality` is that of the JPEGs that must be made anew.
    """

    name: str
    keeps_bleed: bool
    most_ppi: float
    wanted_ppi: float
    quality: int


PRESS = OutputCondition("press", keeps_bleed=True, most_ppi=450, wanted_ppi=300, quality=92)
SCREEN = OutputCondition("screen", keeps_bleed=False, most_ppi=180, wanted_ppi=150, quality=82)

CONDITIONS = {condition.name: condition for condition in (PRESS, SCREEN)}
