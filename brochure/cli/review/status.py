"""`brochure review status`: list open comments and proposals by message and page, and the reviewers' verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import counted, echo, say_json


def command(
    project: Folder = Path(),
    edition: Annotated[
        str | None,
        typer.Option(
            metavar="LANG|OFFICE/LANG",
            help="Only comments on this edition: fr, or canada/fr-CA (default: all).",
        ),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="List resolved comments, too.")] = False,
    json: Json = False,
) -> None:
    """List the open comments and proposed translations, and what reviewers say about pages.

    \b
    Example: list what is open in the French edition:
        brochure review status my-brochure --edition fr

    The word in brackets is a comment's id, for 'brochure review resolve'. A proposal is fuzzy in the catalogue until a translator
    has reviewed it.

    \b
    Exit status: 0 nothing is open; 1 comments are open; 2 a file in comments/ is invalid.
    """
    from brochure.project import project_at
    from brochure.review.comments import read_threads
    from brochure.review.open_proposals import assess_proposals
    from brochure.review.verdicts import latest_verdicts, read_verdicts

    files = project_at(project)
    threads = [_selected(one, edition, show_all=show_all) for one in read_threads(files)]
    threads = [one for one in threads if one.comments]
    verdicts = [
        one
        for one in latest_verdicts(read_verdicts(files))
        if edition is None or one.edition == edition
    ]
    states = assess_proposals(files, threads)
    open_comments = [comment for one in threads for comment in one.open_comments]
    if json:
        say_json(
            {
                "open": len(open_comments),
                "threads": [_as_data(one, states) for one in threads],
                "verdicts": [_verdict_as_data(one) for one in verdicts],
            }
        )
    else:
        _print(threads, verdicts, states)
        proposals = sum(1 for one in open_comments if one.proposal)
        comments = counted(len(open_comments) - proposals, "open comment")
        echo(f"{comments}, {counted(proposals, 'open proposal')}")
    raise typer.Exit(1 if open_comments else 0)


def _selected(thread: Any, edition: str | None, *, show_all: bool) -> Any:
    """Return the thread with the comments that are listed."""
    from dataclasses import replace

    shown = thread.comments if show_all else thread.open_comments
    chosen = tuple(one for one in shown if edition is None or one.edition == edition)
    return replace(thread, comments=chosen)


def _print(threads: Iterable[Any], verdicts: Iterable[Any], states: Mapping[str, Any]) -> None:
    for thread in threads:
        echo(f"{thread.name}  ({thread.file})")
        for one in thread.comments:
            _print_comment(one, states.get(one.id))
        echo("")
    lines = [_verdict_line(one) for one in verdicts]
    for line in lines:
        echo(line)
    if lines:
        echo("")


IN_WORDS = {
    "fuzzy": " (fuzzy in the catalogue)",
    "accepted": " (accepted)",
    "not entered": " (not in the catalogue)",
}
"""What has become of a proposal, by the value of its state."""


def _print_comment(one: Any, proposal_state: Any) -> None:
    page = f"page {one.page}" if one.page else ""
    who = (one.author or "unnamed", one.date[:10], one.edition, page)
    state = "  resolved" if one.resolved else ""
    echo(f"  [{one.id}] {', '.join(part for part in who if part)}{state}")
    marked = f"“{one.words}”: " if one.words else ""
    if one.text or one.words:
        _print_lines(f"{marked}{one.text}")
    if one.proposal:
        words = IN_WORDS[proposal_state.value] if proposal_state else ""
        _print_lines(f"proposal{words}: {one.proposal}")
    if one.proposal and one.former:
        _print_lines(f"before: {one.former}")


def _print_lines(text: str) -> None:
    """Print a text, indented."""
    for line in text.splitlines():
        echo(f"      {line}".rstrip())


def _verdict_line(one: Any) -> str:
    who = ", ".join(part for part in (one.reviewer or "unnamed", one.date[:10]) if part)
    return f"{one.edition}, page {one.page}: {one.verdict} ({who})"


def _as_data(thread: Any, states: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "thread": thread.name,
        "key": thread.key or None,
        "page": thread.page,
        "file": thread.file,
        "comments": [
            {
                "id": one.id,
                "author": one.author,
                "date": one.date or None,
                "edition": one.edition,
                "page": one.page,
                "at": list(one.at) if one.at else None,
                "words": one.words or None,
                "text": one.text,
                "proposal": one.proposal or None,
                "proposal_state": states[one.id].value if one.id in states else None,
                "former": one.former or None,
                "source": one.source or None,
                "resolved": one.resolved,
            }
            for one in thread.comments
        ],
    }


def _verdict_as_data(one: Any) -> dict[str, Any]:
    return {
        "edition": one.edition,
        "page": one.page,
        "verdict": one.verdict,
        "reviewer": one.reviewer,
        "date": one.date or None,
        "digest": one.digest or None,
    }
