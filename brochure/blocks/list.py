"""List: items under one another, with bullets, numbers, lead words or nothing before them.

With `marker: bullet` and `number` the marker hangs beside the item. With `lead` each item opens with the words that it
marks as **strong**, and stands without a marker. An item may have several paragraphs (a blank line in its message).

Example:
    - list: [solution.rescue, solution.train, solution.strengthen]
      marker: bullet
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Annotated

from brochure.findings import Span
from brochure.galley import Galley, Matter, items_of
from brochure.placed import Item
from brochure.setter import Setter
from brochure.spec.values import CharacterName, Length, Message, StyleName
from brochure.typeset.line import Slot, Slots
from brochure.typeset.paragraph import compose
from brochure.typeset.style import Align, ParagraphStyle


class Marker(Enum):
    """What stands before an item."""

    BULLET = "bullet"
    NUMBER = "number"
    DASH = "dash"
    LEAD = "lead"
    NONE = "none"


SIGNS = {Marker.BULLET: "•", Marker.DASH: "–"}


@dataclass(frozen=True, slots=True)
class List:
    """A list."""

    span: Span
    items: Annotated[tuple[Message, ...], "the items, each a message"]
    marker: Annotated[Marker, "bullet, dash, number, lead or none"] = Marker.BULLET
    style: Annotated[StyleName | None, "the style of the items; `list` unless told"] = None
    indent: Annotated[Length, "how far the items stand in from their markers"] = Length(ems=1.2)
    character: Annotated[CharacterName | None, "the character style of the markers"] = None
    start: Annotated[int, "the first number"] = 1


def galley(block: List, setter: Setter) -> Galley:
    """Each item as LI with its label and its body."""
    style = setter.style(block.style, "list")
    within = setter.within("L")
    plain = block.marker in (Marker.LEAD, Marker.NONE)
    indent = 0.0 if plain else setter.points(block.indent, style.type.size)
    pieces: list[Matter] = []
    for at, message in enumerate(block.items):
        item = within.within("LI")
        mark = "" if plain else _mark(block, at, setter)
        pieces.extend(_item(message, style, indent, _label(mark, block, style, item), item))
    return tuple(pieces)


def _mark(block: List, at: int, setter: Setter) -> str:
    if block.marker is Marker.NUMBER:
        return setter.figure(block.start + at) + "."
    return SIGNS[block.marker]


def _item(
    message: Message,
    style: ParagraphStyle,
    indent: float,
    label: tuple[Item, ...],
    setter: Setter,
) -> Iterator[Matter]:
    body = setter.within("LBody")
    story = setter.story(message)
    for at, words in enumerate(story.paragraphs):
        yield Matter(
            body.prepared(words, style, story),
            body.tag("P"),
            indent,
            label if at == 0 else (),
            key=story.key,
            span=story.span,
        )


def _label(mark: str, block: List, style: ParagraphStyle, setter: Setter) -> tuple[Item, ...]:
    """The marker, on the item's first baseline, its origin at the start edge of the list."""
    if not mark:
        return ()
    type_style = style.type
    if block.character:
        type_style = setter.edition.styles.dressed(type_style, block.character.name)
    plain = replace(style, type=type_style, align=Align.LEFT, drop=None, indent_first=0.0)
    prepared = setter.plain(mark, plain)
    lines = compose(prepared, Slots((), Slot(0.0, 1e4)))
    return tuple(items_of(lines[0], 0.0, 0.0, setter.tag("Lbl")))
