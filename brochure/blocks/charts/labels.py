"""The words of a chart: labels and figures, shaped and measured before they are given a place.

Takes messages and figures with a chart's styles; gives `Label`, which knows how wide it is in one line and how wide its
longest word is, so that a chart can plan its room. Stands between the fields of a chart and its drawing.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.blocks.charts.chart import Chart
from brochure.fast_dataclass import dataclass
from brochure.l10n.story import Words
from brochure.model.block_context import BlockContext, stacked
from brochure.model.galley import Slab
from brochure.spec.values import Message
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose
from brochure.typeset.style import Align, Hyphenation, ParagraphStyle

SEMIBOLD = 600.0
DROP = 0.25
"""How far letters reach below their baseline, in ems: room that a slab of words does not count."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words for a place in a chart, shaped but not yet broken: their widths in one line, and of the longest word."""

    texts: tuple[PreparedParagraph, ...]
    natural: float
    least: float

    @property
    def size(self) -> float:
        """The size of its type, in points."""
        return self.texts[0].style.type.size if self.texts else 0.0


def label_style(block: Chart, context: BlockContext, align: Align = Align.START) -> ParagraphStyle:
    """The style of labels, without what makes no sense in them: indents, hyphens, hanging points."""
    return plain(context.style(block.label_style, "axis"), align)


def value_style(block: Chart, context: BlockContext, align: Align = Align.START) -> ParagraphStyle:
    """The style of figures: the one that is named, else the labels' in semibold."""
    if block.value_style:
        return plain(context.style(block.value_style, "axis"), align)
    return semibold(label_style(block, context, align))


def semibold(style: ParagraphStyle) -> ParagraphStyle:
    """The style at least in semibold."""
    return replace(style, type=replace(style.type, weight=max(SEMIBOLD, style.type.weight)))


def plain(style: ParagraphStyle, align: Align) -> ParagraphStyle:
    """A paragraph's style for a few words at a place."""
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


def scaled(style: ParagraphStyle, ratio: float) -> ParagraphStyle:
    """The style larger or smaller, its leading with it."""
    resized = replace(style.type, size=style.type.size * ratio)
    return replace(style, type=resized, leading=style.leading * ratio)


def message_label(message: Message, style: ParagraphStyle, context: BlockContext) -> Label:
    """A message as a label."""
    story = context.story(message)
    return _label(
        tuple(context.prepared(words, style, story) for words in story.paragraphs), context
    )


def figure_label(text: str, style: ParagraphStyle, context: BlockContext) -> Label:
    """A figure as a label, never broken."""
    prepared = context.prepared((Words(text),), style)
    width = context.width(prepared)
    return Label((prepared,), width, width)


def _label(texts: tuple[PreparedParagraph, ...], context: BlockContext) -> Label:
    natural = max((context.width(text) for text in texts), default=0.0)
    return Label(texts, natural, max((_longest_word(text) for text in texts), default=0.0))


def _longest_word(text: PreparedParagraph) -> float:
    lines = compose(text, LineSlots((), LineSlot(0.0, 0.01)))
    return max((line.right - line.left for line in lines), default=0.0)


def broken(label: Label, width: float) -> tuple[int, float]:
    """How many lines a label has at a width, and how wide the widest of them is."""
    lines = [
        line for text in label.texts for line in compose(text, LineSlots((), LineSlot(0.0, width)))
    ]
    return len(lines), max((line.right - line.left for line in lines), default=0.0)


def set_label(label: Label, width: float, context: BlockContext) -> Slab:
    """A label broken at a width; from its cap height to its last baseline.

    Nothing is said of words that are too wide: charts set labels for trial, and say themselves what has no room.
    """
    # A hair more than the words need, so that no rounding breaks what was measured to fit.
    narrow = replace(context, measure=width + 0.01, findings=[])
    return replace(stacked([narrow.set(text) for text in label.texts], width), width=width)
