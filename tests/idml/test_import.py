"""Import of small IDML files made here, and the report of what is not imported."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from brochure.api import build
from brochure.idml.project_files import Beside, Imported, import_idml
from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.message_format import format_message
from brochure.l10n.message_text import MarkedText, write_marked
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests.cli.calling import call
from tests.idml.made_idml import document, item, paragraph, rectangle, spread, story

FRAME = rectangle(30, 40, 130, 540)
"""The first of three columns, from the top margin to the bottom margin."""


def taken(data: bytes, beside: Beside | None = None) -> Imported:
    return import_idml(data, "leaflet.idml", beside or Beside())


def layout_of(made: Imported) -> str:
    return made.files["brochure.yaml"].decode()


def test_a_text_frame_is_on_its_column_and_its_words_are_in_the_copy() -> None:
    text = paragraph("Good morning") + paragraph("Second", FontStyle="Bold")
    made = taken(
        document(item("TextFrame", "f", FRAME, ParentStory="t"), stories={"t": story("t", text)})
    )
    assert "at: column 1\n" in layout_of(made)
    assert "body-bold: {weight: bold}" in layout_of(made)
    assert "Good morning" in made.files["content/en.yaml"].decode()
    assert made.made is not None
    assert not made.made.findings


def test_swatches_are_named_and_rotated_shapes_are_frames() -> None:
    spot = '<Color Self="Color/P" Model="Spot" Space="CMYK" ColorValue="0 60 100 0" Name="PANTONE 151 C"/>'
    items = item("Rectangle", "a", rectangle(0, 0, 400, 600), FillColor="Color/Sea", FillTint=40)
    items += item(
        "Rectangle",
        "b",
        rectangle(190, 280, 230, 310),
        FillColor="Color/P",
        ItemTransform="0 1 -1 0 0 0",
    )
    written = layout_of(taken(document(items, colours=spot)))
    assert "deep-sea: cmyk 80 20 0 10" in written
    assert 'pantone-151-c: "spot \\"PANTONE 151 C\\" as cmyk 0 60 100 0"' in written
    assert "rectangle: {at: page, background: deep-sea 40%}" in written
    assert "rotate" not in written


def test_master_items_and_page_numbers() -> None:
    number = paragraph("<?ACE 18?>")
    master = spread(
        "m",
        item("TextFrame", "n", rectangle(30, 560, 130, 580), ParentStory="p"),
        kind="MasterSpread",
    )
    pages = {f"s{at}": spread(f"s{at}", "", master="m", Name=str(at)) for at in (1, 2)}
    made = taken(document(pages, masters={"m": master}, stories={"p": story("p", number)}))
    assert layout_of(made).count("folio:") == 1
    assert layout_of(made).count("master: a-master") == 2


def test_a_picture_keeps_its_crop(tmp_path: Path) -> None:
    """A picture of 400 x 200 points at half its size in a frame of 50 x 50: twice the size that would cover it."""
    (tmp_path / "Links").mkdir()
    Image.new("RGB", (400, 200), "red").save(tmp_path / "Links" / "red.png")
    image = (
        '<Image Self="i" ItemTransform="0.5 0 0 0.5 -100 -200"><Properties>'
        '<GraphicBounds Left="0" Top="0" Right="400" Bottom="200"/></Properties>'
        '<Link LinkResourceURI="file:/old/place/red.png"/></Image>'
    )
    data = document(item("Rectangle", "r", rectangle(150, 130, 200, 180), image))
    (tmp_path / "leaflet.idml").write_bytes(data)
    result = call("new", tmp_path / "made", "--from", tmp_path / "leaflet.idml", "--json")
    assert result.status == 0
    assert json.loads(result.out)["counts"] == {}
    assert "zoom: 200%" in (tmp_path / "made" / "brochure.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "made" / "assets" / "red.png").exists()


def test_omissions_are_in_the_report_and_on_the_command_line(tmp_path: Path) -> None:
    image = '<Image Self="i"><Link LinkResourceURI="file:/a/%3Cb%3E.jpg"/></Image>'
    items = item("Rectangle", "r", FRAME, image)
    items += item("Oval", "o", FRAME, FillColor="Color/Sea", Visible="false")
    (tmp_path / "leaflet.idml").write_bytes(document(items))
    result = call("new", tmp_path / "made", "--from", tmp_path / "leaflet.idml", "--json")
    answer = json.loads(result.out)
    assert answer["counts"] == {"hidden": 1, "picture-missing": 1}
    report = Path(answer["report"]).read_text(encoding="utf-8")
    assert "default-src 'none'" in report
    assert not re.findall(r'(?:src|href)="(?!data:|#)', report)
    assert '<html lang="en">' in report
    assert all("alt=" in tag for tag in re.findall("<img[^>]*>", report))
    assert 'role="img" aria-label="Page 1 in InDesign' in report
    assert "picture &#x27;&lt;b&gt;.jpg&#x27; was not found" in report
    assert call("build", tmp_path / "made", "-o", tmp_path / "out").status == 0


def test_footnotes_are_notes_of_the_copy() -> None:
    note = (
        '<Footnote><ParagraphStyleRange AppliedParagraphStyle="ParagraphStyle/Small"><CharacterStyleRange>'
        "<Content><?ACE 4?>\t</Content><Content>K. Aldous, Slow Medicine (Leeds, 2019).</Content>"
        "</CharacterStyleRange></ParagraphStyleRange></Footnote>"
    )
    styles = (
        '<ParagraphStyle Self="ParagraphStyle/Small" Name="Small" PointSize="8"><Properties>'
        '<BasedOn type="string">$ID/[No paragraph style]</BasedOn></Properties></ParagraphStyle>'
    )
    text = paragraph("The slow clinic.").replace(
        "<Br/>", f"{note}<Content> They mean it.</Content><Br/>"
    )
    data = document(
        item("TextFrame", "f", FRAME, ParentStory="t"),
        stories={"t": story("t", text)},
        styles=styles,
    )
    made = taken(data)
    copy = yaml.safe_load(made.files["content/en.yaml"])
    assert copy["the-slow-clinic-they"] == {
        "text": "The slow clinic.[^k-aldous-slow] They mean it.",
        "notes": {"k-aldous-slow": "K. Aldous, Slow Medicine (Leeds, 2019)."},
    }
    assert yaml.safe_load(layout_of(made))["notes"] == {"style": "small"}
    assert not made.findings
    built = build(MemoryProject(dict(made.files)), SCREEN)
    (page,) = PdfReader(io.BytesIO(b"".join(built.parts))).pages
    assert page.extract_text().split()[-7:] == [
        "1",
        "K.",
        "Aldous,",
        "Slow",
        "Medicine",
        "(Leeds,",
        "2019).",
    ]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1))
@example("{{")
@example("{'{''} '")
def test_any_text_is_printed_unchanged(text: str) -> None:
    plain = " ".join(text.split())
    written = write_marked([MarkedText(plain)])
    shown = format_message(written, {}, "en")
    found = "".join(words.text for words in parse_markup(shown)[0][0])
    assert found == plain


def spaces(first: str, second: str, between: str = "") -> tuple[list[float], Imported]:
    """Return the baselines of two paragraphs of 12 points from the top of their frame, in styles with these settings."""
    styles = "".join(
        f'<ParagraphStyle Self="ParagraphStyle/{name}" Name="{name}" {settings}><Properties>'
        '<BasedOn type="string">$ID/[No paragraph style]</BasedOn></Properties></ParagraphStyle>'
        for name, settings in (("One", first), ("Two", second))
    )
    text = paragraph("One", "ParagraphStyle/One") + between + paragraph("Two", "ParagraphStyle/Two")
    made = taken(
        document(
            item("TextFrame", "f", FRAME, ParentStory="t"),
            stories={"t": story("t", text)},
            styles=styles,
        )
    )
    (page,) = PdfReader(
        io.BytesIO(b"".join(build(MemoryProject(dict(made.files)), SCREEN).parts))
    ).pages
    found: list[float] = []

    def visit(text: str, _cm: object, matrix: list[float], *_: object) -> None:
        if text.strip():
            found.append(matrix[5])

    page.extract_text(visitor_text=visit)
    return sorted({round(found[0] - y, 1) for y in found}), made


@pytest.mark.parametrize(
    ("first", "second", "between", "expected"),
    [
        ("", "", "", 14.4),
        ('SpaceAfter="6"', "", "", 20.4),
        ("", 'SpaceBefore="8"', "", 22.4),
        ('SpaceAfter="6"', 'SpaceBefore="8"', "", 28.4),
        ('SpaceBefore="5" SpaceAfter="6"', 'SpaceBefore="5" SpaceAfter="6"', "", 25.4),
        ("", "", paragraph("", "ParagraphStyle/One"), 28.8),
        ('SpaceAfter="6"', "", paragraph("", "ParagraphStyle/Two"), 34.8),
    ],
)
def test_space_between_paragraphs_is_the_sum(
    first: str, second: str, between: str, expected: float
) -> None:
    """InDesign adds the spaces below and above; leading is 14.4 points."""
    (_, distance), _ = spaces(first, second, between)
    assert distance == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("CapHeight", 26.8),
        ("AscentOffset", 41.4),
        ("LeadingOffset", 48.0),
        ('FixedHeight" MinimumFirstBaselineOffset="50', 50.0),
        ('CapHeight" MinimumFirstBaselineOffset="60', 60.0),
    ],
)
def test_the_first_baseline(option: str, expected: float) -> None:
    """Source Serif 4 at 40 points: its capitals are 0.67 em high, and its typographic ascender is 1.036 em."""
    preference = f'<TextFramePreference FirstBaselineOffset="{option}"/>'
    made = taken(
        document(
            item("TextFrame", "f", FRAME, preference, ParentStory="t"),
            stories={"t": story("t", paragraph("One", PointSize="40"))},
        )
    )
    built = build(MemoryProject(dict(made.files)), SCREEN)
    (page,) = PdfReader(io.BytesIO(b"".join(built.parts))).pages
    found: list[float] = []

    def visit(text: str, _cm: object, matrix: list[float], *_: object) -> None:
        if text.strip():
            found.append(matrix[5])

    page.extract_text(visitor_text=visit)
    assert 600 - 40 - found[0] == pytest.approx(expected, abs=0.3)


def test_a_frame_that_ignores_text_wrap() -> None:
    """A quotation in a box that text wraps around: the quotation itself is in the box."""
    wrap = '<TextWrapPreference TextWrapMode="BoundingBoxTextWrap"><Properties>'
    wrap += '<TextWrapOffset Top="5" Left="5" Bottom="5" Right="5"/>'
    wrap += "</Properties></TextWrapPreference>"
    box = rectangle(100, 200, 300, 300)
    items = item("TextFrame", "f", rectangle(30, 40, 370, 540), ParentStory="t")
    items += item("Rectangle", "r", box, wrap, FillColor="Color/Sea")
    ignores = '<TextFramePreference IgnoreWrap="true"/>'
    items += item("TextFrame", "q", box, ignores, ParentStory="u")
    stories = {"t": story("t", paragraph("Boats. " * 200)), "u": story("u", paragraph("Quoted"))}
    made = taken(document(items, stories=stories))
    assert layout_of(made).count("ignore-text-wrap: yes") == 1
    assert made.made is not None
    assert not made.made.findings
    assert "auto-size" not in layout_of(made)
