"""`brochure text extract`: writes a catalogue for a translator.

Takes a project and a language; writes `content/TAG.po`, or the file that is named, and says how many messages are in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import counted, say_json


def command(
    project: Folder = Path(),
    lang: Annotated[
        str | None, typer.Option(help="The language to translate into, as a BCP 47 tag.")
    ] = None,
    pot: Annotated[
        bool, typer.Option("--pot", help="Write a template for no language in particular.")
    ] = False,
    form: Annotated[
        str, typer.Option("--format", help="The format: po, or another that a tool asks for.")
    ] = "po",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The file; content/TAG.po unless told.")
    ] = None,
    json: Json = False,
) -> None:
    """Write a catalogue for a translator, each message with its place, its facts and its room.

    \b
    Example: a French catalogue, content/fr.po, for a project:
        brochure text extract my-brochure --lang fr

    A catalogue that is there already is not touched: 'brochure text update' brings it up to date.

    \b
    Exit status: 0 written; 2 the project or the command line is wrong: then nothing is written.
    """
    from brochure.errors import UsageError
    from brochure.project import project_at
    from brochure.system.output_files import write_new
    from brochure.translation.catalogues import catalogue_file, start_catalogue, template_file
    from brochure.translation.interchange import choose_format
    from brochure.translation.template import make_general_template
    from brochure.translation.workspace import open_workspace

    if (lang is None) == (not pot):
        raise UsageError("say one of --lang TAG, the language, and --pot, a template for all")
    written = choose_format(form, "")
    if form != "po" and out is None:
        raise UsageError(f"--format {form}: say with -o where the file is to go")
    desk = open_workspace(project_at(project))
    catalogue = start_catalogue(desk, lang) if lang else make_general_template(desk)
    path = out or project / (catalogue_file(lang) if lang else template_file(desk))
    write_new(path, written.write(catalogue))
    if json:
        say_json({"written": str(path), "messages": len(catalogue.entries)})
    else:
        typer.echo(f"{path}  {counted(len(catalogue.entries), 'message')}")
