"""Import the comments of a PDF into the project, as those of a review file. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from brochure.api import open_job
from brochure.fast_dataclass import dataclass
from brochure.project import DiskProject
from brochure.review.comments import Comment, prepare_comment, read_threads, set_resolved
from brochure.review.import_review import ImportedReview, check_review, import_review
from brochure.review.pdf_comments import PdfReview, read_pdf_review

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
    done = [import_review(project, review, label) for review in found.reviews]
    resolved = _resolve(project, (one for one in found.comments if one.resolved))
    return ImportedPdf(found, _merge(done), resolved)


def _merge(done: Iterable[ImportedReview]) -> ImportedReview:
    """Return the imports of several reviewers as one."""
    names = ("comments", "proposals", "entered", "verdicts", "catalogues", "findings")
    every = [*done]
    parts = (chain.from_iterable(getattr(one, name) for one in every) for name in names)
    return ImportedReview(*(tuple(dict.fromkeys(part)) for part in parts))


def _resolve(project: DiskProject, comments: Iterable[Comment]) -> tuple[str, ...]:
    """Mark comments as resolved that are open in the project and resolved in the file; return their ids."""
    wanted = {prepare_comment(one).id for one in comments}
    if not wanted:
        return ()
    still_open = [
        (thread.name, one.id)
        for thread in read_threads(project)
        for one in thread.open_comments
        if one.id in wanted
    ]
    for thread, id in still_open:
        set_resolved(project.root, thread, id, resolved=True)
    return tuple(id for _, id in still_open)
