"""Sections, tables and goals of docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, the result of this run, and whether the result meets the goal; None if it was not measured."""

    goal: str
    result: str
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page in Markdown, and the goals that it measures."""

    text: str
    goals: tuple[Goal, ...] = ()


def format_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose columns, except the first, are aligned to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


ANSWERS = {True: "yes", False: "**no**", None: "not measured"}


def format_goals(goals: Sequence[Goal]) -> str:
    """Return the Markdown table of the goals."""
    rows = [f"| {one.goal} | {one.result} | {ANSWERS[one.is_met]} |" for one in goals]
    return "\n".join(["| goal | this run | met |", "| --- | --- | --- |", *rows])


def read_goals(page: str) -> list[Goal]:
    """Return the goals of a page that has the table of `format_goals`."""
    met = {answer: is_met for is_met, answer in ANSWERS.items()}
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    return [Goal(row[0], row[1], met[row[2]]) for row in rows if len(row) == 3 and row[2] in met]
