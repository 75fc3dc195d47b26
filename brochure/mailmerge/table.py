"""Check a mail-merge table: its columns against the layout's merge fields, and the values of its rows.

Errors are collected in `TableFindings` with the row's line and the number of the column. The file is read once to be checked and
again to be built, so that it is never held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, nearest
from brochure.l10n.formats._cell_format import CellText
from brochure.l10n.formats._rows import Row
from brochure.l10n.language_tags import fallback_chain, is_tag
from brochure.l10n.number_format import Fact
from brochure.l10n.personalization import Record
from brochure.l10n.proofreading import find_character_problems
from brochure.mailmerge.merge_findings import TableFindings
from brochure.mailmerge.rows import read_rows
from brochure.spec.model import Layout
from brochure.spec.scalars import figure
from brochure.spec.values import FILE_COLUMN, LANGUAGE_COLUMN, OFFICE_COLUMN, RESERVED, Asset

MAX_RECORDS = 100_000
"""Maximum number of records in a table."""

MAX_CELL_LENGTH = 2_000
"""Maximum characters in a cell."""

FILE_NAME = re.compile(r"\w[\w.-]{0,79}")
WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""File names that Windows reserves for devices."""

NUMBERED_NAME = re.compile(r"_\d{6}$")
"""The end of the default file names, which contain the record's number."""

SUFFIX = ".pdf"


@dataclass(frozen=True, slots=True)
class MergeSchema:
    """What a table is checked against.

    Attributes:
        layout: The layout, with its merge fields.
        used_fields: The fields that the brochure uses, each with the place of its use.
        offices: The languages of each office.
        languages: The languages with copy.
        language: Language of rows that do not name one.
        office: Office of rows that do not name one.
        pictures: The file names with merge fields.
    """

    layout: Layout
    used_fields: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    language: str | None = None
    office: str | None = None
    pictures: tuple[Asset, ...] = ()


def read_records(path: Path, schema: MergeSchema, findings: TableFindings) -> Iterator[Record]:
    """Yield the records without errors; errors of the others are added to `findings`."""
    rows = read_rows(path)
    header = next(rows, (1, ()))
    columns = _read_columns(header, schema, findings)
    if columns is None:
        return
    files: dict[str, int] = {}
    number = 0
    for row in rows:
        if not any(cell.strip() for cell in row[1]):
            continue
        number += 1
        if number > MAX_RECORDS:
            message = f"the table has more than {MAX_RECORDS:,} records"
            findings.add(_error("records-many", message, findings, row[0], hint="split the table"))
            return
        record = _read_record(number, row, _TableReader(columns, schema, findings, files))
        if record:
            yield record
    if not number:
        message = "the table has no rows below the column names"
        findings.add(_error("records-none", message, findings, 1))


def _error(
    code: str, message: str, findings: TableFindings, line: int, column: int = 1, hint: str = ""
) -> Finding:
    return Finding(code, message, Span(findings.label, line, column), hint)


# Columns

Columns = tuple[str, ...]
"""The merge field or reserved name of each column; empty for a column that is ignored."""


def _read_columns(header: Row, schema: MergeSchema, findings: TableFindings) -> Columns | None:
    """Read the column names; None if the first row has errors."""
    line, cells = header
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    before = findings.errors
    if not names:
        message = "the first row has no column names"
        findings.add(_error("records-columns", message, findings, line, hint=_list_columns(schema)))
    known = {name.casefold(): name for name in (*schema.layout.merge_fields, *RESERVED)}
    seen: dict[str, int] = {}
    for at, name in enumerate(names, 1):
        if not name:
            findings.add(_report_unnamed(findings, line, at))
        elif seen.setdefault(name.casefold(), at) != at:
            message = f"column {at} has the same name as column {seen[name.casefold()]}: '{name}'"
            findings.add(_error("records-column-twice", message, findings, line, at))
        elif name.casefold() not in known:
            findings.add(_report_unused(name, schema, findings, Span(findings.label, line, at)))
    columns = tuple(known.get(name.casefold(), "") if name else "" for name in names)
    for name in (name for name in schema.layout.merge_fields if name not in columns and names):
        findings.add(_report_missing(name, schema, findings, line))
    return columns if findings.errors == before else None


def _list_columns(schema: MergeSchema) -> str:
    return f"possible columns: {', '.join((*schema.layout.merge_fields, *RESERVED))}"


def _report_unnamed(findings: TableFindings, line: int, at: int) -> Finding:
    message = f"column {at} has no name and is ignored"
    place = Span(findings.label, line, at)
    return Finding("records-column-unused", message, place, "", Severity.NOTE)


def _report_unused(name: str, schema: MergeSchema, findings: TableFindings, place: Span) -> Finding:
    """Return a note that a column is ignored, with a hint if its name is similar to a field's."""
    message = f"column '{name}' is not a merge field of the layout and is ignored"
    suggestion = nearest(name, schema.layout.merge_fields)
    hint = suggestion if suggestion.startswith("did you mean") else ""
    return Finding("records-column-unused", message, place, hint, Severity.NOTE)


def _report_missing(name: str, schema: MergeSchema, findings: TableFindings, line: int) -> Finding:
    """Return a finding for a field without a column: an error if the brochure uses the field, else a note."""
    place = Span(findings.label, line)
    if name in schema.used_fields:
        message = f"column '{name}' is missing; it is used by {schema.used_fields[name]}"
        return Finding("records-column-missing", message, place, f"add a column '{name}'")
    message = f"column '{name}' is missing; the brochure does not use the field"
    return Finding("records-column-absent", message, place, "", Severity.NOTE)


# Rows


@dataclass(frozen=True, slots=True)
class _TableReader:
    """State while reading rows: columns, schema, findings, and the lines of the file names used so far."""

    columns: Columns
    schema: MergeSchema
    findings: TableFindings
    files: dict[str, int]


def _read_record(number: int, row: Row, reader: _TableReader) -> Record | None:
    """Return the record in a row; None if it has errors."""
    line, cells = row
    columns, findings = reader.columns, reader.findings
    before = findings.errors
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        message = f"the row has {_count_cells(len(cells))}; expected {len(columns)}"
        hint = "put cells that contain a separator in quotation marks"
        fault = "too few" if len(cells) < len(columns) else "too many"
        findings.add(_error("records-ragged", message, findings, line, hint=hint), fault)
        return None
    values = {
        name: value
        for at, (name, cell) in enumerate(zip(columns, cells, strict=False), 1)
        if name
        and (value := _read_value(name, cell, Span(findings.label, line, at), reader)) is not None
    }
    _check_edition(values, line, reader)
    if findings.errors > before:
        return None
    reserved = {name: str(values.pop(name, "")) for name in RESERVED}
    return Record(
        number,
        Span(findings.label, line),
        values,
        reserved[LANGUAGE_COLUMN] or reader.schema.language,
        reserved[OFFICE_COLUMN] or reader.schema.office,
        _stem(reserved[FILE_COLUMN]),
    )


def _stem(file: str) -> str:
    return file[: -len(SUFFIX)] if file.casefold().endswith(SUFFIX) else file


def _count_cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _read_value(name: str, cell: str, place: Span, reader: _TableReader) -> Fact | None:
    """Return the value of a cell: a number if the field's example is one; None, with a finding, if it is invalid."""
    if isinstance(cell, CellText) and cell.problem:
        message = f"the cell of '{name}' cannot be read: {cell.problem}"
        finding = Finding("records-cell", message, place, cell.hint)
        reader.findings.add(finding, f"{name}: {cell.problem}")
        return None
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    error = _check_text(name, text, place, reader)
    if error:
        reader.findings.add(*error)
        return None
    example = reader.schema.layout.merge_fields.get(name)
    if example is None or isinstance(example.value, str):
        return text
    value = cell.number if isinstance(cell, CellText) else None
    value = figure(text) if value is None else value
    if value is None:
        actual = f"'{text}'" if text else "empty"
        message = f"'{name}' is {actual}; expected a number"
        hint = "use only digits and a decimal point, e.g. 1234.5"
        fault = f"{name} is not a number" if text else f"{name} is empty"
        reader.findings.add(Finding("records-figure", message, place, hint), fault)
    return value


def _check_text(
    name: str, text: str, place: Span, reader: _TableReader
) -> tuple[Finding, str] | None:
    """Return a finding for a cell with an invalid text, and the fault that it shares with others in the column."""
    if len(text) > MAX_CELL_LENGTH:
        message = f"'{name}' has {len(text):,} characters; the limit is {MAX_CELL_LENGTH:,}"
        return Finding("records-long", message, place), name
    if not text.isascii() or not text.isprintable():
        for problem in find_character_problems(text, reader.schema.layout.source_language):
            if problem.severity is Severity.ERROR:
                message = f"'{name}': {problem.message}"
                return Finding("records-character", message, place, problem.hint), ""
    return _check_file_name(text, place, reader) if name == FILE_COLUMN and text else None


def _check_file_name(text: str, place: Span, reader: _TableReader) -> tuple[Finding, str] | None:
    """Return a finding for a file name that is invalid, reserved or used by another record."""
    stem = _stem(text)
    if not FILE_NAME.fullmatch(stem) or WINDOWS_DEVICES.fullmatch(stem) or stem.endswith("."):
        message = f"'{FILE_COLUMN}' is '{text}', which is not a valid file name"
        hint = "use letters, digits, periods, hyphens and underscores; no folders"
        return Finding("records-file", message, place, hint), "invalid"
    if stem.startswith(f"{reader.schema.layout.brochure}_") and NUMBERED_NAME.search(stem):
        message = f"'{FILE_COLUMN}' is '{text}', which is reserved for records without a file name"
        return Finding("records-file", message, place, "choose another name"), "reserved"
    first = reader.files.setdefault(stem.casefold(), place.line)
    if first == place.line:
        return None
    message = f"'{FILE_COLUMN}' is '{text}', which another record uses"
    return Finding("records-file-twice", message, place, f"first used in line {first}"), ""


# Editions


def _check_edition(values: Mapping[str, Fact], line: int, reader: _TableReader) -> None:
    """Check that the office exists and publishes in the language."""
    schema, findings = reader.schema, reader.findings
    language, office = str(values.get(LANGUAGE_COLUMN, "")), str(values.get(OFFICE_COLUMN, ""))
    if office and office not in schema.offices:
        message = f"unknown office '{office}'"
        at = reader.columns.index(OFFICE_COLUMN) + 1
        hint = nearest(office, schema.offices)
        findings.add(_error("records-office", message, findings, line, at, hint))
    if language:
        at = reader.columns.index(LANGUAGE_COLUMN) + 1
        published = schema.offices.get(office or schema.office or "", ())
        if not is_tag(language):
            message, hint = f"'{language}' is not a language tag", "e.g. en, fr-CA or km"
        elif published and language not in published:
            message = f"office '{office or schema.office}' does not publish in '{language}'"
            hint = nearest(language, published)
        elif not published and not any(tag in schema.languages for tag in fallback_chain(language)):
            message, hint = f"no copy in '{language}'", nearest(language, schema.languages)
        else:
            return
        findings.add(_error("records-language", message, findings, line, at, hint))
