"""Paragraph rules, shading and GREP styles of InDesign in the layout."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from brochure.api import build
from brochure.findings import has_errors
from brochure.idml.paragraph_decoration import convert_grep
from brochure.idml.project_files import Beside, import_idml
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from brochure.spec.regular_expression import compile_expression, describe_fault
from tests.idml.made_idml import document, item, paragraph, rectangle, story

FRAME = rectangle(30, 40, 370, 540)
STYLE = "ParagraphStyle/Note"


def style(attributes: str, properties: str = "") -> str:
    return (
        f'<ParagraphStyle Self="{STYLE}" Name="Note" PointSize="10" {attributes}><Properties>'
        f'<BasedOn type="string">$ID/[No paragraph style]</BasedOn>{properties}</Properties></ParagraphStyle>'
        '<CharacterStyle Self="CharacterStyle/Price" Name="Price" FontStyle="Bold"/>'
    )


def note(styles: str) -> dict[str, Any]:
    """Return the keys of the style in the layout; the project builds."""
    text = paragraph("A clinic that takes its time costs 12 €", STYLE)
    data = document(
        item("TextFrame", "f", FRAME, ParentStory="t"),
        stories={"t": story("t", text)},
        styles=styles,
    )
    files = dict(import_idml(data, "x.idml", Beside()).files)
    made = build(MemoryProject(files), SCREEN)
    assert not has_errors(made.findings), made.findings
    keys: dict[str, Any] = yaml.safe_load(files["brochure.yaml"])["paragraph-styles"]["note"]
    return keys


def test_a_rule_below_is_as_far_from_the_baseline() -> None:
    below = 'RuleBelow="true" RuleBelowLineWeight="2" RuleBelowOffset="4" RuleBelowTint="50"'
    colour = '<RuleBelowColor type="object">Color/Sea</RuleBelowColor>'
    assert note(style(below, colour))["rule-below"] == {
        "thickness": "2 pt",
        "gap": "4 pt",
        "colour": "deep-sea 50%",
    }


def test_a_rule_above_is_measured_from_the_capitals() -> None:
    above = 'RuleAbove="true" RuleAboveOffset="12" RuleAboveWidth="TextWidth"'
    kind = '<RuleAboveType type="object">StrokeStyle/$ID/Japanese Dots</RuleAboveType>'
    assert note(style(above, kind))["rule-above"] == {
        "thickness": "1 pt",
        "gap": "5 pt",  # capitals are 7 pt high
        "width": "text",
        "dash": "dotted",
    }


@pytest.mark.parametrize(
    "rule",
    [
        'RuleAbove="true" RuleAboveLineWeight="14" RuleAboveOffset="-3"',
        'RuleBelow="true" RuleBelowLineWeight="14" RuleBelowOffset="-11"',
    ],
)
def test_a_rule_behind_the_text_is_shading(rule: str) -> None:
    """From 3 pt below the baseline to 11 pt above it."""
    keys = note(style(rule))
    assert keys["shading"] == {"colour": "black", "inset": {"top": "4 pt", "bottom": "3 pt"}}
    assert "rule-above" not in keys
    assert "rule-below" not in keys


def test_shading_and_border() -> None:
    both = (
        'ParagraphShadingOn="true" ParagraphShadingTint="20" ParagraphShadingLeftOffset="6"'
        ' ParagraphShadingTopOrigin="BaselineTopOrigin" ParagraphShadingBottomOrigin="BaselineBottomOrigin"'
        ' ParagraphBorderOn="true" ParagraphBorderTopLineWeight="0.75"'
    )
    colour = '<ParagraphShadingColor type="object">Color/Sea</ParagraphShadingColor>'
    assert note(style(both, colour))["shading"] == {
        "colour": "deep-sea 20%",
        "border": {"colour": "black", "width": "0.75 pt"},
        "inset": {"start": "6 pt"},
    }


def grep(expression: str) -> str:
    return (
        '<AllGREPStyles type="list"><ListItem type="record"><AppliedCharacterStyle type="object">'
        'CharacterStyle/Price</AppliedCharacterStyle><GrepExpression type="string">'
        f"{expression}</GrepExpression></ListItem></AllGREPStyles>"
    )


def test_grep_styles_are_patterns() -> None:
    assert note(style("", grep(r"\d+~S?€")))["patterns"] == [
        {"match": "[\\p{Nd}]+\u00a0?€", "character": "price"}
    ]


def test_an_expression_that_cannot_be_searched_in_linear_time_is_named() -> None:
    text = paragraph("A a", STYLE)
    data = document(
        item("TextFrame", "f", FRAME, ParentStory="t"),
        stories={"t": story("t", text)},
        styles=style("", grep(r"(a)\1")),
    )
    found = import_idml(data, "x.idml", Beside()).findings
    assert any(r"(a)\1" in one.message or r"(?:a)\1" in one.message for one in found)


@pytest.mark.parametrize(
    ("expression", "text", "expected"),
    [
        (r"\d+", "in 2019 and ٣", ["2019", "٣"]),
        (r"[\u\d]+", "ÄB 12", ["ÄB", "12"]),
        (r"(\l+)-(\l+)", "co-operate", ["co-operate"]),
        (r"(?<=No. )\d+", "No. 12, 13", ["12"]),
        (r"\d+(?= €)", "12 € 13 $", ["12"]),
        (r"~=|~_", "a \u2013 b \u2014", ["\u2013", "\u2014"]),
        (r"\(\d\)", "(1) 2", ["(1)"]),
    ],
)
def test_expressions_match_the_same(expression: str, text: str, expected: list[str]) -> None:
    """The whole match gets the style; a group only marks text that must be beside it."""
    compiled = compile_expression(convert_grep(expression))
    spans = [match.span(1 if match.groups() else 0) for match in compiled.finditer(text)]
    assert [text[start:end] for start, end in spans] == expected


@given(st.text(r"ab\()[]^*+?.~S|{}dlw=<!", max_size=30))
def test_any_expression_is_converted(expression: str) -> None:
    """It is valid for RE2, or RE2 refuses it; what has no special characters is unchanged."""
    found = convert_grep(expression)
    if re.fullmatch("[abdlw S]*", expression):
        assert found == expression
    if not describe_fault(found):
        compile_expression(found)
