"""Places as they are written: `columns 1-4, rows 7-9`, `spread-bleed`, `x 12 mm, y 2 cm, width 50 mm, height 3 lines`.

Takes text; gives a `Placement`, or a `InvalidValue` that names the part that cannot be read. Parts are parted by commas and may
come in any order.
"""

from __future__ import annotations

import re
from typing import Any

from brochure.findings import Span, nearest
from brochure.spec.lengths import InvalidValue, length
from brochure.spec.values import Area, Edge, Length, Placement

AREAS = {area.value: area for area in Area}
EDGES = {edge.value: edge for edge in Edge}
COUNTED = re.compile(r"(columns?|rows?)\s+([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?")
MEASURES = ("x", "y", "width", "height")
PARTS = ("columns", "rows", *MEASURES, *EDGES, "bleed", *AREAS)


def place(text: str, span: Span) -> Placement:
    """The place that a text names."""
    found: dict[str, Any] = {}
    edges: list[tuple[Edge, Length]] = []
    for part in (piece.strip() for piece in text.split(",")):
        word, _, rest = part.partition(" ")
        if part in AREAS:
            _once(found, "area", AREAS[part], part)
        elif word == "bleed":
            _once(found, "bleeds", tuple(_edge(name, part) for name in rest.split()), part)
        elif word in MEASURES:
            _once(found, word, _measure(word, rest, part), part)
        elif word in EDGES:
            edges.append((EDGES[word], length(rest)))
        else:
            name, first_and_last = _counted(part)
            _once(found, name, first_and_last, part)
    return Placement(span, edges=tuple(edges), **found)


def _once(found: dict[str, Any], name: str, value: object, part: str) -> None:
    if name in found:
        raise InvalidValue(f"'{part}' says again what is said before it", "say each part once")
    found[name] = value


def _measure(word: str, text: str, part: str) -> Length:
    value = length(text)
    if word in ("width", "height") and max(_parts(value)) <= 0:
        raise InvalidValue(f"'{part}' leaves nothing of the frame", "make it larger than 0")
    return value


def _parts(value: Length) -> tuple[float, ...]:
    return value.points, value.lines, value.columns, value.rows, value.ems


def _edge(name: str, part: str) -> Edge:
    if name not in EDGES:
        raise InvalidValue(f"'{part}': '{name}' is no edge", f"one of: {', '.join(EDGES)}")
    return EDGES[name]


def _counted(part: str) -> tuple[str, tuple[int, int]]:
    match = COUNTED.fullmatch(part)
    if not match:
        word = part.split(" ", maxsplit=1)[0]
        raise InvalidValue(f"'{part}' is no part of a place", nearest(word, PARTS))
    first = int(match.group(2))
    last = int(match.group(3) or first)
    if first < 1 or last < first:
        raise InvalidValue(f"'{part}' counts wrongly", "they count from 1, the smaller first")
    return match.group(1).rstrip("s") + "s", (first, last)
