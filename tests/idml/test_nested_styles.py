"""Nested styles of InDesign become marks in the copy."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from brochure.api import build, read_layout
from brochure.findings import has_errors
from brochure.idml.nested_styles import DELIMITERS, NestedStyle, apply_nested_styles
from brochure.idml.project_files import Beside, Imported, import_idml
from brochure.idml.stories import Run, remove_markers
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from brochure.styles.style_sheet import resolve_style_sheet
from tests.idml.made_idml import document, item, paragraph, rectangle, story

FRAME = rectangle(30, 40, 370, 540)
STYLE = "ParagraphStyle/Entry"
END = "<?ACE 3?>"


def nested(*steps: tuple[str, str, int, bool]) -> str:
    """Return nested styles: character style, delimiter (with a dot before the name of InDesign's own), count, through."""
    written = "".join(
        '<ListItem type="record"><AppliedCharacterStyle type="object">'
        f"CharacterStyle/{style or '$ID/[No character style]'}</AppliedCharacterStyle>"
        + (
            f'<Delimiter type="enumeration">{delimiter[1:]}</Delimiter>'
            if delimiter.startswith(".") and len(delimiter) > 1
            else f'<Delimiter type="string">{delimiter}</Delimiter>'
        )
        + f'<Repetition type="long">{count}</Repetition>'
        f'<Inclusive type="boolean">{str(through).lower()}</Inclusive></ListItem>'
        for style, delimiter, count, through in steps
    )
    return f'<AllNestedStyles type="list">{written}</AllNestedStyles>'


def taken(text: str, properties: str, attributes: str = "") -> Imported:
    styles = (
        f'<ParagraphStyle Self="{STYLE}" Name="Entry" PointSize="10" {attributes}><Properties>'
        f'<BasedOn type="string">$ID/[No paragraph style]</BasedOn>{properties}</Properties></ParagraphStyle>'
        '<CharacterStyle Self="CharacterStyle/Red" Name="Red" FillColor="Color/Sea"/>'
        '<CharacterStyle Self="CharacterStyle/Big" Name="Big" PointSize="14"/>'
        '<CharacterStyle Self="CharacterStyle/Bold" Name="Bold" FontStyle="Bold"/>'
        '<CharacterStyle Self="CharacterStyle/$ID/[No character style]" Name="$ID/[No character style]"/>'
    )
    data = document(
        item("TextFrame", "f", FRAME, ParentStory="t"),
        stories={"t": story("t", text)},
        styles=styles,
    )
    made = import_idml(data, "x.idml", Beside())
    built = build(MemoryProject(dict(made.files)), SCREEN)
    assert not has_errors(built.findings), built.findings
    return made


def words(text: str, *steps: tuple[str, str, int, bool], attributes: str = "") -> str:
    """Return the message of a paragraph with nested styles."""
    made = taken(paragraph(text, STYLE), nested(*steps), attributes)
    copy = yaml.safe_load(made.files["content/en.yaml"])
    (section,) = (one for name, one in copy.items() if name != "doc")
    (message,) = section.values()
    return str(message)


def layout_of(made: Imported) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(made.files["brochure.yaml"])
    return found


@pytest.mark.parametrize(
    ("text", "delimiter", "count", "through", "expected"),
    [
        ("Open: daily", ":", 1, True, "[Open:]{.red} daily"),
        ("Open: daily", ":", 1, False, "[Open]{.red}: daily"),
        ("Open? Daily!", ":!?", 2, True, "[Open? Daily!]{.red}"),
        ("No colon here", ":", 1, True, "[No colon here]{.red}"),
        ("One two three", ".AnyWord", 2, True, "[One two]{.red} three"),
        ("One two three", ".AnyCharacter", 3, True, "[One]{.red} two three"),
        ("1. One", ".Letters", 1, False, "[1.]{.red} One"),
        ("Room 12 is big", ".Digits", 2, True, "[Room 12]{.red} is big"),
        ("He left. She came. Fin.", ".Sentence", 2, True, "[He left. She came.]{.red} Fin."),
        ("“Who?” he said", ".Sentence", 1, True, "[“Who?”]{.red} he said"),
        ("Date\tPlace\tName", ".Tabs", 1, False, "[Date]{.red}\tPlace\tName"),
        ("First\u2028second", ".ForcedLineBreak", 1, False, "[First]{.red}\\\nsecond"),
        ("Lead" + END + " text", ".EndNestedStyle", 1, True, "[Lead]{.red} text"),
        ("Lead<?ACE 7?> text", ".IndentHereTab", 1, True, "[Lead]{.red} text"),
        ("One\u2003two", ".EmSpace", 1, False, "[One]{.red}\u2003two"),
        ("One\u2002two", ".EnSpace", 1, False, "[One]{.red}\u2002two"),
        ("12\u00a0km far", ".NonbreakingSpace", 1, False, "[12]{.red}\u00a0km far"),
    ],
)
def test_delimiters(text: str, delimiter: str, count: int, through: bool, expected: str) -> None:
    assert words(text, ("Red", delimiter, count, through)) == expected


def test_one_style_begins_where_the_other_ends() -> None:
    steps = [("Red", ".AnyWord", 1, True), ("", ".AnyWord", 1, True), ("Big", ":", 1, True)]
    assert words("One two three: four", *steps) == "[One]{.red} two [three:]{.big} four"


def test_styles_are_repeated_to_the_end() -> None:
    steps = [("Red", ".AnyWord", 1, True), ("Big", ".AnyWord", 1, True), ("", ".Repeat", 2, True)]
    expected = "[a]{.red} [b]{.big} [c]{.red} [d]{.big} [e]{.red}"
    assert words("a b c d e", *steps) == expected


def test_a_style_that_repeats_without_progress_ends() -> None:
    steps = [("Red", ":", 1, False), ("", ".Repeat", 1, True)]
    assert words("One: two: three", *steps) == "[One]{.red}: two: three"


def test_the_style_of_a_drop_cap_is_in_the_paragraph_style() -> None:
    made = taken(
        paragraph("Once upon a time", STYLE),
        nested(("Red", ".Dropcap", 1, True), ("Big", ".AnyWord", 1, True)),
        'DropCapLines="3" DropCapCharacters="1"',
    )
    style = layout_of(made)["paragraph-styles"]["entry"]
    assert style["drop-cap"] == {"lines": 3, "characters": 1, "character": "red"}
    assert "O[nce]{.big} upon" in made.files["content/en.yaml"].decode()


def test_a_style_without_the_drop_cap_of_its_base() -> None:
    plain = (
        '</Properties></ParagraphStyle><ParagraphStyle Self="ParagraphStyle/Plain" Name="Plain" DropCapLines="0"'
        f' DropCapCharacters="0"><Properties><BasedOn type="object">{STYLE}</BasedOn>'
    )
    drop = 'DropCapLines="3" DropCapCharacters="1"'
    text = paragraph("Once upon a time", STYLE) + paragraph("Then", "ParagraphStyle/Plain")
    made = taken(text, plain, drop)
    layout = read_layout(MemoryProject(dict(made.files)))[0]
    sheet = resolve_style_sheet(layout, "en", 12.0)
    assert sheet.paragraphs["entry"].drop_cap is not None
    assert sheet.paragraphs["plain"].drop_cap is None


def test_a_character_style_of_the_words_has_precedence() -> None:
    """A style for the words of another kind is added to the nested one; a style for the same replaces it."""
    text = paragraph("One two: three", STYLE, "CharacterStyle/Big")
    made = taken(text, nested(("Red", ":", 1, True)))
    layout = layout_of(made)
    copy = made.files["content/en.yaml"].decode()
    assert "[One two:]{.deep-sea-14} [three]{.big}" in copy
    assert layout["character-styles"]["deep-sea-14"] == {"colour": "deep-sea", "size": "14 pt"}


def test_bold_is_strong_and_the_report_says_that_the_marks_are_in_the_copy() -> None:
    made = taken(
        paragraph("Open: daily", STYLE) + paragraph("Closed: never", STYLE),
        nested(("Bold", ":", 1, True)),
    )
    assert "**Open:** daily" in made.files["content/en.yaml"].decode()
    assert [one.message for one in made.findings if "nested" in one.message] == [
        "style 'entry': nested styles are marks in the copy; new text needs them too"
    ]


def test_line_styles_are_named() -> None:
    lines = (
        '<AllLineStyles type="list"><ListItem type="record"><AppliedCharacterStyle type="object">CharacterStyle/Red'
        '</AppliedCharacterStyle><LineCount type="long">1</LineCount></ListItem></AllLineStyles>'
    )
    made = taken(paragraph("Open: daily", STYLE), lines)
    (found,) = (one for one in made.findings if "line styles" in one.message)
    assert found.code == "idml-type"
    assert "Styles.xml" in str(found.span)


def test_an_unknown_delimiter_is_named() -> None:
    made = taken(paragraph("Open: daily", STYLE), nested(("Red", ".Future", 1, True)))
    assert any("'Future'" in one.message for one in made.findings)


STEPS = st.builds(
    NestedStyle,
    st.sampled_from(["a", "b", ""]),
    st.sampled_from(["Repeat", "Dropcap", "", "Other"]),
    st.sampled_from(["", *DELIMITERS.values()]),
    st.integers(1, 4),
    st.booleans(),
)


@given(
    st.lists(st.text("ab1:. \t\n\ufdd2\ufdd3", max_size=12), min_size=1, max_size=4),
    st.lists(STEPS, max_size=4),
)
def test_no_text_is_lost(texts: list[str], steps: list[NestedStyle]) -> None:
    """Whatever the styles, the runs have the same text in the same order."""
    runs = apply_nested_styles([Run(text) for text in texts], steps, 1)
    assert "".join(run.text for run in runs) == remove_markers("".join(texts))


def test_a_drop_cap_that_was_formatted_by_hand() -> None:
    initial = paragraph("O", STYLE, FillColor="Color/Sea").replace("<Br/>", "")
    text = initial + paragraph("nce upon a time, in a country by the sea.", STYLE)
    made = taken(text, "", 'DropCapLines="2" DropCapCharacters="1"')
    styles = layout_of(made)["paragraph-styles"]
    (keys,) = (one for name, one in styles.items() if name.startswith("entry-"))
    assert keys["drop-cap"] == {"lines": 2, "characters": 1, "character": "deep-sea"}
    assert '"Once upon a time, in' in made.files["content/en.yaml"].decode()
