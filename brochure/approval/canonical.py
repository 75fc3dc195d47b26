"""Digests of values: the same on every machine and in every version of Python.

A value is written as text in one way only. Numbers are rounded, so that the last bits of floating-point results do not count;
places in source files (`span`) and fields that are not compared are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from itertools import repeat
from operator import mul
from typing import Any

from brochure.fonts.face import Face
from brochure.geometry import Matrix
from brochure.system.files import digest

STEPS = 1000
"""Numbers are rounded to thousandths: of a point, of an ink's coverage."""
MATRIX_STEPS = 1_000_000
"""The coefficients of a rotation are multiplied with distances of up to a thousand points."""
LEFT_OUT = ("span", "origin")

PAGE_DIGEST_SIZE, SOURCE_DIGEST_SIZE = 16, 6
"""Bytes of a page's digest, and of the digest of one thing that the page is made from."""


def digest_text(text: str, size: int = PAGE_DIGEST_SIZE) -> str:
    """Return the BLAKE2b digest of a text, in hexadecimal."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def digest_value(value: object, size: int = SOURCE_DIGEST_SIZE) -> str:
    """Return the digest of a value, in hexadecimal."""
    return digest_text(format_value(value), size)


def format_value(value: Any) -> str:
    """Return the canonical text of a value: text, numbers, words, tuples, mappings and dataclasses of them."""
    format_simple = _SIMPLE.get(type(value))
    return format_simple(value) if format_simple else _format_by_kind(value)


def _format_number(value: float) -> str:
    return str(round(value * STEPS))


def _format_sequence(value: Sequence[Any]) -> str:
    if NUMBERS.issuperset(map(type, value)):  # the advances and offsets of a line, for example
        texts: Iterable[str] = map(str, map(round, map(mul, value, repeat(STEPS))))
    else:
        texts = map(format_value, value)
    return f"({' '.join(texts)})"


NUMBERS = frozenset({int, float})


_SIMPLE: Mapping[type, Callable[[Any], str]] = {
    type(None): str,
    bool: str,
    int: _format_number,
    float: _format_number,
    str: json.dumps,
    tuple: _format_sequence,
}
"""The types of most values on a page."""


def _format_by_kind(value: Any) -> str:
    match value:
        case int() | float():
            text = _format_number(value)
        case str():
            text = json.dumps(value)
        case Enum():
            text = format_value(value.value)
        case tuple() | list():
            text = _format_sequence(value)
        case set() | frozenset():
            text = f"({' '.join(sorted(map(format_value, value)))})"
        case Mapping():
            text = f"({' '.join(sorted(_format_entries(value)))})"
        case Face():
            text = digest_face(value)
        case Matrix():
            text = _format_matrix(value)
        case _:
            text = _format_dataclass(value)
    return text


def _format_entries(mapping: Mapping[Any, Any]) -> Iterator[str]:
    for key, value in mapping.items():
        yield f"{format_value(key)}:{format_value(value)}"


def _format_matrix(matrix: Matrix) -> str:
    scaled = (matrix.a, matrix.b, matrix.c, matrix.d)
    numbers = [round(number * MATRIX_STEPS) for number in scaled]
    return f"[{numbers} {round(matrix.e * STEPS)} {round(matrix.f * STEPS)}]"


def _format_dataclass(value: Any) -> str:
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"a value of the type {type(value).__name__} has no canonical text")
    kind = type(value)
    inside = " ".join(format_value(getattr(value, name)) for name in compared_fields(kind))
    return f"{kind.__name__}({inside})"


@lru_cache(maxsize=512)
def compared_fields(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields that take part in equality, without places in source files."""
    every = fields(kind)
    return tuple(one.name for one in every if one.compare and one.name not in LEFT_OUT)


@lru_cache(maxsize=256)
def digest_face(face: Face) -> str:
    """Return the digest of a face: its font file, its index in a collection, and its axes."""
    program = digest(face.program.data).hex()[:32]
    return f"Face({program} {face.index} {format_value(face.axes)})"
