"""Layouts with one collection that is far too large: frames, text wraps, cells, entries of charts, items, keys, digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

MIN_SIZE, MAX_SIZE = 100, 10_500
"""Items of the collection. A layout with more entries in one list is refused by the YAML reader."""

MAX_TEXTS = 2_000
"""Items with text: each takes a millisecond to set."""

COPYFIT = re.compile(r", copyfit: \{[^}]*\}")
"""Copyfitting sets everything ten times and more; its time is measured by another form."""

PAGES = "pages:\n"
FRAMES = "  - frames:\n"


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the layout with pages of another content, of a size that is drawn at random."""
    head, _, _ = data.decode().partition(PAGES)
    count = int(MIN_SIZE * (MAX_SIZE / MIN_SIZE) ** rng.random())
    return (COPYFIT.sub("", head) + rng.choice(CONTENTS)(count, rng)).encode()


def _frames(count: int, rng: Random) -> str:
    """Frames in a grid, with text, text wrap, both or neither, beside a frame with text."""
    content = rng.choice(("", ", content: {text: words}"))
    count = min(count, MAX_TEXTS) if content else count
    wrap = rng.choice(("", ", text-wrap: 1 pt"))
    frames = "".join(
        f'      f{at}: {{at: "x {at % 40 * 3} mm, y {at // 40 % 60 * 3} mm, width 3 mm, height 3 mm"{wrap}{content}}}\n'
        for at in range(count)
    )
    return f"{PAGES}{FRAMES}      t: {{at: margins, content: {{text: words}}}}\n{frames}"


def _pages(count: int, rng: Random) -> str:
    return PAGES + f"{FRAMES}      f: {{at: margins, background: black}}\n" * (count // 10)


def _in_frame(block: str) -> str:
    return f"{PAGES}{FRAMES}      f: {{at: margins, content: [{block}]}}\n"


def _table(count: int, rng: Random) -> str:
    columns = rng.choice((1, 2, 3, 20, MIN_SIZE))
    cell = rng.choice(("none", "words", "{value: 1.5}"))
    count = count if cell == "none" else min(count, MAX_TEXTS)
    rows = ", ".join([f"[{', '.join([cell] * columns)}]"] * (count // columns))
    return _in_frame(f"{{table: [{rows}], head: {rng.choice((0, 1, 200))}}}")


def _spanning_table(count: int, rng: Random) -> str:
    """Cells that span many rows or columns."""
    rows = min(count, 190)
    first = rng.choice((f"[{{text: words, rows: {rows}}}, none]", "[{text: words, columns: 2}]"))
    return _in_frame(
        f"{{table: [{', '.join([first, *['[none]'] * (rows - 1)])}], rules: [rows, head]}}"
    )


def _chart(count: int, rng: Random) -> str:
    kind = rng.choice(("bar-chart", "column-chart", "donut", "before-after"))
    value = rng.choice(("1", "-3.5", "none", "9" * count, "1e300"))
    data = ", ".join([f"{{label: words, value: {value}}}"] * (2 if len(value) > 9 else count))
    axis = rng.choice(("", ", axis: 0..nan", ", axis: -inf..inf", f", axis: 0..{'9' * count}"))
    return _in_frame(f"{{{kind}: [{data}], alt: none{axis}}}")


def _list(count: int, rng: Random) -> str:
    return _in_frame(f"{{list: [{', '.join(['words'] * min(count, MAX_TEXTS))}]}}")


def _blocks(count: int, rng: Random) -> str:
    block = rng.choice(
        ("{text: words}", "{rule: }", "{column-break: }", "{heading: words, level: 2}")
    )
    return _in_frame(", ".join([block] * min(count, MAX_TEXTS)))


def _unknown_keys(count: int, rng: Random) -> str:
    return _in_frame("{text: words}") + "".join(f"k{at}: 1\n" for at in range(count))


def _unknown_names(count: int, rng: Random) -> str:
    return _in_frame(
        ", ".join(f"{{text: words, style: s{at}}}" for at in range(min(count, MAX_TEXTS)))
    )


CONTENTS: tuple[Callable[[int, Random], str], ...] = (
    *(_frames, _frames, _pages, _table, _table, _spanning_table),
    *(_chart, _chart, _list, _blocks, _unknown_keys, _unknown_names),
)
