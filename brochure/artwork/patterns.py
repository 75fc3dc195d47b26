"""Converts patterns of artwork (ISO 32000-1, 8.7): tiles, and shadings as patterns."""

from __future__ import annotations

from typing import Any

from brochure.artwork.graphics_states import convert_graphics_state
from brochure.artwork.model import ArtworkError
from brochure.artwork.shadings import convert_shading
from brochure.artwork.syntax import Ref
from brochure.artwork.work import Work
from brochure.fast_dataclass import dataclass
from brochure.pdf_input.values import get, get_integer, get_number, get_numbers

SHADING = 2
UNCOLOURED = 2
IDENTITY = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class MadePattern:
    """A converted pattern; one that is not coloured is painted in a colour given with it."""

    ref: Ref
    is_coloured: bool


def convert_pattern(work: Work, pattern: Any, resources: Any) -> MadePattern | None:
    """Return the pattern of the form; None if `pattern` is not one."""
    if not isinstance(pattern, dict):
        return None
    is_coloured = get_integer(pattern, "/PaintType", 1) != UNCOLOURED
    key = ("pattern", id(pattern))
    made = work.made.get(key)
    if made is None:
        if get_integer(pattern, "/PatternType", 1) == SHADING:
            made = _shading_pattern(work, pattern, resources)
        else:
            made = _tiles(work, pattern, resources, is_coloured=is_coloured)
        work.made[key] = made
    return MadePattern(made, is_coloured)


def _shading_pattern(work: Work, pattern: Any, resources: Any) -> Ref:
    entries: dict[str, Any] = {
        "Type": "/Pattern",
        "PatternType": SHADING,
        "Shading": convert_shading(work, get(pattern, "/Shading"), resources),
        "Matrix": list(get_numbers(pattern, "/Matrix", 6) or IDENTITY),
    }
    state = convert_graphics_state(work, get(pattern, "/ExtGState"), resources)
    if state is not None:
        entries["ExtGState"] = state
    return work.objects.add(entries)


def _tiles(work: Work, pattern: Any, resources: Any, *, is_coloured: bool) -> Ref:
    if not hasattr(pattern, "get_data"):
        raise ArtworkError("a pattern of it is damaged; export it again")
    work.enter()
    data, used = work.rewrite(
        work, pattern, get(pattern, "/Resources") or resources, is_coloured=is_coloured
    )
    work.leave()
    box = get_numbers(pattern, "/BBox", 4) or (0, 0, 1, 1)
    entries = {
        "Type": "/Pattern",
        "PatternType": 1,
        "PaintType": 1 if is_coloured else UNCOLOURED,
        "TilingType": get_integer(pattern, "/TilingType", 1),
        "BBox": list(box),
        "XStep": get_number(pattern, "/XStep", box[2] - box[0]),
        "YStep": get_number(pattern, "/YStep", box[3] - box[1]),
        "Matrix": list(get_numbers(pattern, "/Matrix", 6) or IDENTITY),
        "Resources": used,
    }
    return work.objects.add_stream(entries, data)
