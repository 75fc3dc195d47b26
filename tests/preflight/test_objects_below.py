"""Objects below a text are found by bands: the result is that of comparing it with all objects, for any coordinates."""

from __future__ import annotations

from math import inf, nan
from unittest.mock import sentinel

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.geometry import Rect
from brochure.preflight import objects_below
from brochure.preflight.model import ObjectLocation, PageContent, PathObject, TextObject
from brochure.preflight.objects_below import ObjectsBelow

PLACE = ObjectLocation(1, (0.0, 0.0))
LENGTHS = st.floats(0, 900) | st.sampled_from((0.0, 36.0, 72.0, 1e9))
OFFSETS = st.floats(-300, 900) | st.sampled_from((-1e9, 0.0, 36.0, 7200.0, 1e9))
RECTS = st.builds(Rect, OFFSETS, OFFSETS, LENGTHS, LENGTHS)
OBJECTS = st.builds(lambda rect: PathObject(PLACE, rect), RECTS) | st.builds(
    lambda rect: TextObject(PLACE, rect, "a", 9, "f", sentinel.colour), RECTS
)


@given(st.lists(OBJECTS, max_size=30), RECTS, st.integers(0, 30))
def test_the_same_objects_are_found_as_by_comparing_all(
    objects: list[PathObject | TextObject], bounds: Rect, index: int
) -> None:
    page = PageContent(1, 420, 595, 0, tuple(objects))
    expected = [
        item
        for item in reversed(objects[:index])
        if isinstance(item, PathObject) and item.bounds.overlaps(bounds)
    ]
    assert list(ObjectsBelow(page).find(bounds, index)) == expected


@pytest.mark.parametrize("y", [inf, -inf, nan])
def test_coordinates_that_are_not_numbers_are_ignored(y: float) -> None:
    bounds = Rect(0, y, 10, 10)
    page = PageContent(1, 420, 595, 0, (PathObject(PLACE, bounds),))
    assert len(list(ObjectsBelow(page).find(bounds, 1))) <= 1


def test_few_objects_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    class CountingRect(Rect):
        def overlaps(self, other: Rect) -> bool:
            nonlocal compared
            compared += 1
            return super().overlaps(other)

    count = 2_000
    rows = [CountingRect(0, at * 7_000 / count, 100, 3) for at in range(count)]
    page = PageContent(1, 420, 7_200, 0, tuple(PathObject(PLACE, row) for row in rows))
    below = ObjectsBelow(page)
    for row in rows:
        assert len(list(below.find(row, count))) == 1
    assert compared < count * 25
    assert objects_below.BAND * objects_below.MAX_BANDS >= 7_000
