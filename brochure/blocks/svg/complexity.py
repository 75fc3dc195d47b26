"""Complexity limits for SVG files, checked before conversion.

Cyclic `use` elements, too many shapes after repetition and too many path points are rejected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from brochure.blocks.svg.errors import SvgError
from brochure.blocks.svg.values import read_href

MAX_SHAPES = 3_000
MAX_NUMBERS = 60_000
"""Conversion takes about 2 ms a shape and 0.3 ms a number; the map of a country has a few thousand numbers."""

PATHS = ("d", "points")
NUMBER = re.compile(r"[-+]?(?:\d++\.?+\d*+|\.\d++)")
Sizes = dict[Any, int | None]
"""Number of shapes of each element; None while it is being counted."""


def check_complexity(root: Any) -> None:
    """Check the complexity of a parsed drawing.

    Raises:
        SvgError: The drawing is cyclic or too complex.
    """
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    by_id = {one.get("id"): one for one in elements if one.get("id")}
    sizes: Sizes = {}
    # Deeper and later elements first, so that no call recurses far into the tree.
    for one in reversed(elements):
        _shapes(one, by_id, sizes)
    if (sizes[root] or 0) > MAX_SHAPES:
        raise SvgError(
            f"it has more than {MAX_SHAPES:,} shapes, with those repeated by 'use'; simplify it"
        )
    if _numbers(elements) > MAX_NUMBERS:
        raise SvgError(f"its paths have more than {MAX_NUMBERS:,} numbers; simplify them")


def _shapes(element: Any, by_id: dict[str, Any], sizes: Sizes) -> int:
    """Count the shapes of an element, including those of `use` references."""
    if element in sizes:
        known = sizes[element]
        if known is None:
            raise SvgError("its 'use' elements refer to each other in a cycle")
        return known
    sizes[element] = None
    inside = sum(_shapes(child, by_id, sizes) for child in element if isinstance(child.tag, str))
    target = _used(element, by_id)
    count = 1 + inside + (_shapes(target, by_id, sizes) if target is not None else 0)
    sizes[element] = count
    return count


def _used(element: Any, by_id: dict[str, Any]) -> Any:
    """Return the element that a `use` refers to, or None."""
    if element.tag.rpartition("}")[2] != "use":
        return None
    return by_id.get(read_href(element))


def _numbers(elements: Iterable[Any]) -> int:
    """Count the numbers in the paths."""
    return sum(len(NUMBER.findall(one.get(name) or "")) for one in elements for name in PATHS)
