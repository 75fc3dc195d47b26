"""`brochure text extract`: write a new catalogue for a translator, `content/TAG.po` by default."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.choices import ExchangeFormat
from brochure.cli._options import CatalogueOffice, Folder, Json
from brochure.cli._output import counted, echo, say_json
from brochure.cli.text._pictures import add_pictures


def command(
    project: Folder = Path(),
    lang: Annotated[str | None, typer.Option(help="Target language, as a BCP 47 tag.")] = None,
    office: CatalogueOffice = None,
    pot: Annotated[
        bool, typer.Option("--pot", help="Write a template (POT) without a target language.")
    ] = False,
    form: Annotated[
        ExchangeFormat, typer.Option("--format", help="File format.")
    ] = ExchangeFormat.PO,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", help="Output file (default: content/TAG.po, or offices/OFFICE/TAG.po)."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Write a new catalogue for a translator; each message has its location, its variables and its character limit.

    \b
    Example: write a French catalogue, content/fr.po:
        brochure text extract my-brochure --lang fr

    With --office, the catalogue has the messages that the office replaces or adds in the source language; it is
    offices/OFFICE/TAG.po. An existing catalogue is not overwritten; update it with 'brochure text update'.

    \b
    Exit status: 0 written; 2 invalid project, 64 invalid command line; nothing is written then.
    """
    from brochure.errors import UsageError
    from brochure.project import project_at
    from brochure.system.output_files import write_new
    from brochure.translation.catalogues import start_catalogue, template_file
    from brochure.translation.interchange import choose_format
    from brochure.translation.template import make_general_template
    from brochure.translation.workspace import open_workspace

    if (lang is None) == (not pot):
        raise UsageError("expected either --lang TAG for a catalogue or --pot for a template")
    written = choose_format(form, "")
    if form is not ExchangeFormat.PO and out is None:
        raise UsageError(f"--format {form} needs an output file: add -o FILE")
    desk = open_workspace(project_at(project), office)
    catalogue = start_catalogue(desk, lang) if lang else make_general_template(desk)
    path = out or project / (desk.catalogue_file(lang) if lang else template_file(desk))
    write_new(path, written.write(add_pictures(desk, catalogue, written)))
    if json:
        say_json({"path": str(path), "messages": len(catalogue.entries)})
    else:
        echo(f"{path}  {counted(len(catalogue.entries), 'message')}")
