"""The x axis of lines and areas: words at equal distances, or years, numbers and dates to scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from brochure.blocks.charts.axis import round_step
from brochure.blocks.charts.canvas import ChartCanvas
from brochure.blocks.charts.chart import Datum, label_text
from brochure.blocks.charts.labels import Label, entry_label, figure_label
from brochure.blocks.charts.plot import Plot
from brochure.fast_dataclass import dataclass
from brochure.findings import nearest
from brochure.l10n.date_format import format_date, read_date
from brochure.l10n.number_reading import read_number
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Stroke
from brochure.typeset.style import ParagraphStyle

LABEL_GAP, SEPARATION, MARK = 0.55, 0.8, 0.3
"""Between axis and labels, between labels, and the length of tick marks, in ems of the labels."""
YEARS = (1000, 2999)
YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
MIN_ROUND_STEP = 5
"""Years of a step from which labels are multiples of it."""
MONTH_STEPS = (1, 2, 3, 6)
DAYS_OF_YEARS = 700
"""Days from which an axis of dates has years only, if not all dates fit."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the axis, at a relative position from 0 to 1."""

    share: float
    label: Label


class XScale:
    """Relative positions of entries, and the labels below the axis."""

    def __init__(
        self, entries: Sequence[Datum], style: ParagraphStyle, context: BlockContext
    ) -> None:
        self.entries, self.style, self.context = entries, style, context
        self.em = style.type.size
        self.texts = [label_text(one, context) for one in entries]
        self.dates = _all_known([read_date(text) for text in self.texts])
        self.numbers = self._read_numbers()
        self.shares = self._place()

    @property
    def is_scaled(self) -> bool:
        """Whether the labels are numbers or dates, at distances to scale."""
        return self.numbers is not None

    def _read_numbers(self) -> tuple[float, ...] | None:
        """Return the entries as numbers or day numbers; None if they are words."""
        if self.dates:
            return tuple(float(one.toordinal()) for one in self.dates)
        read = _all_known([read_number(text) for text in self.texts])
        return tuple(float(one.value) for one in read) if read else None

    def _place(self) -> tuple[float, ...]:
        count = len(self.entries)
        if self.numbers is None:
            return tuple(at / (count - 1) if count > 1 else 0.5 for at in range(count))
        return tuple(map(self._share, self.numbers))

    def _share(self, number: float) -> float:
        low, high = min(self.numbers or (0.0,)), max(self.numbers or (0.0,))
        return (number - low) / (high - low) if high > low else 0.5

    @property
    def order(self) -> list[int]:
        """The indices of the entries along the axis."""
        return sorted(range(len(self.shares)), key=self.shares.__getitem__)

    def repeated(self) -> Datum | None:
        """Return an entry with the same number or date as another one."""
        if self.numbers is None:
            return None
        seen: set[float] = set()
        for entry, number in zip(self.entries, self.numbers, strict=True):
            if number in seen:
                return entry
            seen.add(number)
        return None

    def find(self, text: str) -> float | None:
        """Return the position of a label, a number or a date; None if it is not on the axis."""
        for entry, own, share in zip(self.entries, self.texts, self.shares, strict=True):
            if text.strip() in (entry.label.key, entry.words, own):
                return share
        when = read_date(text) if self.dates else None
        number = None if self.dates else read_number(text)
        if self.numbers is None or (when is None and number is None):
            return None
        share = self._share(
            float(when.toordinal()) if when else float(number.value if number else 0)
        )
        return share if -1e-9 <= share <= 1 + 1e-9 else None

    def nearest(self, text: str) -> str:
        """Return a hint for a position that is not on the axis."""
        keys = [one.label.key or one.words for one in self.entries]
        return nearest(text, keys) or f"write a label of the axis, such as {keys[0]}"

    # Labels

    def ticks(self, width: float, before: float, after: float) -> tuple[Tick, ...]:
        """Return labels that do not touch on an axis of this width.

        Args:
            width: Distance of the first from the last entry in points.
            before: Space before the first entry into which its label may extend.
            after: Space after the last one.
        """
        last: tuple[Tick, ...] = ()
        for ticks in self._candidates():
            if not ticks:
                continue
            last = ticks
            if self._touch(ticks, width, before, after) is None:
                return ticks
        return last

    def _touch(
        self, ticks: Sequence[Tick], width: float, before: float, after: float
    ) -> Tick | None:
        """Return a label that touches the one before it."""
        edges = [tick_edges(tick, width, before, after) for tick in ticks]
        gap = SEPARATION * self.em
        pairs = zip(ticks[1:], pairwise(edges), strict=True)
        return next((tick for tick, (one, other) in pairs if other[0] < one[1] + gap - 0.01), None)

    def fits(self, ticks: Sequence[Tick], width: float, before: float, after: float) -> bool:
        """Return True if no labels touch."""
        return self._touch(ticks, width, before, after) is None

    def _candidates(self) -> Iterator[tuple[Tick, ...]]:
        """Yield choices of labels, from all to a few."""
        order = self.order
        if self.dates:
            yield from self._date_ticks(self.dates)
            return
        labels = [entry_label(one, self.style, self.context) for one in self.entries]
        ticks = [Tick(self.shares[at], labels[at]) for at in order]
        yield tuple(ticks)
        if self.numbers is None:
            return
        by_number = {self.numbers[at]: labels[at] for at in order}
        low, high = min(self.numbers), max(self.numbers)
        for step in self._steps(high - low):
            # Few years are counted from the last, which is the most recent figure.
            shift = high % step if self.are_years and step < MIN_ROUND_STEP else 0.0
            first = math.ceil((low - shift) / step - 1e-9)
            end = math.floor((high - shift) / step + 1e-9)
            numbers = [round(at * step + shift, 9) for at in range(first, end + 1)]
            yield tuple(Tick(self._share(one), self._tick(one, by_number)) for one in numbers)
        yield (ticks[-1],)

    def _steps(self, extent: float) -> Iterator[float]:
        if self.are_years:
            yield from (step for step in YEAR_STEPS if step <= extent)
            return
        step = round_step(extent) if extent > 0 else 1.0
        yield from (step * factor for factor in (1, 2, 5) if step * factor <= extent)

    @property
    def are_years(self) -> bool:
        """Whether all entries are years."""
        numbers = self.numbers or ()
        is_year = all(one == int(one) and YEARS[0] <= one <= YEARS[1] for one in numbers)
        return is_year and not self.dates and bool(numbers)

    def _tick(self, number: float, known: dict[float, Label]) -> Label:
        if number in known:
            return known[number]
        style = "::group-off" if self.are_years else ""
        return figure_label(self.context.figure(number, style), self.style, self.context)

    def _date_ticks(self, dates: Sequence[date]) -> Iterator[tuple[Tick, ...]]:
        first, last = min(dates), max(dates)
        months = all(one.day == 1 for one in dates)
        yield tuple(
            self._date_tick(one, "yMMM" if months else "yMMMd") for one in sorted(set(dates))
        )
        if (last - first).days < DAYS_OF_YEARS:
            for step in MONTH_STEPS:
                yield tuple(
                    self._date_tick(one, "yMMM") for one in _month_starts(first, last, step)
                )
        for step in YEAR_STEPS:
            yield tuple(
                self._date_tick(date(year, 1, 1), "y")
                for year in range(first.year, last.year + 1)
                if year % step == 0 and first <= date(year, 1, 1) <= last
            )
        yield (self._date_tick(last, "y"),)

    def _date_tick(self, when: date, skeleton: str) -> Tick:
        text = format_date(when, self.context.edition.locale, skeleton)
        label = figure_label(text, self.style, self.context)
        return Tick(self._share(float(when.toordinal())), label)

    def text(self, at: int) -> str:
        """Return the label of an entry for the table of the data."""
        if self.dates:
            return format_date(self.dates[at], self.context.edition.locale, "yMMMd")
        return self.texts[at]


Value = TypeVar("Value")


def _all_known(values: Sequence[Value | None]) -> list[Value] | None:
    known = [one for one in values if one is not None]
    return known if known and len(known) == len(values) else None


def _month_starts(first: date, last: date, step: int) -> Iterator[date]:
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        start = date(month // 12, month % 12 + 1, 1)
        if month % step == 0 and first <= start <= last:
            yield start


def tick_edges(tick: Tick, width: float, before: float, after: float) -> tuple[float, float]:
    """Return the edges of a label below its position, moved into the chart, from the first entry in points."""
    half = tick.label.natural_width / 2
    middle = tick.share * width
    left = min(max(middle - half, -before), width + after - 2 * half)
    return left, left + 2 * half


def draw_x_axis(
    canvas: ChartCanvas,
    ticks: Sequence[Tick],
    plot: Plot,
    edges: tuple[float, float],
    stroke: Stroke,
) -> None:
    """Draw tick marks and labels below a plot; `edges` are the outermost x of labels."""
    em = ticks[0].label.size if ticks else 0.0
    width = plot.right - plot.left
    for tick in ticks:
        x = plot.x(tick.share)
        canvas.draw_line([(x, plot.bottom), (x, plot.bottom - MARK * em)], stroke)
        left, _ = tick_edges(tick, width, plot.left - edges[0], edges[1] - plot.right)
        box = canvas.typeset(tick.label, tick.label.natural_width)
        canvas.draw_text(box, plot.left + left, plot.bottom - (MARK + LABEL_GAP) * em)
