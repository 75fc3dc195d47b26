"""`brochure text import`: merge a translated file into the catalogue `content/TAG.po`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

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
    file_lang: Annotated[
        str | None,
        typer.Option(
            metavar="TAG",
            help="Language tag that the file names, if its program writes another one for this language.",
        ),
    ] = None,
    original: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="For an IDML file that was translated in InDesign: the IDML file that the project was made from.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; write nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Merge the translations of a file into the catalogue of a language; existing translations are never lost.

    \b
    Example: look at what a spreadsheet of the French office changes, then import it:
        brochure text import french.xlsx my-brochure --lang fr --dry-run
        brochure text import french.xlsx my-brochure --lang fr

    A file in another language is refused. A replaced translation is kept in the comments of the message. A translation of an
    older source text becomes fuzzy; if the current source text is translated already, it is kept in the comments only.
    Messages without a translation in the file are left unchanged. 'brochure text undo' restores the previous catalogue.

    \b
    Example: take the translations of a leaflet that was translated in InDesign:
        brochure text import leaflet-fr.idml my-leaflet --lang fr --original leaflet.idml

    \b
    Exit status: 0 done; 1 done, but translations with errors were left out; 2 the file or the catalogue is invalid, and
    nothing is written.
    """
    from brochure.errors import UsageError
    from brochure.project import project_at, read_whole
    from brochure.system.previous_version import replace_and_keep
    from brochure.translation.catalogue_import import merge_import, prepare_import
    from brochure.translation.catalogues import previous_file
    from brochure.translation.workspace import open_workspace

    desk, data = open_workspace(project_at(project), office), read_whole(file)
    if form is None and file.suffix.casefold() == ".idml":
        theirs, notes = _read_idml(file, data, original)
        done = merge_import(desk, theirs, notes, lang, file_language=file_lang)
    else:
        done = prepare_import(desk, data, str(file), lang, form=form, file_language=file_lang)
    path, kept = project / desk.catalogue_file(lang), project / previous_file(lang, office)
    if (
        done.new is not None
        and not dry_run
        and not replace_and_keep(path, kept, done.new, done.old)
    ):
        raise UsageError(f"{path}: another program has changed the file; run the command again")
    figures = _figures(done.result)
    if json:
        say_json(
            {
                "path": str(path),
                "written": done.new is not None and not dry_run,
                **figures,
                "changes": [_as_data(one) for one in done.changes],
                "findings": [as_data(finding) for finding in done.findings],
            }
        )
    else:
        _say_changes(done.changes if dry_run else ())
        echo(
            f"{path}  {_in_words(figures)}{_outcome(differs=done.new is not None, dry_run=dry_run)}"
        )
        say_findings(done.findings)
    raise typer.Exit(1 if done.result.left_out else 0)


def _read_idml(file: Path, data: bytes, original: Path | None) -> Any:
    """Return the translations in an IDML file, and findings."""
    from brochure.errors import UsageError
    from brochure.idml.translations import read_translations
    from brochure.project import read_whole

    if original is None:
        raise UsageError(
            f"{file}: name the IDML file that the project was made from with --original, to compare the two"
        )
    return read_translations(read_whole(original), str(original), data, str(file))


def _figures(result: Any) -> dict[str, tuple[str, ...]]:
    return {
        "added": result.added,
        "replaced": result.replaced,
        "fuzzy": result.fuzzy,
        "noted": result.noted,
        "left_out": result.left_out,
    }


def _in_words(figures: dict[str, tuple[str, ...]]) -> str:
    """Return the numbers of messages; those that need a look only if there are any."""
    always = ("added", "replaced", "fuzzy")
    shown = {word: keys for word, keys in figures.items() if keys or word in always}
    names = {"noted": "in notes only", "left_out": "left out"}
    return ", ".join(f"{len(keys)} {names.get(word, word)}" for word, keys in shown.items())


def _outcome(*, differs: bool, dry_run: bool) -> str:
    if not differs:
        return "  (unchanged)"
    return "  (dry run: nothing is written)" if dry_run else ""


def _say_changes(changes: Iterable[Any]) -> None:
    """Print each changed message with its old and new translation."""
    for one in changes:
        echo(one.key)
        old, new = _mark(one.old, fuzzy=one.was_fuzzy), _mark(one.new, fuzzy=one.is_fuzzy)
        if old != new:
            echo(f"  - {old}")
            echo(f"  + {new}")
        if one.notes:
            echo(f"  # {one.notes}")


def _mark(text: str, *, fuzzy: bool) -> str:
    return f"{text}  [fuzzy]" if fuzzy else text


def _as_data(one: Any) -> dict[str, Any]:
    return {
        "key": one.key,
        "old": one.old,
        "new": one.new,
        "was_fuzzy": one.was_fuzzy,
        "is_fuzzy": one.is_fuzzy,
        "notes": one.notes,
    }
