"""What of a manuscript was not taken, counted by kind, with its first places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span

KINDS = {
    "text-box": "text boxes",
    "header": "headers and footers",
    "hidden": "hidden text",
    "picture": "pictures and other objects",
    "equation": "equations",
    "field": "fields",
    "contents": "tables of contents",
    "link": "links",
    "symbol": "symbols",
    "comment": "comments",
    "changes": "tracked changes",
    "style": "styles",
    "formatting": "formatting by hand",
    "spacing": "empty paragraphs, tabs and spaces used for spacing",
    "break": "page, column and section breaks",
    "list": "lists",
    "table": "tables",
    "note": "notes",
    "html": "HTML",
    "code": "code",
    "text": "text",
}
"""Kinds of losses in the order in which they are listed; the code of a finding is `manuscript-` and the kind."""

LOST_WORDS = frozenset({"text-box", "header", "hidden", "equation", "symbol", "text"})
"""Kinds whose words are missing in the copy: warnings, the others are notes."""

MAX_SHOWN = 40
MAX_PLACES = 4


def shorten(text: str, most: int = MAX_SHOWN) -> str:
    """Return the beginning of a text, for messages."""
    plain = " ".join(text[: most * 4].split())
    return plain if len(plain) <= most else f"{plain[:most]}…"


@dataclass(frozen=True, slots=True)
class LossPlace:
    """Where something was not taken: a line, and the words there."""

    line: int
    words: str


@dataclass(frozen=True)
class Losses:
    """Collects what was not taken of one file."""

    file: str
    found: dict[tuple[str, str, str], list[LossPlace]] = field(default_factory=dict)

    def add(self, kind: str, message: str, line: int, words: str = "", hint: str = "") -> None:
        """Add a place; places with the same message are one finding with their count."""
        self.found.setdefault((kind, message, hint), []).append(LossPlace(line, shorten(words)))

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each message, by kind."""
        order = [*KINDS]
        for (kind, message, hint), places in sorted(
            self.found.items(), key=lambda one: order.index(one[0][0])
        ):
            severity = Severity.WARNING if kind in LOST_WORDS else Severity.NOTE
            said = f"{message}{_describe(places)}"
            where = Span(self.file, places[0].line)
            yield Finding(f"manuscript-{kind}", said, where, hint, severity, count=len(places))


def _describe(places: list[LossPlace]) -> str:
    """Return the words at the first places, their number, and the lines of the next ones."""
    words = [*dict.fromkeys(f"'{one.words}'" for one in places if one.words)][:MAX_PLACES]
    shown = f": {', '.join(words)}" if words else ""
    if len(places) == 1:
        return shown
    lines = [*dict.fromkeys(one.line for one in places)]
    listed = ", ".join(map(str, lines[: 2 * MAX_PLACES]))
    more = ", …" if len(lines) > 2 * MAX_PLACES else ""
    return f"{shown} ({len(places)} times, in {listed}{more})"


def count_losses(findings: Iterable[Finding]) -> dict[str, int]:
    """Return the number of losses of each kind, in the order of the list."""
    counts: dict[str, int] = {}
    for finding in findings:
        kind = finding.code.removeprefix("manuscript-")
        counts[kind] = counts.get(kind, 0) + finding.count
    return {kind: counts[kind] for kind in KINDS if kind in counts}
