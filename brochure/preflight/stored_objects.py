"""Page objects as JSON, for the cache. Numbers survive the round trip exactly.

The data begin with the fields of each type, so that what was written before a type was changed is not read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from brochure.geometry import Matrix, Rect
from brochure.model.display_list import Outline
from brochure.preflight.model import (
    ColourSpace,
    ColourValue,
    ImageObject,
    ObjectLocation,
    PageObject,
    PathObject,
    TextObject,
)
from brochure.preflight.shapes import Shape

TYPES: dict[str, Any] = {
    one.__name__: one
    for one in (
        ColourValue,
        ImageObject,
        Matrix,
        ObjectLocation,
        Outline,
        PathObject,
        Rect,
        Shape,
        TextObject,
    )
}


def serialize(objects: Sequence[PageObject]) -> bytes:
    """Return objects that were placed by no line of a layout as JSON."""
    content = {"fields": _list_fields(), "objects": [*map(_encode, objects)]}
    return json.dumps(content, separators=(",", ":")).encode()


def deserialize(data: bytes | memoryview) -> tuple[PageObject, ...]:
    """Return objects that were serialized.

    Raises:
        ValueError, TypeError, KeyError: They are not what `serialize` has written.
    """
    content = json.loads(bytes(data))
    if content["fields"] != _list_fields():
        raise ValueError("the types have other fields")
    objects: tuple[PageObject, ...] = _decode(content["objects"])
    return objects


def _list_fields() -> dict[str, list[str]]:
    return {name: [field.name for field in fields(one)] for name, one in TYPES.items()}


def _encode(value: Any) -> Any:
    """Return a value that JSON has: a dataclass as its name with its fields, a colour space as its name."""
    if isinstance(value, ColourSpace):
        return {"space": value.name}
    if isinstance(value, tuple):
        return [*map(_encode, value)]
    if is_dataclass(value):
        own = [_encode(getattr(value, field.name)) for field in fields(value)]
        return {"type": type(value).__name__, "fields": own}
    return value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        if value and isinstance(value[0], int | float):
            return tuple(value)  # numbers: most of all values are coordinates
        return tuple(map(_decode, value))
    if isinstance(value, dict):
        if "space" in value:
            return ColourSpace[value["space"]]
        return TYPES[value["type"]](*map(_decode, value["fields"]))
    return value
