"""Text variables and sections of an InDesign document: what they print on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.idml.xml_nodes import Node
from brochure.spec.names import NamePool, slug

RUNNING_HEAD = "\ufdd5"
"""Noncharacter that represents a running head in text."""

FIRST_PLACEHOLDER, LAST_PLACEHOLDER = 0xFDD6, 0xFDEF
"""Noncharacters that represent the variables of the layout in text."""

LAST_PAGE_TYPE, CUSTOM_TYPE = "LastPageNumberType", "CustomTextType"
RUNNING_TYPES = ("MatchParagraphStyleType", "MatchCharacterStyleType")


@dataclass(frozen=True)
class TextVariables:
    """The text variables of a document by identifier; those with a text of their own become variables of the layout.

    Attributes:
        nodes: Their definitions.
        values: Texts of the layout's variables, by name.
        placeholders: What represents each of these in text, and how the copy writes it.
    """

    nodes: Mapping[str, Node]
    values: dict[str, str] = field(default_factory=dict)
    placeholders: dict[str, str] = field(default_factory=dict)
    names: NamePool = field(default_factory=lambda: NamePool({"page", "pages"}))
    known: dict[str, str] = field(default_factory=dict)

    def kind(self, identifier: str) -> str:
        """Return the type of a variable; empty if it is not known."""
        node = self.nodes.get(identifier)
        return node.get("VariableType") if node else ""

    def preference(self, identifier: str) -> Node:
        """Return the settings of a variable."""
        node = self.nodes.get(identifier)
        found = (one for one in (node.children if node else ()) if one.name.endswith("Preference"))
        return next(found, Node("", {}))

    def custom_text(self, identifier: str) -> str | None:
        """Return what represents a variable with a text of its own; None if it has none, or if there are too many variables."""
        if identifier in self.known:
            return self.known[identifier]
        text = self.preference(identifier).get("Contents").strip()
        character = FIRST_PLACEHOLDER + len(self.known)
        if not text or character > LAST_PLACEHOLDER:
            return None
        name = self.names.claim(slug(self.nodes[identifier].get("Name"), "text")).replace("-", "_")
        self.values[name] = text
        self.known[identifier] = chr(character)
        self.placeholders[chr(character)] = f"{{{name}}}"
        return chr(character)


def read_text_variables(document: Node) -> TextVariables:
    """Return the text variables of a document map."""
    return TextVariables(
        {one.identifier: one for one in document.children if one.name == "TextVariable"}
    )


def read_section_markers(document: Node, pages: Sequence[str]) -> tuple[str, ...]:
    """Return the section marker of each page, by the identifiers of the pages in their order."""
    starts = {
        one.get("PageStart"): one.get("Marker")
        for one in document.children
        if one.name == "Section"
    }
    found: list[str] = []
    for page in pages:
        found.append(starts.get(page, found[-1] if found else ""))
    return tuple(found)
