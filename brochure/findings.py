"""What there is to say about a brochure, and where.

Takes nothing from the other rooms; gives `Span` (a place in a file), `Severity` and `Finding`. Every stage gathers
findings instead of stopping at the first; only the command line prints them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from brochure.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file: lines and columns count from 1, columns in code points."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(Enum):
    """How much a finding weighs: an error forbids going to press."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say: what is wrong, where, and what would be right.

    `code` is the stable name that `--json` and tests use; `page` is the page's number in the brochure, where known, and `at`
    the place on it, in points from the trim's lower left corner. A finding that stands for several faults of one kind has their
    `count` and the first `places`.
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

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span else ""
        level = "" if self.severity is Severity.ERROR else f"{self.severity.value}: "
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{level}{self.message}{hint}"


def file_removed(file: str) -> Finding:
    """A file was listed, and gone when it was to be read."""
    return Finding(
        "file-missing", "the file was removed during the build", Span(file), "build again"
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings by file, line and column, each said once; those without a place come last."""
    nowhere = Span("\U0010ffff")
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.span or nowhere))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


MAX_CHOICES = 500
"""Among more names than these no likeness is looked for: nobody reads so long a table, and it takes its time."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint for an unknown word: "did you mean 'body'?", or the words that would be right."""
    choices = set(known)
    if len(choices) > MAX_CHOICES:
        return ""
    # Imported here: most builds have nothing to guess.
    import difflib

    close = difflib.get_close_matches(word, sorted(choices), n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    if not choices:
        return "none is declared"
    listed = ", ".join(sorted(choices)[:12]) + (", …" if len(choices) > 12 else "")
    return f"one of: {listed}"
