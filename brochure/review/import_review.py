"""Import a review file: comments become threads, proposals fuzzy translations, verdicts are recorded. Nothing is overwritten.

The same file can be imported again: what the project has already is not added.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from brochure.api import read_layout
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, count_repeated, has_errors, nearest
from brochure.l10n.copy_files import catalogue_file
from brochure.l10n.formats import po
from brochure.l10n.project_editions import list_editions, list_languages
from brochure.l10n.translations import Translations
from brochure.project import DiskProject
from brochure.review.comments import (
    Comment,
    add_comments,
    check_comments,
    edition_id,
    prepare_comment,
    read_threads,
)
from brochure.review.proposals import (
    EditedCatalogue,
    add_notes,
    conflict,
    find_target,
    write_proposals,
)
from brochure.review.review_file import CODE, Proposal, Review
from brochure.review.thread_files import update_file
from brochure.review.verdicts import Verdict, add_verdicts
from brochure.spec.model import Layout
from brochure.translation.catalogues import start_catalogue
from brochure.translation.workspace import open_workspace

MAX_LISTED = 10
"""Pages that one finding lists."""


@dataclass(frozen=True, slots=True)
class ImportedReview:
    """What an import has added.

    Attributes:
        comments: The new comments.
        proposals: The new proposals, as comments, whether or not they could be entered.
        entered: The keys of the messages whose translation in a catalogue is now a proposal.
        verdicts: The new verdicts.
        catalogues: The catalogues that were changed, as paths in the project.
        findings: Conflicts and what the reviewer has seen in an older state.
    """

    comments: tuple[Comment, ...]
    proposals: tuple[Comment, ...]
    entered: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    catalogues: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_new(self) -> bool:
        """True if anything was added."""
        return bool(self.comments or self.proposals or self.verdicts)


def check_review(project: DiskProject, review: Review, label: str) -> Layout:
    """Return the project's layout.

    Raises:
        InputError: The review is of another brochure, or of an edition that the project does not have.
    """
    layout, _ = read_layout(project)
    if review.brochure != layout.brochure:
        message = (
            f"this is a review of the brochure '{review.brochure}', not of '{layout.brochure}'"
        )
        raise InputError([Finding(CODE, message, Span(label), "name the folder of its project")])
    known = {edition_id(one) for one in list_editions(project, layout)}
    known |= {layout.source_language, *list_languages(project)}
    name = edition_id(review.edition)
    if name not in known:
        message = f"this is a review of the edition '{name}', which the brochure does not have"
        raise InputError([Finding(CODE, message, Span(label), nearest(name, known))])
    return layout


def import_review(
    project: DiskProject,
    review: Review,
    label: str,
    digests: Mapping[int, str] | None = None,
) -> ImportedReview:
    """Import a review.

    Args:
        project: The project on disk.
        review: The review, as `read_review` returns it.
        label: The name of its file for messages.
        digests: The digests of the edition's pages as they are now; None if they are not known.

    Raises:
        InputError: The review is of another brochure or edition, or a file of the project is invalid; nothing is written.
        OutputError: A file cannot be written; the import can be repeated.
    """
    layout = check_review(project, review, label)
    stored = [one for thread in read_threads(project) for one in thread.comments]
    known = {one.id for one in stored}
    office = review.edition.office or None
    translations = Translations.load(project, layout, review.edition.language, office)
    if has_errors(translations.findings):
        raise InputError(translations.findings)
    comments = [one for one in map(prepare_comment, review.comments) if one.id not in known]
    proposals = [one for one in review.proposals if _as_comment(one, review).id not in known]
    check_comments(project, [*comments, *(_as_comment(one, review) for one in proposals)])
    own = (review.reviewer, edition_id(review.edition))
    earlier = {(one.key, one.proposal) for one in stored if (one.author, one.edition) == own}
    edited = _edit_catalogues(project, translations, comments, proposals, review, earlier)
    kept = [
        replace(_as_comment(one, review), former=edited.former.get(one, one.translation))
        for one in proposals
    ]
    added = add_comments(project.root, [*comments, *kept])
    verdicts = add_verdicts(project, review.verdicts)
    return ImportedReview(
        comments=tuple(one for one in added if not one.proposal),
        proposals=tuple(one for one in added if one.proposal),
        entered=edited.written,
        verdicts=verdicts,
        catalogues=edited.files,
        findings=(
            *(_find_stale_pages(review, label, digests) if added or verdicts else ()),
            *_find_unknown_keys(comments, translations, label),
            *count_repeated((*_find_unwritable(translations, proposals, label), *edited.conflicts)),
        ),
    )


def _as_comment(one: Proposal, review: Review) -> Comment:
    """Return a proposal as it is stored in the thread of its message."""
    edition = edition_id(review.edition)
    made = Comment(key=one.key, author=review.reviewer, date=one.date, edition=edition)
    return prepare_comment(replace(made, proposal=one.proposal, source=review.file))


# Catalogues


@dataclass(frozen=True, slots=True)
class _Edited:
    """What was done to all catalogues."""

    former: Mapping[Proposal, str]
    written: tuple[str, ...]
    conflicts: tuple[Finding, ...]
    files: tuple[str, ...]


def _edit_catalogues(
    project: DiskProject,
    translations: Translations,
    comments: Iterable[Comment],
    proposals: Iterable[Proposal],
    review: Review,
    earlier: Collection[tuple[str, str]],
) -> _Edited:
    """Enter proposals into the catalogues that they belong to, and comments as notes for the translator."""
    edits: dict[str, tuple[list[Proposal], list[Comment]]] = {}
    for one in proposals:
        edits.setdefault(find_target(translations, one.key).tag, ([], []))[0].append(one)
    for comment in comments:
        edits.setdefault(find_target(translations, comment.key).tag, ([], []))[1].append(comment)
    edits.pop("", None)  # those that belong to no catalogue
    signature = ", ".join(part for part in (review.reviewer, review.date[:10]) if part)
    done: list[EditedCatalogue] = []
    files: list[str] = []
    for tag, (proposed, notes) in sorted(edits.items()):
        write = partial(
            write_proposals,
            proposals=proposed,
            translations=translations,
            signature=signature,
            earlier=earlier,
        )
        change = _Change(project, tag, write if proposed else None, notes)
        if update_file(project, catalogue_file(tag), change):
            files.append(project.label(catalogue_file(tag)))
        done.extend(change.results)
    return _Edited(
        {one: text for each in done for one, text in each.former.items()},
        tuple(one for each in done for one in each.written),
        tuple(one for each in done for one in each.conflicts),
        tuple(files),
    )


class _Change:
    """The change of one catalogue, which is repeated if another program writes the file meanwhile."""

    def __init__(
        self,
        project: DiskProject,
        tag: str,
        write: Callable[[bytes, str], EditedCatalogue] | None,
        notes: Sequence[Comment],
    ) -> None:
        self.project, self.tag = project, tag
        self.write, self.notes = write, notes
        self.results: tuple[EditedCatalogue, ...] = ()

    def __call__(self, data: bytes) -> bytes:
        """Return the changed file; `results` has what was done."""
        label = self.project.label(catalogue_file(self.tag))
        if self.write is None:  # comments alone do not begin a catalogue
            return add_notes(data, label, self.notes) if data else data
        if not data:
            data = po.write(start_catalogue(open_workspace(self.project), self.tag))
        edited = self.write(data, label)
        self.results = (edited,)
        return add_notes(edited.data, label, self.notes)


# Findings


def _find_unwritable(
    translations: Translations, proposals: Iterable[Proposal], label: str
) -> Iterator[Finding]:
    """Yield a finding for each proposal whose text is in no catalogue."""
    for one in proposals:
        reason = find_target(translations, one.key).reason
        if reason:
            yield conflict(one.key, reason, Span(label))


def _find_unknown_keys(
    comments: Iterable[Comment], translations: Translations, label: str
) -> Iterator[Finding]:
    for key in dict.fromkeys(one.key for one in comments if one.key):
        if key not in translations.messages:
            message = f"there is a comment on the message '{key}', which the brochure does not have"
            hint = "the message was removed or renamed; the comment was imported"
            yield Finding("review-key", message, Span(label), hint, Severity.WARNING)


def _find_stale_pages(
    review: Review, label: str, digests: Mapping[int, str] | None
) -> Iterator[Finding]:
    """Yield a finding if pages have changed since the reviewer saw them."""
    if not review.digests:
        return
    if digests is None:
        message = "it is not known which pages have changed since the review"
        hint = "the edition has errors; see 'brochure build'"
        yield Finding("review-stale", message, Span(label), hint, Severity.WARNING)
        return
    stale = [page for page, seen in review.digests.items() if digests.get(page) != seen]
    if not stale:
        return
    listed = ", ".join(map(str, stale[:MAX_LISTED])) + (", …" if len(stale) > MAX_LISTED else "")
    count = "1 page has" if len(stale) == 1 else f"{len(stale)} pages have"
    message = f"{count} changed since the review: {listed}"
    hint = "what the reviewer says is of the pages as they were; export a new proof"
    yield Finding("review-stale", message, Span(label), hint, Severity.WARNING)
