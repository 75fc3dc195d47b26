"""Cells, set: the words or the figure of a cell as prepared paragraphs, how wide they are, and where their point is.

Takes a placed cell; gives its paragraphs, its natural and its least width, and, for figures that stand on their decimal
point, what lies before and behind it. Stands between the grid of a table and its rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from brochure.blocks.tables.cells import CellAlign, CellPlacement, TableStyle, align_of, style_of
from brochure.fast_dataclass import dataclass
from brochure.l10n.message_format import format_number
from brochure.model.block_context import BlockContext
from brochure.spec.values import FactName
from brochure.typeset.lines import Line, LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose

FIGURE = re.compile(r"\d(?:[\d.,'’٬٫\u00a0\u202f]*\d)?")


WIDE = 1e5
"""A measure in which nothing breaks, in points."""


@dataclass(frozen=True, slots=True)
class Parts:
    """How much of a figure lies before its decimal point and how much from there on, in points."""

    before: float = 0.0
    behind: float = 0.0

    def joined(self, other: Parts) -> Parts:
        """Room for both."""
        return Parts(max(self.before, other.before), max(self.behind, other.behind))


def paragraphs(
    place: CellPlacement, look: TableStyle, context: BlockContext
) -> tuple[PreparedParagraph, ...]:
    """The cell's words, or its figure in the edition's form, shaped; none for an empty cell."""
    cell, style = place.cell, style_of(place, look, context)
    if cell.text:
        story = context.story(cell.text)
        return tuple(context.prepared(words, style, story) for words in story.paragraphs)
    if cell.value is None:
        return ()
    value = context.value(cell.value) if isinstance(cell.value, FactName) else cell.value
    return (context.plain(context.figure(value, cell.format), style),)


def natural(texts: Sequence[PreparedParagraph], context: BlockContext) -> float:
    """How wide the paragraphs are where nothing breaks them."""
    return max((context.width(text) for text in texts), default=0.0)


def least(texts: Sequence[PreparedParagraph]) -> float:
    """How wide their widest word is."""
    return max((_widest_word(text) for text in texts), default=0.0)


def _widest_word(text: PreparedParagraph) -> float:
    """The widest stretch between two breaks; words are not divided to make a column narrow."""
    begin, widest = 0, 0.0
    for at, brk in enumerate(text.problem.breaks):
        if not brk.hyphen:
            widest = max(widest, text.problem.width(begin, at, WIDE))
            begin = at + 1
    return widest


def on_point(place: CellPlacement, look: TableStyle) -> bool:
    """Whether the cell's figure stands on its decimal point."""
    return align_of(place, look) is CellAlign.POINT and place.across == 1


def parts(texts: Sequence[PreparedParagraph], context: BlockContext) -> Parts:
    """The figure's two parts; a text without a figure lies before the point."""
    lines = compose(texts[0], LineSlots((), LineSlot(0.0, WIDE))) if texts else ()
    if not lines:
        return Parts()
    width = lines[0].right - lines[0].left
    before = _point(lines[0], context.edition.locale)
    before = width if before is None else before
    return Parts(before, width - before)


def _point(line: Line, locale: str) -> float | None:
    """How far the first figure's decimal point, or its end, lies from the line's left edge."""
    for run in line.runs:
        match = FIGURE.search(run.text)
        if match:
            at = match.group().rfind(decimal_mark(locale))
            end = match.end() if at < 0 else match.start() + at
            pairs = zip(run.clusters, run.advances, strict=True)
            return run.x - line.left + sum(wide for cluster, wide in pairs if cluster < end)
    return None


@lru_cache(maxsize=32)
def decimal_mark(locale: str) -> str:
    """What stands between units and tenths: `.`, `,` or `٫`."""
    return next(char for char in format_number(1.5, locale) if not char.isdigit())
