"""Form: lines to write on, boxes to tick and boxes for single characters, for forms that are filled in on paper.

A field has the key `line`, `boxes` or `comb`, with its label or labels. Fields are side by side as long as their `width` allows
it, and the lines to write on reach exactly to the end of the field. `tear-off` draws a dashed edge above the form, with scissors
if wanted. In right-to-left languages the form is mirrored. The fields are tagged as form fields, with their labels as
alternative text. The paragraph style of the labels is `form` by default.

Example:
    - form:
        - {line: form.name}
        - {line: form.address, lines: 2}
        - {comb: form.postcode, count: 6, group: 3, width: 40%}
        - {line: form.town, width: 60%}
        - {boxes: [form.once, form.monthly], label: form.gift}
      tear-off: scissors
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.blocks._form_shapes import draw_comb, draw_scissors, draw_tick_box
from brochure.color.swatch import BLACK, Paint
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import MM
from brochure.model.block_context import BlockContext
from brochure.model.display_list import Item, Path, Stroke
from brochure.model.galley import Galley, GalleyBox, move_item
from brochure.model.shading import draw_line
from brochure.spec.constraints import Bounds, Distance, Extent, Few, Part
from brochure.spec.values import Length, Message, Share, StyleName, SwatchName
from brochure.typeset.style import ParagraphStyle

MAX_BOXES = 60
"""Boxes for single characters in a row."""
MIN_CELL = 3 * MM
"""Narrowest box that a character can be written in, in points."""
LABEL_ABOVE_LINE = 2.0
"""Distance of a label's baseline from the line to write on, in points."""
MAX_LABEL = 0.6
"""Largest part of a field that a label beside a line takes; a longer one is set in several lines."""
ROW_SPACE = 0.4
"""Least space above the content of a row, as a part of the distance of two lines."""
TEAR_OFF_DASH = (4.0, 3.0)
SCISSORS_SIZE = 10.0


class TearOff(Enum):
    """The edge at which a form is torn or cut off."""

    NONE = "none"
    LINE = "line"
    SCISSORS = "scissors"


@dataclass(frozen=True, slots=True)
class LineField:
    """A labelled line to write on."""

    span: Span
    line: Annotated[Message, "the label"]
    lines: Annotated[Few, "number of lines; those after the first are as wide as the field"] = 1
    width: Annotated[Part, "width of the field, in percent of the column"] = Share(1.0)


@dataclass(frozen=True, slots=True)
class BoxesField:
    """Boxes to tick, each with its label."""

    span: Span
    boxes: Annotated[tuple[Message, ...], "the labels, one for each box"]
    label: Annotated[Message | None, "words before the boxes"] = None
    width: Annotated[Part, "width of the field, in percent of the column"] = Share(1.0)


@dataclass(frozen=True, slots=True)
class CombField:
    """A row of boxes, each for one character."""

    span: Span
    comb: Annotated[Message, "the label"]
    count: Annotated[int, Bounds(1, MAX_BOXES), "number of boxes"]
    group: Annotated[
        int | None, Bounds(1, MAX_BOXES), "boxes in a group, which are set apart (default: all)"
    ] = None
    width: Annotated[Part, "width of the field, in percent of the column"] = Share(1.0)


@dataclass(frozen=True, slots=True)
class Form:
    """Fields to be filled in on paper."""

    span: Span
    fields: Annotated[
        tuple[LineField | BoxesField | CombField, ...], "the fields: line, boxes or comb"
    ]
    style: Annotated[StyleName | None, "paragraph style of the labels (default: `form`)"] = None
    row: Annotated[Extent, "distance from a line to write on to the next"] = Length(9 * MM)
    box: Annotated[Extent, "size of a box to tick"] = Length(3.5 * MM)
    cell: Annotated[
        Extent, "width of a box for one character; narrower if the field is too narrow"
    ] = Length(5 * MM)
    gap: Annotated[Distance, "distance between labels, lines, boxes and fields"] = Length(ems=0.7)
    thickness: Annotated[Distance, "line weight"] = Length(0.5)
    colour: Annotated[SwatchName | None, "swatch of the lines and boxes (default: black)"] = None
    tear_off: Annotated[
        TearOff, "dashed edge above the form: none, line or scissors (a line with scissors)"
    ] = TearOff.NONE
    space_before: Annotated[Distance, "space above"] = Length(lines=1)
    space_after: Annotated[Distance, "space below"] = Length(lines=1)


def galley(block: Form, context: BlockContext) -> Galley:
    """Draw the form: a box for each row of fields, so that a long form can be divided between them."""
    if not block.fields:
        context.note("form-empty", "the form has no fields", block.span, "e.g. {line: form.name}")
        return ()
    setter = _FormSetter(block, context)
    rows = [setter.set_row(row) for row in setter.rows()]
    if block.tear_off is not TearOff.NONE:
        rows.insert(0, setter.tear_off())
    rows[0] = replace(rows[0], space_before=context.points(block.space_before))
    rows[-1] = replace(rows[-1], space_after=context.points(block.space_after))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field as set: its height, and its items from the upper start corner, x in reading direction."""

    height: float
    items: tuple[Item, ...]


class _FormSetter:
    """Lengths and style of one form."""

    def __init__(self, block: Form, context: BlockContext) -> None:
        self.block = block
        self.context = context
        self.style: ParagraphStyle = context.style(block.style, "form")
        self.row = context.points(block.row)
        self.gap = context.points(block.gap, self.style.type.size)
        paint: Paint = context.paint(block.colour) or BLACK
        self.stroke = Stroke(paint, context.points(block.thickness))
        self.above_line = LABEL_ABOVE_LINE + self.stroke.width

    # Rows

    def rows(self) -> Iterator[list[tuple[LineField | BoxesField | CombField, float]]]:
        """Yield the fields of each row with their widths."""
        row: list[tuple[LineField | BoxesField | CombField, float]] = []
        used = 0.0
        for field in self.block.fields:
            share = min(1.0, field.width.fraction)
            if row and used + share > 1.001:
                yield row
                row, used = [], 0.0
            row.append((field, share))
            used += share
        yield row

    def set_row(self, row: list[tuple[LineField | BoxesField | CombField, float]]) -> GalleyBox:
        """Return the box of a row; its fields are aligned at their feet."""
        total = self.context.measure + self.gap
        x, placed = 0.0, []
        for field, share in row:
            width = max(1.0, total * share - self.gap)
            placed.append((x, width, self._set_field(field, width)))
            x += total * share
        height = max(one.height for *_, one in placed)
        items = tuple(
            move_item(item, self._place(x, width), one.height - height)
            for x, width, one in placed
            for item in one.items
        )
        return GalleyBox(self.context.measure, height, items, span=self.block.span)

    def _place(self, x: float, width: float, within: float | None = None) -> float:
        """Return the left edge of a part that begins `x` points from the start of the column or of a field."""
        if self.context.edition.left_to_right:
            return x
        return (self.context.measure if within is None else within) - x - width

    def tear_off(self) -> GalleyBox:
        """Return the dashed edge, with scissors at its start."""
        measure, size = self.context.measure, SCISSORS_SIZE
        stroke = replace(self.stroke, dash=TEAR_OFF_DASH)
        items: list[Path] = []
        start = 0.0
        if self.block.tear_off is TearOff.SCISSORS:
            left_to_right = self.context.edition.left_to_right
            x = 0.0 if left_to_right else measure
            items.append(draw_scissors(x, -size / 2, size, self.stroke, mirrored=not left_to_right))
            start = size + 3.0
        x = self._place(start, measure - start)
        items.append(draw_line((x, x + measure - start), -size / 2, stroke))
        return GalleyBox(
            measure,
            size,
            tuple(items),
            space_after=self.row / 2,
            keep_with_next=True,
            span=self.block.span,
        )

    # Fields

    def _set_field(self, field: LineField | BoxesField | CombField, width: float) -> _Field:
        match field:
            case LineField():
                return self._set_line(field, width)
            case BoxesField():
                return self._set_boxes(field, width)
            case CombField():
                return self._set_comb(field, width)

    def _set_line(self, field: LineField, width: float) -> _Field:
        within = self.context.within("P")
        label = self._label(field.line, width * MAX_LABEL, within)
        first = self._row_height(label.height + self.above_line)
        height = first + (field.lines - 1) * self.row
        y = -first + self.above_line + label.height
        items = list(self._move(label, 0.0, y, width))
        start = label.width + self.gap
        tag = within.tag("Form", self._name(field.line), (("Role", "tv"),))
        for at in range(field.lines):
            x = self._place(start, width - start, width)
            line_y = -first - at * self.row + self.stroke.width / 2
            line = draw_line((x, x + width - start), line_y, self.stroke)
            items.append(replace(line, tag=tag, span=field.span))
            start = 0.0
        return _Field(height, tuple(items))

    def _set_boxes(self, field: BoxesField, width: float) -> _Field:
        size = self.context.points(self.block.box)
        items: list[Item] = []
        x, foot = 0.0, self.row
        if field.label:
            label = self._label(field.label, width, self.context.within("P"))
            foot = self._row_height(label.height + self.above_line)
            items += self._move(label, 0.0, -foot + self.above_line + label.height, width)
            x = label.width + 2 * self.gap
        for message in field.boxes:
            within = self.context.within("P")
            tag = within.tag("Form", self._name(message), (("Role", "cb"), ("checked", "off")))
            label = self._label(message, width - size - self.gap, within)
            whole = size + self.gap + label.width
            high = self._row_height(label.height + self.above_line)
            if x and x + whole > width + 0.01:
                x, foot = 0.0, foot + high
            elif not items:
                foot = high
            base = -foot + self.above_line
            # The box is centred on the capitals of the first line of its label.
            capitals = self.context.cap_height(self.style.type)
            y = base + label.height - capitals / 2 - size / 2
            box = draw_tick_box(self._place(x, size, width), y, size, self.stroke)
            items.append(replace(box, tag=tag, span=field.span))
            items += self._move(label, x + size + self.gap, base + label.height, width)
            x += whole + 2 * self.gap
        return _Field(foot, tuple(items))

    def _set_comb(self, field: CombField, width: float) -> _Field:
        within = self.context.within("P")
        label = self._label(field.comb, width, within)
        groups = -(-field.count // (field.group or field.count))
        between = (groups - 1) * self.gap / 2
        cell = self.context.points(self.block.cell)
        beside = width - label.width - self.gap
        is_above = cell * field.count + between > beside
        cell = min(cell, ((width if is_above else beside) - between) / field.count)
        self._check_cell(field, cell, width)
        tall = min(self.row * 0.8, max(cell * 1.25, label.height))
        start = 0.0 if is_above else label.width + self.gap
        if is_above:
            height = self._row_height(label.height + self.gap / 2 + tall)
            items = list(
                self._move(label, 0.0, -height + tall + self.gap / 2 + label.height, width)
            )
        else:
            height = self._row_height(max(tall, label.height + self.above_line))
            items = list(self._move(label, 0.0, -height + self.above_line + label.height, width))
        starts = []
        for at in range(field.count):
            x = start + at * cell + (at // (field.group or field.count)) * self.gap / 2
            starts.append(self._place(x, cell, width))
        tag = within.tag("Form", self._name(field.comb), (("Role", "tv"),))
        comb = draw_comb(starts, -height + self.stroke.width / 2, (cell, tall), self.stroke)
        return _Field(height, (*items, replace(comb, tag=tag, span=field.span)))

    def _check_cell(self, field: CombField, cell: float, width: float) -> None:
        if cell >= MIN_CELL:
            return
        lack = f"{field.count} boxes do not fit in {width / MM:.0f} mm"
        what = f"{lack}: each would be {max(cell, 0) / MM:.1f} mm wide, at least 3 mm are needed"
        hint = "make the field wider, or use fewer boxes"
        self.context.note("form-boxes", what, field.span, hint)

    def _row_height(self, height: float) -> float:
        """Return the height of a row whose content has this height, with space above it."""
        return max(self.row, height + ROW_SPACE * self.row)

    # Labels

    def _label(self, message: Message, width: float, context: BlockContext) -> GalleyBox:
        """Return a label at its natural width, or in lines of `width`."""
        story = context.story(message, self.style)
        natural = max(
            (
                context.width(context.prepare(words, self.style, story))
                for words in story.paragraphs
            ),
            default=0.0,
        )
        return context.narrowed(min(natural + 0.01, max(width, 1.0))).set_message(
            message, self.style, "Span"
        )

    def _move(self, label: GalleyBox, x: float, top: float, width: float) -> Iterator[Item]:
        """Yield the items of a label that begins `x` points from the start of a field of this width."""
        left = self._place(x, label.width, width)
        return (move_item(item, left, top) for item in label.items)

    def _name(self, message: Message) -> str:
        """Return the text of a label, without a colon at its end."""
        return self.context.story(message).literal.rstrip(" :\u00a0\u202f")
