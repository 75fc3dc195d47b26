"""`brochure text status`: show which editions are ready to print, and the problems of the others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

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
    "to print",
)


def command(
    project: Folder = Path(),
    json: Json = False,
) -> None:
    """Show the translation status of every edition: translated, fuzzy, missing, overset, ready to print.

    \b
    Example: show the status of the sample:
        brochure text status layouts/proven-model

    Catalogues are compared with the current source, whether or not 'brochure text update' was run.

    \b
    Exit status: 0 all editions are ready; 1 some are not; 2 invalid layout or source copy.
    """
    from brochure.project import project_at
    from brochure.translation.status import assess_editions
    from brochure.translation.workspace import open_workspace

    found = tuple(assess_editions(open_workspace(project_at(project))))
    ready = all(one.ready for one in found)
    if json:
        say_json({"ready": ready, "editions": [_as_data(one) for one in found]})
    else:
        rows = [*map(_row, found)]
        print_table(rows, head=HEADS, numbers=range(2, len(HEADS) - 1))
        _say_problems(found)
    raise typer.Exit(0 if ready else 1)


def _row(one: Any) -> tuple[str, ...]:
    figures = (
        one.messages,
        one.translated,
        len(one.fuzzy),
        len(one.missing),
        len(one.outdated),
        len(one.broken),
        len(one.overset),
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
