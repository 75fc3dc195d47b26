"""Find out what has become of the proposals in the threads: entered, accepted by a translator, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from brochure.api import read_layout
from brochure.approval.approval_file import parse_edition
from brochure.errors import InputError, UsageError
from brochure.l10n.translations import Translations
from brochure.project import Project
from brochure.review.comments import Comment, Thread
from brochure.review.proposals import ProposalState, assess_proposal


def assess_proposals(project: Project, threads: Iterable[Thread]) -> Mapping[str, ProposalState]:
    """Return the states of all proposals by the comment's id.

    Those of editions that do not exist any more, or whose files have errors, are left out.
    """
    by_edition: dict[str, list[Comment]] = {}
    for thread in threads:
        for one in thread.comments:
            if one.proposal and one.key:
                by_edition.setdefault(one.edition, []).append(one)
    states: dict[str, ProposalState] = {}
    for edition, proposals in by_edition.items():
        with suppress(InputError, UsageError):
            found = _load(project, edition)
            states |= {one.id: assess_proposal(found, one.key, one.proposal) for one in proposals}
    return states


def _load(project: Project, edition: str) -> Translations:
    name = parse_edition(edition)
    layout, _ = read_layout(project)
    return Translations.load(project, layout, name.language, name.office or None)
