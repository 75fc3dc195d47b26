"""Locate each message in the layout, for comments to translators.

For each key, list the pages and the frame where it is used and its role there, such as heading or alternative text. Roles
come from the field documentation of the block models, so no block kind is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from brochure.blocks import KINDS
from brochure.fast_dataclass import dataclass
from brochure.l10n.message_file import SourceMessage
from brochure.l10n.notes import find_marking
from brochure.layout.page_plan import plan
from brochure.layout.threads import threads
from brochure.spec.block_keys import SpanningBlocks
from brochure.spec.fields import FieldModel, is_model, model_fields
from brochure.spec.model import Content, Layout
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class MessageLocation:
    """One use of a message: the pages and frame of its thread, its role, and its paragraph style if one is named."""

    pages: tuple[int, ...]
    frame: str
    role: str
    style: str = ""

    def __str__(self) -> str:
        numbers = [str(number) for number in dict.fromkeys(self.pages)]
        pages = f"page {numbers[0]}" if len(numbers) == 1 else f"pages {', '.join(numbers)}"
        style = f", style {self.style}" if self.style else ""
        return f"{pages}, frame {self.frame}, {self.role}{style}"


def find_locations(layout: Layout) -> dict[str, tuple[MessageLocation, ...]]:
    """Return the locations of every message that is used in a frame, by key."""
    locations: dict[str, list[MessageLocation]] = {}
    for thread in threads(layout, plan(layout)):
        pages = tuple(page.number for page in thread.pages)
        for block in _unwrap(thread.content):
            for use in _find_in_block(block):
                place = MessageLocation(pages, thread.frames[0].name, use.role, use.style)
                locations.setdefault(use.key, []).append(place)
    return {key: tuple(dict.fromkeys(several)) for key, several in locations.items()}


def _unwrap(content: Content) -> Iterator[object]:
    """Yield blocks, also those that span columns."""
    for block in content:
        if isinstance(block, SpanningBlocks):
            yield from block.content
        else:
            yield block


def add_notes(
    locations: Mapping[str, tuple[MessageLocation, ...]], entries: Mapping[str, SourceMessage]
) -> dict[str, tuple[MessageLocation, ...]]:
    """Return the locations with those of the notes, which are where the messages are that have marks for them.

    Args:
        locations: The locations of the messages in blocks.
        entries: The source copy.
    """
    found = dict(locations)
    for note, keys in find_marking(entries).items():
        places = (
            replace(place, role=f"note in {key}", style="")
            for key in keys
            for place in locations.get(key, ())
        )
        found[note] = tuple(dict.fromkeys((*locations.get(note, ()), *places)))
    return {key: places for key, places in found.items() if places}


@dataclass(frozen=True, slots=True)
class MessageUse:
    """The use of a message in a block."""

    key: str
    role: str
    style: str


def _find_in_block(block: Any) -> Iterator[MessageUse]:
    kind = _kind_name(block)
    model: type = type(block)
    for at, field in enumerate(model_fields(model)):
        yield from _find_in_value(getattr(block, field.name), _Field(kind, field, at == 0, block))


def _kind_name(block: object) -> str:
    """Return the block's kind as written in YAML."""
    return type(block).__module__.rpartition(".")[2].replace("_", "-")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a block, searched for messages."""

    kind: str
    model: FieldModel
    first: bool
    owner: object

    def role(self, *, several: bool) -> str:
        """Return the role of its messages, such as `heading`, `list item` or `quote (attribution)`."""
        if self.first:
            return f"{self.kind} item" if several else self.kind
        about = self.model.doc.partition(";")[0]
        return f"{self.kind} ({about})"

    def style(self) -> str:
        """Return the style that the block sets for it; empty for none."""
        own = "style" if self.first else f"{self.model.name}_style"
        named = getattr(self.owner, own, None)
        return named.name if isinstance(named, StyleName) else ""


def _find_in_value(value: object, field: _Field, *, several: bool = False) -> Iterator[MessageUse]:
    if isinstance(value, Message):
        yield MessageUse(value.key, field.role(several=several), field.style())
    elif isinstance(value, tuple):
        for item in value:
            yield from _find_in_value(item, field, several=True)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _find_in_value(item, field, several=True)
    elif is_model(type(value)):
        yield from _find_in_block(value) if _is_block(value) else _find_in_part(value, field)


def _is_block(value: object) -> bool:
    kind = _kind_name(value)
    return kind in KINDS.names() and KINDS.model(kind) is type(value)


def _find_in_part(part: Any, field: _Field) -> Iterator[MessageUse]:
    """Find messages in a part of a block, such as one bar of a chart."""
    model: type = type(part)
    for own in model_fields(model):
        inner = _Field(field.kind, own, first=False, owner=part)
        yield from _find_in_value(getattr(part, own.name), inner)
