"""ODS catalogues, for offices that translate in LibreOffice.

The sheet has one row per message, as in `xlsx.py`: every cell is text, and keys and sources are locked.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from brochure.findings import Finding, Span
from brochure.l10n.catalogue import Catalogue, normalise_line_ends
from brochure.l10n.formats._ods_parts import TooManyCellsError, read_sheets
from brochure.l10n.formats._rows import (
    COLUMNS,
    EDITABLE,
    STATES,
    find_header,
    read_rows,
    write_header,
    write_rows,
)
from brochure.l10n.formats._workbook_parts import find_refusal_reason
from brochure.l10n.formats._xliff_xml import check_characters
from brochure.locales import is_known_language

SUFFIXES = (".ods",)
MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
EPOCH = (2000, 1, 1, 0, 0, 0)
"""A fixed time, so that the same catalogue gives the same bytes."""

CONTENT = "content.xml"
WIDTHS = {"key": "5cm", "source": "11cm", "translation": "11cm", "state": "2.5cm"}
DEFAULT_WIDTH = "6cm"


def read(data: bytes, label: str, language: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the catalogue in a spreadsheet, and findings for its errors; comments on cells become notes."""
    empty = Catalogue(language, label, {})
    root, reason = _open(data)
    if reason:
        hint = "save it as an OpenDocument spreadsheet (.ods), without a password"
        return empty, (Finding("ods-form", reason, Span(label), hint),)
    try:
        sheets = [*read_sheets(root)]
    except TooManyCellsError:
        message = "a sheet has more than 1,000,000 cells"
        hint = "delete the rows after the table, or divide it into several files"
        return empty, (Finding("ods-form", message, Span(label), hint),)
    if not sheets:
        return empty, (Finding("ods-form", "the spreadsheet has no sheet", Span(label)),)
    found = (one for one in sheets if find_header(one[1]) is not None)
    title, rows, comments = next(found, sheets[0])
    catalogue, findings = read_rows(rows, label, language, comments)
    declared = catalogue.declared or (title if is_known_language(title) else "")
    return replace(catalogue, declared=declared), findings


def _open(data: bytes) -> tuple[Any, str]:
    """Return the root of the content, or None and why the file is refused."""
    reason = find_refusal_reason(data)
    if reason:
        return None, reason
    # Imported here so that only spreadsheets load lxml.
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if CONTENT not in packed.namelist():
            return None, "not an OpenDocument spreadsheet"
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            return etree.fromstring(packed.read(CONTENT), parser), ""
        except etree.XMLSyntaxError:
            return None, "the spreadsheet is damaged: its content cannot be read"


# Writing

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
    )
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = f"""{DECLARATION}<manifest:manifest {NAMESPACES} manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME_TYPE}"/>
<manifest:file-entry manifest:full-path="{CONTENT}" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
PROTECTIONS = {"heading": "protected", "locked": "protected", "editable": "none"}


def write(catalogue: Catalogue) -> bytes:
    """Return the catalogue as a spreadsheet."""
    out = io.BytesIO()
    parts = {"mimetype": MIME_TYPE, CONTENT: _content(catalogue), "META-INF/manifest.xml": MANIFEST}
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in parts.items():
            # The type comes first and is not compressed (OpenDocument 1.3, part 2, 3.3).
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(zipfile.ZipInfo(name, EPOCH), text.encode(), kind)
    return out.getvalue()


def _content(catalogue: Catalogue) -> str:
    name = catalogue.language or "copy"
    columns = "".join(
        f'<table:table-column table:style-name="{_column_style(column)}"/>' for column in COLUMNS
    )
    rows = "\n".join(
        _write_row(row, line)
        for line, row in enumerate((write_header(catalogue), *write_rows(catalogue)))
    )
    return f"""{DECLARATION}<office:document-content {NAMESPACES} office:version="1.3">
<office:automatic-styles>{"".join(_styles())}</office:automatic-styles>
<office:body><office:spreadsheet>
<table:content-validations>{_validation(name)}</table:content-validations>
<table:table table:name={quoteattr(name)} table:protected="true">
{columns}
{rows}
</table:table>
</office:spreadsheet></office:body>
</office:document-content>
"""


def _styles() -> Iterator[str]:
    """Yield the styles of columns and cells; all cells have the number format for text."""
    yield '<number:text-style style:name="text"><number:text-content/></number:text-style>'
    for name in dict.fromkeys(map(_column_style, COLUMNS)):
        width = WIDTHS.get(name.removeprefix("column-"), DEFAULT_WIDTH)
        yield (
            f'<style:style style:name="{name}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width}"/></style:style>'
        )
    for name, protection in PROTECTIONS.items():
        bold = '<style:text-properties fo:font-weight="bold"/>' if name == "heading" else ""
        yield (
            f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="text">'
            f'<style:table-cell-properties style:cell-protect="{protection}" fo:wrap-option="wrap"'
            f' style:vertical-align="top"/>{bold}</style:style>'
        )


def _column_style(column: str) -> str:
    return f"column-{column}" if column in WIDTHS else "column"


def _validation(sheet: str) -> str:
    """Return the list of states that the cells of the state's column offer."""
    states = ";".join(f'"{state}"' for state in STATES)
    condition = quoteattr(f"of:cell-content-is-in-list({states})")
    base = quoteattr(f"'{sheet}'.D2")
    return (
        f'<table:content-validation table:name="state" table:condition={condition}'
        f' table:allow-empty-cell="true" table:display-list="unsorted" table:base-cell-address={base}/>'
    )


def _write_row(row: tuple[str, ...], line: int) -> str:
    cells = "".join(
        _write_cell(name, text, is_heading=not line)
        for name, text in zip(COLUMNS, row, strict=True)
    )
    return f"<table:table-row>{cells}</table:table-row>"


def _write_cell(name: str, text: str, *, is_heading: bool) -> str:
    style = "heading" if is_heading else "editable" if name in EDITABLE else "locked"
    offers = ' table:content-validation-name="state"' if name == "state" and not is_heading else ""
    lines = normalise_line_ends(check_characters(text)).split("\n") if text else ()
    paragraphs = "".join(f"<text:p>{_write_line(one)}</text:p>" for one in lines)
    kind = ' office:value-type="string"' if text else ""
    return f'<table:table-cell table:style-name="{style}"{offers}{kind}>{paragraphs}</table:table-cell>'


def _write_line(text: str) -> str:
    """Return the text of a paragraph, with elements for tabs and for spaces that would be lost."""
    return re.sub(r"\t|^ +| +$|  +", _write_space, escape(text))


def _write_space(match: re.Match[str]) -> str:
    return "<text:tab/>" if match[0] == "\t" else f'<text:s text:c="{len(match[0])}"/>'
