"""Limits of catalogues: the largest that is allowed is read; one line, message or cell more is an error that names the limit."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from types import ModuleType

import pytest
from openpyxl import Workbook

from brochure.errors import InputError
from brochure.findings import MAX_REPEATED, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import _catalogue_limits, _rows, csv, po, xlsx
from brochure.l10n.formats._catalogue_limits import (
    MAX_BYTES,
    MAX_ENTRIES,
    MAX_ENTRY_LINES,
    MAX_LINE_LENGTH,
    MAX_LINES,
)
from brochure.l10n.po_edit import set_translation
from brochure.translation.interchange import merge_returned

HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\n'
ENTRY = 'msgctxt "k"\nmsgid "s"\nmsgstr "t"\n'


def po_entries(count: int) -> str:
    return "".join(f'msgctxt "k{at}"\nmsgid "s"\nmsgstr "t"\n' for at in range(count))


def csv_rows(count: int) -> str:
    return "key,source,translation\n" + "".join(f"k{at},s,t\n" for at in range(count))


def problem(form: ModuleType, text: str) -> str:
    """Return the one finding for a file, which is refused within seconds."""
    start = time.process_time()
    catalogue, findings = form.read(text.encode(), "x", "fr")
    assert time.process_time() - start < 10
    assert not catalogue.entries
    (finding,) = findings
    assert finding.hint
    return f"{finding.span.line if finding.span else 0}: {finding.message}"


@pytest.fixture(params=[500, pytest.param(MAX_ENTRIES, marks=pytest.mark.soak)])
def limit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """A limit that is reached in little time, and the actual one."""
    for module in (_catalogue_limits, _rows, csv):
        assert vars(module)["MAX_ENTRIES"] == MAX_ENTRIES
        monkeypatch.setattr(module, "MAX_ENTRIES", request.param)
    return int(request.param)


def test_a_po_file_may_have_as_many_messages_as_the_limit(limit: int) -> None:
    catalogue, findings = po.read((HEADER + po_entries(limit)).encode(), "x", "fr")
    assert (len(catalogue.entries), findings) == (limit, ())


def test_a_table_may_have_as_many_messages_as_the_limit(limit: int) -> None:
    catalogue, findings = csv.read(csv_rows(limit).encode(), "x", "fr")
    assert (len(catalogue.entries), findings) == (limit, ())


def test_one_message_more_is_refused(limit: int) -> None:
    many = f"the file has more than {limit:,} messages"
    assert problem(po, HEADER + po_entries(limit + 1)) == f"{7 + limit * 3}: {many}"
    assert problem(csv, csv_rows(limit + 1)) == f"{limit + 2}: {many}"


LONG = f"the line has {MAX_LINE_LENGTH + 1:,} characters; the maximum is {MAX_LINE_LENGTH:,}"
LINES = f"the file has {MAX_LINES + 1:,} lines; the maximum is {MAX_LINES:,}"


@pytest.mark.parametrize(
    ("form", "text", "message"),
    [
        (po, f"{HEADER}#{'c' * MAX_LINE_LENGTH}\n{ENTRY}", f"5: {LONG}"),
        (csv, "k" * (MAX_LINE_LENGTH + 1), f"1: {LONG}"),
        (po, "# c\n" * (MAX_LINES + 1), f"1: {LINES}"),
        (csv, "\n" * (MAX_LINES + 1), f"1: {LINES}"),
        (po, "\u2028" * (MAX_LINES + 1), f"1: {LINES}"),
        (csv, "k," * 1001, "1: the row has more than 1,000 cells"),
    ],
    ids=["po long", "csv long", "po lines", "csv lines", "2028", "columns"],
)
def test_larger_files_are_refused(form: ModuleType, text: str, message: str) -> None:
    assert problem(form, text) == message


@pytest.mark.parametrize(
    "line", ["# c", "#. c", "#: a:1", "#, a", '"c"', '#| "c"', "", '"X: y\\n"', "#~ # c"]
)
@pytest.mark.parametrize("before", [HEADER, "", f'{HEADER}msgctxt "k"\nmsgid "s"\nmsgstr "t"\n'])
def test_an_entry_has_a_limited_number_of_lines(line: str, before: str) -> None:
    """Each kind of line, before the first entry, in its header and after the last one."""
    more = f"{line}\n" * (MAX_ENTRY_LINES + 1)
    assert f"an entry has more than {MAX_ENTRY_LINES:,} lines" in problem(po, before + more + ENTRY)


@pytest.mark.parametrize("form", [po, csv])
def test_bytes_are_limited(form: ModuleType) -> None:
    expected = f"1: the file has {MAX_BYTES + 1:,} bytes; the maximum is {MAX_BYTES:,}"
    assert problem(form, " " * (MAX_BYTES + 1)) == expected


@pytest.mark.parametrize(
    "line", [" " * 900_000 + "x", '"' * 900_000, "msgid" + " " * 900_000 + "x"]
)
def test_a_long_invalid_line_is_refused_quickly(line: str) -> None:
    _, (finding,) = po.read((HEADER + ENTRY + line + "\n").encode(), "x", "fr")
    assert str(finding).startswith("x:8:1: invalid line in a PO file")
    start = time.process_time()
    with pytest.raises(InputError, match="invalid line"):
        set_translation((HEADER + ENTRY + line[:-1] + "x\n").encode(), "k", "u", fuzzy=False)
    assert time.process_time() - start < 5


def test_a_long_line_needs_little_memory() -> None:
    """The pattern that checks lines stores nothing for each character."""
    text = f'{HEADER}msgctxt "k"\nmsgid "s"\nmsgstr "{"ab" * 400_000}"\n'.encode()
    tracemalloc.start()
    catalogue, findings = po.read(text, "long", "fr")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(catalogue.entries["k"].text), findings) == (800_000, ())
    assert peak < 20 * len(text)


def workbook(dimension: str, cells: str) -> bytes:
    """Return a workbook whose first sheet has these cells as XML."""
    book = Workbook()
    plain = io.BytesIO()
    book.save(plain)
    out = io.BytesIO()
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{dimension}<sheetData>{cells}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in parts.namelist():
            data = parts.read(part)
            copy.writestr(part, sheet.encode() if part.endswith("sheet1.xml") else data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("dimension", "cells"),
    [
        (
            '<dimension ref="A1:XFD1048576"/>',
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        ),
        ("", '<row r="999999999"><c r="A999999999"><v>1</v></c></row>'),
        ("", '<row><c r="XFD1"><v>1</v></c></row>' * 100),
        ("", '<row><c r="XFD1"><f>1</f></c></row>' * 100),
    ],
    ids=["dimension", "missing rows", "missing columns", "formulas"],
)
def test_cells_of_a_workbook_are_limited(dimension: str, cells: str) -> None:
    start = time.process_time()
    catalogue, (finding,) = xlsx.read(workbook(dimension, cells), "x.xlsx", "fr")
    assert time.process_time() - start < 10
    assert not catalogue.entries
    assert "the first sheet has more than 1,000,000 cells" in finding.message


def test_repeated_errors_are_counted() -> None:
    catalogue, findings = po.read((HEADER + ENTRY * 1000).encode(), "x", "fr")
    assert len(catalogue.entries) == 1
    assert len(findings) == MAX_REPEATED + 1
    assert findings[-1].count == 999 - MAX_REPEATED
    assert findings[-1].message.startswith(f"{999 - MAX_REPEATED} more findings of this kind")


def test_many_unknown_messages_are_reported_quickly() -> None:
    """A suggestion is looked for only for the messages that are listed."""

    def catalogue(prefix: str, count: int) -> Catalogue:
        keys = [f"{prefix}-message-of-the-brochure-{at}" for at in range(count)]
        entries = {key: Translation(key, "s", "t", Span("x")) for key in keys}
        return Catalogue("fr", "x", entries)

    start = time.process_time()
    merged = merge_returned(catalogue("a", 400), catalogue("b", 20_000))
    assert time.process_time() - start < 10
    assert len(merged.findings) == MAX_REPEATED + 1
    assert merged.findings[-1].count == 20_000 - MAX_REPEATED
