"""A table of records: its columns held against the layout's fields, its rows against what they must be.

Takes the rows of a file; gives a `Record` a row. What is wrong goes to `TableFindings`, with the line and the number of the
column, and reading goes on, so that all of it is said at once. The file is read once to be checked and once to be built:
nothing is kept of it in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, nearest
from brochure.l10n.formats._rows import Row
from brochure.l10n.language_tags import fallback_chain, is_tag
from brochure.l10n.message_format import Fact
from brochure.l10n.personalization import Record
from brochure.l10n.proofreading import find_character_problems
from brochure.mailmerge.rows import read_rows
from brochure.mailmerge.table_findings import TableFindings
from brochure.spec.model import Layout
from brochure.spec.scalars import figure
from brochure.spec.values import FILE_COLUMN, LANGUAGE_COLUMN, OFFICE_COLUMN, RESERVED

MAX_RECORDS = 100_000
"""What one table may hold: larger ones are split."""

LONGEST = 2_000
"""Characters in a cell."""

COLUMN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
FILE = re.compile(r"\w[\w.-]{0,79}")
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for itself."""

NUMBERED = re.compile(r"_\d{6}$")
"""How the names end of files that are called by the record's number."""

SUFFIX = ".pdf"


@dataclass(frozen=True, slots=True)
class MergeSchema:
    """What a table is held against: the layout's fields, and the offices and languages that there are.

    `wanted` says of each field that the brochure names where it does. `language` and `office` hold where a row says nothing.
    """

    layout: Layout
    wanted: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    language: str | None = None
    office: str | None = None


def records_in(path: Path, terms: MergeSchema, problems: TableFindings) -> Iterator[Record]:
    """The records of a table, those without an error; what is wrong with the others goes to the problems."""
    rows = read_rows(path)
    head = next(rows, (1, ()))
    columns = _columns(head, terms, problems)
    if columns is None:
        return
    files: dict[str, int] = {}
    number = 0
    for row in rows:
        if not any(cell.strip() for cell in row[1]):
            continue
        number += 1
        if number > MAX_RECORDS:
            message = f"there are more than the {MAX_RECORDS:,} records that a table may hold"
            problems.add(_wrong("records-many", message, problems, row[0], hint="split it"))
            return
        record = _record(number, row, _TableReader(columns, terms, problems, files))
        if record:
            yield record
    if not number:
        message = "there is no record in it: no row stands below the names of the columns"
        problems.add(_wrong("records-none", message, problems, 1))


def _wrong(
    code: str, message: str, problems: TableFindings, line: int, column: int = 1, hint: str = ""
) -> Finding:
    return Finding(code, message, Span(problems.label, line, column), hint)


# Columns

Columns = tuple[str, ...]
"""The columns from the first: the field that each holds, or one of the reserved names; empty for one that nothing uses."""


def _columns(head: Row, terms: MergeSchema, problems: TableFindings) -> Columns | None:
    """What each column holds; None where the first row is no row of names."""
    line, cells = head
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    before = problems.errors
    if not names:
        message = "the first row names no columns"
        problems.add(_wrong("records-columns", message, problems, line, hint=_declared(terms)))
    known = {name.casefold(): name for name in (*terms.layout.merge_fields, *RESERVED)}
    seen: dict[str, int] = {}
    for at, name in enumerate(names, 1):
        if not COLUMN.fullmatch(name):
            problems.add(_no_name(name, problems, line, at))
        elif seen.setdefault(name.casefold(), at) != at:
            message = f"column {at} is called '{name}', as column {seen[name.casefold()]} is"
            problems.add(_wrong("records-column-twice", message, problems, line, at))
        elif name.casefold() not in known:
            problems.add(_unused(name, terms, problems, Span(problems.label, line, at)))
    columns = tuple(known.get(name.casefold(), "") for name in names)
    for name in (name for name in terms.layout.merge_fields if name not in columns and names):
        problems.add(_lacking(name, terms, problems, line))
    return columns if problems.errors == before else None


def _declared(terms: MergeSchema) -> str:
    return f"such as: {', '.join((*terms.layout.merge_fields, *RESERVED))}"


def _no_name(name: str, problems: TableFindings, line: int, at: int) -> Finding:
    message = f"'{name}' is no name for a column" if name else f"column {at} has no name"
    plainer = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_").casefold()
    example = plainer if COLUMN.fullmatch(plainer) else "first_name"
    hint = f"letters from A to Z, digits and _, such as {example}"
    return _wrong("records-column", message, problems, line, at, hint)


def _unused(name: str, terms: MergeSchema, problems: TableFindings, place: Span) -> Finding:
    """A column that nothing uses, which is no mistake; where its name is nearly a field's, it may be one."""
    message = f"column '{name}' is no field of the layout and is not used"
    meant = nearest(name, terms.layout.merge_fields)
    hint = meant if meant.startswith("did you mean") else ""
    return Finding("records-column-unused", message, place, hint, Severity.NOTE)


def _lacking(name: str, terms: MergeSchema, problems: TableFindings, line: int) -> Finding:
    """A field that the table has no column for: an error where the brochure names it."""
    place = Span(problems.label, line)
    if name in terms.wanted:
        message = f"there is no column '{name}', which {terms.wanted[name]} wants"
        return Finding("records-column-missing", message, place, f"add a column '{name}'")
    message = f"there is no column '{name}'; the brochure does not use the field"
    return Finding("records-column-absent", message, place, "", Severity.NOTE)


# Rows


@dataclass(frozen=True, slots=True)
class _TableReader:
    """What a row is read with: columns, terms, where problems go, and the names of files so far with their lines."""

    columns: Columns
    terms: MergeSchema
    problems: TableFindings
    files: dict[str, int]


def _record(number: int, row: Row, reading: _TableReader) -> Record | None:
    """The record in a row; None where something is wrong with it."""
    line, cells = row
    columns, problems = reading.columns, reading.problems
    before = problems.errors
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        message = f"this row has {_cells(len(cells))}, and the first row names {len(columns)}"
        hint = "a cell with a separator in it stands in quotation marks"
        problems.add(_wrong("records-ragged", message, problems, line, hint=hint))
        return None
    values = {
        name: value
        for at, (name, cell) in enumerate(zip(columns, cells, strict=False), 1)
        if name
        and (value := _value(name, cell, Span(problems.label, line, at), reading)) is not None
    }
    _check_edition(values, line, reading)
    if problems.errors > before:
        return None
    said = {name: str(values.pop(name, "")) for name in RESERVED}
    return Record(
        number,
        Span(problems.label, line),
        values,
        said[LANGUAGE_COLUMN] or reading.terms.language,
        said[OFFICE_COLUMN] or reading.terms.office,
        _stem(said[FILE_COLUMN]),
    )


def _stem(file: str) -> str:
    return file[: -len(SUFFIX)] if file.casefold().endswith(SUFFIX) else file


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _value(name: str, cell: str, place: Span, reading: _TableReader) -> Fact | None:
    """The value in a cell: a figure where the field's example is one; None where it is wrong, which is noted."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    wrong = _unfit(name, text, place, reading)
    if wrong:
        reading.problems.add(wrong)
        return None
    example = reading.terms.layout.merge_fields.get(name)
    if example is None or isinstance(example.value, str):
        return text
    value = figure(text)
    if value is None:
        message = f"column '{name}': '{text}' is no figure" if text else f"column '{name}' is empty"
        hint = "a figure is wanted, in digits, with a point and nothing else: 1234.5"
        reading.problems.add(Finding("records-figure", message, place, hint))
    return value


def _unfit(name: str, text: str, place: Span, reading: _TableReader) -> Finding | None:
    """Why a cell's text cannot be taken."""
    if len(text) > LONGEST:
        message = (
            f"column '{name}' holds {len(text):,} characters, more than the {LONGEST:,} of a field"
        )
        return Finding("records-long", message, place)
    if not text.isascii() or not text.isprintable():
        for problem in find_character_problems(text, reading.terms.layout.source_language):
            if problem.severity is Severity.ERROR:
                message = f"column '{name}': {problem.message}"
                return Finding("records-character", message, place, problem.hint)
    return _no_file(text, place, reading) if name == FILE_COLUMN and text else None


def _no_file(text: str, place: Span, reading: _TableReader) -> Finding | None:
    """Why a text can be no file's name: it leads elsewhere, is kept for something, or is another record's."""
    stem = _stem(text)
    if not FILE.fullmatch(stem) or DEVICES.fullmatch(stem) or stem.endswith("."):
        message = f"column '{FILE_COLUMN}': '{text}' cannot be a file's name"
        hint = "letters, digits, dots and dashes; no folders"
        return Finding("records-file", message, place, hint)
    if stem.startswith(f"{reading.terms.layout.brochure}_") and NUMBERED.search(stem):
        message = f"column '{FILE_COLUMN}': '{text}' is what a record without a name may be called"
        return Finding("records-file", message, place, "call it by another name")
    first = reading.files.setdefault(stem.casefold(), place.line)
    if first == place.line:
        return None
    message = f"column '{FILE_COLUMN}': '{text}' is the name of another record's file"
    return Finding("records-file-twice", message, place, f"first in line {first}")


# Which edition


def _check_edition(values: Mapping[str, Fact], line: int, reading: _TableReader) -> None:
    """Whether there is such an office, and whether it prints in the language."""
    terms, problems = reading.terms, reading.problems
    language, office = str(values.get(LANGUAGE_COLUMN, "")), str(values.get(OFFICE_COLUMN, ""))
    if office and office not in terms.offices:
        message = f"there is no office '{office}'"
        at = reading.columns.index(OFFICE_COLUMN) + 1
        hint = nearest(office, terms.offices)
        problems.add(_wrong("records-office", message, problems, line, at, hint))
    if language:
        at = reading.columns.index(LANGUAGE_COLUMN) + 1
        printed = terms.offices.get(office or terms.office or "", ())
        if not is_tag(language):
            message, hint = f"'{language}' is no language tag", "write en, fr-CA or km"
        elif printed and language not in printed:
            message = f"office '{office or terms.office}' does not print in '{language}'"
            hint = nearest(language, printed)
        elif not printed and not any(tag in terms.languages for tag in fallback_chain(language)):
            message, hint = f"there is no copy in '{language}'", nearest(language, terms.languages)
        else:
            return
        problems.add(_wrong("records-language", message, problems, line, at, hint))
