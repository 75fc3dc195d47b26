"""`brochure text touch`: keep translations ready to print although their source text was corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Json
from brochure.cli._output import echo, say_json

STATES = {
    "touched": "stays translated",
    "current": "no change",
    "fuzzy": "still fuzzy for another reason",
    "different": "left alone: the source has changed too much (review it, or use --force)",
}


def command(
    keys: Annotated[list[str], typer.Argument(help="Message keys.", metavar="KEY…")],
    project: Annotated[
        Path, typer.Option("--project", "-p", help="Project folder, which contains brochure.yaml.")
    ] = Path(),
    lang: Annotated[
        list[str] | None,
        typer.Option(help="Language, as a BCP 47 tag; repeatable (default: all catalogues)."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also accept large changes of the source text.")
    ] = False,
    json: Json = False,
) -> None:
    """Mark a change of source texts as one without a change of meaning: their translations stay ready to print.

    \b
    Example: a typo was corrected in the English text problem.lead:
        brochure text touch problem.lead -p my-brochure

    All catalogues that have the message record the new source text, whether or not 'brochure text update' was run. Translations
    that were fuzzy before the change stay fuzzy. If the texts have little in common, a translation is left alone. Files are
    edited in place; all of them are written, or none.

    \b
    Exit status: 0 done; 1 translations were left alone or are still fuzzy; 2 a file is invalid,
    64 unknown message, 73 a file cannot be written; nothing is written then.
    """
    from brochure.project import project_at
    from brochure.translation.file_changes import write_changes
    from brochure.translation.source_changes import touch_messages

    found = touch_messages(project_at(project), keys, languages=lang or (), force=force)
    files = write_changes(project, found.changes)
    if json:
        messages = [
            {"file": one.file, "key": one.key, "state": one.state, "before": one.before}
            for one in found.messages
        ]
        say_json({"messages": messages, "files": [str(file) for file in files]})
    else:
        for one in found.messages:
            echo(f"{one.file}  {one.key}  {STATES[one.state]}")
        if not found.messages:
            echo("no catalogue has the message")
    left = any(one.state in ("fuzzy", "different") for one in found.messages)
    raise typer.Exit(1 if left else 0)
