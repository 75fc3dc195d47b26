"""`brochure fonts`: lists the families that a project can set type in.

Takes a project; gives its families with their weights and slants, from the project's own fonts and the installed packages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Json
from brochure.cli._output import legible, say_json


def command(
    project: Annotated[Path, typer.Argument(help="The project's folder.")] = Path(),
    system: Annotated[
        bool, typer.Option("--system", help="Count the fonts installed on this machine as well.")
    ] = False,
    json: Json = False,
) -> None:
    """List the font families that a layout may name, with their weights.

    \b
    Example: what is there for the project in this folder:
        brochure fonts

    \b
    Exit status: 0 listed; 2 there is no such folder, or a font in it cannot be used.
    """
    from brochure.fonts.catalog import FontCatalog
    from brochure.project import project_at

    font_catalog = FontCatalog(project_at(project), system=system)
    found = [
        _described(family, font_catalog.programs(family)) for family in font_catalog.families()
    ]
    if json:
        say_json({"families": found})
        return
    width = max((len(one["family"]) for one in found), default=0)
    for one in found:
        slants = "upright and italic" if one["italic"] else "upright"
        typer.echo(f"{legible(one['family']):{width}}  {one['weights']}  {slants}")


def _described(family: str, programs: tuple[Any, ...]) -> dict[str, Any]:
    """A family's weights (`200-900` where they are variable, else each), and whether it has an italic."""
    ranges = [program.ranges.get("wght") for program in programs]
    variable = [one for one in ranges if one]
    if variable:
        weights = f"{min(one[0] for one in variable):g}-{max(one[2] for one in variable):g}"
    else:
        weights = ", ".join(
            f"{one:g}" for one in sorted({program.style[0] for program in programs})
        )
    italic = any(program.style[2] for program in programs)
    return {"family": family, "weights": weights, "italic": italic}
