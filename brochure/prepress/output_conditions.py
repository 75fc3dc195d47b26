"""Output conditions: what a PDF is for, as values that sheets and plates are made by.

Gives `OutputCondition` and the table `CONDITIONS`, by the names that `--target` takes. The edition's press is added by whoever
knows it: for press, colours are brought to its inks; for the screen, its inks to light.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.color.printing_condition import PressCondition
from brochure.fast_dataclass import dataclass
from brochure.prepress.edition_condition import EditionCondition
from brochure.spec.printing_condition import DEFAULT_PPI, DEFAULT_QUALITY, Standard


@dataclass(frozen=True, slots=True)
class OutputCondition:
    """What a PDF is for.

    `keeps_bleed` says whether the sheet reaches out to the bleed, `inks` whether colours go to paper. Pictures above
    `most_ppi` effective are brought down to `wanted_ppi`; `quality` is that of the JPEGs that must be made anew. Without a
    press, `work`, colours stay as they are written. `is_booklet` means an office's own printer, with booklets on its paper.
    `tagged` means that the file is read aloud, searched and kept. `date` is the date of a press PDF that the command line
    states (ISO 8601 in UTC); if it is empty, the environment, the layout or `DEFAULT_DATE` decides.
    """

    name: str
    keeps_bleed: bool
    inks: bool
    most_ppi: float
    wanted_ppi: float
    quality: int
    work: EditionCondition | None = None
    is_booklet: bool = False
    tagged: bool = False
    date: str = ""

    def on(self, work: EditionCondition) -> OutputCondition:
        """Return the same output for an edition that is printed on this press."""
        condition = replace(self, work=work)
        return condition.showing(work.ppi, work.quality) if self.inks else condition

    def showing(self, ppi: float, quality: int) -> OutputCondition:
        """Return the same output with another image resolution and JPEG quality.

        The ratio from which images are reduced stays the same: reducing those that are only a little finer gains nothing.
        """
        most = self.most_ppi / self.wanted_ppi * ppi
        return replace(self, most_ppi=most, wanted_ppi=ppi, quality=quality)

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

PRESS = OutputCondition(
    "press",
    keeps_bleed=True,
    inks=True,
    most_ppi=1.5 * DEFAULT_PPI,
    wanted_ppi=DEFAULT_PPI,
    quality=DEFAULT_QUALITY,
)
SCREEN = OutputCondition(
    "screen", keeps_bleed=False, inks=False, most_ppi=180, wanted_ppi=150, quality=82, tagged=True
)
BOOKLET = OutputCondition(
    "booklet",
    keeps_bleed=False,
    inks=False,
    most_ppi=330,
    wanted_ppi=240,
    quality=86,
    is_booklet=True,
)

CONDITIONS = {condition.name: condition for condition in (PRESS, SCREEN, BOOKLET)}
