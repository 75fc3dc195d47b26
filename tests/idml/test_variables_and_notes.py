"""Text variables, sections, endnotes and ruler guides of InDesign."""

from __future__ import annotations

import io
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from brochure.api import build
from brochure.findings import has_errors
from brochure.idml.project_files import Beside, Imported, import_idml
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests.idml.made_idml import NORMAL, document, item, paragraph, rectangle, spread, story

FRAME = rectangle(30, 40, 370, 340)
LOWER = rectangle(30, 350, 370, 540)


def variable(identifier: str, kind: str, inside: str = "") -> str:
    return f'<TextVariable Self="{identifier}" Name="{identifier}" VariableType="{kind}">{inside}</TextVariable>'


def custom(text: str) -> str:
    name = "CustomTextVariablePreference"
    return f"<{name}><Properties><Contents>{text}</Contents></Properties></{name}>"


def instance(identifier: str, result: str) -> str:
    return (
        f'</Content><TextVariableInstance Self="i" Name="{identifier}" ResultText="{result}"'
        f' AssociatedTextVariable="{identifier}"/><Content>'
    )


def taken(data: bytes) -> tuple[Imported, dict[str, Any], dict[str, Any], list[str]]:
    """Return the import of a document, its layout, its copy, and the text of its pages."""
    made = import_idml(data, "x.idml", Beside())
    built = build(MemoryProject(dict(made.files)), SCREEN)
    assert not has_errors(built.findings), built.findings
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(b"".join(built.parts))).pages]
    copy = yaml.safe_load(made.files["content/en.yaml"])
    return made, yaml.safe_load(made.files["brochure.yaml"]), copy, pages


def one_frame(text: str, **keys: Any) -> bytes:
    frame = item("TextFrame", "f", FRAME, ParentStory="t")
    return document(frame, stories={"t": story("t", text)}, **keys)


# Text variables


def test_custom_text_is_a_variable_of_the_layout() -> None:
    contents = custom("Ada &amp; Sons")
    text = paragraph(
        f"By {instance('Client Name', 'Ada &amp; Sons')}, for {instance('Client Name', 'Ada')}."
    )
    settings = variable("Client Name", "CustomTextType", contents)
    made, layout, copy, pages = taken(one_frame(text, settings=settings))
    assert layout["variables"] == {"client_name": "Ada & Sons"}
    assert (
        "By {client_name}, for {client_name}." in copy[next(iter(copy.keys() - {"doc"}))].values()
    )
    assert pages[0].strip() == "By Ada & Sons, for Ada & Sons."
    assert not made.findings


def test_a_variable_that_no_text_has_is_not_in_the_layout() -> None:
    settings = variable("Client", "CustomTextType", custom("Ada"))
    _, layout, _, _ = taken(one_frame(paragraph("Hello"), settings=settings))
    assert "variables" not in layout


LAST = '<PageNumberVariablePreference TextBefore="of " TextAfter="." Format="Current" Scope="SectionScope"/>'


def test_the_last_page_number_is_the_number_of_pages() -> None:
    settings = variable("Last", "LastPageNumberType", LAST)
    _, _, _, pages = taken(
        one_frame(paragraph(f"A page {instance('Last', 'of 7.')}"), settings=settings)
    )
    assert pages[0].strip() == "A page of 1."


def test_the_last_page_number_of_several_sections_is_fixed_text() -> None:
    sections = '<Section Self="a" PageStart="s1page"/><Section Self="b" PageStart="other"/>'
    settings = variable("Last", "LastPageNumberType", LAST) + sections
    made, _, _, pages = taken(
        one_frame(paragraph(f"A page {instance('Last', 'of 7.')}"), settings=settings)
    )
    assert pages[0].strip() == "A page of 7."
    assert [one.code for one in made.findings] == ["idml-text"]


@pytest.mark.parametrize(
    "kind",
    [
        "CreationDateType",
        "ModificationDateType",
        "OutputDateType",
        "FileNameType",
        "LiveCaptionType",
        "ChapterNumberType",
    ],
)
def test_other_variables_are_fixed_text(kind: str) -> None:
    text = paragraph(f"Printed {instance('When', '24/11/26')}")
    made, _, _, pages = taken(one_frame(text, settings=variable("When", kind)))
    assert pages[0].strip() == "Printed 24/11/26"
    assert [one.message for one in made.findings] == [
        "text variable 'When' is fixed text: '24/11/26'"
    ]


HEADING = (
    '<ParagraphStyle Self="ParagraphStyle/Heading 1" Name="Heading 1"><Properties>'
    '<BasedOn type="string">$ID/[No paragraph style]</BasedOn></Properties></ParagraphStyle>'
)
RUNNING = variable(
    "Head",
    "MatchParagraphStyleType",
    '<MatchParagraphStylePreference AppliedParagraphStyle="ParagraphStyle/Heading 1" SearchStrategy="FirstOnPage"/>',
)


def with_running_head(footer: str) -> bytes:
    master = spread(
        "m",
        item("TextFrame", "n", rectangle(30, 550, 370, 580), ParentStory="p"),
        kind="MasterSpread",
    )
    page = spread("s1", item("TextFrame", "f", FRAME, ParentStory="t"), master="m")
    text = paragraph("The boat", "ParagraphStyle/Heading 1") + paragraph("It sails.")
    return document(
        {"s1": page},
        masters={"m": master},
        stories={"t": story("t", text), "p": story("p", paragraph(footer))},
        styles=HEADING,
        settings=RUNNING,
    )


@pytest.mark.parametrize(
    ("footer", "expected"),
    [
        (f"<?ACE 18?>\t{instance('Head', '&lt;Head&gt;')}", "1 The boat"),
        (f"{instance('Head', '&lt;Head&gt;')} <?ACE 18?>", "The boat 1"),
    ],
)
def test_a_running_header_beside_a_page_number(footer: str, expected: str) -> None:
    made, _, _, pages = taken(with_running_head(footer))
    assert expected in " ".join(pages[0].split())
    assert not made.findings


def test_a_running_header_alone_is_named() -> None:
    made, _, _, pages = taken(with_running_head(f"From: {instance('Head', '&lt;Head&gt;')}"))
    assert "<" not in pages[0]
    assert any("running header" in one.message for one in made.findings)


# Sections


def test_section_markers_and_page_numbers() -> None:
    sections = '<Section Self="a" PageStart="s1page" Marker="Summer"/><Section Self="b" PageStart="s2page" Marker="Winter"/>'
    pages = {
        name: spread(
            name, item("TextFrame", f"f{name}", FRAME, ParentStory=f"t{name}"), Name=number
        )
        for name, number in (("s1", "iv"), ("s2", "12"))
    }
    stories = {f"t{name}": story(f"t{name}", paragraph("Sails of <?ACE 19?>")) for name in pages}
    made, layout, _, texts = taken(document(pages, stories=stories, settings=sections))
    assert [one.strip() for one in texts] == ["Sails of Summer", "Sails of Winter"]
    assert [page["folio"] for page in layout["pages"]] == ["iv", "12"]
    assert not made.findings


def test_a_section_marker_of_a_parent_page_is_named_if_it_differs() -> None:
    sections = '<Section Self="a" PageStart="s1page" Marker="Summer"/><Section Self="b" PageStart="s2page" Marker="Winter"/>'
    master = spread("m", item("TextFrame", "n", FRAME, ParentStory="p"), kind="MasterSpread")
    pages = {name: spread(name, "", master="m", Name=name[1:]) for name in ("s1", "s2")}
    stories = {"p": story("p", paragraph("Sails of <?ACE 19?>"))}
    data = document(pages, masters={"m": master}, stories=stories, settings=sections)
    made, _, _, texts = taken(data)
    assert [one.strip() for one in texts] == ["Sails of", "Sails of"]
    assert any("section marker" in one.message for one in made.findings)


# Endnotes


def endnotes(*words: str, title: str = "Notes") -> str:
    """Return the story of endnotes."""
    ranges = "".join(
        f'<ParagraphStyleRange AppliedParagraphStyle="{NORMAL}"><CharacterStyleRange PointSize="9">'
        f'<EndnoteRange Self="e{at}"><Content>\ufeff<?ACE 4?>\t{text}\ufeff</Content></EndnoteRange><Br/>'
        "</CharacterStyleRange></ParagraphStyleRange>"
        for at, text in enumerate(words)
    )
    part = story("en", paragraph(title) + ranges)
    return part.replace('<Story Self="en"', '<Story Self="en" IsEndnoteStory="true"')


def mark(at: int) -> str:
    return f'</Content><Endnote Self="m{at}" EndnoteTextRange="e{at}"/><Content>'


def test_endnotes_are_in_their_frame() -> None:
    frames = item("TextFrame", "f", FRAME, ParentStory="t")
    frames += item("EndnoteTextFrame", "g", LOWER, ParentStory="en")
    text = paragraph(f"Boats{mark(0)} and sails{mark(1)}.")
    stories = {"t": story("t", text), "en": endnotes("Of wood.", "Of linen.")}
    made, layout, copy, pages = taken(document(frames, stories=stories))
    assert layout["notes"]["place"] == "end"
    assert copy["boats-and-sails"]["text"] == "Boats[^of-wood] and sails[^of-linen]."
    assert layout["pages"][0]["frames"]["endnotes"]["content"][-1] == {"notes": None}
    words = pages[0].split()
    assert words[words.index("Notes") :] == ["Notes", "1", "Of", "wood.", "2", "Of", "linen."]
    assert not made.findings


def test_footnotes_and_endnotes_of_different_stories() -> None:
    note = paragraph("At the foot.").replace("<Br/>", "")
    foot = f"</Content><Footnote>{note}</Footnote><Content>"
    frames = item("TextFrame", "f", rectangle(30, 40, 370, 190), ParentStory="t")
    frames += item("TextFrame", "h", rectangle(30, 200, 370, 340), ParentStory="u")
    frames += item("EndnoteTextFrame", "g", LOWER, ParentStory="en")
    stories = {
        "t": story("t", paragraph(f"Boats{foot}.")),
        "u": story("u", paragraph(f"Sails{mark(0)}.")),
        "en": endnotes("Of linen."),
    }
    made, layout, _, pages = taken(document(frames, stories=stories))
    assert "place" not in layout.get("notes", {})
    assert [frame.get("notes") for frame in layout["pages"][0]["frames"].values()] == [
        None,
        "end",
        None,
    ]
    assert pages[0].index("At the foot") < pages[0].index("Notes") < pages[0].index("Of linen")
    assert not made.findings


def test_endnotes_that_no_page_shows_are_named() -> None:
    text = paragraph(f"Boats{mark(0)}.")
    stories = {"t": story("t", text), "en": endnotes("Of wood.")}
    made, _, _, _ = taken(document(item("TextFrame", "f", FRAME, ParentStory="t"), stories=stories))
    assert {one.code for one in made.findings} == {"idml-footnote", "idml-text"}


# Ruler guides


def guides(direction: str, *places: float) -> str:
    return "".join(
        f'<Guide Self="g{at}" Orientation="{direction}" Location="{at}" ItemLayer="layer" PageIndex="1"/>'
        for at in places
    )


def with_guides(written: str, box: str) -> tuple[Imported, dict[str, Any]]:
    page = spread("s1", item("Rectangle", "r", box, FillColor="Color/Sea"))
    page = page.replace("</Page>", f"{written}</Page>").replace(
        'ColumnCount="3"', 'ColumnCount="1"'
    )
    made, layout, _, _ = taken(document({"s1": page}))
    return made, layout


def test_guides_at_equal_distances_are_rows() -> None:
    """Between the margins at 40 and 540 points, five rows of 90 points, 12.5 points apart."""
    edges = [edge for at in range(5) for edge in (40 + at * 102.5, 130 + at * 102.5)]
    made, layout = with_guides(guides("Horizontal", *edges[1:-1]), rectangle(30, 142.5, 370, 335))
    assert layout["grid"]["rows"] == 5
    assert layout["grid"]["row-gutter"] == "4.41 mm"
    assert layout["pages"][0]["frames"]["rectangle"]["at"] == "margins, rows 2-3"
    assert not made.findings


def test_guides_from_edge_to_edge_are_columns() -> None:
    made, layout = with_guides(
        guides("Vertical", 0, 100, 200, 300, 400), rectangle(100, 50, 300, 90)
    )
    grid = layout["grid"]
    assert (grid["columns"], grid["gutter"], grid["margins"]["inner"]) == (4, "0 mm", "0 mm")
    assert layout["pages"][0]["frames"]["rectangle"]["at"].startswith("columns 2-3, ")
    assert not made.findings


@pytest.mark.parametrize("places", [(100, 210, 300), (130,), (40, 290, 540)])
def test_other_guides_are_noted(places: tuple[float, ...]) -> None:
    made, layout = with_guides(guides("Horizontal", *places), rectangle(30, 60, 370, 100))
    assert "rows" not in layout["grid"]
    assert ["ruler guides" in one.message for one in made.findings] == [True]
