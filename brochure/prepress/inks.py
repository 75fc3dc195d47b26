"""Find the inks of placed pages: process inks before spot inks, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.color.swatch import Cmyk, Colour, Grey, Spot
from brochure.model.display_list import GlyphRun, Item, Page, Path, Picture

PROCESS = {
    "cyan": Cmyk(1, 0, 0, 0),
    "magenta": Cmyk(0, 1, 0, 0),
    "yellow": Cmyk(0, 0, 1, 0),
    "black": Cmyk(0, 0, 0, 1),
}


def find_inks(pages: Iterable[Page]) -> dict[str, Colour]:
    """Return the inks by name: process inks in printing order, then spot inks in the order of first use."""
    found: dict[str, Colour] = {}
    for page in pages:
        for item in page.items:
            found |= _item_inks(item)
    process_inks = {name: ink for name, ink in PROCESS.items() if name in found}
    return process_inks | {name: ink for name, ink in found.items() if name not in PROCESS}


def _item_inks(item: Item) -> dict[str, Colour]:
    match item:
        case Picture():
            return dict(PROCESS)
        case GlyphRun():
            return _colour_inks(item.glyphs.paint.colour)
        case Path():
            paints = (item.fill, item.stroke.paint if item.stroke else None)
            return {
                key: ink
                for paint in paints
                if paint
                for key, ink in _colour_inks(paint.colour).items()
            }
        case _:
            return {}


def _colour_inks(colour: Colour) -> dict[str, Colour]:
    match colour:
        case Spot(name):
            return {name: Spot(name, colour.alternate)} if colour.tint else {}
        case Cmyk():
            return dict(_process_inks(colour))
        case Grey(light):
            return {"black": PROCESS["black"]} if light < 1 else {}
        case _:
            return dict(PROCESS)


def _process_inks(colour: Cmyk) -> Iterator[tuple[str, Colour]]:
    for (name, ink), amount in zip(
        PROCESS.items(), (colour.c, colour.m, colour.y, colour.k), strict=True
    ):
        if amount:
            yield name, ink
