"""Read the numbers of data files, as people and spreadsheet programs write them.

Digits may be grouped; a negative number has a minus sign or is in brackets; a per cent sign may follow.
"""

from __future__ import annotations

import re

from brochure.fast_dataclass import dataclass
from brochure.l10n.formats._cell_format import CellText
from brochure.lazy_pattern import compile_lazily
from brochure.spec.data import DecimalMark


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as it is written in a cell: its value, decimal places, and whether it has a per cent sign or brackets."""

    value: int | float
    decimals: int
    has_percent: bool = False
    has_brackets: bool = False
    is_grouped: bool = False


MAX_WRITTEN = 60
"""Maximum characters of a number."""

SPACES = " \u00a0\u2009\u202f"


def _pattern(mark: str, separators: str) -> re.Pattern[str]:
    grouped = rf"[1-9]\d{{0,2}}(?P<group>[{separators}])(?:\d{{2,3}}(?P=group)){{0,5}}\d{{3}}"
    number = rf"(?P<whole>{grouped}|0|[1-9]\d{{0,14}})(?:{mark}(?P<decimals>\d{{1,9}}))?"
    percent = rf"(?P<percent>[{SPACES}]*[%٪])?"
    after = percent.replace("<percent>", "<after>")
    start = rf"(?P<open>\()?(?P<sign>[-−–])?[{SPACES}]*"
    return compile_lazily(rf"{start}{number}{percent}(?(open)[{SPACES}]*\)){after}")


PATTERNS = {
    DecimalMark.POINT: _pattern(r"[.٫]", rf",'’٬{SPACES}"),
    DecimalMark.COMMA: _pattern(r"[,٫]", rf".'’٬{SPACES}"),
}


def read_number(text: str, mark: DecimalMark = DecimalMark.POINT) -> WrittenNumber | None:
    """Return the number that a cell contains; None if it is a text, such as `007` or `n/a`."""
    if isinstance(text, CellText) and text.number is not None:
        return _read_workbook_number(text, text.number)
    text = _with_ascii_digits(text.strip())
    match = PATTERNS[mark].fullmatch(text) if len(text) <= MAX_WRITTEN else None
    if match is None or (match["open"] and match["sign"]) or (match["percent"] and match["after"]):
        return None
    whole = "".join(char for char in match["whole"] if char.isdigit())
    decimals = match["decimals"] or ""
    value: int | float = float(f"{whole}.{decimals}") if decimals.strip("0") else int(whole)
    is_negative = bool(match["open"] or match["sign"])
    return WrittenNumber(
        -value if is_negative else value,
        len(decimals),
        bool(match["percent"] or match["after"]),
        bool(match["open"]),
        bool(match["group"]),
    )


def _with_ascii_digits(text: str) -> str:
    """Return the text with the digits of other scripts as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


SHOWN_DECIMALS = compile_lazily(r"\d\.(\d+)")


def _read_workbook_number(text: str, value: int | float) -> WrittenNumber:
    """Return the number of a workbook's cell with the decimal places and signs that the spreadsheet shows."""
    shown = SHOWN_DECIMALS.search(text)
    return WrittenNumber(
        value, len(shown[1]) if shown else 0, "%" in text, "(" in text, "," in text
    )
