"""Reviewers' verdicts on pages: approved or rejected, with the digest of the page that they saw, in `comments/verdicts.yaml`.

A verdict is what a reviewer says. `brochure approve` makes an approval of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.project import DiskProject, Project
from brochure.review.record_file import (
    Value,
    append_records,
    clean_text,
    integer_of,
    read_records,
    text_of,
)
from brochure.review.thread_files import VERDICTS, read_or_none, update_file
from brochure.spec import yaml_tree

APPROVED, REJECTED = "approved", "rejected"
VERDICT_WORDS = (APPROVED, REJECTED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict on a page of an edition.

    Attributes:
        page: The page's number in the brochure.
        verdict: "approved" or "rejected".
        reviewer: The reviewer's name.
        date: Date and time in ISO 8601.
        edition: Language tag, or office and language: `cambodia/km`.
        digest: The digest of the page that the reviewer saw; empty if it is not known.
        source: The file that it was imported from.
    """

    page: int
    verdict: str
    reviewer: str = ""
    date: str = ""
    edition: str = ""
    digest: str = ""
    source: str = ""

    @property
    def id(self) -> str:
        """A digest of the content, so that importing a file twice adds nothing."""
        content = [self.page, self.verdict, self.reviewer, self.date, self.edition, self.digest]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:8]


def read_verdicts(project: Project) -> tuple[Verdict, ...]:
    """Return all verdicts, oldest first.

    Raises:
        InputError: The file is invalid.
    """
    data = read_or_none(project, VERDICTS) or b""
    found = _parse(data, project.label(VERDICTS))
    return tuple(sorted(found, key=lambda one: one.date))


def latest_verdicts(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the last verdict of each reviewer on each page of each edition, sorted by edition and page."""
    latest = {_subject(one): one for one in verdicts}
    return tuple(one for _, one in sorted(latest.items()))


def add_verdicts(project: DiskProject, verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Add verdicts to the project's file; return those that it did not have."""
    new = {one.id: one for one in _find_new(read_verdicts(project), map(_clean, verdicts))}
    if new:
        update_file(project, VERDICTS, lambda data: _extend(data, new))
    return tuple(new.values())


def _find_new(stored: Sequence[Verdict], verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Yield the verdicts that are not stored; one that only repeats the reviewer's last word on a page is left out."""
    known = {one.id for one in stored}
    last = {_subject(one): one for one in stored}
    for one in verdicts:
        before = last.get(_subject(one))
        is_repeated = before and (before.verdict, before.digest) == (one.verdict, one.digest)
        if one.id not in known and not is_repeated:
            yield one


def _subject(one: Verdict) -> tuple[str, int, str]:
    return one.edition, one.page, one.reviewer


def _extend(data: bytes, new: Mapping[str, Verdict]) -> bytes:
    known = {one.id for one in _parse(data, VERDICTS)}
    missing = [_as_record(one) for id, one in new.items() if id not in known]
    return append_records(data, VERDICTS, missing) if missing else data


def _clean(one: Verdict) -> Verdict:
    """Return the verdict as it is stored."""
    texts = (one.reviewer, one.date, one.edition, one.digest, one.source)
    return Verdict(one.page, one.verdict, *map(clean_text, texts))


def _as_record(one: Verdict) -> Mapping[str, Value]:
    names = ("page", "verdict", "reviewer", "date", "edition", "digest", "source")
    return {name: value for name in names if (value := getattr(one, name)) != ""}


def _parse(data: bytes, label: str) -> tuple[Verdict, ...]:
    return tuple(_make_verdict(record) for record in read_records(data, label))


def _make_verdict(record: yaml_tree.Mapping) -> Verdict:
    page, word = integer_of(record, "page"), text_of(record, "verdict")
    if page is None or word not in VERDICT_WORDS:
        hint = "e.g. '- page: 3' and 'verdict: approved' or 'verdict: rejected'"
        message = "the verdict has no page, or is neither approved nor rejected"
        raise InputError([Finding("review-file", message, record.span, hint)])
    names = ("reviewer", "date", "edition", "digest", "source")
    return Verdict(page, word, *(text_of(record, name) for name in names))
