"""Find the inks of placed pages: process inks before spot inks, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from brochure.color.convert import in_ink
from brochure.color.gradient import list_paints
from brochure.color.printing_condition import DEFAULT, PressCondition, shipped_condition
from brochure.color.swatch import Cmyk, Colour, Paint, Spot
from brochure.model.display_list import (
    DropShadow,
    FlattenedArea,
    GlyphRun,
    Item,
    Page,
    Path,
    Picture,
    PlacedArtwork,
)

PROCESS = {
    "cyan": Cmyk(1, 0, 0, 0),
    "magenta": Cmyk(0, 1, 0, 0),
    "yellow": Cmyk(0, 0, 1, 0),
    "black": Cmyk(0, 0, 0, 1),
}


TRACE = 0.5 / 255
"""Coverage below which an ink is not printed: it rounds to 0 in eight bits."""


def find_inks(pages: Iterable[Page], condition: PressCondition | None = None) -> dict[str, Colour]:
    """Return the inks by name: process inks in printing order, then spot inks in the order of first use.

    Args:
        pages: The pages that are printed.
        condition: The press condition, which decides how other colours are converted to ink (default: that of a layout).
    """
    press = condition or shipped_condition(DEFAULT)
    found: dict[str, Colour] = {}
    for page in pages:
        for item in page.items:
            for layer in item.layers if isinstance(item, FlattenedArea) else (item,):
                found |= _find_inks(layer, press)
    process_inks = {name: ink for name, ink in PROCESS.items() if name in found}
    return process_inks | {name: ink for name, ink in found.items() if name not in PROCESS}


def _find_inks(item: Item, press: PressCondition) -> dict[str, Colour]:
    found: dict[str, Colour] = {}
    for colour in _list_colours(item):
        found |= _colour_inks(colour, press)
    if isinstance(item, PlacedArtwork):
        found |= _picture_inks(item)
    elif isinstance(item, Picture) and not (item.duotone or isinstance(item, DropShadow)):
        found |= {"black": PROCESS["black"]} if item.is_grey else PROCESS
    return found


def _list_colours(item: Item) -> Iterator[Colour]:
    paints: tuple[Paint | None, ...] = ()
    if isinstance(item, GlyphRun):
        paints = (item.glyphs.paint,)
    elif isinstance(item, PlacedArtwork):
        return iter((item.paint.colour,) if item.paint else item.info.colours)
    elif isinstance(item, DropShadow):
        return iter((item.colour,))
    elif isinstance(item, Picture):
        return iter(item.duotone)
    elif isinstance(item, Path):
        paints = (item.fill, item.stroke.paint if item.stroke else None)
    return (
        one.colour
        for paint in paints
        if paint
        for one in list_paints(paint)
        if one.opacity or one is not paint
    )


def _picture_inks(item: PlacedArtwork) -> Mapping[str, Colour]:
    """Return the inks of the pictures in artwork."""
    if item.info.has_colour_pictures:
        return PROCESS
    return {"black": PROCESS["black"]} if item.info.has_grey_pictures else {}


def _colour_inks(colour: Colour, press: PressCondition) -> dict[str, Colour]:
    printed = in_ink(colour, press)
    if isinstance(printed, Spot):
        is_printed = printed.tint > TRACE
        return {printed.name: Spot(printed.name, printed.alternate)} if is_printed else {}
    return dict(_process_inks(printed))


def _process_inks(colour: Cmyk) -> Iterator[tuple[str, Colour]]:
    amounts = (colour.c, colour.m, colour.y, colour.k)
    for (name, ink), amount in zip(PROCESS.items(), amounts, strict=True):
        if amount > TRACE:
            yield name, ink
