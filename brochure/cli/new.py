"""`brochure new`: start a project from a shipped layout or an InDesign file, or list the shipped layouts."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from brochure.cli._completion import complete_layout
from brochure.cli._options import Json
from brochure.cli._output import (
    as_data,
    counted,
    echo,
    say_findings,
    say_json,
    summarize_findings,
)
from brochure.cli._tables import print_table


def command(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder to create; it must not exist yet.")
    ] = None,
    layout: Annotated[
        str,
        typer.Option("--layout", help="Shipped layout to copy.", autocompletion=complete_layout),
    ] = "proven-model",
    list_them: Annotated[
        bool, typer.Option("--list", help="List the shipped layouts and exit.")
    ] = False,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", help="InDesign file (IDML) or PDF to make the project from.", dir_okay=False
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Start a project with a copy of a shipped layout, or from an InDesign file (IDML) or a PDF.

    A copy includes the copy and the images of the layout. From an IDML file, pictures are taken from the folder
    Links beside it and fonts from Document fonts; import-report.html in the project shows what was not taken.
    A PDF gives a sketch to start from: page size, colours, pictures, and a frame for each block of text.

    \b
    Example: create a project and build it:
        brochure new my-brochure
        brochure build my-brochure -o out

    \b
    Example: make a project from an InDesign file:
        brochure new my-leaflet --from leaflet.idml

    \b
    Exit status: 0 created; 2 the file is not IDML or PDF, or is damaged; 64 the folder already exists,
    or the layout or the file is unknown; 73 the folder cannot be written.
    """
    from brochure.errors import UsageError
    from brochure.findings import nearest
    from brochure.templates import describe_template, list_templates, start_project

    known = list_templates()
    if list_them:
        _say_layouts({name: describe_template(path) for name, path in known.items()}, json)
        return
    if folder is None:
        raise UsageError(
            "no folder given; expected the folder to create, e.g. brochure new my-brochure"
        )
    if source is not None:
        read = _import_pdf if source.suffix.casefold() == ".pdf" else _import
        read(source, folder, json)
        return
    if layout not in known:
        raise UsageError(f"--layout {layout}: unknown layout ({nearest(layout, known)})")
    start_project(known[layout], folder)
    if json:
        say_json({"path": str(folder), "layout": layout})
    else:
        echo(f"{folder}: a copy of {layout}. Next:")
        echo(f"    brochure build {quote(str(folder))} -o out")


def _import(source: Path, folder: Path, json: bool) -> None:
    """Make a project from an IDML file, and say what was not taken."""
    from brochure.idml.import_report import REPORT_FILE
    from brochure.idml.losses import count_losses
    from brochure.idml.start_project import start_from_idml

    imported = start_from_idml(source, folder)
    if json:
        say_json(
            {
                "path": str(folder),
                "from": str(source),
                "pages": len(imported.document.pages),
                "report": str(folder / REPORT_FILE),
                "counts": count_losses(imported.findings),
                "findings": [as_data(finding) for finding in imported.findings],
            }
        )
        return
    say_findings(imported.findings)
    pages = counted(len(imported.document.pages), "page")
    echo(f"{folder}: {pages} from {source}. Next:")
    echo(f"    brochure build {quote(str(folder))} -o out")
    echo(
        f"What was not taken is in {folder / REPORT_FILE}: {summarize_findings(imported.findings) or 'nothing'}."
    )


def _import_pdf(source: Path, folder: Path, json: bool) -> None:
    """Make a project from a PDF, and say what was not taken."""
    from brochure.pdf_import.start_project import start_from_pdf

    made = start_from_pdf(source, folder)
    if json:
        findings = [as_data(finding) for finding in made.findings]
        say_json(
            {"path": str(folder), "from": str(source), "pages": made.pages, "findings": findings}
        )
        return
    say_findings(made.findings)
    echo(f"{folder}: a sketch of {counted(made.pages, 'page')} from {source}. Next:")
    echo(f"    brochure build {quote(str(folder))} -o out")


def _say_layouts(layouts: dict[str, str], json: bool) -> None:
    if json:
        say_json(
            {"layouts": [{"name": name, "description": words} for name, words in layouts.items()]}
        )
        return
    print_table([*layouts.items()])
