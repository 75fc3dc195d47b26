"""Elements of runs in a Word document: their names, their words, and the formatting and objects that are not taken."""

from __future__ import annotations

from typing import Any

from brochure.manuscript.word_package import W
from brochure.manuscript.word_styles import OFF, value

FORMATTING = {
    "color": "the colour of words",
    "sz": "the size of words",
    "rFonts": "the font of words",
    "highlight": "highlighting",
    "shd": "highlighting",
    "u": "underlining",
    "strike": "strikethrough",
    "dstrike": "strikethrough",
    "caps": "capitals",
    "smallCaps": "small capitals",
    "outline": "text effects",
    "shadow": "text effects",
    "emboss": "text effects",
    "imprint": "text effects",
    "effect": "text effects",
    "em": "emphasis marks above letters",
    "position": "raised and lowered words",
    "spacing": "letter-spacing",
    "w": "scaled letters",
    "bdr": "borders of words",
}
"""Properties of runs that are not taken, by their element."""


GRAPHICS = {
    "chart": "a chart",
    "diagram": "a diagram",
    "oleObject": "an embedded object",
    "lockedCanvas": "a drawing",
}


def has_graphic(part: Any, kind: str) -> bool:
    """Return True if an object has a graphic of a kind, such as a chart."""
    return any(
        str(one.get("uri") or "").endswith(kind)
        or (local(one) == "OLEObject" and kind == "oleObject")
        for one in part.iter()
        if local(one) in ("graphicData", "OLEObject")
    )


def describe_formatting(node: Any, *, is_link: bool) -> str:
    """Return what a property of a run changes, or an empty text."""
    name = local(node)
    if name not in FORMATTING or value(node) in ("auto", "clear", "baseline", *OFF):
        return ""
    if is_link and name in ("color", "u"):
        return ""
    if name == "shd" and value(node, "fill") in ("", "auto"):
        return ""
    if name == "rFonts" and not (value(node, "ascii") or value(node, "cs")):
        return ""
    if name == "spacing" and value(node) in ("", "0"):
        return ""
    return FORMATTING[name]


def local(node: Any) -> str:
    """Return the name of an element without its namespace."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words_of(node: Any | None) -> list[str]:
    """Return the texts below an element, for messages."""
    if node is None:
        return []
    names = (f"{W}t", f"{W}delText")
    return [one.text or "" for one in node.iter(*names)]
