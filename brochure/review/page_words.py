"""The words of a page by their places: which words an area marks, and which message is nearest to a point.

Words come from the glyph clusters of the display list, in the order in which they are read. So a mark on Khmer, Thai or Arabic
gives whole letters, and a mark across two columns gives the words that are under it only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix, Rect, bounding_box
from brochure.model.display_list import GlyphRun, Page

Point = tuple[float, float]
Polygon = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster of glyphs: its text, its message's key, its line and its box before `matrix` is applied, in points.

    `line` numbers the lines of the page; `element` is the structure element, such as a paragraph. `has_space` is set if a space
    follows that is not part of a cluster: one that was dropped at the line end, or a gap between runs.
    """

    key: str
    text: str
    line: int
    box: Rect
    baseline: float
    matrix: Matrix
    element: object
    has_space: bool = False

    @property
    def middle(self) -> Point:
        """The point that decides whether the cluster is marked: at half the height of small letters."""
        return self.matrix.apply(
            self.box.x + self.box.width / 2, self.baseline + MIDDLE * self.box.height
        )

    @property
    def outline(self) -> Polygon:
        """The corners of the box on the page."""
        return self.matrix.corners(self.box)


MIDDLE = 0.22
"""Height of the middle of small letters above the baseline, in parts of a line's height."""


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words that an area marks, the key of their message, and whether they are all words of the message on this page."""

    key: str
    words: str
    is_all: bool = False


class PageWords:
    """The words of one page."""

    def __init__(self, page: Page, *, left_to_right: bool) -> None:
        self.page = page
        self._clusters = tuple(_find_clusters(page, left_to_right=left_to_right))
        self._middles = [cluster.middle for cluster in self._clusters]

    @cached_property
    def text(self) -> str:
        """The text of the page."""
        return _join(self._clusters, lambda _: True)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the messages on the page, in painting order."""
        return tuple(dict.fromkeys(cluster.key for cluster in self._clusters if cluster.key))

    def find_marked(self, areas: Sequence[Polygon]) -> MarkedWords | None:
        """Return the words whose clusters are in one of the areas; None if there are none.

        An area that has no clusters, such as that of an underline below the letters, marks those above it.
        """
        marked = self._within(areas) or self._within([_heighten(area) for area in areas])
        if not marked:
            return None
        keys = [cluster.key for cluster in marked if cluster.key]
        key = max(dict.fromkeys(keys), key=keys.count, default="")
        chosen = {id(cluster) for cluster in marked}
        own = [one for one in self._clusters if one.key == key and one.text.strip()]
        is_all = bool(key) and all(id(cluster) in chosen for cluster in own)
        words = _join(self._clusters, lambda cluster: id(cluster) in chosen)
        return MarkedWords(key, words, is_all and len(set(keys)) == 1)

    def _within(self, areas: Sequence[Polygon]) -> list[Cluster]:
        boxes = [(bounding_box(area).expand(SLACK), area) for area in areas]
        return [
            cluster
            for cluster, middle in zip(self._clusters, self._middles, strict=True)
            if any(_is_in(box, area, middle) for box, area in boxes)
        ]

    def find_nearest(self, area: Rect) -> str:
        """Return the key of the message that is in an area or nearest to its middle; empty if none is near."""
        middle = (area.centre.x, area.centre.y)
        best = min(
            (cluster for cluster in self._clusters if cluster.key),
            key=lambda cluster: _distance(cluster.matrix.box(cluster.box), middle),
            default=None,
        )
        if best is None or _distance(best.matrix.box(best.box), middle) > MAX_DISTANCE:
            return ""
        return best.key

    def find_gap(self, area: Rect) -> MarkedWords | None:
        """Return the words on both sides of a caret, with a caret between them; None if it is not in a line.

        The caret is set below the place where words are to be inserted: in the middle of its width, on its line.
        """
        x = area.centre.x
        tall = Rect(x, area.y, 0.01, max(area.height, 1.0)).expand(CARET_REACH)
        near = [
            cluster for cluster in self._clusters if tall.overlaps(cluster.matrix.box(cluster.box))
        ]
        if not near:
            return None
        anchor = min(near, key=lambda one: _gap_distance(one, x, area))
        line = [one for one in self._clusters if one.line == anchor.line and one.key == anchor.key]
        before, after = _divide(line, x)
        words = " ".join((*before.split()[-1:], CARET, *after.split()[:1]))
        return MarkedWords(anchor.key, words)


CARET = "‸"
CARET_REACH = 4.0
"""How far from its line's letters a caret may be, in points."""
MAX_DISTANCE = 72.0
"""How far from a message a note may be to belong to it, in points."""
SLACK = 0.3


def _find_clusters(page: Page, *, left_to_right: bool) -> Iterator[Cluster]:
    """Yield the clusters of a page: lines in painting order, the clusters of a line in reading order."""
    runs = (item for item in page.items if isinstance(item, GlyphRun) and item.glyphs.text)
    for number, (_, line) in enumerate(groupby(runs, _line_key)):
        yield from _line_clusters(tuple(line), number, left_to_right=left_to_right)


def _line_key(run: GlyphRun) -> tuple[object, ...]:
    return _key(run), run.matrix, round(run.y - run.glyphs.y, 2)


def _key(run: GlyphRun) -> str:
    return run.glyphs.origin.key if run.glyphs.origin else ""


def _line_clusters(
    runs: Sequence[GlyphRun], line: int, *, left_to_right: bool
) -> Iterator[Cluster]:
    ends_with_space = any(run.trailing_space for run in runs)
    ordered = _reading_order(runs, left_to_right=left_to_right)
    for at, run in enumerate(ordered):
        clusters = _run_clusters(run, line)
        last = at == len(ordered) - 1
        space = ends_with_space if last else _has_gap(run, ordered[at + 1])
        yield from clusters[:-1]
        one = clusters[-1]
        yield replace(one, has_space=space)


def _reading_order(runs: Sequence[GlyphRun], *, left_to_right: bool) -> list[GlyphRun]:
    """Return the runs of a line in reading order, from left to right order (UAX #9, L2 for one embedding level)."""
    ordered: list[GlyphRun] = []
    for _, group in groupby(runs, lambda run: run.glyphs.left_to_right == left_to_right):
        part = list(group)
        against = part[0].glyphs.left_to_right != left_to_right
        # In a line from right to left, the order of the parts is reversed below.
        ordered += part[::-1] if against else part
    return ordered if left_to_right else ordered[::-1]


def _has_gap(one: GlyphRun, other: GlyphRun) -> bool:
    left, right = sorted((one, other), key=lambda run: run.x)
    return right.x - left.x - left.glyphs.width > MIN_SPACE * one.glyphs.size


MIN_SPACE = 0.15
"""Minimum gap between runs that counts as a space, in ems."""


def _run_clusters(run: GlyphRun, line: int) -> list[Cluster]:
    """Return the clusters of a run in the order of its text."""
    glyphs = run.glyphs
    extents: dict[int, tuple[float, float]] = {}
    x = run.x
    for start, advance in zip(glyphs.clusters, glyphs.advances, strict=True):
        left, right = extents.get(start, (x, x))
        extents[start] = min(left, x), max(right, x + advance)
        x += advance
    starts = sorted(extents)
    low, high = glyphs.face.descent * glyphs.size, glyphs.face.ascent * glyphs.size
    return [
        Cluster(
            _key(run),
            glyphs.text[start:end],
            line,
            Rect(extents[start][0], run.y - low, extents[start][1] - extents[start][0], low + high),
            run.y,
            run.matrix,
            run.tag.path,
        )
        for start, end in zip(starts, [*starts[1:], len(glyphs.text)], strict=True)
    ]


def _join(clusters: Iterable[Cluster], is_chosen: Callable[[Cluster], bool]) -> str:
    """Join the text of the chosen clusters; words between them that are not chosen become an ellipsis."""
    text, skipped = "", ""
    last: Cluster | None = None
    for cluster in clusters:
        if not is_chosen(cluster):
            skipped += cluster.text if last and cluster.line == last.line else ""
            continue
        if last and (last.key, last.element) != (cluster.key, cluster.element):
            text += " "
        text += " … " if skipped.strip() else skipped
        text += cluster.text + (" " if cluster.has_space else "")
        last, skipped = cluster, ""
    return SPACES.sub(" ", text.replace("\u00ad", "")).strip()


SPACES = re.compile(r"[^\S\u3000]+")


def _is_in(box: Rect, area: Polygon, point: Point) -> bool:
    """Return whether a convex counter-clockwise polygon, whose bounding box is `box`, contains a point."""
    x, y = point
    if not (box.x <= x <= box.right and box.y <= y <= box.top):
        return False
    edges = zip(area, (*area[1:], area[0]), strict=True)
    return all(
        (end[0] - start[0]) * (y - start[1]) - (end[1] - start[1]) * (x - start[0]) >= -SLACK
        for start, end in edges
    )


def _heighten(area: Polygon) -> Polygon:
    """Return the bounding box of an area, higher by the height of small letters."""
    box = bounding_box(area).expand(1.0)
    return IDENTITY.corners(Rect(box.x, box.y - REACH_BELOW, box.width, box.height + REACH))


REACH, REACH_BELOW = 9.0, 1.0
"""By how much an area without words is enlarged, in points: in all, and at its lower edge."""


def _distance(box: Rect, point: Point) -> float:
    """Return the distance of a point from a rectangle; 0 inside."""
    x, y = point
    across = max(box.x - x, 0.0, x - box.right)
    up = max(box.y - y, 0.0, y - box.top)
    return float((across * across + up * up) ** 0.5)


def _gap_distance(cluster: Cluster, x: float, area: Rect) -> tuple[float, float]:
    """Return how far a caret is from a cluster: from its baseline, then from its nearer side."""
    box = cluster.matrix.box(cluster.box)
    baseline = cluster.matrix.apply(cluster.box.x, cluster.baseline)[1]
    away = (
        0.0
        if area.y <= baseline <= area.top
        else min(abs(baseline - area.y), abs(baseline - area.top))
    )
    return away, min(abs(box.x - x), abs(box.right - x))


def _divide(line: Sequence[Cluster], x: float) -> tuple[str, str]:
    """Return the text of a line before and after the place at x."""
    boxes = [cluster.matrix.box(cluster.box) for cluster in line]
    is_before_left = [box.centre.x < x for box in boxes]
    # The direction of the line: whether its text moves to the right.
    onwards = boxes[-1].centre.x >= boxes[0].centre.x
    before = _join(
        line, _chooser(line, is_before_left if onwards else [not one for one in is_before_left])
    )
    after = _join(
        line, _chooser(line, [not one for one in is_before_left] if onwards else is_before_left)
    )
    return before, after


def _chooser(line: Sequence[Cluster], chosen: Sequence[bool]) -> Callable[[Cluster], bool]:
    ids = {id(cluster) for cluster, is_chosen in zip(line, chosen, strict=True) if is_chosen}
    return lambda cluster: id(cluster) in ids
