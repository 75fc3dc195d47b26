"""Transparency and effects of page items: opacity, blending modes, drop shadows; the rest is reported.

InDesign has them for an object, and for its fill, its stroke and its content (text or picture) alone.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.idml.losses import lost
from brochure.idml.object_settings import ObjectSettings
from brochure.idml.swatches import Swatches
from brochure.idml.type_settings import Keys, millimetres
from brochure.idml.xml_nodes import Node

OBJECT, FILL, STROKE, CONTENT = (
    "TransparencySetting",
    "FillTransparencySetting",
    "StrokeTransparencySetting",
    "ContentTransparencySetting",
)
LEVELS = {OBJECT: "", FILL: "the fill of ", STROKE: "the stroke of ", CONTENT: "the content of "}
"""Elements with effects, and of which part of an object they are."""

EFFECTS = {
    "FeatherSetting": "feather",
    "InnerShadowSetting": "inner shadow",
    "OuterGlowSetting": "outer glow",
    "InnerGlowSetting": "inner glow",
    "BevelAndEmbossSetting": "bevel",
    "SatinSetting": "satin",
    "DirectionalFeatherSetting": "directional feather",
    "GradientFeatherSetting": "gradient feather",
}
"""Effects that a layout does not have."""

SHADOW, BLEND_MODE = "DropShadowSetting", "BlendMode"
MULTIPLY = "Multiply"


@dataclass(frozen=True)
class Effects:
    """The effects of a page item, its own or those of its object style.

    `graphic` is the picture in it, whose own effects are those of the content.
    """

    node: Node
    settings: ObjectSettings
    graphic: Node | None = None

    def opacity(self, level: str) -> float:
        """Return the opacity of a part of the object, from 0 to 1."""
        found = 1.0
        for setting in self._settings(level, "BlendingSetting"):
            found *= min(1.0, max(0.0, setting.number("Opacity", 100.0) / 100))
        return found

    def blend_mode(self, level: str) -> str:
        """Return the blending mode of a part of the object."""
        modes = (one.get("BlendMode", "Normal") for one in self._settings(level, "BlendingSetting"))
        return next((mode for mode in modes if mode != "Normal"), "Normal")

    def shadow(self, level: str) -> Node | None:
        """Return the drop shadow of a part of the object; None if it has none."""
        found = self._settings(level, SHADOW)
        return next((one for one in found if one.get("Mode", "None") == "Drop"), None)

    def others(self, level: str) -> Iterator[str]:
        """Yield the names of effects of a part of the object that a layout does not have."""
        for name, words in EFFECTS.items():
            for one in self._settings(level, name):
                if one.is_on("Applied") or one.get("Mode", "None") != "None":
                    yield words
        for one in self._settings(level, "BlendingSetting"):
            if one.is_on("KnockoutGroup"):
                yield "knockout group"

    def _settings(self, level: str, name: str) -> Iterator[Node]:
        found = self.settings.find(self.node, level, name)
        if found:
            yield found
        inside = self.graphic.find(OBJECT, name) if self.graphic and level == CONTENT else None
        if inside:
            yield inside


def report_effects(
    effects: Effects,
    words: str,
    span: Span,
    page: int | None = None,
    taken: Container[tuple[str, str]] = (),
) -> Iterator[Finding]:
    """Yield findings on the effects of an object; opacity is always taken.

    Args:
        effects: The effects.
        words: The object's name.
        span: Where it is.
        page: Its page.
        taken: Pairs of a level and `DropShadowSetting` or `BlendMode` that the layout has.
    """
    for level, part in LEVELS.items():
        names = [*effects.others(level)]
        if effects.shadow(level) and (level, SHADOW) not in taken:
            names.append("drop shadow")
        mode = effects.blend_mode(level)
        if mode != "Normal" and (level, BLEND_MODE) not in taken:
            names.append(f"blending mode {mode}")
        for name in names:
            yield lost("effect", f"{name} of {part}{words} is not taken", span, page=page)


def shadow_keys(shadow: Node, swatches: Swatches) -> tuple[Keys, list[str]]:
    """Return the key `shadow` of an image for a drop shadow, and the names of what it does not have."""
    spread = min(100.0, shadow.number("Spread")) / 100
    across, down = shadow.number("XOffset", 7.0), shadow.number("YOffset", 7.0)
    blur = shadow.number("Size", 5.0) * (1 - spread)
    opacity = shadow.number("Opacity", 75.0)
    colour = swatches.find(shadow.get("EffectColor"))
    found: Keys = {
        "offset": [millimetres(across), millimetres(down)],
        "blur": millimetres(blur),
        "opacity": f"{opacity:g}%",
    }
    if colour not in (None, "black"):
        found["colour"] = colour
    missing = []
    if shadow.get("BlendMode", MULTIPLY) != MULTIPLY:
        missing.append(f"blending mode {shadow.get('BlendMode')} of a shadow")
    if shadow.number("Noise") > 0:
        missing.append("noise of a shadow")
    if spread > 0:
        missing.append("spread of a shadow")
    return found, missing


def picture_keys(
    effects: Effects, opacity: float, file: str, swatches: Swatches, *, has_fill: bool
) -> tuple[Keys, list[tuple[str, str]], list[str]]:
    """Return the keys of an image for its effects, which effects they are, and the names of what they do not have.

    Args:
        effects: The effects of the picture's frame.
        opacity: The opacity of the frame, with that of its groups.
        file: The name of the picture's file: drawings have no blending mode, and only pixels have a shadow.
        swatches: The swatches.
        has_fill: True if the frame has a fill, which is blended with the picture.
    """
    found: Keys = {}
    taken: list[tuple[str, str]] = []
    missing: list[str] = []
    extension = file.casefold().rpartition(".")[2]
    visible = opacity * effects.opacity(CONTENT)
    if visible < 1:
        found["opacity"] = f"{round(visible * 100, 1):g}%"
    for level in (OBJECT, CONTENT):
        shadow = effects.shadow(level)
        is_alone = level == CONTENT or not has_fill
        if effects.blend_mode(level) == MULTIPLY and is_alone and extension != "svg":
            found["blend"] = "multiply"
            taken.append((level, BLEND_MODE))
        if shadow and extension not in DRAWINGS and "shadow" not in found:
            found["shadow"], missing = shadow_keys(shadow, swatches)
            taken.append((level, SHADOW))
    return found, taken, missing


DRAWINGS = ("svg", "pdf", "ai", "eps")
"""Extensions of files without pixels."""
