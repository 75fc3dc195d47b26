"""Options of text frames: columns, insets, vertical justification."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding
from brochure.idml.losses import lost
from brochure.idml.object_settings import ObjectSettings
from brochure.idml.page_items import Item, describe
from brochure.idml.type_settings import Keys, millimetres
from brochure.idml.xml_nodes import to_number

OPTIONS = "TextFramePreference"
VALIGN = {"CenterAlign": "middle", "BottomAlign": "bottom", "JustifyAlign": "top"}


NOT_TAKEN = {
    "ColumnRuleOverride": (OPTIONS, "false", "the rule between the columns"),
    "FootnotesEnableOverrides": (OPTIONS, "false", "the footnote option"),
    "UseCustomBaselineFrameGrid": ("BaselineFrameGridOption", "false", "the baseline grid"),
}
"""Options that a frame does not have: in which element they are, their defaults, and their names in messages."""


def read_text_frame(
    item: Item, settings: ObjectSettings, findings: list[Finding], number: int
) -> Keys:
    """Return the keys of a text frame's options."""
    found: Keys = {}
    page = number or None
    count = int(settings.number(item.node, "TextColumnCount", 1.0, inside=OPTIONS))
    if count > 1:
        found["columns"] = min(20, count)
        gutter = settings.number(item.node, "TextColumnGutter", 12.0, inside=OPTIONS)
        found["gutter"] = millimetres(gutter)
        if settings.get(item.node, "VerticalBalanceColumns", inside=OPTIONS) == "true":
            found["balance"] = True
    inset = _inset(item, settings)
    if inset:
        found["inset"] = inset
    justification = settings.get(item.node, "VerticalJustification", "TopAlign", inside=OPTIONS)
    if justification == "JustifyAlign":
        message = f"text of {describe(item.node)} is not spread over its height"
        findings.append(lost("frame", message, item.span, page=page))
    elif justification in VALIGN:
        found["valign"] = VALIGN[justification]
    if settings.get(item.node, "IgnoreWrap", inside=OPTIONS) == "true":
        found["ignore-text-wrap"] = True
    findings.extend(_list_losses(item, settings, page))
    return found


def _list_losses(item: Item, settings: ObjectSettings, page: int | None) -> Iterator[Finding]:
    """Yield findings on options that a frame does not have."""
    for name, (inside, default, words) in NOT_TAKEN.items():
        if settings.get(item.node, name, default, inside=inside) != default:
            message = f"{words} of {describe(item.node)} is not taken"
            yield lost("frame", message, item.span, page=page)
    if settings.get(item.node, "AutoSizingType", "Off", inside=OPTIONS) != "Off":
        message = (
            f"{describe(item.node)} sizes itself in InDesign; here it has the size that it has"
        )
        yield lost("frame", message, item.span, "write auto-size", page=page)


def _inset(item: Item, settings: ObjectSettings) -> object:
    """Return the inset: one length if all edges have the same, nothing if it is 0."""
    preference = settings.find(item.node, OPTIONS, "Properties", "InsetSpacing")
    if preference is None:
        return None
    values = [to_number(child.text) for child in preference.children]
    if not values:
        values = [to_number(preference.text)] * 4
    if len(values) != 4 or not any(value > 0.01 for value in values):
        return None
    top, left, bottom, right = (max(0.0, value) for value in values)
    if max(values) - min(values) < 0.01:
        return millimetres(top)
    edges = {"top": top, "bottom": bottom, "start": left, "end": right}
    return {name: millimetres(value) for name, value in edges.items() if value > 0.01}
