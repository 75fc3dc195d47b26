"""Sheet sides of folded leaflets and of covers with a spine."""

from __future__ import annotations

from brochure.imposition.page_order import PageCell, SheetPiece, SheetSide
from brochure.imposition.sheet_sides import PageSize, SheetLayout, lay_out_side
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


def cover(layout: Layout, *, left_to_right: bool) -> tuple[SheetLayout, ...]:
    """Return the cover of a perfect-bound brochure, outside and inside; empty if the layout has no spine.

    Nothing is printed inside the spine, where the block is glued.
    """
    if not layout.spine:
        return ()
    outside, count = find_spreads(layout)[0], len(layout.pages)
    width = layout.size.width
    inside = (Panel(2, width), Panel(0, spine_width(layout)), Panel(count - 1, width))
    return tuple(
        _lay_flat(
            name, side if left_to_right else side[::-1], layout.size.height, layout.bleed.points
        )
        for name, side in (("cover outside", outside), ("cover inside", inside))
    )


def _lay_flat(name: str, side: Side, height: float, bleed: float) -> SheetLayout:
    """Lay out a spread as one piece of paper."""
    sizes = {panel.number: PageSize(panel.width, height, bleed) for panel in side}
    piece = SheetPiece(tuple(PageCell(panel.number) for panel in side))
    return lay_out_side(SheetSide(name, ((piece,),)), sizes.__getitem__, bleed)
