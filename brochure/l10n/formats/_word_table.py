"""Write a catalogue as a Word document with a table, of which only translations and comments can be changed.

The document is read-only, with ranges that everyone may edit (ECMA-376 Part 1, 17.13.7 and 17.15.1.29); Word and LibreOffice keep
to both. The columns have the languages and the directions of their texts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from brochure.fast_dataclass import dataclass
from brochure.l10n.catalogue import Catalogue, Translation, normalise_line_ends
from brochure.l10n.formats._package_parts import EPOCH, fix_times
from brochure.l10n.formats._rows import FUZZY, STATES
from brochure.l10n.formats._xliff_xml import check_characters
from brochure.typeset.bidi import is_left_to_right

NUMBER, PLACE, SOURCE, TRANSLATION, LIMIT, COMMENT = (
    *("no.", "place", "source", "translation", "limit", "comment"),
)
HEADINGS = (NUMBER, PLACE, SOURCE, TRANSLATION, LIMIT, COMMENT)
WIDTHS = {NUMBER: 1500, PLACE: 2700, SOURCE: 3900, TRANSLATION: 3900, LIMIT: 1400, COMMENT: 2000}
"""Widths of the columns in twentieths of a point; a landscape A4 page has 15,400 between margins."""

PREVIOUS = "previous source:"
"""The paragraph above the source text that a fuzzy translation was made from."""

WRITE_TRANSLATION, WRITE_COMMENT = "write the translation here", "write a comment here"
PLACEHOLDERS = (WRITE_TRANSLATION, WRITE_COMMENT)
INSTRUCTIONS = (
    "Write only into the columns “translation” and “comment”; the others are locked. Keep words in braces { } and marks such as"
    " ** as they are. If a comment begins with the line “fuzzy”, the translation needs review: delete this line when it is right,"
    " or write it if the translation is not finished. Tracked changes and comments of Word are imported, too."
)
LIMIT_LINE = re.compile("fits about |no limit")
PARAGRAPH_END = re.compile(r"(?<!\n)\n\n(?!\n)")
PICTURE_WIDTH, PICTURE_HEIGHT = 120, 90
"""Largest size of a picture in the document, in points."""

EMU = 12_700
"""English Metric Units in a point."""

CURRENT_MODE = "15"
"""The compatibility mode of Word 2013 and later; an older one is shown in the title of the window."""

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FUZZY_SHADE, HEADING_SHADE = "FFF2CC", "E7E6E6"
KEPT_STYLES = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid", "Title")
STYLES = {NUMBER: 8.0, PLACE: 7.5, SOURCE: 10.0, TRANSLATION: 10.0, LIMIT: 8.0, COMMENT: 9.0}
"""Sizes of the columns' paragraph styles in points."""


def write_document(catalogue: Catalogue) -> bytes:
    """Return the catalogue as a document."""
    # Imported here: only Word documents need it.
    from docx import Document

    document: Any = Document()
    _remove_unused(document)
    languages = _Languages(
        catalogue.header.get("X-Source-Language") or "en", catalogue.language or ""
    )
    _add_styles(document, languages)
    _set_page(document)
    _protect(document)
    name = catalogue.header.get("Project-Id-Version") or catalogue.file
    title = f"{name}: {catalogue.language}" if catalogue.language else name
    document.add_paragraph(title, style="Title")
    document.add_paragraph(INSTRUCTIONS)
    body = document.element.body
    body.insert(len(body) - 1, _make_table(document, catalogue, languages))
    document.add_paragraph()  # a table is not the last thing in a document
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = EPOCH
    out = io.BytesIO()
    document.save(out)
    return fix_times(out.getvalue())


@dataclass(frozen=True, slots=True)
class _Languages:
    """The languages of the columns, as BCP 47 tags; the translation's is empty in a template."""

    source: str
    target: str

    def of(self, column: str) -> str:
        """Return the language of a column; the program's comments are in English."""
        own = {SOURCE: self.source, TRANSLATION: self.target, COMMENT: self.target}
        return own.get(column) or "en"

    def is_rtl(self, column: str) -> bool:
        """Return True if a column is written from right to left."""
        return not is_left_to_right(self.of(column))


# The document


def _remove_unused(document: Any) -> None:
    """Remove what the library's template has besides text: a picture of it, and 400 kB of styles."""
    for part in (document.part, document.part.package):
        for number, relationship in list(part.rels.items()):
            kind = relationship.reltype.rpartition("/")[2]
            if kind in ("thumbnail", "stylesWithEffects", "customXml", "numbering"):
                del part.rels[number]
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.styleId not in KEPT_STYLES:
            styles.remove(style)


def _add_styles(document: Any, languages: _Languages) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(10), Pt(0)
    document.styles["Title"].font.size = Pt(18)
    for column, size in STYLES.items():
        style = document.styles.add_style(_style_name(column), WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = normal, Pt(size)
        language = quoteattr(languages.of(column))
        properties = style.element.get_or_add_rPr()
        if languages.is_rtl(column):
            style.element.get_or_add_pPr().append(_element("<w:bidi/>"))
            properties.append(_element(f'<w:szCs w:val="{size * 2:g}"/>'))
            properties.append(_element("<w:rtl/>"))
        properties.append(
            _element(f"<w:lang w:val={language} w:eastAsia={language} w:bidi={language}/>")
        )


def _style_name(column: str) -> str:
    return f"Column {column.strip('.')}"


def _style_id(column: str) -> str:
    return _style_name(column).replace(" ", "")


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    start = re.sub(r"^<(w:\w+)", rf'<\1 xmlns:w="{NAMESPACE}"', xml)
    return parse_xml(start)


def _set_page(document: Any) -> None:
    """Set landscape A4 with narrow margins."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin = section.bottom_margin = Mm(14)


def _protect(document: Any) -> None:
    """Make the document read-only, without a password; `w:defaultTabStop` follows the protection in the schema."""
    settings = document.settings.element
    protection = _element('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>')
    settings.find(f"{{{NAMESPACE}}}defaultTabStop").addprevious(protection)
    for one in settings.iter(f"{{{NAMESPACE}}}compatSetting"):
        if one.get(f"{{{NAMESPACE}}}name") == "compatibilityMode":
            one.set(f"{{{NAMESPACE}}}val", CURRENT_MODE)


# The table


def _make_table(document: Any, catalogue: Catalogue, languages: _Languages) -> Any:
    from docx.oxml import parse_xml

    grid = "".join(f'<w:gridCol w:w="{WIDTHS[name]}"/>' for name in HEADINGS)
    visual = "<w:bidiVisual/>" if languages.is_rtl(TRANSLATION) else ""
    rows = "".join(
        _write_row(document, one, number, languages, catalogue)
        for number, one in enumerate(catalogue.entries.values(), 1)
    )
    return parse_xml(
        f'<w:tbl xmlns:w="{NAMESPACE}" {PICTURE_NAMESPACES}><w:tblPr><w:tblStyle w:val="TableGrid"/>{visual}'
        f'<w:tblW w:w="{sum(WIDTHS.values())}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_write_headings(languages)}{rows}</w:tbl>"
    )


def _write_headings(languages: _Languages) -> str:
    """Return the first row, which is repeated on each page."""
    tags = {SOURCE: languages.source, TRANSLATION: languages.target}
    names = [f"{name} ({tags[name]})" if tags.get(name) else name for name in HEADINGS]
    cells = "".join(
        _write_cell(
            name,
            f"<w:p><w:pPr>{_paragraph_properties(name, languages, is_heading=True)}</w:pPr>"
            f"<w:r><w:rPr><w:b/></w:rPr>{_write_text(text)}</w:r></w:p>",
            HEADING_SHADE,
        )
        for name, text in zip(HEADINGS, names, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _write_row(
    document: Any, one: Translation, number: int, languages: _Languages, catalogue: Catalogue
) -> str:
    place, limit = _split_comments(normalise_line_ends(one.comments))
    picture = catalogue.pictures.get(one.key)
    source = [_Text(text) for text in _split_text(one.source)]
    if one.previous:
        source += [_Text(PREVIOUS, "808080")]
        source += [_Text(text, "808080") for text in _split_text(one.previous)]
    contents = {
        NUMBER: _write_paragraphs(
            NUMBER, [_Text(f"{number}"), _Text(one.key, "606060")], languages
        ),
        PLACE: (_write_picture(document, picture, one.key, number) if picture else "")
        + _write_paragraphs(PLACE, [_Text(text) for text in _split_lines(place)], languages),
        SOURCE: _write_paragraphs(SOURCE, source, languages),
        TRANSLATION: _write_editable(
            TRANSLATION, [*_split_text(one.text)], WRITE_TRANSLATION, 2 * number, languages
        ),
        LIMIT: _write_paragraphs(LIMIT, [_Text(text) for text in _split_lines(limit)], languages),
        COMMENT: _write_comment(one, number, languages),
    }
    shades = {TRANSLATION: FUZZY_SHADE} if one.fuzzy else {}
    cells = "".join(_write_cell(name, contents[name], shades.get(name, "")) for name in HEADINGS)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _split_comments(comments: str) -> tuple[str, str]:
    """Return the lines about the place, and those from the character limit on."""
    lines = comments.split("\n")
    at = next((at for at, line in enumerate(lines) if LIMIT_LINE.match(line)), len(lines))
    return "\n".join(lines[:at]), "\n".join(lines[at:])


def _split_text(text: str) -> Iterator[str]:
    """Yield the paragraphs of a message, which an empty line divides; other line ends stay in them."""
    yield from PARAGRAPH_END.split(normalise_line_ends(check_characters(text))) if text else ()


def _split_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text; empty ones at its ends stay with the next line, since empty paragraphs there are not read."""
    if not text:
        return
    text = normalise_line_ends(check_characters(text))
    inner = text.strip("\n")
    if not inner:
        yield text
        return
    start = text.index(inner)
    lines = inner.split("\n")
    lines[0] = text[:start] + lines[0]
    lines[-1] += text[start + len(inner) :]
    yield from lines


# Cells


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph and its colour."""

    text: str
    colour: str = ""


def _write_cell(name: str, content: str, shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    width = f'<w:tcW w:w="{WIDTHS[name]}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{width}{fill}</w:tcPr>{content or '<w:p/>'}</w:tc>"


def _paragraph_properties(column: str, languages: _Languages, *, is_heading: bool = False) -> str:
    bidi = "<w:bidi/>" if languages.is_rtl(column) and not is_heading else ""
    return f'<w:pStyle w:val="{_style_id(column)}"/>{bidi}'


def _write_paragraphs(column: str, texts: Sequence[_Text], languages: _Languages) -> str:
    properties = _paragraph_properties(column, languages)
    return "".join(
        f"<w:p><w:pPr>{properties}</w:pPr>{_write_run(one.text, column, languages, one.colour)}</w:p>"
        for one in texts
    )


def _write_run(text: str, column: str, languages: _Languages, colour: str = "") -> str:
    shown = f'<w:color w:val="{colour}"/>' if colour else ""
    rtl = "<w:rtl/>" if languages.is_rtl(column) else ""
    properties = f"<w:rPr>{shown}{rtl}</w:rPr>" if shown or rtl else ""
    return f"<w:r>{properties}{_write_text(text)}</w:r>" if text else ""


def _write_text(text: str) -> str:
    """Return a text as the content of a run, with elements for tabs and line ends."""
    parts = re.split("([\t\n])", check_characters(text))
    elements = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    return "".join(
        elements.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in parts
        if part
    )


def _write_editable(
    column: str,
    texts: Sequence[str],
    placeholder: str,
    number: int,
    languages: _Languages,
    before: str = "",
) -> str:
    """Return paragraphs that everyone may change; an empty cell has a content control, so that there is something to click on.

    Args:
        column: The column.
        texts: The paragraphs.
        placeholder: The words of an empty cell.
        number: The number of the range, which is unique in the document.
        languages: The languages of the columns.
        before: A paragraph's content above them.
    """
    runs = [_write_run(text, column, languages) for text in texts]
    contents = [*([before] if before else []), *(runs or [_write_control(placeholder)])]
    contents[0] = f'<w:permStart w:id="{number}" w:edGrp="everyone"/>{contents[0]}'
    contents[-1] += f'<w:permEnd w:id="{number}"/>'
    properties = _paragraph_properties(column, languages)
    return "".join(f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>" for content in contents)


def _write_control(placeholder: str) -> str:
    run = f'<w:r><w:rPr><w:color w:val="808080"/></w:rPr><w:t>{placeholder}</w:t></w:r>'
    return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"


def _write_comment(one: Translation, number: int, languages: _Languages) -> str:
    """Return the notes, below the state of a translation that needs review."""
    lines = [*_split_lines(one.notes)]
    first = lines[0].strip(" .\n").casefold() if lines else ""
    state = FUZZY if one.fuzzy else STATES[0] if first in STATES else ""
    control = _write_state(state) if state else ""
    return _write_editable(COMMENT, lines, WRITE_COMMENT, 2 * number + 1, languages, control)


def _write_state(state: str) -> str:
    """Return a list to choose the state from."""
    items = "".join(
        f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in (FUZZY, STATES[0])
    )
    return (
        f"<w:sdt><w:sdtPr><w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{state}</w:t></w:r></w:sdtContent></w:sdt>"
    )


# Pictures

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE_NAMESPACES = (
    f'xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def _write_picture(document: Any, data: bytes, key: str, number: int) -> str:
    """Return a paragraph with the picture of a message's place."""
    relationship, image = document.part.get_or_add_image(io.BytesIO(data))
    scale = min(PICTURE_WIDTH / image.px_width, PICTURE_HEIGHT / image.px_height)
    size = f'cx="{round(image.px_width * scale * EMU)}" cy="{round(image.px_height * scale * EMU)}"'
    name = f'id="{number}" name="place {number}"'
    about = quoteattr(f"The place of message {key} on its page")
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{_style_id(PLACE)}"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {name} descr={about}/>'
        f'<a:graphic><a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
