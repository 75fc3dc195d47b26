"""Cells of workbooks: their text as Excel and LibreOffice show it with an English locale."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.l10n.formats._cell_format import show_value


def moment(*parts: int) -> datetime:
    """Return a time without a zone, as a workbook has it."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "number_format", "text", "number"),
    [
        (42, "General", "42", 42),
        (9780000000002, "General", "9780000000002", 9780000000002),
        (0.1 + 0.2, "General", "0.3", 0.3),
        (12, "@", "12", 12),
        (3766, "00000", "03766", 3766),
        (0.27, "0%", "27%", 27),
        (0.275, "0.0%", "27.5%", 27.5),
        (2500, "#,##0", "2,500", 2500),
        (1234567.891, "#,##0.0", "1,234,567.9", 1234567.9),
        (5, "#,##0", "5", 5),
        (0.5, "#.0", ".5", 0.5),
        (12.3, "0.##", "12.3", 12.3),
        (2.675, "0.00", "2.68", 2.68),
        (-5, "0.00", "-5.00", -5),
        (-0.001, "0.00", "0.00", 0),
        (-5, "0;(0)", "(5)", -5),
        (-1234, "#,##0_);[Red](#,##0)", "(1,234)", -1234),
        (0, '0;-0;"none"', "none", 0),
        (123456789, "00000-0000", "12345-6789", 123456789),
        (6135550101, "(000) 000-0000", "(613) 555-0101", 6135550101),
        (5, '"No. "0', "No. 5", 5),
        (5, "[$€-407] #,##0.00", "€ 5.00", 5),
        (1234567, '#,##0 "€"', "1,234,567 €", 1234567),
    ],
)
def test_numbers(value: float, number_format: str, text: str, number: float) -> None:
    cell = show_value(value, number_format)
    assert (str(cell), cell.number, cell.problem) == (text, number, "")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (date(2026, 1, 8), "yyyy-mm-dd", "2026-01-08"),
        (moment(2026, 1, 8), "d.m.yy", "8.1.26"),
        (moment(2026, 1, 8, 15, 5), "dd/mm/yyyy hh:mm AM/PM", "08/01/2026 03:05 PM"),
        (moment(2026, 11, 28, 9, 5, 7), "yyyy-mm-dd h:mm:ss", "2026-11-28 9:05:07"),
        (moment(2026, 11, 28), "yyyy\\-mm\\-dd;@", "2026-11-28"),
        (time(9, 5, 7), "mm:ss", "05:07"),
        (True, "General", "TRUE"),
        (False, "0", "FALSE"),
        (None, "0", ""),
        ("a_x000D_\nb_x0041_", "General", "a\nbA"),
        ("a\r\nb\rc", "General", "a\nb\nc"),
    ],
)
def test_dates_and_texts(value: object, number_format: str, text: str) -> None:
    cell = show_value(value, number_format)
    assert (str(cell), cell.number, cell.problem) == (text, None, "")


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (0.5, "# ?/?"),
        (1200, "0.00E+00"),
        (1200000, "0,,"),
        (5, "[>100]0"),
        (moment(2026, 1, 8), "mm-dd-yy"),
        (moment(2026, 1, 8), "m/d/yy h:mm"),
        (moment(2026, 1, 8), "d mmmm yyyy"),
        (moment(2026, 1, 8), "ddd d"),
        (moment(2026, 1, 8), "[h]:mm"),
    ],
)
def test_formats_that_are_refused(value: object, number_format: str) -> None:
    cell = show_value(value, number_format)
    assert str(cell) == ""
    assert number_format in cell.problem
    assert cell.hint


@given(st.integers(-(10**12), 10**12), st.sampled_from(["0", "#,##0", "0.00", "000000", "General"]))
def test_an_integer_is_read_back(value: int, number_format: str) -> None:
    cell = show_value(value, number_format)
    assert cell.number == value
    assert float(str(cell).replace(",", "")) == value


@given(st.floats(-1e9, 1e9), st.text(max_size=12))
def test_no_format_fails(value: float, number_format: str) -> None:
    cell = show_value(value, number_format)
    assert bool(cell.problem) is not (cell.number is not None)
