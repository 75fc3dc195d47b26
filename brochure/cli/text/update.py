"""`brochure text update`: merge the current source into the catalogues."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import CatalogueOffice, Folder, Json
from brochure.cli._output import echo, failure_as_data, say_findings, say_json


def command(
    project: Folder = Path(),
    lang: Annotated[
        list[str] | None,
        typer.Option(help="Language to update, as a BCP 47 tag; repeatable (default: all)."),
    ] = None,
    office: CatalogueOffice = None,
    json: Json = False,
) -> None:
    """Merge the current source into the catalogues; no translation is lost.

    \b
    Example: update all catalogues after the English copy has changed:
        brochure text update my-brochure

    A translation becomes fuzzy if its source has changed; the catalogue then shows the previous source, too. It becomes
    obsolete if its message is removed, and is restored if the message returns. Catalogues without changes are not rewritten.
    Without --office and --lang, the catalogues of the offices are updated as well. Several languages are updated at a time.

    \b
    Exit status: 0 done; 2 a catalogue is invalid (the others are still updated).
    """
    from brochure.cli._progress import Progress
    from brochure.errors import ExitCode
    from brochure.l10n.formats import po
    from brochure.project import project_at
    from brochure.system.output_files import write_atomically
    from brochure.translation.catalogues import update_catalogues

    count, updates = update_catalogues(project_at(project), lang or (), office)
    results: list[dict[str, Any]] = []
    status = 0
    progress = Progress(count, sys.stderr, wanted=not json)
    for one in updates:
        path, update = project / one.path, one.update
        progress.show(len(results) + 1)
        if update is None:
            status = int(ExitCode.INVALID_INPUT)
            results.append({"path": str(path), **failure_as_data("cannot be read", one.findings)})
            if not json:
                with progress.aside():
                    say_findings(one.findings)
            continue
        if update.differs:
            write_atomically(path, po.write(update.catalogue))
        figures = {"new": update.new, "changed": update.changed, "obsolete": update.obsolete}
        results.append({"path": str(path), "written": update.differs, **figures})
        if not json:
            with progress.aside():
                echo(f"{path}  {_in_words(figures, written=update.differs)}")
    if json:
        say_json({"catalogues": results})
    elif not results:
        echo("no catalogues found; create one with 'brochure text extract --lang TAG'")
    raise typer.Exit(status)


def _in_words(figures: dict[str, tuple[str, ...]], *, written: bool) -> str:
    if not written:
        return "no changes (not rewritten)"
    if not any(figures.values()):
        return "comments updated"
    return ", ".join(f"{len(keys)} {word}" for word, keys in figures.items())
