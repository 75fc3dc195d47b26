"""Fills, strokes and effects of page items."""

from __future__ import annotations

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.idml.drawings import StrokeForm
from brochure.idml.losses import lost
from brochure.idml.object_settings import ObjectSettings
from brochure.idml.page_items import Item, describe
from brochure.idml.swatches import NONE, Swatches


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
        node = self.swatches.nodes.get(colour)
        if flat and node and node.name == "Gradient":
            message = f"the gradient of {describe(item.node)} is a flat colour; only rectangles have gradients"
            self.findings.append(lost("colour", message, item.span))
            stop = node.find("GradientStop")
            colour = stop.get("StopColor") if stop else colour
        angle = self.settings.number(item.node, "GradientFillAngle")
        tint = self.settings.number(item.node, "FillTint", -1.0)
        return self.swatches.find(colour, tint, item.opacity, angle)

    def stroke(self, item: Item) -> tuple[str, StrokeForm] | None:
        """Return swatch and form of the stroke; None if there is none."""
        settings, node = self.settings, item.node
        colour = settings.get(node, "StrokeColor", "Swatch/None")
        width = settings.number(node, "StrokeWeight")
        if colour in NONE or width <= 0:
            return None
        swatch = self.swatches.find(colour, settings.number(node, "StrokeTint", -1.0), item.opacity)
        cap = CAPS.get(settings.get(node, "EndCap"), "butt")
        join = JOINS.get(settings.get(node, "EndJoin"), "miter")
        kind = settings.get(node, "StrokeType", "Solid").rpartition("/")[2]
        if kind == "Dashed":
            gaps = settings.get(node, "StrokeDashAndGap", "").split()
            dash = tuple(float(part) for part in gaps if part.replace(".", "").isdigit())
        else:
            dash = tuple(part * width for part in DASHES.get(kind, ()))
        if kind not in ("Solid", "n", "", "Dashed", *DASHES):
            message = f"stroke '{kind}' of {describe(node)} is a solid line"
            self.findings.append(lost("stroke", message, item.span))
        return swatch or "black", StrokeForm(width, dash, cap, join)

    def report_effects(self, item: Item, number: int) -> None:
        """Report shadows and other effects, blending modes, and corners that are not round."""
        for effect, words in EFFECTS.items():
            for node in item.node.all(effect):
                is_on = (
                    node.get("Mode", "None") != "None"
                    if effect == "DropShadowSetting"
                    else (node.is_on("Applied") or node.get("Mode", "None") != "None")
                )
                if is_on:
                    message = f"{words} of {describe(item.node)} is not taken"
                    self.findings.append(lost("effect", message, item.span, page=number or None))
                break
        blending = item.node.find("TransparencySetting", "BlendingSetting")
        if blending and blending.get("BlendMode", "Normal") != "Normal":
            message = f"blending mode of {describe(item.node)} is not taken"
            self.findings.append(lost("effect", message, item.span, page=number or None))
        if item.kind == "TextFrame" and item.opacity < 1:
            message = f"text of {describe(item.node)} is opaque"
            self.findings.append(lost("effect", message, item.span, page=number or None))
        option = self.settings.get(item.node, "TopLeftCornerOption", "None")
        if option not in ("None", "RoundedCorner"):
            message = f"corners of {describe(item.node)} are round"
            self.findings.append(lost("shape", message, item.span, page=number or None))


CAPS = {"ButtEndCap": "butt", "RoundEndCap": "round", "ProjectingEndCap": "square"}
JOINS = {"MiterEndJoin": "miter", "RoundEndJoin": "round", "BevelEndJoin": "bevel"}
DASHES = {
    "Canned Dashed 3x2": (3.0, 2.0),
    "Canned Dashed 4x4": (4.0, 4.0),
    "Canned Dotted": (1.0, 1.0),
    "Japanese Dots": (1.0, 1.0),
}
"""Dashes and gaps of InDesign's strokes, in stroke widths."""

EFFECTS = {
    "DropShadowSetting": "drop shadow",
    "FeatherSetting": "feather",
    "InnerShadowSetting": "inner shadow",
    "OuterGlowSetting": "outer glow",
    "InnerGlowSetting": "inner glow",
    "BevelAndEmbossSetting": "bevel",
    "SatinSetting": "satin",
    "DirectionalFeatherSetting": "directional feather",
    "GradientFeatherSetting": "gradient feather",
}
