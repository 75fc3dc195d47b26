"""Catalogues with far too many items of one kind: entries, lines, columns, comments, notes, elements inside each other.

`damaged` takes a good PO, CSV, XLSX, DOCX or XLIFF file; the format decides what is repeated. Sizes are drawn from a range that
exceeds the limits of the program.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

MIN_SIZE, MAX_SIZE = 100, 70_000
"""Times that something is repeated; a catalogue may have 50,000 messages."""

MAX_LONG_TEXT = 3_000_000
"""Characters of a long text or line; a line may have a million."""

EPOCH = (2000, 1, 1, 0, 0, 0)

WORDS = (
    "t",
    "",
    "**b** [a](https://b.c)",
    "{people, number}",
    "{",
    "=1+1",
    "“a” …",
    "x" * 300,
    "é\u202e",
)

Maker = Callable[[int, Random], str]


def damaged(data: bytes, rng: Random) -> bytes:
    """Return a catalogue of the same format that has too much of something."""
    count = int(MIN_SIZE * (MAX_SIZE / MIN_SIZE) ** rng.random())
    if data.startswith(b"PK"):
        return _workbook(data, count, rng)
    text = data.decode("utf-8-sig")
    if "<xliff" in text:
        return _xliff(text, count, rng).encode()
    return (_po if "msgid" in text else _csv)(text, count, rng).encode()


def _long(rng: Random) -> int:
    return int(MIN_SIZE * (MAX_LONG_TEXT / MIN_SIZE) ** rng.random())


def _key(at: int, rng: Random) -> str:
    """Return the key of an entry: one of its own, one of a few, or the project's."""
    return rng.choice((f"k{at}", f"k{at}", f"k{at}", f"k{at % 7}", "head", "cell.a"))


# PO


def _po(text: str, count: int, rng: Random) -> str:
    head, _, rest = text.partition("\n\n")
    return f"{head}\n\n{rng.choice(PO)(count, rng)}\n{rng.choice((rest, ''))}"


def _po_entry(at: int, rng: Random, target: str = "t", above: str = "") -> str:
    return f'{above}msgctxt "{_key(at, rng)}"\nmsgid "s{at % 9}"\nmsgstr "{target}"\n\n'


def _po_entries(count: int, rng: Random) -> str:
    target = rng.choice(WORDS).replace('"', "")
    above = rng.choice(("", "", "#, fuzzy\n", '#| msgid "old"\n', "# note\n", "#: a.py:1\n"))
    return "".join(_po_entry(at, rng, target, above) for at in range(count))


def _po_comments(count: int, rng: Random) -> str:
    line = rng.choice(
        ("#", "# c", "#. c", "#: a.py:1 b.py:2", "#, fuzzy", '#~ msgid "x"', '#| "x"')
    )
    times = count * rng.choice((1, 10))
    return f"{line}\n" * times + rng.choice(("", _po_entry(0, rng)))


def _po_lines(count: int, rng: Random) -> str:
    line = rng.choice(('"t\\n"', '""', '"t"', '"\\\\"', "", "\x0c", "msgid", 'msgstr "t"'))
    return f'msgctxt "head"\nmsgid "What was done"\nmsgstr ""\n{(line + chr(10)) * count}'


def _po_long(count: int, rng: Random) -> str:
    unit = rng.choice(("t", "\\n", "\\\\", '\\"', "{", "*", "a ", "\\x", "é", "#", " "))
    line = unit * (_long(rng) // len(unit))
    where = rng.choice(
        (
            'msgctxt "head"\nmsgid "s"\nmsgstr "{}"\n',
            'msgctxt "{}"\nmsgid "s"\n',
            "# {}\n",
            "#, {}\n",
            "#: {}\n",
            "{}\n",
        )
    )
    return where.format(line)


def _po_forms(count: int, rng: Random) -> str:
    forms = "".join(f'msgstr[{rng.choice((at, 0))}] "t"\n' for at in range(count))
    return f'msgctxt "head"\nmsgid "s"\nmsgid_plural "p"\n{forms}'


def _po_references(count: int, rng: Random) -> str:
    word = rng.choice((" a.py:1", " fuzzy,", " a:b:c:9", " :", ","))
    return _po_entry(0, rng, "t", f"{rng.choice(('#:', '#,', '#'))}{word * count}\n")


PO: tuple[Maker, ...] = (
    *(_po_entries, _po_entries, _po_comments, _po_lines, _po_long, _po_forms, _po_references),
)


# CSV


def _csv(text: str, count: int, rng: Random) -> str:
    return rng.choice(CSV)(count, rng)


def _csv_rows(count: int, rng: Random) -> str:
    cell = rng.choice(("t", "", '"a\nb"', '"a""b"', "=1+1", "{", "x" * 200))
    ends = rng.choice(("\n", "\r\n", "\r"))
    head = rng.choice(("key,source,translation,state,notes", "key,source,translation", "key"))
    rows = (f"{_key(at, rng)},s,{cell},{rng.choice(('', 'fuzzy', 'x'))},n" for at in range(count))
    return ends.join((head, *rows, ""))


def _csv_columns(count: int, rng: Random) -> str:
    extra = rng.choice((",", ",x", ",key", ",translation"))
    rows = "".join(f"k{at},s,t{rng.choice(('', ',' * count))}\n" for at in range(3))
    return f"key,source,translation{extra * count}\n{rows}"


def _csv_long(count: int, rng: Random) -> str:
    unit = rng.choice(("t", '""', "\n", '"', ",", ";", "\x00", "{", "\r", "“a” ", "é", " "))
    cell = unit * (_long(rng) // len(unit))
    return rng.choice(
        (f'key,source,translation\nhead,s,"{cell}"\n', f"{cell}\nhead,s,t\n", f"key,source\n{cell}")
    )


def _csv_blank(count: int, rng: Random) -> str:
    line = rng.choice(("\n", ",,\n", '"",""\n', " \n", "\r", "\x0b"))
    return f"key,source,translation\n{line * count * rng.choice((1, 10))}head,s,t\n"


CSV: tuple[Maker, ...] = (_csv_rows, _csv_rows, _csv_columns, _csv_long, _csv_blank)


# XLIFF

SEGMENT = re.compile("</?SEGMENT>")
XLIFF_UNIT = re.compile(r"<unit\b.*</unit>|<trans-unit\b.*</trans-unit>", re.DOTALL)


def _xliff(text: str, count: int, rng: Random) -> str:
    """Return the file with something else instead of its units."""
    new = "trans-unit" not in text
    made = rng.choice(XLIFF)(count, rng)
    units = made.replace("UNIT", "unit" if new else "trans-unit")
    units = units.replace("SEGMENT", "segment") if new else SEGMENT.sub("", units)
    return XLIFF_UNIT.sub(lambda _: units, text, count=1)


def _segment(inner: str, extra: str = "") -> str:
    return f"{extra}<SEGMENT><source>s</source><target>{inner}</target></SEGMENT>"


def _xliff_units(count: int, rng: Random) -> str:
    word = rng.choice(("t", "", "{", "&amp;", "&#233;", "<![CDATA[t]]>", "x" * 200))
    note = rng.choice(("", "<notes><note>n</note></notes>", "<note>n</note>"))
    return "".join(
        f'<UNIT id="{_key(at, rng)}">{_segment(word, note)}</UNIT>' for at in range(count)
    )


def _xliff_nested(count: int, rng: Random) -> str:
    name = rng.choice(("group", "mrk", "g", "pc", "UNIT", "note", "target", "x"))
    deep = f"<{name}>" * count + f"</{name}>" * count
    return rng.choice((deep, f'<UNIT id="head">{_segment(deep)}</UNIT>'))


def _xliff_beside(count: int, rng: Random) -> str:
    """Many elements, comments or instructions beside each other in one unit."""
    one = rng.choice(
        (
            "<ph id='1'/>",
            "<x/>",
            "<!-- c -->",
            "<?p i?>",
            "<mrk>a</mrk>",
            "a<g id='1'/>",
            "<note>n</note>",
        )
    )
    return f'<UNIT id="head">{_segment(one * count, rng.choice(("", one * count)))}</UNIT>'


def _xliff_long(count: int, rng: Random) -> str:
    unit = rng.choice(("t", "&amp;", "{", "\n", " ", "*a* ", "&#10;", "é"))
    long = unit * (_long(rng) // len(unit))
    attributes = " ".join(f"a{at}='b'" for at in range(count))
    return rng.choice(
        (
            f'<UNIT id="head">{_segment(long)}</UNIT>',
            f'<UNIT id="{long}">{_segment("t")}</UNIT>',
            f'<UNIT id="head" {attributes}>{_segment("t")}</UNIT>',
            f'<UNIT id="head">{_segment("t", f"<note>{long}</note>")}</UNIT>',
            f"<!--{long}-->",
        )
    )


XLIFF: tuple[Maker, ...] = (_xliff_units, _xliff_units, _xliff_nested, _xliff_beside, _xliff_long)


# Workbooks

SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?><worksheet'
    ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)


def _workbook(data: bytes, count: int, rng: Random) -> bytes:
    """Return the workbook with another sheet in place of its first, or with more parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    is_text = WORD in parts
    sheet = WORD if is_text else next(name for name in parts if "worksheets/sheet" in name)
    if rng.random() < 0.1:
        parts |= {f"xl/media/x{at}.bin": b"" for at in range(count // 20)}
    elif is_text:
        parts |= _document(count, rng)
        parts[WORD_LINKS] = parts[WORD_LINKS].replace(b"</Relationships>", COMMENT_LINK)
    else:
        parts[sheet] = SHEET.format(rng.choice(SHEETS)(count, rng)).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# Word documents

WORD, WORD_COMMENTS = "word/document.xml", "word/comments.xml"
WORD_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD_LINKS = "word/_rels/document.xml.rels"
COMMENT_LINK = (
    b'<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"'
    b' Target="comments.xml"/></Relationships>'
)
WORD_HEADS = ("no.", "source", "translation (fr)", "comment")


def _document(count: int, rng: Random) -> dict[str, bytes]:
    """Return the text of a document with a large table, and its comments."""
    table = rng.choice(TABLES)(count, rng)
    body = f"<w:body><w:tbl>{_word_row(*map(_word_cell, WORD_HEADS))}{table}</w:tbl></w:body>"
    note = '<w:comment w:id="{}" w:author="A"><w:p><w:r><w:t>n</w:t></w:r></w:p></w:comment>'
    notes = "".join(note.format(at) for at in range(count if rng.random() < 0.3 else 1))
    document = f"<w:document {WORD_NAMESPACE}>{body}</w:document>"
    comments = f"<w:comments {WORD_NAMESPACE}>{notes}</w:comments>"
    return {WORD: document.encode(), WORD_COMMENTS: comments.encode()}


def _word_row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def _word_rows(count: int, rng: Random) -> str:
    word = rng.choice(WORDS[:4])
    made = (map(_word_cell, (_key(at, rng), "s", word, "")) for at in range(count))
    return "".join(_word_row(*cells) for cells in made)


def _word_merged(count: int, rng: Random) -> str:
    merge = rng.choice(("<w:vMerge/>", '<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="99999"/>'))
    row = _word_row(_word_cell("k"), _word_cell("s", merge), *[_word_cell("t")] * rng.randrange(3))
    return row * count


def _word_cells(count: int, rng: Random) -> str:
    return _word_row(*[_word_cell("k")] * count) * rng.choice((1, 3))


def _word_runs(count: int, rng: Random) -> str:
    one = rng.choice(
        (
            "<w:r><w:t>{</w:t></w:r>",
            "<w:r><w:t>](a</w:t></w:r>",
            "<w:ins><w:r><w:t>a</w:t></w:r></w:ins>",
            '<w:r><w:commentReference w:id="0"/></w:r>',
            "<w:r><w:br/></w:r>",
            "</w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
        )
    )
    cell = f"<w:tc><w:p>{one * count}</w:p></w:tc>"
    return _word_row(_word_cell("head"), _word_cell("s"), cell, _word_cell(""))


def _word_long(count: int, rng: Random) -> str:
    text = rng.choice(("t", "{", "’{", "](", "é ", "[a]{.b}")) * (_long(rng) // 7)
    return _word_row(*map(_word_cell, ("head", rng.choice(("s", text)), text, "")))


TABLES: tuple[Maker, ...] = (
    _word_rows,
    _word_rows,
    _word_merged,
    _word_cells,
    _word_runs,
    _word_long,
)


# Cells of sheets


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD_ROW = "".join(
    _cell(f"{column}1", name)
    for column, name in zip("ABCD", ("key", "source", "translation", "state"), strict=True)
)


def _sheet_rows(count: int, rng: Random) -> str:
    word = rng.choice(("t", "", "{", "x" * 200, "=1+1", "&#10;"))
    rows = (
        f'<row r="{at}">{_cell(f"A{at}", _key(at, rng))}{_cell(f"B{at}", "s")}{_cell(f"C{at}", word)}</row>'
        for at in range(2, count + 2)
    )
    return f'<sheetData><row r="1">{HEAD_ROW}</row>{"".join(rows)}</sheetData>'


def _sheet_columns(count: int, rng: Random) -> str:
    cell = rng.choice(("<c/>", "<c><v>1</v></c>", '<c t="b"><v>1</v></c>', "<c><f>1+1</f></c>"))
    rows = f"<row>{cell * count}</row>" * rng.choice((1, 3))
    return f'<sheetData><row r="1">{HEAD_ROW}{cell * count}</row>{rows}</sheetData>'


def _sheet_sparse(count: int, rng: Random) -> str:
    """A few cells that are far from each other, or a false dimension."""
    last = rng.choice((1_048_576, 10_000_000_000, count))
    column = rng.choice(("A", "XFD", "ZZZZZZ"))
    rows = "".join(f'<row r="{at * 7}">{_cell(f"A{at * 7}", "k")}</row>' for at in range(1, count))
    end = f'<row r="{last}">{_cell(f"{column}{last}", "k")}</row>'
    body = f'<sheetData><row r="1">{HEAD_ROW}</row>{rng.choice(("", rows))}{end}</sheetData>'
    return f'<dimension ref="A1:{column}{last}"/>{body}'


def _sheet_merged(count: int, rng: Random) -> str:
    one = rng.choice(
        ('<mergeCell ref="A1:XFD1048576"/>', '<mergeCell ref="A2:A{}"/>', '<mergeCell ref="x"/>')
    )
    cells = "".join(one.replace("{}", str(at)) for at in range(count))
    return f'<sheetData><row r="1">{HEAD_ROW}</row></sheetData><mergeCells>{cells}</mergeCells>'


def _sheet_nested(count: int, rng: Random) -> str:
    name = rng.choice(("row", "c", "is", "r", "t", "sheetData", "extLst"))
    return f"<sheetData>{f'<{name}>' * count}{f'</{name}>' * count}</sheetData>"


def _sheet_long(count: int, rng: Random) -> str:
    text = rng.choice(("t", "&#10;", "{", "é", "&amp;")) * (_long(rng) // 5)
    runs = "<r><t>a</t></r>" * count
    cell = rng.choice((_cell("C2", text), f'<c r="C2" t="inlineStr"><is>{runs}</is></c>'))
    second = f'<row r="2">{_cell("A2", "head")}{_cell("B2", "s")}{cell}</row>'
    return f'<sheetData><row r="1">{HEAD_ROW}</row>{second}</sheetData>'


SHEETS: tuple[Maker, ...] = (
    *(_sheet_rows, _sheet_rows, _sheet_columns, _sheet_sparse, _sheet_merged, _sheet_nested),
    _sheet_long,
)
