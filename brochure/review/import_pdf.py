"""Import the comments of a PDF into the project, as those of a review file. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from brochure.api import open_job
from brochure.fast_dataclass import dataclass
from brochure.project import DiskProject
from brochure.review.comments import Comment, Thread, prepare_comment, read_threads, set_resolved
from brochure.review.import_review import ImportedReview, check_review, import_review
from brochure.review.pdf_comments import Entry, PdfReview, read_pdf_review

PDF_HEADER = b"%PDF-"
MAX_HEADER_OFFSET = 1024


@dataclass(frozen=True, slots=True)
class ImportedPdf:
    """What an import has added: the comments of the file, what is new of them, and the ids of those that are resolved now."""

    review: PdfReview
    done: ImportedReview
    resolved: tuple[str, ...]


def is_pdf(data: bytes) -> bool:
    """Return whether a file is a PDF."""
    return PDF_HEADER in data[:MAX_HEADER_OFFSET]


def import_pdf(
    project: DiskProject,
    data: bytes,
    label: str,
    language: str | None = None,
    office: str | None = None,
) -> ImportedPdf:
    """Import the comments of a PDF; see `read_pdf_review`.

    Raises:
        BrochureError: The file cannot be read within limits.
        InputError: The file is of another brochure or edition, or a file of the project is invalid; nothing is written.
        OutputError: A file cannot be written; the import can be repeated.
    """
    found = read_pdf_review(open_job(project), data, label, language, office)
    for review in found.reviews:
        check_review(project, review, label)
    stored = _group(read_threads(project))
    known = [_find_known(entry, stored) for entry in found.entries]
    pairs = list(zip(found.entries, known, strict=True))
    heads = {prepare_comment(entry.comment).id: same for entry, same in pairs if same}
    new = tuple(_follow(entry, heads) for entry, same in pairs if same is None)
    fresh = replace(found, entries=new, findings=found.findings if new or not known else ())
    merged = _merge(import_review(project, review, label) for review in fresh.reviews)
    findings = (*fresh.findings, *merged.findings)
    resolved = {same for entry, same in pairs if same and entry.comment.resolved}
    return ImportedPdf(found, replace(merged, findings=findings), _resolve(project, resolved))


Origin = tuple[str, str, str]
"""Author, date and edition of a comment."""


def _group(threads: Iterable[Thread]) -> Mapping[Origin, list[Comment]]:
    groups: dict[Origin, list[Comment]] = {}
    for thread in threads:
        for one in thread.comments:
            groups.setdefault((one.author, one.date, one.edition), []).append(one)
    return groups


def _find_known(entry: Entry, stored: Mapping[Origin, Sequence[Comment]]) -> Comment | None:
    """Return the comment that an earlier import has made of an entry, though pages and messages may have changed since."""
    new = prepare_comment(entry.comment)
    for one in stored.get((new.author, new.date, new.edition), ()):
        if one.proposal and one.proposal == entry.replacement:
            return one
        if (one.at, one.text) == (new.at, new.text) and (new.at or one.words == new.words):
            return one
    return None


def _follow(entry: Entry, heads: Mapping[str, Comment]) -> Entry:
    """Return an answer in the thread of the comment that it answers, if the project has that one already."""
    head = heads.get(prepare_comment(entry.answers).id) if entry.answers else None
    if head is None:
        return entry
    place = replace(entry.comment, key=head.key, page=head.page or entry.comment.page)
    return replace(entry, comment=place)


def _merge(done: Iterable[ImportedReview]) -> ImportedReview:
    """Return the imports of several reviewers as one."""
    names = ("comments", "proposals", "entered", "verdicts", "catalogues", "findings")
    every = [*done]
    parts = (chain.from_iterable(getattr(one, name) for one in every) for name in names)
    return ImportedReview(*(tuple(dict.fromkeys(part)) for part in parts))


def _resolve(project: DiskProject, comments: Iterable[Comment]) -> tuple[str, ...]:
    """Mark comments of the project as resolved; return the ids of those that were open."""
    still_open = sorted((one.thread, one.id) for one in comments if not one.resolved)
    for thread, id in still_open:
        set_resolved(project.root, thread, id, resolved=True)
    return tuple(id for _, id in still_open)
