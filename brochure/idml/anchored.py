"""Anchored objects: pictures and text frames in the text of a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.idml.effects import OBJECT, Effects
from brochure.idml.item_paint import ItemPaint
from brochure.idml.losses import lost
from brochure.idml.page_items import GRAPHICS, UNKNOWN_LAYER, Item, describe
from brochure.idml.paths import read_matrix, read_subpaths
from brochure.idml.pictures import Pictures, alternative_text
from brochure.idml.stories import Paragraph, StoryReader
from brochure.idml.type_settings import Keys, millimetres, points
from brochure.idml.xml_nodes import Node
from brochure.l10n.message_text import MarkedText

MAX_INLINE = 4.0
"""Height in em up to which a picture in a line is a picture of the text; a higher one is a block."""


@dataclass(frozen=True)
class AnchoredObjects:
    """Reads anchored objects.

    `stories` are those of the document, each with the name of its part; `taken` are those that were read.
    """

    pictures: Pictures
    paint: ItemPaint
    reader: StoryReader
    stories: Mapping[str, tuple[Node, str]]
    taken: set[str] = field(default_factory=set)

    def _item(self, node: Node, span: Span) -> Item:
        opacity = Effects(node, self.paint.settings).opacity(OBJECT)
        return replace(_item(node, span), opacity=opacity)

    def inline(self, node: Node, size: float, span: Span) -> MarkedText:
        """Return a picture in a line of text of a size in points; nothing if its file is missing."""
        item, graphic = self._item(node, span), _graphic(node)
        if graphic is None:
            return MarkedText("")
        picture = self.pictures.place(item, graphic, item.box, 0)
        if picture.is_missing:
            return MarkedText("")
        self.paint.report_effects(item, 0)
        if item.opacity < 1:
            message = f"the opacity of {describe(node)} in a line of text is not taken"
            self.paint.findings.append(lost("effect", message, span))
        height = f"{round(item.box.height / size, 2):g}em"
        return MarkedText(alternative_text(item, graphic), picture=picture.file, height=height)

    def block(
        self,
        node: Node,
        span: Span,
        write: Callable[[Sequence[Paragraph]], list[object]],
        add_alternative: Callable[[str], str],
    ) -> Keys | None:
        """Return the block of an object; None if it has none, which is reported.

        Args:
            node: The object.
            span: Where it is.
            write: Returns the blocks of the text in it.
            add_alternative: Adds an alternative text to the copy, and returns its key.
        """
        item = self._item(node, span)
        if _position(node) == "Anchored":
            message = f"{describe(node)} was placed beside its anchor; here it is in the text"
            self.paint.findings.append(lost("anchored", message, span))
        if _graphic(node) is None:
            self.paint.report_effects(item, 0)
        found = self._text(item, write) if node.name == "TextFrame" else None
        graphic = _graphic(node)
        if graphic is not None:
            found = self._picture(item, graphic, add_alternative)
        elif found is None:
            message = f"{describe(node)} in the text is not taken; place it in a frame of its own"
            self.paint.findings.append(lost("anchored", message, span))
        return found

    def _picture(
        self, item: Item, graphic: Node, add_alternative: Callable[[str], str]
    ) -> Keys | None:
        picture = self.pictures.place(item, graphic, item.box, 0)
        if picture.is_missing:
            return None
        alternative = alternative_text(item, graphic)
        effects = self.paint.picture_effects(item, picture.file, 0)
        return (
            picture.block
            | effects
            | {
                "alt": add_alternative(alternative) if alternative else "none",
                "width": millimetres(picture.box.width),
                "height": millimetres(picture.box.height),
                "space-before": "0 pt",
                "space-after": "0 pt",
                **_alignment(item.node),
            }
        )

    def _text(
        self, item: Item, write: Callable[[Sequence[Paragraph]], list[object]]
    ) -> Keys | None:
        identifier = item.node.get("ParentStory")
        if identifier not in self.stories or identifier in self.taken:
            return None
        self.taken.add(identifier)
        story, _ = self.stories[identifier]
        blocks = write(self.reader.read(story, replace(item.span, line=story.line)))
        if not blocks:
            return None
        found: Keys = {"box": blocks, "inset": "0 mm"}
        found |= {"space-before": "0 pt", "space-after": "0 pt"}
        fill, stroke = self.paint.fill(item), self.paint.stroke(item)
        if fill:
            found["background"] = fill
        if stroke:
            found["border"] = {"colour": stroke[0], "width": points(stroke[1].width)}
        return found


def _alignment(node: Node) -> Keys:
    """Return the alignment of a picture above its line."""
    setting = node.find("AnchoredObjectSetting")
    alignment = setting.get("HorizontalAlignment") if setting else ""
    is_above = _position(node) == "AboveLine"
    return {"align": ALIGNMENTS[alignment]} if is_above and alignment in ALIGNMENTS else {}


ALIGNMENTS = {"CenterAlign": "centre", "RightAlign": "end"}


def is_inline(node: Node, size: float) -> bool:
    """Return True for a picture in a line of text of this size; other objects are blocks."""
    if _graphic(node) is None or _position(node) != "InlinePosition":
        return False
    return _item(node, Span("")).box.height <= MAX_INLINE * size


def _graphic(node: Node) -> Node | None:
    return next((child for child in node.children if child.name in GRAPHICS), None)


def _item(node: Node, span: Span) -> Item:
    return Item(node, read_matrix(node), read_subpaths(node), 1.0, UNKNOWN_LAYER, span)


def _position(node: Node) -> str:
    setting = node.find("AnchoredObjectSetting")
    return setting.get("AnchoredPosition", "InlinePosition") if setting else "InlinePosition"
