"""Write the page of the benchmarks: each section as soon as it is measured, so that an interrupted run loses nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.tables import Goal, Section, format_goals, read_goals

GOALS_TITLE = "Goals"
GOALS_HEAD = """\
## Goals

The goals for speed and memory, and whether the last measurement of each met it.
"""


def describe_measurement() -> str:
    """Return when a section was measured, and the load of the machine."""
    date = datetime.now(tz=UTC).date().isoformat()
    return f"Measured on {date}; the load of the machine was {os.getloadavg()[0]:.1f}."


def update_page(page: str, section: Section, when: str) -> str:
    """Replace a section in the page, or insert a new one before the last two; replace the goals that it measured.

    Args:
        page: The page in Markdown.
        section: One or more sections of the second level, each with its title.
        when: When it was measured, and at which load; this becomes the last line of each of them.
    """
    for text in section.text.removeprefix("## ").split("\n## "):
        page = _replace(page, f"{text.strip()}\n\n{when}")
    if not section.goals:
        return page
    goals = _merge(read_goals(page), section.goals)
    return _replace(page, f"{GOALS_HEAD}\n{format_goals(goals)}".removeprefix("## "))


def write_section(path: Path, section: Section, when: str) -> None:
    """Write a section that was measured into the page."""
    page = update_page(path.read_text(encoding="utf-8"), section, when)
    path.write_text(page, encoding="utf-8")


def _replace(page: str, text: str) -> str:
    before, *sections = page.split("\n## ")
    titles = [one.partition("\n")[0] for one in sections]
    title = text.partition("\n")[0]
    if title in titles:
        sections[titles.index(title)] = text.strip() + "\n"
    else:
        sections.insert(max(0, len(sections) - 2), text.strip() + "\n")
    return "\n## ".join([before, *sections])


def _merge(old: Sequence[Goal], new: Sequence[Goal]) -> list[Goal]:
    """Replace each old goal by the new one that differs from it at most in numbers; append the others."""
    fresh = {_identify(one): one for one in new}
    merged = [fresh.pop(_identify(one), one) for one in old]
    return [*merged, *fresh.values()]


def _identify(goal: Goal) -> str:
    return re.sub(r"[0-9.,]+", "", goal.goal)
