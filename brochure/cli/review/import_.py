"""`brochure review import`: bring comments, proposals and verdicts of a reviewer into the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, counted, echo, say_findings, say_json


def command(
    file: Annotated[
        Path,
        typer.Argument(help="Review file that an exported proof has saved.", metavar="FILE"),
    ],
    project: Folder = Path(),
    json: Json = False,
) -> None:
    """Import a reviewer's file: comments, proposed translations, and verdicts on pages. Nothing is overwritten.

    \b
    Example: import the review that the Cambodian office sent back:
        brochure review import cambodia.brochure-review.json my-brochure

    Comments become threads in comments/, and notes for the translator in the catalogue. A proposed translation becomes a fuzzy
    one in the catalogue; if the source or the translation has changed since the review, the catalogue stays as it is, and the
    proposal is only a comment. Importing a file twice adds nothing.

    \b
    Exit status: 0 imported; 1 imported, but proposals were not entered or pages have changed since the review; 2 invalid file,
    or a review of another brochure or edition, and nothing is written; 73 a file cannot be written.
    """
    from brochure.project import project_at, read_whole
    from brochure.review.import_review import import_review
    from brochure.review.review_file import read_review

    data = read_whole(file)
    files = project_at(project)
    review, notes = read_review(data, str(file))
    done = import_review(files, review, str(file))
    findings = (*notes, *done.findings)
    if json:
        say_json(_as_data(file, review, done, findings))
    else:
        echo(f"{file}  {'; '.join(_summary(review, done))}")
        for path in done.catalogues:
            echo(f"{path}  updated")
        say_findings(findings)
    raise typer.Exit(1 if done.findings else 0)


def _summary(review: Any, done: Any) -> Iterator[str]:
    from brochure.review.comments import edition_id

    who = ", ".join(part for part in (review.reviewer, review.date[:10]) if part)
    yield f"edition {edition_id(review.edition)}, reviewed by {who or 'an unnamed reviewer'}"
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


def _as_data(file: Path, review: Any, done: Any, findings: Any) -> dict[str, Any]:
    from brochure.review.comments import edition_id

    return {
        "path": str(file),
        "reviewer": review.reviewer,
        "date": review.date or None,
        "edition": edition_id(review.edition),
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
