"""The demand of a press build that all pages are approved: `press: {approval: required}`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.approval.approval_file import edition_id, read_approval
from brochure.approval.page_sources import record_pages
from brochure.approval.page_status import PageState, PageStatus, compare_with_approval
from brochure.findings import Finding
from brochure.l10n.edition import Edition
from brochure.l10n.project_editions import EditionName
from brochure.model.display_list import Page
from brochure.project import Project
from brochure.spec.printing_condition import ApprovalDemand, merge_press

MAX_LISTED = 12
"""Page numbers that are listed in one message."""


def name_edition(edition: Edition) -> EditionName:
    """Return the name of an edition."""
    return EditionName(
        edition.office.office if edition.office else "", edition.translations.requested
    )


def status_of_pages(
    edition: Edition, pages: Sequence[Page], project: Project
) -> tuple[PageStatus, ...]:
    """Return the status of each page of an edition; InputError if its approval file is damaged."""
    records = record_pages(tuple(pages), edition, project)
    approval = read_approval(project, name_edition(edition), edition.layout.brochure)
    return compare_with_approval(approval, records)


def is_approval_required(edition: Edition) -> bool:
    """Return whether the layout or the office demands that the pages of press PDFs are approved."""
    office = edition.office
    spec = merge_press(edition.layout.press, office.press if office else None)
    return spec is not None and spec.approval is ApprovalDemand.REQUIRED


def find_unapproved(
    edition: Edition, pages: Sequence[Page], project: Project
) -> tuple[Finding, ...]:
    """Return an error for all pages that were never approved, and one for each page that changed after its approval."""
    return tuple(_report(status_of_pages(edition, pages, project), edition))


def _report(statuses: Sequence[PageStatus], edition: Edition) -> Iterator[Finding]:
    span = edition.layout.span
    name = edition_id(name_edition(edition))
    hint = f"look at them, then run 'brochure approve --edition {name}'"
    new = [one.number for one in statuses if one.state is PageState.NEW]
    if new:
        message = f"{name}: {_list_pages(new)} not approved, as the press build requires"
        yield Finding("approval-missing", message, span, hint, page=new[0], count=len(new))
    for one in statuses:
        if one.state is PageState.CHANGED:
            reasons = "; ".join(one.reasons)
            message = f"{name}: page {one.number} changed after {one.by} approved it on {one.date[:10]}: {reasons}"
            hint = f"look at it, then run 'brochure approve --edition {name} --pages {one.number}'"
            yield Finding("approval-outdated", message, span, hint, page=one.number)


def _list_pages(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers[:MAX_LISTED]))
    more = f" and {len(numbers) - MAX_LISTED} more" if len(numbers) > MAX_LISTED else ""
    return f"page {listed} is" if len(numbers) == 1 else f"pages {listed}{more} are"
