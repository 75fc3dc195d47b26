"""Impose a project's pages, or those of any PDF, on printer's sheets."""

from __future__ import annotations

from dataclasses import replace

from brochure.api import lay_out, prepare_for_press
from brochure.build_values import LaidOut
from brochure.choices import Scheme
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, has_errors
from brochure.fonts.catalog import FontCatalog
from brochure.imposition.external_pdf import (
    ExternalPdf,
    fill_sheets,
    open_external,
)
from brochure.imposition.finishing import create_decoration
from brochure.imposition.folds import cover
from brochure.imposition.schemes import ImpositionOptions, SourcePages, impose
from brochure.imposition.sheet_sides import PageSize, SheetLayout
from brochure.imposition.sheets import SheetDecoration, make_sheet, media_box
from brochure.imposition.slug import SlugText
from brochure.layout.spreads import find_spreads
from brochure.pdf.document import render
from brochure.pdf.metadata import DocumentInfo, describe_document
from brochure.pdf_input.limits import read_limited
from brochure.pdf_input.opening import guard_reading
from brochure.prepress.inks import PROCESS
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject, Project
from brochure.spec.finishing import Binding, PrinterMark
from brochure.spec.model import Layout


@dataclass(frozen=True)
class ImposedSheets:
    """A PDF of imposed sheets, with the number of source pages and of sheet sides."""

    name: str
    pages: int
    sides: int
    pdf: bytes
    findings: tuple[Finding, ...]


def impose_project(
    project: Project,
    options: ImpositionOptions,
    language: str | None = None,
    office: str | None = None,
    caliper: float | None = None,
    date: str = "",
) -> ImposedSheets:
    """Impose an edition.

    Args:
        project: The project to read.
        options: The imposition options; its reading direction and caliper are replaced by the edition's.
        language: Language of the edition; default: the source language.
        office: Office of the edition; default: none.
        caliper: Thickness of the paper in points; default: that of the layout's paper.
        date: The date of the PDF given on the command line, if any.

    Raises:
        InputError: the edition has errors.
    """
    made = prepare_for_press(lay_out(project, language, office), project)
    if has_errors(made.findings):
        raise InputError(made.findings)
    layout, edition = made.edition.layout, made.edition
    paper_caliper = layout.paper.caliper.points if caliper is None else caliper
    options = replace(
        options,
        left_to_right=edition.left_to_right,
        nest=replace(options.nest, caliper=paper_caliper),
    )
    source = _source_pages(layout, made, left_to_right=edition.left_to_right)
    # A proof of reader spreads shows the cover as its first spread; otherwise it is a sheet of its own.
    is_proof = options.scheme is Scheme.READER
    cover_sides = () if is_proof else cover(layout, left_to_right=edition.left_to_right)
    if cover_sides:
        source = _without_cover(source)
    imposed = impose(source, options)
    font_catalog = FontCatalog(project, system=layout.fonts.system)
    decoration = create_decoration(
        edition, font_catalog, options.marks, imposed.paper, date, made.work.condition
    )
    for_cover = replace(decoration, paper=_fit_paper(options.paper, cover_sides))
    pages_by_number = {page.number: page for page in made.pages}
    imposed_sheets = (
        *(make_sheet(each, pages_by_number, for_cover) for each in cover_sides),
        *(make_sheet(each, pages_by_number, decoration) for each in imposed.sheet_layouts),
    )
    pdf = render(imposed_sheets, describe_document(edition, date), PRESS.on(made.work), project)
    parts = (layout.brochure, edition.office.office if edition.office else "", edition.language)
    name = "_".join(part for part in (*parts, options.scheme.value) if part)
    findings = (*made.findings, *imposed.findings, *_signature_findings(layout, source, options))
    return ImposedSheets(name, len(layout.pages), len(imposed_sheets), pdf, findings)


def _fit_paper(
    paper: tuple[float, float] | None, sides: tuple[SheetLayout, ...]
) -> tuple[float, float] | None:
    """Return the paper in the orientation in which the sides fit on it; None if they need a sheet of their own size."""
    if paper is None or not sides:
        return None
    width = max(side.block.width for side in sides)
    height = max(side.block.height for side in sides)
    oriented = (paper, paper[::-1])
    return next((one for one in oriented if width <= one[0] and height <= one[1]), None)


def _without_cover(source: SourcePages) -> SourcePages:
    """Return the block of a book: its pages without the four of the cover."""

    def size(number: int) -> PageSize:
        return source.size(number + COVER_LEAF) if number else source.common_size

    return replace(
        source, count=source.count - 2 * COVER_LEAF, size=size, spreads=(), first=1 + COVER_LEAF
    )


COVER_LEAF = 2
"""Pages of one leaf of a cover."""
MAX_SIGNATURE = 16
"""Pages of a signature that folds well; more are usually divided into several."""


def _signature_findings(
    layout: Layout, source: SourcePages, options: ImpositionOptions
) -> tuple[Finding, ...]:
    """Warn about a perfect-bound block that is imposed as for saddle stitching."""
    is_nested = options.scheme in (Scheme.BOOKLET, Scheme.TURN, Scheme.TUMBLE)
    is_perfect = layout.binding is Binding.PERFECT
    if not (is_nested and is_perfect) or options.section or source.count <= MAX_SIGNATURE:
        return ()
    message = f"the {source.count} pages are one signature, as for saddle stitching; the binding is perfect"
    hint = f"divide them: --signature-pages {MAX_SIGNATURE}"
    return (Finding("signature", message, None, hint, Severity.WARNING),)


def _source_pages(layout: Layout, made: LaidOut, *, left_to_right: bool) -> SourcePages:
    pages_by_number = {
        page.number: PageSize(page.width, page.height, page.bleed) for page in made.pages
    }
    common_size = PageSize(layout.size.width, layout.size.height, layout.bleed.points)
    rows = [tuple(one.number for one in side) for side in find_spreads(layout)]
    spreads = tuple(row if left_to_right else row[::-1] for row in rows)
    leaf = (spreads[0], spreads[1]) if layout.binding.folded else None
    return SourcePages(
        len(layout.pages),
        lambda number: pages_by_number.get(number, common_size),
        common_size,
        spreads,
        leaf,
    )


def impose_pdf_limited(
    data: bytes, name: str, options: ImpositionOptions, *, left_to_right: bool | None = None
) -> ImposedSheets:
    """Impose a PDF that may be hostile, with limits on time and memory; see `impose_pdf`."""
    return read_limited(data, name, impose_pdf, data, name, options, left_to_right=left_to_right)


def impose_pdf(
    data: bytes, name: str, options: ImpositionOptions, *, left_to_right: bool | None = None
) -> ImposedSheets:
    """Impose any PDF, in its own reading direction unless `left_to_right` is given."""
    source = open_external(data, name)
    options = replace(
        options, left_to_right=source.left_to_right if left_to_right is None else left_to_right
    )
    common_size = source.common_size
    imposed = impose(SourcePages(len(source.pages), lambda _: common_size, common_size), options)
    project = MemoryProject()
    # The inks of the pages are not known; those of colour bars are.
    inks = PROCESS if PrinterMark.COLOR_BARS in options.marks.kinds else {}
    note = SlugText(FontCatalog(project))
    decoration = SheetDecoration(note, options.marks, name, 0.0, imposed.paper, inks)
    empty = tuple(
        make_sheet(replace(each, slots=()), {}, decoration) for each in imposed.sheet_layouts
    )
    base = render(empty, DocumentInfo(name, "en"), PRESS, project)
    media = [media_box(each, decoration) for each in imposed.sheet_layouts]
    with guard_reading(name):
        pdf = fill_sheets(base, media, imposed.sheet_layouts, source)
    findings = (
        *_size_findings(source, name),
        *_annotation_findings(source, name),
        *imposed.findings,
    )
    stem = f"{name.removesuffix('.pdf')}_{options.scheme.value}"
    return ImposedSheets(stem, len(source.pages), len(empty), pdf, findings)


def _size_findings(source: ExternalPdf, name: str) -> tuple[Finding, ...]:
    if source.has_equal_sizes:
        return ()
    message = f"{name}: the pages have different sizes; each is centred in the area of the largest"
    return (Finding("page-sizes", message, severity=Severity.WARNING),)


def _annotation_findings(source: ExternalPdf, name: str) -> tuple[Finding, ...]:
    """Warn about pages with visible annotations, which are not copied."""
    pages = [str(at) for at, page in enumerate(source.pages, start=1) if page.dropped]
    if not pages:
        return ()
    message = f"{name}: form fields, notes or stamps on page {', '.join(pages)} are not copied"
    hint = "flatten the PDF first (print it to a PDF)"
    return (Finding("annotations-left-out", message, None, hint, Severity.WARNING),)
