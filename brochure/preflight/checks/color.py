"""Checks of colour: colour spaces, spot inks and the registration colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from brochure.findings import Finding, Severity
from brochure.preflight.check import check
from brochure.preflight.colour_values import PROCESS_INKS
from brochure.preflight.model import (
    ColourSpace,
    DeclaredInk,
    ImageObject,
    PageContent,
    PageObject,
    PageObjects,
    PathObject,
    describe,
    list_colours,
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
        other = [name for name in _list_inks(item) if name.casefold() not in listed]
        if other:
            plate = "a plate" if len(other) == 1 else "plates"
            message = f"{describe(item)} needs {plate} for {', '.join(other)}"
            hint = f"the inks of this job are {', '.join(objects.inks)}"
            yield make_finding(message, item.location, hint)


TRACE = 0.5 / 255
"""Coverage below which an ink is not printed."""


def _list_inks(item: PageObject) -> list[str]:
    """Return the inks that an object is printed in, each once; an image in colour needs all process inks."""
    if isinstance(item, ImageObject):
        if item.inks:
            return list(item.inks)
        return ["black"] if item.space is ColourSpace.GREY else list(PROCESS_INKS)
    pairs = (pair for colour in list_colours(item) if colour.opacity for pair in colour.inks)
    return list(dict.fromkeys(name for name, amount in pairs if amount > TRACE))


@check("spot-names", source="GWG 2015, ambiguous spot color", severity=Severity.ERROR)
def spot_names(objects: PageObjects) -> Iterator[Finding]:
    """Each spot ink has one name.

    What: names of spot inks that differ only in capitals, spaces, hyphens or the spelling of the brand.
    Why: each name is a plate: `PANTONE 186 C` and `Pantone 186C` are two, and both cost money.
    Fix: give both swatches one name, as the swatch book spells it.
    """
    seen: dict[str, DeclaredInk] = {}
    for ink in objects.spots:
        first = seen.setdefault(_normalize_name(ink.name), ink)
        if first.name != ink.name:
            message = f"spot inks '{first.name}' and '{ink.name}' differ only in spelling"
            yield make_finding(message, ink.span or ink.page, f"name both '{first.name}'")


BRANDS = {"pms": "pantone", "pan": "pantone"}


def _normalize_name(name: str) -> str:
    """Return a name without differences of case, spacing and brand spelling."""
    words = re.findall(r"[^\W\d_]+|\d+", name.casefold())
    return " ".join(BRANDS.get(word, word) for word in words)


FINISHING = frozenset(
    {
        "varnish",
        "lacquer",
        "uv",
        "die",
        "die-line",
        "dieline",
        "die-cut",
        "diecut",
        "cut",
        "cutter",
        "cutting",
        "crease",
    }
    | {
        "creasing",
        "perforation",
        "perf",
        "emboss",
        "embossing",
        "deboss",
        "debossing",
        "braille",
        "glue",
    }
)
"""Words in the names of inks that do not name colours: coatings, and lines for cutting and folding."""


@check("finishing-on-screen", source="brochure", severity=Severity.WARNING)
def finishing_on_screen(objects: PageObjects) -> Iterator[Finding]:
    """Varnishes and die lines are not painted on the screen.

    What: spot swatches whose name is that of a coating or of a line for cutting or folding, without `press-only`.
    Why: on the screen and on an office printer, they would be painted in their alternate colour.
    Fix: write `press-only` after the colour of the swatch.
    """
    for ink in objects.spots:
        if ink.on_screen and not FINISHING.isdisjoint(ink.name.casefold().split()):
            message = f"'{ink.name}' is painted in its alternate colour on the screen"
            hint = "write press-only after the swatch's colour if it is a varnish or a die line"
            yield make_finding(message, ink.span or ink.page, hint)


@check("spot-unused", source="GWG 2015, use of spot colors", severity=Severity.WARNING)
def spot_unused(objects: PageObjects) -> Iterator[Finding]:
    """Every declared spot ink is used.

    What: spot swatches of the layout, or colour spaces of a PDF, that nothing is painted in.
    Why: some workflows make a plate for every declared ink.
    Fix: remove the swatch, or use it.
    """
    used = {
        name
        for item in objects.list_objects()
        for colour in list_colours(item)
        for name, _ in colour.inks
    }
    unused = {ink.name: ink for ink in reversed(objects.spots) if ink.name not in used}
    for ink in objects.spots:
        if unused.get(ink.name) is ink:
            message = f"spot ink '{ink.name}' is declared but not used"
            yield make_finding(message, ink.span or ink.page, "remove its swatch")
