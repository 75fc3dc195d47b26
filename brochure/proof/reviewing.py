"""Comments and approvals in the live proof, as plain data, and what the browser adds to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from brochure.approval.approving import check_name, write_approval
from brochure.approval.page_digest import digest_page
from brochure.approval.page_status import PageStatus
from brochure.build_values import LaidOut
from brochure.compare.edition_status import approve_laid_out, approved_editions, assess_edition
from brochure.errors import InputError, UsageError
from brochure.findings import Finding, Severity
from brochure.project import current_date
from brochure.proof.session import OpenEdition, ProofSession, edition_id
from brochure.review.comments import Comment, Thread, add_comments, read_threads, set_resolved

MAX_COMMENT = 20_000
"""Characters of a comment."""


def comments_data(
    session: ProofSession, opened: OpenEdition
) -> tuple[list[dict[str, Any]], tuple[Finding, ...]]:
    """Return the threads that concern an edition, and what is wrong in the files of comments."""
    try:
        threads = read_threads(session.project)
    except InputError as failure:
        return [], failure.findings
    found = (_thread_data(thread, opened) for thread in threads)
    return [one for one in found if one["comments"]], ()


def _thread_data(thread: Thread, opened: OpenEdition) -> dict[str, Any]:
    """Return a thread; on a message, with the comments of all editions, on a page with those of this one."""
    is_shared = thread.key in opened.made.edition.stories
    return {
        "key": thread.name,
        "page": thread.page,
        "file": thread.file,
        "comments": [
            _comment_data(one)
            for one in thread.comments
            if is_shared or one.edition in ("", opened.id)
        ],
    }


def _comment_data(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "author": comment.author,
        "date": comment.date,
        "edition": comment.edition,
        "page": comment.page,
        "at": list(comment.at) if comment.at else None,
        "words": comment.words,
        "text": comment.text,
        "proposal": comment.proposal,
        "former": comment.former,
        "source": comment.source,
        "resolved": comment.resolved,
    }


def add_comment(session: ProofSession, body: Mapping[str, Any]) -> int:
    """Add a comment to its thread, and return how many were added: none if it is there already.

    Raises:
        UsageError: The comment is empty or too long, or its edition, page or message does not exist.
        InputError: The thread's file is faulty.
        OutputError: It cannot be written.
    """
    opened = session.edition(body["edition"])
    key, page, text = body.get("key") or "", body["page"], body["text"].strip()
    if key and key not in opened.made.edition.stories:
        raise UsageError(f"the edition has no message '{key}'")
    if not 1 <= page <= len(opened.made.pages):
        raise UsageError(f"the edition has no page {page}")
    if not text or len(text) > MAX_COMMENT:
        raise UsageError(f"a comment has 1 to {MAX_COMMENT:,} characters")
    comment = Comment(
        text,
        key,
        page,
        check_name(body["author"]),
        current_date(),
        opened.id,
        _point(body.get("at")),
        str(body.get("words") or "")[:MAX_COMMENT],
    )
    with session.alone():
        return len(add_comments(session.project.root, [comment]))


def _point(value: object) -> tuple[float, float] | None:
    match value:
        case None:
            return None
        case [int() | float() as x, int() | float() as y]:
            return round(float(x), 2), round(float(y), 2)
        case _:
            raise UsageError("a place on a page is two numbers, in points")


def resolve_comment(session: ProofSession, body: Mapping[str, Any]) -> bool:
    """Mark a comment as resolved or open; return False if it was so already."""
    with session.alone():
        return set_resolved(
            session.project.root, body["key"], body["id"], resolved=body["resolved"]
        )


# Approvals


def page_digests(session: ProofSession, made: LaidOut) -> list[str]:
    """Return the digest of what is placed on each page."""
    return [digest_page(page, session.project) for page in made.pages]


def approvals_data(session: ProofSession) -> dict[str, Any]:
    """Return the pages of every edition with an approval file: whether they are approved, and why not any more."""
    return {"editions": dict(_assess(session))}


def _assess(session: ProofSession) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in sorted(set(approved_editions(session.project))):
        # All editions take seconds; typing does not wait for them.
        session.give_way()
        with session.alone():
            status = assess_edition(session.job, name)
        yield edition_id(name), {"pages": [_page_data(page) for page in status.pages]}


def _page_data(page: PageStatus) -> dict[str, Any]:
    return {
        "number": page.number,
        "state": page.state.value,
        "by": page.by,
        "date": page.date,
        "reasons": list(page.reasons),
    }


def approve(session: ProofSession, body: Mapping[str, Any]) -> dict[str, Any]:
    """Record the approval of pages as they are saved; drafts must be saved first."""
    with session.alone():
        opened = session.edition(body["edition"])
        if opened.drafts:
            raise UsageError(
                "some texts are not saved: save or discard them, then approve the pages"
            )
        if opened.faults:
            raise InputError(opened.faults)
        errors = [one for one in opened.made.findings if one.severity is Severity.ERROR]
        if errors:
            raise InputError(errors)
        numbers = [number for number in body["pages"] if isinstance(number, int)]
        who = body["name"], current_date()
        done = approve_laid_out(opened.made, session.project, numbers, who)
        write_approval(session.project.root, done.approval)
    return {"edition": opened.id, "pages": [_page_data(page) for page in done.after]}
