"""Fills, strokes and effects of page items."""

from __future__ import annotations

import math

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.idml.drawings import StrokeForm
from brochure.idml.effects import FILL, STROKE, Effects, picture_keys, report_effects
from brochure.idml.losses import lost
from brochure.idml.object_settings import ObjectSettings
from brochure.idml.page_items import GRAPHICS, Item, describe, item_box
from brochure.idml.swatches import NONE, Swatches
from brochure.idml.type_settings import Keys


@dataclass(frozen=True)
class ItemPaint:
    """Reads how page items are painted; `findings` gets what is not taken."""

    settings: ObjectSettings
    swatches: Swatches
    findings: list[Finding]

    def alignment(self, item: Item) -> str:
        """Return the alignment of the stroke to the outline."""
        return self.settings.get(item.node, "StrokeAlignment", "CenterAlignment")

    def fill(self, item: Item, *, flat: bool = False) -> str | None:
        """Return the swatch of the fill; with `flat`, a gradient is replaced by its first colour."""
        colour = self.settings.get(item.node, "FillColor", "Swatch/None")
        angle = self.settings.number(item.node, "GradientFillAngle")
        tint = self.settings.number(item.node, "FillTint", -1.0)
        self._check_gradient(item, colour, angle)
        opacity = item.opacity * self.effects(item).opacity(FILL)
        written = (
            self.swatches.find_flat(colour, describe(item.node), tint, opacity)
            if flat
            else self.swatches.find(colour, tint, opacity, angle)
        )
        is_overprinted = self.settings.get(item.node, "OverprintFill") == "true"
        return self.swatches.overprint(written) if is_overprinted else written

    def _check_gradient(self, item: Item, colour: str, angle: float) -> None:
        """Report a gradient that does not extend from edge to edge of its object."""
        length = self.settings.number(item.node, "GradientFillLength")
        box = item_box(item)
        across = math.cos(math.radians(angle))
        down = math.sin(math.radians(angle))
        whole = abs(box.width * across) + abs(box.height * down)
        node = self.swatches.nodes.get(colour)
        is_linear = node and node.name == "Gradient" and node.get("Type") != "Radial"
        if is_linear and length > 0 and abs(length - whole) > 0.05 * whole:
            message = f"the gradient of {describe(item.node)} extends from edge to edge"
            self.findings.append(lost("colour", message, item.span))

    def stroke(self, item: Item) -> tuple[str, StrokeForm] | None:
        """Return swatch and form of the stroke; None if there is none."""
        settings, node = self.settings, item.node
        colour = settings.get(node, "StrokeColor", "Swatch/None")
        width = settings.number(node, "StrokeWeight")
        if colour in NONE or width <= 0:
            return None
        opacity = item.opacity * self.effects(item).opacity(STROKE)
        tint, words = settings.number(node, "StrokeTint", -1.0), f"the stroke of {describe(node)}"
        swatch = self.swatches.find_flat(colour, words, tint, opacity)
        if settings.get(node, "OverprintStroke") == "true":
            swatch = self.swatches.overprint(swatch)
        cap = CAPS.get(settings.get(node, "EndCap"), "butt")
        join = JOINS.get(settings.get(node, "EndJoin"), "miter")
        kind = settings.get(node, "StrokeType", "Solid").rpartition("/")[2]
        if kind == "Dashed":
            gaps = settings.get(node, "StrokeDashAndGap", "").split()
            dash = tuple(float(part) for part in gaps if part.replace(".", "").isdigit())
        else:
            dash = tuple(part * width for part in DASHES.get(kind, ()))
        gap = settings.get(node, "GapColor", "Swatch/None")
        if dash and gap not in NONE:
            message = f"the gap colour of the stroke of {describe(node)} is not taken"
            self.findings.append(lost("stroke", message, item.span))
        if kind not in ("Solid", "n", "", "Dashed", *DASHES):
            message = f"stroke '{kind}' of {describe(node)} is a solid line"
            self.findings.append(lost("stroke", message, item.span))
        return swatch or "black", StrokeForm(width, dash, cap, join)

    def effects(self, item: Item) -> Effects:
        """Return the effects of an item."""
        graphic = next((one for one in item.node.children if one.name in GRAPHICS), None)
        return Effects(item.node, self.settings, graphic)

    def report_effects(self, item: Item, number: int) -> None:
        """Report effects of an item without a picture, and corners that are not round."""
        words, page = describe(item.node), number or None
        self.findings.extend(report_effects(self.effects(item), words, item.span, page))
        option = self.settings.get(item.node, "TopLeftCornerOption", "None")
        if option not in ("None", "RoundedCorner"):
            message = f"corners of {words} are round"
            self.findings.append(lost("shape", message, item.span, page=page))

    def picture_effects(self, item: Item, file: str, number: int) -> Keys:
        """Return the keys of an image for the effects of its frame; report what it cannot have."""
        effects, page = self.effects(item), number or None
        has_fill = self.settings.get(item.node, "FillColor", "Swatch/None") not in NONE
        keys, taken, missing = picture_keys(
            effects, item.opacity, file, self.swatches, has_fill=has_fill
        )
        words = describe(item.node)
        self.findings.extend(report_effects(effects, words, item.span, page, taken))
        for name in missing:
            message = f"{name} of {words} is not taken"
            self.findings.append(lost("effect", message, item.span, page=page))
        return keys


CAPS = {"ButtEndCap": "butt", "RoundEndCap": "round", "ProjectingEndCap": "square"}
JOINS = {"MiterEndJoin": "miter", "RoundEndJoin": "round", "BevelEndJoin": "bevel"}
DASHES = {
    "Canned Dashed 3x2": (3.0, 2.0),
    "Canned Dashed 4x4": (4.0, 4.0),
    "Canned Dotted": (1.0, 1.0),
    "Japanese Dots": (1.0, 1.0),
}
"""Dashes and gaps of InDesign's strokes, in stroke widths."""
