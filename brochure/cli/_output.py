"""Output of the commands: plain text, or one JSON document.

Findings and errors in text go to standard error, so that standard output contains only the result.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import typer

from brochure.findings import Finding, Severity


def say_findings(findings: Iterable[Finding]) -> None:
    """Print each finding on a line of standard error."""
    for finding in findings:
        typer.echo(legible(str(finding)), err=True)


CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control and bidirectional formatting characters, which a terminal interprets, and lone surrogates."""


def legible(text: str) -> str:
    """Escape control characters, so that text from a file cannot control the terminal."""
    return CONTROL.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def say_json(document: Mapping[str, Any]) -> None:
    """Print a JSON document on standard output."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    typer.echo(CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", text))


def as_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON data."""
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
    """Return an error that stopped a command as JSON data; all commands use this form."""
    return {"error": message, "findings": [as_data(finding) for finding in findings]}


def summarize_findings(findings: Iterable[Finding]) -> str:
    """Return the number of findings of each severity: `2 errors, 1 warning`."""
    severities = [finding.severity for finding in findings]
    counts = ((severity, severities.count(severity)) for severity in Severity)
    return ", ".join(counted(count, severity.value) for severity, count in counts if count)


def counted(count: int, word: str) -> str:
    """Return a number with a noun: `1 page`, `12 pages`."""
    return f"1 {word}" if count == 1 else f"{count} {word}s"


def size_in_words(count: int) -> str:
    """Return a file size in kB or MB."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
