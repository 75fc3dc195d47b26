"""`brochure new`: start a project from a shipped layout, or list the shipped layouts."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from brochure.cli._completion import complete_layout
from brochure.cli._options import Json
from brochure.cli._output import echo, say_json
from brochure.cli._tables import print_table


def command(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder to create; it must not exist yet.")
    ] = None,
    layout: Annotated[
        str,
        typer.Option("--layout", help="Shipped layout to copy.", autocompletion=complete_layout),
    ] = "proven-model",
    list_them: Annotated[
        bool, typer.Option("--list", help="List the shipped layouts and exit.")
    ] = False,
    json: Json = False,
) -> None:
    """Start a project with a copy of a shipped layout, including its copy and images.

    \b
    Example: create a project and build it:
        brochure new my-brochure
        brochure build my-brochure -o out

    \b
    Exit status: 0 created; 64 the folder already exists, or the layout is unknown;
    73 the folder cannot be written.
    """
    from brochure.errors import UsageError
    from brochure.findings import nearest
    from brochure.templates import describe_template, list_templates, start_project

    known = list_templates()
    if list_them:
        _say_layouts({name: describe_template(path) for name, path in known.items()}, json)
        return
    if folder is None:
        raise UsageError(
            "no folder given; expected the folder to create, e.g. brochure new my-brochure"
        )
    if layout not in known:
        raise UsageError(f"--layout {layout}: unknown layout ({nearest(layout, known)})")
    start_project(known[layout], folder)
    if json:
        say_json({"path": str(folder), "layout": layout})
    else:
        echo(f"{folder}: a copy of {layout}. Next:")
        echo(f"    brochure build {quote(str(folder))} -o out")


def _say_layouts(layouts: dict[str, str], json: bool) -> None:
    if json:
        say_json(
            {"layouts": [{"name": name, "description": words} for name, words in layouts.items()]}
        )
        return
    print_table([*layouts.items()])
