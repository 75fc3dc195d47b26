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


def format_goals(goals: Sequence[Goal]) -> str:
    """Return the Markdown table of the goals."""
    answers = {True: "yes", False: "**no**", None: "not measured"}
    rows = [f"| {one.goal} | {one.result} | {answers[one.is_met]} |" for one in goals]
    return "\n".join(["| goal | this run | met |", "| --- | --- | --- |", *rows])
