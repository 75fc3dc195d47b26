"""Checks of the PDF/X standard that a file declares or must satisfy, and of the structure that it requires of the file."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.pdf_input.values import get_array
from brochure.preflight.check import check
from brochure.preflight.model import Pdf, make_finding
from brochure.preflight.used_objects import PdfObjects

PDFX = "ISO 15930-7 (PDF/X-4); ISO 15930-4 (PDF/X-1a)"
BEFORE_X4 = ("x-1a", "x-3")


@check("pdfx", source=PDFX, severity=Severity.ERROR)
def pdfx(objects: PdfObjects) -> Iterator[Finding]:
    """The file declares a PDF/X standard: the one that is required, if one is.

    What: the PDF/X version in the XMP metadata or in the information dictionary; none is a warning, another than the required
    one an error.
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

    What: PDF/X-1a and PDF/X-3 in the information dictionary, PDF/X-1a:2001 with its conformance; PDF/X-4 in XMP; versions that
    differ or do not exist.
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

    What: the header at the start, and a cross-reference table at the place that the end names, with objects where it says. A file
    that was cut off cannot be read at all.
    Why: programs repair a damaged file each in their own way, and some refuse it.
    Fix: export or send the file again; it may have been damaged on its way.
    """
    # As above.
    from brochure.preflight.pdf_reader.file_structure import find_structure_faults

    for message in find_structure_faults(pdf):
        yield make_finding(message, None, "export or send the file again")
