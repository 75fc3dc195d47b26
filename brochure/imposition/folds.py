"""Sheet sides of folded leaflets and of covers with a spine."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from brochure.geometry import Rect
from brochure.imposition.page_order import PageCell, SheetPiece, SheetSide
from brochure.imposition.schemes import SourcePages
from brochure.imposition.sheet_sides import (
    FoldEdge,
    PageSize,
    PageSlot,
    SheetLayout,
    lay_out_side,
)
from brochure.layout.spreads import Panel, Side, find_spreads, folded_spreads, spine_width
from brochure.spec.model import Layout


def fold_sheets(layout: Layout, bleed: float, *, left_to_right: bool) -> tuple[SheetLayout, ...]:
    """Return the outside and the inside of a folded sheet with this bleed; empty if the brochure is not folded."""
    if not layout.binding.folded:
        return ()
    outside, inside = folded_spreads(layout)
    return tuple(
        _lay_flat(name, side if left_to_right else side[::-1], layout.size.height, bleed)
        for name, side in (("outside", outside), ("inside", inside))
    )


def cover(layout: Layout, *, left_to_right: bool, glue: float = 0.0) -> tuple[SheetLayout, ...]:
    """Return the cover of a perfect-bound brochure, outside and inside; empty if the layout has no spine.

    Nothing is printed inside the spine, where the block is glued, and on strips of the width `glue` beside it.
    """
    if not layout.spine:
        return ()
    outside, count = find_spreads(layout)[0], len(layout.pages)
    width = layout.size.width
    inside = (Panel(2, width), Panel(0, spine_width(layout)), Panel(count - 1, width))
    front, back = (
        _lay_flat(
            name, side if left_to_right else side[::-1], layout.size.height, layout.bleed.points
        )
        for name, side in (("cover outside", outside), ("cover inside", inside))
    )
    return front, keep_glue_free(back, glue, (2, count - 1))


def keep_glue_free(side: SheetLayout, glue: float, numbers: Container[int]) -> SheetLayout:
    """Return the side with nothing printed on a strip beside the spine of these pages, where glue must hold."""
    if not glue:
        return side
    slots = (_keep_strip(slot, glue) if slot.number in numbers else slot for slot in side.slots)
    return replace(side, slots=tuple(slots))


def _keep_strip(slot: PageSlot, glue: float) -> PageSlot:
    seen, page = slot.seen, slot.size.width
    left = max(seen.x, glue) if slot.fold is FoldEdge.LEFT else seen.x
    right = min(seen.right, page - glue) if slot.fold is FoldEdge.RIGHT else seen.right
    return replace(slot, seen=Rect(left, seen.y, max(0.0, right - left), seen.height))


def _lay_flat(name: str, side: Side, height: float, bleed: float) -> SheetLayout:
    """Lay out a spread as one piece of paper."""
    sizes = {panel.number: PageSize(panel.width, height, bleed) for panel in side}
    piece = SheetPiece(tuple(PageCell(panel.number) for panel in side))
    return lay_out_side(SheetSide(name, ((piece,),)), sizes.__getitem__, bleed)


def wrap_cover(source: SourcePages, *, left_to_right: bool) -> tuple[SheetLayout, ...]:
    """Return the cover of a brochure without a spine, outside and inside: its two first and two last pages."""
    count = source.count
    rows = {"cover outside": (count, 1), "cover inside": (2, count - 1)}
    pairs = {name: row if left_to_right else row[::-1] for name, row in rows.items()}
    return tuple(
        lay_out_side(
            SheetSide(name, ((SheetPiece(tuple(PageCell(number) for number in pair)),),)),
            source.size,
            source.common_size.bleed,
        )
        for name, pair in pairs.items()
    )
