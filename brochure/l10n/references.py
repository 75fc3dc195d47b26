"""References: every message, asset and fact that a layout names.

Takes any value of the layout; gives what it names, at any depth and in the layout's order. Block kinds need not be known
here: values are walked by their types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache

from brochure.spec.model import Layout
from brochure.spec.values import Asset, FactName, Message

Reference = Message | Asset | FactName


@lru_cache(maxsize=8)
def find_references(layout: Layout) -> tuple[Reference, ...]:
    """Every message, asset and fact that a layout names, in its order."""
    return tuple(references(layout))


def references(value: object) -> Iterator[Reference]:
    """Every message, asset and fact that a value names, at any depth, in the order of the layout."""
    if isinstance(value, (Message, Asset, FactName)):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from references(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from references(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            yield from references(getattr(value, name))


@lru_cache(maxsize=256)
def _names(model: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(model) if field.name != "span")
