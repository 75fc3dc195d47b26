"""Settings of footnotes and endnotes: their place, their style, their numbers, and the line above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from brochure.idml.document import Document, find_resource
from brochure.idml.swatches import Swatches
from brochure.idml.type_settings import Keys, number_of, points, read_settings, text_of
from brochure.idml.xml_nodes import Node

MARKS: Mapping[str, str] = {
    "Symbols": "symbols",
    "Asterisks": "symbols",
    "LowerLetters": "letters",
    "UpperLetters": "letters",
}
RESTARTS: Mapping[str, str] = {
    "PageRestart": "page",
    "SpreadRestart": "page",
    "StoryRestart": "story",
}
DEFAULT_STYLE = "footnote"
FOOTNOTE, ENDNOTE = "Footnote", "Endnote"


def read_note_settings(
    document: Document, used: Sequence[tuple[str, str]], swatches: Swatches
) -> Keys:
    """Return the layout's settings of notes.

    Args:
        document: The document.
        used: The notes: footnote or endnote, and the paragraph style; empty if there are none.
        swatches: The swatches.
    """
    if not used:
        return {}
    is_foot = any(kind == FOOTNOTE for kind, _ in used)
    root = find_resource(document.package, "Preferences")
    node = root.find("FootnoteOption" if is_foot else "EndnoteOption") if root else None
    settings = read_settings(node) if node else {}
    found: Keys = {} if is_foot else {"place": "end"}
    if is_foot and text_of(settings, "EnableStraddling") == "true":
        found["place"] = "frame"
    marks = MARKS.get(
        text_of(settings, "FootnoteNumberingStyle" if is_foot else "EndnoteNumberingStyle")
    )
    if marks:
        found["marks"] = marks
    restart = "RestartNumbering" if is_foot else "RestartEndnoteNumbering"
    numbering = RESTARTS.get(text_of(settings, restart))
    if numbering or marks == "symbols":
        found["numbering"] = numbering or "brochure"
    ((style, _),) = Counter(style for _, style in used).most_common(1)
    if style != DEFAULT_STYLE:
        found["style"] = style
    return found | (_spaces(node, swatches) if node and is_foot else {})


def _spaces(node: Node, swatches: Swatches) -> Keys:
    """Return the space above footnotes, between them, and their line."""
    settings = read_settings(node)
    found: Keys = {
        "space": points(max(0.0, number_of(settings, "Spacer"))),
        "gap": points(max(0.0, number_of(settings, "SpaceBetween"))),
    }
    colour = swatches.find(
        text_of(settings, "RuleColor", "Color/Black"), number_of(settings, "RuleTint", -1.0)
    )
    if text_of(settings, "RuleOn", "true") != "true" or colour is None:
        return found | {"rule": False}
    width = points(number_of(settings, "RuleLineWeight", 1.0))
    length = points(number_of(settings, "RuleWidth", 72.0))
    return found | {"rule": {"colour": colour, "width": width, "length": length}}
