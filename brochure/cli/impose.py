"""`brochure impose`: pages of a project or of any PDF onto printer's sheets.

Takes a project or a PDF and a way of imposing; writes one file and says its sides on a line.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from brochure.cli._options import Date, Json
from brochure.cli._output import as_data, counted, say_findings, say_json, size_in_words
from brochure.cli._target import read_date

if TYPE_CHECKING:  # the command line alone may
    from brochure.impose import ImposedSheets
    from brochure.imposition.marks import MarkSet
    from brochure.imposition.page_order import Grid

Word = TypeVar("Word", bound=Enum)


def command(
    source: Annotated[
        Path, typer.Argument(help="A project's folder, or a PDF.", show_default=False)
    ] = Path(),
    scheme: Annotated[
        str,
        typer.Option(
            help="reader, booklet, work-and-turn, work-and-tumble, step-and-repeat (one leaf all over) or n-up (pages in order)."
        ),
    ] = "booklet",
    paper: Annotated[
        str | None,
        typer.Option(help="A3, SRA3, Letter or '320 x 450 mm'; as large as needed unless told."),
    ] = None,
    caliper: Annotated[
        str | None,
        typer.Option(
            help="The thickness of the paper, for creep: '0.1 mm'. A PDF has none unless told."
        ),
    ] = None,
    creep: Annotated[
        str, typer.Option(help="in: inner pages move to the spine; out: outer ones away from it.")
    ] = "in",
    flip: Annotated[
        str | None,
        typer.Option(
            help="The edge that the printer turns on, short or long: turns backs to suit."
        ),
    ] = None,
    grid: Annotated[
        str | None, typer.Option(help="For step-and-repeat and n-up, pages across and down: 2x4.")
    ] = None,
    section: Annotated[
        int,
        typer.Option(
            "--signature-pages",
            min=0,
            help="Pages in a section, for perfect binding: 16. One unless told.",
        ),
    ] = 0,
    marks: Annotated[
        str, typer.Option(help="yes, no, or kinds: crop,fold,registration,bars,information,centre.")
    ] = "no",
    bind: Annotated[
        str | None,
        typer.Option("--binding-edge", help="The side that a PDF is bound on, left or right."),
    ] = None,
    lang: Annotated[str | None, typer.Option(help="The language of the project's edition.")] = None,
    office: Annotated[str | None, typer.Option(help="The office of the project's edition.")] = None,
    date: Date = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The PDF to write.", show_default=False)
    ] = None,
    json: Json = False,
) -> None:
    """Lay pages out on printer's sheets.

    \b
    Example: the sample as a saddle-stitched booklet on SRA3, with creep and marks:
        brochure impose layouts/proven-model --paper SRA3 --marks yes -o sheets.pdf

    \b
    Any PDF, two up as its reader sees it; and cards, as many as an A3 sheet holds:
        brochure impose report.pdf --scheme reader -o proof.pdf
        brochure impose card.pdf --scheme step-and-repeat --paper A3 --marks crop -o cards.pdf

    \b
    Exit status: 0 written; 2 the project, the PDF, the paper or the command line is wrong.
    """
    # Imported here, so that --help and a mistyped command load no stage.
    from brochure.errors import UsageError
    from brochure.impose import impose_pdf, impose_project
    from brochure.imposition.page_order import Creep, Nest
    from brochure.imposition.schemes import Flip, ImpositionOptions, Scheme
    from brochure.project import project_at, read_whole
    from brochure.spec.model import Start
    from brochure.system.output_files import write_atomically

    dated = read_date(date)
    asked = ImpositionOptions(
        _word("--scheme", scheme, Scheme),
        _size(paper),
        Nest(_thickness(caliper) or 0.0, _word("--creep", creep, Creep)),
        _section(section),
        _word("--flip", flip, Flip) if flip else None,
        _grid(grid),
        _marks(marks),
    )
    if source.suffix.casefold() == ".pdf":
        if dated:
            raise UsageError(
                "--date is for projects: the sheets of a PDF have no date; leave it out"
            )
        left_to_right = None if bind is None else _word("--binding-edge", bind, Start) is Start.LEFT
        sheets = impose_pdf(read_whole(source), source.name, asked, left_to_right=left_to_right)
    else:
        project, thick = project_at(source), _thickness(caliper)
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
    typer.echo(f"{path}  {pages} on {sides}  {size_in_words(len(sheets.pdf))}")


def _word(option: str, word: str, words: type[Word]) -> Word:
    """The member of an enumeration that an option names."""
    from brochure.errors import UsageError
    from brochure.findings import nearest

    known = {str(one.value): one for one in words}
    if word not in known:
        raise UsageError(f"{option} {word}: this is not possible ({nearest(word, known)})")
    return known[word]


def _size(text: str | None) -> tuple[float, float] | None:
    from brochure.errors import UsageError
    from brochure.spec.lengths import InvalidValue, size

    try:
        found = size(text) if text else None
    except InvalidValue as wrong:
        raise UsageError(f"--paper {text}: {wrong} ({wrong.hint})") from None
    return (found.width, found.height) if found else None


def _thickness(text: str | None) -> float | None:
    from brochure.errors import UsageError
    from brochure.spec.lengths import InvalidValue, length

    try:
        found = length(text).points if text is not None else None
    except InvalidValue as wrong:
        raise UsageError(f"--caliper {text}: {wrong} ({wrong.hint})") from None
    if found is not None and not 0 <= found <= THICKEST:
        raise UsageError(f"--caliper {text}: paper is 0 to 5 mm thick")
    return found


THICKEST = 14.2
"""5 mm, in points."""


def _section(pages: int) -> int:
    from brochure.errors import UsageError

    if pages % 4:
        raise UsageError(f"--signature-pages {pages}: a section is 4, 8, 12 … pages")
    return pages


def _grid(text: str | None) -> Grid | None:
    from brochure.errors import UsageError

    if text is None:
        return None
    across, _, down = text.casefold().partition("x")
    if not (across.isdecimal() and down.isdecimal() and 0 < int(across) * int(down) <= MAX_UP):
        raise UsageError(f"--grid {text}: write pages across and down, such as 2x4")
    return int(across), int(down)


MAX_UP = 1000
"""More pages than any sheet holds."""


def _marks(text: str) -> MarkSet:
    from brochure.imposition.marks import ALL_MARKS, MarkSet
    from brochure.spec.finishing import PrinterMark

    if text in ("yes", "no"):
        return ALL_MARKS if text == "yes" else MarkSet()
    return MarkSet(
        frozenset(_word("--marks", word.strip(), PrinterMark) for word in text.split(","))
    )
