"""Checks of objects in finished files: those that are damaged, and those that PDF/X forbids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.findings import Finding, Severity
from brochure.pdf_input.values import get, get_array, get_filters, get_integer, get_text, resolve
from brochure.preflight.check import check
from brochure.preflight.model import (
    PageObjects,
    Pdf,
    PdfObjects,
    UsedKind,
    UsedObject,
    make_finding,
)


@check(
    "object-types",
    source="ISO 32000-1, 7.3 and the tables of each dictionary",
    severity=Severity.ERROR,
)
def object_types(pdf: Pdf) -> Iterator[Finding]:
    """Objects have the types that the standard requires.

    What: the entries of pages, resources, fonts, images, annotations and the catalog that the other checks read.
    Why: each program reads a wrong object in its own way, or not at all; the printer's may print the page differently.
    Fix: export the file again; or open it in another program and save it.
    """
    # The reader of PDFs is imported in the checks that need it, since builds read none.
    from brochure.preflight.pdf_reader.object_types import find_wrong_types

    for wrong in find_wrong_types(pdf):
        what = f"{wrong.key} of {wrong.holder}" if wrong.key else wrong.holder
        needs_data = "decoded" in wrong.required
        message = f"{what} {'cannot be read' if needs_data else 'has the wrong type'}"
        hint = f"expected {wrong.required}; export the file again"
        yield make_finding(message, wrong.page, hint)


@check("content-damaged", source="ISO 32000-1, 7.8.2 and annex A", severity=Severity.ERROR)
def content_damaged(objects: PageObjects) -> Iterator[Finding]:
    """The content of every page can be read.

    What: content streams that cannot be decoded, and operators with missing or wrong operands; the checks skip them.
    Why: what a program cannot read it leaves out, and some refuse the file.
    Fix: export the file again.
    """
    for page in objects.pages:
        for description, count in page.faults:
            times = "" if count == 1 else f" ({count} times)"
            yield make_finding(f"{description}{times}", page.number, "export the file again")


@check(
    "content-syntax",
    source="ISO 32000-1, 7.8.2, 8.4.2, 9.4.1 and 14.6",
    severity=Severity.ERROR,
)
def content_syntax(objects: PageObjects) -> Iterator[Finding]:
    """The content of every page is written as the standard requires.

    What: operators that do not exist, names that the resources lack, pairs (q and Q, BT and ET, BMC and EMC) without one part.
    Why: programs guess what was meant, each in its own way; what comes after the fault may be missing or misplaced.
    Fix: export the file again; or open it in another program and save it.
    """
    for page in objects.pages:
        for description, count in page.syntax:
            times = "" if count == 1 else f" ({count} times)"
            yield make_finding(f"{description}{times}", page.number, "export the file again")


PDFX = "ISO 15930-4 (PDF/X-1a); ISO 15930-6 (PDF/X-3); ISO 15930-7 (PDF/X-4)"
BEFORE_X4 = ("x-1a", "x-3")
LZW = ("/LZWDecode", "/LZW")
LATER_FILTERS = ("/JBIG2Decode", "/JPXDecode")
"""Filters that PDF/X-1a and PDF/X-3, which are based on PDF 1.4, do not allow."""


@check("compression", source=f"{PDFX}: compression filters", severity=Severity.ERROR)
def compression(objects: PdfObjects) -> Iterator[Finding]:
    """Data is compressed by methods that the standard allows.

    What: LZW in content, images, forms, patterns, fonts and profiles; in PDF/X-1a and PDF/X-3 also JBIG2 and JPEG 2000.
    Why: PDF/X forbids LZW, and a printer's software need not read it.
    Fix: export the file with ZIP (Flate) or JPEG compression.
    """
    later = LATER_FILTERS if objects.standard in BEFORE_X4 else ()
    for used in objects.used:
        for stream in (used.value, *_list_inner_streams(used)):
            names = get_filters(stream) if hasattr(stream, "get_data") else []
            for name in names:
                if name in (*LZW, *later):
                    what = (
                        used.kind.value if stream is used.value else f"a part of {used.kind.value}"
                    )
                    method = "LZW" if name in LZW else name[1:].removesuffix("Decode")
                    message = f"{what} is compressed with {method}"
                    yield make_finding(
                        message, used.location, "compress it with ZIP (Flate) or JPEG"
                    )


def _list_inner_streams(used: UsedObject) -> Iterator[Any]:
    """Iterate over the streams inside a font, a colour space or a shading."""
    if used.kind is UsedKind.FONT:
        # The reader of PDFs is imported in the checks that need it, since builds read none.
        from brochure.preflight.pdf_reader.fonts_used import find_font_program

        yield from (find_font_program(used.value), get(used.value, "/ToUnicode"))
    elif used.kind is UsedKind.COLOUR_SPACE and isinstance(used.value, list):
        yield from get_array({"/Space": used.value}, "/Space")
    elif used.kind is UsedKind.SHADING:
        yield get(used.value, "/Function")


@check("opi", source=f"{PDFX}: OPI", severity=Severity.ERROR)
def opi(objects: PdfObjects) -> Iterator[Finding]:
    """Images and forms are complete, without OPI comments.

    What: images and form XObjects with an OPI dictionary, which refers to another file.
    Why: the file is printed from a placeholder of low resolution if the printer has not the other one.
    Fix: export the file without OPI links, with the images embedded.
    """
    for used in objects.used:
        if get(used.value, "/OPI") is not None:
            message = f"{used.kind.value} is a placeholder for a file of an OPI server"
            yield make_finding(message, used.location, "export the file with the images embedded")


@check("postscript", source=f"{PDFX}: PostScript XObjects", severity=Severity.ERROR)
def postscript(objects: PdfObjects) -> Iterator[Finding]:
    """No part of a page is written in PostScript.

    What: PostScript XObjects, and form XObjects with PostScript code.
    Why: most devices leave PostScript in a PDF out, so that a part of the page is missing.
    Fix: export the file again; or print it to PDF through a converter.
    """
    for used in objects.used:
        is_postscript = get_text(used.value, "/Subtype") == "/PS" and used.kind is UsedKind.XOBJECT
        has_code = get(used.value, "/PS") is not None or get_text(used.value, "/Subtype2") == "/PS"
        if is_postscript or (used.kind is UsedKind.FORM and has_code):
            message = f"{used.kind.value} contains PostScript code"
            yield make_finding(message, used.location, "export it without PostScript")


NO_TRANSFER = ("/Identity",)
DEFAULT_TRANSFER = ("/Default", "/Identity")


@check("transfer-function", source=f"{PDFX}: transfer functions", severity=Severity.ERROR)
def transfer_function(objects: PdfObjects) -> Iterator[Finding]:
    """Tones are printed as they are, without transfer functions.

    What: graphics states with TR, or with a TR2 that is not the default; halftones with a transfer function.
    Why: the tones of the plate differ from those of the file and of the proof.
    Fix: export the file without transfer functions, or apply them to the images.
    """
    for used in _list_states(objects):
        own, second = get(used.value, "/TR"), get(used.value, "/TR2")
        halftone = get(used.value, "/HT")
        is_changed = own is not None and not _is_named(own, NO_TRANSFER)
        is_changed |= second is not None and not _is_named(second, DEFAULT_TRANSFER)
        in_halftone = get(halftone, "/TransferFunction")
        if is_changed or (in_halftone is not None and not _is_named(in_halftone, NO_TRANSFER)):
            message = "a transfer function changes the tones of what is painted"
            yield make_finding(message, used.location, "export it without transfer functions")


def _is_named(value: Any, names: tuple[str, ...]) -> bool:
    listed = value if isinstance(value, list) else [value]
    return all(one in names for one in listed)


def _list_states(objects: PdfObjects) -> Iterator[UsedObject]:
    return (one for one in objects.used if one.kind is UsedKind.STATE)


HALFTONE_TYPES = (1, 5)
"""Types of halftones that PDF/X allows."""


@check("halftone", source=f"{PDFX}: halftones", severity=Severity.ERROR)
def halftone(objects: PdfObjects) -> Iterator[Finding]:
    """The printer's screen is used.

    What: halftones; an error for those of other types than 1 and 5, with a name, or with a phase or origin (HTP, HTO).
    Why: a screen in the file replaces the one that the printer has chosen and calibrated for the press.
    Fix: export the file without halftone information.
    """
    for used in _list_states(objects):
        screen = get(used.value, "/HT")
        has_phase = any(get(used.value, key) is not None for key in ("/HTP", "/HTO"))
        is_own = screen is not None and screen != "/Default"
        if not has_phase and not is_own:
            continue
        is_allowed = not has_phase and _is_allowed(screen)
        severity = Severity.WARNING if is_allowed else Severity.ERROR
        kind = "a halftone" if is_allowed else "a halftone that PDF/X forbids"
        message = f"{kind} is set in the file"
        yield make_finding(message, used.location, "export it without halftones", severity)


def _is_allowed(screen: Any) -> bool:
    kind = get(screen, "/HalftoneType")
    return kind in HALFTONE_TYPES and get(screen, "/HalftoneName") is None


@check("image-alternates", source=f"{PDFX}: alternate images", severity=Severity.ERROR)
def image_alternates(objects: PdfObjects) -> Iterator[Finding]:
    """Every image has one version.

    What: images with alternates, of which a program may print another than the one on the screen.
    Why: the printer may print the wrong one, for example one of low resolution.
    Fix: export the file without alternate images.
    """
    for used in objects.used:
        if used.kind is UsedKind.IMAGE and get(used.value, "/Alternates") is not None:
            message = "an image has alternates that may be printed in its place"
            yield make_finding(message, used.location, "export it without alternates")


@check("reference-xobject", source=f"{PDFX}: reference XObjects", severity=Severity.ERROR)
def reference_xobject(objects: PdfObjects) -> Iterator[Finding]:
    """Nothing on a page is in another file.

    What: form XObjects that refer to a page of another PDF.
    Why: the printer has not the other file, and prints the proxy.
    Fix: export the file with the placed page embedded.
    """
    for used in objects.used:
        if used.kind is UsedKind.FORM and get(used.value, "/Ref") is not None:
            message = "a form XObject refers to a page of another file"
            yield make_finding(message, used.location, "export the file with the page embedded")


EXTERNAL_KEYS = ("/F", "/FFilter", "/FDecodeParms")


@check("external-stream", source=f"{PDFX}: external streams", severity=Severity.ERROR)
def external_stream(objects: PdfObjects) -> Iterator[Finding]:
    """All data is in the file.

    What: images, forms, fonts and content whose data is in another file.
    Why: the printer has not the other file, and the object is missing.
    Fix: export the file with all data embedded.
    """
    for used in objects.used:
        streams = (one for one in (used.value, *_list_inner_streams(used)) if _is_stream(one))
        if any(get(one, key) is not None for one in streams for key in EXTERNAL_KEYS):
            message = f"the data of {used.kind.value} is in another file"
            yield make_finding(message, used.location, "export it with all data embedded")


def _is_stream(value: Any) -> bool:
    return hasattr(value, "get_data")


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
    if objects.standard not in BEFORE_X4:
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
        if space is None or id(used.value) in masks or space == "/DeviceCMYK":
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
