"""Checks of colour: colour spaces, the registration colour and the inks of a job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from brochure.findings import Finding, Severity
from brochure.preflight.check import check
from brochure.preflight.model import (
    ColourSpace,
    ImageObject,
    PageContent,
    PageObject,
    PageObjects,
    PathObject,
    describe,
    list_colours,
    list_inks,
    make_finding,
)

NOT_INK = (ColourSpace.RGB, ColourSpace.LAB)
REGISTRATION = "All"


@check(
    "colour-space",
    source="ISO 15930-4 (PDF/X-1a); ISO 15930-7 (PDF/X-4)",
    severity=Severity.ERROR,
)
def colour_space(
    objects: PageObjects,
    *,
    calibrated: Annotated[float, "1 if RGB with an ICC profile is allowed, 0 if not"] = 1,
) -> Iterator[Finding]:
    """Colours are in the colour space of the press.

    What: RGB and Lab without an ICC profile; in PDF/X-1a, and if the profile sets `calibrated: 0`, all RGB and Lab.
    Why: without a profile, each device converts RGB to ink in its own way.
    Fix: convert it with the ICC profile of the printing condition; brochure converts its own output.
    """
    allow_calibrated = calibrated and objects.standard != "x-1a"
    for item in objects.list_objects():
        for space, is_calibrated in _list_spaces(item):
            if space in NOT_INK and not (is_calibrated and allow_calibrated):
                profile = "with" if is_calibrated else "without"
                message = f"{describe(item)} is in {space.value} {profile} an ICC profile"
                yield make_finding(message, item.location, "convert it to the CMYK of the press")


def _list_spaces(item: PageObject) -> set[tuple[ColourSpace, bool]]:
    """Return the colour spaces of an object, and whether each is calibrated."""
    if isinstance(item, ImageObject):
        return {(item.space, item.calibrated)}
    return {(colour.space, colour.calibrated) for colour in list_colours(item)}


@check(
    "icc-cmyk",
    source="GWG 2022, R0027 to R0029: ICCBased CMYK; ISO 15930-7 (PDF/X-4), for the profile of the output intent",
    severity=Severity.ERROR,
)
def icc_cmyk(objects: PageObjects) -> Iterator[Finding]:
    """CMYK is not converted again.

    What: text, filled areas, lines and images in CMYK with an ICC profile of their own.
    Why: they are converted from this profile to the press: black text is printed in four inks, and pure colours become dirty.
    Fix: export the file without profiles for CMYK ("preserve numbers"), or convert it to the press.
    """
    for item in objects.list_objects():
        if (ColourSpace.CMYK, True) in _list_spaces(item):
            message = f"{describe(item)} is in CMYK with an ICC profile of its own"
            yield make_finding(message, item.location, "export it as CMYK without a profile")


@check(
    "registration-ink",
    source="ISO 32000-1, 8.6.6.4; GWG 2015, separation color All",
    severity=Severity.ERROR,
)
def registration_ink(objects: PageObjects) -> Iterator[Finding]:
    """The registration colour is not used inside the trim.

    What: text, filled areas and lines on the page in the separation `All`, which prints on every plate.
    Why: it is meant for printer's marks and gives 400 % of ink.
    Fix: use black, or a rich black swatch.
    """
    for page in objects.pages:
        for item in page.objects:
            inks = {name for colour in list_colours(item) for name, _ in colour.inks}
            if REGISTRATION in inks and _is_on_page(item, page):
                message = f"{describe(item)} is in the registration colour"
                yield make_finding(message, item.location, "use black")


def _is_on_page(item: PageObject, page: PageContent) -> bool:
    """Return True if the object, or a part of a path, overlaps the trim; printer's marks surround it."""
    trim = page.trim.expand(-0.01)
    if isinstance(item, PathObject):
        return item.find_bounds_within(trim) is not None
    return item.bounds.overlaps(trim)


@check("plates", source="GWG 2015, number of plates", severity=Severity.WARNING)
def plates(objects: PageObjects) -> Iterator[Finding]:
    """A job with a list of inks needs no other plate.

    What: every object that is printed in an ink which `press: {inks: […]}` does not list.
    Why: each further plate costs money, or the press has no unit for it and the object is missing.
    Fix: give the object a colour of a listed ink, print the image in one (`ink`), or list the ink.
    """
    listed = {name.casefold() for name in objects.inks}
    for item in objects.list_objects() if listed else ():
        other = [name for name in list_inks(item) if name.casefold() not in listed]
        if other:
            plate = "a plate" if len(other) == 1 else "plates"
            message = f"{describe(item)} needs {plate} for {', '.join(other)}"
            hint = f"the inks of this job are {', '.join(objects.inks)}"
            yield make_finding(message, item.location, hint)
