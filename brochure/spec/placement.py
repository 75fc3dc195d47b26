"""Parse placements: `columns 1-4, rows 7-9`, `spread-bleed`, `x 12 mm, y 2 cm, width 50 mm, height 3 lines`, `below photo`.

The parts are separated by commas and may come in any order.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from brochure.findings import Span, nearest
from brochure.lazy_pattern import compile_lazily
from brochure.spec.lengths import Hint, InvalidValue, length
from brochure.spec.values import Area, Edge, FrameSide, Length, Placement, RelativeAlign

AREAS = {area.value: area for area in Area}
EDGES = {edge.value: edge for edge in Edge}
COUNTED = compile_lazily(r"(columns?|rows?)\s+([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?")
MEASURES = ("x", "y", "width", "height")
SIDES = {side.value: side for side in FrameSide}
ALIGNS = {one.value: one for one in RelativeAlign}
PARTS = ("columns", "rows", *MEASURES, *EDGES, "bleed", *AREAS, *SIDES, "gap", "align")
MISSING_COMMA = compile_lazily(
    rf"(?<=[^\s,])\s+(?=(?:columns?|rows?|{'|'.join((*MEASURES, *EDGES))})\s+[-+.]?[0-9]|(?:{'|'.join(AREAS)})(?:\s|$))"
)
"""White space before the next part of a placement."""


def place(text: str, span: Span) -> Placement:
    """Parse a placement."""
    values: dict[str, Any] = {}
    edges: list[tuple[Edge, Length]] = []
    beside: list[tuple[FrameSide, str]] = []
    for part in (piece.strip() for piece in text.split(",")):
        word, _, rest = part.partition(" ")
        if word in SIDES:
            beside.append(_side(word, rest.strip(), beside))
            continue
        if word not in AREAS and MISSING_COMMA.search(part):
            hint = f"write '{MISSING_COMMA.sub(', ', text.strip())}'"
            raise InvalidValue(f"a comma is missing in '{part}'", hint)
        if part in AREAS:
            _set_once(values, "area", AREAS[part], part)
        elif word == "bleed":
            _set_once(values, "bleeds", tuple(_edge(name, part) for name in rest.split()), part)
        elif word in MEASURES:
            _set_once(values, word, _measure(word, rest, part), part)
        elif word in EDGES:
            edges.append((EDGES[word], length(rest)))
        elif word == "gap":
            _set_once(values, "gap", length(rest), part)
        elif word == "align":
            _set_once(values, "align", _align(rest.strip(), part), part)
        else:
            name, first_and_last = _range(part)
            _set_once(values, name, first_and_last, part)
    placement = Placement(
        span, edges=tuple(edges), beside=tuple(beside), has_area="area" in values, **values
    )
    _check_beside(placement)
    return placement


def _side(word: str, name: str, others: list[tuple[FrameSide, str]]) -> tuple[FrameSide, str]:
    side = SIDES[word]
    if not name:
        raise InvalidValue(f"'{word}' needs the name of a frame", f"e.g. '{word} photo, gap 3 mm'")
    for other, _ in others:
        if other.is_vertical is side.is_vertical:
            hint = "keep one of them; 'below' goes with 'left-of' or 'right-of'"
            raise InvalidValue(f"'{other.value}' and '{word}' exclude each other", hint)
    return side, name


def _align(word: str, part: str) -> RelativeAlign:
    word = "centre" if word == "center" else word
    if word not in ALIGNS:
        raise InvalidValue(
            f"'{part}': '{word}' is not an alignment", f"expected one of: {', '.join(ALIGNS)}"
        )
    return ALIGNS[word]


FIXED_EDGES: dict[FrameSide, tuple[str, ...]] = {
    FrameSide.BELOW: ("y", "top"),
    FrameSide.ABOVE: ("bottom",),
    FrameSide.RIGHT_OF: ("x", "left", "inner", "outer"),
    FrameSide.LEFT_OF: ("right", "inner", "outer"),
}
"""Parts that would fix the edge at the other frame, or may do so, a second time."""


def _check_beside(placement: Placement) -> None:
    """Raise `InvalidValue` if parts of a placement beside another frame contradict each other or have no effect."""
    given = {word for word in MEASURES if getattr(placement, word) is not None}
    given |= {edge.value for edge, _ in placement.edges}
    for side, _ in placement.beside:
        for word in FIXED_EDGES[side]:
            if word in given:
                what = f"'{side.value}' and '{word}' both give the place of the same edge"
                raise InvalidValue(what, "remove one of them")
    if not placement.beside and (placement.gap != Length() or placement.align):
        word = "align" if placement.align else "gap"
        raise InvalidValue(
            f"'{word}' needs another frame", f"e.g. 'below photo, {word} …'; a frame is named first"
        )
    if placement.align:
        _check_align(placement, placement.align)


def _check_align(placement: Placement, align: RelativeAlign) -> None:
    sides = [side for side, _ in placement.beside]
    if any(side.is_vertical is align.is_vertical for side in sides):
        words = [one.value for one in RelativeAlign if one.is_vertical is not align.is_vertical]
        hint = f"expected one of: {', '.join(words)}" if len(sides) == 1 else "remove it"
        raise InvalidValue(f"'align {align.value}' has no effect beside '{sides[0].value}'", hint)
    size = "height" if align.is_vertical else "width"
    if getattr(placement, size) is None:
        what = f"'align {align.value}' needs a {size}: without one, the {size}s are the same"
        raise InvalidValue(what, f"add '{size} …'")


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
