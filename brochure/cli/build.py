"""`brochure build`: makes the PDF of a project.

Takes a project, an edition and what the PDF is for; writes one file and says its pages, size and seconds on a line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._output import as_data, counted, say_findings, say_json, size_in_words, tally


def command(
    project: Annotated[
        Path, typer.Argument(help="The project's folder, which holds brochure.yaml.")
    ] = Path(),
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder for the PDF.")] = Path("out"),
    lang: Annotated[
        str | None,
        typer.Option(help="The language to build, as a BCP 47 tag; the source's unless told."),
    ] = None,
    office: Annotated[
        str | None,
        typer.Option(
            help="The office whose edition to build, by the name of its file in offices/."
        ),
    ] = None,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help="Build in spite of overflow and missing translations; they are marked."
        ),
    ] = False,
    target: Annotated[
        str, typer.Option("--for", help="What the PDF is for: press or screen.")
    ] = "press",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Build the brochure of a project.

    \b
    Example: the press PDF of the sample, into the folder out:
        brochure build layouts/proven-model -o out

    \b
    Exit status: 0 built; 1 not built, errors were found in the brochure (text that does not fit);
    2 the layout, the copy, an asset or the command line is wrong. An earlier PDF is never harmed.
    """
    # Imported here, so that --help and a mistyped command load no stage.
    from brochure.errors import UsageError
    from brochure.findings import nearest
    from brochure.pipeline import build
    from brochure.press.conditions import CONDITIONS
    from brochure.project import project_at, seconds, write_whole

    if target not in CONDITIONS:
        raise UsageError(f"--for {target}: there is no such target ({nearest(target, CONDITIONS)})")
    began = seconds()
    built = build(project_at(project), CONDITIONS[target], lang, office, draft=draft)
    path = out / f"{built.name}.pdf"
    if built.pdf:
        write_whole(path, built.pdf)
    facts = {"path": str(path), "pages": built.pages, "bytes": len(built.pdf)}
    if json:
        findings = [as_data(finding) for finding in built.findings]
        say_json({"built": facts if built.pdf else None, "findings": findings})
    else:
        say_findings(built.findings)
    if not built.pdf:
        if not json:
            typer.echo(f"{path}: not built: {tally(built.findings)}", err=True)
        raise typer.Exit(1)
    if not json:
        pages, size = counted(built.pages, "page"), size_in_words(len(built.pdf))
        typer.echo(f"{path}  {pages}  {size}  {seconds() - began:.2f} s")
