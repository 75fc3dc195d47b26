"""Page items as frames of the layout."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import field, replace
from functools import cached_property

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.idml.drawings import StrokeForm, draw_fill, draw_stroke, round_corners
from brochure.idml.first_line import FirstLines, add_to_top
from brochure.idml.frame_settings import read_text_frame
from brochure.idml.item_paint import ItemPaint
from brochure.idml.losses import lost
from brochure.idml.object_settings import ObjectSettings
from brochure.idml.page_items import GRAPHICS, Item, describe, item_box
from brochure.idml.paths import Box, Placed, Subpath, bounds, is_rectangle, place_box
from brochure.idml.pictures import (
    Pictures,
    PlacedPicture,
    alternative_text,
    insets,
)
from brochure.idml.placements import PageGuides, round_out, write_place
from brochure.idml.swatches import Swatches
from brochure.idml.type_settings import Keys, millimetres, points
from brochure.idml.xml_nodes import Node
from brochure.spec.names import NamePool, slug
from brochure.spec.yaml_text import Commented

PAGE_KEYS = ("master", "background", "folio", "frames", "when", "repeat", "otherwise")
"""Names that frames cannot have, since they are keys of pages."""


@dataclass(frozen=True, slots=True)
class TextContent:
    """What a text frame contains: blocks, or the name of a story that flows through several frames.

    `has_endnotes` is True if all notes of the text are endnotes. `styles` are the paragraph styles of its first block and of
    most of its blocks, and `first` is the frame that it begins in.
    """

    name: str
    blocks: list[object]
    story: str = ""
    has_endnotes: bool = False
    styles: tuple[str, str] = ("", "")
    first: str = ""


@dataclass(frozen=True)
class FrameWriter:
    """Writes the frames of pages; `texts` has the content of text frames by identifier."""

    settings: ObjectSettings
    swatches: Swatches
    pictures: Pictures
    texts: dict[str, TextContent]
    alternatives: dict[str, str]
    """Keys of alternative texts, by the identifier of the item."""
    first_lines: FirstLines
    findings: list[Finding]
    text_boxes: dict[int, list[tuple[str, Box]]] = field(default_factory=dict)
    """Identifiers and boxes of the frames with text, by page number."""
    has_footnotes: bool = False
    """True if other notes of the document are footnotes."""
    drawings: dict[str, bytes] = field(default_factory=dict)
    drawing_names: NamePool = field(default_factory=NamePool)

    @cached_property
    def paint(self) -> ItemPaint:
        """How the items are painted."""
        return ItemPaint(self.settings, self.swatches, self.findings)

    def frames(self, item: Item, page: PageGuides, number: int) -> Iterator[tuple[str, object]]:
        """Yield the frames of an item on page `number` (0: a master), each with its preferred name."""
        if not any(child.name in GRAPHICS for child in item.node.children):
            self.paint.report_effects(item, number)
        if item.kind == "TextFrame":
            yield from self._text_frame(item, page, number)
        elif _is_line(item):
            yield from self._line(item, page, number)
        else:
            yield from self._shape(item, page, number)

    # Text frames

    def _text_frame(
        self, item: Item, page: PageGuides, number: int
    ) -> Iterator[tuple[str, object]]:
        text = self.texts.get(item.node.identifier)
        name = slug(item.name or (text.name if text else ""), "text")
        is_plain = is_rectangle(item.subpaths) and not any(self._corner_radii(item))
        if not is_plain:
            yield from self._drawn(item, page, f"{name}-shape", number)
            if not is_rectangle(item.subpaths):
                message = (
                    f"{describe(item.node)} is not a rectangle; its text fills the bounding box"
                )
                self.findings.append(lost("shape", message, item.span, page=number or None))
        placed = self._placed(item, number, has_text=True)
        keys = self._area(placed, page) | read_text_frame(
            item, self.settings, self.findings, number
        )
        if is_plain:
            keys = self._with_fill_and_stroke(keys, item, placed, page, number)
        shift = self._first_line(item, text) if "valign" not in keys else 0.0
        if shift:
            keys["inset"] = add_to_top(keys.get("inset"), shift)
        if text and text.has_endnotes and self.has_footnotes:
            keys["notes"] = "end"
        if text and text.story:
            keys["story"] = text.story
        elif text and text.blocks:
            keys["content"] = text.blocks[0] if len(text.blocks) == 1 else text.blocks
        if text or (is_plain and ("background" in keys or "border" in keys)):
            yield name, keys | self._wrap(item, number)

    def _first_line(self, item: Item, text: TextContent | None) -> float:
        """Return how much lower than its cap height the first line of a frame is, in points."""
        if text is None:
            return 0.0
        style = text.styles[item.node.identifier != text.first]
        option = self.settings.get(
            item.node, "FirstBaselineOffset", "AscentOffset", inside="TextFramePreference"
        )
        minimum = self.settings.number(
            item.node, "MinimumFirstBaselineOffset", inside="TextFramePreference"
        )
        return self.first_lines.shift(style, option, minimum)

    # Rectangles, ovals, polygons

    def _shape(self, item: Item, page: PageGuides, number: int) -> Iterator[tuple[str, object]]:
        graphic = next((child for child in item.node.children if child.name in GRAPHICS), None)
        own_name = item.name or ("" if graphic else item.kind)
        is_plain = is_rectangle(item.subpaths) and not any(self._corner_radii(item))
        if graphic is None and not is_plain:
            yield from self._drawn(item, page, slug(own_name, "shape"), number)
            return
        placed = self._placed(item, number)
        picture = self.pictures.place(item, graphic, placed.box, number) if graphic else None
        if picture:
            own_name = own_name or picture.file.partition(".")[0]
        name = slug(own_name, "picture" if graphic else "shape")
        keys = self._area(placed, page, has_content=graphic is not None)
        if is_plain:
            keys = self._with_fill_and_stroke(keys, item, placed, page, number)
        value: object = keys | self._wrap(item, number)
        if picture and graphic:
            value = self._with_picture(
                keys | self._wrap(item, number), item, graphic, picture, placed, number
            )
        if picture or "background" in keys or "border" in keys or "text-wrap" in keys:
            yield name, value
        if not is_plain:
            yield from self._drawn(item, page, f"{name}-stroke", number, has_fill=False)

    def _with_picture(
        self,
        keys: Keys,
        item: Item,
        graphic: Node,
        picture: PlacedPicture,
        placed: Placed,
        number: int,
    ) -> object:
        """Return a frame with a picture; one whose file is missing has it in a comment."""
        block = dict(picture.block)
        block["alt"] = self.alternatives.get(item.node.identifier, "none")
        if item.kind == "Oval":
            block["shape"] = "ellipse"
        elif not is_rectangle(item.subpaths):
            message = f"picture {picture.file} is cropped by a shape; here by its bounding box"
            self.findings.append(lost("shape", message, item.span))
        block |= self.paint.picture_effects(item, picture.file, number)
        inner = insets(placed.box, picture.box)
        border = keys.get("border")
        if isinstance(border, dict) and self.paint.alignment(item) == "CenterAlignment":
            half = millimetres(self.settings.number(item.node, "StrokeWeight") / 2)
            inner = {edge: half for edge in ("top", "bottom", "start", "end")} | inner
        if inner:
            keys["inset"] = inner
        if not picture.is_missing:
            return keys | {"content": block}
        written = ", ".join(
            f"{name}: {value}" for name, value in block.items() if value is not None
        )
        return Commented(keys, f"missing picture: content: {{{written}}}")

    def _line(self, item: Item, page: PageGuides, number: int) -> Iterator[tuple[str, object]]:
        """Yield a straight line: a thin frame with a background, or with a rule if it is dashed."""
        stroke = self.paint.stroke(item)
        if stroke is None:
            return
        colour, form = stroke
        (x1, y1), (x2, y2) = (point.anchor for point in item.outline[0].points)
        length, width = math.hypot(x2 - x1, y2 - y1), form.width * _scale(item)
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        box = Box(x - length / 2, y - width / 2, x + length / 2, y + width / 2)
        rotation = round(-math.degrees(math.atan2(y2 - y1, x2 - x1)), 3) % 180
        line = Placed(box, rotation, (1.0, 1.0), is_skewed=False, is_flipped=False)
        keys = self._area(line, page, has_content=bool(form.dash))
        if form.dash:
            dashes: list[object] = [points(part) for part in form.dash]
            keys["content"] = {
                "rule": "100%",
                "thickness": points(width),
                "colour": colour,
                "dash": dashes,
            }
        else:
            keys["background"] = colour
        self._report_line_ends(item, number)
        yield slug(item.name or "line"), keys

    def _report_line_ends(self, item: Item, number: int) -> None:
        ends = [
            self.settings.get(item.node, name, "None") for name in ("LeftLineEnd", "RightLineEnd")
        ]
        if any(end != "None" for end in ends):
            message = "arrow heads and other line ends are not taken"
            self.findings.append(lost("stroke", message, item.span, page=number or None))

    def _drawn(
        self, item: Item, page: PageGuides, name: str, number: int, *, has_fill: bool = True
    ) -> Iterator[tuple[str, object]]:
        """Yield frames with drawings: the fill of a shape, and its stroke above it."""
        outline = self._outline(item)
        box = round_out(bounds(outline))
        fill = self.paint.fill(item, flat=True) if has_fill else None
        if fill and box.width > 0 and box.height > 0:
            yield name, self._drawing(draw_fill(outline, box), box, page, name, fill)
        stroke = self.paint.stroke(item)
        if stroke:
            colour, form = stroke
            form = StrokeForm(form.width * _scale(item), form.dash, form.cap, form.join)
            around = round_out(box.expand(form.width * (2 if form.join == "miter" else 1)))
            drawing = draw_stroke(outline, around, form)
            stroke_name = f"{name}-stroke" if fill else name
            yield stroke_name, self._drawing(drawing, around, page, stroke_name, colour)
            if self.paint.alignment(item) != "CenterAlignment" and not item.subpaths[0].is_open:
                message = "a stroke inside or outside of a shape is centred on its outline"
                self.findings.append(lost("stroke", message, item.span, page=number or None))

    def _outline(self, item: Item) -> tuple[Subpath, ...]:
        """Return the outline on the page, with rounded corners."""
        radii = self._corner_radii(item)
        if not is_rectangle(item.subpaths) or not any(radii):
            return item.outline
        return (round_corners(item_box(item), radii).transform(item.matrix),)

    def _corner_radii(self, item: Item) -> tuple[float, float, float, float]:
        corners = []
        for corner in ("TopLeft", "TopRight", "BottomRight", "BottomLeft"):
            option = self.settings.get(item.node, f"{corner}CornerOption", "None")
            radius = self.settings.number(item.node, f"{corner}CornerRadius")
            corners.append(0.0 if option == "None" else radius)
        top_left, top_right, bottom_right, bottom_left = corners
        return top_left, top_right, bottom_right, bottom_left

    def _drawing(self, data: bytes, box: Box, page: PageGuides, name: str, colour: str) -> Keys:
        """Return a frame with a drawing; equal drawings are one file."""
        path = next((path for path, other in self.drawings.items() if other == data), "")
        if not path:
            path = f"shapes/{self.drawing_names.claim(name)}.svg"
            self.drawings[path] = data
        content: Keys = {"image": path, "alt": "none", "colour": colour}
        if box.height > MIN_COVERED:
            content["fit"] = (
                "cover"  # lengths are rounded, and a drawing that is too high by that would not fit
            )
        return {"at": write_place(box, page), "content": content}

    # What frames have in common

    def _placed(self, item: Item, number: int, *, has_text: bool = False) -> Placed:
        """Return the place of an item's bounding box; report what a frame cannot do."""
        placed = place_box(item_box(item), item.matrix)
        if not is_rectangle(item.subpaths) and not placed.rotation:
            box = item.box
            placed = Placed(box, 0.0, placed.scale, placed.is_skewed, placed.is_flipped)
        scaled = any(abs(part - 1) > 0.005 for part in placed.scale)
        what = (
            "sheared" if placed.is_skewed else "mirrored" if placed.is_flipped and has_text else ""
        )
        if has_text and scaled:
            what = "scaled"
        if what:
            message = f"{describe(item.node)} is {what}; its frame is, but its text is not"
            self.findings.append(lost("transform", message, item.span, page=number or None))
        return placed

    def _area(self, placed: Placed, page: PageGuides, *, has_content: bool = True) -> Keys:
        """Return placement and rotation; a frame without content needs no quarter turns."""
        box = placed.box
        rotation = placed.rotation % (360 if has_content else 180)
        if rotation in (90.0, 270.0):
            x, y = box.centre
            half_width, half_height = box.height / 2, box.width / 2
            box = Box(x - half_width, y - half_height, x + half_width, y + half_height)
        keys: Keys = {"at": write_place(box, page)}
        if rotation and (has_content or rotation != 90.0):
            keys["rotate"] = rotation
        return keys

    def _with_fill_and_stroke(
        self, keys: Keys, item: Item, placed: Placed, page: PageGuides, number: int
    ) -> Keys:
        """Return a frame with background and border; a border is inside its frame, so that a centred stroke enlarges it."""
        fill, stroke = self.paint.fill(item), self.paint.stroke(item)
        if fill:
            keys["background"] = fill
        if stroke is None:
            return keys
        colour, form = stroke
        if form.dash:
            message = f"the dashed stroke of {describe(item.node)} is solid"
            self.findings.append(lost("stroke", message, item.span, page=number or None))
        outward = {"CenterAlignment": 0.5, "OutsideAlignment": 1.0}.get(
            self.paint.alignment(item), 0.0
        )
        if outward:
            by = form.width * outward
            grown = replace(placed, box=placed.box.expand(by))
            keys |= self._area(grown, page, has_content="rotate" in keys)
        if item.kind == "TextFrame":
            keys["inset"] = _add_to_inset(keys.get("inset"), form.width)
        keys["border"] = {"colour": colour, "width": points(form.width)}
        return keys

    def _wrap(self, item: Item, number: int) -> Keys:
        """Return the text wrap: always around a rectangle, at the largest of the distances."""
        node = self.settings.find(item.node, "TextWrapPreference")
        mode = node.get("TextWrapMode", "None") if node else "None"
        if node is None or mode == "None":
            return {}
        offset = node.find("Properties", "TextWrapOffset")
        distances = [
            offset.number(edge) if offset else 0.0 for edge in ("Top", "Left", "Bottom", "Right")
        ]
        around = item.box.expand(max(0.0, *distances))
        texts = self.text_boxes.get(number)
        touched = (
            box.overlap(around) > MIN_WRAPPED
            for identifier, box in texts or ()
            if identifier != item.node.identifier
        )
        if texts is not None and not any(touched):
            return {}
        side = node.get("TextWrapSide", "BothSides")
        if side != "BothSides" or node.is_on("Inverse"):
            words = "inside" if node.is_on("Inverse") else f"on one side ({side})"
            message = f"text wraps {words} of {describe(item.node)} in InDesign, here on both sides"
            self.findings.append(lost("wrap", message, item.span, page=number or None))
        if mode != "BoundingBoxTextWrap" or max(distances) - min(distances) > 0.5:
            message = f"text wraps around the rectangle of {describe(item.node)} at one distance"
            self.findings.append(lost("wrap", message, item.span, page=number or None))
        return {"text-wrap": millimetres(max(0.0, *distances))}


MIN_WRAPPED = 1.0
"""Area in square points that a frame and text have in common if the text wraps around it."""

MIN_COVERED = 2.0
"""Height in points that a cropped image has at least."""


def _is_line(item: Item) -> bool:
    """Return True for a straight line between two points."""
    if len(item.subpaths) != 1 or len(item.subpaths[0].points) != 2:
        return False
    return all(point.anchor == point.arriving == point.leaving for point in item.subpaths[0].points)


def _scale(item: Item) -> float:
    """Return by how much an item's transformation enlarges its stroke."""
    return math.sqrt(abs(item.matrix.a * item.matrix.d - item.matrix.b * item.matrix.c))


def _add_to_inset(inset: object, by: float) -> object:
    """Return an inset that is larger by a distance in points."""
    own: Keys = inset if isinstance(inset, dict) else {}
    edges = ("top", "bottom", "start", "end")
    if not own:
        return millimetres(_in_points(inset) + by)
    return {edge: millimetres(_in_points(own.get(edge)) + by) for edge in edges}


def _in_points(text: object) -> float:
    return float(str(text).partition(" ")[0]) * 72 / 25.4 if text else 0.0


def read_alternative(item: Item) -> str:
    """Return the alternative text of the picture in a frame; empty if there is none."""
    graphic = next((child for child in item.node.children if child.name in GRAPHICS), None)
    return alternative_text(item, graphic) if graphic else ""
