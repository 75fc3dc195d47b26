"""`brochure status`: which pages of all editions are approved, and which must be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, echo, say_findings, say_json
from brochure.cli._tables import print_table

if TYPE_CHECKING:
    from brochure.compare.edition_status import EditionStatus

HEADS = ("edition", "pages", "approved", "changed", "not approved", "to be looked at")


def command(
    project: Folder = Path(),
    edition: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LANG|OFFICE/LANG",
            help="An edition: fr, or canada/fr-CA; can be repeated (default: all editions).",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Show which pages of all editions are approved, which must be looked at again, and why.

    \b
    Example: see what a change means for pages that were approved:
        brochure status my-brochure

    \b
    Exit status: 0 all pages are approved as they are; 1 some must be looked at; 2 invalid layout or copy.
    """
    from brochure.api import open_job
    from brochure.compare.edition_status import find_edition, list_statuses
    from brochure.project import project_at

    files = project_at(project)
    job = open_job(files)
    names = [find_edition(files, job, one) for one in edition or ()]
    found = tuple(list_statuses(files, names))
    ready = all(one.is_approved for one in found)
    if json:
        say_json({"approved": ready, "editions": [status_as_data(one) for one in found]})
    else:
        print_table([*map(_row, found)], head=HEADS, numbers=range(1, 5))
        say_pages_to_see(found)
    raise typer.Exit(0 if ready else 1)


def _row(one: EditionStatus) -> tuple[str, ...]:
    from brochure.approval.page_status import PageState

    if one.findings:
        return edition_of(one), "-", "-", "-", "-", "not known, because of errors"
    counts = (PageState.APPROVED, PageState.CHANGED, PageState.NEW)
    total = sum(page.state is not PageState.REMOVED for page in one.pages)
    return (
        edition_of(one),
        str(total),
        *(str(one.count(state)) for state in counts),
        list_numbers([page.number for page in one.to_see]) or "-",
    )


def list_numbers(numbers: Sequence[int]) -> str:
    """Return page numbers with ranges: `1-4, 8`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else f"{part[0]}" for part in parts)


def say_pages_to_see(found: Sequence[EditionStatus]) -> None:
    """Print the pages that changed after their approval, with the reasons, and what is wrong with editions."""
    from brochure.approval.page_status import group_by_reasons

    for pages, editions, reasons in group_by_reasons((edition_of(one), one.pages) for one in found):
        word = "page" if len(pages) == 1 else "pages"
        echo(f"{word} {list_numbers(pages)} of {', '.join(editions)}: {'; '.join(reasons)}")
    printed: set[object] = set()
    for one in found:
        new = [finding for finding in one.findings if finding not in printed]
        printed.update(new)
        say_findings(new)


def edition_of(one: EditionStatus) -> str:
    """Return the edition as it is written: `fr`, or `canada/fr-CA`."""
    from brochure.approval.approval_file import edition_id

    return edition_id(one.name)


def status_as_data(one: EditionStatus) -> dict[str, Any]:
    """Return the status of an edition as JSON data."""
    return {
        "office": one.name.office or None,
        "language": one.name.language or None,
        "approved": one.is_approved,
        "pages": [
            {
                "page": page.number,
                "label": page.label,
                "digest": page.digest,
                "state": page.state.value,
                "by": page.by or None,
                "date": page.date or None,
                "reasons": list(page.reasons),
                "former": page.former,
            }
            for page in one.pages
        ],
        "findings": [as_data(finding) for finding in one.findings],
    }
