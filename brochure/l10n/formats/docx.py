"""DOCX catalogues: a bilingual table for offices that have nothing but Word.

A row per message has its number and key, a picture of its place, source, translation, character limit and comment. Only
translations and comments can be changed. Tracked changes are accepted, and comments on a row become notes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, count_repeated
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.formats._cell_format import CellText, refuse
from brochure.l10n.formats._package_parts import DamagedPartError, find_related, parse_part
from brochure.l10n.formats._rows import (
    COLUMNS,
    MAX_HEADING_ROWS,
    STATES,
    TRANSLATION,
    Row,
    read_rows,
)
from brochure.l10n.formats._word_table import (
    COMMENT,
    HEADINGS,
    LIMIT,
    NUMBER,
    PLACE,
    PLACEHOLDERS,
    PREVIOUS,
    SOURCE,
    write_document,
)
from brochure.l10n.formats._word_text import (
    CHANGED,
    FORMATTED,
    PieceKind,
    WordCell,
    WordComment,
    WordRow,
    read_comments,
    read_tables,
)
from brochure.l10n.formats._workbook_parts import DOCUMENT, find_refusal_reason
from brochure.l10n.formats._xliff_xml import first_child

SUFFIXES = (".docx",)
SHOWS_PICTURES = True
"""The pictures of a catalogue are part of the file."""

FORM_HINT = "save it as a Word document (.docx), without a password and macros"
HEADING = re.compile(r"([\w.]++)\s*+(?:[(\[][^()\[\]]*+[)\]])?+")
"""The name of a column, and its language in parentheses."""

NUMBERED = re.compile(r"[0-9]+[.)]?")
MAX_SHOWN = 80
"""Characters of a comment that are shown in a finding."""

READ = (NUMBER, SOURCE, "translation", COMMENT)
"""Columns whose cells are read one by one: one cell for two of them is an error."""


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in a document, and findings for its errors; comments on a row become notes."""
    empty = Catalogue(language, label, {})
    reason = find_refusal_reason(data, DOCUMENT)
    if reason:
        return empty, (Finding("docx-form", reason, Span(label), FORM_HINT),)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            name = next(find_related(packed, "", "/officeDocument"), "word/document.xml")
            body = first_child(parse_part(packed, name), "body")
            tables = tuple(read_tables(body)) if body is not None else ()
            comments = read_comments(packed, name)
    except DamagedPartError as failure:
        message = f"the document is damaged: its part {failure} is missing or cannot be read"
        return empty, (Finding("docx-form", message, Span(label), FORM_HINT),)
    return _read_document(tables, comments, empty)


write = write_document


def _read_document(
    tables: Sequence[tuple[WordRow, ...]], comments: Sequence[WordComment], empty: Catalogue
) -> tuple[Catalogue, tuple[Finding, ...]]:
    rows = tuple(_read_message_rows(tables))
    if not rows:
        return empty, (_report_tables(tables, empty.file),)
    lines = _locate_comments(rows, comments)
    notes = _join_comments(lines, comments)
    findings: list[Finding] = []
    table: list[Row] = [(rows[0].line, tuple(_write_names(rows[0].heading)))]
    for row in rows:
        made = _make_row(row, notes.get(row.line, ()))
        table.append((row.line, made))
        findings.extend(_report_row(row, made, empty.file))
    findings.extend(_report_changes(rows, empty.file))
    findings.extend(_report_comments(comments, lines, empty.file))
    catalogue, found = read_rows(table, empty.file, empty.language)
    return catalogue, count_repeated((*findings, *found))


# Rows


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A row with a message.

    Attributes:
        line: Its number.
        heading: The heading of the translation's column, which has its language.
        cells: Its cells by the names of their columns.
        merged: Columns whose cell is one with that of another column or row.
    """

    line: int
    heading: str
    cells: Mapping[str, WordCell]
    merged: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table: the names of its cells in their order, and by the numbers of grid columns."""

    order: tuple[str, ...]
    starts: Mapping[str, int]
    heading: str


def _read_message_rows(tables: Sequence[tuple[WordRow, ...]]) -> Iterator[MessageRow]:
    """Yield the rows of all tables with messages; one without headings continues the table before it, which was divided."""
    columns: _Columns | None = None
    for rows in tables:
        at, found = _find_columns(rows)
        if found is None and (columns is None or not _has_same_columns(rows, columns)):
            continue
        columns = found or columns
        assert columns is not None
        repeated = {rows[at][1]} if found else set()
        body = rows[at + 1 :] if found else rows
        yield from _mark_merged(
            [_match_cells(row, columns) for row in body if row[1] not in repeated]
        )


def _find_columns(rows: Sequence[WordRow]) -> tuple[int, _Columns | None]:
    """Return the index of the row with the headings, and the columns that they name."""
    for at, (_, cells) in enumerate(islice(rows, MAX_HEADING_ROWS)):
        names = [_read_heading(cell) for cell in cells]
        if SOURCE in names and "translation" in names:
            starts = {
                name: cell.start
                for name, cell in zip(names, cells, strict=True)
                if name in HEADINGS
            }
            heading = " ".join(cells[names.index("translation")].paragraphs).strip()
            return at, _Columns(tuple(names), starts, heading)
    return 0, None


def _read_heading(cell: WordCell) -> str:
    text = " ".join(" ".join(cell.paragraphs).split())
    match = HEADING.fullmatch(text)
    return match[1].casefold() if match else text.casefold()


def _has_same_columns(rows: Sequence[WordRow], columns: _Columns) -> bool:
    return any(len(cells) == len(columns.order) for _, cells in rows)


def _match_cells(row: WordRow, columns: _Columns) -> MessageRow:
    """Return a row with its cells by column: in their order or, if there are more or fewer cells, by the grid."""
    line, cells = row
    if len(cells) == len(columns.order):
        named = {
            name: cell for name, cell in zip(columns.order, cells, strict=True) if name in HEADINGS
        }
        return MessageRow(line, columns.heading, named, frozenset())
    named = {}
    for name, start in columns.starts.items():
        found = (one for one in cells if one.start <= start < one.start + one.span)
        cell = next(found, None)
        if cell is not None:
            named[name] = cell
    covered: dict[int, list[str]] = {}
    for name, cell in named.items():
        if name in READ:
            covered.setdefault(id(cell), []).append(name)
    merged = (name for names in covered.values() if len(names) > 1 for name in names)
    return MessageRow(line, columns.heading, named, frozenset(merged))


def _mark_merged(rows: Sequence[MessageRow]) -> Iterator[MessageRow]:
    """Yield the rows; a cell that covers several rows is marked in all of them."""
    below: set[str] = set()
    marked: list[MessageRow] = []
    for row in reversed(rows):
        continued = {
            name for name, cell in row.cells.items() if cell.is_continued and name != COMMENT
        }
        merged = row.merged | ((continued | below) & {NUMBER, SOURCE, "translation"})
        marked.append(MessageRow(row.line, row.heading, row.cells, merged))
        below = continued
    return reversed(marked)


# Cells


def _write_names(heading: str) -> Iterator[str]:
    """Yield the names of the columns for `read_rows`, that of the translation with its language."""
    is_named = TRANSLATION.fullmatch(heading)
    for name in COLUMNS:
        yield heading if name == "translation" and is_named else name


def _make_row(row: MessageRow, comments: Sequence[str]) -> tuple[CellText, ...]:
    """Return a row with the cells of `COLUMNS`."""
    source, previous = _split_source(_get_paragraphs(row, SOURCE))
    text = "" if row.merged else _join_paragraphs(_get_paragraphs(row, "translation"))
    state, notes = _split_comment(_get_paragraphs(row, COMMENT))
    hints = (_join_lines(_get_paragraphs(row, name)) for name in (PLACE, LIMIT))
    made = dict.fromkeys(COLUMNS, CellText())
    key = _read_key(_get_paragraphs(row, NUMBER))
    if not key and (source.strip() or text.strip()):
        key = f"row {row.line}"  # found by its source text
    made |= {
        "key": CellText(key),
        "source": CellText(source),
        "translation": CellText(text),
        "state": CellText(state),
        "previous source": CellText(previous),
        "notes": CellText("\n".join(filter(None, (notes, *comments)))),
        "comments": CellText("\n".join(filter(None, hints))),
    }
    if row.merged:
        hint = "split the cell, or write the translation into the cell of its own row"
        made["translation"] = refuse("it is merged with another cell", hint)
    return tuple(made[name] for name in COLUMNS)


def _get_paragraphs(row: MessageRow, name: str) -> tuple[str, ...]:
    cell = row.cells.get(name)
    return cell.paragraphs if cell and name not in row.merged else ()


def _read_key(paragraphs: Sequence[str]) -> str:
    """Return the key after the number of a row; empty if there is only a number."""
    lines = [line.strip() for one in paragraphs for line in one.split("\n") if line.strip()]
    if lines and NUMBERED.fullmatch(lines[0]):
        del lines[0]
    elif lines:
        number, _, rest = lines[0].partition(" ")
        lines[0] = rest.strip() if NUMBERED.fullmatch(number) else lines[0]
    return "".join(lines)


def _split_source(paragraphs: Sequence[str]) -> tuple[str, str]:
    """Return the source text, and the former one below it."""
    at = next((at for at, text in enumerate(paragraphs) if text.strip() == PREVIOUS), None)
    if at is None:
        return _join_paragraphs(paragraphs), ""
    return _join_paragraphs(paragraphs[:at]), _join_paragraphs(paragraphs[at + 1 :])


def _join_paragraphs(paragraphs: Sequence[str]) -> str:
    """Return the text of paragraphs, without empty ones and the words that show where to write."""
    texts = (_remove_placeholder(text) for text in paragraphs)
    return "\n\n".join(text for text in texts if text)


def _split_comment(paragraphs: Sequence[str]) -> tuple[str, str]:
    """Return the state that is on the first line of a comment, and the rest of the comment."""
    lines = list(paragraphs)
    word = lines[0].strip(" .\n").casefold() if lines else ""
    if word in STATES:
        return word, _join_lines(lines[1:])
    return "", _join_lines(lines)


def _join_lines(paragraphs: Sequence[str]) -> str:
    """Return paragraphs as lines, without empty ones at both ends."""
    lines = [_remove_placeholder(text) for text in paragraphs]
    while lines and not lines[-1]:
        del lines[-1]
    while lines and not lines[0]:
        del lines[0]
    return "\n".join(lines)


def _remove_placeholder(text: str) -> str:
    """Return a text without the words that show where to write, which some programs keep beside what was written."""
    for words in PLACEHOLDERS:
        text = text.replace(words, "")
    return text


# Comments on rows


def _locate_comments(rows: Sequence[MessageRow], comments: Sequence[WordComment]) -> dict[str, int]:
    """Return the number of the row of each comment, by its id; answers are where the comment is that they answer."""
    lines = {
        number: row.line for row in rows for cell in row.cells.values() for number in cell.comments
    }
    for one in comments:
        if one.number not in lines and one.parent in lines:
            lines[one.number] = lines[one.parent]
    return lines


def _join_comments(
    lines: Mapping[str, int], comments: Sequence[WordComment]
) -> Mapping[int, tuple[str, ...]]:
    """Return the texts of the comments on each row, by its number."""
    notes: dict[int, list[str]] = {}
    for one in comments:
        if one.number in lines:
            notes.setdefault(lines[one.number], []).append(one.text)
    return {line: tuple(texts) for line, texts in notes.items()}


# Findings


def _report_tables(tables: Sequence[tuple[WordRow, ...]], label: str) -> Finding:
    if not any(tables):
        message = "the document has no table"
    else:
        message = "no table has the columns 'source' and 'translation' in its first row"
    return Finding("table-columns", message, Span(label), f"the columns are: {', '.join(HEADINGS)}")


def _report_row(row: MessageRow, made: Sequence[str], label: str) -> Iterator[Finding]:
    """Yield warnings for what of a row cannot be imported."""
    cell = row.cells.get("translation")
    if cell is None or row.merged:
        return
    span, key = Span(label, row.line), made[COLUMNS.index("key")]
    if FORMATTED in cell.pieces:
        message = f"message '{key}': bold, italic or raised type in the translation is not imported"
        hint = "mark the words as the source does, e.g. **words**"
        yield Finding("docx-formatting", message, span, hint, Severity.WARNING)
    for what in dict.fromkeys((*cell.omitted, *_list_comment_contents(row))):
        message = f"message '{key}': {what} is not imported"
        yield Finding("docx-content", message, span, "write it as text", Severity.WARNING)


def _list_comment_contents(row: MessageRow) -> tuple[str, ...]:
    cell = row.cells.get(COMMENT)
    return cell.omitted if cell else ()


def _report_changes(rows: Sequence[MessageRow], label: str) -> Iterator[Finding]:
    changed = [row for row in rows if CHANGED in _list_pieces(row)]
    if changed:
        count = "1 message" if len(changed) == 1 else f"{len(changed)} messages"
        message = (
            f"{count} with tracked changes: insertions were accepted, deleted text was left out"
        )
        yield Finding("docx-changes", message, Span(label, changed[0].line), "", Severity.NOTE)


def _list_pieces(row: MessageRow) -> frozenset[tuple[PieceKind, str]]:
    cells = (row.cells[name] for name in ("translation", COMMENT) if name in row.cells)
    return frozenset(piece for cell in cells for piece in cell.pieces)


def _report_comments(
    comments: Sequence[WordComment], lines: Mapping[str, int], label: str
) -> Iterator[Finding]:
    """Yield a warning for each comment that is not on a row."""
    for one in comments:
        if one.number not in lines:
            shown = one.text if len(one.text) <= MAX_SHOWN else f"{one.text[: MAX_SHOWN - 1]}…"
            message = f"the comment '{shown}' is not on a message and was not imported"
            yield Finding("docx-comment", message, Span(label), "", Severity.WARNING)
