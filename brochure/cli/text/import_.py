"""`brochure text import`: takes over what came back from a translator, an agency or an office.

Takes a file in any exchange format and a language; writes `content/TAG.po` and says what was taken over.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, say_findings, say_json


def command(
    file: Annotated[Path, typer.Argument(help="The file that came back.", metavar="FILE")],
    lang: Annotated[str, typer.Option(help="The language, as a BCP 47 tag.")],
    project: Folder = Path(),
    form: Annotated[
        str | None, typer.Option("--format", help="The format; by the file's ending unless told.")
    ] = None,
    json: Json = False,
) -> None:
    """Take over the translations in a file that came back; what the catalogue had is never lost.

    \b
    Example: a spreadsheet that the French office has filled in:
        brochure text import french.xlsx my-brochure --lang fr

    A translation that another replaces is kept in the message's notes. One that was made from an older source becomes
    fuzzy. What the file leaves empty stays as it is.

    \b
    Exit status: 0 done; 2 the file or the catalogue cannot be read: then nothing is written.
    """
    from brochure.l10n.formats import po
    from brochure.l10n.project_editions import read_catalogue
    from brochure.project import project_at, read_whole
    from brochure.system.output_files import write_atomically
    from brochure.translation.catalogues import (
        catalogue_file,
        compare_catalogues,
        refresh_sources,
    )
    from brochure.translation.interchange import choose_format, merge_returned, read_returned
    from brochure.translation.workspace import open_workspace

    form_of_file = choose_format(form, str(file))
    desk = open_workspace(project_at(project))
    theirs, notes = read_returned(read_whole(file), form_of_file, str(file), lang)
    ours = refresh_sources(desk, lang)
    taken = merge_returned(ours, theirs)
    path = project / catalogue_file(lang)
    before = read_catalogue(desk.project, lang)
    written = before is None or compare_catalogues(before, taken.catalogue).differs
    if written:
        write_atomically(path, po.write(taken.catalogue))
    figures = {"added": taken.added, "replaced": taken.replaced, "waiting": taken.fuzzy}
    findings = (*notes, *taken.findings)
    if json:
        said = [as_data(finding) for finding in findings]
        say_json({"file": str(path), "written": written, **figures, "findings": said})
        return
    counts = ", ".join(f"{len(keys)} {word}" for word, keys in figures.items())
    typer.echo(f"{path}  {counts}" + ("" if written else "  (not touched)"))
    say_findings(findings)
