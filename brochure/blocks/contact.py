"""Contact: who an office is and how it is reached.

The name, then the lines of the address, then numbers, then addresses on the web and for mail; their labels (T, F), where they
have any, stand before them in one column. What can be called, written to or opened is a live link, made from the text as it is
printed unless `link` says otherwise; `link: none` makes it plain text. No number is ever divided at a line's end, and
in an edition from right to left numbers and addresses keep their own direction.

Example:
    - contact: office.name
      lines: [office.street, office.city]
      numbers:
        - {label: office.phone-label, text: office.phone}
        - {label: office.fax-label, text: office.fax, link: none}
      addresses: [office.mail, office.web]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from brochure.blocks._contact_links import isolated, mail_or_web, telephone
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.l10n.inline_markup import LINK_SCHEMES
from brochure.l10n.story import Story, Words
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Item, Tag
from brochure.model.galley import Galley, Matter, items_of
from brochure.spec.constraints import Distance
from brochure.spec.values import Length, Message, StyleName
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose
from brochure.typeset.paragraph_metrics import measure_paragraph
from brochure.typeset.style import Align, ParagraphStyle

AUTO = "auto"

SEMIBOLD, BOLDER = 600.0, 200.0
"""The weight of the name: at least the one, and by the other above the rest."""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A number or an address, with its label."""

    span: Span
    text: Annotated[Message, "the number or address as it is printed"]
    label: Annotated[Message | None, "what stands before it: T, F, Mobile"] = None
    link: Annotated[
        str | None, "auto makes it from the text; or an address of your own; none for plain text"
    ] = AUTO


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact block."""

    span: Span
    name: Annotated[Message | None, "who it is"] = None
    lines: Annotated[tuple[Message, ...], "the lines of the postal address"] = ()
    numbers: Annotated[
        tuple[Message | ContactLine, ...], "telephone and fax: messages, or label, text and link"
    ] = ()
    addresses: Annotated[
        tuple[Message | ContactLine, ...], "web and mail: messages, or label, text and link"
    ] = ()
    gap: Annotated[Distance, "above the numbers and above the addresses"] = Length()
    label_gap: Annotated[Distance, "between labels and numbers"] = Length(ems=0.6)
    style: Annotated[StyleName | None, "the style of it all; `contact` unless told"] = None
    name_style: Annotated[
        StyleName | None, "the style of the name; the block's own in semibold unless told"
    ] = None
    label_style: Annotated[
        StyleName | None, "the style of the labels; the block's own unless told"
    ] = None


def galley(block: Contact, context: BlockContext) -> Galley:
    """The lines one beneath the other, each a paragraph that stays with the next."""
    style = context.style(block.style, "contact")
    pieces = [
        *_name(block, context, style),
        *(matter for line in block.lines for matter in context.matter(line, style)),
        *_reaches(block, context, style),
    ]
    return tuple(_together(pieces))


def _name(block: Contact, context: BlockContext, style: ParagraphStyle) -> Iterator[Matter]:
    if not block.name:
        return
    heavier = replace(style.type, weight=max(SEMIBOLD, style.type.weight + BOLDER))
    bold = replace(style, type=heavier)
    yield from context.matter(
        block.name, context.style(block.name_style, "contact") if block.name_style else bold
    )


def _together(pieces: Sequence[Matter]) -> Iterator[Matter]:
    """The pieces, each but the last holding on to the next."""
    for at, piece in enumerate(pieces):
        if at == len(pieces) - 1:
            yield piece
        else:
            held = replace(piece.text.style, keep_with_next=True)
            yield replace(piece, text=replace(piece.text, style=held))


# Numbers and addresses


def _reaches(block: Contact, context: BlockContext, style: ParagraphStyle) -> Iterator[Matter]:
    """Numbers, then addresses, behind one column of labels."""
    numbers = [_reach(one) for one in block.numbers]
    addresses = [_reach(one) for one in block.addresses]
    labels = {id(one): _label(one, block, context, style) for one in (*numbers, *addresses)}
    widest = max((context.width(label) for label in labels.values() if label), default=0.0)
    indent = widest + context.points(block.label_gap, style.type.size) if widest else 0.0
    gap = context.points(block.gap)
    for group in (numbers, addresses):
        for at, one in enumerate(group):
            first = replace(style, space_before=max(style.space_before, gap)) if at == 0 else style
            within = context.within("P")
            label = _beside(labels[id(one)], within.tag("Span"))
            text = _text(one, within, first, number=group is numbers)
            story = context.story(one.text)
            tag = within.tag("Span")
            inwards = indent if label else 0.0
            yield Matter(text, tag, inwards, label, key=story.key, span=story.span)


def _reach(one: Message | ContactLine) -> ContactLine:
    return one if isinstance(one, ContactLine) else ContactLine(one.span, one)


def _label(
    one: ContactLine, block: Contact, context: BlockContext, style: ParagraphStyle
) -> PreparedParagraph | None:
    if not one.label:
        return None
    chosen = context.style(block.label_style, "contact") if block.label_style else style
    story = context.story(one.label)
    plain = ParagraphStyle(chosen.type, chosen.leading, Align.LEFT)
    return context.prepared(story.paragraphs[0], plain, story)


def _beside(label: PreparedParagraph | None, tag: Tag) -> tuple[Item, ...]:
    """The label on its number's baseline, its origin where lines begin."""
    lines = compose(label, LineSlots((), LineSlot(0.0, 1e4))) if label else ()
    return tuple(items_of(lines[0], 0.0, 0.0, tag)) if lines else ()


def _text(
    one: ContactLine, context: BlockContext, style: ParagraphStyle, *, number: bool
) -> PreparedParagraph:
    """The number or address with its link, kept in its direction; a number has no breaks."""
    story = context.story(one.text)
    words = _linked(story, _target(one, story, context, number=number))
    if not context.edition.left_to_right:
        words = isolated(words)
    prepared = context.prepared(words, style, story)
    if not number:
        return prepared
    return replace(
        prepared, problem=measure_paragraph(prepared.metrics, prepared.problem.breaks[-1:])
    )


def _linked(story: Story, target: str | None) -> tuple[Words, ...]:
    """The words, those without a link of their own leading to the target."""
    words = tuple(words for paragraph in story.paragraphs for words in paragraph)
    if not target:
        return words
    return tuple(
        replace(one, marks=replace(one.marks, link=one.marks.link or target)) for one in words
    )


def _target(one: ContactLine, story: Story, context: BlockContext, *, number: bool) -> str | None:
    if one.link is None:
        return None
    if one.link == AUTO:
        return telephone(story.text) if number else mail_or_web(story.text)
    if not one.link.startswith(LINK_SCHEMES):
        what = f"'{one.link}' is no address"
        context.note("link-form", what, one.span, "begin it with https://, mailto: or tel:")
        return None
    return one.link
