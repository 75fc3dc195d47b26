"""`brochure check`: says what is wrong with a project, without painting it.

Takes a project and an edition; gives the findings on standard error and how many there are on standard output.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._output import as_data, counted, say_findings, say_json
from brochure.cli._spoken import say_spoken


def command(
    project: Annotated[
        Path, typer.Argument(help="The project's folder, which holds brochure.yaml.")
    ] = Path(),
    lang: Annotated[
        str | None,
        typer.Option(help="The language to check, as a BCP 47 tag; the source's unless told."),
    ] = None,
    office: Annotated[
        str | None,
        typer.Option(
            help="The office whose edition to check, by the name of its file in offices/."
        ),
    ] = None,
    reading_order: Annotated[
        bool,
        typer.Option(
            "--reading-order", help="Print the brochure as a screen reader would speak it."
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Check the layout, the copy and the pages of a project.

    \b
    Example: everything that would stop the sample from going to press, each with its place:
        brochure check layouts/proven-model

    \b
    What somebody hears who does not see the pages, in the order of reading:
        brochure check layouts/proven-model --reading-order

    \b
    Exit status: 0 nothing wrong; 1 errors found in the brochure; 2 layout, copy or an asset is wrong.
    """
    from brochure.errors import InputError
    from brochure.findings import has_errors
    from brochure.pipeline import make_pages
    from brochure.project import project_at

    status = 0
    try:
        made = make_pages(project_at(project), lang, office)
        if reading_order:
            say_spoken(made, as_json=json)
            return
        findings = made.findings
        status = 1 if has_errors(findings) else 0
    except InputError as failure:
        findings, status = failure.findings, failure.exit_status
    if json:
        say_json({"findings": [as_data(finding) for finding in findings]})
    else:
        say_findings(findings)
        typer.echo("no findings" if not findings else counted(len(findings), "finding"))
    raise typer.Exit(status)
