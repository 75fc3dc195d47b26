"""The data of a chart as a table in the structure tree: read by screen readers and by programs that extract text, not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.blocks.charts.labels import figure_label, scale_style, set_label
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.block_context import BlockContext
from brochure.model.display_list import (
    GlyphRun,
    HiddenText,
    Item,
    Traits,
    outline_rect,
    vacant,
)
from brochure.model.galley import GalleyBox
from brochure.typeset.bidi import NEEDS_BIDI
from brochure.typeset.lines import Glyphs
from brochure.typeset.style import ParagraphStyle


@dataclass(frozen=True, slots=True)
class DataCells:
    """Texts of the table: the headings of its columns, then rows that begin with the heading of the row."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


PITCH, SIZE = 1.2, 0.8
"""Distance of the rows from each other at most, in points, and the size of their text as a fraction of it."""


def tag_cells(
    data: DataCells, area: GalleyBox, style: ParagraphStyle, context: BlockContext
) -> tuple[Item, ...]:
    """Return the texts of the cells as hidden text, also as replacement text of their elements (PDF 14.9.4).

    They are at the foot of the chart, row below row, so that programs which extract text find the table there.

    Args:
        data: The texts.
        area: The chart.
        style: The style of its labels.
        context: The structure element of the chart.
    """
    inside = context.within("Table")
    rows = (data.heads, *data.rows)
    pitch = min(PITCH, area.height / len(rows))
    style = scale_style(style, SIZE * pitch / style.type.size)
    return tuple(
        item
        for index, row in enumerate(rows)
        for item in _tag_row(
            row,
            inside,
            style,
            Rect(0.0, (len(rows) - 1 - index) * pitch - area.height, area.width, pitch),
            is_head=not index,
        )
    )


def _tag_row(
    row: Sequence[str], table: BlockContext, style: ParagraphStyle, place: Rect, *, is_head: bool
) -> Iterator[Item]:
    context = table.within("TR")
    width = place.width / len(row)
    for column, text in enumerate(row):
        traits: Traits = (("Scope", "Column" if is_head else "Row"),)
        is_heading = is_head or not column
        cell = context.within("TH", traits) if is_heading else context.within("TD")
        if not text:
            # An empty corner has no text to replace; its element stays, as in tables.
            yield vacant(cell.tag("Span"))
            continue
        at = column if context.edition.left_to_right else len(row) - 1 - column
        tag = cell.tag("Span", text)
        runs = tuple(_hide(text, at * width, place.y, style, context))
        yield HiddenText((outline_rect(Rect(0, 0, 0, 0)),), tag=tag, runs=runs)


def _hide(
    text: str, x: float, y: float, style: ParagraphStyle, context: BlockContext
) -> Iterator[GlyphRun]:
    """Yield the runs of a text. It is not seen, so only text from right to left is shaped, whose order depends on it."""
    if not NEEDS_BIDI.search(text):
        yield GlyphRun(x, y, _nominal_glyphs(text, style, context))
        return
    quiet = replace(context, findings=[], missing=[])
    label = figure_label(text, style, quiet)
    for item in set_label(label, label.natural_width, quiet).items:
        if isinstance(item, GlyphRun):
            yield replace(item, x=item.x + x, y=y)


def _nominal_glyphs(text: str, style: ParagraphStyle, context: BlockContext) -> Glyphs:
    """Return one glyph for each character; a space for those that the font does not have."""
    face, size = context.font_catalog.face(style.type), style.type.size
    font, scale = face.font, size / face.upem
    space = font.get_nominal_glyph(ord(" ")) or 0
    ids = tuple(font.get_nominal_glyph(ord(char)) or space for char in text)
    advances = tuple(font.get_glyph_h_advance(glyph) * scale for glyph in ids)
    return Glyphs(
        face,
        size,
        style.type.paint,
        text,
        ids,
        tuple(range(len(text))),
        advances,
        (),
        0.0,
        language=context.edition.language,
    )
