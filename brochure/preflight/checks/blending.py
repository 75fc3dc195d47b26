"""Checks of transparency groups: whether the standard allows them, and the colour space in which they are blended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.findings import Finding, Severity
from brochure.pdf_input.values import get, get_integer, get_text, resolve
from brochure.preflight.check import check
from brochure.preflight.model import make_finding
from brochure.preflight.used_objects import PdfObjects, UsedKind

WITHOUT_TRANSPARENCY = ("x-1a", "x-3")
PRESS_SPACES = ("/DeviceCMYK", "/DeviceGray")
COMPONENTS = {1: "grey", 3: "RGB", 4: "CMYK"}


@check(
    "transparency-group",
    source="ISO 15930-4 (PDF/X-1a); ISO 15930-6 (PDF/X-3)",
    severity=Severity.ERROR,
)
def transparency_group(objects: PdfObjects) -> Iterator[Finding]:
    """The file has no transparency groups if its standard forbids them.

    What: transparency groups of pages and forms, and soft masks, in files that declare or must satisfy PDF/X-1a or PDF/X-3.
    Why: devices made for these standards ignore the group, and what is in it may look different.
    Fix: flatten the transparency, or write PDF/X-4.
    """
    if objects.standard not in WITHOUT_TRANSPARENCY:
        return
    for used in objects.used:
        name = f"PDF/{objects.standard.replace('x', 'X')}"
        if used.kind is UsedKind.GROUP and get_text(used.value, "/S") == "/Transparency":
            message = f"there is a transparency group, which {name} does not allow"
            yield make_finding(message, used.location, "flatten it, or write PDF/X-4")
        elif used.kind is UsedKind.STATE and isinstance(get(used.value, "/SMask"), dict):
            message = f"there is a soft mask, which {name} does not allow"
            yield make_finding(message, used.location, "flatten it, or write PDF/X-4")


@check(
    "blend-space",
    source="GWG 2022, R0030 transparency blend colour space; ISO 15930-7 (PDF/X-4)",
    severity=Severity.ERROR,
)
def blend_space(objects: PdfObjects) -> Iterator[Finding]:
    """Transparent objects are blended in the colours of the press.

    What: the colour space of each transparency group: it is CMYK or is inherited; that of a soft mask may be grey.
    Why: what is blended in RGB is converted to ink afterwards: black becomes four colours, and spot inks are lost.
    Fix: set the transparency blend space of the document to CMYK, and export it again.
    """
    masks = {
        id(get(get(get(one.value, "/SMask"), "/G"), "/Group"))
        for one in objects.used
        if one.kind is UsedKind.STATE
    }
    for used in objects.used:
        space = get(used.value, "/CS") if used.kind is UsedKind.GROUP else None
        if space is None or id(used.value) in masks or space in PRESS_SPACES[:1]:
            continue
        name = _name_space(space)
        message = f"transparent objects are blended in {name}"
        yield make_finding(message, used.location, "set the blend space to CMYK")


def _name_space(space: Any) -> str:
    """Return the name of a colour space for a message."""
    items = [resolve(one) for one in space] if isinstance(space, list) else [space]
    kind = str(items[0] if items else "?").removeprefix("/")
    if kind == "ICCBased" and len(items) > 1:
        return f"{COMPONENTS.get(get_integer(items[1], '/N', 3), '?')} with an ICC profile"
    return kind
