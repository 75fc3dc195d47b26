"""`brochure impose`: impose the pages of a project or of any PDF on press sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brochure.choices import Assembly, BindingEdge, Creep, Flip, Scheme
from brochure.cli._completion import complete_marks
from brochure.cli._options import Date, Json
from brochure.cli._output import as_data, counted, echo, say_findings, say_json, size_in_words
from brochure.cli._target import read_date
from brochure.fast_dataclass import dataclass

if TYPE_CHECKING:
    from brochure.impose import ImposedSheets
    from brochure.imposition.schemes import ImpositionOptions


def command(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Project folder, or a PDF (default: the current folder); with --scheme gang several.",
            show_default=False,
        ),
    ] = None,
    scheme: Annotated[
        Scheme,
        typer.Option(
            help="Imposition scheme: reader (spreads), booklet, sheetwise, work-and-turn, work-and-tumble, step-and-repeat"
            " (one leaf), n-up (pages in order) or gang (leaves of several jobs)."
        ),
    ] = Scheme.BOOKLET,
    paper: Annotated[
        str | None,
        typer.Option(
            help="Sheet size: A3, SRA3, Letter …, or '320 x 450 mm' (default: as large as needed)."
        ),
    ] = None,
    caliper: Annotated[
        str | None,
        typer.Option(
            help="Thickness of the paper, for creep: '0.1 mm' (default: the layout's; for a PDF 0)."
        ),
    ] = None,
    creep: Annotated[
        Creep,
        typer.Option(
            help="Creep compensation: in (move inner pages towards the spine) or out (move outer pages away from it)."
        ),
    ] = Creep.IN,
    flip: Annotated[
        Flip | None,
        typer.Option(
            help="Edge on which the printer flips the sheet, short or long; rotates back sides to match (default: no rotation)."
        ),
    ] = None,
    grid: Annotated[
        str | None,
        typer.Option(
            help="With step-and-repeat and n-up: pages across and down, e.g. 2x4 (default: as many as fit)."
        ),
    ] = None,
    section: Annotated[
        int,
        typer.Option(
            "--signature-pages",
            min=0,
            help="Pages of a signature, for perfect binding, e.g. 16 (0: all pages in one signature).",
        ),
    ] = 0,
    up: Annotated[
        int | None,
        typer.Option(
            "--up",
            help="With sheetwise, work-and-turn and work-and-tumble: pages on each side of the sheet, 4, 8 or 16, in sheets that"
            " are folded several times (default: 8 for sheetwise).",
        ),
    ] = None,
    assembly: Annotated[
        Assembly | None,
        typer.Option(
            help="With --up: gather signatures one behind the other, or insert them into each other"
            " (default: gather for perfect binding, else insert)."
        ),
    ] = None,
    gutter: Annotated[
        str | None,
        typer.Option(
            help="Distance between pieces that are cut apart: '6 mm' (default: twice the bleed)."
        ),
    ] = None,
    milling: Annotated[
        str | None,
        typer.Option(
            help="Width that is milled off each page at the spine for perfect binding: '3 mm' (default: none)."
        ),
    ] = None,
    bottling: Annotated[
        str | None,
        typer.Option(
            help="With --up: how far the heads of the innermost pages move towards the spine: '0.3 mm' (default: not at all)."
        ),
    ] = None,
    separate_cover: Annotated[
        bool,
        typer.Option(
            "--separate-cover",
            help="Write the cover of a project to a file of its own: the one with a spine, else the four outer pages.",
        ),
    ] = False,
    glue: Annotated[
        str | None,
        typer.Option(
            help="With a spine: width beside it that is not printed, inside the cover and on the first and last page of the"
            " block: '6 mm' (default: none)."
        ),
    ] = None,
    copies: Annotated[
        str | None,
        typer.Option(
            help="With --scheme gang: copies of each leaf on the sheet, one number or one for each source: 4,2,2 (default: 1)."
        ),
    ] = None,
    marks: Annotated[
        str,
        typer.Option(
            help="Printer's marks: yes, no, or a list: crop,fold,registration,color-bars,page-information,centre,collating.",
            autocompletion=complete_marks,
        ),
    ] = "no",
    bind: Annotated[
        BindingEdge | None,
        typer.Option(
            "--binding-edge",
            help="Binding edge of a PDF, left or right (default: as the PDF says, else left).",
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            help="Language of the project's edition, as a BCP 47 tag (default: the source language)."
        ),
    ] = None,
    office: Annotated[
        str | None, typer.Option(help="Office of the project's edition (default: no office).")
    ] = None,
    date: Date = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="Output file (default: the name of the brochure and the scheme, in the current folder).",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Impose pages on press sheets.

    \b
    Example: impose the sample as a saddle-stitched booklet on SRA3, with creep and marks:
        brochure impose layouts/proven-model --paper SRA3 --marks yes -o sheets.pdf

    \b
    Impose any PDF as reader spreads, or business cards as many as fit on A3:
        brochure impose report.pdf --scheme reader -o proof.pdf
        brochure impose card.pdf --scheme step-and-repeat --paper A3 --marks crop -o cards.pdf

    \b
    Impose signatures of 16 pages for perfect binding, with milling and collating marks, and the cover as a file of its own:
        brochure impose my-book --scheme sheetwise --up 8 --milling 3mm --marks yes --separate-cover -o sheets.pdf

    \b
    Gang several jobs on a sheet:
        brochure impose card.pdf flyer.pdf --scheme gang --copies 8,2 --paper SRA3 --marks crop -o gang.pdf

    \b
    Exit status: 0 written; 2 invalid project or PDF; 64 invalid command line or paper size;
    73 the file cannot be written.
    """
    # Imported here, so that --help and invalid command lines load nothing else.
    from brochure.cli._imposition import (
        read_allowance,
        read_copies,
        read_grid,
        read_marks,
        read_signature_pages,
        read_size,
        read_thickness,
        read_up,
    )
    from brochure.errors import UsageError
    from brochure.imposition.page_order import Nest
    from brochure.imposition.schemes import CoverOptions, ImpositionOptions
    from brochure.imposition.signatures import SignatureOptions
    from brochure.system.output_files import write_atomically

    every = sources or [Path()]
    options = ImpositionOptions(
        scheme,
        read_size(paper),
        Nest(read_thickness(caliper) or 0.0, creep),
        read_signature_pages(section),
        flip,
        read_grid(grid),
        read_marks(marks),
        signature=SignatureOptions(
            read_up(up, scheme, section), assembly, read_allowance("bottling", bottling) or 0.0
        ),
        gutter=read_allowance("gutter", gutter),
        milling=read_allowance("milling", milling) or 0.0,
        cover=CoverOptions(separate_cover, read_allowance("glue", glue) or 0.0),
    )
    edition = _Edition(lang, office, read_thickness(caliper), read_date(date), bind)
    if scheme is Scheme.GANG:
        _refuse_covers(options)
        sheets = _gang(every, options, edition, read_copies(copies, len(every)))
    elif len(every) > 1 or copies:
        raise UsageError("several sources and --copies need --scheme gang")
    else:
        sheets = _impose(every[0], options, edition)
    path = out or Path(f"{sheets.name}.pdf")
    paths = [path]
    if sheets.cover:
        paths.append(path.with_name(f"{path.stem}_cover.pdf"))
        write_atomically(paths[-1], sheets.cover)
    write_atomically(path, sheets.pdf)
    _say(sheets, paths, json=json)


@dataclass(frozen=True, slots=True)
class _Edition:
    """What of a source is imposed: the edition of a project, or the binding edge of a PDF."""

    lang: str | None
    office: str | None
    caliper: float | None
    date: str
    bind: BindingEdge | None


def _impose(source: Path, options: ImpositionOptions, edition: _Edition) -> ImposedSheets:
    """Impose a project or a PDF."""
    from brochure.errors import UsageError
    from brochure.impose import impose_pdf_limited, impose_project
    from brochure.project import project_at, read_whole

    if source.suffix.casefold() != ".pdf":
        caliper, date = edition.caliper, edition.date
        project, lang, office = project_at(source), edition.lang, edition.office
        return impose_project(project, options, lang, office, caliper, date)
    if edition.date:
        raise UsageError("--date applies to projects only: remove it to impose a PDF")
    _refuse_covers(options)
    left_to_right = None if edition.bind is None else edition.bind is BindingEdge.LEFT
    return impose_pdf_limited(read_whole(source), source.name, options, left_to_right=left_to_right)


def _refuse_covers(options: ImpositionOptions) -> None:
    from brochure.errors import UsageError

    if options.cover.is_separate or options.cover.glue:
        raise UsageError("--separate-cover and --glue apply to one project: remove them")


def _gang(
    sources: Sequence[Path], options: ImpositionOptions, edition: _Edition, copies: Sequence[int]
) -> ImposedSheets:
    """Gang PDFs, and press PDFs of projects."""
    from brochure.impose import GangSource, gang_pdfs_limited
    from brochure.project import read_whole

    opened = []
    for source, count in zip(sources, copies, strict=True):
        is_pdf = source.suffix.casefold() == ".pdf"
        data = read_whole(source) if is_pdf else _build_press(source, edition)
        name = source.name if is_pdf else f"{source.absolute().name}.pdf"
        opened.append(GangSource(data, name, count))
    return gang_pdfs_limited(tuple(opened), options)


def _build_press(folder: Path, edition: _Edition) -> bytes:
    """Return the press PDF of a project."""
    from brochure.api import build
    from brochure.errors import InputError
    from brochure.prepress.output_conditions import PRESS
    from brochure.project import project_at

    built = build(project_at(folder), PRESS.dated(edition.date), edition.lang, edition.office)
    if not built.parts:
        raise InputError(built.findings)
    return built.pdf


def _say(sheets: ImposedSheets, paths: Sequence[Path], *, json: bool) -> None:
    """Print what was written."""
    if json:
        facts = {
            "path": str(paths[0]),
            **({"cover": str(paths[1])} if sheets.cover else {}),
            "pages": sheets.pages,
            "sides": sheets.sides,
            "bytes": len(sheets.pdf),
        }
        findings = [as_data(finding) for finding in sheets.findings]
        say_json({"imposed": facts, "findings": findings})
        return
    say_findings(sheets.findings)
    pages, sides = counted(sheets.pages, "page"), counted(sheets.sides, "side")
    echo(f"{paths[0]}  {pages} on {sides}  {size_in_words(len(sheets.pdf))}")
    if sheets.cover:
        echo(f"{paths[1]}  cover  {size_in_words(len(sheets.cover))}")
