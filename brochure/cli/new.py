"""`brochure new`: starts a project from a shipped layout.

Takes a folder that does not exist yet; makes a project there and says how to build it. With `--list` it says which layouts
there are to start from.
"""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from brochure.cli._options import Json
from brochure.cli._output import say_json


def command(
    folder: Annotated[
        Path | None, typer.Argument(help="The folder to make; it must not exist yet.")
    ] = None,
    layout: Annotated[
        str, typer.Option("--layout", help="The shipped layout to start from.")
    ] = "proven-model",
    list_them: Annotated[
        bool, typer.Option("--list", help="List the shipped layouts, and make nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Start a brochure of your own from a shipped layout: its spec, its copy and its pictures.

    \b
    Example: a copy to edit, and its first build:
        brochure new my-brochure
        brochure build my-brochure -o out

    \b
    Exit status: 0 made; 2 the folder exists already, or there is no such layout.
    """
    from brochure.errors import UsageError
    from brochure.findings import nearest
    from brochure.templates import describe_template, list_templates, start_project

    known = list_templates()
    if list_them:
        _say_layouts({name: describe_template(path) for name, path in known.items()}, json)
        return
    if folder is None:
        raise UsageError("name the folder to make: brochure new my-brochure")
    if layout not in known:
        raise UsageError(f"--layout {layout}: there is no such layout ({nearest(layout, known)})")
    start_project(known[layout], folder)
    if json:
        say_json({"made": str(folder), "layout": layout})
    else:
        typer.echo(f"{folder}: a copy of {layout}. Next:")
        typer.echo(f"    brochure build {quote(str(folder))} -o out")


def _say_layouts(said: dict[str, str], json: bool) -> None:
    if json:
        say_json({"layouts": [{"name": name, "about": words} for name, words in said.items()]})
        return
    width = max(map(len, said), default=0)
    for name, words in said.items():
        typer.echo(f"{name:{width}}  {words}")
