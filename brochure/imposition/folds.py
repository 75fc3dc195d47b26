"""Folds: the sides of folded sheets and of covers around a spine, as formes.

Takes the sides that the layout has; gives formes whose panels meet at folds. However wide a panel is, it was made up for
that width already. Stands between make-up, which knows what lies beside what, and sheets.
"""

from __future__ import annotations

from brochure.imposition.page_order import PageCell, SheetPiece
from brochure.imposition.page_order import SheetSide as Imposed
from brochure.imposition.sheet_sides import PageSize, SheetLayout, lay_out_side
from brochure.layout.spreads import Panel, Side, find_spreads, folded_spreads, spine_width
from brochure.spec.model import Layout


def fold_sheets(layout: Layout, bleed: float, *, left_to_right: bool) -> tuple[SheetLayout, ...]:
    """Outside and inside of a folded sheet, with so much bleed; empty where the brochure is not folded."""
    if not layout.binding.folded:
        return ()
    outside, inside = folded_spreads(layout)
    return tuple(
        _flat(name, side if left_to_right else side[::-1], layout.size.height, bleed)
        for name, side in (("outside", outside), ("inside", inside))
    )


def cover(layout: Layout, *, left_to_right: bool) -> tuple[SheetLayout, ...]:
    """The cover of a perfect-bound brochure, outside and inside, flat; empty where the layout has no spine.

    Inside, the spine is where the block is glued: nothing is printed there.
    """
    if not layout.spine:
        return ()
    outside, count = find_spreads(layout)[0], len(layout.pages)
    width = layout.size.width
    inside = (Panel(2, width), Panel(0, spine_width(layout)), Panel(count - 1, width))
    return tuple(
        _flat(name, side if left_to_right else side[::-1], layout.size.height, layout.bleed.points)
        for name, side in (("cover outside", outside), ("cover inside", inside))
    )


def _flat(name: str, side: Side, height: float, bleed: float) -> SheetLayout:
    """A side as one piece of paper."""
    sizes = {panel.number: PageSize(panel.width, height, bleed) for panel in side}
    piece = SheetPiece(tuple(PageCell(panel.number) for panel in side))
    return lay_out_side(Imposed(name, ((piece,),)), sizes.__getitem__, bleed)
