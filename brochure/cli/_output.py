"""Output of the commands: plain text, or one JSON document.

Findings and errors in text go to standard error, so that standard output contains only the result.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import typer

from brochure.errors import ExitCode, OutputError
from brochure.findings import Finding, Severity, count_repeated
from brochure.lazy_pattern import compile_lazily
from brochure.system.output_files import discard_output


def say_findings(findings: Iterable[Finding]) -> None:
    """Print each finding on a line of standard error; of repeated ones, the first and their count."""
    for finding in count_repeated(findings):
        echo(line_of(finding), err=True)


class SharedFindings:
    """Findings of several editions or files: equal lines are printed once, and at the end in how many others they are.

    Args:
        noun: What has the findings: `edition`.
    """

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._first: dict[str, Finding] = {}
        self._numbers: Counter[str] = Counter()

    def take_new(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Add the findings of one edition or file, and return those that no earlier one has."""
        own = {line_of(finding): finding for finding in findings}
        new = tuple(finding for line, finding in own.items() if line not in self._first)
        self._first |= {line_of(finding): finding for finding in new}
        self._numbers.update(own.keys())
        return new

    def say_others(self) -> None:
        """Print a line for each finding of several: `brochure.yaml:9:3: the same in 11 more editions [code]`."""
        say_findings(
            replace(finding, message=self._refer(self._numbers[line] - 1), hint="")
            for line, finding in self._first.items()
            if self._numbers[line] > 1
        )

    def _refer(self, others: int) -> str:
        return f"the same in {counted(others, f'more {self._noun}')}"


def line_of(finding: Finding) -> str:
    """Return a finding as a line: `brochure.yaml:9:3: warning: what is wrong (how to fix it) [code]`."""
    place = place_of(finding)
    level = "" if finding.severity is Severity.ERROR else f"{finding.severity.value}: "
    hint = f" ({finding.hint})" if finding.hint else ""
    return f"{place + ': ' if place else ''}{level}{finding.message}{hint} [{finding.code}]"


MM = 72 / 25.4


def place_of(finding: Finding) -> str:
    """Return the location: file and line, or the page with millimetres from the trim's lower left corner."""
    if finding.span:
        return str(finding.span)
    if finding.page is None:
        return ""
    if finding.at is None:
        return f"page {finding.page}"
    x, y = (part / MM for part in finding.at)
    return f"page {finding.page} at {x:.0f}, {y:.0f} mm"


def echo(line: str, *, err: bool = False) -> None:
    """Print one line. All text of the commands is printed here, so that nothing can control the terminal."""
    _print(escape_controls(line), err=err)


def _print(text: str, *, err: bool = False) -> None:
    """Print text. What cannot be printed on standard error is dropped, since it cannot be reported anywhere else.

    Raises:
        OutputError: Standard output cannot be written, e.g. because it is a file on a full disk.
        SystemExit: The program that read the output has ended.
    """
    try:
        typer.echo(text, err=err)
    except OSError as failure:
        discard_output(sys.stderr if err else sys.stdout)
        if isinstance(failure, BrokenPipeError):
            raise SystemExit(ExitCode.BROKEN_PIPE) from None
        if not err:
            reason = failure.strerror or failure
            raise OutputError(f"standard output cannot be written: {reason}") from failure


BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
CONTROL = compile_lazily(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{BIDI_CONTROLS}\u2028\u2029\ud800-\udfff]")
"""Control characters, bidirectional formatting characters, line separators, and lone surrogates."""


def escape_controls(text: str) -> str:
    """Escape line ends and characters that a terminal interprets: names and texts come from files."""
    if text.isprintable():
        return text
    shown = CONTROL.sub(lambda match: match.group().encode("unicode_escape").decode(), text)
    return shown.replace("\n", "\\n")


def say_json(document: Mapping[str, Any]) -> None:
    """Print a JSON document on standard output."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    _print(CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", text))


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
        "box": [round(part, 2) for part in finding.box] if finding.box else None,
        "boxes": [[round(part, 2) for part in box] for box in finding.boxes],
    }


def failure_as_data(message: str, findings: Iterable[Finding] = ()) -> dict[str, Any]:
    """Return an error that stopped a command as JSON data; all commands use this form."""
    return {"error": message, "findings": [as_data(finding) for finding in findings]}


def summarize_findings(findings: Iterable[Finding]) -> str:
    """Return the number of findings of each severity: `2 errors, 1 warning`."""
    severities = [finding.severity for finding in findings]
    counts = ((severity, severities.count(severity)) for severity in Severity)
    return ", ".join(counted(count, severity.value) for severity, count in counts if count)


def refer_above(count: str, *, is_known: bool) -> str:
    """Return a number of findings, with a reference to the lines above if none of them is new."""
    return f"{count} (see above)" if is_known else count


def counted(count: int, word: str) -> str:
    """Return a number with a noun: `1 page`, `12 pages`."""
    return f"1 {word}" if count == 1 else f"{count} {word}s"


def size_in_words(count: int) -> str:
    """Return a file size in kB or MB."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
