"""Labels and figures of charts: shaped and measured before the layout of the chart is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.blocks.charts.chart import Chart, Datum
from brochure.fast_dataclass import dataclass
from brochure.l10n.story import Words
from brochure.model.block_context import BlockContext
from brochure.model.galley import GalleyBox
from brochure.model.paragraph_box import stack
from brochure.spec.values import Message
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose
from brochure.typeset.style import Align, Hyphenation, ParagraphStyle

SEMIBOLD = 600.0
DROP = 0.25
"""Depth of descenders below the baseline in ems, which the height of a box does not include."""


@dataclass(frozen=True, slots=True)
class Label:
    """Shaped text, not yet broken into lines: `natural_width` is unbroken, `min_width` that of the longest word, in points."""

    texts: tuple[PreparedParagraph, ...]
    natural_width: float
    min_width: float

    @property
    def size(self) -> float:
        """Font size in points."""
        return self.texts[0].style.type.size if self.texts else 0.0


def label_style(block: Chart, context: BlockContext, align: Align = Align.START) -> ParagraphStyle:
    """Return the style of labels, without indents, hyphenation and hanging punctuation."""
    return compact_style(context.style(block.label_style, "axis"), align)


def value_style(block: Chart, context: BlockContext, align: Align = Align.START) -> ParagraphStyle:
    """Return the style of figures: `value-style`, or the style of labels in semibold."""
    if block.value_style:
        return compact_style(context.style(block.value_style, "axis"), align)
    return semibold_style(label_style(block, context, align))


def semibold_style(style: ParagraphStyle) -> ParagraphStyle:
    """Return the style with a weight of at least semibold."""
    return replace(style, type=replace(style.type, weight=max(SEMIBOLD, style.type.weight)))


def compact_style(style: ParagraphStyle, align: Align) -> ParagraphStyle:
    """Return the style without indents, spacing, hyphenation, hanging punctuation, drop cap and tabs."""
    return replace(
        style,
        align=align,
        indent_first=0.0,
        indent_start=0.0,
        indent_end=0.0,
        space_before=0.0,
        space_after=0.0,
        hyphenation=Hyphenation(),
        hanging_punctuation=False,
        drop_cap=None,
        tabs=(),
    )


def scale_style(style: ParagraphStyle, ratio: float) -> ParagraphStyle:
    """Scale font size and leading of a style."""
    resized = replace(style.type, size=style.type.size * ratio)
    return replace(style, type=resized, leading=style.leading * ratio)


def entry_label(datum: Datum, style: ParagraphStyle, context: BlockContext) -> Label:
    """Shape the label of an entry: its message, or a text of a file."""
    if datum.words:
        return source_label(datum.words, style, context)
    return message_label(datum.label, style, context)


def source_label(words: str, style: ParagraphStyle, context: BlockContext) -> Label:
    """Shape a text of a file as a label."""
    return _label((context.prepare_source(words, style),), context)


def message_label(message: Message, style: ParagraphStyle, context: BlockContext) -> Label:
    """Shape a message as a label."""
    story = context.story(message, style)
    return _label(
        tuple(context.prepare(words, style, story) for words in story.paragraphs), context
    )


def figure_label(text: str, style: ParagraphStyle, context: BlockContext) -> Label:
    """Shape a figure as a label that is never broken."""
    prepared = context.prepare((Words(text),), style)
    width = context.width(prepared)
    return Label((prepared,), width, width)


def _label(texts: tuple[PreparedParagraph, ...], context: BlockContext) -> Label:
    natural = max((context.width(text) for text in texts), default=0.0)
    return Label(texts, natural, max((_longest_word(text) for text in texts), default=0.0))


def _longest_word(text: PreparedParagraph) -> float:
    lines = compose(text, LineSlots((), LineSlot(0.0, 0.01)))
    return max((line.right - line.left for line in lines), default=0.0)


def measure_lines(label: Label, width: float) -> tuple[int, float]:
    """Return the number of lines of a label at a width, and the width of the widest line."""
    lines = [
        line for text in label.texts for line in compose(text, LineSlots((), LineSlot(0.0, width)))
    ]
    return len(lines), max((line.right - line.left for line in lines), default=0.0)


def set_label(label: Label, width: float, context: BlockContext) -> GalleyBox:
    """Typeset a label at a width; the box reaches from cap height to last baseline.

    Text that is too wide is not reported here: charts typeset labels on trial and report what does not fit.
    """
    # Slightly wider, so that rounding does not break text that was measured to fit.
    inside = replace(context, measure=width + 0.01, findings=[])
    return replace(stack([inside.set_paragraph(text) for text in label.texts], width), width=width)


def space_out(targets: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """Return the middles of blocks, from top to bottom, as close as possible to their targets without overlap.

    Blocks that would overlap are merged and share their displacement (pool adjacent violators).
    """
    pools: list[tuple[list[int], float]] = []
    for index in range(len(targets)):
        members, middle = [index], targets[index]
        while (
            pools
            and _pool_bottom(pools[-1], heights, gap)
            < middle + _pool_height(members, heights, gap) / 2 + gap
        ):
            above, _ = pools.pop()
            members = above + members
            middle = _pool_middle(members, targets, heights, gap)
        pools.append((members, middle))
    return [place for pool in pools for place in _pool_middles(pool, heights, gap)]


def _pool_height(members: Sequence[int], heights: Sequence[float], gap: float) -> float:
    return sum(heights[index] for index in members) + gap * (len(members) - 1)


def _pool_bottom(pool: tuple[list[int], float], heights: Sequence[float], gap: float) -> float:
    return pool[1] - _pool_height(pool[0], heights, gap) / 2


def _pool_middles(
    pool: tuple[list[int], float], heights: Sequence[float], gap: float
) -> list[float]:
    """Return the middles of a pool's members."""
    members, middle = pool
    top = middle + _pool_height(members, heights, gap) / 2
    places = []
    for index in members:
        places.append(top - heights[index] / 2)
        top -= heights[index] + gap
    return places


def _pool_middle(
    members: list[int], targets: Sequence[float], heights: Sequence[float], gap: float
) -> float:
    """Return the middle of a pool at which the displacements of its members sum to 0."""
    places = _pool_middles((members, 0.0), heights, gap)
    off = [targets[index] - place for index, place in zip(members, places, strict=True)]
    return sum(off) / len(off)
