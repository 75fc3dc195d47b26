"""`brochure text where`: shows which file and line a word, a fact or a picture came from.

Takes a name and an edition; prints what each layer says of it, in the order in which they speak, and marks the one that wins.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import legible, say_json

WIDEST = 60
"""As much of a text as is shown on a line."""


def command(
    name: Annotated[
        str, typer.Argument(help="A message's key, a fact, or a picture's path.", metavar="KEY")
    ],
    project: Folder = Path(),
    office: Annotated[
        str | None, typer.Option(help="The office, by the name of its file in offices/.")
    ] = None,
    lang: Annotated[
        str | None, typer.Option(help="The language, as a BCP 47 tag; the first unless told.")
    ] = None,
    json: Json = False,
) -> None:
    """Show where the words of a message, a fact or a picture come from, and which of them is printed.

    \b
    Example: whose words the legal line of the Canadian edition in French is:
        brochure text where legal layouts/proven-model --office canada --lang fr-CA

    The last layer that speaks wins: the source, then the language from the general to the particular, then the office.
    A translation that is fuzzy waits, and does not speak.

    \b
    Exit status: 0 found; 2 there is no such name, office or language, or the project is wrong.
    """
    from brochure.project import project_at
    from brochure.translation.provenance import find_provenance
    from brochure.translation.workspace import open_workspace

    found = find_provenance(open_workspace(project_at(project)), name, lang, office)
    if json:
        layers = [_as_data(one, one is found.printed) for one in found.origins]
        say_json({"kind": found.kind, "name": found.name, "layers": layers})
        return
    for one in found.origins:
        mark = "→" if one is found.printed else " "
        state = " (fuzzy: waits)" if one.fuzzy else ""
        typer.echo(f"{mark} {one.layer}{state}  {one.span}  {legible(_shortened(one.text))}")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"


def _as_data(one: Any, printed: bool) -> dict[str, Any]:
    return {
        "layer": one.layer,
        "file": one.span.file,
        "line": one.span.line,
        "column": one.span.column,
        "text": one.text,
        "waiting": one.fuzzy,
        "printed": printed,
    }
