"""Text of workbook cells as the spreadsheet shows it, by number format (ECMA-376 Part 1, 18.8.31).

A cell whose text depends on the user's region, or that has no text, has a `problem` instead: errors such as #N/A, formulas
without a stored value, and formats that are not supported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from brochure.lazy_pattern import compile_lazily

REGIONAL_DATES = frozenset({"mm-dd-yy", "m/d/yy h:mm"})
"""Built-in formats 14 and 22, which every region shows differently."""

DECORATION = compile_lazily(
    r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+)\]|[_*].", re.I
)
"""Colours, and spaces as wide as a character, which are not part of the text."""
CURRENCY = compile_lazily(r"\[\$([^\[\]-]*+)(?:-[0-9A-Fa-f]*+)?\]")
TOKEN = compile_lazily(r'"([^"]*)"|\\(.)|([,.]{0,20}+[0#?][0#?,.]*+)|(.)', re.DOTALL)
NUMBER = compile_lazily(r"(?:[#0]+(?:,[#0]+)*)?(?:\.[#0]*)?")
"""Digit placeholders of a number; a comma after the last one would divide it by 1000."""
PLAIN_CHARACTERS = "$€£¥-+/():!^&'~{}<>= "
"""Characters that a number format shows without quotation marks."""
DATE_PART = compile_lazily(r'"([^"]*)"|\\(.)|(yyyy|yy|mm?|dd?|hh?|ss?)|(AM/PM|.)', re.IGNORECASE)
ESCAPE = compile_lazily(r"_x([0-9A-Fa-f]{4})_")
NOT_SUPPORTED = "its number format '{}' is not supported"


class CellText(str):
    """The text of a cell.

    Attributes:
        number: The value of a numeric cell, as precise as it is shown.
        problem: Why the cell has no text; empty for none.
        hint: What to do about it.
        kind: What the cell has instead of text: `a date` or `a truth value`; empty for text and numbers.
    """

    number: int | float | None = None
    problem: str = ""
    hint: str = ""
    kind: str = ""


def show_text(text: str) -> CellText:
    """Return the text of a cell with the characters that a workbook writes as `_x000D_`."""
    unescaped = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return CellText(unescaped.replace("\r\n", "\n").replace("\r", "\n"))


def refuse(problem: str, hint: str) -> CellText:
    """Return a cell without text."""
    cell = CellText()
    cell.problem, cell.hint = problem, hint
    return cell


def mark_kind(cell: CellText, kind: str) -> CellText:
    """Return a cell that has something else than text."""
    cell.kind = kind
    return cell


def show_value(value: object, number_format: str) -> CellText:
    """Return a value as its number format shows it."""
    if value is None:
        return CellText()
    if isinstance(value, str):
        return show_text(value)
    if isinstance(value, bool):
        return mark_kind(CellText("TRUE" if value else "FALSE"), "a truth value")
    if isinstance(value, (int, float)):
        return _show_number(value, number_format)
    if isinstance(value, (datetime, date, time)):
        return mark_kind(_show_date(value, number_format), "a date")
    return refuse(NOT_SUPPORTED.format(number_format), "format the column as text")


# Numbers


def _show_number(value: float, number_format: str) -> CellText:
    sections = _split_sections(number_format)
    at = 0 if value >= 0 or len(sections) < 2 else 1
    if value == 0 and len(sections) > 2:
        at = 2
    section = CURRENCY.sub(r'"\1"', DECORATION.sub("", sections[at]))
    if section.strip().casefold() in ("general", "@", ""):
        text = _write_general(value)
        return _make_number(text, float(text) if isinstance(value, float) else value)
    pattern = _parse_pattern(section)
    if pattern is None:
        return refuse(NOT_SUPPORTED.format(number_format), "format the column as text")
    shown = _round(abs(value) * 100**pattern.percents, pattern.decimals)
    digits = _fill(pattern, shown)
    sign = "-" if value < 0 and shown and at == 0 else ""
    return _make_number(sign + digits, float(shown) * (-1 if value < 0 else 1))


def _make_number(text: str, value: float) -> CellText:
    cell = CellText(text)
    cell.number = int(value) if value == int(value) else value
    return cell


def _write_general(value: float) -> str:
    """Return a number without a format; 15 significant digits are stored."""
    if isinstance(value, int):
        return str(value)
    text = format(Decimal(f"{value:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _round(value: float, decimals: int) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _split_sections(number_format: str) -> list[str]:
    """Split a format at its semicolons: positive, negative, zero, text."""
    return re.findall(r'(?:"[^"]*+"|\\.|\[[^\[\]]*+\]|[^;])++', number_format) or ["General"]


class _Pattern(NamedTuple):
    """A number format: literal texts and runs of digit placeholders, in order."""

    tokens: tuple[tuple[str, bool], ...]
    percents: int

    @property
    def runs(self) -> list[str]:
        """The runs of digit placeholders."""
        return [text for text, is_digits in self.tokens if is_digits]

    @property
    def decimals(self) -> int:
        """The greatest number of decimal places."""
        return sum(len(run.partition(".")[2]) for run in self.runs)


def _parse_pattern(section: str) -> _Pattern | None:
    """Parse a section; None if it has something that is not supported."""
    tokens = tuple(_tokens(section))
    known = tuple((text, is_digits) for text, is_digits in tokens if text is not None)
    pattern = _Pattern(known, re.sub(r'"[^"]*"|\\.', "", section).count("%"))
    is_simple = len(pattern.runs) == 1 and NUMBER.fullmatch(pattern.runs[0])
    is_code = all(re.fullmatch("[0#]+", run) for run in pattern.runs)
    return pattern if len(known) == len(tokens) and (is_simple or is_code) else None


def _tokens(section: str) -> Iterator[tuple[str | None, bool]]:
    """Yield literal texts and runs of placeholders; None for what is not supported."""
    for quoted, escaped, digits, other in TOKEN.findall(section):
        if digits:
            yield digits, True
        elif other:
            is_plain = other in PLAIN_CHARACTERS or other == "%" or not other.isascii()
            yield (other if is_plain else None), False
        else:
            yield quoted or escaped, False


def _fill(pattern: _Pattern, number: Decimal) -> str:
    """Return the pattern with the digits of a number, which fill several runs from the right."""
    integer, _, fraction = format(number, "f").partition(".")
    rest = "" if integer == "0" else integer
    left = len(pattern.runs)
    texts: list[str] = []
    for text, is_digits in reversed(pattern.tokens):
        left -= is_digits
        if not is_digits:
            texts.append(text)
            continue
        before, _, after = text.partition(".")
        places = len(before.replace(",", ""))
        taken = rest if left == 0 else rest[len(rest) - min(places, len(rest)) :]
        rest = rest[: len(rest) - len(taken)]
        digits = taken.zfill(before.count("0"))
        digits = f"{int(digits):,}" if "," in before and len(digits) > 3 else digits
        decimals = _trim_fraction(fraction, after)
        texts.append(f"{digits}.{decimals}" if decimals else digits)
    return "".join(reversed(texts)).strip()


def _trim_fraction(fraction: str, placeholders: str) -> str:
    """Return the decimals without the zeros that `#` does not show."""
    least = placeholders.rfind("0") + 1
    return fraction[:least] + fraction[least:].rstrip("0")


# Dates


def _show_date(value: datetime | date | time | timedelta, number_format: str) -> CellText:
    """Return a date in a fixed format; a format that depends on the region or a language is refused."""
    shown = DECORATION.sub("", _split_sections(number_format)[0])
    if number_format in REGIONAL_DATES or re.search(
        r"\[|m{3,}|d{3,}|general", shown, re.IGNORECASE
    ):
        hint = "format the column as text, or with a fixed format such as yyyy-mm-dd"
        return refuse(f"its date format '{number_format}' depends on region or language", hint)
    parts = DATE_PART.findall(shown)
    return CellText("".join(_write_parts(value, parts)))


def _write_parts(
    value: datetime | date | time | timedelta, parts: list[tuple[str, str, str, str]]
) -> Iterator[str]:
    """Yield the parts of a date; `m` after hours or before seconds is minutes."""
    codes = [code[:1].casefold() for _, _, code, _ in parts]
    has_half_days = any(other.casefold() == "am/pm" for *_, other in parts)
    for at, (quoted, escaped, code, other) in enumerate(parts):
        letter = codes[at]
        if not letter:
            half = "AM" if getattr(value, "hour", 0) < 12 else "PM"
            yield quoted or escaped or (half if other.casefold() == "am/pm" else other)
            continue
        near = [one for one in codes[:at] if one][-1:] + [one for one in codes[at + 1 :] if one][:1]
        is_minute = letter == "m" and (("h" in near[:1] and at > 0) or "s" in near[-1:])
        name = {"y": "year", "d": "day", "h": "hour", "s": "second"}.get(letter)
        number = int(getattr(value, name or ("minute" if is_minute else "month"), 0))
        if letter == "h" and has_half_days:
            number = number % 12 or 12
        yield f"{number % 100:02d}" if code.casefold() == "yy" else f"{number:0{len(code)}d}"
