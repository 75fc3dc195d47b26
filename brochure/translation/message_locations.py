"""Places: where each message stands in the layout, in words that a translator can follow.

Takes a layout; gives for each key the pages and frames that it stands in and what it is there: a heading, a list item, the
words that a picture is described by. The blocks' own models say what their fields are for, so no kind is known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.blocks import KINDS
from brochure.fast_dataclass import dataclass
from brochure.layout.page_plan import plan
from brochure.layout.threads import threads
from brochure.spec.fields import FieldModel, is_model, model_fields
from brochure.spec.model import Layout
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class MessageLocation:
    """One place of a message: the pages and the frame that it runs through, its role, and its style where one is named."""

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
    """The places of every message that stands in a frame."""
    found: dict[str, list[MessageLocation]] = {}
    for thread in threads(layout, plan(layout)):
        pages = tuple(page.number for page in thread.pages)
        for block in thread.content:
            for use in _in_block(block):
                place = MessageLocation(pages, thread.frames[0].name, use.role, use.style)
                found.setdefault(use.key, []).append(place)
    return {key: tuple(dict.fromkeys(several)) for key, several in found.items()}


@dataclass(frozen=True, slots=True)
class MessageUse:
    """What a message is in a block."""

    key: str
    role: str
    style: str


def _in_block(block: Any) -> Iterator[MessageUse]:
    kind = _kind(block)
    model: type = type(block)
    for at, field in enumerate(model_fields(model)):
        yield from _in_value(getattr(block, field.name), _Field(kind, field, at == 0, block))


def _kind(block: object) -> str:
    """The block's kind as a designer writes it."""
    return type(block).__module__.rpartition(".")[2].replace("_", "-")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that messages are looked for in."""

    kind: str
    model: FieldModel
    first: bool
    owner: object

    def role(self, *, several: bool) -> str:
        """What stands in it: `heading`, `list item`, `quote (who said them)`."""
        if self.first:
            return f"{self.kind} item" if several else self.kind
        about = self.model.doc.partition(";")[0]
        return f"{self.kind} ({about})"

    def style(self) -> str:
        """The style that the block names for it, if it does."""
        own = "style" if self.first else f"{self.model.name}_style"
        named = getattr(self.owner, own, None)
        return named.name if isinstance(named, StyleName) else ""


def _in_value(value: object, field: _Field, *, several: bool = False) -> Iterator[MessageUse]:
    if isinstance(value, Message):
        yield MessageUse(value.key, field.role(several=several), field.style())
    elif isinstance(value, tuple):
        for item in value:
            yield from _in_value(item, field, several=True)
    elif is_model(type(value)):
        yield from _in_block(value) if _is_block(value) else _in_part(value, field)


def _is_block(value: object) -> bool:
    kind = _kind(value)
    return kind in KINDS.names() and KINDS.model(kind) is type(value)


def _in_part(part: Any, field: _Field) -> Iterator[MessageUse]:
    """Messages in a part of a block, such as one bar of a chart."""
    model: type = type(part)
    for own in model_fields(model):
        inner = _Field(field.kind, own, first=False, owner=part)
        yield from _in_value(getattr(part, own.name), inner)
