"""Read the comments in a PDF: of a screen PDF or a numbered proof that reviewers have marked up in any program.

The pages may be in another file, in another order, or outdated. Which edition and page they are is in their stamps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from brochure.api import edition_name, lay_out_edition, resolve_edition
from brochure.build_values import Job
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, nearest
from brochure.l10n.project_editions import EditionName, list_editions, list_languages
from brochure.pdf_input.limits import read_limited
from brochure.review.comments import Comment, edition_id
from brochure.review.pdf_annotations import AnnotatedPdf, read_annotated
from brochure.review.proof_pages import CurrentPages
from brochure.review.remark_places import LocatedRemark, locate_remarks
from brochure.review.remarks import Action, Remark, join_annotations, say
from brochure.review.review_file import CODE, Proposal, Review
from brochure.review.text_match import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment in a PDF or, if all words of a message are replaced, a proposed translation.

    `replacement` are the new words of a replacement; `answers` is the comment that this one answers.
    """

    edition: EditionName
    comment: Comment
    proposal: Proposal | None = None
    replacement: str = ""
    answers: Comment | None = None


@dataclass(frozen=True, slots=True)
class PdfReview:
    """The comments of a PDF in the order of the file, and what is to be known about them."""

    brochure: str
    file: str
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All comments, those that propose a translation included."""
        return tuple(entry.comment for entry in self.entries)

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The comments as reviews: one for each reviewer of each edition."""
        groups: dict[tuple[EditionName, str], list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault((entry.edition, entry.comment.author), []).append(entry)
        return tuple(
            Review(
                *(self.brochure, edition, author, max(one.comment.date for one in group)),
                *(self.file, {}, ()),
                comments=tuple(one.comment for one in group if not one.proposal),
                proposals=tuple(one.proposal for one in group if one.proposal),
            )
            for (edition, author), group in groups.items()
        )


def read_pdf_review(
    job: Job, data: bytes, label: str, language: str | None = None, office: str | None = None
) -> PdfReview:
    """Return the comments of a PDF, with their messages.

    Args:
        job: The project.
        data: The file.
        label: Its name.
        language: The language of the edition that pages without a stamp show; default: that of the other pages.
        office: Its office.

    Raises:
        BrochureError: The file cannot be read within limits.
        InputError: It is of another brochure or of an edition that the project does not have, or that edition is faulty.
    """
    file = PurePath(label).name
    pdf = read_limited(data, label, read_annotated, data, label)
    remarks = join_annotations(pdf.annotations)
    if not remarks:
        note = Finding("review-empty", "has no comments", Span(label), severity=Severity.NOTE)
        return PdfReview(job.layout.brochure, file, (), (note,))
    groups = _by_edition(pdf, remarks, language, office)
    _check_editions(pdf, job, label)
    entries: list[Entry] = []
    findings: list[Finding] = []
    for (tag, office_name), each in groups.items():
        made = lay_out_edition(job, resolve_edition(job, tag, office_name))
        current = CurrentPages(made, job.project)
        located = locate_remarks(data, label, pdf, each, current)
        entries += (entry for one in located for entry in _make_entries(one, current, file))
        findings += _report(located, label)
    return PdfReview(job.layout.brochure, file, tuple(entries), tuple(findings))


def _check_editions(pdf: AnnotatedPdf, job: Job, label: str) -> None:
    """Raise InputError if the PDF is of another brochure, or of an edition that the project does not have."""
    annotated = {annotation.page for annotation in pdf.annotations}
    stamps = [page.stamp for at, page in enumerate(pdf.pages) if page.stamp and at in annotated]
    known = {edition_id(one) for one in list_editions(job.project, job.layout)}
    known |= {job.layout.source_language, *list_languages(job.project)}
    for stamp in stamps:
        if stamp.brochure != job.layout.brochure:
            message = f"this is a proof of the brochure '{stamp.brochure}', not of '{job.layout.brochure}'"
            raise InputError(
                [Finding(CODE, message, Span(label), "name the folder of its project")]
            )
        if stamp.edition not in known:
            message = f"this is a proof of the edition '{stamp.edition}', which the brochure does not have"
            raise InputError([Finding(CODE, message, Span(label), nearest(stamp.edition, known))])


EditionKey = tuple[str | None, str | None]


def _by_edition(
    pdf: AnnotatedPdf, remarks: Sequence[Remark], language: str | None, office: str | None
) -> dict[EditionKey, list[Remark]]:
    """Return the remarks by language and office: those of their page's stamp, or else those that are stated or most frequent."""
    stamped = [page.stamp.edition for page in pdf.pages if page.stamp]
    default: EditionKey = language, office
    if stamped and language is None and office is None:
        default = _split(max(stamped, key=stamped.count))
    groups: dict[EditionKey, list[Remark]] = {}
    for remark in remarks:
        stamp = pdf.pages[remark.anchor.page].stamp
        groups.setdefault(_split(stamp.edition) if stamp else default, []).append(remark)
    return groups


def _split(edition: str) -> EditionKey:
    office, _, language = edition.rpartition("/")
    return language, office or None


def _make_entries(located: LocatedRemark, current: CurrentPages, file: str) -> Iterator[Entry]:
    """Yield a remark and the answers to it as entries of a thread."""
    remark, edition = located.remark, current.made.edition
    name = EditionName(edition.office.office if edition.office else "", edition.language)
    said = [(remark.author, remark.date, say(remark, located.words))] if remark.text else []
    said += [(one.author, one.date, one.text) for one in remark.answers]
    new = _propose(located, current)
    head: Comment | None = None
    for at, (author, date, text) in enumerate(said):
        comment = Comment(
            text,
            located.key,
            located.page,
            author,
            date,
            edition_name(edition),
            located.at,
            located.words,
            source=file,
            resolved=remark.is_resolved,
        )
        is_answer = at > 0 or not remark.text
        replacement = remark.text if remark.action is Action.REPLACE and not is_answer else ""
        yield Entry(name, comment, None if is_answer else new, replacement, head)
        head = head or comment


def _propose(located: LocatedRemark, current: CurrentPages) -> Proposal | None:
    """Return a proposed translation if all words of a message without markup are replaced."""
    edition = current.made.edition
    is_whole = located.remark.action is Action.REPLACE and located.is_all
    chosen = edition.translations.choose(located.key)
    source = edition.translations.source.entries.get(located.key)
    if not is_whole or chosen is None or source is None:
        return None
    story = edition.stories[located.key].text
    is_plain = fold(chosen.text) == fold(story) and not MARKUP_CHARACTERS & set(chosen.text)
    is_translated = edition.language != edition.layout.source_language
    if not (is_plain and is_translated and fold(located.words) == fold(story)):
        return None
    remark = located.remark
    return Proposal(located.key, source.text, chosen.text, remark.text, remark.date)


MARKUP_CHARACTERS = frozenset("{}*[]\\`")


def _report(located: Sequence[LocatedRemark], label: str) -> Iterator[Finding]:
    """Yield a finding for each page that has changed since the proof was made, or that is unknown."""
    span = Span(label)
    changed: dict[int, int] = {}
    unknown: dict[int, int] = {}
    for one in located:
        if not one.is_current:
            into = changed if one.is_known else unknown
            into[one.page] = into.get(one.page, 0) + 1
    for page, count in sorted(changed.items()):
        message = f"page {page} has changed since this proof was made: {_say_count(count)}"
        hint = "the words are those of the proof; check the place of each comment"
        yield Finding("proof-outdated", message, span, hint, Severity.WARNING, page)
    for page, count in sorted(unknown.items()):
        message = f"no page of the edition shows page {page} of this proof: {_say_count(count)}"
        hint = "name the edition with --lang and --office"
        yield Finding("proof-page-unknown", message, span, hint, Severity.WARNING, page)


def _say_count(count: int) -> str:
    return "1 comment" if count == 1 else f"{count} comments"
