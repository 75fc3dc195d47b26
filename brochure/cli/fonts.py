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
    languages: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="TAG",
            help="Show which fonts a language needs instead, as a BCP 47 tag; repeatable.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """List the font families that a layout can use, with their weights; or which fonts a language needs.

    \b
    Example: list the fonts for the project in the current folder, then what Amharic and Khmer need:
        brochure fonts
        brochure fonts --for am --for km

    With --for, each script that the language is written in is listed with the installed families that have all its letters (those
    of the language's catalogue, or of a sample text), the line that the layout lacks under fonts: fallback, and the package to
    install if no family is installed.

    \b
    Exit status: 0 listed; 1 a language has a script without a font; 2 a font of the folder cannot be
    used; 64 the folder does not exist, or a tag is invalid.
    """
    from brochure.fonts.catalog import FontCatalog
    from brochure.project import project_at

    if languages:
        raise typer.Exit(_show_needs(project, languages, system=system, json=json))
    font_catalog = FontCatalog(project_at(project), system=system)
    families = [
        _describe(family, font_catalog.programs(family)) for family in font_catalog.families()
    ]
    if json:
        say_json({"families": families})
        return
    slants = {True: "upright and italic", False: "upright"}
    print_table([(one["family"], one["weights"], slants[one["italic"]]) for one in families])


def _show_needs(project: Path, languages: list[str], *, system: bool, json: bool) -> int:
    """Show which fonts languages need; return the exit status."""
    from brochure.api import LAYOUT_FILE, read_layout
    from brochure.errors import UsageError
    from brochure.fonts.catalog import FontCatalog
    from brochure.l10n.language_tags import is_tag
    from brochure.project import project_at
    from brochure.translation.font_needs import find_font_needs

    wrong = next((tag for tag in languages if not is_tag(tag)), None)
    if wrong is not None:
        raise UsageError(f"--for {wrong}: not a language tag (e.g. fr, fr-CA or km)")
    opened = project_at(project)
    try:
        layout = read_layout(opened)[0] if opened.read(LAYOUT_FILE) else None
    except FileNotFoundError:
        layout = None
    system = system or bool(layout and layout.fonts.system)
    needs = find_font_needs(opened, layout, FontCatalog(opened, system=system), languages)
    if json:
        keys = ("language", "script", "name", "layout", "installed", "package", "fallback")
        say_json({"needs": [{key: getattr(one, key) for key in keys} for one in needs]})
    else:
        head = ("language", "script", "in the layout", "installed", "do")
        print_table([_need_row(one) for one in needs], head=head)
    return 0 if all(one.installed for one in needs) else 1


MAX_FAMILIES = 3
"""Maximum number of families in a cell of the table."""


def _need_row(need: Any) -> tuple[str, ...]:
    to_do = []
    if need.package:
        to_do.append(f"install {need.package}" + (", set fonts: system: yes" * need.is_system))
    if need.fallback:
        to_do.append(f"add under fonts: fallback: {need.fallback}")
    families = (need.layout, need.installed)
    cells = (
        ", ".join(one[:MAX_FAMILIES]) + (", …" if len(one) > MAX_FAMILIES else "") or "-"
        for one in families
    )
    return need.language, f"{need.name} ({need.script})", *cells, "; ".join(to_do) or "-"


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
