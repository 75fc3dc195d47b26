"""How much an SVG comes to, reckoned before anything in it is drawn.

Takes the parsed file; says nothing, or raises a `SvgError`: where `use` elements go in a circle, where they repeat each other
into more shapes than any drawing has, or where its paths have more points than can be made plain in reasonable time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

MAX_SHAPES = 3_000
MAX_NUMBERS = 60_000
"""Making plain takes some 2 ms a shape and 0.3 ms a number; a map of a country has a few thousand of these."""

HREFS = ("{http://www.w3.org/1999/xlink}href", "href")
PATHS = ("d", "points")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
Sizes = dict[Any, int | None]
"""How many shapes each element stands for; None while that is being found out."""


class SvgError(ValueError):
    """An SVG that cannot be printed as it is; the text says why."""


def check_complexity(root: Any) -> None:
    """DrawingError where the drawing is too much, or has no end."""
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    named = {one.get("id"): one for one in elements if one.get("id")}
    sizes: Sizes = {}
    for one in reversed(
        elements
    ):  # what is deeper or later first: so no call goes deep into a tree
        _shapes(one, named, sizes)
    if (sizes[root] or 0) > MAX_SHAPES:
        raise SvgError(f"it comes to more than {MAX_SHAPES:,} shapes")
    if _numbers(elements) > MAX_NUMBERS:
        raise SvgError(f"its paths have more than {MAX_NUMBERS:,} numbers: simplify them")


def _shapes(element: Any, named: dict[str, Any], sizes: Sizes) -> int:
    """How many shapes an element comes to, those that it uses included."""
    if element in sizes:
        known = sizes[element]
        if known is None:
            raise SvgError("its 'use' elements go in a circle")
        return known
    sizes[element] = None
    inside = sum(_shapes(child, named, sizes) for child in element if isinstance(child.tag, str))
    target = _used(element, named)
    count = 1 + inside + (_shapes(target, named, sizes) if target is not None else 0)
    sizes[element] = count
    return count


def _used(element: Any, named: dict[str, Any]) -> Any:
    """What a `use` repeats; None for any other element, or where there is no such thing."""
    if element.tag.rpartition("}")[2] != "use":
        return None
    said = next((element.get(name) for name in HREFS if element.get(name)), "")
    return named.get(said.removeprefix("#"))


def _numbers(elements: Iterable[Any]) -> int:
    """How many numbers the paths of the file are written with."""
    return sum(len(NUMBER.findall(one.get(name) or "")) for one in elements for name in PATHS)
