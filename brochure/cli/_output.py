"""What the commands print: findings and files for people, or one JSON document for programs.

Takes findings and figures; gives lines of plain text without colours, or data for JSON. Findings and failures go to standard
error, so that what a program reads on standard output is the result and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import typer

from brochure.findings import Finding, Severity


def say_findings(findings: Iterable[Finding]) -> None:
    """Each finding on a line of standard error."""
    for finding in findings:
        typer.echo(legible(str(finding)), err=True)


CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Signs that a terminal obeys instead of showing them, and halves of characters, which it cannot show."""


def legible(text: str) -> str:
    """A text with its control signs written out: whatever stands in a file, no terminal is steered by it."""
    return CONTROL.sub(lambda sign: sign.group().encode("unicode_escape").decode(), text)


def say_json(document: Mapping[str, Any]) -> None:
    """The document, and nothing else, on standard output."""
    said = json.dumps(document, ensure_ascii=False, indent=2)
    typer.echo(CONTROL.sub(lambda sign: f"\\u{ord(sign.group()):04x}", said))


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding for programs."""
    span = finding.span
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "file": span.file if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "page": finding.page,
        "at": [round(part, 2) for part in finding.at] if finding.at else None,
        "count": finding.count,
        "places": [[round(part, 2) for part in place] for place in finding.places],
    }


def failure_as_data(message: str, findings: Iterable[Finding] = ()) -> dict[str, Any]:
    """What stopped a command, for programs: every command says it in this form."""
    return {"error": message, "findings": [as_data(finding) for finding in findings]}


def summarize_findings(findings: Iterable[Finding]) -> str:
    """How many there are of each weight: `2 errors, 1 warning`."""
    weights = [finding.severity for finding in findings]
    counts = ((severity, weights.count(severity)) for severity in Severity)
    return ", ".join(counted(count, severity.value) for severity, count in counts if count)


def counted(count: int, word: str) -> str:
    """A number of things: `1 page`, `12 pages`."""
    return f"1 {word}" if count == 1 else f"{count} {word}s"


def size_in_words(count: int) -> str:
    """A file's size as people say it."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
