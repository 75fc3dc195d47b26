"""Checks of colour: colour spaces, spot inks, processing steps and the registration colour."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Annotated, Any

from brochure.findings import Finding, Severity
from brochure.lazy_pattern import compile_lazily
from brochure.pdf_input.values import get, get_array, get_text
from brochure.preflight.check import check
from brochure.preflight.colour_values import PROCESS_INKS, list_inks, list_named_inks
from brochure.preflight.model import (
    ColourSpace,
    DeclaredInk,
    ImageObject,
    ObjectLocation,
    PageContent,
    PageObject,
    PageObjects,
    PathObject,
    Pdf,
    PdfObjects,
    UsedObject,
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
    by_page=True,
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
    by_page=True,
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
    by_page=True,
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

    What: whether the alternate colours of each spot ink are the same everywhere; in PDF/X-1a, also that they are in CMYK or grey.
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


UNTYPED = frozenset({"Dimensions", "Braille", "Legend", "White", "Varnish"})
"""Groups of processing steps that have no types."""
TYPED = frozenset({"Structural", "Positions"})
OWN_NAME = compile_lazily(r"[A-Za-z0-9]+_.+")
"""A name of a vendor: a registered prefix, an underscore and the name."""
SOURCE = "ISO 19593-1, processing steps; GWG 2022, R1000 and following"


@check("processing-steps", source=SOURCE, severity=Severity.ERROR)
def processing_steps(pdf: Pdf) -> Iterator[Finding]:
    """Layers for finishing are declared as the standard requires.

    What: the group of every processing step: a known one, or one with a vendor's prefix; and no type where the group has none.
    Why: the finishing department's software finds the cutting line by its declaration; without a valid one it is printed.
    Fix: assign the step again in the program for packaging that made the file.
    """
    # The reader of PDFs is imported in the checks that need it, since builds read none.
    from brochure.preflight.pdf_reader.processing_steps import is_step

    for layer in get_array(get(pdf.reader.root_object, "/OCProperties"), "/OCGs"):
        fault = _find_fault(layer) if is_step(layer) else ""
        if fault:
            message = f"the layer '{get_text(layer, '/Name')}' {fault}"
            yield make_finding(message, None, "declare it as a step of ISO 19593-1")


def _find_fault(layer: Any) -> str:
    # As above.
    from brochure.preflight.pdf_reader.processing_steps import GROUP, METADATA, TYPE

    names = (get_text(get(layer, METADATA), key).removeprefix("/") for key in (GROUP, TYPE))
    group, kind = names
    if not group:
        return "is a processing step without a group"
    if group not in UNTYPED | TYPED and not OWN_NAME.fullmatch(group):
        return f"is a processing step of an unknown group, '{group}'"
    if group in UNTYPED and kind:
        return f"has the type '{kind}', but steps of the group '{group}' have none"
    return ""


@check("processing-step-ink", source=SOURCE, severity=Severity.WARNING)
def processing_step_ink(objects: PageObjects) -> Iterator[Finding]:
    """What belongs to a processing step is in a spot ink of its own, and overprints.

    What: text, filled areas, lines and images on layers that are processing steps, in process inks, or not set to overprint.
    Why: where the step is not switched off, a line in process inks is printed, and one that knocks out leaves a white line.
    Fix: paint it in a spot ink with the name of the step, set to overprint.
    """
    for page in objects.pages:
        for step, item in page.steps:
            fault = _find_ink_fault(item)
            if fault:
                message = f"an object of the processing step {step} {fault}"
                yield make_finding(message, item.location, "use a spot ink that overprints")


def _find_ink_fault(item: PageObject) -> str:
    inks = list_inks(item)
    if any(name in PROCESS_INKS for name in inks):
        return "is in process inks"
    is_knocking_out = not isinstance(item, ImageObject) and not all(
        colour.overprint for colour in list_colours(item)
    )
    return "does not overprint" if is_knocking_out else ""
