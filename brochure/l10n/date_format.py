"""Dates of data files: read in ISO 8601 form, and formatted for a language with ICU."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

ISO_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ]00:00(?::00)?)?")


def read_date(text: str) -> date | None:
    """Return a date such as `2026-11-24`, or the first day of a month such as `2026-11`; None if it is another text."""
    match = ISO_DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None


@lru_cache(maxsize=512)
def format_date(when: date, locale: str, skeleton: str) -> str:
    """Format a date with an ICU skeleton such as `yMMM`."""
    # Imported here so that a brochure without dates does not load ICU.
    from icu4py.messageformat import MessageFormat

    pattern = f"{{d, date, ::{skeleton}}}"
    noon = datetime(when.year, when.month, when.day, 12)  # noqa: DTZ001 - a day without a place
    return MessageFormat(pattern, locale).format({"d": noon})
