"""Parse placements: `columns 1-4, rows 7-9`, `spread-bleed`, `x 12 mm, y 2 cm, width 50 mm, height 3 lines`.

The parts are separated by commas and may come in any order.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from brochure.findings import Span, nearest
from brochure.spec.lengths import Hint, InvalidValue, length
from brochure.spec.values import Area, Edge, Length, Placement

AREAS = {area.value: area for area in Area}
EDGES = {edge.value: edge for edge in Edge}
COUNTED = re.compile(r"(columns?|rows?)\s+([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?")
MEASURES = ("x", "y", "width", "height")
PARTS = ("columns", "rows", *MEASURES, *EDGES, "bleed", *AREAS)
MISSING_COMMA = re.compile(
    rf"(?<=[^\s,])\s+(?=(?:columns?|rows?|{'|'.join((*MEASURES, *EDGES))})\s+[-+.]?[0-9]|(?:{'|'.join(AREAS)})(?:\s|$))"
)
"""White space before the next part of a placement."""


def place(text: str, span: Span) -> Placement:
    """Parse a placement."""
    values: dict[str, Any] = {}
    edges: list[tuple[Edge, Length]] = []
    for part in (piece.strip() for piece in text.split(",")):
        if part.split(" ")[0] not in AREAS and MISSING_COMMA.search(part):
            hint = f"write '{MISSING_COMMA.sub(', ', text.strip())}'"
            raise InvalidValue(f"a comma is missing in '{part}'", hint)
        word, _, rest = part.partition(" ")
        if part in AREAS:
            _set_once(values, "area", AREAS[part], part)
        elif word == "bleed":
            _set_once(values, "bleeds", tuple(_edge(name, part) for name in rest.split()), part)
        elif word in MEASURES:
            _set_once(values, word, _measure(word, rest, part), part)
        elif word in EDGES:
            edges.append((EDGES[word], length(rest)))
        else:
            name, first_and_last = _range(part)
            _set_once(values, name, first_and_last, part)
    return Placement(span, edges=tuple(edges), **values)


def _set_once(values: dict[str, Any], name: str, value: object, part: str) -> None:
    if name in values:
        raise InvalidValue(f"'{part}' repeats an earlier part", "write each part once")
    values[name] = value


def _measure(word: str, text: str, part: str) -> Length:
    value = length(text)
    if word in ("width", "height") and max(_parts(value)) <= 0:
        raise InvalidValue(f"'{part}' makes the frame empty", f"the {word} must be greater than 0")
    return value


def _parts(value: Length) -> tuple[float, ...]:
    return value.points, value.lines, value.columns, value.rows, value.ems


def _edge(name: str, part: str) -> Edge:
    if name not in EDGES:
        hint = f"expected one of: {', '.join(EDGES)}"
        raise InvalidValue(f"'{part}': '{name}' is not an edge", hint)
    return EDGES[name]


def _range(part: str) -> tuple[str, tuple[int, int]]:
    match = COUNTED.fullmatch(part)
    if not match:
        word = part.split(" ", maxsplit=1)[0]
        hint: Hint = partial(nearest, part.replace(" ", "-") if word in AREAS else word, PARTS)
        if word.rstrip("s") in ("column", "row"):
            hint = f"expected one number or a range, e.g. '{word} 1-4'"
        raise InvalidValue(f"'{part}' is not a valid part of a placement", hint)
    first = int(match.group(2))
    last = int(match.group(3) or first)
    if first < 1 or last < first:
        hint = "numbers start at 1; write the smaller one first"
        raise InvalidValue(f"'{part}' is not a valid range", hint)
    return match.group(1).rstrip("s") + "s", (first, last)
