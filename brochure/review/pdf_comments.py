"""Import the comments in a PDF: of the screen PDF or the numbered proof that reviewers have marked up in any program.

The pages may be in another file, in another order, or outdated. Which edition and page they are is in their stamps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from brochure.api import Job, edition_name, lay_out_edition, resolve_edition
from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.pdf_input.limits import read_limited
from brochure.review.pdf_annotations import AnnotatedPdf, read_annotated
from brochure.review.proof_pages import CurrentPages
from brochure.review.remark_places import LocatedRemark, locate_remarks
from brochure.review.remarks import Action, Remark, join_annotations, say
from brochure.review.text_match import fold


@dataclass(frozen=True, slots=True)
class PdfComment:
    """A comment for the thread of a message, or of a page if `key` is empty."""

    key: str
    author: str
    date: str
    edition: str
    page: int
    at: tuple[float, float] | None
    words: str
    text: str
    proposal: str
    former: str
    source: str
    is_resolved: bool


@dataclass(frozen=True, slots=True)
class PdfReview:
    """The comments of a PDF, and what is to be known about them."""

    comments: tuple[PdfComment, ...]
    findings: tuple[Finding, ...]


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
        BrochureError: The file cannot be read within limits, or is of another brochure.
        InputError: An edition cannot be resolved.
    """
    pdf = read_limited(data, label, read_annotated, data, label)
    remarks = join_annotations(pdf.annotations)
    if not remarks:
        note = Finding("review-empty", "has no comments", Span(label), severity=Severity.NOTE)
        return PdfReview((), (note,))
    _check_brochure(pdf, label, job.layout.brochure)
    comments: list[PdfComment] = []
    findings: list[Finding] = []
    for (tag, office_name), each in _by_edition(pdf, remarks, language, office).items():
        made = lay_out_edition(job, resolve_edition(job, tag, office_name))
        current = CurrentPages(made, job.project)
        located = locate_remarks(data, label, pdf, each, current)
        comments += (comment for one in located for comment in _make_comments(one, current, label))
        findings += _report(located, label)
    return PdfReview(tuple(comments), tuple(findings))


def _check_brochure(pdf: AnnotatedPdf, label: str, brochure: str) -> None:
    names = {page.stamp.brochure for page in pdf.pages if page.stamp}
    if names and brochure not in names:
        message = f"{label}: is a proof of the brochure '{min(names)}', not of '{brochure}'"
        raise BrochureError(f"{message}; name the project that it was built from")


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


def _make_comments(
    located: LocatedRemark, current: CurrentPages, label: str
) -> Iterator[PdfComment]:
    """Yield a remark and the answers to it as comments of a thread."""
    remark, source = located.remark, PurePath(label).name
    name = edition_name(current.made.edition)
    place = located.key, name, located.page, located.at, located.words
    proposal, former = _propose(located, current)
    said = [(remark.author, remark.date, say(remark, located.words), proposal, former)]
    said += [(one.author, one.date, one.text, "", "") for one in remark.answers]
    for author, date, text, new, old in said:
        if text:
            key, edition, page, at, words = place
            yield PdfComment(
                *(key, author or NO_NAME, date, edition, page, at, words, text, new, old, source),
                is_resolved=remark.is_resolved,
            )


NO_NAME = "unknown"


def _propose(located: LocatedRemark, current: CurrentPages) -> tuple[str, str]:
    """Return the proposed and the former translation if all words of a message without markup are replaced."""
    edition = current.made.edition
    is_whole = located.remark.action is Action.REPLACE and located.is_all
    chosen = edition.translations.choose(located.key)
    if not is_whole or chosen is None or edition.language == edition.layout.source_language:
        return "", ""
    story = edition.stories[located.key].text
    is_plain = chosen.text.split() == story.split() or fold(chosen.text) == fold(story)
    has_all = fold(located.words) == fold(story)
    if not (is_plain and has_all) or MARKUP_CHARACTERS & set(chosen.text):
        return "", ""
    return located.remark.text, chosen.text


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
