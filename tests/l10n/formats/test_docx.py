"""DOCX: bilingual tables as offices send them back from Word, LibreOffice and other programs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

import docx as python_docx
import pytest
from lxml import etree
from PIL import Image

from brochure.findings import Finding, Severity, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import docx
from brochure.l10n.formats._placeholder_repair import restore_placeholders
from brochure.l10n.formats._word_table import PLACEHOLDERS
from brochure.translation.interchange import merge_returned

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADS = ("no.", "place", "source (en)", "translation (fr)", "limit", "comment")


# Documents made by hand


def relationships(targets: Mapping[str, str], more: str = "") -> str:
    links = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}">{links}{more}</Relationships>'


def document(body: str, parts: Mapping[str, str] = MappingProxyType({}), links: str = "") -> bytes:
    """A document with this body, and comments or other parts beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("_rels/.rels", relationships({"officeDocument": "word/document.xml"}))
        packed.writestr(
            "word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        )
        own = {name.removesuffix(".xml"): name for name in parts}
        packed.writestr("word/_rels/document.xml.rels", relationships(own, links))
        for name, content in parts.items():
            root = name.removesuffix(".xml")
            packed.writestr(f"word/{name}", f"<w:{root} {NAMESPACES}>{content}</w:{root}>")
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def cell(content: str, properties: str = "") -> str:
    """A cell of text, or of paragraphs."""
    inner = content if content.startswith("<") else paragraph(run(content))
    inner = inner if inner.startswith(("<w:p", "<w:sdt")) else paragraph(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    made = (one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblGrid/>{row(*HEADS)}{''.join(rows)}</w:tbl>"


def message(number: int, key: str, source: str, text: str, comment: str = "") -> str:
    return row(f"{number}\n", "", source, text, "", comment).replace(
        f"{number}\n", f"{number} {key}", 1
    )


def read(data: bytes) -> tuple[Catalogue, tuple[Finding, ...]]:
    return docx.read(data, "fr.docx", "fr")


def read_table(*rows: str) -> tuple[Catalogue, tuple[Finding, ...]]:
    return read(document(table(*rows)))


def texts(found: Catalogue) -> dict[str, str]:
    return {key: one.text for key, one in found.entries.items()}


def codes(findings: Iterable[Finding]) -> list[str]:
    return [one.code for one in findings]


# What is written


def catalogue(language: str = "fr", **pictures: bytes) -> Catalogue:
    entries = (
        Translation(
            "a", "Source A", "Texte A", Span("x"), comments="page 1\nfits about 30 characters"
        ),
        Translation("b", "Source B", "", Span("x")),
        Translation("c", "New", "Texte C", Span("x"), fuzzy=True, previous="Old", notes="Look"),
    )
    return Catalogue(language, "x", {one.key: one for one in entries}, pictures=pictures)


def parts_of(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = [name for name in packed.namelist() if name.endswith(".xml")]
        return {name: etree.fromstring(packed.read(name)) for name in names}


def find(element: Any, path: str) -> list[Any]:
    return list(element.findall(path, {"w": W}))


def value(element: Any, name: str) -> str:
    return str(element.get(f"{{{W}}}{name}"))


def test_only_translations_and_comments_can_be_changed() -> None:
    parts = parts_of(docx.write(catalogue()))
    (protection,) = find(parts["word/settings.xml"], "w:documentProtection")
    assert (value(protection, "edit"), value(protection, "enforcement")) == ("readOnly", "1")
    assert protection.get(f"{{{W}}}hash") is None
    rows = find(parts["word/document.xml"], ".//w:tr")
    assert len(rows) == 4
    assert len(find(parts["word/document.xml"], ".//w:permStart")) == 6
    numbers = set()
    for made in rows[1:]:
        for name, one in zip(HEADS, find(made, "w:tc"), strict=True):
            starts, ends = find(one, ".//w:permStart"), find(one, ".//w:permEnd")
            is_open = name.startswith(("translation", "comment"))
            assert (len(starts), len(ends)) == (is_open, is_open)
            if is_open:
                assert value(starts[0], "edGrp") == "everyone"
                assert value(starts[0], "id") == value(ends[0], "id")
                numbers.add(value(starts[0], "id"))
                inside = etree.tostring(one).decode()
                between = inside[inside.index("permStart") : inside.index("permEnd")]
                assert "<w:t" in between, "an empty range could not be clicked on"
    assert len(numbers) == 6


def test_the_headings_are_repeated_and_rows_stay_together() -> None:
    rows = find(parts_of(docx.write(catalogue()))["word/document.xml"], ".//w:tr")
    assert [len(find(one, "w:trPr/w:tblHeader")) for one in rows] == [1, 0, 0, 0]
    assert all(find(one, "w:trPr/w:cantSplit") for one in rows)
    heads = ["".join(find(rows[0], "w:tc")[at].itertext()) for at in range(6)]
    assert heads == list(HEADS)


@pytest.mark.parametrize(("language", "is_rtl"), [("ar", True), ("ur", True), ("km", False)])
def test_columns_have_language_and_direction(language: str, is_rtl: bool) -> None:
    parts = parts_of(docx.write(catalogue(language)))
    styles = {value(one, "styleId"): one for one in find(parts["word/styles.xml"], "w:style")}
    languages = {
        name: value(find(styles[f"Column{name}"], "w:rPr/w:lang")[0], "val")
        for name in ("source", "translation", "comment", "limit")
    }
    assert languages == {
        "source": "en",
        "translation": language,
        "comment": language,
        "limit": "en",
    }
    body = parts["word/document.xml"]
    assert len(find(body, ".//w:tblPr/w:bidiVisual")) == is_rtl
    for made in find(body, ".//w:tr")[1:]:
        cells = find(made, "w:tc")
        assert bool(find(cells[3], "w:p/w:pPr/w:bidi")) is is_rtl
        assert not find(cells[2], "w:p/w:pPr/w:bidi")
    assert bool(find(body, ".//w:tc/w:p/w:r/w:rPr/w:rtl")) is is_rtl


def test_places_are_pictures_in_their_rows() -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "red").save(out, "JPEG")
    data = docx.write(catalogue(a=out.getvalue()))
    opened = python_docx.Document(io.BytesIO(data))
    (shape,) = opened.inline_shapes
    assert (shape.width.pt, shape.height.pt) == (120, 40)
    cells = opened.tables[0].rows[1].cells
    assert "graphicData" in cells[1]._tc.xml
    assert cells[1].text.strip() == "page 1"
    assert cells[4].text == "fits about 30 characters"
    found, findings = read(data)
    assert (findings, found.entries["a"].comments) == ((), "page 1\nfits about 30 characters")


def test_a_fuzzy_translation_shows_its_state_and_the_former_source() -> None:
    data = docx.write(catalogue())
    cells = python_docx.Document(io.BytesIO(data)).tables[0].rows[3].cells
    assert cells[2].text.split("\n") == ["New", "previous source:", "Old"]
    body = parts_of(data)["word/document.xml"]
    items = [value(one, "value") for one in find(body, ".//w:dropDownList/w:listItem")]
    assert items == ["fuzzy", "translated"]
    found, _ = read(data)
    one = found.entries["c"]
    assert (one.fuzzy, one.previous, one.notes, one.source) == (True, "Old", "Look", "New")


def test_a_note_that_begins_like_a_state_stays_a_note() -> None:
    one = Translation("a", "A", "Ah", Span("x"), notes="Fuzzy.\nmore")
    found, _ = read(docx.write(Catalogue("fr", "x", {"a": one})))
    assert (found.entries["a"].fuzzy, found.entries["a"].notes) == (False, "Fuzzy.\nmore")


# Tracked changes


def test_tracked_changes_are_accepted() -> None:
    changed = (
        run("Il y a ")
        + f'<w:ins w:id="1" w:author="Anna">{run("douze")}</w:ins>'
        + '<w:del w:id="2" w:author="Anna"><w:r><w:delText>dix</w:delText></w:r></w:del>'
        + f'<w:moveFrom w:id="3">{run(" ici")}</w:moveFrom>{run(" puits")}'
        + f'<w:moveTo w:id="4">{run(" là")}</w:moveTo>'
        + f'<w:ins w:id="5"><w:del w:id="6">{run("jamais")}</w:del></w:ins>'
    )
    found, findings = read_table(message(1, "a", "A", changed), message(2, "b", "B", "Bé"))
    assert texts(found) == {"a": "Il y a douze puits là", "b": "Bé"}
    assert codes(findings) == ["docx-changes"]
    assert (findings[0].severity, findings[0].span) == (Severity.NOTE, Span("fr.docx", 2))


def test_deleted_paragraph_ends_join_paragraphs() -> None:
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    content = paragraph(run("Un "), mark) + paragraph(run("texte.")) + paragraph(run("Fin."))
    gone = paragraph(f'<w:del w:id="3">{run("x")}</w:del>', mark)
    found, _ = read_table(message(1, "a", "A", content + gone))
    assert texts(found) == {"a": "Un texte.\n\nFin."}


def test_a_deleted_row_is_not_in_the_file_and_an_inserted_one_is() -> None:
    gone = message(1, "a", "A", "Ah").replace("<w:trPr>", '<w:trPr><w:del w:id="1"/>')
    new = message(2, "b", "B", "Bé").replace("<w:trPr>", '<w:trPr><w:ins w:id="2"/>')
    assert texts(read_table(gone, new)[0]) == {"b": "Bé"}


# Comments


def comments(*given: tuple[str, str, str]) -> str:
    """Comments by id, author and text; their paragraphs have the id as mark."""
    return "".join(
        f'<w:comment w:id="{number}" w:author="{author}">'
        f'<w:p w14:paraId="{number}"><w:r><w:annotationRef/></w:r>{run(text)}</w:p></w:comment>'
        for number, author, text in given
    )


def test_comments_on_any_cell_of_a_row_become_notes() -> None:
    anchored = (
        f'<w:commentRangeStart w:id="0"/>{run("Ah")}<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    on_source = f'{run("B")}<w:r><w:commentReference w:id="1"/></w:r>'
    rows = (message(1, "a", "A", anchored, "mine"), message(2, "b", on_source, "Bé"))
    body = table(*rows) + paragraph(f'{run("End")}<w:r><w:commentReference w:id="9"/></w:r>')
    given = comments(("0", "Anna", "Too long?"), ("1", "", "Which one?"), ("9", "Tom", "All fine"))
    found, findings = read(document(body, {"comments.xml": given}))
    assert [one.notes for one in found.entries.values()] == ["mine\nAnna: Too long?", "Which one?"]
    (finding,) = findings
    assert finding.code == "docx-comment"
    assert "'Tom: All fine'" in finding.message


def test_answers_without_their_own_place_follow_their_comment() -> None:
    anchored = f'{run("Ah")}<w:r><w:commentReference w:id="0"/></w:r>'
    threads = '<w15:commentEx w15:paraId="0" w15:done="1"/><w15:commentEx w15:paraId="1" w15:paraIdParent="0"/>'
    parts = {
        "comments.xml": comments(("0", "Anna", "Right?"), ("1", "Tom", "Yes.")),
        "commentsExtended.xml": threads,
    }
    found, findings = read(document(table(message(1, "a", "A", anchored)), parts))
    assert findings == ()
    assert found.entries["a"].notes == "Anna: Right?\nTom: Yes."


# Rows


def ours(**sources: str) -> Catalogue:
    entries = {key: Translation(key, text, "", Span("fr.po")) for key, text in sources.items()}
    return Catalogue("fr", "fr.po", entries)


def test_renumbered_and_reordered_rows_are_found_by_their_keys() -> None:
    rows = (
        message(7, "b", "B", "Bé"),
        row("12.", "", "A", "Ah", "", ""),
        message(3, "c", "C", "Cé"),
    )
    found, findings = read_table(*rows)
    assert findings == ()
    assert list(found.entries) == ["b", "row 3", "c"]
    result = merge_returned(ours(a="A", b="B", c="C", d="D"), found)
    assert texts(result.catalogue) == {"a": "Ah", "b": "Bé", "c": "Cé", "d": ""}
    assert codes(result.findings) == ["key-matched", "import-partial"]


def test_added_rows_are_reported_and_empty_ones_skipped() -> None:
    rows = (
        message(1, "a", "A", "Ah"),
        row("", "", "", "", "", ""),
        row("", "", "Own", "Propre", "", ""),
    )
    found, findings = read_table(*rows)
    assert findings == ()
    result = merge_returned(ours(a="A"), found)
    assert codes(result.findings) == ["key-unknown"]
    assert "'row 4'" in result.findings[0].message


def test_a_key_may_be_below_its_number_beside_it_or_alone() -> None:
    below = cell(paragraph(run("1")) + paragraph(run("a.b")))
    broken = cell(paragraph(run("2")) + paragraph(run("long.")) + paragraph(run("key")))
    cells = ("", "A", "Ah", "", "")
    found, findings = read_table(
        row(below, *cells), row(broken, *cells), row("3 c", *cells), row("d", *cells)
    )
    assert findings == ()
    assert list(found.entries) == ["a.b", "long.key", "c", "d"]


def test_a_divided_table_continues_and_repeated_headings_are_not_messages() -> None:
    first = table(message(1, "a", "A", "Ah"), row(*HEADS))
    second = f"<w:tbl>{message(2, 'b', 'B', 'Bé')}</w:tbl>"
    other = f"<w:tbl>{row('Prices', 'EUR')}</w:tbl>"
    found, findings = read(document(other + first + paragraph("") + second + other))
    assert findings == ()
    assert texts(found) == {"a": "Ah", "b": "Bé"}
    assert found.declared == "fr"


def test_rows_above_the_headings_and_missing_columns_are_ignored() -> None:
    heads = row("Source [en]", "Translation (es)")
    body = f"<w:tbl>{row('Please fill in')}{heads}{row('A', 'Ah')}</w:tbl>"
    found, findings = read(document(body))
    assert findings == ()
    assert (found.declared, texts(found)) == ("es", {"row 3": "Ah"})


def test_rows_in_content_controls_and_cells_before_the_grid() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{message(1, 'a', 'A', 'Ah')}</w:sdtContent></w:sdt>"
    shifted = row("B", "Bé", "", "", properties='<w:gridBefore w:val="2"/>')
    found, findings = read_table(wrapped, shifted)
    assert findings == ()
    assert texts(found) == {"a": "Ah", "row 3": "Bé"}


@pytest.mark.parametrize("columns", ["source and translation", "two translations"])
def test_merged_cells_are_left_out_and_reported(columns: str) -> None:
    good = message(3, "c", "C", "Cé")
    rows: tuple[str, ...]
    if columns == "source and translation":
        wide = cell("A Ah", '<w:gridSpan w:val="2"/>')
        rows = (row("1 a", "", wide, "", ""), good)
        left_out = {"a"}
    else:
        restart, more = ('<w:vMerge w:val="restart"/>', "<w:vMerge/>")
        rows = (
            row("1 a", "", "A", cell("Ah Bé", restart), "", ""),
            row("2 b", "", "B", cell("<w:p/>", more), "", ""),
            good,
        )
        left_out = {"a", "b"}
    found, findings = read_table(*rows)
    assert codes(findings) == ["table-cell"] * len(left_out)
    assert "merged with another cell" in findings[0].message
    assert found.left_out == left_out
    assert texts(found) == {**dict.fromkeys(sorted(left_out), ""), "c": "Cé"}


# Text as Word and other programs write it


def test_empty_paragraphs_are_ignored() -> None:
    content = (
        paragraph(run("Un."))
        + paragraph("")
        + paragraph(run("Deux,") + "<w:r><w:br/></w:r>" + run("trois"))
    )
    found, _ = read_table(message(1, "a", "A", content + paragraph("")))
    assert texts(found) == {"a": "Un.\n\nDeux,\ntrois"}


def test_text_in_links_fields_controls_and_symbols() -> None:
    content = (
        f'<w:hyperlink r:id="r1" xmlns:r="{OFFICE}">{run("[site](https://a.org)")}</w:hyperlink>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(" 2 mai")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run(' ici')}</w:sdtContent></w:sdt>"
        '<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:sym w:font="Symbol" w:char="03B1"/></w:r>'
        '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="x"/>'
        f"<w:smartTag>{run('!')}</w:smartTag><w:dir w:val='rtl'>{run('?')}</w:dir>"
    )
    found, findings = read_table(message(1, "a", "A", content))
    assert findings == ()
    assert texts(found) == {"a": "[site](https://a.org) 2 mai ici\t\u2011\u00ad\u03b1!?"}


def test_an_empty_cell_is_empty_in_each_program() -> None:
    shown = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    localized = shown.format(run("Cliquez ou appuyez ici pour entrer du texte."))
    kept = PLACEHOLDERS[0]
    found, findings = read_table(
        message(1, "a", "A", localized),
        message(2, "b", "B", f"<w:sdt><w:sdtContent>{run(kept)}</w:sdtContent></w:sdt>"),
        message(3, "c", "C", kept, PLACEHOLDERS[1]),
        message(4, "d", "D", f"{kept}Texte"),
    )
    assert texts(found) == {"a": "", "b": "", "c": "", "d": "Texte"}
    assert found.entries["c"].notes == ""
    assert not [one for one in findings if one.severity is not Severity.NOTE]


@pytest.mark.parametrize(
    ("source", "typed", "restored"),
    [
        ("{n, number} of", "{n,\u00a0number} de", "{n, number} de"),
        (
            "{n, number, ::percent} of",
            "de {N, number, \u00a0::percent}",
            "de {n, number, ::percent}",
        ),
        ("a '{' b", "un ’{’ bé", "un '{' bé"),
        ("[a]{.big-type} b", "[l’un]{.Big–type} bé", "[l’un]{.big-type} bé"),
        ("[a](https://a.org/x-y)", "[l’un](https://a.org/x–y)", "[l’un](https://a.org/x-y)"),
        ("{n} and {m}", "{m} et “{n}” – ‘oui’", "{m} et “{n}” – ‘oui’"),
        ("{n, plural, one {# child} other {# children}}",) * 2
        + ("{n, plural, one {# child} other {# children}}",),
        ("{n} a", "{autre} bé", "{autre} bé"),
    ],
)
def test_placeholders_that_word_has_changed_are_restored(
    source: str, typed: str, restored: str
) -> None:
    found, findings = read_table(message(1, "a", source, typed))
    assert texts(found) == {"a": restored}
    assert codes(findings) == (["table-placeholder"] if typed != restored else [])


def test_words_are_never_taken_for_placeholders() -> None:
    source = "{n, plural, one {# child} other {# children}} [A](https://a.org/EN)"
    for text in (
        "{n, plural, one {# Child} other {# Children}}",
        "[A](https://a.org/en)",
        "{# child }",
    ):
        assert restore_placeholders(text, source) == text


def test_formatting_and_content_that_is_not_imported_is_reported() -> None:
    bold = run("Très", "<w:b/>") + run(" bien", '<w:b w:val="0"/>')
    note = run("Ah") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    versions = "<mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
    drawn = run("Bé") + f"<w:r><mc:AlternateContent>{versions}</mc:AlternateContent></w:r>"
    found, findings = read_table(
        message(1, "a", "A", bold), message(2, "b", "B", note), message(3, "c", "C", drawn)
    )
    assert texts(found) == {"a": "Très bien", "b": "Ah", "c": "Bé"}
    assert codes(findings) == ["docx-formatting", "docx-content", "docx-content"]
    assert ["a footnote" in findings[1].message, "a picture" in findings[2].message] == [True, True]


def test_the_state_is_the_first_line_of_a_comment() -> None:
    listed = "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    chosen = paragraph(listed.format(run("translated"))) + paragraph(run("Fine."))
    found, findings = read_table(
        message(1, "a", "A", "Ah", "Fuzzy."),
        message(2, "b", "B", "Bé", chosen),
        message(3, "c", "C", "Cé", paragraph(run("fuzzy")) + paragraph(run("Really?"))),
    )
    assert findings == ()
    assert [(one.fuzzy, one.notes) for one in found.entries.values()] == [
        (True, ""),
        (False, "Fine."),
        (True, "Really?"),
    ]


def test_a_document_saved_by_libreoffice() -> None:
    """Content controls are gone, runs are divided and have fonts, ranges are bookmarks, spaces are kept."""
    sent = replace(catalogue(), entries={**catalogue().entries})
    with zipfile.ZipFile(io.BytesIO(docx.write(sent))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    text = parts["word/document.xml"].decode()
    text = re.sub(r"</?w:sdt(?:Content)?>|<w:sdtPr>.*?</w:sdtPr>", "", text)
    text = re.sub(r'<w:perm(Start|End) w:id="(\d+)"[^>]*>', r'<w:bookmark\1 w:id="\2"/>', text)
    text = text.replace(
        "Texte A", "Tex</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii='X'/></w:rPr><w:t>te A"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in {**parts, "word/document.xml": text.encode()}.items():
            packed.writestr(name, data)
    found, findings = read(out.getvalue())
    assert findings == ()
    assert {key: (one.text, one.fuzzy, one.notes) for key, one in found.entries.items()} == {
        key: (one.text, one.fuzzy, one.notes) for key, one in sent.entries.items()
    }


def test_a_document_that_another_program_has_filled_in_and_saved() -> None:
    """python-docx replaces the content of a cell, and writes all parts again."""
    opened = python_docx.Document(io.BytesIO(docx.write(catalogue("ar"))))
    cells = opened.tables[0].rows[2].cells
    cells[3].text, cells[5].text = "نص", "ملاحظة"
    run_of_a = opened.tables[0].rows[1].cells[3].paragraphs[0].runs[0]
    opened.add_comment(run_of_a, text="Right?", author="Anna")
    out = io.BytesIO()
    opened.save(out)
    found, findings = docx.read(out.getvalue(), "ar.docx", "ar")
    assert findings == ()
    assert (found.declared, found.entries["b"].text, found.entries["b"].notes) == (
        "ar",
        "نص",
        "ملاحظة",
    )
    assert (found.entries["a"].text, found.entries["a"].notes) == ("Texte A", "Anna: Right?")


# Files that are refused


def test_a_document_with_a_template_is_read_without_following_links() -> None:
    outside = f'<Relationship Id="x" Type="{OFFICE}/attachedTemplate" Target="file:///S:/office.dotm" TargetMode="External"/>'
    found, findings = read(document(table(message(1, "a", "A", "Ah")), links=outside))
    assert (texts(found), findings) == ({"a": "Ah"}, ())
    part = outside.replace("attachedTemplate", "subDocument")
    _, (finding,) = read(document(table(message(1, "a", "A", "Ah")), links=part))
    assert "refers to 'file:///S:/office.dotm' outside the document" in finding.message


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<w:p/>" + " " * 41_000_000, "the document unpacks to more than 40 MB"),
        ("<w:tbl>" * 120 + "</w:tbl>" * 120, "more than 100 levels of elements"),
        ("<w:p/>" * 300_001, "more than 300,000 elements"),
        ("<w:p>", "not well-formed XML"),
        ("", "the document has no table"),
        (f"<w:tbl>{row('source', 'target')}</w:tbl>", "no table has the columns"),
    ],
)
def test_documents_that_cannot_be_read_are_refused(body: str, reason: str) -> None:
    found, (finding,) = read(document(body))
    assert found.entries == {}
    assert reason in finding.message
    assert finding.span == Span("fr.docx")


def test_a_document_with_entities_or_macros_is_refused() -> None:
    good = document(table(message(1, "a", "A", "Ah")))
    for name, content, reason in (
        ("word/x.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document type declaration"),
        ("word/vbaProject.bin", "x", "the document contains macros"),
        ("../x.xml", "<x/>", "points outside the document"),
    ):
        packed = io.BytesIO(good)
        with zipfile.ZipFile(packed, "a") as parts:
            parts.writestr(name, content)
        _, (finding,) = read(packed.getvalue())
        assert finding.code == "docx-form"
        assert reason in finding.message


def test_parts_that_the_parser_refuses_are_findings() -> None:
    long = message(1, "a", "A", "x" * 10_000_001)
    threads = {"comments.xml": '<w:comment xmlns:x="\ufeff"/>'}
    for data in (document(table(long)), document(table(message(1, "a", "A", "Ah")), threads)):
        found, (finding,) = read(data)
        assert (found.entries, finding.code) == ({}, "docx-form")
        assert finding.message.startswith("the document is damaged: its part word/")


def test_an_old_or_protected_document_is_named_as_such() -> None:
    _, (finding,) = read(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert finding.message == "the document is protected by a password, or is an old one (.doc)"
