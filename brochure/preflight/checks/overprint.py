"""Checks of overprinting, knocking out and transparency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from brochure.findings import Finding, Severity
from brochure.preflight.check import check
from brochure.preflight.colour_values import list_inks
from brochure.preflight.model import (
    ColourSpace,
    ColourValue,
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
    by_page=True,
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
    by_page=True,
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


@check(
    "overprint-mode",
    source="GWG 2022, R0009 and R0010; ISO 32000-1, 8.6.7.3",
    severity=Severity.WARNING,
)
def overprint_mode(objects: PageObjects) -> Iterator[Finding]:
    """Objects in CMYK overprint with all of their colour.

    What: text, filled areas and lines in CMYK that overprint other objects with overprint mode (OPM) 0, and lack an ink.
    Why: in this mode an ink of 0 % knocks out what is beneath it: black text leaves a white shape in the other inks.
    Fix: set the overprint mode to 1 (nonzero overprint), as most programs do.
    """
    for item in _list_overprinting(objects, ColourSpace.CMYK):
        if any(_lacks_ink(colour) for colour in list_colours(item)):
            message = f"{describe(item)} overprints in CMYK with overprint mode 0"
            yield make_finding(message, item.location, "set the overprint mode to 1")


def _lacks_ink(colour: ColourValue) -> bool:
    return (
        _overprints(colour, ColourSpace.CMYK)
        and colour.overprint_mode == 0
        and len(colour.inks) < 4
    )


@check(
    "grey-overprint",
    source="GWG 2022, R0011 to R0013; ISO 32000-1, 8.6.7.3",
    severity=Severity.WARNING,
)
def grey_overprint(objects: PageObjects) -> Iterator[Finding]:
    """Grey and black in DeviceGray are not set to overprint.

    What: text, filled areas and lines in DeviceGray that overprint other objects.
    Why: DeviceGray knocks out the process inks beneath it even if it overprints; the screen may show otherwise.
    Fix: write the colour in CMYK, as 0 0 0 K, or turn overprint off.
    """
    for item in _list_overprinting(objects, ColourSpace.GREY):
        message = f"{describe(item)} overprints in DeviceGray"
        yield make_finding(message, item.location, "write it in CMYK, or turn overprint off")


def _list_overprinting(
    objects: PageObjects, space: ColourSpace
) -> Iterator[TextObject | PathObject]:
    """Iterate over the text and paths of a PDF that overprint something in a device colour space."""
    for page in objects.pages:
        below: ObjectsBelow | None = None
        for index, item in enumerate(page.objects):
            if isinstance(item, ImageObject):
                continue
            if any(_overprints(colour, space) for colour in list_colours(item)):
                below = below or ObjectsBelow(page)
                if any(_prints(one) for one in below.find(item.bounds, index)):
                    yield item


def _overprints(colour: ColourValue, space: ColourSpace) -> bool:
    is_device = colour.space is space and not colour.calibrated
    return is_device and colour.overprint and colour.overprint_mode is not None


def _prints(item: ImageObject | PathObject) -> bool:
    """Return whether an image or path prints anything."""
    return isinstance(item, ImageObject) or bool(list_inks(item))
