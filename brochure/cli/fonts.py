"""`brochure fonts`: list the font families of a project and of installed font packages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Json
from brochure.cli._output import say_json
from brochure.cli._tables import print_table


def command(
    project: Annotated[Path, typer.Argument(help="Project folder.")] = Path(),
    system: Annotated[
        bool, typer.Option("--system", help="Also list the fonts installed on this machine.")
    ] = False,
    json: Json = False,
) -> None:
    """List the font families that a layout can use, with their weights.

    \b
    Example: list the fonts for the project in the current folder:
        brochure fonts

    \b
    Exit status: 0 listed; 2 a font of the folder cannot be used; 64 the folder does not exist.
    """
    from brochure.fonts.catalog import FontCatalog
    from brochure.project import project_at

    font_catalog = FontCatalog(project_at(project), system=system)
    families = [
        _describe(family, font_catalog.programs(family)) for family in font_catalog.families()
    ]
    if json:
        say_json({"families": families})
        return
    slants = {True: "upright and italic", False: "upright"}
    print_table([(one["family"], one["weights"], slants[one["italic"]]) for one in families])


def _describe(family: str, programs: tuple[Any, ...]) -> dict[str, Any]:
    """Return a family's weights (`200-900` if variable, otherwise a list), and whether it has an italic."""
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
