"""The key of a chart: a list of signs, figures and labels.

Takes a sheet and the parts of a ring; gives the least width and the height of the list, and draws it. Stands behind `donut`,
for where its labels have no room around the ring.
"""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks.charts.canvas import ChartCanvas
from brochure.blocks.charts.labels import DROP
from brochure.blocks.charts.ring import RingPart
from brochure.geometry import Rect

# In ems of the labels.
SIGN, SIGN_GAP, FIGURE_GAP, ROW_GAP, WANTED = 0.85, 0.6, 0.7, 0.6, 7.0


class Legend:
    """A key in hand: its figures end on one line, its labels begin on another."""

    def __init__(
        self, sheet: ChartCanvas, parts: Sequence[RingPart], em: float, cap: float
    ) -> None:
        self.sheet, self.parts, self.em, self.cap = sheet, parts, em, cap
        self.figures = max(part.figure.natural for part in parts)
        # How far the first baseline lies below a row's head.
        self.rise = max(cap, *(sheet.set(part.figure, self.figures).height for part in parts))
        self.lead = (SIGN + SIGN_GAP + FIGURE_GAP) * em + self.figures

    @property
    def least(self) -> float:
        """The width that its longest word needs."""
        return self.lead + max(part.label.least for part in self.parts)

    @property
    def wanted(self) -> float:
        """The width at which labels need not be broken after each word."""
        natural = max(part.label.natural for part in self.parts)
        return max(self.least, self.lead + min(natural, WANTED * self.em))

    def height(self, width: float) -> float:
        """How tall it is, from the first capitals to below the last line."""
        heights = [self._below_base(part, width) + self.rise for part in self.parts]
        return sum(heights) + (len(heights) - 1) * ROW_GAP * self.em

    def draw(self, x: float, top: float, width: float) -> None:
        """The list, from its upper start corner; figure and first line of a label on one baseline."""
        side = SIGN * self.em
        for part in self.parts:
            base = top - self.rise
            figure = self.sheet.set(part.figure, self.figures)
            label = self.sheet.set(part.label, width - self.lead)
            self.sheet.box(Rect(x, base + (self.cap - side) / 2, side, side), part.paint)
            self.sheet.words(figure, x + (SIGN + SIGN_GAP) * self.em, base + figure.height)
            self.sheet.words(label, x + self.lead, base + self.cap)
            top = base - self._below_base(part, width) - ROW_GAP * self.em

    def _below_base(self, part: RingPart, width: float) -> float:
        label = self.sheet.set(part.label, width - self.lead)
        return label.height - self.cap + DROP * self.em
