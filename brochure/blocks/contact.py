"""Contact: the contact details of an office.

The name comes first, then the lines of the postal address, the telephone and fax numbers, and the web and mail addresses.
Labels of numbers and addresses (T, F) form a column. Numbers are never broken across lines. In right-to-left editions numbers
and addresses keep their own direction.

Numbers and addresses become live links, made from the printed text. Only what is wholly a number or an address is linked; a
line can have several, separated by commas. For other text, such as `555 0101 (24/7)`, a note is printed: set `link` to the
target, or `link: none` for plain text.

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

from brochure.blocks._contact_links import (
    ContactLink,
    find_links,
    isolate_left_to_right,
    link_words,
)
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, Span
from brochure.l10n.inline_markup import LINK_SCHEMES
from brochure.l10n.story import Story, Words
from brochure.l10n.uri import ascii_uri
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Item, Tag
from brochure.model.galley import Galley, GalleyParagraph, line_items
from brochure.spec.constraints import Distance
from brochure.spec.values import Length, Message, StyleName
from brochure.typeset.line_edges import measure_paragraph
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose
from brochure.typeset.style import Align, ParagraphStyle

AUTO = "auto"

SEMIBOLD, BOLDER = 600.0, 200.0
"""Weight of the name: at least semibold, and at least this much above the weight of the block's style."""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A number or an address with an optional label."""

    span: Span
    text: Annotated[Message, "the number or address as printed"]
    label: Annotated[Message | None, "label before it, such as T, F or Mobile"] = None
    link: Annotated[
        str | None, "link target: `auto` (made from the text), an address, or `none` for plain text"
    ] = AUTO


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact details."""

    span: Span
    name: Annotated[Message | None, "name of the office or person"] = None
    lines: Annotated[tuple[Message, ...], "lines of the postal address"] = ()
    numbers: Annotated[
        tuple[Message | ContactLine, ...],
        "telephone and fax numbers: messages, or mappings with text, label and link",
    ] = ()
    addresses: Annotated[
        tuple[Message | ContactLine, ...],
        "web and mail addresses: messages, or mappings with text, label and link",
    ] = ()
    gap: Annotated[Distance, "space above the numbers and above the addresses"] = Length()
    label_gap: Annotated[Distance, "space between labels and numbers"] = Length(ems=0.6)
    style: Annotated[StyleName | None, "paragraph style of the block (default: `contact`)"] = None
    name_style: Annotated[
        StyleName | None, "paragraph style of the name (default: the block's style in semibold)"
    ] = None
    label_style: Annotated[
        StyleName | None, "paragraph style of the labels (default: the block's style)"
    ] = None


def galley(block: Contact, context: BlockContext) -> Galley:
    """Typeset the lines as paragraphs that stay together."""
    style = context.style(block.style, "contact")
    pieces = [
        *_name(block, context, style),
        *(piece for line in block.lines for piece in context.prepare_message(line, style)),
        *_details(block, context, style),
    ]
    return tuple(_keep_together(pieces))


def _name(
    block: Contact, context: BlockContext, style: ParagraphStyle
) -> Iterator[GalleyParagraph]:
    if not block.name:
        return
    heavier = replace(style.type, weight=max(SEMIBOLD, style.type.weight + BOLDER))
    bold = replace(style, type=heavier)
    yield from context.prepare_message(
        block.name, context.style(block.name_style, "contact") if block.name_style else bold
    )


def _keep_together(pieces: Sequence[GalleyParagraph]) -> Iterator[GalleyParagraph]:
    """Keep each piece but the last with the next."""
    for index, piece in enumerate(pieces):
        if index == len(pieces) - 1:
            yield piece
        else:
            style = replace(piece.text.style, keep_with_next=True)
            yield replace(piece, text=replace(piece.text, style=style))


# Numbers and addresses


def _details(
    block: Contact, context: BlockContext, style: ParagraphStyle
) -> Iterator[GalleyParagraph]:
    """Typeset numbers, then addresses, with their labels in one column."""
    numbers = [_as_line(one) for one in block.numbers]
    addresses = [_as_line(one) for one in block.addresses]
    labels = {id(one): _label(one, block, context, style) for one in (*numbers, *addresses)}
    widest = max((context.width(label) for label in labels.values() if label), default=0.0)
    indent = widest + context.points(block.label_gap, style.type.size) if widest else 0.0
    gap = context.points(block.gap)
    for group in (numbers, addresses):
        for index, one in enumerate(group):
            first = (
                replace(style, space_before=max(style.space_before, gap)) if index == 0 else style
            )
            within = context.within("P")
            label = _label_items(labels[id(one)], within.tag("Span"))
            text = _text(one, within, first, number=group is numbers)
            story = context.story(one.text)
            tag = within.tag("Span")
            text_indent = indent if label else 0.0
            yield GalleyParagraph(text, tag, text_indent, label, key=story.key, span=story.span)


def _as_line(one: Message | ContactLine) -> ContactLine:
    return one if isinstance(one, ContactLine) else ContactLine(one.span, one)


def _label(
    one: ContactLine, block: Contact, context: BlockContext, style: ParagraphStyle
) -> PreparedParagraph | None:
    if not one.label:
        return None
    label_style = context.style(block.label_style, "contact") if block.label_style else style
    story = context.story(one.label, label_style)
    plain = ParagraphStyle(label_style.type, label_style.leading, Align.LEFT)
    return context.prepare(story.paragraphs[0], plain, story)


def _label_items(label: PreparedParagraph | None, tag: Tag) -> tuple[Item, ...]:
    """Return the label's items, with the origin at the start of the line and its baseline."""
    lines = compose(label, LineSlots((), LineSlot(0.0, 1e4))) if label else ()
    return tuple(line_items(lines[0], 0.0, 0.0, tag)) if lines else ()


def _text(
    one: ContactLine, context: BlockContext, style: ParagraphStyle, *, number: bool
) -> PreparedParagraph:
    """Typeset a number or address as a link; a number gets no line-break opportunities."""
    story = context.story(one.text, style)
    words = tuple(words for paragraph in story.paragraphs for words in paragraph)
    links = _links(one, words, story, context, number=number)
    words = link_words(words, links) if links else words
    if not context.edition.left_to_right:
        words = isolate_left_to_right(words)
    prepared = context.prepare(words, style, story)
    if not number:
        return prepared
    return replace(
        prepared, problem=measure_paragraph(prepared.metrics, prepared.problem.breaks[-1:])
    )


def _links(
    one: ContactLine, words: tuple[Words, ...], story: Story, context: BlockContext, *, number: bool
) -> tuple[ContactLink, ...]:
    """Return the links of a line: its own, or those made from its text."""
    text = "".join(run.text for run in words)
    if one.link is None or not text.strip():
        return ()
    if one.link == AUTO:
        links = find_links(text, number=number)
        if not links and not any(run.marks.link for run in words):
            _note_unlinked(one, text, story, context, number=number)
        return links
    if not one.link.startswith(LINK_SCHEMES):
        what = f"'{one.link}' is not a link target; expected an address that starts with https://, mailto: or tel:"
        context.note("link-form", what, one.span, "link: https://example.org")
        return ()
    try:
        return (ContactLink(0, len(text), ascii_uri(one.link)),)
    except ValueError:
        context.note("link-form", f"the host name of '{one.link}' is not valid", one.span)
        return ()


def _note_unlinked(
    one: ContactLine, text: str, story: Story, context: BlockContext, *, number: bool
) -> None:
    kind = "a telephone number" if number else "a web or mail address"
    what = f"message '{story.key}': '{text}' is not linked, since it is not wholly {kind}"
    target = "tel:+15551234" if number else "https://example.org"
    hint = f"set link: {target} or link: none for the line in the layout"
    context.note("link-none", what, one.span, hint, Severity.NOTE)
