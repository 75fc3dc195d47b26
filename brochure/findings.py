"""Findings: problems in a brochure, with severity and source location.

Every stage collects findings instead of stopping at the first; only the command line prints them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from brochure.fast_dataclass import dataclass
from brochure.lazy_pattern import compile_lazily


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file: lines and columns count from 1, columns in code points."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where text on a page comes from: its message's key and place, its paragraph style, and its block's place in the layout."""

    span: Span | None = None
    key: str = ""
    style: str = ""
    block: Span | None = None


Box = tuple[float, float, float, float]
"""The left and lower edges of a rectangle, its width and its height."""


class Severity(Enum):
    """Severity of a finding; a brochure with errors is not printed."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem: what is wrong, where, and a hint how to fix it.

    `code` is the stable name that `--json` and tests use; `page` is the page's number in the brochure, where known, and `at`
    the place on it, in points from the trim's lower left corner; `box` is what is seen there: x, y, width and height. A finding
    that represents several faults of one kind has their `count`, and the `places` and `boxes` of the first.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str = ""
    severity: Severity = Severity.ERROR
    page: int | None = None
    at: tuple[float, float] | None = None
    count: int = 1
    places: tuple[tuple[float, float], ...] = ()
    box: Box | None = None
    boxes: tuple[Box, ...] = ()

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span else ""
        level = "" if self.severity is Severity.ERROR else f"{self.severity.value}: "
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{level}{self.message}{hint}"


def file_removed(file: str) -> Finding:
    """Return the finding for a file that was removed after it was listed."""
    return Finding(
        "file-missing", "the file was removed during the build", Span(file), "build again"
    )


def file_changed(file: str) -> Finding:
    """Return the finding for a file that was changed while it was used."""
    return Finding(
        "file-changed", "the file was changed during the build", Span(file), "build again"
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without duplicates, sorted by file, line and column; those without a place come last."""
    no_place = Span("\U0010ffff")
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.span or no_place))


MAX_REPEATED = 20
"""Findings of one kind that are listed one by one."""

Kind = tuple[str, Severity, str]
"""Code, severity, and the message without names and numbers."""

VARIABLE_PART = compile_lazily(r"'[^']*'|\"[^\"]*\"|[0-9]+")


def count_repeated(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the first findings of each kind, and one finding with the count of those that follow them."""
    shown: list[Finding] = []
    seen: dict[Kind, int] = {}
    first_omitted: dict[Kind, Finding] = {}
    for finding in findings:
        kind = finding.code, finding.severity, VARIABLE_PART.sub("…", finding.message)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= MAX_REPEATED:
            shown.append(finding)
        else:
            first_omitted.setdefault(kind, finding)
    return (*shown, *(_summarize(one, seen[kind]) for kind, one in first_omitted.items()))


def _summarize(first: Finding, seen: int) -> Finding:
    count = seen - MAX_REPEATED
    message = f"{count:,} more findings of this kind, this is the first: {first.message}"
    return Finding(first.code, message, first.span, first.hint, first.severity, count=count)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return True if any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


MAX_CHOICES = 500
"""With more names than this, no suggestion is made: the list is too long to print and slow to
search."""

MAX_SUGGESTIONS = 200
"""Unknown words of one file for which suggestions are made; each takes up to 3 ms, and later words are only counted."""


def nearest(word: str, known: Iterable[str], earlier: int = 0) -> str:
    """Return the hint for an unknown word: "did you mean 'body'?", or the possible words.

    `earlier` is the number of findings before this one; after `MAX_SUGGESTIONS` the hint is empty.
    """
    if earlier >= MAX_SUGGESTIONS:
        return ""
    choices = set(known)
    if len(choices) > MAX_CHOICES:
        return ""
    # Imported on demand: most builds have no unknown words.
    import difflib

    close = difflib.get_close_matches(word, sorted(choices), n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    if not choices:
        return "none is declared"
    listed = ", ".join(sorted(choices)[:12]) + (", …" if len(choices) > 12 else "")
    return f"one of: {listed}"
