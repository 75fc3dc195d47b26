"""Checks of objects that PDF/X forbids whatever is painted with them: compression, OPI, PostScript, halftones and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.findings import Finding, Severity
from brochure.pdf_input.values import get, get_array, get_filters, get_text
from brochure.preflight.check import check
from brochure.preflight.model import make_finding
from brochure.preflight.used_objects import PdfObjects, UsedKind, UsedObject

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

    What: images and form XObjects with an OPI dictionary, which stands for another file.
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

    What: halftones of another type than 1 and 5, with a name, or with a phase or an origin (HTP, HTO) are errors; others are
    warnings.
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
            message = "a form XObject stands for a page of another file"
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
