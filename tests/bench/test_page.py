"""The page of the benchmarks: a section that is measured again replaces the old one, and its goals the old goals."""

from __future__ import annotations

from bench.page import update_page
from bench.tables import Goal, Section, read_goals

WHEN = "Measured on 2026-11-29; the load of the machine was 0.2."
PAGE = """\
# Performance

What was measured.

## Goals

| goal | this run | met |
| --- | --- | --- |
| a build in at most 0.5 s | 0.6 s | **no** |
| `--help` loads at most 180 modules | 163 | yes |

## Commands

| command | time |
| --- | ---: |
| build | 0.6 s |

## References

Text.

## Imports

Text.
"""


def test_a_section_and_its_goals_are_replaced_and_nothing_else() -> None:
    goal = Goal("`--help` loads at most 179 modules", "181", False)
    page = update_page(PAGE, Section("## Imports\n\nOther text.", (goal,)), WHEN)
    assert page.endswith(f"## Imports\n\nOther text.\n\n{WHEN}\n")
    assert read_goals(page) == [Goal("a build in at most 0.5 s", "0.6 s", False), goal]
    kept = slice(PAGE.index("## Commands"), PAGE.index("## Imports"))
    assert PAGE[kept] in page
    assert page.startswith(PAGE[: PAGE.index("## Goals")])


def test_a_new_section_and_a_new_goal_are_added() -> None:
    goal = Goal("a table row each", "not measured here", None)
    page = update_page(PAGE, Section("## Tables\n\nText.", (goal,)), WHEN)
    titles = [line for line in page.splitlines() if line.startswith("## ")]
    assert titles == ["## Goals", "## Commands", "## Tables", "## References", "## Imports"]
    assert read_goals(page)[-1] == goal


def test_the_same_measurement_changes_nothing_more() -> None:
    section = Section("## Commands\n\nText.\n\n## Imports\n\nOther text.")
    once = update_page(PAGE, section, WHEN)
    assert update_page(once, section, WHEN) == once
    assert once.count(WHEN) == 2
