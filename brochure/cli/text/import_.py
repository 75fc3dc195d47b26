"""`brochure text import`: merge a translated file into the catalogue `content/TAG.po`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brochure.choices import ExchangeFormat
from brochure.cli._options import CatalogueOffice, Folder, Json
from brochure.cli._output import as_data, echo, say_findings, say_json


def command(
    file: Annotated[
        Path,
        typer.Argument(help="Translated file, in any of the formats of --format.", metavar="FILE"),
    ],
    lang: Annotated[str, typer.Option(help="Language of the catalogue, as a BCP 47 tag.")],
    project: Folder = Path(),
    office: CatalogueOffice = None,
    form: Annotated[
        ExchangeFormat | None,
        typer.Option(
            "--format",
            help="File format (default: by the file name extension).",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Merge the translations of a file into the catalogue of a language; existing translations are never lost.

    \b
    Example: import a spreadsheet that the French office has filled in:
        brochure text import french.xlsx my-brochure --lang fr

    A replaced translation is kept in the comments of the message. A translation of an older source text becomes fuzzy.
    Messages without a translation in the file are left unchanged.

    \b
    Exit status: 0 done; 2 the file or the catalogue is invalid, and nothing is written.
    """
    from brochure.l10n.formats import po
    from brochure.project import project_at, read_whole
    from brochure.system.output_files import write_atomically
    from brochure.translation.catalogues import compare_catalogues, refresh_sources
    from brochure.translation.interchange import choose_format, merge_returned, read_returned
    from brochure.translation.workspace import open_workspace

    form_of_file = choose_format(form, str(file))
    desk = open_workspace(project_at(project), office)
    theirs, notes = read_returned(read_whole(file), form_of_file, str(file), lang)
    ours = refresh_sources(desk, lang)
    taken = merge_returned(ours, theirs)
    path = project / desk.catalogue_file(lang)
    before = desk.read_catalogue(lang)
    written = before is None or compare_catalogues(before, taken.catalogue).differs
    if written:
        write_atomically(path, po.write(taken.catalogue))
    figures = {"added": taken.added, "replaced": taken.replaced, "fuzzy": taken.fuzzy}
    findings = (*notes, *taken.findings)
    if json:
        data = [as_data(finding) for finding in findings]
        say_json({"path": str(path), "written": written, **figures, "findings": data})
        return
    counts = ", ".join(f"{len(keys)} {word}" for word, keys in figures.items())
    echo(f"{path}  {counts}" + ("" if written else "  (unchanged)"))
    say_findings(findings)
