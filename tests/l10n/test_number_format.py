"""Number formats: per cent values, small values, and quoted variables, which are text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.blocks import KINDS
from brochure.l10n.message_format import find_large_percentages, format_message
from brochure.l10n.number_format import (
    MessageProblem,
    count_decimals,
    format_number,
    percentage,
    set_decimals,
    write_plain,
)
from brochure.spec.read import read


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (27, "percent", "27%"),
        (27, "::percent", "27%"),
        (12.5, "percent", "12.5%"),
        (0.5, "percent", "0.5%"),
        (0.27, "::percent scale/100", "27%"),
        (0.0004, "", "0.0004"),
        (0.0000001, "percent", "0.0000001%"),
        (0.0000001, "::percent", "0.0000001%"),
        (3.14159, "", "3.14159"),
        (3.14159, "::.00", "3.14"),
        (1234.56789, "", "1,234.56789"),
        (1775, "", "1,775"),
        (1e-9, "", "0.000000001"),
        (2.0, "", "2"),
    ],
)
def test_one_rule_for_per_cent_and_small_values(value: float, style: str, text: str) -> None:
    assert format_number(value, "en", style) == text
    placeholder = f"{{n, number, {style}}}" if style else "{n, number}"
    assert format_message(placeholder, {"n": value}, "en") == text
    if not style:
        assert format_message("{n}", {"n": value}, "en") == text


def test_each_language_has_its_own_form() -> None:
    assert format_number(27, "de", "percent") == "27\u00a0%"
    assert format_number(0.0004, "fr") == "0,0004"
    assert format_number(27, "ar-u-nu-arab", "percent") == "٢٧٪\u061c"


def test_styles_inside_plural_forms() -> None:
    pattern = "{n, plural, one {{share, number, percent}} other {# of {share, number, percent}}}"
    assert format_message(pattern, {"n": 2, "share": 27}, "en") == "2 of 27%"


@given(st.floats(1e-12, 1e9), st.sampled_from(["en", "de", "hi-u-nu-latn"]))
def test_no_value_is_printed_as_zero(value: float, language: str) -> None:
    assert any(char in "123456789" for char in format_number(value, language))


@given(st.decimals(-99999, 99999, places=6))
def test_the_decimals_that_were_written(number: object) -> None:
    value = float(str(number))
    assert float(write_plain(value)) == value
    assert float(format_number(value, "en").replace(",", "")) == value
    assert count_decimals(value) <= 6


@pytest.mark.parametrize(
    ("style", "decimals", "expected"),
    [
        ("", None, ""),
        ("", 1, "::.0"),
        ("percent", 0, "::percent precision-integer"),
        ("::percent", 2, "::percent .00"),
        ("::currency/GBP", 2, "::currency/GBP .00"),
    ],
)
def test_fixed_decimals(style: str, decimals: int | None, expected: str) -> None:
    assert set_decimals(style, decimals) == expected


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("percent", 27.0),
        ("::percent .0", 27.0),
        ("::% .0", 27.0),
        ("::%x100", 2700.0),
        ("::percent scale/100", 2700.0),
        ("::.0", None),
        ("", None),
    ],
)
def test_the_percentage_of_a_style(style: str, printed: float | None) -> None:
    assert percentage(27, style) == printed


def test_a_percentage_above_100_is_found() -> None:
    facts = {"share": 27, "growth": 140}
    assert list(find_large_percentages("{share, number, percent} of {growth}", facts)) == []
    (found,) = find_large_percentages("{growth, number, percent}", facts)
    assert found[0] == "'growth' is printed as 140 %, which is more than 100 %"
    assert len(list(find_large_percentages("{share, number, ::percent scale/100}", facts))) == 1


# Quoted variables

LAYOUT = """\
brochure: trial
size: A6
binding: none
variables: {{value: {value}}}
pages: [{{}}]
"""


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"0301234567"', "0301234567"),
        ("'007'", "007"),
        ('"12.50"', "12.50"),
        ('"1e5"', "1e5"),
        ('"+49"', "+49"),
        ("0301234567", "0301234567"),
        ("007", "007"),
        ("+49", "+49"),
        ("-05", "-05"),
        ("0", 0),
        ("0.5", 0.5),
        ("-0.5", -0.5),
        ("12.50", 12.5),
        ("1e5", 100000.0),
        ("27", 27),
    ],
)
def test_a_quoted_variable_is_a_text(written: str, value: object) -> None:
    layout, findings = read(LAYOUT.format(value=written).encode(), "brochure.yaml", KINDS)
    assert layout
    assert findings == ()
    assert (layout.variables["value"], type(layout.variables["value"])) == (value, type(value))
    if isinstance(value, str):
        assert format_message("{value}", layout.variables, "en") == value
        with pytest.raises(MessageProblem, match="not a number"):
            format_message("{value, number}", layout.variables, "en")


def test_a_text_that_ends_with_a_comment_is_a_warning() -> None:
    text = "variables:\n  value: Suite #4\n"
    layout = LAYOUT.replace("variables: {{value: {value}}}\n", text).replace("{{", "{")
    _, findings = read(layout.replace("}}", "}").encode(), "brochure.yaml", KINDS)
    assert [one.code for one in findings] == ["copy-comment"]
    numbers = "variables:\n  value: 27 # as of 2024\n"
    layout = LAYOUT.replace("variables: {{value: {value}}}\n", numbers).replace("{{", "{")
    _, findings = read(layout.replace("}}", "}").encode(), "brochure.yaml", KINDS)
    assert findings == ()
