"""`brochure diff`: compare two projects, revisions, approved editions or PDFs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brochure.cli._options import Json
from brochure.cli._output import say_findings, say_json

if TYPE_CHECKING:
    from brochure.compare.edition_status import EditionStatus
    from brochure.compare.sides import Subject


def command(
    before: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="Project folder, PROJECT@REVISION of a git repository, PROJECT@approved, or a PDF.",
        ),
    ],
    after: Annotated[
        str | None,
        typer.Argument(
            metavar="[B]",
            help="What A is compared with, in the same forms (default: A is compared with its approved state).",
        ),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(
            metavar="LANG|OFFICE/LANG",
            help="Edition of the projects: fr, or canada/fr-CA (default: the source language).",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            help="Write the comparison to this file as an HTML page with pictures: before, after, overlay and slider."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Compare two brochures: identical pages first, then words, lines, positions, pictures, inks and styles.

    Afterwards the approved pages of all editions are listed that must be looked at again.

    \b
    Example: what has changed since the last commit, in words and in pictures:
        brochure diff my-brochure@HEAD my-brochure --report changes.html

    \b
    What has changed since the French edition was approved; two PDFs:
        brochure diff my-brochure --edition fr
        brochure diff before.pdf after.pdf

    \b
    Exit status: 0 identical; 1 they differ; 2 a project or a PDF cannot be read; 64 invalid command line;
    73 the report cannot be written.
    """
    from brochure.approval.approval_file import parse_edition
    from brochure.cli._comparison import comparison_as_data, say_comparison
    from brochure.compare.comparison import compare
    from brochure.compare.sides import open_sides, parse_subjects
    from brochure.errors import ExitCode

    subjects = parse_subjects(before, after)
    sides = open_sides(*subjects, parse_edition(edition) if edition else None)
    found = compare(sides[0].contents, sides[1].contents)
    to_see = _statuses(subjects[1])
    if report:
        from brochure.compare.html_report import write_report

        write_report(report, found, sides, to_see)
    if json:
        say_json(comparison_as_data(found, to_see, [*sides[0].findings, *sides[1].findings]))
    else:
        say_findings([*sides[0].findings, *sides[1].findings])
        say_comparison(found, to_see)
    raise typer.Exit(ExitCode.OK if found.is_identical else ExitCode.FINDINGS)


def _statuses(after: Subject) -> tuple[EditionStatus, ...]:
    """Return the editions with approved pages that must be looked at again, if B is a project as it is now."""
    from brochure.compare.edition_status import list_statuses
    from brochure.project import project_at

    if after.is_pdf or after.revision:
        return ()
    return tuple(list_statuses(project_at(after.path), approved_only=True))
