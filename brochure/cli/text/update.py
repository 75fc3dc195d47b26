"""`brochure text update`: brings catalogues up to date with a changed source.

Takes a project and its catalogues; writes those that have changed and says of each what is new, changed and obsolete.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import failure_as_data, say_findings, say_json


def command(
    project: Folder = Path(),
    lang: Annotated[
        list[str] | None,
        typer.Option(help="The language to update; may be said again. All of them unless told."),
    ] = None,
    json: Json = False,
) -> None:
    """Merge the source as it is now into the catalogues; nothing that a translator wrote is lost.

    \b
    Example: after the English copy has changed, all catalogues of a project:
        brochure text update my-brochure

    Translations whose source is as it was stay. Where it has changed they become fuzzy, with the old source beside
    the new one. Where it is gone they become obsolete, and come back when the message does. A catalogue in which
    nothing changes is not touched.

    \b
    Exit status: 0 done; 2 a catalogue cannot be read (the others are updated all the same).
    """
    from brochure.errors import InputError
    from brochure.l10n.formats import po
    from brochure.project import project_at
    from brochure.system.output_files import write_atomically
    from brochure.translation.catalogues import (
        catalogue_file,
        list_catalogue_languages,
        update_catalogue,
    )
    from brochure.translation.workspace import open_workspace

    desk = open_workspace(project_at(project))
    said: list[dict[str, Any]] = []
    status = 0
    for tag in lang or list_catalogue_languages(desk):
        path = project / catalogue_file(tag)
        try:
            update = update_catalogue(desk, tag)
        except InputError as failure:
            status = failure.exit_status
            said.append({"file": str(path), **failure_as_data("cannot be read", failure.findings)})
            if not json:
                say_findings(failure.findings)
            continue
        if update.differs:
            write_atomically(path, po.write(update.catalogue))
        figures = {"new": update.new, "changed": update.changed, "obsolete": update.obsolete}
        said.append({"file": str(path), "written": update.differs, **figures})
        if not json:
            typer.echo(f"{path}  {_in_words(figures, written=update.differs)}")
    if json:
        say_json({"catalogues": said})
    elif not said:
        typer.echo("there is no catalogue yet: 'brochure text extract --lang TAG' begins one")
    raise typer.Exit(status)


def _in_words(figures: dict[str, tuple[str, ...]], *, written: bool) -> str:
    if not written:
        return "nothing has changed (not touched)"
    if not any(figures.values()):
        return "comments brought up to date"
    return ", ".join(f"{len(keys)} {word}" for word, keys in figures.items())
