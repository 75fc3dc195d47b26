"""The merge: a table and a project, as tasks for the matrix or as one file.

Takes a job, a table that was checked, and what is wanted of it; gives a task a record, each a brochure of its own, or writes
all of them into one PDF, a record at a time. A record that cannot be built is named with its line, whichever way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from brochure.api import (
    Built,
    ImposedEdition,
    Job,
    build_record,
    document,
    lay_out_record,
    make_sheets,
)
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.l10n.edition import Edition, resolve
from brochure.l10n.personalization import Record, find_fields, find_used_fields
from brochure.l10n.project_editions import (
    list_languages,
    list_offices,
    load_office,
    request_edition,
)
from brochure.mailmerge.row_ranges import RowRanges
from brochure.mailmerge.table import MergeSchema, records_in
from brochure.mailmerge.table_findings import TableFindings
from brochure.pdf.merged_document import MergedDocument
from brochure.pdf.metadata import DocumentInfo
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import OutputCondition


@dataclass(frozen=True)
class Merge:
    """A table that was read through, and of which nothing is wrong: how many records it has, and what to say of it."""

    path: Path
    terms: MergeSchema
    wanted: RowRanges
    count: int
    findings: tuple[Finding, ...]

    def records(self) -> Iterator[Record]:
        """The records that are wanted, read from the file once more; InputError where it has changed and is wrong now."""
        problems = TableFindings(self.path.as_posix())
        for record in records_in(self.path, self.terms, problems):
            problems.stop()
            if record.number in self.wanted:
                yield record
        problems.stop()


def open_merge(
    job: Job, path: Path, wanted: RowRanges, language: str | None = None, office: str | None = None
) -> Merge:
    """The table, read through; InputError with all that is wrong in it. Language and office hold where a row says nothing."""
    terms = _terms(job, language, office)
    problems = TableFindings(path.as_posix())
    count = chosen = 0
    try:
        for record in records_in(path, terms, problems):
            count += 1
            chosen += record.number in wanted
    except InputError as failure:  # no more can be read; what is wrong above it is said as well
        for finding in failure.findings:
            problems.add(finding)
    problems.stop()
    if not chosen:
        raise UsageError(f"--rows {wanted}: the last record of the table is {count:,}")
    return Merge(path, terms, wanted, chosen, problems.said())


def _terms(job: Job, language: str | None, office: str | None) -> MergeSchema:
    """What the project has to hold the table against."""
    project, layout = job.project, job.layout
    if not layout.merge_fields:
        message = "the layout declares no fields of records"
        hint = "such as 'merge-fields: {name: Ada Lovelace}', an example for each"
        raise InputError([Finding("records-undeclared", message, layout.span, hint)])
    edition, _ = resolve(layout, project, request_edition(project, layout, language, office))
    offices = {name: load_office(project, name).languages for name in list_offices(project)}
    tags = frozenset({layout.source_language, *list_languages(project)})
    return MergeSchema(layout, find_used_fields(edition), offices, tags, language, office)


# As files


@dataclass(frozen=True, slots=True)
class RecordTask:
    """A record's own brochure, as a task of the matrix."""

    record: Record

    def __str__(self) -> str:
        return f"record {self.record.number}"

    @property
    def kin(self) -> str:
        """Its edition: all that is not personal is the same."""
        return f"{self.record.office or ''}_{self.record.language or ''}"

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """The brochure, painted; one that cannot be is said to be this record's."""
        try:
            built = build_record(job, condition, self.record, draft=draft)
        except InputError as failure:
            raise InputError(_named(self.record, failure.findings)) from failure
        if built.parts:
            return built
        return replace(built, findings=_named(self.record, built.findings))


def _named(record: Record, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What was found, and that it is this record which it was found in, by its line in the table."""
    first = next((one.message for one in findings if one.severity is Severity.ERROR), "")
    message = f"record {record.number} is not built: {first}"
    return (*findings, Finding("record-not-built", message, record.span))


# As one file


class MergedFile:
    """All records in one PDF, in their order, open for writing. After the first that is wrong, nothing more is painted.

    A record that is missing in a large file is noticed by nobody: so it is left out only where that is `skipped` on purpose.
    """

    def __init__(
        self, job: Job, condition: OutputCondition, out: BinaryIO, *, skipping: bool = False
    ) -> None:
        self.count = self.wrong = 0
        self.volume: MergedDocument | None = None
        self._job, self._condition, self._out, self._skipping = job, condition, out, skipping
        self._work: tuple[Record, EditionCondition] | None = None

    def add(self, record: Record, *, draft: bool = False) -> tuple[Finding, ...]:
        """Sets a record and writes it behind the others; what there is to say about it."""
        try:
            made = lay_out_record(self._job, record)
            done = make_sheets(self._job, made, self._condition, draft=draft)
        except InputError as failure:
            self.wrong += 1
            return _named(record, failure.findings)
        if not done.sheets:
            self.wrong += 1
            return _named(record, made.findings)
        if self._skipping or not self.wrong:
            self._paint(record, done)
        return made.findings

    def _paint(self, record: Record, done: ImposedEdition) -> None:
        self.volume = self.volume or self._opened(record, done)
        self._check_press(record, done.made.work)
        self.volume.add(record.number, _title(record), done.sheets)
        self.count += 1

    def _opened(self, record: Record, done: ImposedEdition) -> MergedDocument:
        base = self._job.told[record.language, record.office].edition
        self._work = record, done.made.work
        info = _impersonal(base, done.condition.date)
        job = self._job
        return MergedDocument(self._out, info, done.condition, job.project, job.plates)

    def _check_press(self, record: Record, work: EditionCondition) -> None:
        """One file is printed on one press."""
        first, there = self._work or (record, work)
        if work != there:
            raise UsageError(
                f"{record.span}: record {record.number} is for another press than record {first.number}; "
                "one file is for one press: build each office's with --rows, or a file a record"
            )

    @property
    def pages(self) -> int:
        """How many pages were written."""
        return self.volume.pages if self.volume else 0

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self.volume.size if self.volume else 0

    def close(self) -> bool:
        """Writes the end of the file; whether there is one that may be used."""
        if self.volume is None or (self.wrong and not self._skipping):
            return False
        self.volume.close()
        return True


def _title(record: Record) -> str:
    """What the outline calls a record: its number, and its first words."""
    words = (value for value in record.fields.values() if isinstance(value, str) and value)
    return " ".join((str(record.number), *next(words, "").split()))


def _impersonal(edition: Edition, date: str) -> DocumentInfo:
    """Return the file's document properties without those that name a field, which would show the field's example."""
    info, layout = document(edition, date), edition.layout
    if layout.title and find_fields(layout.title.key, edition):
        info = replace(info, title=layout.brochure)
    if layout.subject and find_fields(layout.subject.key, edition):
        info = replace(info, subject="")
    return info
