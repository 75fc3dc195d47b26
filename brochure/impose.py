"""Impose a project's pages, or those of any PDF, on printer's sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.api import lay_out, prepare_for_press
from brochure.build_values import LaidOut
from brochure.choices import Assembly, Scheme
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, has_errors
from brochure.fonts.catalog import FontCatalog
from brochure.imposition.covers import keep_glue_free, wrap_cover
from brochure.imposition.external_pdf import (
    ExternalPdf,
    fill_sheets,
    join_external,
    open_external,
)
from brochure.imposition.finishing import create_decoration
from brochure.imposition.folds import cover
from brochure.imposition.gang import GangedLeaf, GangSpace, gang
from brochure.imposition.schemes import (
    ImpositionOptions,
    ImpositionResult,
    SourcePages,
    impose,
)
from brochure.imposition.sheet_sides import PageSize, SheetLayout
from brochure.imposition.sheets import SheetDecoration, make_sheet, media_box
from brochure.imposition.signatures import SignatureOptions
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

PRELOADED = ("pypdf",)
"""Modules that the functions for limited calls import late."""


@dataclass(frozen=True)
class ImposedSheets:
    """A PDF of imposed sheets, with the number of source pages and of sheet sides; `cover` is that of a separate cover."""

    name: str
    pages: int
    sides: int
    pdf: bytes
    findings: tuple[Finding, ...]
    cover: bytes = b""


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
        signature=_assembled(options.signature, layout),
        nest=replace(options.nest, caliper=paper_caliper),
    )
    source = _source_pages(layout, made, left_to_right=edition.left_to_right)
    covering = options.cover
    cover_sides = _cover_sides(layout, source, options)
    if cover_sides:
        source = _without_cover(source)
    imposed = impose(source, options)
    if covering.glue and layout.spine:
        imposed = _keep_glue_free(imposed, covering.glue, (source.first, source.last))
    font_catalog = FontCatalog(project, system=layout.fonts.system)
    decoration = create_decoration(
        edition, font_catalog, options.marks, imposed.paper, date, made.work.condition
    )
    for_cover = replace(decoration, paper=_fit_paper(options.paper, cover_sides))
    pages_by_number = {page.number: page for page in made.pages}
    covers = tuple(make_sheet(each, pages_by_number, for_cover) for each in cover_sides)
    block = tuple(make_sheet(each, pages_by_number, decoration) for each in imposed.sheet_layouts)
    files = [covers, block] if covering.is_separate else [(), (*covers, *block)]
    info, condition = describe_document(edition, date), PRESS.on(made.work)
    cover_pdf, pdf = (
        render(sheets, info, condition, project) if sheets else b"" for sheets in files
    )
    parts = (layout.brochure, edition.office.office if edition.office else "", edition.language)
    name = "_".join(part for part in (*parts, options.scheme.value) if part)
    findings = (*made.findings, *imposed.findings, *_signature_findings(layout, source, options))
    sides = len(covers) + len(block)
    return ImposedSheets(name, len(layout.pages), sides, pdf, findings, cover_pdf)


def _cover_sides(
    layout: Layout, source: SourcePages, options: ImpositionOptions
) -> tuple[SheetLayout, ...]:
    """Return the sides of the cover; empty if it is imposed with the other pages.

    A proof of reader spreads shows the cover as its first spread.
    """
    left_to_right, covering = options.left_to_right, options.cover
    if options.scheme is Scheme.READER:
        return ()
    if layout.spine or not covering.is_separate:
        sides = cover(layout, left_to_right=left_to_right)
        inner = (INSIDE_FRONT, source.count - 1)
        return (
            *sides[:1],
            *(keep_glue_free(side, covering.glue, inner) for side in sides[1:]),
        )
    if not layout.binding.bound or source.count < MIN_COVERED:
        message = "--separate-cover needs a bound brochure with a spine, or of 8 pages or more"
        raise UsageError(message)
    return wrap_cover(source, left_to_right=left_to_right)


INSIDE_FRONT = 2
"""The page on the inside of the front cover."""
MIN_COVERED = 8
"""Pages of the smallest brochure without a spine whose cover can be separate."""


def _keep_glue_free(
    imposed: ImpositionResult, glue: float, numbers: tuple[int, ...]
) -> ImpositionResult:
    """Return the sheets with nothing printed where the cover is glued to the first and the last page of the block."""
    sides = (keep_glue_free(side, glue, numbers) for side in imposed.sheet_layouts)
    return replace(imposed, sheet_layouts=tuple(sides))


def _assembled(options: SignatureOptions, layout: Layout) -> SignatureOptions:
    """Return the options with the assembly that the binding needs, if none is given."""
    is_perfect = layout.binding is Binding.PERFECT
    assembly = Assembly.GATHER if is_perfect else Assembly.INSERT
    return replace(options, assembly=options.assembly or assembly)


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
    is_nested = is_nested and not options.signature.up
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
    return _fill(source, imposed, options, name, _size_findings(source, name))


def _fill(
    source: ExternalPdf,
    imposed: ImpositionResult,
    options: ImpositionOptions,
    name: str,
    found: tuple[Finding, ...] = (),
) -> ImposedSheets:
    """Return the sheets with the pages of a PDF."""
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
    findings = (*found, *_annotation_findings(source, name), *imposed.findings)
    stem = f"{name.removesuffix('.pdf')}_{options.scheme.value}"
    return ImposedSheets(stem, len(source.pages), len(empty), pdf, findings)


@dataclass(frozen=True, slots=True)
class GangSource:
    """A PDF for a ganged sheet: its data and name, and how many copies of each leaf are placed."""

    data: bytes
    name: str
    copies: int = 1


def gang_pdfs_limited(sources: Sequence[GangSource], options: ImpositionOptions) -> ImposedSheets:
    """Gang PDFs that may be hostile, with limits on time and memory; see `gang_pdfs`."""
    whole = b"".join(source.data for source in sources)
    return read_limited(whole, sources[0].name, gang_pdfs, sources, options)


def gang_pdfs(sources: Sequence[GangSource], options: ImpositionOptions) -> ImposedSheets:
    """Place the leaves of several PDFs on common sheets; odd pages are fronts, and even ones their backs.

    Raises:
        UsageError: No paper is given, or a page does not fit on it.
    """
    if options.paper is None:
        raise UsageError("--scheme gang needs the size of the sheet: --paper SRA3")
    opened = [open_external(source.data, source.name) for source in sources]
    joined, leaves, before = join_external(opened), list[GangedLeaf](), 0
    for source, pdf in zip(sources, opened, strict=True):
        for at in range(0, len(pdf.pages), 2):
            back = before + at + 2 if at + 1 < len(pdf.pages) else 0
            leaves.append(GangedLeaf(before + at + 1, back, _leaf_size(pdf, at), source.copies))
        before += len(pdf.pages)
    return _fill(joined, _gang(leaves, options.paper, options), options, sources[0].name)


def _gang(
    leaves: Sequence[GangedLeaf], paper: tuple[float, float], options: ImpositionOptions
) -> ImpositionResult:
    """Return the sheets in the orientation of the paper that needs fewer of them."""
    made: list[ImpositionResult] = []
    refused: list[UsageError] = []
    for oriented in (paper, paper[::-1]):
        space = GangSpace(oriented, options.marks, options.gutter)
        try:
            made.append(ImpositionResult(gang(leaves, space), oriented))
        except UsageError as error:
            refused.append(error)
    if not made:
        raise refused[0]
    return min(made, key=lambda one: len(one.sheet_layouts))


def _leaf_size(pdf: ExternalPdf, at: int) -> PageSize:
    """Return the size of a leaf: that of the larger of its two pages, with the smaller bleed."""
    sizes = [page.size for page in pdf.pages[at : at + 2]]
    width, height = max(one.width for one in sizes), max(one.height for one in sizes)
    return PageSize(width, height, min(one.bleed for one in sizes))


def _size_findings(source: ExternalPdf, name: str) -> tuple[Finding, ...]:
    if source.has_equal_sizes:
        return ()
    message = f"{name}: the pages have different sizes; smaller ones are aligned to the fold, else centred"
    return (Finding("page-sizes", message, severity=Severity.WARNING),)


def _annotation_findings(source: ExternalPdf, name: str) -> tuple[Finding, ...]:
    """Warn about pages with visible annotations, which are not copied."""
    pages = [str(at) for at, page in enumerate(source.pages, start=1) if page.dropped]
    if not pages:
        return ()
    message = f"{name}: form fields, notes or stamps on page {', '.join(pages)} are not copied"
    hint = "flatten the PDF first (print it to a PDF)"
    return (Finding("annotations-left-out", message, None, hint, Severity.WARNING),)
