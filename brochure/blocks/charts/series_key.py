"""Key above a chart: a sample and the name of each series, in lines, where names do not fit beside the marks."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.blocks.charts.canvas import ChartCanvas
from brochure.blocks.charts.direct_labels import series_label
from brochure.blocks.charts.labels import DROP, label_style
from brochure.blocks.charts.series import SeriesChart, SeriesTable
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.display_list import Stroke
from brochure.model.galley import GalleyBox

# In ems of the labels.
SAMPLE, SAMPLE_GAP, NAME_GAP, LINE_GAP, BELOW = 0.85, 0.5, 1.6, 0.6, 1.1
LINE_SAMPLE = 1.8


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A name in the key: its text, the x of its sample, and its line from 0."""

    box: GalleyBox
    x: float
    line: int


class SeriesKey:
    """Lays out and draws the key."""

    def __init__(
        self,
        block: SeriesChart,
        canvas: ChartCanvas,
        table: SeriesTable,
        paints: Sequence[Paint],
        dashes: Sequence[tuple[float, ...]] | None = None,
    ) -> None:
        self.canvas, self.paints, self.dashes = canvas, paints, dashes
        style = label_style(block, canvas.context)
        self.em, self.cap = style.type.size, canvas.context.cap_height(style.type)
        self.sample = (SAMPLE if dashes is None else LINE_SAMPLE) * self.em
        self.labels = [series_label(name, style, canvas.context) for name in table.names]
        self.entries = self._arrange() if table.is_named else []
        self.tops = self._line_tops()

    def _arrange(self) -> list[KeyEntry]:
        entries, x, line = [], 0.0, 0
        lead, measure = self.sample + SAMPLE_GAP * self.em, self.canvas.context.measure
        for label in self.labels:
            width = min(label.natural_width, measure - lead)
            if x and x + lead + width > measure:
                x, line = 0.0, line + 1
            entries.append(KeyEntry(self.canvas.typeset(label, width), x, line))
            x += lead + width + NAME_GAP * self.em
        return entries

    def _line_tops(self) -> list[float]:
        """Return the distance of each line from the top, and last that of what follows."""
        tops = [0.0]
        for line in range(max((one.line for one in self.entries), default=-1) + 1):
            tallest = max(one.box.height for one in self.entries if one.line == line)
            tops.append(tops[-1] + tallest + (LINE_GAP + DROP) * self.em)
        return tops

    @property
    def height(self) -> float:
        """Height with the distance below; 0 without names."""
        return self.tops[-1] + (BELOW - LINE_GAP) * self.em if self.entries else 0.0

    def draw(self, top: float) -> None:
        """Draw the key below a height."""
        for at, entry in enumerate(self.entries):
            y = top - self.tops[entry.line]
            self._draw_sample(at, entry.x, y)
            self.canvas.draw_text(entry.box, entry.x + self.sample + SAMPLE_GAP * self.em, y)

    def _draw_sample(self, at: int, x: float, top: float) -> None:
        middle = top - self.cap / 2
        if self.dashes is None:
            side = self.sample
            self.canvas.draw_box(Rect(x, middle - side / 2, side, side), self.paints[at])
            return
        stroke = Stroke(self.paints[at], 1.4, self.dashes[at], round_cap=True)
        self.canvas.draw_line([(x, middle), (x + self.sample, middle)], stroke)
