"""Dates of variables and data files: read in ISO 8601 form, and formatted for a language with ICU."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from brochure.l10n.number_format import Fact, MessageProblem
from brochure.lazy_pattern import compile_lazily

ISO_DATE = compile_lazily(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ]00:00(?::00)?)?")


def read_date(text: str) -> date | None:
    """Return a date such as `2026-11-24`, or the first day of a month such as `2026-11`; None if it is another text."""
    match = ISO_DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None


def has_day(text: str) -> bool:
    """Return True if a date is written with its day."""
    match = ISO_DATE.fullmatch(text.strip())
    return match is not None and match[3] is not None


STYLES = ("full", "long", "medium", "short")
MONTH_STYLES = {"full": "::yMMMM", "long": "::yMMMM", "medium": "::yMMM", "short": "::yM"}
"""The styles of a date without a day, such as `2026-11`."""
DEFAULT_STYLE = "medium"

SKELETON = compile_lazily("::[GyUrQqMLdEec]{1,20}")
"""A skeleton of a date; times have no meaning for it."""
DAY = frozenset("dEec")
"""Fields of a skeleton that need a day."""

MONTHS_AS_GREGORIAN = ("th",)
"""Languages whose own calendar has other years, but the months of the Gregorian calendar."""


def format_variable(name: str, value: Fact, locale: str, style: str) -> str:
    """Format the value of a variable or merge field as a date, such as `2026-11-24` or `2026-11`.

    Args:
        name: The name of the variable, for messages.
        value: Its value.
        locale: The locale (BCP 47), whose calendar and digits are used.
        style: `full`, `long`, `medium`, `short`, an ICU skeleton such as `::yMMMM`, or empty for `medium`.

    Raises:
        MessageProblem: The value is not a date, or the style is unknown.
    """
    when = read_date(value) if isinstance(value, str) else None
    if when is None or not isinstance(value, str):
        message = f"the variable '{name}' is not a date: '{value}'"
        raise MessageProblem(message, "write its value as year, month and day, such as 2026-11-24")
    style = style.strip() or DEFAULT_STYLE
    if style not in STYLES and not SKELETON.fullmatch(style):
        hint = "write full, long, medium, short or a skeleton such as ::yMMMM"
        raise MessageProblem(f"'{style}' is not a date style", hint)
    if has_day(value):
        return _format(when, locale, style)
    if style.startswith("::") and not DAY.isdisjoint(style):
        message = (
            f"'{style}' prints a day, but the date '{value}' of the variable '{name}' has none"
        )
        raise MessageProblem(message, f"write ::yMMMM, or add the day to the value: {when}")
    return _format(when, _with_own_months(locale), MONTH_STYLES.get(style, style))


def _with_own_months(locale: str) -> str:
    """Return the locale with a calendar that has the months of the Gregorian calendar."""
    if locale.split("-", maxsplit=1)[0] in MONTHS_AS_GREGORIAN:
        return locale
    return f"{locale}-ca-gregory" if "-u-" in locale else f"{locale}-u-ca-gregory"


def format_date(when: date, locale: str, skeleton: str) -> str:
    """Format a date with an ICU skeleton such as `yMMM`."""
    return _format(when, locale, f"::{skeleton}")


@lru_cache(maxsize=512)
def _format(when: date, locale: str, style: str) -> str:
    # Imported here so that a brochure without dates does not load ICU.
    from icu4py.messageformat import MessageFormat

    noon = datetime(when.year, when.month, when.day, 12)  # noqa: DTZ001 - a day without a place
    return MessageFormat(f"{{d, date, {style}}}", locale).format({"d": noon})
