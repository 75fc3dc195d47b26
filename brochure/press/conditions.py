"""Output conditions: what a PDF is for, as values that sheets and plates are made by.

Gives `OutputCondition` and the table `CONDITIONS`, by the names that `--for` takes. The edition's press is added by whoever
knows it: for press, colours are brought to its inks; for the screen, its inks to light.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.colour.condition import PressCondition
from brochure.content.press import PressWork
from brochure.frozen import dataclass
from brochure.spec.press import Standard


@dataclass(frozen=True, slots=True)
class OutputCondition:
    """What a PDF is for.

    `keeps_bleed` says whether the sheet reaches out to the bleed, `inks` whether colours go to paper. Pictures above
    `most_ppi` effective are brought down to `wanted_ppi`; `quality` is that of the JPEGs that must be made anew. Without a
    press, `work`, colours stay as they are written. `at_desk` means an office's own printer, with booklets on its paper.
    `tagged` means that the file is read aloud, searched and kept. `date` is the date of a press PDF that the command line
    states (ISO 8601 in UTC); if it is empty, the environment, the layout or `DEFAULT_DATE` decides.
    """

    name: str
    keeps_bleed: bool
    inks: bool
    most_ppi: float
    wanted_ppi: float
    quality: int
    work: PressWork | None = None
    at_desk: bool = False
    tagged: bool = False
    date: str = ""

    def on(self, work: PressWork) -> OutputCondition:
        """The same output of an edition that is printed there."""
        return replace(self, work=work)

    def showing(self, ppi: float, quality: int) -> OutputCondition:
        """The same output with pictures of another size; those that are not much finer stay as they are."""
        return replace(self, most_ppi=ENOUGH * ppi, wanted_ppi=ppi, quality=quality)

    def dated(self, date: str) -> OutputCondition:
        """Return the same output with the date that the command line states."""
        return replace(self, date=date)

    @property
    def press(self) -> PressCondition | None:
        """What colours are brought to, or from."""
        return self.work.condition if self.work else None

    @property
    def standard(self) -> Standard | None:
        """The standard that the file keeps to; None for one that is not printed."""
        return self.work.standard if self.work and self.inks else None


DEFAULT_DATE = "2000-01-01T00:00:00Z"
"""The date of a press PDF for which none is stated. PDF/X requires a date; the clock's would change the file at every build."""

ENOUGH = 1.2
"""From how many times the wanted fineness pictures for the screen are made smaller: below, it would gain nothing."""

PRESS = OutputCondition(
    "press", keeps_bleed=True, inks=True, most_ppi=450, wanted_ppi=300, quality=92
)
SCREEN = OutputCondition(
    "screen", keeps_bleed=False, inks=False, most_ppi=180, wanted_ppi=150, quality=82, tagged=True
)
DESK = OutputCondition(
    "desk", keeps_bleed=False, inks=False, most_ppi=330, wanted_ppi=240, quality=86, at_desk=True
)

CONDITIONS = {condition.name: condition for condition in (PRESS, SCREEN, DESK)}
