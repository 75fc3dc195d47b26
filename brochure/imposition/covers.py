"""Covers that are printed apart from the pages that they contain: which pages they have, and strips that glue must hold on."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from brochure.geometry import Rect
from brochure.imposition.page_order import PageCell, SheetPiece, SheetSide
from brochure.imposition.schemes import SourcePages
from brochure.imposition.sheet_sides import FoldEdge, PageSlot, SheetLayout, lay_out_side


def wrap_cover(source: SourcePages, *, left_to_right: bool) -> tuple[SheetLayout, SheetLayout]:
    """Return the cover of a brochure without a spine, outside and inside: its two first and two last pages."""
    count = source.count
    return (
        _lay_out_pair("cover outside", (count, 1), source, left_to_right=left_to_right),
        _lay_out_pair("cover inside", (2, count - 1), source, left_to_right=left_to_right),
    )


def _lay_out_pair(
    name: str, pair: tuple[int, int], source: SourcePages, *, left_to_right: bool
) -> SheetLayout:
    numbers = pair if left_to_right else pair[::-1]
    piece = SheetPiece(tuple(PageCell(number) for number in numbers))
    return lay_out_side(SheetSide(name, ((piece,),)), source.size, source.common_size.bleed)


def keep_glue_free(side: SheetLayout, glue: float, numbers: Container[int]) -> SheetLayout:
    """Return the side with nothing printed on a strip of the width `glue` beside the spine of these pages."""
    if not glue:
        return side
    slots = (_keep_strip(slot, glue) if slot.number in numbers else slot for slot in side.slots)
    return replace(side, slots=tuple(slots))


def _keep_strip(slot: PageSlot, glue: float) -> PageSlot:
    seen, page = slot.seen, slot.size.width
    left = max(seen.x, glue) if slot.fold is FoldEdge.LEFT else seen.x
    right = min(seen.right, page - glue) if slot.fold is FoldEdge.RIGHT else seen.right
    return replace(slot, seen=Rect(left, seen.y, max(0.0, right - left), seen.height))
