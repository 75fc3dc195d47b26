"""`brochure fonts`: lists the families that a project can set type in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._output import say_json


def command(
    project: Annotated[Path, typer.Argument(help="The project's folder.")] = Path(),
    system: Annotated[
        bool, typer.Option("--system", help="Count the fonts installed on this machine as well.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """List the font families that a layout may name.

    \b
    Example: what is there for the project in this folder:
        brochure fonts
    """
    from brochure.fonts.shelf import Shelf
    from brochure.project import DiskProject

    families = Shelf(DiskProject(project), system=system).families()
    if json:
        say_json({"families": list(families)})
    else:
        for family in families:
            typer.echo(family)
