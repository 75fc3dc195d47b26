"""The legend of a donut: colour samples, figures and labels, if labels do not fit around the ring."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks.charts.canvas import ChartCanvas
from brochure.blocks.charts.labels import DROP
from brochure.blocks.charts.ring import RingPart
from brochure.geometry import Rect

# In ems of the labels.
SAMPLE, SAMPLE_GAP, FIGURE_GAP, ROW_GAP, PREFERRED = 0.85, 0.6, 0.7, 0.6, 7.0


class Legend:
    """Lays out and draws a legend; figures align at their ends, labels at their starts."""

    def __init__(
        self, canvas: ChartCanvas, parts: Sequence[RingPart], em: float, cap: float
    ) -> None:
        self.canvas, self.parts, self.em, self.cap = canvas, parts, em, cap
        self.figures = max(part.figure.natural_width for part in parts)
        # Distance from the top of a row to its first baseline.
        self.rise = max(cap, *(canvas.typeset(part.figure, self.figures).height for part in parts))
        self.lead = (SAMPLE + SAMPLE_GAP + FIGURE_GAP) * em + self.figures

    @property
    def min_width(self) -> float:
        """Minimum width, for the longest word."""
        return self.lead + max(part.label.min_width for part in self.parts)

    @property
    def preferred_width(self) -> float:
        """Width at which labels do not break after each word."""
        natural = max(part.label.natural_width for part in self.parts)
        return max(self.min_width, self.lead + min(natural, PREFERRED * self.em))

    def height(self, width: float) -> float:
        """Return the height from the first capitals to below the last line."""
        heights = [self._below_base(part, width) + self.rise for part in self.parts]
        return sum(heights) + (len(heights) - 1) * ROW_GAP * self.em

    def draw(self, x: float, top: float, width: float) -> None:
        """Draw the legend from its upper start corner; a figure shares the baseline of its label's first line."""
        side = SAMPLE * self.em
        for part in self.parts:
            base = top - self.rise
            figure = self.canvas.typeset(part.figure, self.figures)
            label = self.canvas.typeset(part.label, width - self.lead)
            self.canvas.draw_box(Rect(x, base + (self.cap - side) / 2, side, side), part.paint)
            self.canvas.draw_text(figure, x + (SAMPLE + SAMPLE_GAP) * self.em, base + figure.height)
            self.canvas.draw_text(label, x + self.lead, base + self.cap)
            top = base - self._below_base(part, width) - ROW_GAP * self.em

    def _below_base(self, part: RingPart, width: float) -> float:
        label = self.canvas.typeset(part.label, width - self.lead)
        return label.height - self.cap + DROP * self.em
