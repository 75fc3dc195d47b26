"""`brochure text context`: write pictures of pages and of the places of messages, for translators and their programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder, Json, Language, OfficeName
from brochure.cli._output import counted, echo, say_json


def command(
    out: Annotated[
        Path,
        typer.Option("-o", "--out", help="Output folder; the edition gets a folder in it."),
    ],
    project: Folder = Path(),
    lang: Language = None,
    office: OfficeName = None,
    json: Json = False,
) -> None:
    """Write a picture of each page, a crop for each message with its places outlined, and context.json.

    \b
    Example: write the context of the source language into the folder context/en, then that of the French edition:
        brochure text context my-brochure -o context
        brochure text context my-brochure --lang fr -o context

    The file context.json has the key, file, page and box of each message, as the screenshot features of Weblate and Crowdin ask
    for. Messages that are not printed have the reason. File names stay the same as long as keys and page numbers do. An
    earlier context of the edition is replaced as a whole.

    \b
    Exit status: 0 written; 2 invalid project; 64 unknown language or office, or the folder contains something else.
    """
    from brochure.project import project_at
    from brochure.proof.translator_context import MARKER, draw_context, open_context
    from brochure.system.output_files import write_folder

    context = open_context(project_at(project), lang, office)
    files, folder = draw_context(context), out / context.folder
    write_folder(folder, files, replaces=MARKER)
    crops = sum(name.startswith("crops/") for name in files)
    if json:
        unprinted = [{"key": key, "reason": why} for key, why in context.unprinted.items()]
        say_json(
            {
                "path": str(folder),
                "pages": len(context.pages),
                "messages": len(context.printed),
                "crops": crops,
                "not_printed": unprinted,
            }
        )
        return
    echo(
        f"{folder}  {counted(len(context.pages), 'page')}, {counted(len(context.printed), 'message')},"
        f" {counted(crops, 'crop')}"
    )
    if context.unprinted:
        echo(f"{counted(len(context.unprinted), 'message')} not printed; see {folder / MARKER}")
