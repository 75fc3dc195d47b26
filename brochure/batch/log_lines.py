"""The lines of a build log: the inputs of PDFs, and PDFs with the digest of their inputs.

A log may have been damaged or forged: what reads a line checks every value.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeGuard

from brochure.batch.tasks import Outcome
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.inputs import Inputs
from brochure.system.files import digest

MAX_QUESTIONS = 5_000
"""Limit of the inputs of one PDF; one with more is built each time."""

MALFORMED = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
"""What reading a line raises if it is not one of this program's."""

STEM = re.compile(r"[^./\\\0][^/\\\0]{0,250}")
"""The name of a PDF without its suffix, as a line may state it."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line about a PDF.

    Attributes:
        pdf: Name of the PDF in the output folder, without its suffix.
        task: Digest of the task.
        made_with: Digest of the program and of the options.
        inputs: Digest of the inputs, whose line comes before this one.
        size: Size of the PDF in bytes.
        stamp: Its stamp, see `read_stamp`.
        pages: Number of pages.
        findings: The findings.
        labels: How the project's files were named in the findings; empty if there are none.
        line: The line itself.
    """

    pdf: str
    task: str
    made_with: str
    inputs: str
    size: int
    stamp: str
    pages: int
    findings: tuple[Finding, ...]
    labels: str
    line: bytes


def digest_of(value: object) -> str:
    """Return the digest of a value's representation."""
    return digest(repr(value).encode(errors="surrogatepass"))[:16].hex()


def dump_line(data: Mapping[str, Any]) -> bytes:
    """Return a line without its end."""
    return json.dumps(data, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class _InputLine:
    """A line with inputs: how they differ from those with the digest `base`, or all of them if that is empty."""

    base: str
    answers: Inputs
    without: Sequence[str]
    line: bytes


class RecordedInputs:
    """The inputs in a build log, by their digest.

    Most inputs of two editions are the same. So a line says in what they differ from the `base`, which is the first one.
    """

    def __init__(self) -> None:
        self._lines: dict[str, _InputLine] = {}
        self._base = ""

    def read(self, data: Mapping[str, Any], line: bytes) -> None:
        """Read a line with inputs; raise one of `MALFORMED` if it is not one."""
        key, base, answers, without = (
            data[key] for key in ("inputs", "base", "answers", "without")
        )
        texts = (key, base, *answers.values(), *without)
        if not all(isinstance(one, str) for one in texts) or len(texts) > MAX_QUESTIONS:
            raise TypeError("expected texts")
        self._lines[key] = _InputLine(base, answers, without, line)

    def find(self, key: str) -> Inputs | None:
        """Return the inputs with this digest; None if they are not in the log."""
        line = self._lines.get(key)
        base = self._lines.get(line.base) if line else None
        if line and (base or not line.base):
            inputs = {**(base.answers if base else {}), **line.answers}
            for question in line.without:
                inputs.pop(question, None)
            if digest_of(sorted(inputs.items())) == key:
                return inputs
        self._lines.pop(key, None)  # damaged: `add` replaces it
        return None

    def add(self, inputs: Inputs) -> tuple[list[bytes], str]:
        """Return the line for inputs, if they need a new one, and their digest."""
        key = digest_of(sorted(inputs.items()))
        if key in self._lines:
            return [], key
        base = self._lines[self._base].answers if self._base else {}
        answers = {question: one for question, one in inputs.items() if base.get(question) != one}
        without = [question for question in base if question not in inputs]
        data = {"inputs": key, "base": self._base, "answers": answers, "without": without}
        line = dump_line(data)
        self._lines[key] = _InputLine(self._base, answers, without, b"")
        self._base = self._base or key
        return [line], key

    def lines_of(self, entries: Iterable[LogEntry]) -> list[bytes]:
        """Return the lines that entries need, those of the bases first."""
        used = {entry.inputs for entry in entries if entry.inputs in self._lines}
        bases = {self._lines[key].base for key in used if self._lines[key].base in self._lines}
        rest = used - bases
        return [self._lines[key].line for key in (*sorted(bases), *sorted(rest))]


# PDFs


def describe_outcome(outcome: Outcome, inputs: str, made_with: str, labels: str) -> dict[str, Any]:
    """Return the values of a line about a PDF; see `LogEntry`."""
    return {
        "pdf": outcome.name,
        "task": digest_of(outcome.task.identity),
        "made_with": made_with,
        "inputs": inputs,
        "size": outcome.size,
        "stamp": outcome.stamp,
        "pages": outcome.pages,
        "findings": [_describe_finding(one) for one in outcome.findings],
        "labels": labels,
    }


def read_entry(data: Mapping[str, Any], line: bytes) -> LogEntry:
    """Return the entry in a line; raise one of `MALFORMED` if it is not one."""
    texts = [data[key] for key in ("pdf", "task", "made_with", "inputs", "labels", "stamp")]
    numbers = [data[key] for key in ("size", "pages")]
    findings = tuple(map(_read_finding, data["findings"]))
    if not all(isinstance(one, str) for one in texts) or not STEM.fullmatch(texts[0]):
        raise TypeError("expected texts")
    if not all(map(_is_number, numbers)) or not numbers[0] or not texts[5]:
        raise TypeError("expected numbers")
    if findings and not texts[4]:
        raise ValueError("expected labels")
    pdf, task, made_with, inputs, labels, stamp = texts
    size, pages = numbers
    return LogEntry(pdf, task, made_with, inputs, size, stamp, pages, findings, labels, line)


def _describe_finding(finding: Finding) -> list[Any]:
    span = finding.span and [finding.span.file, finding.span.line, finding.span.column]
    start = [finding.code, finding.message, span, finding.hint, finding.severity.value]
    return [*start, finding.page, finding.at, finding.count, finding.places]


def _read_finding(data: Sequence[Any]) -> Finding:
    """Return a finding; raise one of `MALFORMED` if it is not one."""
    code, message, span, hint, severity, page, at, count, places = data
    is_valid = (
        all(isinstance(one, str) for one in (code, message, hint))
        and (page is None or _is_number(page))
        and _is_number(count)
    )
    if not is_valid:
        raise TypeError("expected a finding")
    return Finding(
        code,
        message,
        None if span is None else _read_span(*span),
        hint,
        Severity(severity),
        page,
        None if at is None else _read_point(*at),
        count,
        tuple(_read_point(*point) for point in places),
    )


def _read_span(file: object, line: object, column: object) -> Span:
    if isinstance(file, str) and _is_number(line) and _is_number(column):
        return Span(file, line, column)
    raise TypeError("expected a place")


def _is_number(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value < 1 << 63


def _read_point(x: object, y: object) -> tuple[float, float]:
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        raise TypeError("expected a point")
    if not math.isfinite(x) or not math.isfinite(y):
        raise ValueError("expected finite numbers")
    return x, y
