"""Boxes of paragraphs that are not divided: in tables, charts and boxes, and beside figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.model.display_list import Item
from brochure.model.galley import GalleyBox, GalleyParagraph, label_x, line_items, move_item
from brochure.model.shading import (
    NO_EDGES,
    ShadingPart,
    Surrounded,
    draw_shading,
    join_parts,
    measure_line,
    surround_lines,
)
from brochure.typeset.lines import Line, LineSlot


def find_slot(paragraph: GalleyParagraph, measure: float, *, outer_left: bool) -> LineSlot:
    """Return the slot of a paragraph's lines in a column of this width."""
    edges = paragraph.edges
    left = edges.left + (paragraph.indent if paragraph.text.left_to_right else 0.0)
    width = measure - paragraph.indent - edges.left - edges.right
    return LineSlot(left, width, outer_left)


def box_lines(
    paragraph: GalleyParagraph,
    lines: Sequence[Line],
    slot: LineSlot,
    measure: float,
    cap_height: float,
) -> GalleyBox:
    """Return the box of a paragraph's lines, from its cap height to its last baseline, with what is around them.

    The shading is not among the items: `stack` draws it.
    """
    edges, style = paragraph.edges, paragraph.text.style
    above = edges.rule_above + edges.inset_above(is_start=True) if lines else 0.0
    baselines = [-cap_height - above - at * style.leading for at in range(len(lines))]
    items: list[Item] = []
    if paragraph.bookmark:
        items.append(replace(paragraph.bookmark, y=style.leading - cap_height - above))
    x = label_x(paragraph, slot)
    items.extend(move_item(item, x, -cap_height - above) for item in paragraph.label)
    for line, y in zip(lines, baselines, strict=True):
        items.extend(line_items(line, 0.0, y, paragraph.tag, paragraph.text.text))
    height = -baselines[-1] if lines else 0.0
    around = _surround(paragraph, lines, slot, baselines, cap_height) if lines else None
    if around:
        items[:0] = around.rules
        height = -around.bottom
    return GalleyBox(
        measure,
        height,
        tuple(items),
        style.space_before,
        style.space_after,
        baseline=height if lines else None,
        air=max(0.0, style.leading - cap_height),
        shading=around.shading if around else None,
    )


def _surround(
    paragraph: GalleyParagraph,
    lines: Sequence[Line],
    slot: LineSlot,
    baselines: Sequence[float],
    cap_height: float,
) -> Surrounded | None:
    edges = paragraph.edges
    if edges == NO_EDGES:
        return None
    indent = paragraph.indent
    left, right = (indent, 0.0) if paragraph.text.left_to_right else (0.0, indent)
    indents = edges.left + left, edges.right + right
    set_lines = [
        measure_line(line, slot, 0.0, y, indents, has_label=bool(paragraph.label))
        for line, y in zip(lines, baselines, strict=True)
    ]
    return surround_lines(paragraph.text.style, set_lines, cap_height, edges)


def stack(boxes: Sequence[GalleyBox], width: float) -> GalleyBox:
    """Stack boxes vertically into one; adjacent spaces collapse to the larger one, and text keeps its leading."""
    if not boxes:
        return GalleyBox(width, 0.0, ())
    items: list[Item] = []
    tops: list[float] = []
    y, above = 0.0, boxes[0]
    for at, box in enumerate(boxes):
        if at:
            leading = 0.0 if above.baseline is None else box.air
            y += max(above.space_after, box.space_before) + leading
        tops.append(y)
        y, above = y + box.height, box
    for box, top, shading in zip(boxes, tops, _shade(boxes, tops), strict=True):
        items.extend(draw_shading(one) for one in shading)
        items.extend(move_item(item, 0.0, -top) for item in box.items)
    baseline = None if above.baseline is None else y - above.height + above.baseline
    return replace(
        boxes[0],
        width=width,
        height=y,
        items=tuple(items),
        space_after=above.space_after,
        keep_with_next=above.keep_with_next,
        baseline=baseline,
        head=None,
        shading=None,
    )


def _shade(boxes: Sequence[GalleyBox], tops: Sequence[float]) -> Iterator[tuple[ShadingPart, ...]]:
    """Yield the shading to be drawn before each box: that of consecutive boxes in common before the first of them."""
    runs: list[list[ShadingPart]] = []
    of_box: list[int | None] = []
    for box, top in zip(boxes, tops, strict=True):
        part = box.shading and box.shading.move(-top)
        is_new = part is not None and not (part.joins_above and runs)
        if part is not None and is_new:
            runs.append([part])
        elif part is not None:
            runs[-1].append(part)
        of_box.append(len(runs) - 1 if is_new else None)
    for run in of_box:
        yield () if run is None else (join_parts(runs[run]),)
