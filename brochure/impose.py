"""Imposing: a project's pages, or those of any PDF, onto printer's sheets.

Takes a project with an edition, or the bytes of a PDF, and what is asked for; gives the PDF of the sheets with all findings.
Stands beside the verbs of the pipeline: what is made up there is laid out and painted here in another order.
"""

from __future__ import annotations

from dataclasses import replace

from brochure.api import LaidOut, document, lay_out, prepare_for_press
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, has_errors
from brochure.fonts.catalog import FontCatalog
from brochure.imposition.external_pdf import ExternalPdf, fill_sheets, open_external, readable
from brochure.imposition.finishing import decoration_for
from brochure.imposition.schemes import ImpositionOptions, SourcePages, impose
from brochure.imposition.sheet_sides import PageSize
from brochure.imposition.sheets import SheetDecoration, make_sheet, media_box
from brochure.imposition.slug import SlugText
from brochure.layout.spreads import find_spreads
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.inks import PROCESS
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject, Project
from brochure.spec.model import Layout


@dataclass(frozen=True)
class ImposedSheets:
    """Printer's sheets, painted: `sides` says what lies on each, `pages` how many pages there were."""

    name: str
    pages: int
    sides: int
    pdf: bytes
    findings: tuple[Finding, ...]


def impose_project(
    project: Project,
    asked: ImpositionOptions,
    language: str | None = None,
    office: str | None = None,
    caliper: float | None = None,
    date: str = "",
) -> ImposedSheets:
    """An edition's sheets; InputError where the brochure has errors in it. Without a caliper the layout's paper counts.

    `date` is the date of the PDF that the command line states, if any.
    """
    made = prepare_for_press(lay_out(project, language, office), project)
    if has_errors(made.findings):
        raise InputError(made.findings)
    layout, edition = made.edition.layout, made.edition
    thick = layout.paper.caliper.points if caliper is None else caliper
    asked = replace(
        asked, left_to_right=edition.left_to_right, nest=replace(asked.nest, caliper=thick)
    )
    imposed = impose(_stock(layout, made, left_to_right=edition.left_to_right), asked)
    font_catalog = FontCatalog(project, system=layout.fonts.system)
    outfit = decoration_for(edition, font_catalog, asked.marks, imposed.paper, date)
    known = {page.number: page for page in made.pages}
    plates = tuple(make_sheet(each, known, outfit) for each in imposed.sheet_layouts)
    pdf = render(plates, document(edition, date), PRESS.on(made.work), project)
    parts = (layout.brochure, edition.office.office if edition.office else "", edition.language)
    name = "_".join(part for part in (*parts, asked.scheme.value) if part)
    findings = (*made.findings, *imposed.findings)
    return ImposedSheets(name, len(layout.pages), len(plates), pdf, findings)


def _stock(layout: Layout, made: LaidOut, *, left_to_right: bool) -> SourcePages:
    known = {page.number: PageSize(page.width, page.height, page.bleed) for page in made.pages}
    usual = PageSize(layout.size.width, layout.size.height, layout.bleed.points)
    rows = [tuple(one.number for one in side) for side in find_spreads(layout)]
    spreads = tuple(row if left_to_right else row[::-1] for row in rows)
    leaf = (spreads[0], spreads[1]) if layout.binding.folded else None
    return SourcePages(
        len(layout.pages), lambda number: known.get(number, usual), usual, spreads, leaf
    )


def impose_pdf(
    data: bytes, name: str, asked: ImpositionOptions, *, left_to_right: bool | None = None
) -> ImposedSheets:
    """The sheets of a PDF that we did not make; it is read as it says itself unless told."""
    source = open_external(data, name)
    asked = replace(
        asked, left_to_right=source.left_to_right if left_to_right is None else left_to_right
    )
    usual = source.usual
    imposed = impose(SourcePages(len(source.pages), lambda _: usual, usual), asked)
    project = MemoryProject()
    outfit = SheetDecoration(
        SlugText(FontCatalog(project)), asked.marks, name, 0.0, imposed.paper, PROCESS
    )
    empty = tuple(make_sheet(replace(each, slots=()), {}, outfit) for each in imposed.sheet_layouts)
    base = render(empty, DocumentInfo(name, "en"), PRESS, project)
    papers = [media_box(each, outfit) for each in imposed.sheet_layouts]
    with readable(name):
        pdf = fill_sheets(base, papers, imposed.sheet_layouts, source)
    findings = (*_unlike(source, name), *_left_out(source, name), *imposed.findings)
    stem = f"{name.removesuffix('.pdf')}_{asked.scheme.value}"
    return ImposedSheets(stem, len(source.pages), len(empty), pdf, findings)


def _unlike(source: ExternalPdf, name: str) -> tuple[Finding, ...]:
    if source.alike:
        return ()
    message = f"{name}: its pages are of several sizes; each stands in the middle of the largest"
    return (Finding("page-sizes", message, severity=Severity.WARNING),)


def _left_out(source: ExternalPdf, name: str) -> tuple[Finding, ...]:
    """Pages with something on top of them that does not come along."""
    pages = [str(at) for at, page in enumerate(source.pages, start=1) if page.dropped]
    if not pages:
        return ()
    message = f"{name}: fields, notes or stamps on page {', '.join(pages)} are left out"
    hint = "print it to a PDF first, so that they become part of the page"
    return (Finding("annotations-left-out", message, None, hint, Severity.WARNING),)
