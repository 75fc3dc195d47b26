"""Word documents made for tests: a short one from raw XML, and a manuscript of six pages as a charity would write it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; `inside` is its XML, or plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    content = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


def style(
    identifier: str, name: str, based_on: str = "", inside: str = "", kind: str = "paragraph"
) -> str:
    """Return a style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>{base}{inside}</w:style>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text)
    return out.getvalue()


def parts(
    body: str, links: Mapping[str, str] | None = None, **others: str
) -> dict[str, str | bytes]:
    """Return the parts of a document: its body, targets of links by identifier, and the content of other parts by kind."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relationships([("rId1", "officeDocument", "word/document.xml", False)]),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    related = [(kind, kind, f"{kind}.xml", False) for kind in others]
    related += [(name, "hyperlink", target, True) for name, target in (links or {}).items()]
    found["word/_rels/document.xml.rels"] = relationships(related)
    for kind, content in others.items():
        root = "hdr" if kind == "header" else kind
        found[f"word/{kind}.xml"] = f"<w:{root} {NAMESPACES}>{content}</w:{root}>"
    return found


def relationships(entries: list[tuple[str, str, str, bool]]) -> str:
    """Return a part with relationships: identifier, kind, target, and whether it is outside."""
    inner = "".join(
        f'<Relationship Id="{name}" Type="{TYPES}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if outside else ''}/>"
        for name, kind, target, outside in entries
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def document(body: str, links: Mapping[str, str] | None = None, **others: str) -> bytes:
    """Return a Word document with this body."""
    return packed(parts(body, links, **others))


def everything() -> bytes:
    """Return a document with all that is read of one, always with the same bytes."""
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    row = f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{paragraph('A')}</w:tc></w:tr>"
    cells = f"<w:tr><w:tc>{paragraph('B')}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph('C')}</w:tc></w:tr>"
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        paragraph("The ferry", "Heading1")
        + paragraph(
            run("It ")
            + run("stopped", "<w:b/>")
            + f"<w:ins>{run(' soon')}</w:ins><w:del>{run(' late')}</w:del>"
        )
        + paragraph(
            '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="5"/></w:r>'
            + run("Why?")
        )
        + paragraph(f'<w:hyperlink r:id="L">{run("here")}</w:hyperlink>')
        + paragraph(
            field.format("begin")
            + '<w:r><w:instrText>HYPERLINK "https://example.org"</w:instrText></w:r>'
            + field.format("separate")
            + run("there")
            + field.format("end")
        )
        + paragraph("an item", "", listed)
        + f"<w:sdt><w:sdtContent>{paragraph('controlled')}</w:sdtContent></w:sdt>"
        + f"<w:tbl>{row}{cells}</w:tbl>"
        + paragraph(
            '<w:r><w:sym w:font="Symbol" w:char="F0AE"/><w:br/><w:tab/><w:noBreakHyphen/></w:r>',
            "Sub",
        )
    )
    return document(
        body,
        {"L": "https://example.org/a"},
        styles=style("Heading1", "heading 1") + style("Sub", "Sub", "Heading1"),
        numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        footnotes=f'<w:footnote w:id="2">{paragraph("See there")}</w:footnote>',
        comments=f'<w:comment w:id="5">{paragraph("Right?")}</w:comment>',
    )


# A manuscript of six pages

LONG = (
    "When the ferry stopped running, the eleven villages on the north shore lost more than a boat. The nurse could no longer"
    " come on Mondays, the midwife could not come at night, and the pharmacy shelf in Skarvik was empty by the second week of"
    " November. Families began to drive around the fjord, two hours each way, over a road that closes whenever it snows."
)
BOAT = (
    "Our answer was a boat of our own. She is called Hedda, she is nine metres long, and she carries two nurses, a folding"
    " examination table and a refrigerator for vaccines. She has missed four days in three winters."
)
COSTS = (
    "A day at sea costs less than people expect. Fuel, the skipper and the upkeep of the engine come to the price of a"
    " single ambulance call from the hospital in the south."
)
VOICES = (
    "Mrs Nilsen is eighty-four and lives alone above the old cannery. She says that the boat has given her winters back,"
    " because she no longer counts the days between one prescription and the next."
)
NEXT = (
    "Next year a second boat will serve the islands. We have the hull and the skipper; what is missing is the engine, and"
    " the harbour fees for the first two seasons."
)


def charity(
    *, edit: Callable[[dict[str, str]], None] = lambda texts: None, extra: bool = False
) -> bytes:
    """Return the manuscript of a brochure with headings, lists, a table, footnotes, a quotation, comments and leftovers.

    `edit` may change the texts; `extra` adds a paragraph, moves one and removes one, as a second version would.
    """
    texts = {"long": LONG, "boat": BOAT, "costs": COSTS, "voices": VOICES, "next": NEXT}
    edit(texts)
    made = docx.Document()
    made.core_properties.title = "The clinic that comes by boat"
    made.add_paragraph("The clinic that comes by boat", style="Title")
    made.add_paragraph("Health care for the north shore", style="Subtitle")
    made.add_paragraph("")
    made.add_heading("A winter without a nurse", 1)
    lead = made.add_paragraph()
    lead.add_run("Eleven villages").bold = True
    lead.add_run(" lost their clinic in one autumn. ")
    lead.add_run("Nobody").italic = True
    lead.add_run(" had planned it.")
    note = made.add_paragraph(texts["long"])
    add_reference(note, "1")
    made.add_heading("A boat of our own", 1)
    boat = made.add_paragraph(texts["boat"])
    boat.add_run(" Her hull is painted red.").font.color.rgb = RGBColor(200, 0, 0)
    if extra:
        made.add_paragraph(
            "In February the ice reached the pier, and Hedda went out behind the icebreaker of the coast guard."
        )
    made.add_paragraph("“I no longer count the days.”", style="Intense Quote")
    made.add_heading("What Hedda carries", 2)
    for item in (
        "two nurses and a skipper",
        "vaccines for forty children",
        "a folding examination table",
    ):
        made.add_paragraph(item, style="List Bullet")
    made.add_heading("What a day costs", 1)
    made.add_paragraph(texts["costs"])
    table = made.add_table(4, 3)
    table.style = "Table Grid"
    figures = (
        ("", "Boat", "Ambulance"),
        ("Fuel", "€140", "€90"),
        ("Crew", "€310", "€620"),
        ("Upkeep", "€85", "€260"),
    )
    for row, cells in zip(table.rows, figures, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made.add_paragraph("")
    made.add_heading("Voices from the shore", 1)
    if not extra:
        made.add_paragraph("This section is still a draft.")
    voice = made.add_paragraph(texts["voices"])
    made.add_comment(voice.runs, "Has she agreed to be named?", author="Editor", initials="E")
    made.add_heading("How to help", 1)
    for item in ("Join the crew for a day", "Pay for a tank of fuel", "Tell your council"):
        made.add_paragraph(item, style="List Number")
    closing = made.add_paragraph("Write to ")
    add_link(made, closing, "https://example.org/hedda", "the harbour office")
    closing.add_run(". ")
    closing.add_run().add_break(WD_BREAK.PAGE)
    made.add_heading("The second boat", 1)
    made.add_paragraph(texts["next"])
    made.sections[0].header.paragraphs[0].text = "Draft 2, not for print"
    add_footnotes(made, {"1": "Records of the county, winter of 2021."})
    made.styles["Normal"].font.size = Pt(11)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def add_reference(paragraph: Any, identifier: str) -> None:
    """Add the mark of a footnote to a paragraph."""
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), identifier)
    paragraph.add_run()._r.append(reference)


def add_link(made: Any, paragraph: Any, address: str, words: str) -> None:
    """Add a hyperlink to a paragraph."""
    name = made.part.relate_to(address, f"{TYPES}/hyperlink", is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), name)
    link.append(parse_xml(f'<w:r xmlns:w="{W}"><w:t>{words}</w:t></w:r>'))
    paragraph._p.append(link)


def add_footnotes(made: Any, notes: Mapping[str, str]) -> None:
    """Add a part with footnotes."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    inner = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    )
    inner += "".join(
        f'<w:footnote w:id="{name}"><w:p><w:r><w:footnoteRef/></w:r>{run(" " + text)}</w:p></w:footnote>'
        for name, text in notes.items()
    )
    xml = f"<w:footnotes {NAMESPACES}>{inner}</w:footnotes>".encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml, made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
