"""The options `--target` and `--date`.

`build` and `watch` read `--target` and `--date` here, `impose` reads `--date`. A wrong value is a UsageError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from brochure.choices import Target
from brochure.cli._options import StopSeverity
from brochure.lazy_pattern import compile_lazily

if TYPE_CHECKING:
    from brochure.prepress.output_conditions import OutputCondition

DAY = compile_lazily(r"(?:19|20)\d\d-\d\d-\d\d")
TIME = compile_lazily(r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ")


def read_target(
    target: Target, date: str | None, preflight: StopSeverity | None = None
) -> OutputCondition:
    """Return the output condition that `--target` names, with the date and the preflight that options state."""
    from brochure.errors import UsageError
    from brochure.prepress.output_conditions import CONDITIONS

    condition = CONDITIONS[target.value]
    if date is not None and not condition.inks:
        raise UsageError(
            f"--date applies to press PDFs only: remove it, or --target {target.value}"
        )
    if preflight is not None and not condition.inks:
        raise UsageError(
            f"--preflight applies to press PDFs only: remove it, or --target {target.value}"
        )
    return condition.dated(read_date(date)).checked(preflight.value if preflight else "")


def read_date(date: str | None) -> str:
    """Return the date that `--date` states as ISO 8601 in UTC; empty without the option. `now` is the current moment."""
    from brochure.errors import UsageError
    from brochure.project import current_date

    if date is None:
        return ""
    if date == "now":
        return current_date()
    day, time = date[: len("2026-11-24")], date[len("2026-11-24") :]
    if _is_day(day) and time.isascii() and TIME.fullmatch(time):
        return date
    if not _is_day(date):
        raise UsageError(
            f"--date: '{date}' is not a date; expected 'now' or a day as YYYY-MM-DD, such as 2026-11-24"
        )
    return f"{date}T00:00:00Z"


def _is_day(text: str) -> bool:
    """Whether the text is a day of the calendar from 1900 to 2099."""
    from datetime import date

    if not (DAY.fullmatch(text) and text.isascii()):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
