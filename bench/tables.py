"""What the page is made of: tables, and goals that a run has met or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted, what this run found, and whether that is enough; None where it could not be measured."""

    wanted: str
    found: str
    held: bool | None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page, and the goals that it decides."""

    text: str
    goals: tuple[Goal, ...] = ()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, figures to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def goal_table(goals: Sequence[Goal]) -> str:
    """The goals, each with a yes or a no."""
    said = {True: "yes", False: "**no**", None: "not measured"}
    rows = [f"| {goal.wanted} | {goal.found} | {said[goal.held]} |" for goal in goals]
    return "\n".join(["| goal | this run | held |", "| --- | --- | --- |", *rows])
