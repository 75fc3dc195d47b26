"""What of a whole document is not taken: settings of notes and inks, unequal columns, vertical text, tables of contents."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from brochure.findings import Finding
from brochure.idml.document import Document, find_resource
from brochure.idml.losses import lost, noted
from brochure.idml.package import DESIGN_MAP
from brochure.idml.xml_nodes import Node, to_number

NO_STYLE = "CharacterStyle/$ID/[No character style]"
FOOTNOTES = {
    "EosPlacement": ("false", "their place at the end of the story"),
    "StartAt": ("1", "their first number"),
    "FootnoteMarkerStyle": (NO_STYLE, "the character style of their marks"),
    "ShowPrefixSuffix": ("NoPrefixSuffix", "the characters beside their numbers"),
    "MarkerPositioning": ("SuperscriptMarker", "the position of their marks"),
}
ENDNOTES = {
    "StartEndnoteNumberAt": ("1", "their first number"),
    "EndnoteMarkerStyle": (NO_STYLE, "the character style of their marks"),
    "ShowEndnotePrefixSuffix": ("NoPrefixSuffix", "the characters beside their numbers"),
    "EndnoteMarkerPositioning": ("SuperscriptMarker", "the position of their marks"),
}
"""Options of notes that a layout does not have: their defaults, and their names in messages."""


def check_document(document: Document) -> Iterator[Finding]:
    """Yield findings on settings of the document that are not taken."""
    yield from _check_notes(document)
    yield from _check_inks(document)
    yield from _check_columns(document)
    yield from _check_stories(document)


def _check_notes(document: Document) -> Iterator[Finding]:
    root = find_resource(document.package, "Preferences")
    for kind, table, words in (
        ("Footnote", FOOTNOTES, "footnotes"),
        ("Endnote", ENDNOTES, "endnotes"),
    ):
        node = root.find(f"{kind}Option") if root else None
        is_used = any(next(story.all(kind), None) for story, _ in document.stories.values())
        for name, (default, what) in table.items() if node and is_used else ():
            if node and node.get(name, default) != default:
                span = document.package.span("Resources/Preferences.xml", node.line)
                yield lost("footnote", f"{words}: {what} is not taken", span)


def _check_inks(document: Document) -> Iterator[Finding]:
    root = document.resource("Graphic")
    for node in root.children if root else ():
        alias = node.get("AliasInkName", "$ID/[None]")
        if node.name == "Ink" and (node.is_on("ConvertToProcess") or alias not in NO_ALIAS):
            how = "printed as process colours" if node.is_on("ConvertToProcess") else "an alias"
            message = (
                f"the spot ink '{node.get('Name')}' is {how} in InDesign, here it is a spot ink"
            )
            span = document.package.span("Resources/Graphic.xml", node.line)
            yield lost("colour", message, span, "change its swatch in brochure.yaml")


NO_ALIAS = ("$ID/[None]", "$ID/[No Alias]", "[None]", "[No Alias]", "n")


def _check_columns(document: Document) -> Iterator[Finding]:
    for page in document.pages:
        margins = page.place.node.find("MarginPreference")
        text = margins.get("ColumnsPositions") if margins else ""
        edges = [to_number(part) for part in text.split()]
        widths = [right - left for left, right in pairwise(edges)][::2]
        if widths and max(widths) - min(widths) > 1:
            message = f"the columns of page {page.name} have different widths; here they are equal"
            yield lost("page", message, document.package.span("Spreads"), page=page.number)


def _check_stories(document: Document) -> Iterator[Finding]:
    for story, part in document.stories.values():
        span = document.package.span(part, story.line)
        preference = story.find("StoryPreference") or Node("StoryPreference", {})
        if preference.get("StoryOrientation") == "Vertical":
            yield lost("text", "vertical text is horizontal", span)
        if preference.get("StoryDirection") == "RightToLeftDirection":
            yield noted("text", "the direction of a story follows from its language", span)
        if story.get("AppliedTOCStyle", "n") not in ("n", ""):
            message = "a table of contents is fixed text"
            yield lost("text", message, span, "use the block contents")
    for spread in document.package.root(DESIGN_MAP).children:
        if spread.name == "Spread" and spread.get("src"):
            root = document.package.root(spread.get("src"))
            if any(one.is_on("SpreadHidden") for one in root.children):
                message = "a spread that is hidden in InDesign is there"
                yield lost("page", message, document.package.span(spread.get("src")))
