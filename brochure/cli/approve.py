"""`brochure approve`: record that pages of an edition were seen and are right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import counted, echo, say_json


def command(
    project: Folder = Path(),
    edition: Annotated[
        str | None,
        typer.Option(
            metavar="LANG|OFFICE/LANG",
            help="The edition: fr, or canada/fr-CA (default: the source language).",
        ),
    ] = None,
    pages: Annotated[
        str | None, typer.Option(help="Page numbers, e.g. 1-4,8 (default: all pages).")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="Who approves (default: git's user.name, else the login name)."),
    ] = None,
    reviewed: Annotated[
        bool,
        typer.Option(
            "--reviewed",
            help="Approve what reviewers have approved in imported reviews and is unchanged, in their names or in --name.",
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Approve the pages of an edition as they are now.

    The approval is a file of the project, approvals/EDITION.yaml: who, when, and a digest of what is on each page. Afterwards
    'brochure status' lists the pages that must be looked at again, and why. The name in it is a record that you make on purpose.

    \b
    Example: approve the French edition, then two pages that were changed:
        brochure approve my-brochure --edition fr --name "Ana Silva"
        brochure approve my-brochure --edition fr --pages 3,7

    \b
    Approve what the Cambodian office has approved in the review that it sent back:
        brochure approve my-brochure --edition cambodia/km --reviewed

    \b
    Exit status: 0 recorded; 2 the edition has errors or the approval file is damaged; 64 invalid command line;
    73 the file cannot be written.
    """
    from brochure.api import lay_out_edition, open_job, resolve_edition
    from brochure.approval.approving import write_approval
    from brochure.compare.edition_status import approve_edition, find_edition
    from brochure.errors import UsageError
    from brochure.l10n.project_editions import EditionName
    from brochure.project import current_date, project_at
    from brochure.review.reviewed_pages import approve_reviewed
    from brochure.review.verdicts import read_verdicts
    from brochure.system.git import read_user_name

    files = project_at(project)
    job = open_job(files)
    named = (
        find_edition(files, job, edition)
        if edition
        else EditionName("", job.layout.source_language)
    )
    if reviewed:
        if pages:
            raise UsageError("--reviewed and --pages exclude each other")
        resolved = resolve_edition(job, named.language or None, named.office or None)
        verdicts = read_verdicts(files)
        made = lay_out_edition(job, resolved)
        done = approve_reviewed(made, files, verdicts, current_date(), name)
    else:
        who = (read_user_name(project) if name is None else name), current_date()
        done = approve_edition(job, named, _numbers(pages), who)
    path = write_approval(project, done.approval)
    _say(done, path, as_json=json)


def _numbers(text: str | None) -> frozenset[int] | None:
    """Return the numbers that `1-4,8` names; None for all pages."""
    from brochure.errors import UsageError
    from brochure.mailmerge.row_ranges import PART

    if text is None:
        return None
    found: set[int] = set()
    for part in text.split(","):
        match = PART.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last <= MAX_PAGES:
            raise UsageError(f"--pages {text}: expected page numbers, e.g. 1-4,8")
        found.update(range(first, last + 1))
    return frozenset(found)


MAX_PAGES = 100_000


def _say(done: Any, path: Path, *, as_json: bool) -> None:
    from brochure.approval.approval_file import edition_id

    before = {page.number for page in done.before if not page.must_be_seen}
    now = [page.number for page in done.after if not page.must_be_seen]
    new = [number for number in now if number not in before]
    left = [page.number for page in done.after if page.must_be_seen]
    name = edition_id(done.approval.edition)
    if as_json:
        facts = {"path": str(path), "edition": name, "approved": new, "to_see": left}
        say_json({**facts, "pages": len(done.after)})
        return
    rest = f"; {counted(len(left), 'page')} still to be looked at" if left else ""
    whose = sorted({page.by for page in done.approval.pages.values()})
    echo(f"{path}  {counted(len(new), 'page')} approved by {', '.join(whose)}{rest}")
