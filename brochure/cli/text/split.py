"""`brochure text split`: make several messages of one in all files of a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import counted, echo, say_json


def command(
    key: Annotated[str, typer.Argument(help="Key of a message.", metavar="KEY")],
    project: Folder = Path(),
    into: Annotated[
        list[str] | None,
        typer.Option(help="Key of a further part; repeatable (default: KEY-2, KEY-3 …)."),
    ] = None,
    at: Annotated[
        list[str] | None,
        typer.Option(
            help="Words of the source with which a part begins; repeatable (default: at each paragraph).",
            metavar="WORDS",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list the files that would be changed.")
    ] = False,
    json: Json = False,
) -> None:
    """Split a message into several, in the layout, the copy, the offices and all catalogues.

    \b
    Example: make each paragraph a message, and divide a message before some words:
        brochure text split problem.story my-brochure
        brochure text split problem.story my-brochure --at "Since then" --into problem.today

    The first part keeps the key. The block or list item that shows the message is repeated for the other parts. Translations
    with as many paragraphs are divided, too; others become fuzzy, and their text is kept in the notes of all parts. All files
    are written, or none. Run 'brochure text update' afterwards, so that translators see the new places.

    \b
    Exit status: 0 done; 2 a file is invalid or has a form that cannot be edited, 64 unknown message, or
    one that cannot be divided, 73 a file cannot be written; nothing is written then.
    """
    from brochure.project import project_at
    from brochure.translation.file_changes import write_changes
    from brochure.translation.splitting import split_message

    found = split_message(project_at(project), key, into or (), at or ())
    paths = [str(project / change.name) for change in found.changes]
    if not dry_run:
        write_changes(project, found.changes)
    if json:
        say_json(
            {
                "messages": list(found.names),
                "files": paths,
                "undivided": [str(project / name) for name in found.undivided],
                "written": not dry_run,
            }
        )
        return
    for path, change in zip(paths, found.changes, strict=True):
        is_whole = change.name in found.undivided
        echo(f"{path}  not divided: it has other paragraphs than the source" if is_whole else path)
    done = "would be divided" if dry_run else "divided"
    parts = ", ".join(found.names)
    echo(f"{key} {done} into {parts} in {counted(len(paths), 'file')}")
