"""The build log: what each finished PDF of an output folder was made from, so that it need not be built again.

The log is a hidden file in the output folder, with one JSON document a line. A line is appended after each PDF. A PDF is up to
date if the last line that names it has the same task, the same program and options and the same inputs, and if the PDF has the
same size and checksum. Nothing else in a line is used but the number of pages and the findings, which are reported again.
"""

from __future__ import annotations

import json
import math
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeGuard

from brochure import __version__
from brochure.batch.shutdown import Shutdown
from brochure.batch.tasks import SUFFIX, BatchJob, Done, Outcome, Task
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.inputs import CurrentInputs, Inputs
from brochure.project import ASSET_FOLDERS, Project, own_code, stated_epoch
from brochure.system.cache import installed_packages
from brochure.system.files import digest
from brochure.system.log_file import (
    append_lines,
    is_file_with,
    read_lines,
    remove_log,
    replace_lines,
)

LOG_FILE = ".brochure-build-log.jsonl"
"""Name of the build log in the output folder."""

FORMAT = 1
"""Version of the log's format, and of what a line says about a build."""

MAX_LOG_BYTES = 50_000_000
"""Size limit of a build log, about 50,000 editions; a larger one is replaced, and everything is built."""

MAX_LINE_BYTES = 1_000_000
"""Size limit of a line; longer ones are ignored."""

MAX_QUESTIONS = 5_000
"""Limit of the inputs of one PDF; one with more is built each time."""

SPARE_LINES = 1000
"""Lines that are out of date, besides as many as are in use, before the log is written anew."""

MALFORMED = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
"""What reading a line raises if it is not one of this program's."""

STEM = re.compile(r"[^\W_][^/\\\0]{0,250}")
"""The name of a PDF without its suffix, as a line may state it."""


def build_changed(
    batch: BatchJob,
    tasks: Sequence[Task],
    shutdown: Shutdown,
    run: Callable[[tuple[Task, ...]], Iterator[Done]],
    *,
    force: bool = False,
) -> Iterator[Done]:
    """Yield the outcomes of tasks that are up to date, then those of the others, which `run` builds.

    With additional files, such as previews, everything is built. Each PDF is logged as soon as it is finished.
    """
    try:
        with shutdown.may_interrupt():
            log, current = BuildLog(batch), CurrentInputs(batch.project)
            skips = not (force or batch.also)
            unchanged = {
                at: outcome
                for at, task in enumerate(tasks if skips else ())
                if (outcome := log.find_unchanged(task, current))
            }
    except KeyboardInterrupt:
        return
    yield from unchanged.items()
    changed = [at for at in range(len(tasks)) if at not in unchanged]
    for at, outcome in run(tuple(tasks[at] for at in changed)) if changed else ():
        log.add(outcome)
        yield changed[at], replace(outcome, inputs={})


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line about a PDF.

    Attributes:
        pdf: Name of the PDF in the output folder, without its suffix.
        task: Digest of the task.
        made_with: Digest of the program and of the options.
        inputs: Digest of the inputs, whose line comes before this one.
        size: Size of the PDF in bytes.
        checksum: Its CRC-32.
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
    checksum: int
    pages: int
    findings: tuple[Finding, ...]
    labels: str
    line: bytes


class BuildLog:
    """The build log of an output folder.

    Args:
        batch: The options that all tasks have in common.
    """

    def __init__(self, batch: BatchJob) -> None:
        self._out = batch.out
        self._path = batch.out / LOG_FILE
        self._made_with = _describe_options(batch)
        self._labels = _describe_labels(batch.project)
        self._inputs = RecordedInputs()
        self._is_current: dict[str, bool] = {}
        lines = read_lines(self._path, MAX_LOG_BYTES)
        by_pdf = {entry.pdf: entry for entry in self._read(lines or ())}
        self._entries = {(entry.task, entry.made_with): entry for entry in by_pdf.values()}
        self._can_append = True
        self._leading = [b""]  # the last line of a killed process may be incomplete
        kept = [*self._inputs.lines_of(by_pdf.values()), *(one.line for one in by_pdf.values())]
        if lines is None:
            remove_log(self._path)
        elif len(lines) > 2 * len(kept) + SPARE_LINES:
            replace_lines(self._path, kept)

    def _read(self, lines: Iterable[bytes]) -> Iterator[LogEntry]:
        """Yield the entries in lines; malformed ones are ignored."""
        for line in lines:
            if len(line) > MAX_LINE_BYTES:
                continue
            try:
                data = json.loads(line)
                if "answers" in data:
                    self._inputs.read(data, line)
                else:
                    yield _read_entry(data, line)
            except MALFORMED:
                continue

    def find_unchanged(self, task: Task, current: CurrentInputs) -> Outcome | None:
        """Return the outcome of a task whose PDF is up to date; None if it must be built."""
        entry = self._entries.get((digest_of(task.identity), self._made_with))
        if entry is None or entry.labels not in {"", self._labels}:
            return None
        if entry.inputs not in self._is_current:  # mail-merge records share their inputs
            inputs = self._inputs.find(entry.inputs)
            self._is_current[entry.inputs] = bool(inputs) and current.are(inputs or {})
        if not self._is_current[entry.inputs]:
            return None
        if not is_file_with(self._out / f"{entry.pdf}{SUFFIX}", entry.size, entry.checksum):
            return None
        return Outcome(task, entry.pdf, entry.pages, entry.size, entry.findings, is_unchanged=True)

    def add(self, outcome: Outcome) -> None:
        """Append the outcome of a task, if its PDF was written. If that fails, it will be built again."""
        if outcome.exit_status or not outcome.inputs or not self._can_append:
            return
        lines, key = self._inputs.add(outcome.inputs)
        labels = self._labels if outcome.findings else ""
        lines.append(_dump(_describe_outcome(outcome, key, self._made_with, labels)))
        self._can_append = append_lines(self._path, [*self._leading, *lines])
        self._leading = []


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
        if line is None or (line.base and base is None):
            return None
        inputs = {**(base.answers if base else {}), **line.answers}
        for question in line.without:
            inputs.pop(question, None)
        return inputs if digest_of(sorted(inputs.items())) == key else None

    def add(self, inputs: Inputs) -> tuple[list[bytes], str]:
        """Return the line for inputs, if they need a new one, and their digest."""
        key = digest_of(sorted(inputs.items()))
        if key in self._lines:
            return [], key
        base = self._lines[self._base].answers if self._base else {}
        answers = {question: one for question, one in inputs.items() if base.get(question) != one}
        without = [question for question in base if question not in inputs]
        data = {"inputs": key, "base": self._base, "answers": answers, "without": without}
        line = _dump(data)
        self._lines[key] = _InputLine(self._base, answers, without, b"")
        self._base = self._base or key
        return [line], key

    def lines_of(self, entries: Iterable[LogEntry]) -> list[bytes]:
        """Return the lines that entries need, those of the bases first."""
        used = {entry.inputs for entry in entries if entry.inputs in self._lines}
        bases = {self._lines[key].base for key in used if self._lines[key].base in self._lines}
        rest = used - bases
        return [self._lines[key].line for key in (*sorted(bases), *sorted(rest))]


def digest_of(value: object) -> str:
    """Return the digest of a value's representation."""
    return digest(repr(value).encode(errors="surrogatepass"))[:16].hex()


def _dump(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode()


def _describe_options(batch: BatchJob) -> str:
    """Return a digest of all that affects PDFs besides tasks and inputs: the program, its libraries, the options."""
    program = (FORMAT, __version__, own_code(), sys.version, zlib.ZLIB_RUNTIME_VERSION)
    options = (batch.condition, batch.draft, stated_epoch())
    return digest_of((program, installed_packages(), options))


def _describe_labels(project: Project) -> str:
    """Return a digest of how findings name the project's files, which depends on the current folder."""
    return digest_of([project.label(f"{folder}/x") for folder in (".", *ASSET_FOLDERS)])


# Entries


def _describe_outcome(outcome: Outcome, inputs: str, made_with: str, labels: str) -> dict[str, Any]:
    return {
        "pdf": outcome.name,
        "task": digest_of(outcome.task.identity),
        "made_with": made_with,
        "inputs": inputs,
        "size": outcome.size,
        "checksum": outcome.checksum,
        "pages": outcome.pages,
        "findings": [_describe_finding(one) for one in outcome.findings],
        "labels": labels,
    }


def _read_entry(data: Mapping[str, Any], line: bytes) -> LogEntry:
    """Return the entry in a line; raise one of `MALFORMED` if it is not one."""
    texts = [data[key] for key in ("pdf", "task", "made_with", "inputs", "labels")]
    numbers = [data[key] for key in ("size", "checksum", "pages")]
    findings = tuple(map(_read_finding, data["findings"]))
    if not all(isinstance(one, str) for one in texts) or not STEM.fullmatch(texts[0]):
        raise TypeError("expected texts")
    if not all(map(_is_number, numbers)) or not numbers[0]:
        raise TypeError("expected numbers")
    if findings and not texts[4]:
        raise ValueError("expected labels")
    pdf, task, made_with, inputs, labels = texts
    size, checksum, pages = numbers
    return LogEntry(pdf, task, made_with, inputs, size, checksum, pages, findings, labels, line)


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
