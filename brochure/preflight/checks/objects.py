"""Checks of damaged objects and content: what cannot be read as the PDF standard requires."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.preflight.check import check
from brochure.preflight.model import PageObjects, Pdf, make_finding


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

    What: operators that do not exist, names that are not in the resources, and pairs of operators (q and Q, BT and ET, BMC and
    EMC) that are not complete; in forms, patterns and glyphs, too.
    Why: programs guess what was meant, each in its own way; what comes after the fault may be missing or misplaced.
    Fix: export the file again; or open it in another program and save it.
    """
    for page in objects.pages:
        for description, count in page.syntax:
            times = "" if count == 1 else f" ({count} times)"
            yield make_finding(f"{description}{times}", page.number, "export the file again")
