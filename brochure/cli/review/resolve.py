"""`brochure review resolve`: mark comments as resolved, or as open again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import echo, say_json


def command(
    thread: Annotated[
        str,
        typer.Argument(
            help="Message key, or page-N for comments on a page without a message.", metavar="KEY"
        ),
    ],
    project: Folder = Path(),
    comment: Annotated[
        str,
        typer.Option(
            "--id",
            metavar="ID",
            help="Id of one comment, as 'review status' prints it (default: all comments of the message).",
        ),
    ] = "",
    reopen: Annotated[
        bool, typer.Option("--reopen", help="Mark them as open again instead.")
    ] = False,
    json: Json = False,
) -> None:
    """Mark the comments on a message as resolved. Nothing is deleted.

    \b
    Example: everything that was said about a message is done:
        brochure review resolve solution.train my-brochure

    \b
    Exit status: 0 done; 2 a file in comments/ is invalid; 64 no such message or comment; 73 the file cannot be written.
    """
    from brochure.project import project_at
    from brochure.review.comments import set_resolved

    files = project_at(project)
    is_changed = set_resolved(files.root, thread, comment, resolved=not reopen)
    state = "open" if reopen else "resolved"
    if json:
        say_json({"thread": thread, "id": comment or None, "state": state, "changed": is_changed})
    else:
        echo(f"{thread}  {state}" + ("" if is_changed else " already"))
