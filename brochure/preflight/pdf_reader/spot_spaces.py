"""Finds the colour spaces with spot inks, and compares their alternate colours (ISO 32000-1, 8.6.6.4 and 8.6.6.5)."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator
from typing import Any

from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get, resolve
from brochure.preflight.model import UsedKind, UsedObject

KINDS = ("/Separation", "/DeviceN")
BASES = ("/Indexed", "/Pattern")
"""Colour spaces that have another as their second item."""
MAX_DEPTH = 12
"""Levels of an object that are compared."""


def spot_spaces(used: UsedObject) -> Iterator[list[Any]]:
    """Iterate over the Separation and DeviceN spaces of a used object: a colour space, an image or a shading."""
    if used.kind is UsedKind.COLOUR_SPACE:
        yield from _find_spot_space(used.value)
    elif used.kind in (UsedKind.IMAGE, UsedKind.SHADING):
        yield from _find_spot_space(get(used.value, "/ColorSpace"))


def _find_spot_space(space: Any) -> Iterator[list[Any]]:
    items = [resolve(one) for one in space] if isinstance(space, list) else []
    if len(items) > 1 and items[0] in BASES and isinstance(items[1], list):
        items = [resolve(one) for one in items[1]]
    if len(items) > 3 and items[0] in KINDS:
        yield items


def identify(value: Any, depth: int = 0) -> Hashable:
    """Return a value that is equal for equal objects, whether they are direct or referred to."""
    value = resolve(value)
    if depth > MAX_DEPTH:
        return "…"
    if isinstance(value, list):
        return tuple(identify(one, depth + 1) for one in value)
    if isinstance(value, dict):
        own = [
            (str(key), identify(value[key], depth + 1))
            for key in sorted(value)
            if key not in ENCODING
        ]
        data = read_stream(value)
        return (*own, hashlib.blake2b(data, digest_size=16).digest()) if data else tuple(own)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return round(float(value), 5)
    return str(value)


def name_alternate(space: Any) -> str:
    """Return the name of an alternate colour space, without slash."""
    space = resolve(space)
    items = [resolve(one) for one in space] if isinstance(space, list) else [space]
    return str(items[0] if items else "?").removeprefix("/")


ENCODING = ("/Length", "/Filter", "/DecodeParms")
"""Entries of streams that do not change what they mean."""
