"""`brochure text export`: sends a catalogue out in the format that a translation tool or an office asks for.

Takes a project and a language; writes one file, the catalogue as the source has it now.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import counted, say_json


def command(
    lang: Annotated[str, typer.Option(help="The language, as a BCP 47 tag.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to write.")],
    project: Folder = Path(),
    form: Annotated[
        str | None, typer.Option("--format", help="The format; by the file's ending unless told.")
    ] = None,
    json: Json = False,
) -> None:
    """Write a language's catalogue in another format, for a tool or an office that asks for it.

    \b
    Example: the French catalogue as a spreadsheet, to be filled in and brought back with 'text import':
        brochure text export my-brochure --lang fr --format xlsx -o french.xlsx

    Translations that are there go along. Where there is no catalogue yet, the file has the source alone.

    \b
    Exit status: 0 written; 2 the project or the command line is wrong: then nothing is written.
    """
    from brochure.project import project_at
    from brochure.system.output_files import write_atomically
    from brochure.translation.catalogues import current_catalogue
    from brochure.translation.interchange import choose_format
    from brochure.translation.workspace import open_workspace

    written = choose_format(form, str(out))
    catalogue = current_catalogue(open_workspace(project_at(project)), lang)
    write_atomically(out, written.write(catalogue))
    if json:
        say_json({"written": str(out), "messages": len(catalogue.entries)})
    else:
        typer.echo(f"{out}  {counted(len(catalogue.entries), 'message')}")
