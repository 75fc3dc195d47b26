"""Build a brochure for each record of a mail-merge table, as separate files or as one PDF.

A record that cannot be built is reported with its line in the table.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from brochure.api import build_record, lay_out_record, make_sheets
from brochure.build_values import Built, ImposedEdition, Job
from brochure.choices import Target
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.l10n.assets import Assets
from brochure.l10n.edition import Edition, resolve
from brochure.l10n.edition_layout import load_layout
from brochure.l10n.language_tags import strip_extensions
from brochure.l10n.office import list_offices, load_office
from brochure.l10n.personalization import (
    Record,
    find_fields,
    find_personal_messages,
    find_used_fields,
)
from brochure.l10n.project_editions import list_languages
from brochure.l10n.record_grids import count_slots
from brochure.l10n.record_slots import find_slot
from brochure.l10n.translations import Translations
from brochure.mailmerge.merge_findings import NOT_BUILT, TableFindings
from brochure.mailmerge.record_groups import group_records
from brochure.mailmerge.record_pictures import PictureCheck, list_pictures
from brochure.mailmerge.row_ranges import RowRanges
from brochure.mailmerge.table import MergeSchema, read_records
from brochure.pdf.merged_document import MergedDocument
from brochure.pdf.metadata import DocumentInfo, describe_document
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import OutputCondition


@dataclass(frozen=True)
class Merge:
    """A table without errors: the schema it was checked against, the selected rows and their number, and warnings and notes.

    `slots` is how many records share a page; 0 if each has pages of its own.
    """

    path: Path
    schema: MergeSchema
    wanted: RowRanges
    count: int
    findings: tuple[Finding, ...]
    slots: int = 0

    def records(self) -> Iterator[Record]:
        """Yield the selected records, read from the file again; InputError if the file has changed and now has errors.

        Records that share a page are the members of one record.
        """
        records = self._each()
        return group_records(records, self.slots) if self.slots else records

    def _each(self) -> Iterator[Record]:
        findings = TableFindings(self.path.as_posix())
        for record in read_records(self.path, self.schema, findings):
            findings.raise_errors()
            if record.number in self.wanted:
                yield replace(record, language=record.language or self._default_language(record))
        findings.raise_errors()

    def _default_language(self, record: Record) -> str:
        """Return the language of a record that does not name one: its office's first, or the source language."""
        languages = self.schema.offices.get(record.office or "", ())
        return languages[0] if languages else self.schema.layout.source_language


def open_merge(
    job: Job, path: Path, rows: RowRanges, language: str | None = None, office: str | None = None
) -> Merge:
    """Read and check a table.

    Args:
        job: The opened project.
        path: The table.
        rows: The selected rows.
        language: Language of rows that do not name one.
        office: Office of rows that do not name one.

    Raises:
        InputError: The table has errors.
        UsageError: No row of the table is selected.
    """
    schema = _make_schema(job, language, office)
    findings = TableFindings(path.as_posix())
    pictures = PictureCheck(job.project, schema.pictures)
    count = selected = 0
    try:
        for record in read_records(path, schema, findings):
            count += 1
            if record.number in rows:
                selected += 1
                pictures.check(record)
    except InputError as failure:  # the rest cannot be read; report the errors before it too
        for finding in failure.findings:
            findings.add(finding)
    for finding in pictures.report():
        findings.add(finding)
    findings.raise_errors()
    if not selected:
        raise UsageError(
            f"--rows {rows}: the table has only {count:,} {'record' if count == 1 else 'records'}"
        )
    return Merge(path, schema, rows, selected, findings.merged(), count_slots(job.layout))


def _make_schema(job: Job, language: str | None, office: str | None) -> MergeSchema:
    """Return what the project requires of the table; InputError if it has no merge fields."""
    project, layout = job.project, job.layout
    if not layout.merge_fields:
        message = "the layout has no merge fields"
        hint = "declare them with examples, e.g. 'merge-fields: {name: Ada Lovelace}'"
        raise InputError([Finding("records-undeclared", message, layout.span, hint)])
    translations = Translations.load(project, layout, language, office)
    chosen = load_layout(project, layout, translations)
    assets = Assets.load(project, chosen, translations.office)
    edition, _ = resolve(chosen, translations, assets)
    offices = {name: load_office(project, name).languages for name in list_offices(project)}
    tags = frozenset({layout.source_language, *list_languages(project)})
    _check_outside_grids(edition)
    return MergeSchema(
        layout, find_used_fields(edition), offices, tags, language, office, list_pictures(chosen)
    )


def _check_outside_grids(edition: Edition) -> None:
    """Raise InputError if a message outside the grids of records shows a field: the page has several records."""
    if not edition.layout.record_slots:
        return
    inside = {ref.key for ref in edition.rows if find_slot(ref.row) is not None}
    findings = []
    for key in find_personal_messages(edition):
        if key not in inside:
            message = (
                f"message '{key}' shows a merge field, but is not in the frame with 'from: records'"
            )
            hint = "move its block into that frame, or remove the field"
            findings.append(Finding("records-outside", message, edition.stories[key].span, hint))
    if findings:
        raise InputError(findings)


# Separate files


@dataclass(frozen=True, slots=True)
class RecordTask:
    """The task to build one record's brochure."""

    record: Record

    def __str__(self) -> str:
        return _name(self.record)

    @property
    def cache_group(self) -> str:
        """The record's edition, with which it shares everything that is not personal."""
        return f"{self.record.office or ''}_{self.record.language or ''}"

    @property
    def identity(self) -> Hashable:
        """All of the record but its place in the table."""
        record = self.record
        fields = tuple(sorted(record.values.items()))
        return "record", record.number, fields, record.language, record.office, record.file

    @property
    def shared_edition(self) -> Hashable:
        """The record's edition, which is resolved and checked once for all records."""
        return strip_extensions(self.record.language or ""), self.record.office

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """Build the brochure; if it fails, the findings name the record."""
        record = self.record
        try:
            built = build_record(job, condition, record, draft=draft)
        except InputError as failure:
            found = _explain(job, condition, record, failure.findings, draft=draft)
            raise InputError(found.findings) from failure
        if built.parts:
            return built
        return replace(
            built, findings=_explain(job, condition, record, built.findings, draft=draft).findings
        )


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why records could not be built: findings that name them, and which of the members of a page are in order."""

    findings: tuple[Finding, ...]
    good: tuple[Record, ...] = ()


def _explain(
    job: Job,
    condition: OutputCondition,
    record: Record,
    findings: tuple[Finding, ...],
    *,
    draft: bool,
) -> _Failure:
    """Return the findings of a record that cannot be built; of a page, those of the members that are at fault."""
    if len(record.members) < 2:
        return _Failure(_add_record_finding((record.members or (record,))[0], findings))
    good: list[Record] = []
    found: list[Finding] = []
    for member in record.members:
        wrong = _find_errors(job, condition, replace(record, members=(member,)), draft=draft)
        if wrong:
            found.extend(_add_record_finding(member, wrong))
        else:
            good.append(member)
    if found:
        return _Failure(tuple(found), tuple(good))
    return _Failure(_add_record_finding(record, findings))


def _find_errors(
    job: Job, condition: OutputCondition, record: Record, *, draft: bool
) -> tuple[Finding, ...]:
    """Return the findings of a record if it cannot be built."""
    try:
        layout = lay_out_record(job, record, Target(condition.name))
        imposed = make_sheets(job, layout, condition, draft=draft)
    except InputError as failure:
        return failure.findings
    return () if imposed.sheets else imposed.made.findings


def _name(record: Record) -> str:
    """Return what a message calls a record, or the records of a page."""
    if len(record.members) < 2:
        return f"record {(record.members or (record,))[0].number}"
    return f"records {record.members[0].number} to {record.members[-1].number}"


def _add_record_finding(record: Record, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Append a finding that names the record and its line in the table."""
    errors = (one.message for one in findings if one.severity is Severity.ERROR)
    message = f"{_name(record)} cannot be built: {next(errors, '')}"
    return (*findings, Finding(NOT_BUILT, message, record.span))


# One file


class MergedFile:
    """A PDF of all records in table order, open for writing.

    After the first record with errors nothing more is written, since a missing record would not be noticed in a large file,
    unless `skipping` is set, which leaves such records out.
    """

    def __init__(
        self, job: Job, condition: OutputCondition, out: BinaryIO, *, skipping: bool = False
    ) -> None:
        self.count = self.wrong = 0
        self._merged: MergedDocument | None = None
        self._job, self._condition, self._out, self._skipping = job, condition, out, skipping
        self._first: tuple[Record, EditionCondition] | None = None

    def add(self, record: Record, *, draft: bool = False) -> tuple[Finding, ...]:
        """Typeset a record and append it to the file; return its findings.

        Of the members of a page, those that can be built are on the page if others are skipped.
        """
        try:
            layout = lay_out_record(self._job, record, Target(self._condition.name))
            imposed = make_sheets(self._job, layout, self._condition, draft=draft)
        except InputError as failure:
            return self._refuse(record, failure.findings, draft=draft)
        if not imposed.sheets:
            return self._refuse(record, imposed.made.findings, draft=draft)
        if self._skipping or not self.wrong:
            self._append(record, imposed)
        return imposed.made.findings

    def _refuse(
        self, record: Record, findings: tuple[Finding, ...], *, draft: bool
    ) -> tuple[Finding, ...]:
        failure = _explain(self._job, self._condition, record, findings, draft=draft)
        self.wrong += record.count - len(failure.good)
        if not (self._skipping and failure.good):
            return failure.findings
        return (
            *failure.findings,
            *self.add(replace(record, members=failure.good), draft=draft),
        )

    def _append(self, record: Record, imposed: ImposedEdition) -> None:
        self._merged = self._merged or self._open(record, imposed)
        self._check_condition(record, imposed.made.work)
        self._merged.add(record.number, _title(record), imposed.sheets)
        self.count += record.count

    def _open(self, record: Record, imposed: ImposedEdition) -> MergedDocument:
        key = record.language, record.office, Target(self._condition.name), len(record.members)
        base = self._job.editions[key].edition
        self._first = record, imposed.made.work
        info = _shared_document_info(base, imposed.condition.date)
        job = self._job
        return MergedDocument(self._out, info, imposed.condition, job.project, job.page_cache)

    def _check_condition(self, record: Record, condition: EditionCondition) -> None:
        """Raise UsageError if the record's printing condition differs from that of the first."""
        first, expected = self._first or (record, condition)
        if condition != expected:
            raise UsageError(
                f"{record.span}: {_name(record)} has another printing condition than {_name(first)}; "
                "one file needs one condition: select the rows of one office with --rows, or leave out --one-file"
            )

    @property
    def pages(self) -> int:
        """Number of pages written."""
        return self._merged.pages if self._merged else 0

    @property
    def size(self) -> int:
        """Number of bytes written."""
        return self._merged.size if self._merged else 0

    def close(self) -> bool:
        """Finish the file; return False if it is incomplete and must not be used."""
        if self._merged is None or (self.wrong and not self._skipping):
            return False
        self._merged.close()
        return True


def _title(record: Record) -> str:
    """Return the record's title in the outline: its number and its first text value."""
    first = (record.members or (record,))[0]
    words = (value for value in first.fields.values() if isinstance(value, str) and value)
    last = f"\u2013{record.members[-1].number}" if len(record.members) > 1 else ""
    return " ".join((f"{first.number}{last}", *next(words, "").split()))


def _shared_document_info(edition: Edition, date: str) -> DocumentInfo:
    """Return the file's document properties, without those that use a merge field and would show its example."""
    info, layout = describe_document(edition, date), edition.layout
    if layout.title and find_fields(layout.title.key, edition):
        info = replace(info, title=layout.brochure)
    if layout.subject and find_fields(layout.subject.key, edition):
        info = replace(info, subject="")
    return info
