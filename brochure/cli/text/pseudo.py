"""`brochure text pseudo`: build drafts in pseudolocales and report overset and hard-coded text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.choices import Pseudolocale
from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, counted, echo, say_findings, say_json


def command(
    project: Folder = Path(),
    lang: Annotated[
        list[Pseudolocale] | None,
        typer.Option(
            help="Pseudolocale: en-XA (longer, accented), ar-XB (mirrored) or km-XT (tall); repeatable (default: all)."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="Output folder for the drafts.")] = Path(
        "out"
    ),
    json: Json = False,
) -> None:
    """Build drafts in pseudolocales, to find problems with other languages before anything is translated.

    \b
    Example: build drafts in all three pseudolocales into the folder out:
        brochure text pseudo my-brochure -o out

    en-XA is a third longer and accented, ar-XB is right-to-left on mirrored pages, km-XT has tall syllables.
    Text that is still in the source language is hard-coded in the layout.

    \b
    Exit status: 0 no problems; 1 problems found; 2 invalid layout or source copy.
    """
    from brochure.findings import has_errors
    from brochure.project import project_at
    from brochure.system.output_files import write_atomically
    from brochure.translation.pseudolocale_editions import build_pseudo_edition
    from brochure.translation.workspace import open_workspace

    desk = open_workspace(project_at(project))
    results: list[dict[str, Any]] = []
    status = 0
    for tag in lang or Pseudolocale:
        edition = build_pseudo_edition(desk, tag)
        path = out / f"{edition.draft.name}.pdf"
        if edition.draft.parts:
            write_atomically(path, edition.draft.parts)
        if has_errors(edition.findings):
            status = 1
        findings = [as_data(finding) for finding in edition.findings]
        made = str(path) if edition.draft.parts else None
        results.append({"language": tag.value, "path": made, "findings": findings})
        if not json:
            shown = made or f"{path}: no draft could be built"
            echo(f"{shown}  {counted(len(findings), 'finding')}")
            say_findings(edition.findings)
    if json:
        say_json({"editions": results})
    raise typer.Exit(status)
