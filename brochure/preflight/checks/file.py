"""Checks of a finished file as a whole: metadata, and what a press file must not contain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.geometry import bounding_box
from brochure.pdf_input.page_geometry import page_box, read_geometry
from brochure.pdf_input.values import (
    get,
    get_array,
    get_dictionary,
    get_text,
    read_numbers,
)
from brochure.preflight.check import check
from brochure.preflight.model import FileDate, ObjectLocation, Pdf, make_finding
from brochure.preflight.used_objects import PdfObjects
from brochure.prepress.output_conditions import DEFAULT_DATE

PDFX = "ISO 15930-7 (PDF/X-4); ISO 15930-4 (PDF/X-1a)"


TITLE = re.compile(r"(?>.*?<dc:title>)(?>.*?<rdf:li[^<>]*+>)(.*?)</rdf:li>", re.S)
CREATE_DATE = re.compile(r"xmp:CreateDate(?:>|=\")([^<\"]*)")
TRAPPED = ("/True", "/False")
WITHOUT_XMP = ("x-1a", "x-3")
"""Standards that identify a file by its information dictionary."""


@check("metadata", source="ISO 15930-7 (PDF/X-4); ISO 16684-1 (XMP)", severity=Severity.ERROR)
def metadata(objects: PdfObjects) -> Iterator[Finding]:
    """The metadata is complete and consistent.

    What: an XMP packet (not in PDF/X-1a and PDF/X-3); a title and dates that agree with the information dictionary; a known
    /Trapped.
    Why: some programs read one and some the other; if they differ, one of them is wrong.
    Fix: write both from one source.
    """
    # Imported here, since builds read no XMP.
    from html import unescape

    from brochure.preflight.pdf_reader.metadata import read_info, read_xmp

    info, packet = read_info(objects.pdf), read_xmp(objects.pdf)
    if not packet and objects.standard not in WITHOUT_XMP:
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
