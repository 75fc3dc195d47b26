"""Checks of overprinting, knocking out and transparency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from brochure.findings import Finding, Severity
from brochure.preflight.check import check
from brochure.preflight.model import (
    ImageObject,
    PageObject,
    PageObjects,
    PathObject,
    TextObject,
    describe,
    list_colours,
    make_finding,
)
from brochure.preflight.objects_below import ObjectsBelow

SOLID_BLACK = (("black", 1.0),)
WITHOUT_TRANSPARENCY = ("x-1a", "x-3")


@check("black-knockout", source="GWG 2015, 100% black text overprint", severity=Severity.WARNING)
def black_knockout(
    objects: PageObjects,
    *,
    size: Annotated[float, "text of this size or larger is not checked, in points"] = 12,
) -> Iterator[Finding]:
    """Black text overprints its background.

    What: text smaller than `size` in black only, on a filled area or an image, that does not overprint.
    Why: where black text knocks out its background, misregistration shows as white edges.
    Fix: set it to overprint; brochure does so by itself.
    """
    for page in objects.pages:
        below = ObjectsBelow(page)
        for index, item in enumerate(page.objects):
            if isinstance(item, TextObject) and item.size < size and _knocks_out(item):
                if not _has_printed_background(item, below.find(item.bounds, index)):
                    continue
                message = f"the black text '{item.excerpt}' knocks out its background"
                yield make_finding(message, item.location, "set it to overprint")


def _knocks_out(text: TextObject) -> bool:
    return text.colour.inks == SOLID_BLACK and not text.colour.overprint


def _has_printed_background(text: TextObject, below: Iterable[ImageObject | PathObject]) -> bool:
    return any(_is_printed(item) and item.bounds.contains(text.bounds) for item in below)


def _is_printed(item: ImageObject | PathObject) -> bool:
    return isinstance(item, ImageObject) or (item.fill is not None and item.fill.total_ink > 0)


@check(
    "white-overprint",
    source="GWG 2015, white text overprint and white paths overprint; ISO 32000-1, 8.6.7",
    severity=Severity.ERROR,
)
def white_overprint(objects: PageObjects) -> Iterator[Finding]:
    """White objects knock out their background.

    What: text, filled areas and lines without ink that are set to overprint.
    Why: overprinting without ink prints nothing: white on screen, invisible on paper.
    Fix: turn overprint off in the swatch.
    """
    for item in objects.list_objects():
        if any(colour.is_paper_white and colour.overprint for colour in list_colours(item)):
            what = describe(item) if isinstance(item, TextObject) else "a white area or line"
            message = f"{what} overprints in white and will not be visible in print"
            yield make_finding(message, item.location, "turn overprint off")


@check(
    "transparency",
    source="ISO 15930-4 (PDF/X-1a); ISO 15930-6 (PDF/X-3)",
    severity=Severity.ERROR,
)
def transparency(objects: PageObjects) -> Iterator[Finding]:
    """The file has no transparency if its standard forbids it.

    What: opacity, blend modes and soft masks in files that declare PDF/X-1a or PDF/X-3.
    Why: devices made for these standards print transparent objects opaque, or not at all.
    Fix: flatten the transparency, or write PDF/X-4; with `standard: x-1a`, brochure flattens tints by itself.
    """
    if objects.standard not in WITHOUT_TRANSPARENCY:
        return
    for item in objects.list_objects():
        if _is_transparent(item):
            message = f"{describe(item)} is transparent, which PDF/{objects.standard.replace('x', 'X')} does not allow"
            yield make_finding(message, item.location, "flatten it, or write PDF/X-4")


def _is_transparent(item: PageObject) -> bool:
    if isinstance(item, ImageObject):
        return item.has_transparency
    return any(colour.opacity < 1 for colour in list_colours(item))
