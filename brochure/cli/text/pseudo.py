"""`brochure text pseudo`: makes editions in languages that nobody speaks, and says what breaks in them.

Takes a project; writes drafts of its pseudo-editions and says what does not fit and which words nobody could translate.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, counted, say_findings, say_json


def command(
    project: Folder = Path(),
    lang: Annotated[
        list[str] | None,
        typer.Option(
            help="en-XA (longer, accented), ar-XB (mirrored) or km-XT (tall); all unless told."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder for the drafts.")] = Path(
        "out"
    ),
    json: Json = False,
) -> None:
    """Make pseudo-editions: what would break in other languages, before anything is translated.

    \b
    Example: drafts of a project in all three pseudo-languages, into the folder out:
        brochure text pseudo my-brochure -o out

    en-XA is longer by a third and accented, ar-XB runs from right to left on mirrored pages, km-XT is in tall syllables.
    Words that still read as they did are hard-coded in the layout.

    \b
    Exit status: 0 nothing breaks; 1 something does; 2 the layout or the source copy is wrong.
    """
    from brochure.findings import has_errors
    from brochure.l10n.pseudolocale import PSEUDOLOCALES
    from brochure.project import project_at
    from brochure.system.output_files import write_atomically
    from brochure.translation.pseudolocale_editions import build_pseudo_edition
    from brochure.translation.workspace import open_workspace

    desk = open_workspace(project_at(project))
    said: list[dict[str, Any]] = []
    status = 0
    for tag in lang or PSEUDOLOCALES:
        edition = build_pseudo_edition(desk, tag)
        path = out / f"{edition.draft.name}.pdf"
        if edition.draft.parts:
            write_atomically(path, edition.draft.parts)
        if has_errors(edition.findings):
            status = 1
        findings = [as_data(finding) for finding in edition.findings]
        made = str(path) if edition.draft.parts else None
        said.append({"language": tag, "draft": made, "findings": findings})
        if not json:
            shown = made or f"{path}: not even a draft could be made"
            typer.echo(f"{shown}  {counted(len(findings), 'finding')}")
            say_findings(edition.findings)
    if json:
        say_json({"editions": said})
    raise typer.Exit(status)
