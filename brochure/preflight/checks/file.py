"""Checks of a finished file as a whole: PDF/X, output intent, metadata, and what a press file must not contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brochure.color.printing_condition import REGISTRY
from brochure.findings import Finding, Severity
from brochure.geometry import bounding_box
from brochure.lazy_pattern import compile_lazily
from brochure.pdf_input.page_geometry import page_box, read_geometry
from brochure.pdf_input.streams import read_stream
from brochure.pdf_input.values import get, get_array, get_dictionary, get_text, read_numbers
from brochure.preflight.check import check
from brochure.preflight.model import FileDate, ObjectLocation, Pdf, PdfObjects, make_finding
from brochure.prepress.output_conditions import DEFAULT_DATE

PDFX = "ISO 15930-7 (PDF/X-4); ISO 15930-4 (PDF/X-1a)"


TITLE = compile_lazily(r"(?>.*?<dc:title>)(?>.*?<rdf:li[^<>]*+>)(.*?)</rdf:li>", re.S)
CREATE_DATE = compile_lazily(r"xmp:CreateDate(?:>|=\")([^<\"]*)")
TRAPPED = ("/True", "/False")
BEFORE_X4 = ("x-1a", "x-3")
"""Standards based on PDF 1.4, which identify a file by its information dictionary and not by XMP."""


@check("metadata", source="ISO 15930-7 (PDF/X-4); ISO 16684-1 (XMP)", severity=Severity.ERROR)
def metadata(objects: PdfObjects) -> Iterator[Finding]:
    """The metadata is complete and consistent.

    What: a title, and dates that agree in both places; a known /Trapped; an XMP packet, except in PDF/X-1a and PDF/X-3.
    Why: some programs read one and some the other; if they differ, one of them is wrong.
    Fix: write both from one source.
    """
    # Imported here, since builds read no XMP.
    from html import unescape

    from brochure.preflight.pdf_reader.metadata import read_info, read_xmp

    info, packet = read_info(objects.pdf), read_xmp(objects.pdf)
    if not packet and objects.standard not in BEFORE_X4:
        yield make_finding("the file has no XMP metadata", None, "export it with metadata")
    if get_text(info, "/Trapped") not in TRAPPED:
        hint = "set it: False unless the file was trapped"
        yield make_finding("/Trapped is missing", None, hint)
    title, xmp_title = get_text(info, "/Title").strip(), TITLE.match(packet)
    if not title:
        yield make_finding("the file has no title", None, "set one")
    elif xmp_title and unescape(xmp_title[1]).strip() != title:
        other = unescape(xmp_title[1])
        message = f"the title is '{title}' in the information dictionary and '{other}' in XMP"
        yield make_finding(message, None, "set both to one title")
    created = CREATE_DATE.search(packet)
    day = re.sub(r"\D", "", get_text(info, "/CreationDate"))[:8]
    if created and day and re.sub(r"\D", "", created[1])[:8] != day:
        message = "the creation date differs between the information dictionary and XMP"
        yield make_finding(message, None, "write one date")


@check("default-date", severity=Severity.NOTE)
def default_date(file: FileDate) -> Iterator[Finding]:
    """The press PDF has a date of its own.

    What: the default creation date, 1 January 2000, which is written if no other date is given.
    Why: it looks like a wrong system clock, and versions of the file cannot be distinguished by it.
    Fix: `brochure build --date now` or `--date 2026-11-24`; or `date:` in the layout; or SOURCE_DATE_EPOCH.
    """
    if file.date == DEFAULT_DATE:
        message = "the press PDF is dated 2000-01-01, the default date"
        hint = "build with --date now or --date YYYY-MM-DD, or set 'date' in the layout"
        yield make_finding(message, file.span, hint)


@check("locked", source="ISO 15930-7 (PDF/X-4)", severity=Severity.ERROR)
def locked(pdf: Pdf) -> Iterator[Finding]:
    """The file is not encrypted.

    What: encryption of any kind, with or without a password.
    Why: a printer's workflow cannot open the file, or is not allowed to print it.
    Fix: save it without security.
    """
    if pdf.reader.is_encrypted:
        yield make_finding("the file is encrypted", None, "save it without security")


@check("actions", source=PDFX, severity=Severity.ERROR)
def actions(pdf: Pdf) -> Iterator[Finding]:
    """The file has no scripts or actions.

    What: JavaScript, actions on opening, and actions of pages.
    Why: they have no effect in print, and printers refuse files with scripts.
    Fix: remove them.
    """
    root = pdf.reader.root_object
    has_script = "/JavaScript" in get_dictionary(root, "/Names")
    opening = get_text(get(root, "/OpenAction"), "/S")
    if has_script or opening == "/JavaScript":
        yield make_finding("the file contains JavaScript", None, "remove it")
    elif opening not in ("", "/GoTo"):
        yield make_finding("the file runs an action when it is opened", None, "remove the action")
    if get(root, "/AA") is not None:
        yield make_finding("the file has actions", None, "remove them")
    for index, page in enumerate(pdf.reader.pages):
        if get(page, "/AA") is not None:
            yield make_finding(f"page {index + 1} has actions", index + 1, "remove them")


PRINTABLE_ANNOTATIONS = ("/PrinterMark", "/TrapNet")


@check("annotations", source=PDFX, severity=Severity.ERROR)
def page_annotations(pdf: Pdf) -> Iterator[Finding]:
    """The printed page has no annotations.

    What: notes, form fields and links that touch the bleed; printer's marks and trap networks are allowed.
    Why: some devices print them and some do not; a comment may end up in the printed brochure.
    Fix: remove them; brochure writes none into press files.
    """
    for index, page in enumerate(pdf.reader.pages):
        bleed, matrix = page_box(page, "/BleedBox", "/TrimBox"), read_geometry(page).matrix
        for annotation in get_array(page, "/Annots"):
            kind = get_text(annotation, "/Subtype") or "/?"
            x, y, right, top = read_numbers(get_array(annotation, "/Rect"), 4) or NOWHERE
            rect = bounding_box(((x, y), (right, top)))
            if kind not in PRINTABLE_ANNOTATIONS and rect.expand(0.01).overlaps(bleed):
                seen = matrix.box(rect)
                message = f"an annotation ({kind[1:]}) is on the page"
                yield make_finding(
                    message, ObjectLocation(index + 1, (seen.x, seen.y)), "remove it"
                )


NOWHERE = (0.0, 0.0, 0.0, 0.0)
"""The rectangle of an annotation that has none."""


@check("attachments", source="ISO 15930-7 (PDF/X-4)", severity=Severity.ERROR)
def attachments(pdf: Pdf) -> Iterator[Finding]:
    """No files are attached.

    What: embedded files.
    Why: they are not printed, may be confidential, and PDF/X forbids them.
    Fix: send them separately.
    """
    if "/EmbeddedFiles" in get_dictionary(pdf.reader.root_object, "/Names"):
        yield make_finding("files are attached to the PDF", None, "send them separately")


@check(
    "layers",
    source="GWG 2015, optional content; ISO 15930-4 (PDF/X-1a) forbids it",
    severity=Severity.WARNING,
)
def layers(pdf: Pdf) -> Iterator[Finding]:
    """The file has no layers that can be switched off.

    What: optional content groups that are not processing steps (ISO 19593-1).
    Why: the printer's software may show other layers than the designer saw; language layers have been printed all at once.
    Fix: flatten the layers, and write one file for each version.
    """
    # Imported here: builds read no PDF.
    from brochure.preflight.pdf_reader.processing_steps import is_step

    every = get_array(get(pdf.reader.root_object, "/OCProperties"), "/OCGs")
    count = sum(not is_step(one) for one in every)
    if count:
        message = (
            f"the file has {count} {'layer' if count == 1 else 'layers'} that can be switched off"
        )
        yield make_finding(message, None, "flatten them")


@check("pdfx", source=PDFX, severity=Severity.ERROR)
def pdfx(objects: PdfObjects) -> Iterator[Finding]:
    """The file declares a PDF/X standard: the one that is required, if one is.

    What: the PDF/X version in XMP or in the information dictionary; a warning if there is none, an error if another is required.
    Why: a printer's preflight looks for it first; it promises that the file can be printed as it is.
    Fix: `brochure build --target press`, or export to PDF/X-4 from the program that made the file.
    """
    if objects.required and objects.declared != objects.required:
        name = _name(objects.required)
        stated = _name(objects.declared) if objects.declared else "no PDF/X standard"
        message = f"the file declares {stated}; {name} is required"
        yield make_finding(message, None, f"export it as {name}")
    elif not objects.declared:
        message = "the file does not declare a PDF/X standard"
        yield make_finding(message, None, "write PDF/X-4", Severity.WARNING)


def _name(standard: str) -> str:
    return f"PDF/{standard.replace('x', 'X')}"


@check(
    "pdfx-identification",
    source="ISO 15930-4, -6 and -7: identification of the version; ISO 15930-1 for PDF/X-1a:2001",
    severity=Severity.ERROR,
)
def pdfx_identification(objects: PdfObjects) -> Iterator[Finding]:
    """The PDF/X version is written where the standard requires it, and is the same in all places.

    What: PDF/X-1a and PDF/X-3 in the information dictionary, PDF/X-4 in XMP; versions that differ or do not exist.
    Why: each program reads another place; if they differ, the file is taken for two standards.
    Fix: export the file again as one standard.
    """
    # The reader of PDFs is imported in the checks that need it, since builds read none.
    from brochure.preflight.pdf_reader.identification import read_identification

    stated = read_identification(objects.pdf)
    for message in stated.find_faults():
        yield make_finding(message, None, "export the file again as one standard")


@check("file-id", source=f"{PDFX}: ID in the trailer", severity=Severity.ERROR)
def file_id(objects: PdfObjects) -> Iterator[Finding]:
    """The file has an identifier.

    What: an ID of two strings in the trailer.
    Why: the printer's system tells versions of a file apart by it; PDF/X requires it.
    Fix: export the file again, or save it with another program.
    """
    parts = get_array(objects.pdf.reader.trailer, "/ID")
    if len(parts) != 2 or not all(isinstance(one, (str, bytes)) and one for one in parts):
        hint = "export the file again, or save it with another program"
        yield make_finding("the file has no identifier (/ID in its trailer)", None, hint)


@check(
    "object-streams",
    source="ISO 15930-4 (PDF/X-1a) and ISO 15930-6 (PDF/X-3), which are based on PDF 1.4",
    severity=Severity.ERROR,
)
def object_streams(objects: PdfObjects) -> Iterator[Finding]:
    """The file can be read by programs for PDF 1.4 if its standard is based on it.

    What: object streams and cross-reference streams, which came with PDF 1.5, in PDF/X-1a and PDF/X-3.
    Why: a program that was made for these standards cannot open the file.
    Fix: export the file for PDF 1.4, or save it without object streams.
    """
    if objects.standard not in BEFORE_X4:
        return
    # As above.
    from brochure.preflight.pdf_reader.file_structure import has_object_streams

    if has_object_streams(objects.pdf):
        message = f"the file has object streams, which {_name(objects.standard)} does not allow"
        yield make_finding(message, None, "save it for PDF 1.4, without object streams")


@check("file-structure", source="ISO 32000-1, 7.5", severity=Severity.ERROR)
def file_structure(pdf: Pdf) -> Iterator[Finding]:
    """The file has a header and a correct cross-reference table.

    What: the header at the start, and a cross-reference table at the place that the end names, with objects where it says.
    Why: programs repair a damaged file each in their own way, and some refuse it.
    Fix: export or send the file again; it may have been damaged on its way.
    """
    # As above.
    from brochure.preflight.pdf_reader.file_structure import find_structure_faults

    for message in find_structure_faults(pdf):
        yield make_finding(message, None, "export or send the file again")


EMBEDDED = "x-4"
"""The standard that requires an embedded profile, even for a registered condition."""
REGISTERED = compile_lazily(
    r"FOGRA\d\d[A-Z]*|CGATS[ .]?(TR[ .]?\d{3}|21.*)|CRPC\d|JCN?\d+.*|JMPA.*|SNAP.*|(WAN-)?IFRA.*|PSR.*|EURO.*|PC\d.*|SC\d.*"
    r"|OFCOM.*|SWOP.*|GRACoL.*",
    re.IGNORECASE,
)
"""Identifiers of printing conditions in the ICC's registry of characterization data, by their families."""


@check(
    "output-intent",
    source="ISO 15930-7 (PDF/X-4), ISO 15930-4 (PDF/X-1a): output intents; ISO 32000-1, 14.11.5; GWG 2022, R0035",
    severity=Severity.ERROR,
)
def output_intent(objects: PdfObjects) -> Iterator[Finding]:
    """The file has one output intent for a press.

    What: one PDF/X output intent with a press profile (before PDF/X-4, a registered condition suffices), identifier and name.
    Why: without it, the intended colours are unknown, and proof and print differ.
    Fix: export the file for a printing condition.
    """
    # The reader of PDFs is imported in the checks that need it, since builds read none.
    from brochure.preflight.pdf_reader.intent import list_intents

    intents = list_intents(objects.pdf)
    if len(intents) != 1:
        count = f"{len(intents)} output intents" if intents else "no output intent"
        message = f"the file has {count}; one is required"
        yield make_finding(message, None, "export it for one printing condition")
    for intent in intents:
        yield from _check_condition(intent)
        yield from _check_profile(intent, objects.standard)


def _check_condition(intent: Any) -> Iterator[Finding]:
    identifier = get_text(intent, "/OutputConditionIdentifier").strip()
    if not identifier:
        message = "the output intent has no condition identifier"
        yield make_finding(message, None, "name the printing condition, e.g. FOGRA39")
    elif not _is_registered(intent) and not get_text(intent, "/Info").strip():
        message = f"the output intent does not describe its condition '{identifier}', which is not registered"
        yield make_finding(message, None, "describe the printing condition (/Info)")


def _is_registered(intent: Any) -> bool:
    identifier = get_text(intent, "/OutputConditionIdentifier").strip()
    registry = get_text(intent, "/RegistryName").strip().rstrip("/")
    return registry == REGISTRY and REGISTERED.fullmatch(identifier) is not None


def _check_profile(intent: Any, standard: str) -> Iterator[Finding]:
    profile = get(intent, "/DestOutputProfile")
    if profile is None:
        if standard == EMBEDDED or not _is_registered(intent):
            condition = "" if standard == EMBEDDED else ", and its condition is not registered"
            message = f"the output intent has no ICC profile{condition}"
            yield make_finding(message, None, "embed the profile of the press")
        return
    data = read_stream(profile)
    if data[36:40] != b"acsp" or data[12:16] != b"prtr":
        message = "the output intent's ICC profile is not a press (output) profile"
        yield make_finding(message, None, "embed the profile of the press (class prtr)")
    elif data[16:20] not in (b"CMYK", b"GRAY"):
        space = data[16:20].decode("ascii", "replace").strip()
        message = f"the output intent's ICC profile is for {space}"
        yield make_finding(message, None, "embed a CMYK profile")
