"""`brochure review import`: bring comments, proposals and verdicts of a reviewer into the project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, counted, echo, say_findings, say_json


def command(
    file: Annotated[
        Path,
        typer.Argument(
            help="Review file that an exported proof has saved, or PDF with comments.",
            metavar="FILE",
        ),
    ],
    project: Folder = Path(),
    lang: Annotated[
        str | None,
        typer.Option(
            help="For a PDF that does not say its edition: its language, as a BCP 47 tag."
        ),
    ] = None,
    office: Annotated[
        str | None, typer.Option(help="For a PDF that does not say its edition: its office.")
    ] = None,
    json: Json = False,
) -> None:
    """Import a reviewer's file: comments, proposed translations, and verdicts on pages. Nothing is overwritten.

    \b
    Example: import the review that the Cambodian office sent back:
        brochure review import cambodia.brochure-review.json my-brochure

    \b
    Import the comments that a reviewer has written into a screen PDF or a numbered proof, in any program:
        brochure review import proof.pdf my-brochure

    Comments become threads in comments/, and notes for the translator in the catalogue. A proposed translation becomes a fuzzy
    one in the catalogue; if the source or the translation has changed since the review, the catalogue stays as it is, and the
    proposal is only a comment. Importing a file twice adds nothing.

    \b
    Exit status: 0 imported; 1 imported, but proposals were not entered or pages have changed since the review; 2 invalid file,
    or a review of another brochure or edition, and nothing is written; 73 a file cannot be written.
    """
    from brochure.errors import UsageError
    from brochure.project import project_at, read_whole
    from brochure.review.import_pdf import is_pdf
    from brochure.review.import_review import import_review
    from brochure.review.review_file import read_review
    from brochure.review.reviewed_pages import digest_pages

    data = read_whole(file)
    files = project_at(project)
    if is_pdf(data):
        _import_pdf(file, data, files, (lang, office), json=json)
    if lang or office:
        raise UsageError("--lang and --office apply to PDFs only; a review file says its edition")
    review, notes = read_review(data, str(file))
    digests = digest_pages(files, review.edition)  # before the import changes translations
    done = import_review(files, review, str(file), digests)
    findings = (*notes, *done.findings)
    if json:
        say_json(_as_data(file, (review,), done, findings))
    else:
        echo(f"{file}  {'; '.join(_summary((review,), done))}")
        _say_changes(done, findings)
    raise typer.Exit(1 if done.findings else 0)


def _import_pdf(
    file: Path, data: bytes, files: Any, edition: tuple[str | None, str | None], *, json: bool
) -> None:
    """Import the comments of a PDF, and end the command."""
    from brochure.findings import Severity
    from brochure.review.import_pdf import import_pdf

    found = import_pdf(files, data, str(file), *edition)
    findings = found.done.findings
    if json:
        document = _as_data(file, found.review.reviews, found.done, findings)
        say_json({**document, "resolved": found.resolved})
    else:
        parts = [*_summary(found.review.reviews, found.done)] if found.review.entries else []
        if found.resolved:
            parts.append(f"{counted(len(found.resolved), 'comment')} resolved")
        echo(f"{file}  {'; '.join(parts)}" if parts else f"{file}  nothing to import")
        _say_changes(found.done, findings)
    raise typer.Exit(1 if any(one.severity is not Severity.NOTE for one in findings) else 0)


def _say_changes(done: Any, findings: Iterable[Any]) -> None:
    for path in done.catalogues:
        echo(f"{path}  updated")
    say_findings(findings)


def _summary(reviews: Sequence[Any], done: Any) -> Iterator[str]:
    from brochure.review.comments import edition_id

    names = dict.fromkeys(edition_id(one.edition) for one in reviews)
    who = dict.fromkeys(
        ", ".join(part for part in (one.reviewer, one.date[:10]) if part) or "an unnamed reviewer"
        for one in reviews
    )
    word = "edition" if len(names) == 1 else "editions"
    yield f"{word} {', '.join(names)}, reviewed by {' and '.join(who)}"
    if not done.is_new:
        yield "nothing new"
        return
    counts = ((len(done.comments), "comment"), (len(done.proposals), "proposal"))
    entered = f" ({len(done.entered)} entered as fuzzy)" if done.proposals else ""
    yield ", ".join(counted(count, word) for count, word in counts) + entered
    for word in ("approved", "rejected"):
        pages = [one.page for one in done.verdicts if one.verdict == word]
        if pages:
            yield f"{counted(len(pages), 'page')} {word}"


def _as_data(file: Path, reviews: Sequence[Any], done: Any, findings: Any) -> dict[str, Any]:
    from brochure.review.comments import edition_id

    return {
        "path": str(file),
        "reviewer": ", ".join(dict.fromkeys(one.reviewer for one in reviews)),
        "date": max((one.date for one in reviews), default="") or None,
        "edition": ", ".join(dict.fromkeys(edition_id(one.edition) for one in reviews)),
        "comments": len(done.comments),
        "proposals": len(done.proposals),
        "entered": done.entered,
        "verdicts": [
            {"page": one.page, "verdict": one.verdict, "digest": one.digest or None}
            for one in done.verdicts
        ],
        "catalogues": done.catalogues,
        "findings": [as_data(finding) for finding in findings],
    }
