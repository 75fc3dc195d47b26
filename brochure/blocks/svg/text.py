"""Read text elements: white space, places of characters, fonts (SVG 2, chapter 11)."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import groupby, islice, pairwise
from typing import Any

from brochure.blocks.svg.colours import PaintServer, Solid, SvgPaint
from brochure.blocks.svg.context import SVG, Context, Painter, element_name
from brochure.blocks.svg.drawing import (
    SvgChunk,
    SvgFont,
    SvgPiece,
    SvgSpan,
    TextElement,
    TextStroke,
)
from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.font_properties import read_baseline
from brochure.blocks.svg.style import NEUTRAL_WORDS, Style, inherit, read_own, read_properties
from brochure.blocks.svg.values import Scope, read_length, read_lengths
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass

XML = "{http://www.w3.org/XML/1998/namespace}"
SPANS = frozenset(("text", "tspan", "a"))
IGNORED = frozenset(("title", "desc", "metadata"))
PLACES = ("x", "y", "dx", "dy")
MAX_CHARACTERS = 20_000

SHIFTS = {"baseline": 0.0, "sub": -0.2, "super": 0.35}
"""Baseline shifts in ems."""


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """The appearance of characters: of one element."""

    element: Any
    style: Style
    opacity: float
    rise: float
    language: str
    keeps_space: bool


@dataclass(frozen=True, slots=True)
class _Characters:
    """The characters of a text element, and where its elements begin."""

    characters: list[str] = field(default_factory=list)
    looks: list[_Look] = field(default_factory=list)
    places: list[tuple[int, int, Mapping[str, list[float]]]] = field(default_factory=list)


def read_text(
    painter: Painter, element: Any, properties: Mapping[str, str], context: Context
) -> TextElement | None:
    """Return a text element; None if it has no characters. The style of the context is that of the element."""
    found = _Characters()
    style = _align(element, properties, context.style, context.scope)
    look = _Look(
        element,
        style,
        1.0,
        0.0,
        _inherited(element, "lang"),
        _keeps_space(element, properties),
    )
    _collect(element, properties, look, context.scope, found)
    painter.count(element, len(found.characters) // 10 + 1)
    if len(found.characters) > MAX_CHARACTERS:
        refuse(element, f"it has more than {MAX_CHARACTERS:,} characters")
    text = _collapse(found)
    chunks = tuple(_make_chunks(text, _list_places(found, text)))
    return TextElement(element, _list_ids(element), chunks) if chunks else None


def _inherited(element: Any, name: str) -> str:
    """Return the value of an `xml:` attribute of an element or of the nearest one around it that has it."""
    values = (one.get(XML + name) for one in (element, *element.iterancestors()))
    return next((value for value in values if value), "")


def _keeps_space(element: Any, properties: Mapping[str, str]) -> bool:
    space = properties.get("white-space", "")
    return space.startswith("pre") or (not space and _inherited(element, "space") == "preserve")


def _list_ids(element: Any) -> tuple[str, ...]:
    """Return the id of a text, and those of groups around it that contain no other text."""
    ids = [element.get("id")] if element.get("id") else []
    for group in element.iterancestors():
        texts = islice(group.iter(f"{SVG}text"), 2)
        if element_name(group) != "g" or len(list(texts)) > 1:
            break
        if group.get("id"):
            ids.append(group.get("id"))
    return tuple(ids)


# Characters


def _collect(
    element: Any, properties: Mapping[str, str], look: _Look, scope: Scope, found: _Characters
) -> None:
    """Collect the characters of an element and of the elements in it."""
    start = len(found.characters)
    at = len(found.places)
    lists = {
        key: read_lengths(element, key, properties[key], scope)
        for key in PLACES
        if properties.get(key)
    }
    _add(element.text, look, found)
    for child in element:
        _collect_child(child, look, scope, found)
        _add(child.tail, look, found)
    if lists:
        # Outer elements first: places of inner ones take precedence.
        found.places.insert(at, (start, len(found.characters), lists))


def _collect_child(child: Any, outer: _Look, scope: Scope, found: _Characters) -> None:
    name = element_name(child)
    if not name or name in IGNORED:
        return
    if name not in SPANS:
        refuse(child, "in a text, only tspan is supported; convert it to paths")
    properties = read_properties(child)
    own = read_own(child, properties)
    if not own.is_displayed:
        return
    style, scope = inherit(child, properties, outer.style, scope)
    look = _Look(
        child,
        _align(child, properties, style, scope),
        outer.opacity * own.opacity,
        outer.rise + _read_shift(child, properties, scope),
        child.get(XML + "lang") or outer.language,
        outer.keeps_space or _keeps_space(child, properties),
    )
    _collect(child, properties, look, scope, found)


def _align(element: Any, properties: Mapping[str, str], style: Style, scope: Scope) -> Style:
    """Return the style with `alignment-baseline`, which browsers use like `dominant-baseline`."""
    value = properties.get("alignment-baseline", "")
    if value in NEUTRAL_WORDS:
        return style
    return replace(
        style, dominant_baseline=read_baseline(element, "alignment-baseline", value, scope)
    )


def _read_shift(element: Any, properties: Mapping[str, str], scope: Scope) -> float:
    value = properties.get("baseline-shift", "")
    if value in NEUTRAL_WORDS:
        return 0.0
    if value in SHIFTS:
        return SHIFTS[value] * scope.font_size
    if value.endswith("%"):
        return read_length(element, "baseline-shift", value[:-1], scope) / 100 * scope.font_size
    return read_length(element, "baseline-shift", value, scope)


def _add(text: str | None, look: _Look, found: _Characters) -> None:
    if text:
        found.characters.extend(text)
        found.looks.extend([look] * len(text))


@dataclass(frozen=True, slots=True)
class _Character:
    """A character that is shown, and its number in the file."""

    character: str
    look: _Look
    number: int


def _collapse(found: _Characters) -> Sequence[_Character]:
    """Return the characters that are shown: white space becomes single spaces, and none at the ends."""
    kept: list[_Character] = []
    for number, (character, look) in enumerate(zip(found.characters, found.looks, strict=True)):
        shown = " " if character in " \t\r\n" else character
        if unicodedata.category(shown) == "Cc":
            continue
        follows_space = not kept or (kept[-1].character == " " and not kept[-1].look.keeps_space)
        if shown == " " and follows_space and not look.keeps_space:
            continue
        kept.append(_Character(shown, look, number))
    while kept and kept[-1].character == " " and not kept[-1].look.keeps_space:
        kept.pop()
    return kept


Places = Mapping[int, Mapping[str, float]]
"""Coordinates by the index of the character that is shown."""


def _list_places(found: _Characters, text: Sequence[_Character]) -> Places:
    """Return the coordinates that are given for characters."""
    places: dict[int, dict[str, float]] = {}
    numbers = [one.number for one in text]
    for start, end, lists in found.places:
        shown = range(bisect_left(numbers, start), bisect_left(numbers, end))
        for key, values in lists.items():
            for at, value in zip(shown, values, strict=False):
                places.setdefault(at, {})[key] = value
    return places


# Chunks


def _make_chunks(text: Sequence[_Character], places: Places) -> Iterator[SvgChunk]:
    """Yield the chunks: each begins at a character with x or y."""
    starts = [
        at for at, one in enumerate(text) if at == 0 or _begins(one, places.get(at), "x", "y")
    ]
    for start, end in pairwise([*starts, len(text)]):
        yield _make_chunk(text[start:end], places, start)


def _begins(one: _Character, place: Mapping[str, float] | None, *names: str) -> bool:
    """Return True if a character has one of these coordinates; marks stay with their letter."""
    is_placed = place is not None and any(name in place for name in names)
    return is_placed and not unicodedata.combining(one.character)


def _make_chunk(text: Sequence[_Character], places: Places, start: int) -> SvgChunk:
    style = text[0].look.style
    place = places.get(start, {})
    first = 0.0 if start == 0 else None
    starts = [
        at
        for at, one in enumerate(text)
        if at == 0 or _begins(one, places.get(start + at), "dx", "dy")
    ]
    pieces = tuple(
        _make_piece(text[begin:end], places.get(start + begin, {}))
        for begin, end in pairwise([*starts, len(text)])
    )
    return SvgChunk(
        place.get("x", first),
        place.get("y", first),
        pieces,
        style.text_anchor,
        style.dominant_baseline,
        style.direction == "rtl",
    )


def _make_piece(text: Sequence[_Character], place: Mapping[str, float]) -> SvgPiece:
    spans = (
        _make_span("".join(one.character for one in group), look)
        for look, group in groupby(text, lambda one: one.look)
    )
    return SvgPiece(place.get("dx", 0.0), place.get("dy", 0.0), tuple(spans))


def _make_span(text: str, look: _Look) -> SvgSpan:
    style = look.style
    fill = _flat_paint(look, "fill", style.fill, style.fill_opacity)
    stroke = _flat_paint(look, "stroke", style.stroke, style.stroke_opacity)
    is_visible = style.visibility == "visible"
    return SvgSpan(
        text,
        SvgFont(
            style.font_family,
            style.font_size,
            style.font_weight,
            style.font_stretch,
            style.font_style == "italic",
            style.font_variant == "small-caps",
            style.text_transform == "uppercase",
            "underline" in style.text_decoration,
            "line-through" in style.text_decoration,
            style.letter_spacing,
            look.rise,
            look.language,
            style.direction == "rtl",
        ),
        fill if is_visible else None,
        _make_stroke(style, stroke) if stroke and style.stroke_width and is_visible else None,
    )


def _make_stroke(style: Style, paint: Paint) -> TextStroke:
    order = style.paint_order.split()
    is_below = "stroke" in order and order.index("stroke") < order.index("fill")
    return TextStroke(
        paint, style.stroke_width, style.stroke_linejoin, style.stroke_miterlimit, is_below
    )


def _flat_paint(look: _Look, name: str, paint: SvgPaint, opacity: float) -> Paint | None:
    """Return the fill or stroke of characters; None if they have none."""
    paint = look.style.replace_current(paint)
    if isinstance(paint, PaintServer):
        if not paint.has_fallback:
            refuse(
                look.element,
                f"{name} 'url(#{paint.id[:40]})': gradients and patterns on text are not supported; convert it to paths",
            )
        paint = look.style.replace_current(paint.fallback)
    if not isinstance(paint, Solid) or not opacity:
        return None
    return Paint(paint.colour, opacity * paint.opacity * look.opacity)
