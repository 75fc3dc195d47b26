"""`brochure text status`: show which editions are ready to print, and the problems of the others."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, echo, say_findings, say_json
from brochure.cli._tables import print_table

HEADS = (
    "office",
    "language",
    "messages",
    "translated",
    "fuzzy",
    "missing",
    "outdated",
    "broken",
    "too long",
    "words left",
)


def command(
    project: Folder = Path(),
    lang: Annotated[
        list[str] | None,
        typer.Option(help="Only editions in this language, as a BCP 47 tag; repeatable."),
    ] = None,
    office: Annotated[
        list[str] | None, typer.Option(help="Only editions of this office; repeatable.")
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Also write the status as an HTML page."),
    ] = None,
    json: Json = False,
) -> None:
    """Show the translation status of every edition: translated, fuzzy, missing, overset, ready to print; the worst first.

    \b
    Example: show the status of the sample, then write a page for a coordinator:
        brochure text status layouts/proven-model
        brochure text status layouts/proven-model --html status.html

    Catalogues are compared with the current source, whether or not 'brochure text update' was run. Words left are the source
    words of fuzzy, missing and outdated messages. In a git repository, 'oldest change' is the date of the oldest change of
    the source that is not translated. Editions that have not changed since the last run are not assessed again.

    \b
    Exit status: 0 all editions are ready; 1 some are not; 2 invalid layout or source copy; 64 unknown
    office or language; 73 the page cannot be written.
    """
    from brochure.cli._progress import Progress
    from brochure.project import current_date, project_at, source_date
    from brochure.system.output_files import write_atomically
    from brochure.translation.status_dates import find_oldest_changes
    from brochure.translation.status_page import format_page
    from brochure.translation.status_report import (
        assess_quickly,
        choose_editions,
        explain_counts,
    )
    from brochure.translation.workspace import open_workspace

    desk = open_workspace(project_at(project))
    names = choose_editions(desk, office or (), lang or ())
    progress = Progress(len(names), sys.stderr, wanted=not json)
    done: list[Any] = []
    for one in assess_quickly(desk, names):
        done.append(one)
        progress.show(len(done))
    progress.end()
    found = sorted(done, key=lambda one: one.rank)
    dates = find_oldest_changes(project, desk, found)
    notes = explain_counts(desk, found)
    ready = all(one.ready for one in found)
    if page:
        today = (source_date() or current_date())[:10]
        text = format_page(desk.layout.brochure, found, dates, notes, today)
        write_atomically(page, text.encode())
    if json:
        editions = [{**_as_data(one), "oldest_change": dates.get(one.name)} for one in found]
        say_json({"ready": ready, "page": str(page) if page else None, "editions": editions})
    else:
        _print(found, dates, notes)
        if page:
            echo(str(page))
    raise typer.Exit(0 if ready else 1)


def _print(found: list[Any], dates: dict[Any, str], notes: tuple[str, ...]) -> None:
    head = (*HEADS, *(["oldest change"] if dates else []), "to print")
    rows = []
    for one in found:
        *cells, verdict = _row(one)
        rows.append((*cells, *([dates.get(one.name, "-")] if dates else []), verdict))
    print_table(rows, head=head, numbers=range(2, len(HEADS)))
    for note in notes:
        echo(note)
    _say_problems(found)


def _row(one: Any) -> tuple[str, ...]:
    figures = (
        one.messages,
        one.translated,
        len(one.fuzzy),
        len(one.missing),
        len(one.outdated),
        len(one.broken),
        len(one.overset),
        one.words,
    )
    verdict = "ready" if one.ready else f"not ready: {', '.join(one.reasons)}"
    return one.name.office or "-", one.name.language or "-", *map(str, figures), verdict


def _say_problems(found: Iterable[Any]) -> None:
    """Print the problems of each edition below its name, without those already printed for another edition."""
    printed: set[object] = set()
    for one in found:
        new = [finding for finding in one.findings if finding not in printed]
        printed.update(new)
        if new:
            echo("", err=True)
            echo(f"{one.name}:", err=True)
            say_findings(new)


def _as_data(one: Any) -> dict[str, Any]:
    return {
        "office": one.name.office or None,
        "language": one.name.language or None,
        "ready": one.ready,
        "reasons": one.reasons,
        "messages": one.messages,
        "translated": one.translated,
        "fuzzy": one.fuzzy,
        "missing": one.missing,
        "outdated": one.outdated,
        "words": one.words,
        "unused": one.unused,
        "broken": one.broken,
        "overset": [
            {
                "key": over.key or None,
                "words": over.words,
                "page": over.page,
                "frame": over.frame,
                "lines": over.lines,
                "percent": over.percent,
                "fits": over.fits,
                "characters": over.total,
            }
            for over in one.overset
        ],
        "findings": [as_data(finding) for finding in one.findings],
    }
