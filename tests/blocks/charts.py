"""Helpers for chart tests: charts from data, and checks that text does not overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from hypothesis import strategies as st

from brochure.api import lay_out
from brochure.geometry import Rect
from brochure.model.display_list import GlyphRun, Item, Path, bounds
from brochure.project import MemoryProject
from tests.blocks.setting import LEFT, TOP, Scene, SetPage, _written, placed

STYLES = """
axis: {font: Source Sans 3, size: 8 pt, leading: 10 pt, figures: [lining, tabular]}
label: {font: Source Sans 3, size: 11 pt, leading: 14 pt}
"""
TALL = 3000.0

Data = Sequence[tuple[str, object]]


def block(kind: str, data: Data, *keys: str) -> str:
    """Return a chart block; the labels of its entries are the messages `l0`, `l1`, ..."""
    rows = [f"    - {{label: l{at}, value: {value}}}" for at, (_, value) in enumerate(data)]
    head = f"- {kind}:" if rows else f"- {kind}: []"
    return "\n".join([head, *rows, *(f"  {key}" for key in ("alt: alt", *keys))])


def copy(data: Data, *more: str) -> str:
    """Return the messages of the labels."""
    labels = [f'l{at}: "{label}"' for at, (label, _) in enumerate(data)]
    return "\n".join([*labels, 'alt: "What the chart shows."', *more]) + "\n"


def scene(width: float = 200.0, language: str = "en") -> Scene:
    """A frame tall enough for any chart."""
    return Scene(width=width, height=TALL, styles=STYLES, language=language)


def chart(
    kind: str, data: Data, *keys: str, width: float = 200.0, expect: tuple[str, ...] = ()
) -> SetPage:
    """Place the chart, in English."""
    return placed(block(kind, data, *keys), copy(data), scene(width), expect)


def bars(page: SetPage) -> list[Rect]:
    """Return the filled rectangles relative to the frame's upper left corner: bars, columns, colour samples."""
    found = (path for path in page.paths if path.fill and len(path.outlines[0].segments) == 3)
    return [bounds(path.outlines).translate(-LEFT, -TOP) for path in found]


def tried(kind: str, data: Data, *keys: str, width: float) -> tuple[tuple[Item, ...], set[str]]:
    """Return the items of a chart that may not fit, and the codes of its findings."""
    made = lay_out(MemoryProject(_written(block(kind, data, *keys), copy(data), scene(width))))
    return made.pages[0].items, {finding.code for finding in made.findings}


def assert_set_apart(items: Sequence[Item], width: float) -> None:
    """Check that no text overlaps and nothing leaves the measure."""
    words = list(word_boxes(items))
    for (text, first), (other, second) in combinations(words, 2):
        assert not first.overlaps(second), (text, first, other, second)
    for rect in [*(rect for _, rect in words), *(path_box(item) for item in items)]:
        if rect is not None:
            assert rect.x >= LEFT - 0.3, rect
            assert rect.right <= LEFT + width + 0.3, rect


def word_boxes(items: Sequence[Item]) -> Iterator[tuple[str, Rect]]:
    """Return each glyph run with its box from just below the baseline to about cap height."""
    for item in items:
        if isinstance(item, GlyphRun) and item.glyphs.text.strip():
            size = item.glyphs.size
            box = Rect(item.x, item.y - 0.2 * size, item.glyphs.width, 0.84 * size)
            yield item.glyphs.text, box.expand(-0.05)


def path_box(item: Item) -> Rect | None:
    """Return the bounding box of a path of straight lines (control points of curves may lie outside)."""
    if not isinstance(item, Path):
        return None
    straight = all(len(segment) == 2 for outline in item.outlines for segment in outline.segments)
    return bounds(item.outlines) if straight else None


WORD = st.text("abdeghimnoprstuy", min_size=1, max_size=9)
LABEL = st.lists(WORD, min_size=1, max_size=7).map(" ".join)
VALUE = st.one_of(
    st.integers(-2000, 99_999), st.sampled_from([0, 0.5, 1775, 12.25]), st.just("none")
)
POSITIVE = st.one_of(st.integers(0, 99_999), st.sampled_from([0, 0.5, 1775, 12.25]))
WIDTHS = st.sampled_from([164.0, 200.0, 334.0])


def data_of(values: st.SearchStrategy[object], most: int = 12) -> st.SearchStrategy[Data]:
    """One to twelve entries."""
    return st.lists(st.tuples(LABEL, values), min_size=1, max_size=most)
