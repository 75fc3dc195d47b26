"""Comments on messages and pages, in the project's folder `comments`: one YAML file per thread.

`comments/KEY.yaml` has the comments on a message, `comments/page-N.yaml` those on a place of a page without a message. Files are
written atomically and only extended: a comment that is there is never changed, except for `resolved`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, nearest
from brochure.l10n.project_editions import EditionName
from brochure.project import DiskProject, Project, path_inside
from brochure.review.record_file import (
    Value,
    append_records,
    boolean_of,
    clean_text,
    integer_of,
    point_of,
    read_records,
    set_value,
    text_of,
)
from brochure.review.thread_files import (
    COMMENTS,
    file_name,
    is_thread_file,
    read_or_none,
    subject_of,
    update_file,
)
from brochure.spec import yaml_tree

DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment of a thread.

    Attributes:
        text: What the reviewer writes; empty for a proposal or marked words without a text.
        key: The message's key; empty for a place on a page.
        page: The page's number in the brochure.
        author: The reviewer's name.
        date: Date and time in ISO 8601.
        edition: Language tag, or office and language: `cambodia/km`.
        at: A place on the page, in points from the lower left corner of the trim.
        words: The words that the reviewer marked.
        proposal: A proposed translation.
        former: The translation that the proposal was made for.
        source: The file that the comment was imported from.
        id: A digest of the content, so that importing a file twice adds nothing; `add_comments` sets it.
    """

    text: str = ""
    key: str = ""
    page: int | None = None
    author: str = ""
    date: str = ""
    edition: str = ""
    at: tuple[float, float] | None = None
    words: str = ""
    proposal: str = ""
    former: str = ""
    source: str = ""
    resolved: bool = False
    id: str = ""

    @property
    def thread(self) -> str:
        """The name of its thread: the message's key, or `page-N`."""
        return self.key or f"page-{self.page}"


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments on a message, or on a page without a message, oldest first."""

    name: str
    key: str
    page: int | None
    file: str
    comments: tuple[Comment, ...]

    @property
    def open_comments(self) -> tuple[Comment, ...]:
        """The comments that are not resolved."""
        return tuple(one for one in self.comments if not one.resolved)


def edition_id(edition: EditionName) -> str:
    """Return an edition as it is written in comments: `km`, or `cambodia/km`."""
    return f"{edition.office}/{edition.language}" if edition.office else edition.language


# Reading


def read_threads(project: Project) -> tuple[Thread, ...]:
    """Return the threads of a project in the order of their names, pages last.

    Raises:
        InputError: A file is invalid; it has the findings of all files.
    """
    threads: dict[str, Thread] = {}
    problems: list[Finding] = []
    for name in project.listing(COMMENTS):
        if not is_thread_file(name):
            continue
        try:
            comments = _read_file(project, name)
        except InputError as failure:
            problems.extend(failure.findings)
            continue
        for one in _threads(comments, name):
            threads[f"{one.page or 0:08}{one.name}"] = one
    if problems:
        raise InputError(problems)
    return tuple(one for _, one in sorted(threads.items()))


def _read_file(project: Project, name: str) -> tuple[Comment, ...]:
    """Return the comments of a file, in its order; none if another program has removed it."""
    try:
        data = project.read(name)
    except FileNotFoundError:
        return ()
    return _parse(data, project.label(name), name)


def _parse(data: bytes, label: str, name: str) -> tuple[Comment, ...]:
    key, page = subject_of(name)
    default = Comment(key=key, page=page)
    problems: list[Finding] = []
    comments = []
    for record in read_records(data, label):
        try:
            comments.append(_make_comment(record, default))
        except InputError as failure:
            problems.extend(failure.findings)
    if problems:
        raise InputError(problems)
    return tuple(comments)


TEXTS = ("text", "author", "date", "edition", "words", "proposal", "former", "source")


def _make_comment(record: yaml_tree.Mapping, default: Comment) -> Comment:
    texts: dict[str, Any] = {name: text_of(record, name) for name in TEXTS}
    if not (texts["text"] or texts["proposal"] or texts["words"]):
        hint = "write 'text: …'"
        raise InputError([Finding("review-file", "the comment has no text", record.span, hint)])
    if texts["date"] and not DATE.fullmatch(texts["date"]):
        hint = "e.g. 2026-11-29T10:15:00Z"
        span = record.get("date") or record
        raise InputError([Finding("review-file", "'date' is not a date", span.span, hint)])
    key = text_of(record, "key") or default.key
    page = default.page or integer_of(record, "page")
    found = replace(default, **texts, key=key, page=page, at=point_of(record, "at"))
    state = boolean_of(record, "resolved")
    return replace(found, resolved=state, id=text_of(record, "id") or comment_id(found))


def _threads(comments: Iterable[Comment], file: str) -> Iterator[Thread]:
    """Yield the threads of a file; it has several only if their keys are long and alike."""
    by_key: dict[str, list[Comment]] = {}
    for one in comments:
        by_key.setdefault(one.key, []).append(one)
    for key, found in by_key.items():
        page = None if key else found[0].page
        ordered = tuple(sorted(found, key=lambda one: one.date))
        yield Thread(ordered[0].thread, key, page, file, ordered)


# Writing


def comment_id(comment: Comment) -> str:
    """Return the digest of a comment's content; its state and where it was imported from do not count."""
    at = [round(number, 1) for number in comment.at] if comment.at else None
    content: list[object] = [
        comment.key,
        None if comment.key else comment.page,
        comment.author,
        comment.date,
    ]
    content += [comment.edition, at, comment.words, comment.text, comment.proposal]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:8]


def add_comments(folder: Path, comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """Add comments to the threads of the project in a folder.

    Characters that YAML cannot store, such as control characters, are replaced by U+FFFD.

    Returns:
        The comments that were added, with their ids; those that a thread has already are left out.

    Raises:
        InputError: A file of the project is invalid; nothing is written.
        OutputError: A file cannot be written.
    """
    project = DiskProject(folder)
    by_file = _by_file(comments)
    known = _check_files(project, by_file)
    added: list[Comment] = []
    for name, new in by_file.items():
        extend = partial(_extend, label=project.label(name), name=name, new=new.values())
        update_file(project, name, extend)
        added.extend(one for id, one in new.items() if id not in known)
    return tuple(added)


def check_comments(project: DiskProject, comments: Iterable[Comment]) -> None:
    """Raise InputError if `add_comments` could not add comments, for instance because a file would become too large."""
    _check_files(project, _by_file(comments))


def _by_file(comments: Iterable[Comment]) -> Mapping[str, Mapping[str, Comment]]:
    """Return comments as they are stored, by file and id."""
    by_file: dict[str, dict[str, Comment]] = {}
    for one in map(prepare_comment, comments):
        by_file.setdefault(file_name(one.key, one.page), {})[one.id] = one
    return by_file


def _check_files(
    project: DiskProject, by_file: Mapping[str, Mapping[str, Comment]]
) -> frozenset[str]:
    """Raise InputError if one of the files cannot be extended; return the ids that they have already."""
    problems: list[Finding] = []
    known: set[str] = set()
    for name, new in by_file.items():
        try:
            path_inside(project.root, name)
            data = read_or_none(project, name) or b""
            known.update(one.id for one in _parse(data, project.label(name), name))
            _extend(data, project.label(name), name, new.values())
        except InputError as failure:
            problems.extend(failure.findings)
    if problems:
        raise InputError(problems)
    return frozenset(known)


def prepare_comment(comment: Comment) -> Comment:
    """Return the comment as `add_comments` stores it, with its id."""
    if not comment.key and not comment.page:
        raise ValueError("a comment needs the key of a message or the number of a page")
    texts: dict[str, Any] = {
        name: clean_text(getattr(comment, name)) for name in (*TEXTS, "key", "id")
    }
    at = (round(comment.at[0], 2), round(comment.at[1], 2)) if comment.at else None
    clean = replace(comment, **texts, at=at)
    return replace(clean, id=clean.id or comment_id(clean))


def _extend(data: bytes, label: str, name: str, new: Iterable[Comment]) -> bytes:
    """Return a file with the comments that it does not have."""
    known = {one.id for one in _parse(data, label, name)}
    missing = {one.id: one for one in new if one.id not in known}
    if not missing:
        return data
    ordered = sorted(missing.values(), key=lambda one: one.date)
    return append_records(data, label, [_as_record(one, name) for one in ordered])


ORDER = (
    *("id", "author", "date", "edition", "page", "at", "words", "text", "proposal", "former"),
    "source",
)


def _as_record(comment: Comment, name: str) -> Mapping[str, Value]:
    """Return the keys and values of a comment as they are written."""
    values: dict[str, Value] = {}
    if comment.key and subject_of(name) != (comment.key, None):
        values["key"] = comment.key
    for one in ORDER:
        value = getattr(comment, one)
        if value not in ("", None):
            values[one] = value
    return {**values, "resolved": comment.resolved}


def set_resolved(folder: Path, thread: str, id: str, *, resolved: bool) -> bool:
    """Mark a comment as resolved, or as open again.

    Args:
        folder: The project's folder.
        thread: The name of the thread: a message's key, or `page-N`.
        id: The comment's id; empty for all comments of the thread.
        resolved: The new state.

    Returns:
        False if the comment has this state already.

    Raises:
        UsageError: The thread or the comment does not exist.
        InputError: A file of the project is invalid.
    """
    project = DiskProject(folder)
    threads = read_threads(project)
    named = [one for one in threads if one.name == thread]
    if not named:
        hint = nearest(thread, (one.name for one in threads))
        raise UsageError(f"{thread}: no comments on this message or page ({hint})")
    known = {comment.id for one in named for comment in one.comments}
    if id and id not in known:
        raise UsageError(f"{thread}: no comment has the id '{id}' ({nearest(id, known)})")
    changes = [
        update_file(project, one.file, partial(_resolve, thread=one, id=id, resolved=resolved))
        for one in named
    ]
    return any(changes)


def _resolve(data: bytes, thread: Thread, id: str, *, resolved: bool) -> bytes:
    """Return a file with another state of some comments."""
    comments = _parse(data, thread.file, thread.file)
    records = read_records(data, thread.file)
    for record, comment in reversed([*zip(records, comments, strict=True)]):
        is_meant = id in ("", comment.id) and comment.key == thread.key
        if is_meant and comment.resolved != resolved:  # the places of records above it stay right
            data = set_value(data, record, "resolved", resolved)
    return data
