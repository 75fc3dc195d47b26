"""Text of table cells: shaped paragraphs, their natural and minimum widths, and decimal alignment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import fsum

from brochure.blocks.tables.cells import (
    CellAlign,
    CellPlacement,
    NegativeStyle,
    TableStyle,
    cell_align,
    cell_style,
)
from brochure.fast_dataclass import dataclass
from brochure.l10n.number_format import MessageProblem, format_number, set_decimals
from brochure.lazy_pattern import compile_lazily
from brochure.model.block_context import BlockContext
from brochure.spec.values import FactName, WrittenFigure
from brochure.typeset.lines import Line, LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose

FIGURE = compile_lazily(r"\d(?:[\d.,'’٬٫\u00a0\u202f]*\d)?")


UNBROKEN = 1e5
"""A measure wide enough that no line breaks, in points."""


@dataclass(frozen=True, slots=True)
class DecimalParts:
    """Widths of a figure before its decimal point and from there on, in points."""

    before: float = 0.0
    after: float = 0.0

    def union(self, other: DecimalParts) -> DecimalParts:
        """Return the larger of each width."""
        return DecimalParts(max(self.before, other.before), max(self.after, other.after))


def prepare_cell(
    place: CellPlacement, look: TableStyle, context: BlockContext
) -> tuple[PreparedParagraph, ...]:
    """Shape the text or the formatted figure of a cell; empty for an empty cell."""
    cell, style = place.cell, cell_style(place, look, context)
    if cell.text:
        story = context.story(cell.text, style)
        return tuple(context.prepare(words, style, story) for words in story.paragraphs)
    if cell.words:
        return tuple(
            context.prepare_source(line, style) for line in cell.words.splitlines() if line
        )
    if cell.value is None:
        return ()
    return (context.prepare_plain(_format_figure(place, look, context), style),)


def _format_figure(place: CellPlacement, look: TableStyle, context: BlockContext) -> str:
    """Return the formatted value of a cell; a variable that is a text is printed as it is."""
    cell, column = place.cell, look.column(place.column)
    figure = WrittenFigure(0.0) if cell.value is None else cell.value
    value = context.fact(figure) if isinstance(figure, FactName) else figure.number
    style = column.format or "" if cell.format is None else cell.format
    decimals = column.decimals if cell.decimals is None else cell.decimals
    if decimals is None and isinstance(figure, WrittenFigure) and style in ("", "percent"):
        decimals = figure.decimals
    if isinstance(value, str):
        if cell.format or cell.decimals is not None:
            name = cell.value.name if isinstance(cell.value, FactName) else value
            message = f"the variable '{name}' is a text and cannot have a number format"
            hint = "remove the format, or the quotes from its value"
            context.note("table-format", message, cell.span, hint)
        return value
    source = figure if isinstance(figure, FactName) else None
    context.note_excess(source, value, style, cell.span)
    negative = column.negative if cell.negative is None else cell.negative
    has_brackets = negative is NegativeStyle.BRACKETS and value < 0
    try:
        text = context.figure(abs(value) if has_brackets else value, set_decimals(style, decimals))
        return f"({text})" if has_brackets else text
    except MessageProblem as problem:
        context.note("table-format", problem.message, cell.span, problem.hint)
        return ""


def natural_width(texts: Sequence[PreparedParagraph], context: BlockContext) -> float:
    """Return the unbroken width of the paragraphs."""
    return max((context.width(text) for text in texts), default=0.0)


def min_width(texts: Sequence[PreparedParagraph]) -> float:
    """Return the width of the widest word."""
    return max((_widest_word(text) for text in texts), default=0.0)


def _widest_word(text: PreparedParagraph) -> float:
    """Return the greatest width between two break opportunities; hyphenation is not used to narrow a column."""
    start, widest = 0, 0.0
    for index, brk in enumerate(text.problem.breaks):
        if not brk.hyphen:
            widest = max(widest, text.problem.width(start, index, UNBROKEN))
            start = index + 1
    return widest


def is_decimal_aligned(place: CellPlacement, look: TableStyle) -> bool:
    """Return True if the cell's figure aligns on its decimal point."""
    return cell_align(place, look) is CellAlign.POINT and place.across == 1


def split_figure(texts: Sequence[PreparedParagraph], context: BlockContext) -> DecimalParts:
    """Split the width of a figure at its decimal point; text without a figure counts as before the point."""
    lines = compose(texts[0], LineSlots((), LineSlot(0.0, UNBROKEN))) if texts else ()
    if not lines:
        return DecimalParts()
    width = lines[0].right - lines[0].left
    before = _decimal_position(lines[0], context.edition.locale)
    before = width if before is None else before
    return DecimalParts(before, width - before)


def _decimal_position(line: Line, locale: str) -> float | None:
    """Return the distance from the line's left edge to the first figure's decimal point, or to its end."""
    for run in line.runs:
        match = FIGURE.search(run.text)
        if match:
            index = match.group().rfind(decimal_separator(locale))
            end = match.end() if index < 0 else match.start() + index
            pairs = zip(run.clusters, run.advances, strict=True)
            return run.x - line.left + fsum(advance for cluster, advance in pairs if cluster < end)
    return None


@lru_cache(maxsize=32)
def decimal_separator(locale: str) -> str:
    """Return the decimal separator of a locale: `.`, `,` or `٫`."""
    return next(char for char in format_number(1.5, locale) if not char.isdigit())
