"""`brochure text export`: write a catalogue in an exchange format for translation tools and offices."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.choices import ExchangeFormat
from brochure.cli._options import CatalogueOffice, Folder, Json
from brochure.cli._output import counted, echo, say_json
from brochure.cli.text._pictures import add_pictures


def command(
    lang: Annotated[str, typer.Option(help="Language of the catalogue, as a BCP 47 tag.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Output file.")],
    project: Folder = Path(),
    office: CatalogueOffice = None,
    form: Annotated[
        ExchangeFormat | None,
        typer.Option(
            "--format",
            help="File format (default: by the file name extension).",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Write the catalogue of a language in an exchange format, with the current source text.

    \b
    Example: export the French catalogue as a spreadsheet or a Word document, to be imported with 'text import':
        brochure text export my-brochure --lang fr --format xlsx -o french.xlsx
        brochure text export my-brochure --lang fr -o french.docx

    The file includes existing translations. If the language has no catalogue yet, it contains the source only.

    \b
    Exit status: 0 written; 2 invalid project, 64 invalid command line; nothing is written then.
    """
    from brochure.project import project_at
    from brochure.system.output_files import write_atomically
    from brochure.translation.catalogues import current_catalogue
    from brochure.translation.interchange import choose_format
    from brochure.translation.workspace import open_workspace

    written = choose_format(form, str(out))
    workspace = open_workspace(project_at(project), office)
    catalogue = add_pictures(workspace, current_catalogue(workspace, lang), written)
    write_atomically(out, written.write(catalogue))
    if json:
        say_json({"path": str(out), "messages": len(catalogue.entries)})
    else:
        echo(f"{out}  {counted(len(catalogue.entries), 'message')}")
