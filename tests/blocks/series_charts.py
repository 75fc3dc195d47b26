"""Helpers for tests of charts with several series: charts from lists of values, and their drawn items."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.api import lay_out
from brochure.geometry import Rect
from brochure.model.display_list import Item, Path, bounds
from brochure.project import MemoryProject
from tests.blocks.charts import scene
from tests.blocks.setting import LEFT, TOP, SetPage, _written, placed

Row = tuple[str, Sequence[object]]


def series_block(kind: str, rows: Sequence[Row], names: Sequence[str], *keys: str) -> str:
    """Return a block; the messages are `l0`, `l1` … for labels and `s0`, `s1` … for series."""
    entries = [
        f"    - {{label: l{at}, value: [{', '.join(map(str, values))}]}}"
        for at, (_, values) in enumerate(rows)
    ]
    series = ", ".join(f"s{at}" for at in range(len(names)))
    lines = [f"- {kind}:", *entries, f"  series: [{series}]", "  alt: alt"]
    return "\n".join([*lines, *(f"  {key}" for key in keys)])


def series_copy(rows: Sequence[Row], names: Sequence[str]) -> str:
    """Return the messages of labels and series."""
    labels = [f'l{at}: "{label}"' for at, (label, _) in enumerate(rows)]
    series = [f's{at}: "{name}"' for at, name in enumerate(names)]
    return "\n".join([*labels, *series, "alt: What is shown.", "note: The flood", ""])


def series_chart(
    kind: str,
    rows: Sequence[Row],
    names: Sequence[str],
    *keys: str,
    width: float = 200.0,
    language: str = "en",
    expect: tuple[str, ...] = (),
) -> SetPage:
    """Place a chart with several series."""
    block, copy = series_block(kind, rows, names, *keys), series_copy(rows, names)
    return placed(block, copy, scene(width, language), expect)


def tried_series(
    kind: str, rows: Sequence[Row], names: Sequence[str], *keys: str, width: float
) -> tuple[tuple[Item, ...], set[str]]:
    """Return the items of a chart that may not fit, and the codes of its findings."""
    block, copy = series_block(kind, rows, names, *keys), series_copy(rows, names)
    made = lay_out(MemoryProject(_written(block, copy, scene(width))))
    return made.pages[0].items, {finding.code for finding in made.findings}


def lines_of(page: SetPage, weight: float = 1.4) -> list[list[tuple[float, float]]]:
    """Return the points of strokes of a weight, from the frame's upper left corner."""
    return [
        [(x - LEFT, y - TOP) for x, y in (path.outlines[0].start, *path.outlines[0].segments)]
        for path in page.paths
        if path.stroke and path.stroke.width == weight
    ]


def fills_of(items: Sequence[Item]) -> list[Rect]:
    """Return the bounding boxes of filled paths, from the frame's upper left corner."""
    return [
        bounds(item.outlines).translate(-LEFT, -TOP)
        for item in items
        if isinstance(item, Path) and item.fill
    ]


def cells_of(items: Sequence[Item]) -> list[str]:
    """Return the texts of the data table in the structure."""
    return [item.tag.alt for item in items if isinstance(item, Path) and item.tag.role == "Span"]
