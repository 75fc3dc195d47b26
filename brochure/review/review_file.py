"""Read review files (`NAME.brochure-review.json`), which the exported proof saves in a reviewer's browser.

The file comes from outside: every text is only text, sizes and numbers are limited, and control characters are removed. A file
with errors is refused as a whole, with all its errors. `docs/review.md` documents the format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, TypeVar

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, count_repeated, has_errors
from brochure.l10n.project_editions import EditionName
from brochure.review.comments import DATE, Comment, edition_id
from brochure.review.record_file import NOT_STORED
from brochure.review.verdicts import VERDICT_WORDS, Verdict

SUFFIX = ".brochure-review.json"
FORMAT = "brochure-review"
VERSION = 1
MAX_BYTES = 20_000_000
MAX_ENTRIES = 5_000
"""Comments, proposals or pages in one file."""

MAX_TEXT = 100_000
"""Characters of a comment, of marked words, or of a proposal: those of the longest message."""

MAX_NAME = 1_000
"""Characters of a name, a key, a date or a digest."""

MAX_COORDINATE = 100_000.0
CODE = "review-file"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed translation, with the source and the translation as the reviewer saw them."""

    key: str
    source: str
    translation: str
    proposal: str
    date: str


@dataclass(frozen=True, slots=True)
class Review:
    """The contents of a review file.

    `file` is its name without its folder, `digests` those of the pages that the reviewer saw. Comments and verdicts have the
    reviewer's name, the edition and the file's name.
    """

    brochure: str
    edition: EditionName
    reviewer: str
    date: str
    file: str
    digests: Mapping[int, str]
    verdicts: tuple[Verdict, ...] = ()
    comments: tuple[Comment, ...] = ()
    proposals: tuple[Proposal, ...] = ()


def read_review(data: bytes, label: str) -> tuple[Review, tuple[Finding, ...]]:
    """Return the review in a file, and warnings.

    Raises:
        InputError: It is not a review file, exceeds a limit or has values of the wrong type.
    """
    reader = _Reader(label)
    document = _load(data, label)
    if document.get("format") != FORMAT:
        hint = f"expected a file {SUFFIX[1:]}, as 'Save my review' in an exported proof writes it"
        raise InputError([Finding(CODE, "this is not a review file", Span(label), hint)])
    if document.get("version") != VERSION:
        hint = f"this program reads version {VERSION}; use the version of brochure that exported the proof"
        message = (
            f"the version {str(document.get('version'))[:20]!r} of the review file is not known"
        )
        raise InputError([Finding(CODE, message, Span(label), hint)])
    review = reader.review(document)
    if has_errors(reader.findings):
        raise InputError(count_repeated(reader.findings))
    return review, count_repeated(reader.findings)


def _load(data: bytes, label: str) -> Mapping[str, Any]:
    """Return the JSON document; InputError if it is too large or not an object."""
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; the maximum is {MAX_BYTES:,}"
        raise InputError([Finding(CODE, message, Span(label), "send the review in parts")])
    hint = "ask for the file again; it must not be edited or converted"
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as failure:
        span = Span(label, failure.lineno, failure.colno)
        raise InputError([Finding(CODE, "the file is not valid JSON", span, hint)]) from failure
    except (ValueError, RecursionError) as failure:  # UTF-8, numbers of many digits, deep nesting
        raise InputError(
            [Finding(CODE, "the file is not valid JSON", Span(label), hint)]
        ) from failure
    if not isinstance(document, dict):
        raise InputError([Finding(CODE, "this is not a review file", Span(label), hint)])
    return document


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


class _Reader:
    """Reads values of JSON objects and collects findings; `where` is the path of an object, such as `comments[3]`."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.findings: list[Finding] = []

    def review(self, document: Mapping[str, Any]) -> Review:
        """Return the review."""
        known = (
            "format",
            "version",
            "brochure",
            "edition",
            "reviewer",
            "date",
            "pages",
            "comments",
            "proposals",
        )
        self.warn_unknown(document, "", known)
        place = document.get("edition")
        if not isinstance(place, dict):
            self.wrong("edition", "expected an object with 'language' and 'office'")
            place = {}
        edition = EditionName(
            self.name(place, "edition", "office"), self.name(place, "edition", "language")
        )
        brochure = self.name(document, "", "brochure", required=True)
        reviewer = self.name(document, "", "reviewer")
        date = self.date(document, "", "")
        file = PurePath(self.label).name
        written = _Written(reviewer, date, edition_id(edition), file)
        pages = tuple(self.items(document, "pages", self.page))
        return Review(
            brochure,
            edition,
            reviewer,
            date,
            file,
            {number: digest for number, digest, _ in pages if digest},
            tuple(
                Verdict(number, word, reviewer, date, written.edition, digest, file)
                for number, digest, word in pages
                if word
            ),
            tuple(self.items(document, "comments", lambda one, at: self.comment(one, at, written))),
            tuple(
                self.items(document, "proposals", lambda one, at: self.proposal(one, at, written))
            ),
        )

    def items(
        self,
        document: Mapping[str, Any],
        name: str,
        read: Callable[[Mapping[str, Any], str], Item | None],
    ) -> Iterator[Item]:
        """Yield what `read` returns for the objects of a list; objects with errors are left out."""
        items = document.get(name, [])
        if not isinstance(items, list):
            self.wrong(name, "expected a list")
            return
        if len(items) > MAX_ENTRIES:
            self.wrong(name, f"{len(items):,} entries; the maximum is {MAX_ENTRIES:,}")
            return
        for number, one in enumerate(items):
            where = f"{name}[{number}]"
            if not isinstance(one, dict):
                self.wrong(where, "expected an object")
                continue
            made = read(one, where)
            if made is not None:
                yield made

    def page(self, one: Mapping[str, Any], where: str) -> tuple[int, str, str] | None:
        """Return a page's number, its digest, and the verdict on it; each of the last two may be empty."""
        self.warn_unknown(one, where, ("number", "digest", "verdict"))
        number = self.number(one, where, "number", required=True)
        word = self.name(one, where, "verdict")
        if word not in ("", *VERDICT_WORDS):
            self.wrong(f"{where}.verdict", f"expected {' or '.join(map(repr, VERDICT_WORDS))}")
        return (number, self.name(one, where, "digest"), word) if number else None

    def comment(self, one: Mapping[str, Any], where: str, written: _Written) -> Comment | None:
        """Return a comment."""
        self.warn_unknown(one, where, ("page", "key", "at", "words", "text", "date"))
        key = self.key(one, where)
        page = self.number(one, where, "page", required=not key)
        words, text = self.text(one, where, "words"), self.text(one, where, "text")
        if not text.strip() and not words.strip():
            self.add(f"{where}: the comment is empty and was left out", Severity.WARNING)
            return None
        if not key and not page:
            return None
        date, at = self.date(one, where, written.date), self.point(one, where)
        return Comment(
            text, key, page, written.reviewer, date, written.edition, at, words, source=written.file
        )

    def proposal(self, one: Mapping[str, Any], where: str, written: _Written) -> Proposal | None:
        """Return a proposal."""
        self.warn_unknown(one, where, ("key", "source", "translation", "proposal", "date", "page"))
        key = self.key(one, where)
        if not key:
            self.wrong(f"{where}.key", "expected the key of a message")
        source, seen = self.text(one, where, "source"), self.text(one, where, "translation")
        proposal = self.text(one, where, "proposal")
        if not proposal.strip():
            self.add(f"{where}: the proposal is empty and was left out", Severity.WARNING)
            return None
        return Proposal(key, source, seen, proposal, self.date(one, where, written.date))

    # Values

    def key(self, one: Mapping[str, Any], where: str) -> str:
        """Return the key of a message, as it is."""
        return self.text(one, where, "key", maximum=MAX_NAME)

    def name(self, one: Mapping[str, Any], where: str, name: str, *, required: bool = False) -> str:
        """Return a short text of one line."""
        text = " ".join(self.text(one, where, name, maximum=MAX_NAME).split())
        if required and not text:
            self.wrong(f"{where}.{name}".lstrip("."), "expected a text")
        return text

    def text(self, one: Mapping[str, Any], where: str, name: str, maximum: int = MAX_TEXT) -> str:
        """Return a text without control characters, with LF as its line ends; empty if it is missing."""
        value = one.get(name)
        path = f"{where}.{name}".lstrip(".")
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(path, "expected a text")
            return ""
        if len(value) > maximum:
            self.wrong(path, f"{len(value):,} characters; the maximum is {maximum:,}")
            return ""
        text = LINE_END.sub("\n", value)
        clean = NOT_STORED.sub("", text)
        if clean != text:
            count = len(text) - len(clean)
            removed = (
                "1 control character was" if count == 1 else f"{count} control characters were"
            )
            message = f"{path}: {removed} removed"
            self.add(message, Severity.WARNING)
        return clean

    def date(self, one: Mapping[str, Any], where: str, default: str) -> str:
        """Return the date; `default` if it is missing."""
        text = MILLISECONDS.sub("", self.name(one, where, "date"))
        if text and not DATE.fullmatch(text):
            self.wrong(f"{where}.date".lstrip("."), "expected a date such as 2026-11-29T10:15:00Z")
        return text or default

    def number(
        self, one: Mapping[str, Any], where: str, name: str, *, required: bool = False
    ) -> int | None:
        """Return the number of a page."""
        value = one.get(name)
        if value is None and not required:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1_000_000:
            self.wrong(f"{where}.{name}", "expected the number of a page")
            return None
        return value

    def point(self, one: Mapping[str, Any], where: str) -> tuple[float, float] | None:
        """Return a place on a page."""
        value = one.get("at")
        if value is None:
            return None
        if not (isinstance(value, list) and len(value) == 2 and all(map(_is_coordinate, value))):
            self.wrong(f"{where}.at", "expected two numbers: points from the lower left corner")
            return None
        return float(value[0]), float(value[1])

    # Findings

    def warn_unknown(self, one: Mapping[str, Any], where: str, known: tuple[str, ...]) -> None:
        """Add a warning for each key that is not read."""
        for name in one.keys() - known:
            path = f"{where}.{NOT_STORED.sub('', name)[:40]}".lstrip(".")
            self.add(f"{path}: unknown key, ignored", Severity.WARNING)

    def wrong(self, where: str, message: str) -> None:
        """Add an error."""
        self.add(f"{where}: {message}", Severity.ERROR)

    def add(self, message: str, severity: Severity) -> None:
        """Add a finding."""
        hint = (
            "" if severity is Severity.WARNING else "ask for the file again; it must not be edited"
        )
        self.findings.append(Finding(CODE, message, Span(self.label), hint, severity))


LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
MILLISECONDS = re.compile(r"\.\d{1,9}(?=Z?\Z)")
"""Fractions of a second, which browsers write."""


def _is_coordinate(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return -MAX_COORDINATE <= value <= MAX_COORDINATE


@dataclass(frozen=True, slots=True)
class _Written:
    """Who has written the file, when, for which edition, and its name."""

    reviewer: str
    date: str
    edition: str
    file: str
