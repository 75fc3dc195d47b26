"""`brochure text undo`: restore the catalogue that the last import replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import echo, say_json


def command(
    lang: Annotated[str, typer.Option(help="Language of the catalogue, as a BCP 47 tag.")],
    project: Folder = Path(),
    json: Json = False,
) -> None:
    """Restore the catalogue of a language as it was before the last 'brochure text import'.

    \b
    Example: take back an import into the French catalogue:
        brochure text undo my-brochure --lang fr

    The current catalogue is kept in place of the previous one: run the command again to return to it. One catalogue of each
    language is kept, in the folder .brochure/undo of the project, which version control ignores.

    \b
    Exit status: 0 restored; 64 no previous catalogue is kept, or another program changed the catalogue meanwhile.
    """
    from brochure.errors import UsageError
    from brochure.l10n.translations import catalogue_file
    from brochure.project import project_at
    from brochure.system.previous_version import Swap, swap_versions
    from brochure.translation.catalogues import check_language, previous_file
    from brochure.translation.workspace import open_workspace

    check_language(open_workspace(project_at(project)), lang)
    path, kept = project / catalogue_file(lang), project / previous_file(lang)
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
