"""Reads values of PDF objects that may be missing, null or of the wrong type (ISO 32000-1, 7.3).

pypdf does not validate objects. A value of the wrong type is read as if it were missing; the check `object-types` reports it.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Mapping
from math import isfinite
from typing import Any

DAMAGE_ERRORS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError),
    *(RecursionError, TypeError, ValueError, zlib.error),
)
"""Errors that pypdf raises for damaged files, besides its own."""

NO_ENTRIES: Mapping[str, Any] = {}
MAX_REFERENCES = 32
"""How many references may follow each other; more are a loop."""


def damage_errors() -> tuple[type[Exception], ...]:
    """Return all errors that reading a damaged file raises, pypdf's own included; silence its log."""
    # Imported here: pypdf is large, and commands that read no PDF need not load it.
    from pypdf.errors import DependencyError, DeprecationError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # keep its warnings off standard error
    return (PyPdfError, DependencyError, DeprecationError, *DAMAGE_ERRORS)


def resolve(value: Any) -> Any:
    """Follow references; None for null and for objects that are missing or cannot be read (7.3.10)."""
    for _ in range(MAX_REFERENCES):
        follow = getattr(value, "get_object", None)
        if follow is None:
            return value
        try:
            target = follow()
        except damage_errors():
            return None
        if target is value:
            return None if type(value).__name__ == "NullObject" else value
        value = target
    return None


def get(holder: Any, key: str) -> Any:
    """Return an entry of a dictionary, resolved; None if it is missing or `holder` is not a dictionary."""
    holder = resolve(holder)
    if not isinstance(holder, dict) or key not in holder:
        return None
    return resolve(dict.get(holder, key))


def get_dictionary(holder: Any, key: str) -> Mapping[str, Any]:
    """Return an entry that is a dictionary or stream; empty if it is not."""
    value = get(holder, key)
    return value if isinstance(value, dict) else NO_ENTRIES


def get_array(holder: Any, key: str) -> list[Any]:
    """Return the resolved items of an entry that is an array; empty if it is not."""
    value = get(holder, key)
    return [resolve(one) for one in value] if isinstance(value, list) else []


def get_stream(holder: Any, key: str) -> Any:
    """Return an entry that is a stream; None if it is not."""
    value = get(holder, key)
    return value if hasattr(value, "get_data") else None


def get_number(holder: Any, key: str, default: float) -> float:
    """Return an entry that is a finite number."""
    value = get(holder, key)
    return float(value) if is_number(value) else default


def get_integer(holder: Any, key: str, default: int) -> int:
    """Return an entry that is a number, as an integer."""
    return int(get_number(holder, key, default))


def get_numbers(holder: Any, key: str, count: int) -> tuple[float, ...] | None:
    """Return an entry that is an array of at least `count` numbers, of which it returns `count`; None if it is not."""
    return read_numbers(get_array(holder, key), count)


def read_numbers(values: Any, count: int) -> tuple[float, ...] | None:
    """Return the first `count` items of an array as numbers; None if there are fewer or others."""
    items = [resolve(one) for one in values[:count]] if isinstance(values, list) else []
    return tuple(map(float, items)) if len(items) == count and all(map(is_number, items)) else None


def get_text(holder: Any, key: str) -> str:
    """Return an entry that is a name or a string as text; empty if it is not."""
    value = get(holder, key)
    return str(value) if isinstance(value, str) else ""


def get_filters(stream: Any, key: str = "/Filter") -> list[str]:
    """Return the names of a stream's filters; empty if it has none."""
    value = get(stream, key)
    names = [resolve(one) for one in value] if isinstance(value, list) else [value]
    return [str(one) for one in names if isinstance(one, str)]


def is_number(value: Any) -> bool:
    """Return whether a resolved value is a finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) < MAX_NUMBER and isfinite(value)


MAX_NUMBER = 1e12
"""Larger numbers are damage: no length, size or index of a page is as large."""


def read_boolean(value: Any) -> bool:
    """Return a Boolean; pypdf wraps them in objects that are always true."""
    value = resolve(value)
    return bool(getattr(value, "value", value))
