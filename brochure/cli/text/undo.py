"""`brochure text undo`: restore the files that the last import replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import CatalogueOffice, Folder, Json
from brochure.cli._output import echo, say_json


def command(
    lang: Annotated[
        str,
        typer.Option(
            help="Language of the catalogue, as a BCP 47 tag; the source language after 'brochure text import-copy'."
        ),
    ],
    project: Folder = Path(),
    office: CatalogueOffice = None,
    json: Json = False,
) -> None:
    """Restore the catalogue of a language, or the source copy, as it was before the last import.

    \b
    Example: take back an import into the French catalogue, and the import of a manuscript in English:
        brochure text undo my-brochure --lang fr
        brochure text undo my-brochure --lang en

    The current files are kept in place of the previous ones: run the command again to return to them. One version of each
    catalogue is kept, and one of the files that 'brochure text import-copy' changed, in the folder .brochure/undo of the
    project, which version control ignores.

    \b
    Exit status: 0 restored; 64 no previous version is kept, or another program changed a file meanwhile.
    """
    from brochure.errors import UsageError
    from brochure.project import project_at
    from brochure.system.previous_version import Swap, swap_versions
    from brochure.translation.catalogues import check_language, previous_file
    from brochure.translation.workspace import open_workspace

    desk = open_workspace(project_at(project), office)
    if office is None and lang == desk.layout.source_language:
        _restore_copy(project, lang, json=json)
        return
    check_language(desk, lang)
    path, kept = project / desk.catalogue_file(lang), project / previous_file(lang, office)
    done = swap_versions(path, kept)
    if done is Swap.NOTHING_KEPT:
        raise UsageError(
            f"--lang {lang}: {kept} does not exist; 'brochure text import' keeps the catalogue that it replaces there"
        )
    if done is Swap.CHANGED:
        raise UsageError(f"{path}: another program has changed the file; run the command again")
    exists = done is Swap.RESTORED
    if json:
        say_json({"path": str(path), "exists": exists, "kept": str(kept)})
        return
    words = "restored" if exists else "removed, as there was none before the import"
    echo(f"{path}  {words}; the other version is kept in {kept}")


def _restore_copy(project: Path, lang: str, *, json: bool) -> None:
    """Restore the files that the last import of a manuscript changed."""
    from brochure.errors import UsageError
    from brochure.system.previous_version import Swap, swap_kept
    from brochure.translation.catalogues import PREVIOUS_COPY

    done = swap_kept(project, PREVIOUS_COPY)
    if not done:
        kept = project / PREVIOUS_COPY
        raise UsageError(
            f"--lang {lang}: {kept} does not exist; 'brochure text import-copy' keeps the files that it replaces there"
        )
    changed = [name for name, swap in done.items() if swap is Swap.CHANGED]
    if changed:
        raise UsageError(
            f"{project / changed[0]}: another program has changed the file; run the command again"
        )
    if json:
        say_json(
            {"paths": [str(project / name) for name in done], "kept": str(project / PREVIOUS_COPY)}
        )
        return
    for name, swap in done.items():
        words = (
            "restored" if swap is Swap.RESTORED else "removed, as there was none before the import"
        )
        echo(f"{project / name}  {words}")
    echo(f"the other versions are kept in {project / PREVIOUS_COPY}")
