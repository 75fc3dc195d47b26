"""Format numbers for a language with ICU, and the rules that ICU's defaults do not follow.

A per cent value is written as it is printed: 27 is 27 %, in messages, tables and charts. A number without a number format keeps
the decimals that it was written with, so that 0.0004 is not printed as 0.
"""

from __future__ import annotations

from brochure.l10n.message_limits import find_style_excess
from brochure.lazy_pattern import compile_lazily

Fact = int | float | str

MAX_DECIMALS = 15
"""Decimal places of the smallest values that are printed exactly."""
ICU_DECIMALS = 3
"""Decimal places that ICU prints of a number without a number format."""
ICU_SKELETON_DECIMALS = 6
"""Decimal places that ICU prints with a skeleton that sets no precision."""

PERCENT = compile_lazily(r"(?:^|\s)(?:percent|%|%x100)(?=\s|$)")
SCALE = compile_lazily(r"(?:^|\s)scale/(\d{1,9}(?:\.\d{1,9})?)(?=\s|$)")
FULL_PERCENT = 100.0


class MessageProblem(Exception):
    """Raised if a pattern cannot be formatted; holds the reason and how to fix it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def format_number(value: Fact, language: str, style: str = "") -> str:
    """Format a number for a language.

    Args:
        value: The number; text is returned unchanged.
        language: The locale (BCP 47).
        style: An ICU number style such as `percent`, or a skeleton such as `::.0`.

    Raises:
        MessageProblem: ICU does not know the style, or it asks for too many digits.
    """
    if isinstance(value, str):
        return value
    excess = find_style_excess(style)
    if excess:
        raise MessageProblem(*excess)
    # Imported here so that a brochure without figures does not load ICU.
    from icu4py.messageformat import MessageFormat

    unknown = MessageProblem(f"'{style}' is not a number style", "write e.g. percent or ::.00")
    if "{" in style or "}" in style or not _is_number_style(style):
        raise unknown
    style = resolve_style(style, value)
    # Without a space before the style: decimal patterns keep it.
    pattern = f"{{n, number,{style}}}" if style else "{n, number}"
    try:
        return MessageFormat(pattern, language).format({"n": value})
    except (ValueError, RuntimeError) as failure:
        raise unknown from failure


STYLES = ("", "integer", "currency", "percent")
"""Names of number styles."""


def _is_number_style(style: str) -> bool:
    """Return False for a word that ICU would print before the number, as a decimal pattern without digits."""
    style = style.strip()
    return style in STYLES or style.startswith("::") or "0" in style or "#" in style


def resolve_style(style: str, value: Fact) -> str:
    """Return the ICU number style for a value: `percent` does not multiply by 100, and small values keep their decimals."""
    style = style.strip()
    decimals = count_decimals(value)
    if style == "percent":
        return _add_decimals("::percent", decimals)
    if style == "::percent" and decimals > ICU_SKELETON_DECIMALS:
        return _add_decimals(style, decimals)
    if not style and decimals > ICU_DECIMALS:
        return _add_decimals("::", decimals)
    return style


def _add_decimals(skeleton: str, decimals: int) -> str:
    return f"{skeleton} .{'#' * decimals}".replace(":: ", "::") if decimals else skeleton


def set_decimals(style: str, decimals: int | None) -> str:
    """Return the style with a fixed number of decimal places, if there is one."""
    if decimals is None:
        return style
    skeleton = f"::{style.strip().removeprefix('::')}".rstrip()
    places = f".{'0' * decimals}" if decimals else "precision-integer"
    return f"{skeleton} {places}".replace(":: ", "::")


def count_decimals(value: Fact) -> int:
    """Return the number of decimal places that a number was written with."""
    if isinstance(value, (int, str)):
        return 0
    mantissa, _, exponent = repr(value).partition("e")
    written = len(mantissa.partition(".")[2].rstrip("0"))
    return min(max(0, written - int(exponent or 0)), MAX_DECIMALS)


def write_plain(value: Fact) -> str:
    """Return a value as text for programs: digits and a point, without exponent and grouping."""
    if isinstance(value, str):
        return value
    return f"{value:.{count_decimals(value)}f}" if isinstance(value, float) else str(value)


def percentage(value: Fact, style: str) -> float | None:
    """Return the percentage that a style prints of a value, such as 27.0; None if it prints none."""
    skeleton = style.strip().removeprefix("::")
    if isinstance(value, str) or not PERCENT.search(skeleton):
        return None
    scale = SCALE.search(skeleton)
    factor = float(scale[1]) if scale else FULL_PERCENT if "%x100" in skeleton else 1.0
    return value * factor


def describe_excess(name: str, value: Fact, style: str) -> tuple[str, str] | None:
    """Return the message and the hint about a percentage above 100, or None."""
    printed = percentage(value, style)
    if printed is None or abs(printed) <= FULL_PERCENT:
        return None
    message = f"{name} is printed as {printed:,.6g} %, which is more than 100 %"
    return message, "27 is printed as 27 %; check the value"
