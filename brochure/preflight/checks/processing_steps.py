"""Checks of processing steps: layers with lines for cutting and folding, varnishes and white (ISO 19593-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brochure.findings import Finding, Severity
from brochure.pdf_input.values import get, get_array, get_text
from brochure.preflight.check import check
from brochure.preflight.model import (
    PROCESS_INKS,
    ImageObject,
    PageObject,
    PageObjects,
    Pdf,
    list_colours,
    list_inks,
    make_finding,
)

UNTYPED = frozenset({"Dimensions", "Braille", "Legend", "White", "Varnish"})
"""Groups of processing steps that have no types."""
TYPED = frozenset({"Structural", "Positions"})
OWN_NAME = re.compile(r"[A-Za-z0-9]+_.+")
"""A name of a vendor: a registered prefix, an underscore and the name."""
SOURCE = "ISO 19593-1, processing steps; GWG 2022, R1000 and following"


@check("processing-steps", source=SOURCE, severity=Severity.ERROR)
def processing_steps(pdf: Pdf) -> Iterator[Finding]:
    """Layers for finishing are declared as the standard requires.

    What: the group and type of every layer that is declared a processing step: a known group, or one with a vendor's prefix; no
    type for groups that have none (varnish, white, braille, legend, dimensions).
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
