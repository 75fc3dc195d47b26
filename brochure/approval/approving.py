"""Record the approval of pages, and write the approval file of an edition."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

from brochure.approval.approval_file import (
    Approval,
    PageApproval,
    approval_path,
    format_approval,
)
from brochure.approval.page_sources import PageRecord
from brochure.errors import UsageError
from brochure.l10n.project_editions import EditionName
from brochure.system.output_files import write_atomically

MAX_NAME = 200
"""Characters of the name of who approves."""


def approve_pages(
    earlier: Approval | None,
    records: Sequence[PageRecord],
    numbers: Collection[int] | None,
    who: tuple[str, str],
    named: tuple[str, EditionName],
) -> Approval:
    """Return the approvals of an edition with pages approved as they are now.

    Args:
        earlier: The approvals so far.
        records: All pages of the edition as they are now.
        numbers: The numbers of the approved pages; None for all, which also removes approvals of missing pages.
        who: The name of who approves, and the date as ISO 8601 in UTC.
        named: The name of the brochure, and the edition.

    Raises:
        UsageError: A page does not exist, or the name is empty.
    """
    by, date = check_name(who[0]), who[1]
    known = {record.number: record for record in records}
    missing = sorted(set(numbers or ()) - known.keys())
    if missing:
        listed = ", ".join(map(str, missing[:5]))
        raise UsageError(
            f"page {listed} not found; the edition has the pages 1 to {max(known, default=0)}"
        )
    chosen = known.values() if numbers is None else [known[number] for number in sorted(numbers)]
    pages = {} if numbers is None or earlier is None else dict(earlier.pages)
    former = earlier.pages if earlier else {}
    for record in chosen:
        before = former.get(record.number)
        unchanged = before and before.digest == record.digest and before.by == by
        pages[record.number] = (
            before
            if before and unchanged
            else PageApproval(record.digest, by, date, record.sources)
        )
    return Approval(named[0], named[1], pages)


def check_name(name: str) -> str:
    """Return a name in one line, without control characters; UsageError if nothing is left or it is too long."""
    shown = "".join(" " if unicodedata.category(char) in INVISIBLE else char for char in name)
    shown = " ".join(shown.split())
    if not shown:
        raise UsageError("the name of who approves is missing; give it with --name 'First Last'")
    if len(shown) > MAX_NAME:
        raise UsageError(f"the name has {len(shown)} characters; the maximum is {MAX_NAME}")
    return shown


INVISIBLE = ("Cc", "Cs", "Co", "Zl", "Zp")
"""Categories of characters that have no place in a name. Format characters (Cf) have: joiners in Persian names."""


def write_approval(folder: Path, approval: Approval) -> Path:
    """Write the approval file into the project folder and return its path; OutputError if it cannot be written."""
    path = folder / approval_path(approval.edition)
    write_atomically(path, format_approval(approval))
    return path
