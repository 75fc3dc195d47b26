"""List: items with bullets, numbers, dashes, lead words or no markers.

Markers are set in front of the items; numbers align on their points, so that 9 and 10 line up. With `marker: lead` the
words at the start of each item that are marked as **strong** get a column of their own, as wide as the widest of them. The
marker column widens if a marker would overlap its item. An item may have several paragraphs (a blank line in its message).
Below the list is at least the `space-after` of the style `body`.

Example:
    - list: [solution.rescue, solution.train, solution.strengthen]
      marker: bullet
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, Span
from brochure.l10n.story import Words
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Item
from brochure.model.galley import Galley, GalleyParagraph, line_items, move_item
from brochure.spec.constraints import Distance, Number
from brochure.spec.values import CharacterName, Length, Message, StyleName
from brochure.typeset.lines import LineSlot, LineSlots
from brochure.typeset.paragraph import PreparedParagraph, compose
from brochure.typeset.style import Align, ParagraphStyle


class Marker(Enum):
    """Markers of list items."""

    BULLET = "bullet"
    NUMBER = "number"
    DASH = "dash"
    LEAD = "lead"
    NONE = "none"


NUMBERING = {Marker.BULLET: "Disc", Marker.NUMBER: "Decimal"}
"""Value of the ListNumbering attribute (ISO 32000-1, table 347); None for the other markers."""

MARKER_TEXT = {Marker.BULLET: "•", Marker.DASH: "–"}

GAP, LEAD_GAP = 0.35, 1.0
"""Minimum gap between a marker, or lead words, and the item, in ems."""


@dataclass(frozen=True, slots=True)
class List:
    """A list."""

    span: Span
    items: Annotated[tuple[Message, ...], "the items, one message each"]
    marker: Annotated[Marker, "marker: bullet, dash, number, lead or none"] = Marker.BULLET
    style: Annotated[StyleName | None, "paragraph style of the items (default: `list`)"] = None
    indent: Annotated[Distance, "indent of the items; larger if a marker is wider"] = Length(
        ems=1.2
    )
    character: Annotated[CharacterName | None, "character style of the markers"] = None
    start: Annotated[Number, "first number of a numbered list"] = 1


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A list item before typesetting: its marker and its paragraphs without the marker."""

    message: Message
    marker: tuple[Words, ...]
    paragraphs: tuple[tuple[Words, ...], ...]


def galley(block: List, context: BlockContext) -> Galley:
    """Typeset the items, each tagged as LI with Lbl and LBody."""
    style = context.style(block.style, "list")
    entries = [_entry(block, index, style, context) for index in range(len(block.items))]
    markers = [_marker(entry, block, style, context) for entry in entries]
    widths = [context.width(marker) if marker else 0.0 for marker in markers]
    widest = max(widths, default=0.0)
    indent = _indent(block, context, style, widest)
    numbering = NUMBERING.get(block.marker, "None")
    within = context.within("L", (("ListNumbering", numbering),))
    pieces: list[GalleyParagraph] = []
    for entry, marker, width in zip(entries, markers, widths, strict=True):
        item = within.within("LI")
        shift = widest - width if block.marker is Marker.NUMBER else 0.0
        label = _label(marker, shift if context.edition.left_to_right else -shift, item)
        pieces.extend(_item(entry, style, indent, label, item))
    return (*pieces[:-1], *_space_below(pieces[-1:], context))


def _space_below(
    last: Sequence[GalleyParagraph], context: BlockContext
) -> Iterator[GalleyParagraph]:
    """Yield the last paragraph with at least the space below it that running text has."""
    body = context.style(None, "body")
    for piece in last:
        style = piece.text.style
        space = max(style.space_after, body.space_after)
        yield replace(piece, text=replace(piece.text, style=replace(style, space_after=space)))


# Markers


def _entry(block: List, index: int, style: ParagraphStyle, context: BlockContext) -> ListEntry:
    message = block.items[index]
    paragraphs = context.story(message, style).paragraphs
    if block.marker is Marker.LEAD:
        return _split_lead(message, paragraphs, context)
    if block.marker is Marker.NONE:
        return ListEntry(message, (), paragraphs)
    number = context.figure(block.start + index) + "."
    return ListEntry(message, (Words(MARKER_TEXT.get(block.marker, number)),), paragraphs)


def _split_lead(
    message: Message, paragraphs: Sequence[tuple[Words, ...]], context: BlockContext
) -> ListEntry:
    """Split the strong lead words from the first paragraph of an item."""
    first = paragraphs[0]
    if not first or not first[0].marks.strong:
        what = f"message '{message.key}' does not start with lead words; mark them as strong"
        hint = "**Rescue** more than …"
        context.note("list-lead", what, context.story(message).span, hint, Severity.WARNING)
        return ListEntry(message, (), tuple(paragraphs))
    rest = first[1:]
    if rest:
        rest = (replace(rest[0], text=rest[0].text.lstrip(" \u00a0")), *rest[1:])
    return ListEntry(message, first[:1], (rest, *paragraphs[1:]))


def _marker(
    entry: ListEntry, block: List, style: ParagraphStyle, context: BlockContext
) -> PreparedParagraph | None:
    if not entry.marker:
        return None
    type_style = style.type
    if block.character:
        type_style = context.edition.styles.apply_character_style(type_style, block.character.name)
    plain = ParagraphStyle(type_style, style.leading, Align.LEFT)
    story = context.story(entry.message) if block.marker is Marker.LEAD else None
    return context.prepare(entry.marker, plain, story)


def _indent(block: List, context: BlockContext, style: ParagraphStyle, widest: float) -> float:
    """Return the indent of the items: `indent`, or more to clear the widest marker."""
    if not widest:
        return 0.0
    gap = LEAD_GAP if block.marker is Marker.LEAD else GAP
    return max(widest + gap * style.type.size, context.points(block.indent, style.type.size))


def _label(
    marker: PreparedParagraph | None, shift: float, context: BlockContext
) -> tuple[Item, ...]:
    """Return the marker's items, with the origin at the first baseline and the start edge of the list."""
    if marker is None:
        return ()
    line = compose(marker, LineSlots((), LineSlot(0.0, 1e4)))[0]
    tag = context.tag("Lbl")
    return tuple(move_item(item, shift, 0.0) for item in line_items(line, 0.0, 0.0, tag))


# Items


def _item(
    entry: ListEntry,
    style: ParagraphStyle,
    indent: float,
    label: tuple[Item, ...],
    context: BlockContext,
) -> Iterator[GalleyParagraph]:
    body = context.within("LBody")
    story = context.story(entry.message)
    for index, words in enumerate(entry.paragraphs):
        yield GalleyParagraph(
            body.prepare(words, style, story),
            body.tag("P"),
            indent,
            label if index == 0 else (),
            key=story.key,
            span=story.span,
        )
