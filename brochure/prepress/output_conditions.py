"""Output conditions: what a PDF is made for, by the names that `--target` accepts."""

from __future__ import annotations

from dataclasses import replace

from brochure.color.printing_condition import PressCondition
from brochure.fast_dataclass import dataclass
from brochure.prepress.edition_condition import EditionCondition
from brochure.project import source_date
from brochure.spec.model import Layout
from brochure.spec.printing_condition import (
    DEFAULT_PPI,
    DEFAULT_QUALITY,
    PreflightStop,
    Standard,
)


@dataclass(frozen=True, slots=True)
class OutputCondition:
    """What a PDF is made for.

    `keeps_bleed`: sheets include the bleed. `inks`: colours are converted to the press's inks; without `work` they stay as
    they are. Images above `most_ppi` effective are reduced to `wanted_ppi`; `quality` is that of recompressed JPEGs.
    `is_booklet`: booklets for an office printer. `tagged`: the PDF is tagged. `date` is the date of a press PDF from the command
    line (ISO 8601 in UTC); if it is empty, the environment, the layout or `DEFAULT_DATE` decides. `preflight` says which findings
    of the preflight stop a press build: `error`, `warning` or `off`; empty for what the layout says. `is_numbered`: messages are
    numbered, and a key list is at the end.
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
    preflight: str = PreflightStop.OFF.value
    is_numbered: bool = False

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

    def numbered(self) -> OutputCondition:
        """Return the same output with the numbers of messages."""
        return replace(self, is_numbered=True)

    def checked(self, stop: str) -> OutputCondition:
        """Return the same output with a preflight: `error`, `warning`, `off`, or empty for what the layout says."""
        return replace(self, preflight=stop)

    @property
    def press(self) -> PressCondition | None:
        """The press condition that colours are converted to, or from."""
        return self.work.condition if self.work else None

    @property
    def keeps_rgb(self) -> bool:
        """True if RGB pictures stay RGB, with their profile, for the printer to convert."""
        return bool(self.work and self.work.keeps_rgb and self.inks)

    @property
    def standard(self) -> Standard | None:
        """The PDF standard of the file; None if it is not for press."""
        return self.work.standard if self.work and self.inks else None


DEFAULT_DATE = "2000-01-01T00:00:00Z"
"""The default date of a press PDF. PDF/X requires a date; the current time would change the file in every build."""


def press_date(layout: Layout, stated: str = "") -> str:
    """Return the date of a press PDF, as ISO 8601 in UTC.

    The date given on the command line takes precedence over SOURCE_DATE_EPOCH, the layout's `date`, and the default date.
    """
    layout_date = f"{layout.date}T00:00:00Z" if layout.date else ""
    return stated or source_date() or layout_date or DEFAULT_DATE


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
