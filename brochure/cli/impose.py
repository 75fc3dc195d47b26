"""`brochure impose`: impose the pages of a project or of any PDF on press sheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brochure.choices import BindingEdge, Creep, Flip, Scheme
from brochure.cli._completion import complete_marks
from brochure.cli._options import Date, Json
from brochure.cli._output import as_data, counted, echo, say_findings, say_json, size_in_words
from brochure.cli._target import read_date

if TYPE_CHECKING:
    from brochure.impose import ImposedSheets


def command(
    source: Annotated[
        Path, typer.Argument(help="Project folder, or a PDF.", show_default=False)
    ] = Path(),
    scheme: Annotated[
        Scheme,
        typer.Option(
            help="Imposition scheme: reader (spreads), booklet, work-and-turn, work-and-tumble, step-and-repeat (one leaf)"
            " or n-up (pages in order)."
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
    marks: Annotated[
        str,
        typer.Option(
            help="Printer's marks: yes, no, or a list: crop,fold,registration,color-bars,page-information,centre.",
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
    Exit status: 0 written; 2 invalid project or PDF; 64 invalid command line or paper size;
    73 the file cannot be written.
    """
    # Imported here, so that --help and invalid command lines load nothing else.
    from brochure.cli._imposition import (
        read_grid,
        read_marks,
        read_signature_pages,
        read_size,
        read_thickness,
    )
    from brochure.errors import UsageError
    from brochure.impose import impose_pdf_limited, impose_project
    from brochure.imposition.page_order import Nest
    from brochure.imposition.schemes import ImpositionOptions
    from brochure.project import project_at, read_whole
    from brochure.system.output_files import write_atomically

    dated = read_date(date)
    asked = ImpositionOptions(
        scheme,
        read_size(paper),
        Nest(read_thickness(caliper) or 0.0, creep),
        read_signature_pages(section),
        flip,
        read_grid(grid),
        read_marks(marks),
    )
    if source.suffix.casefold() == ".pdf":
        if dated:
            raise UsageError("--date applies to projects only: remove it to impose a PDF")
        left_to_right = None if bind is None else bind is BindingEdge.LEFT
        sheets = impose_pdf_limited(
            read_whole(source), source.name, asked, left_to_right=left_to_right
        )
    else:
        project, thick = project_at(source), read_thickness(caliper)
        sheets = impose_project(project, asked, lang, office, thick, dated)
    path = out or Path(f"{sheets.name}.pdf")
    write_atomically(path, sheets.pdf)
    _say(sheets, path, json=json)


def _say(sheets: ImposedSheets, path: Path, *, json: bool) -> None:
    """Print what was written."""
    if json:
        facts = {
            "path": str(path),
            "pages": sheets.pages,
            "sides": sheets.sides,
            "bytes": len(sheets.pdf),
        }
        findings = [as_data(finding) for finding in sheets.findings]
        say_json({"imposed": facts, "findings": findings})
        return
    say_findings(sheets.findings)
    pages, sides = counted(sheets.pages, "page"), counted(sheets.sides, "side")
    echo(f"{path}  {pages} on {sides}  {size_in_words(len(sheets.pdf))}")
