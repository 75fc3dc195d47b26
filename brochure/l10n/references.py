"""Find every message, asset and variable that a layout refers to.

Values are traversed by type, without knowledge of block kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, TypeVar

from brochure.spec.model import Layout
from brochure.spec.values import Asset, FactName, Message

Reference = Message | Asset | FactName


@lru_cache(maxsize=8)
def find_references(layout: Layout) -> tuple[Reference, ...]:
    """Return every message, asset and variable that a layout refers to, in layout order."""
    return tuple(references(layout))


def references(value: object) -> Iterator[Reference]:
    """Yield every message, asset and variable that a value refers to, at any depth, in layout order."""
    return find_values(value, (Message, Asset, FactName))


Found = TypeVar("Found")


def find_values(value: object, kinds: tuple[type[Found], ...]) -> Iterator[Found]:
    """Yield every value of these types inside a value, at any depth, in layout order. The types are neither text nor numbers."""
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, kinds):
            yield one
            continue
        model: type = type(one)
        parts = _parts(model)
        if parts:
            inside: Iterable[Any] = [getattr(one, name) for name in parts]
        elif parts is None:
            continue
        else:
            inside = reversed(tuple(one.values()) if isinstance(one, Mapping) else one)
        waiting.extend([part for part in inside if part.__class__ not in SCALARS])


SCALARS = frozenset({str, int, float, bool, type(None)})
"""Types of most values of a layout, which contain no others."""


@lru_cache(maxsize=512)
def _parts(model: type) -> tuple[str, ...] | None:
    """Return what to look into in values of a type: fields, last first; none for a collection; None for all other values."""
    if issubclass(model, (tuple, Mapping)):
        return ()
    return (tuple(reversed(field_names(model))) or None) if is_dataclass(model) else None


@lru_cache(maxsize=256)
def field_names(model: type) -> tuple[str, ...]:
    """Return the names of the fields that can contain references."""
    return tuple(field.name for field in fields(model) if field.name not in LEFT_OUT)


LEFT_OUT = ("span", "declared", "findings")
"""Fields without references of an edition: places, and the layout that it was chosen from."""
