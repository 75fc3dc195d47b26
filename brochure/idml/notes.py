"""Settings of footnotes: their style, their numbers, and where these begin again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from brochure.idml.document import Document, find_resource
from brochure.idml.type_settings import Keys, read_settings, text_of

MARKS: Mapping[str, str] = {
    "Symbols": "symbols",
    "Asterisks": "symbols",
    "LowerLetters": "letters",
    "UpperLetters": "letters",
}
RESTARTS: Mapping[str, str] = {"PageRestart": "page", "SpreadRestart": "page"}
DEFAULT_STYLE = "footnote"


def read_note_settings(document: Document, used: Sequence[str]) -> Keys:
    """Return the layout's settings of notes.

    Args:
        document: The document.
        used: The paragraph styles of the notes; empty if there are none.
    """
    if not used:
        return {}
    root = find_resource(document.package, "Preferences")
    node = root.find("FootnoteOption") if root else None
    settings = read_settings(node) if node else {}
    found: Keys = {}
    marks = MARKS.get(text_of(settings, "FootnoteNumberingStyle"))
    if marks:
        found["marks"] = marks
    numbering = RESTARTS.get(text_of(settings, "RestartNumbering"))
    if numbering or marks == "symbols":
        found["numbering"] = numbering or "brochure"
    ((style, _),) = Counter(used).most_common(1)
    if style != DEFAULT_STYLE:
        found["style"] = style
    return found
