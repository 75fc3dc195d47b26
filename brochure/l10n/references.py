"""Find every message, asset and variable that a layout refers to.

Values are traversed by type, without knowledge of block kinds.
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
    """Return every message, asset and variable that a layout refers to, in layout order."""
    return tuple(references(layout))


def references(value: object) -> Iterator[Reference]:
    """Yield every message, asset and variable that a value refers to, at any depth, in layout order."""
    if isinstance(value, (Message, Asset, FactName)):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from references(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from references(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _field_names(type(value)):
            yield from references(getattr(value, name))


@lru_cache(maxsize=256)
def _field_names(model: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(model) if field.name != "span")
