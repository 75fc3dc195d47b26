"""How marks stand to the edges of their page.

Takes a mark's rectangle and its page; gives the distance from each edge of the trim, inwards above 0 and outwards below. The
checks on bleed, safety and gutter read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brochure.geometry import MM, Rect
from brochure.preflight.model import PageContent, PageEdge

TOUCH = 0.5
"""Points within which an edge is meant to be the trim's."""


def inwards(bounds: Rect, page: PageContent) -> Mapping[PageEdge, float]:
    """How far inside the trim each side of a rectangle lies."""
    return {
        PageEdge.LEFT: bounds.x,
        PageEdge.RIGHT: page.width - bounds.right,
        PageEdge.TOP: page.height - bounds.top,
        PageEdge.BOTTOM: bounds.y,
    }


def edges(sides: Iterable[PageEdge]) -> str:
    """The sides as a sentence has them: `the left and upper edge`."""
    words = [side.value for side in sides]
    return f"the {' and '.join(words)} {'edge' if len(words) == 1 else 'edges'}"


def in_mm(points: float) -> str:
    """A distance in millimetres."""
    return f"{points / MM:.1f} mm"
