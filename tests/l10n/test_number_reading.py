"""Numbers as people and spreadsheet programs write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.l10n.number_reading import WrittenNumber, read_number
from brochure.spec.data import DecimalMark


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", WrittenNumber(0, 0)),
        ("642.0", WrittenNumber(642, 1)),
        ("1,388.0", WrittenNumber(1388, 1, is_grouped=True)),
        ("12,34,567", WrittenNumber(1234567, 0, is_grouped=True)),
        ("1\u202f204", WrittenNumber(1204, 0, is_grouped=True)),
        ("1'204.25", WrittenNumber(1204.25, 2, is_grouped=True)),
        ("-3", WrittenNumber(-3, 0)),
        ("− 3.5", WrittenNumber(-3.5, 1)),
        ("(4.9 %)", WrittenNumber(-4.9, 1, has_percent=True, has_brackets=True)),
        ("(4.9) %", WrittenNumber(-4.9, 1, has_percent=True, has_brackets=True)),
        ("27%", WrittenNumber(27, 0, has_percent=True)),
        ("۱۲٫۵", WrittenNumber(12.5, 1)),
    ],
)
def test_numbers(text: str, expected: WrittenNumber) -> None:
    assert read_number(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "007",
        "+44",
        "1,5",
        "1,20,5",
        "12,34",
        "1.2.3",
        "(1",
        "1)",
        "(-1)",
        "1e5",
        "2 kg",
        "£5",
        "5%%",
        "1" * 61,
    ],
)
def test_texts(text: str) -> None:
    assert read_number(text) is None


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3),
    st.sampled_from([(",", "."), (".", ","), ("\u00a0", ","), ("", ".")]),
    st.booleans(),
)
def test_a_written_number_is_read_as_the_same_value(
    value: Decimal, marks: tuple[str, str], brackets: bool
) -> None:
    group, point = marks
    text = f"{abs(value):,.3f}".replace(",", "G").replace(".", point).replace("G", group)
    signed = (f"({text})" if brackets else f"-{text}") if value < 0 else text
    mark = DecimalMark.COMMA if point == "," else DecimalMark.POINT
    read = read_number(signed, mark)
    assert read is not None
    assert Decimal(repr(read.value)) == value
    assert read.decimals == 3
