"""Checks of spot inks: their names, their use, their number, and the colours that stand in for them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Annotated

from brochure.findings import Finding, Severity
from brochure.preflight.check import check
from brochure.preflight.model import (
    PROCESS_INKS,
    DeclaredInk,
    ObjectLocation,
    PageObjects,
    list_inks,
    list_named_inks,
    make_finding,
)
from brochure.preflight.used_objects import PdfObjects, UsedObject


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
    used = {name for item in objects.list_objects() for name in list_named_inks(item)}
    used |= {
        name for page in objects.pages for _, item in page.steps for name in list_named_inks(item)
    }
    unused = {ink.name: ink for ink in reversed(objects.spots) if ink.name not in used}
    for ink in objects.spots:
        if unused.get(ink.name) is ink:
            message = f"spot ink '{ink.name}' is declared but not used"
            yield make_finding(message, ink.span or ink.page, "remove its swatch")


NOT_SPOTS = (*PROCESS_INKS, "All", "None")


@check(
    "plate-count",
    source="GWG 2022, R0020 use of spot colours; GWG 2015, SheetSpot: two spot inks",
    severity=Severity.WARNING,
)
def plate_count(
    objects: PageObjects, *, spots: Annotated[float, "maximum number of spot inks"] = 2
) -> Iterator[Finding]:
    """The job does not need more plates than the press has units.

    What: the spot inks of everything that is painted, against `spots`; processing steps are not counted.
    Why: each spot ink is one more plate; a sheetfed press has often six units, four of them for the process inks.
    Fix: convert spot inks to CMYK, or agree on the number of plates with the printer.
    """
    first: dict[str, ObjectLocation] = {}
    for item in objects.list_objects():
        for name in list_inks(item):
            if name not in NOT_SPOTS:
                first.setdefault(name, item.location)
    if len(first) > spots:
        listed = ", ".join(first)
        message = f"{len(first)} spot inks are used, not at most {spots:g}: {listed}"
        location = list(first.values())[int(spots)]
        yield make_finding(message, location, "convert some to CMYK, or ask the printer")


@check(
    "spot-alternates",
    source="ISO 15930-7 (PDF/X-4), ISO 15930-4 (PDF/X-1a): alternate spaces of one colorant",
    severity=Severity.ERROR,
)
def spot_alternates(objects: PdfObjects) -> Iterator[Finding]:
    """A spot ink has the same substitute everywhere, in the colours of the press.

    What: the alternate colour space and tint transformation of every spot ink, where it is alone in its colour space; in
    PDF/X-1a, also alternates in RGB or with a profile.
    Why: on a proof, or if the ink is converted to CMYK, one ink is printed in two colours.
    Fix: delete one of the swatches and use the other for both; or let the program take them from one library.
    """
    # The reader of PDFs is imported in the checks that need it, since builds read none.
    from brochure.preflight.pdf_reader.spot_spaces import identify, name_alternate, spot_spaces

    known: dict[str, Hashable] = {}
    for used in objects.used:
        for space in spot_spaces(used):
            name = str(space[1]).removeprefix("/")
            alternate = name_alternate(space[2])
            if objects.standard == "x-1a" and alternate not in ("DeviceCMYK", "DeviceGray"):
                yield _report_alternate(used, alternate)
            if space[0] == "/Separation" and name not in ("All", "None"):
                identity = identify(space[2]), identify(space[3])
                if known.setdefault(name, identity) != identity:
                    message = f"spot ink '{name}' has several substitutes"
                    yield make_finding(message, used.location, "use one swatch for all of it")


def _report_alternate(used: UsedObject, alternate: str) -> Finding:
    message = f"a spot ink has a substitute in {alternate}, which PDF/X-1a does not allow"
    return make_finding(message, used.location, "define the substitute in CMYK")
