"""Conversion of Word documents of any program to paragraphs, marks, notes and tables."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from brochure.errors import InputError
from brochure.l10n.message_text import write_marked
from brochure.manuscript.losses import count_losses
from brochure.manuscript.model import Manuscript, ManuscriptParagraph, ManuscriptTable
from brochure.manuscript.style_map import StyleMap, read_style_map
from brochure.manuscript.word_document import read_word
from tests.manuscript.made_word import document, paragraph, run, style

NO_STYLES = StyleMap()


def read(
    body: str,
    *,
    accept: bool | None = None,
    styles: StyleMap = NO_STYLES,
    links: Mapping[str, str] | None = None,
    **others: str,
) -> Manuscript:
    return read_word(document(body, links, **others), "story.docx", styles, accept=accept)


def said(made: Manuscript) -> list[str]:
    """Return the kind and the message of each paragraph, with the level of headings."""
    return [
        f"{one.role.kind}{one.role.level or ''} {write_marked(one.pieces)}"
        for one in made.blocks
        if isinstance(one, ManuscriptParagraph)
    ]


def words(body: str, **others: object) -> str:
    """Return the message of a document with one paragraph."""
    (one,) = said(read(body, **others))  # type: ignore[arg-type]
    return one.partition(" ")[2]


BOLD, ITALIC = "<w:b/>", "<w:i/>"

INLINE = {
    "plain": (run("Words"), "Words"),
    "runs split by revisions": (run("Wo") + "<w:proofErr/>" + run("rds"), "Words"),
    "bold": (run("so ") + run("strong", BOLD) + run(" it is"), "so **strong** it is"),
    "bold over several runs": (run("so ", BOLD) + run("strong", BOLD), "**so strong**"),
    "bold off": (run("no", '<w:b w:val="0"/>') + run("t", '<w:b w:val="false"/>'), "not"),
    "bold and italic": (run("both", BOLD + ITALIC), "***both***"),
    "italic inside of bold": (
        run("all ", BOLD) + run("of", BOLD + ITALIC) + run(" it", BOLD),
        "**all *of* it**",
    ),
    "a space in the marks": (run("so", BOLD) + run(" it", BOLD) + run(" is"), "**so it** is"),
    "spaces at the edges": (run("a") + run(" b ", ITALIC) + run("c"), "a *b* c"),
    "superscript": (run("1") + run("st", '<w:vertAlign w:val="superscript"/>'), "1^st^"),
    "subscript": (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "H~2~O"),
    "characters with a meaning": (
        run("2 * 3 [a] {b} x_y _z_"),
        "2 \\* 3 \\[a\\] '{'b'}' x_y \\_z\\_",
    ),
    "line break": (run("a") + "<w:r><w:br/></w:r>" + run("b"), "a\\\nb"),
    "carriage return": (run("a") + "<w:r><w:cr/></w:r>" + run("b"), "a\\\nb"),
    "tab": (run("a") + "<w:r><w:tab/></w:r>" + run("b"), "a b"),
    "run of spaces": (run("a     b"), "a b"),
    "hyphens": (
        run("non")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + run("stop")
        + "<w:r><w:softHyphen/></w:r>"
        + run("ped"),
        "non\u2011stop\u00adped",
    ),
    "symbol": ('<w:r><w:sym w:font="Symbol" w:char="F0AE"/></w:r>' + run(" on"), "→ on"),
    "symbol of a text font": ('<w:r><w:sym w:font="Calibri" w:char="00E9"/></w:r>', "é"),
    "smart tag": (run("in ") + f"<w:smartTag>{run('Oslo')}</w:smartTag>", "in Oslo"),
    "content control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Oslo')}</w:sdtContent></w:sdt>",
        "Oslo",
    ),
    "custom XML": (f"<w:customXml>{run('Oslo')}</w:customXml>", "Oslo"),
    "direction": (f'<w:bdo w:val="rtl">{run("مرحبا")}</w:bdo>', "مرحبا"),
    "right-to-left bold": (
        run("مرحبا", "<w:rtl/><w:bCs/>") + run(" x", "<w:rtl/><w:b/>"),
        "**مرحبا** x",
    ),
    "alternate content": (
        f"<mc:AlternateContent><mc:Choice>{run('new')}</mc:Choice><mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent>",
        "new",
    ),
    "phonetic guide": (
        f"<w:r><w:ruby><w:rt>{run('kyo')}</w:rt><w:rubyBase>{run('今日')}</w:rubyBase></w:ruby></w:r>",
        "今日",
    ),
    "link": (f'<w:hyperlink r:id="L">{run("here")}</w:hyperlink>', "[here](https://example.org/a)"),
    "bold in a link": (
        f'<w:hyperlink r:id="L">{run("not ")}{run("here", BOLD)}</w:hyperlink>',
        "[not **here**](https://example.org/a)",
    ),
    "link in the document": (f'<w:hyperlink w:anchor="top">{run("up")}</w:hyperlink>', "up"),
    "forbidden address": (f'<w:hyperlink r:id="X">{run("run")}</w:hyperlink>', "run"),
    "link field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://exa</w:instrText></w:r>'
        '<w:r><w:instrText>mple.org" \\l "part" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("there")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" it is")}',
        "[there](https://example.org#part) it is",
    ),
    "simple link field": (
        f'<w:fldSimple w:instr="HYPERLINK &quot;mailto:a@example.org&quot;">{run("mail")}</w:fldSimple>',
        "[mail](mailto:a@example.org)",
    ),
    "page number": (
        run("page ") + f'<w:fldSimple w:instr=" PAGE ">{run("7")}</w:fldSimple>',
        "page {page}",
    ),
    "page number in a complex field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>NUMPAGES</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" pages")}',
        "{pages} pages",
    ),
    "other field": (f'<w:fldSimple w:instr="DATE">{run("3 May")}</w:fldSimple>', "3 May"),
    "a field that does not end": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>',
        None,
    ),
    "bookmark": (
        '<w:bookmarkStart w:id="1" w:name="b"/>' + run("a") + '<w:bookmarkEnd w:id="1"/>',
        "a",
    ),
}
LINKS = {"L": "https://example.org/a", "X": "javascript:alert(1)"}


@pytest.mark.parametrize("name", INLINE)
def test_words_and_marks(name: str) -> None:
    inside, expected = INLINE[name]
    made = read(paragraph(inside) + paragraph("After"), links=LINKS)
    assert said(made) == [f"text {expected}" for expected in (expected, "After") if expected]


STYLES = "".join(
    (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>',
        '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>',
        style("berschrift1", "heading 1", "Standard", "<w:rPr><w:b/></w:rPr>"),
        style("Titre2", "Titre 2"),
        style("Chapter", "Our Chapter", "berschrift1"),
        style("Outlined", "Outlined", "", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        style("Loop", "Loop", "Loop2"),
        style("Loop2", "Loop 2", "Loop"),
        style("Fett", "Strong", kind="character", inside="<w:rPr><w:b/></w:rPr>"),
        style("Shout", "Shout", kind="character", inside="<w:rPr><w:b/><w:i/></w:rPr>"),
        style("Term", "Term", kind="character", inside="<w:rPr><w:i/></w:rPr>"),
        style("Hidden", "Hidden", "Standard", "<w:rPr><w:vanish/></w:rPr>"),
        style(
            "Aufzhlung",
            "Punkte",
            "Standard",
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
        ),
        style("Verzeichnis1", "toc 1"),
        style("Zitat", "Quote"),
        style("Intro", "Intro"),
    )
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)

ROLES = {
    "German identifier": ("berschrift1", "heading1 Words"),
    "French name": ("Titre2", "heading2 Words"),
    "based on a heading": ("Chapter", "heading1 Words"),
    "outline level": ("Outlined", "heading3 Words"),
    "styles based on each other": ("Loop", "text Words"),
    "quotation": ("Zitat", "quote Words"),
    "a style that does not exist": ("Heading4", "heading4 Words"),
    "default": ("", "text Words"),
}


@pytest.mark.parametrize("name", ROLES)
def test_styles(name: str) -> None:
    identifier, expected = ROLES[name]
    made = read_word(
        document(paragraph("Words", identifier), styles=STYLES), "a.docx", NO_STYLES, accept=None
    )
    assert said(made) == [expected]


def with_styles(body: str, mapping: str = "", numbering: str = NUMBERING) -> Manuscript:
    styles = read_style_map(mapping.encode(), "styles.yaml") if mapping else NO_STYLES
    data = document(body, styles=STYLES, numbering=numbering)
    return read_word(data, "a.docx", styles, accept=None)


def test_a_mapping_file_takes_precedence() -> None:
    mapping = (
        "paragraphs:\n  our chapter: title\n  Intro: {as: text, style: lead}\n  Zitat: skip\n"
        "characters:\n  Term: term\n  Shout: none\n"
    )
    body = (
        paragraph("One", "Chapter")
        + paragraph(
            run("Two ")
            + run("a", '<w:rStyle w:val="Term"/>')
            + run("b", '<w:rStyle w:val="Shout"/>'),
            "Intro",
        )
        + paragraph("Three", "Zitat")
    )
    made = with_styles(body, mapping)
    assert said(made) == ["title One", "text Two [a]{.term}b"]
    assert [one.role.style for one in made.blocks if isinstance(one, ManuscriptParagraph)] == [
        "",
        "lead",
    ]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("paragraphs: {Intro: sidebar}", "'sidebar' is not valid here"),
        ("paragraphs: [a]", "expected names of styles"),
        ("styles: {}", "unknown key 'styles'"),
        ("paragraphs: {Intro: {as: text}}", "this mapping is not valid"),
        ("characters: {Term: two words}", "'two words' is not valid here"),
        ("[]", "the file has no mapping"),
    ],
)
def test_a_wrong_mapping_file_is_an_error(mapping: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        read_style_map(mapping.encode(), "styles.yaml")
    assert message in raised.value.findings[0].message


TOGGLES = {
    "a bold heading has no marks": (
        paragraph(run("One", BOLD) + run(" two"), "berschrift1"),
        "One two",
    ),
    "a character style in text": (
        paragraph(run("a ") + run("b", '<w:rStyle w:val="Fett"/>'), ""),
        "a **b**",
    ),
    "named strong in a bold style": (
        paragraph(run("a ") + run("b", '<w:rStyle w:val="Fett"/>'), "berschrift1"),
        "a **b**",
    ),
    "a style of both": (
        paragraph(run("a ") + run("b", '<w:rStyle w:val="Shout"/>'), ""),
        "a ***b***",
    ),
    "direct italic in an italic style": (
        paragraph(run("a ") + run("b", '<w:rStyle w:val="Term"/><w:i w:val="0"/>'), ""),
        "a b",
    ),
}


@pytest.mark.parametrize("name", TOGGLES)
def test_toggles(name: str) -> None:
    body, expected = TOGGLES[name]
    (found,) = said(with_styles(body))
    assert found.partition(" ")[2] == expected


def item(text: str, number: int, level: int = 0) -> str:
    inside = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, "", inside)


def test_lists() -> None:
    body = (
        paragraph("by style", "Aufzhlung")
        + item("a", 1)
        + item("b", 1, 1)
        + item("three", 2)
        + paragraph("between")
        + item("four", 2)
        + item("one", 3)
        + item("no list", 0)
        + paragraph("none", "Aufzhlung", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    made = with_styles(body)
    found = [
        (one.role.kind.value, one.level, one.number, one.text)
        for one in made.blocks
        if isinstance(one, ManuscriptParagraph)
    ]
    assert found == [
        ("bullet", 0, 1, "by style"),
        ("bullet", 0, 2, "a"),
        ("bullet", 1, 1, "b"),
        ("number", 0, 3, "three"),
        ("text", 0, 1, "between"),
        ("number", 0, 4, "four"),
        ("number", 0, 1, "one"),
        ("text", 0, 1, "no list"),
        ("text", 0, 1, "none"),
    ]


CHANGED = (
    paragraph(
        run("We ")
        + f"<w:ins>{run('now ')}</w:ins><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        + run("sail.")
    )
    + paragraph(run("First"), "", "<w:rPr><w:del/></w:rPr>")
    + paragraph(run(" second"))
    + paragraph(f"<w:moveFrom>{run('Moved')}</w:moveFrom>", "", "<w:rPr><w:moveFrom/></w:rPr>")
    + paragraph("Stays")
    + paragraph(f"<w:moveTo>{run('Moved')}</w:moveTo>", "", "<w:rPr><w:moveTo/></w:rPr>")
    + paragraph(
        "<w:r><w:rPr><w:b/><w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>Look</w:t></w:r>"
    )
)


def test_tracked_changes_accepted_and_rejected() -> None:
    accepted = [
        "text We now sail.",
        "text First second",
        "text Stays",
        "text Moved",
        "text **Look**",
    ]
    rejected = [
        "text We never sail.",
        "text First",
        "text second",
        "text Moved",
        "text Stays",
        "text *Look*",
    ]
    made = read(CHANGED, accept=True)
    assert said(made) == accepted
    assert said(read(CHANGED, accept=False)) == rejected
    assert count_losses(made.findings)["changes"] == 5


def test_tracked_changes_need_a_decision() -> None:
    with pytest.raises(InputError) as raised:
        read(CHANGED)
    finding = raised.value.findings[0]
    assert finding.code == "manuscript-changes"
    assert "--changes accept" in finding.hint


def test_an_inserted_row_of_a_table() -> None:
    def row(text: str, change: str = "") -> str:
        return f"<w:tr><w:trPr>{change}</w:trPr><w:tc>{paragraph(text)}</w:tc><w:tc>{paragraph('x')}</w:tc></w:tr>"

    body = f"<w:tbl>{row('head')}{row('new', '<w:ins/>')}{row('old', '<w:del/>')}</w:tbl>"
    for accept, expected in ((True, ["head", "new"]), (False, ["head", "old"])):
        (table,) = read(body, accept=accept).blocks
        assert isinstance(table, ManuscriptTable)
        assert [cells[0].text for cells in table.rows] == expected


def test_merged_cells_span_columns_and_rows() -> None:
    def cell(text: str, inside: str = "") -> str:
        return f"<w:tc><w:tcPr>{inside}</w:tcPr>{paragraph(text)}</w:tc>"

    across, start, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('wide', across)}{cell('c')}</w:tr>"
        f"<w:tr>{cell('tall', start)}{cell('b2')}{cell('c2')}</w:tr>"
        f"<w:tr>{cell('', on)}{cell('b3')}</w:tr></w:tbl>"
    )
    (table,) = read(body).blocks
    assert isinstance(table, ManuscriptTable)
    assert table.head == 1
    assert [[(cell.text, cell.columns, cell.rows) for cell in cells] for cells in table.rows] == [
        [("wide", 2, 1), ("c", 1, 1)],
        [("tall", 1, 2), ("b2", 1, 1), ("c2", 1, 1)],
        [("b3", 1, 1), ("", 1, 1)],
    ]


def test_notes_and_comments() -> None:
    footnotes = (
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("See ") + run("there", ITALIC))}{paragraph("And here")}</w:footnote>'
        f'<w:footnote w:id="3">{paragraph("In deleted text")}</w:footnote>'
    )
    comments = f'<w:comment w:id="5" w:author="Ann">{paragraph("Is this right?")}</w:comment>'
    body = paragraph(
        '<w:commentRangeStart w:id="5"/>' + run("Ferry") + '<w:commentRangeEnd w:id="5"/>'
        '<w:r><w:commentReference w:id="5"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:del><w:r><w:footnoteReference w:id="3"/></w:r></w:del>' + run(" stopped")
    )
    made = read(body, accept=True, footnotes=footnotes, comments=comments)
    (one,) = made.blocks
    assert isinstance(one, ManuscriptParagraph)
    assert write_marked(one.pieces) == "Ferry[^f2] stopped"
    assert one.comments == ("on 'Ferry': Is this right?",)
    assert {name: [*map(write_marked, note)] for name, note in made.notes.items()} == {
        "f2": ["See *there*", "And here"]
    }


BOX = f"<w:txbxContent>{paragraph('In a box')}</w:txbxContent>"
LEFT_OUT = {
    "text-box": (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        "In a box",
    ),
    "picture": ('<w:r><w:drawing><wp:docPr descr="Our boat"/></w:drawing></w:r>', "Our boat"),
    "equation": ("<m:oMath><m:r><m:t>E=mc²</m:t></m:r></m:oMath>", "E=mc²"),
    "hidden": (run("Not for readers", "<w:vanish/>"), "Not for readers"),
    "formatting": (
        run("Red", '<w:color w:val="FF0000"/>'),
        "the colour of words is not taken: 'Red'",
    ),
    "break": ('<w:r><w:br w:type="page"/></w:r>', "a page break"),
    "field": (f'<w:fldSimple w:instr="REF b">{run("page 3")}</w:fldSimple>', "the field REF"),
    "link": (
        f'<w:hyperlink w:anchor="x">{run("up there")}</w:hyperlink>',
        "a link inside the document",
    ),
    "symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0FF"/></w:r>', "F0FF"),
    "spacing": (run("a") + "<w:r><w:tab/></w:r>" + run("b"), "tabs are single spaces"),
    "text": (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>",
        "Click here",
    ),
}


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_content_that_is_not_imported_is_reported_once_with_its_place(kind: str) -> None:
    inside, message = LEFT_OUT[kind]
    made = read(paragraph("Before") + paragraph(inside))
    found = [one for one in made.findings if one.code == f"manuscript-{kind}"]
    assert len(found) == 1
    assert message in found[0].message
    assert found[0].span is not None
    assert (found[0].span.line, found[0].count) == (2, 1)


def test_paragraph_formatting_is_reported() -> None:
    body = (
        paragraph("")
        + paragraph(run("Who we are", BOLD))
        + paragraph("Centred", "", '<w:jc w:val="center"/><w:spacing w:before="200"/>')
        + paragraph("• typed")
        + paragraph("Unknown", "Sidebar")
        + paragraph("End", "", "<w:sectPr/>")
    )
    made = read(body, header=paragraph("Draft"))
    found = {f"{one.code.removeprefix('manuscript-')} {one.message}" for one in made.findings}
    assert found == {
        "header a header is not taken: 'Draft'",
        "style a bold paragraph is text; is it a heading?: 'Who we are'",
        "style the style 'Sidebar' is taken as text: 'Unknown'",
        "formatting alignment of a paragraph, set by hand, is not taken: 'Centred'",
        "formatting space between lines and paragraphs of a paragraph, set by hand, is not taken: 'Centred'",
        "spacing an empty paragraph is not taken",
        "break a section break is not taken: 'End'",
        "list a typed bullet stays in the text: '• typed'",
    }


def test_tables_of_contents_are_left_out() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        f"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('One 3')}</w:sdtContent></w:sdt>"
        + paragraph(
            field.format("begin")
            + "<w:r><w:instrText>TOC</w:instrText></w:r>"
            + field.format("separate")
            + run("A 1"),
            "Verzeichnis1",
        )
        + paragraph(run("B 2") + field.format("end"), "Verzeichnis1")
        + paragraph("Text")
    )
    assert said(with_styles(body)) == ["text Text"]


def test_text_of_a_hidden_style_is_left_out() -> None:
    assert said(with_styles(paragraph("Secret", "Hidden") + paragraph("Open"))) == ["text Open"]


def test_resolved_comments_are_left_out() -> None:
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    comments = "".join(
        f'<w:comment w:id="{name}"><w:p w14:paraId="{name}A">{run(text)}</w:p></w:comment>'
        for name, text in (("1", "Done"), ("2", "Open"))
    )
    marks = "".join(f'<w:r><w:commentReference w:id="{name}"/></w:r>' for name in "12")
    extended = f'<x:commentEx xmlns:x="{w15}" x:paraId="1A" x:done="1"/>'
    made = read(paragraph(run("Words") + marks), comments=comments, commentsExtended=extended)
    assert [one.comments for one in made.blocks if isinstance(one, ManuscriptParagraph)] == [
        ("Open",)
    ]
