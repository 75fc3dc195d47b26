"""Styles of a Word document: what their paragraphs are, and whether their words are bold or italic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.l10n.message_text import EMPHASIS, STRONG, SUBSCRIPT, SUPERSCRIPT
from brochure.manuscript.model import Kind, Role
from brochure.manuscript.style_map import NO_MARK, StyleMap, fold_name
from brochure.manuscript.word_package import W
from brochure.manuscript.word_style_names import LINK_STYLES, find_built_in_role, is_contents

MAX_CHAIN = 30
"""Styles that are based on each other."""

OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A style: its identifier, its names, the style that it is based on, and its properties."""

    identifier: str
    names: tuple[str, ...]
    based_on: str
    paragraph: Any | None
    run: Any | None

    @property
    def name(self) -> str:
        """The name that Word shows."""
        return self.names[0] if self.names else self.identifier


def child(node: Any | None, name: str) -> Any | None:
    """Return the first child of a name in Word's namespace."""
    return None if node is None else node.find(f"{W}{name}")


def value(node: Any | None, name: str = "val") -> str:
    """Return an attribute in Word's namespace; an empty text if there is none."""
    return "" if node is None else str(node.get(f"{W}{name}") or "")


def is_on(node: Any | None, name: str) -> bool | None:
    """Return the value of an on-off property; None if it is not given."""
    found = child(node, name)
    return None if found is None else value(found) not in OFF


@dataclass(frozen=True)
class WordStyles:
    """The styles of a document by identifier, and the mapping that the user has written."""

    styles: Mapping[str, WordStyle]
    style_map: StyleMap
    default: str
    defaults: Any | None
    """Run properties of all text."""
    known: dict[str, Role] = field(default_factory=dict)

    def chain(self, identifier: str) -> Iterator[WordStyle]:
        """Yield a style and those that it is based on."""
        seen: set[str] = set()
        while identifier in self.styles and identifier not in seen and len(seen) < MAX_CHAIN:
            seen.add(identifier)
            yield self.styles[identifier]
            identifier = self.styles[identifier].based_on

    def paragraph_style(self, properties: Any | None) -> str:
        """Return the identifier of a paragraph's style."""
        return value(child(properties, "pStyle")) or self.default

    def name(self, identifier: str) -> str:
        """Return the name of a style."""
        style = self.styles.get(identifier)
        return style.name if style else identifier or "Normal"

    def role(self, identifier: str) -> Role:
        """Return what the paragraphs of a style are: by the mapping, by a built-in name, or by the outline level."""
        if identifier not in self.known:
            self.known[identifier] = self._find_role(identifier)
        return self.known[identifier]

    def _find_role(self, identifier: str) -> Role:
        if identifier not in self.styles:
            found = self.style_map.find_role(identifier) or find_built_in_role(identifier)
            return found or Role(Kind.TEXT)
        for style in self.chain(identifier):
            mapped = self.style_map.find_role(*style.names, style.identifier)
            role = mapped or next(filter(None, map(find_built_in_role, style.names)), None)
            role = role or find_built_in_role(style.identifier)
            if role and (role.kind is not Kind.TEXT or mapped):
                return role
            level = outline_level(style.paragraph)
            if level:
                return Role(Kind.HEADING, level)
            if role:
                break
        return Role(Kind.TEXT)

    def is_known(self, identifier: str) -> bool:
        """Return True if the user or Word has named what the paragraphs of a style are."""
        style = self.styles.get(identifier)
        names = (*style.names, style.identifier) if style else (identifier,)
        is_named = self.style_map.find_role(*names) is not None or any(
            map(find_built_in_role, names)
        )
        return (
            is_named
            or identifier in ("", self.default)
            or self.role(identifier).kind is not Kind.TEXT
        )

    def is_contents(self, identifier: str) -> bool:
        """Return True for a style of a table of contents."""
        style = self.styles.get(identifier)
        return any(map(is_contents, (*style.names, identifier) if style else (identifier,)))

    def numbering(self, identifier: str) -> Any | None:
        """Return the list properties of a style."""
        found = (child(style.paragraph, "numPr") for style in self.chain(identifier))
        return next((one for one in found if one is not None), None)

    # Words

    def toggle(self, identifier: str, name: str) -> bool | None:
        """Return an on-off property of the runs of a style; None if neither it nor those below it say it."""
        found = (is_on(style.run, name) for style in self.chain(identifier))
        return next((one for one in found if one is not None), None)

    def marks(self, paragraph: str, run: Any | None) -> tuple[str, ...]:
        """Return the marks of a run in a paragraph of a style: what differs from the paragraph's own words."""
        character = value(child(run, "rStyle"))
        found = []
        named = self._named_mark(character)
        for mark, name in ((STRONG, "b"), (EMPHASIS, "i")):
            own = self._toggle_name(run, name)
            has_name = named in (mark,)
            if (
                has_name
                or (named is None and self._is_marked(paragraph, character, run, own))
                or (named is not None and self._is_direct(paragraph, run, own))
            ):
                found.append(mark)
        if named and named not in (STRONG, EMPHASIS):
            found.append(named)
        position = value(child(run, "vertAlign")) or self._character_position(character)
        if position in POSITIONS:
            found.append(POSITIONS[position])
        return tuple(found)

    def _toggle_name(self, run: Any | None, name: str) -> str:
        """Return the property for complex scripts if the run is set as such."""
        is_complex = is_on(run, "rtl") or is_on(run, "cs")
        return f"{name}Cs" if is_complex else name

    def _is_marked(self, paragraph: str, character: str, run: Any | None, name: str) -> bool:
        """Return True if a run is bold, or italic, and the paragraph is not.

        Between paragraph and character style these properties toggle each other (ISO 29500-1, 17.7.3).
        """
        base = self._base(paragraph, name)
        direct = is_on(run, name)
        if direct is not None:
            return direct and not base
        return bool(self.toggle(character, name)) and not base

    def _is_direct(self, paragraph: str, run: Any | None, name: str) -> bool:
        return bool(is_on(run, name)) and not self._base(paragraph, name)

    def _base(self, paragraph: str, name: str) -> bool:
        found = self.toggle(paragraph, name)
        return bool(is_on(self.defaults, name)) if found is None else found

    def _character_position(self, character: str) -> str:
        if self.is_link_style(character):
            return ""
        found = (value(child(style.run, "vertAlign")) for style in self.chain(character))
        return next(filter(None, found), "")

    def is_link_style(self, character: str) -> bool:
        """Return True for character styles of links and of the marks of notes."""
        return any(fold_name(name) in LINK_STYLES for name in self._names(character))

    def _names(self, character: str) -> tuple[str, ...]:
        style = self.styles.get(character)
        return (*style.names, style.identifier) if style else (character,)

    def _named_mark(self, character: str) -> str | None:
        """Return the mark of a character style; an empty text for none, None if only its type settings count."""
        if not character:
            return None
        for style_names in [
            self._names(character),
            *((*one.names, one.identifier) for one in self.chain(character)),
        ]:
            found = self.style_map.find_mark(*style_names)
            found = found or next(
                (BUILT_IN[n] for n in map(fold_name, style_names) if n in BUILT_IN), None
            )
            if found:
                return {NO_MARK: "", "strong": STRONG, "emphasis": EMPHASIS}.get(found, found)
        return None

    def character_mark(self, character: str) -> str:
        """Return what a character style becomes, as the mapping file has it."""
        named = self._named_mark(character)
        if named is None:
            is_strong, is_emphasis = self.toggle(character, "b"), self.toggle(character, "i")
            named = STRONG if is_strong else EMPHASIS if is_emphasis else ""
        return {STRONG: "strong", EMPHASIS: "emphasis", "": NO_MARK}.get(named, named)


BUILT_IN = {
    "strong": "strong",
    "strongemphasis": "strong",
    "emphasis": "emphasis",
    "subtleemphasis": "emphasis",
    "intenseemphasis": "strong",
    "fett": "strong",
    "hervorhebung": "emphasis",
    "accentuation": "emphasis",
    "énfasis": "emphasis",
    "textoennegrita": "strong",
}
POSITIONS = {"superscript": SUPERSCRIPT, "subscript": SUBSCRIPT}


def outline_level(properties: Any | None) -> int:
    """Return the heading level of an outline level; 0 for body text."""
    found = value(child(properties, "outlineLvl"))
    return min(6, int(found) + 1) if found.isascii() and found.isdigit() and int(found) < 9 else 0


def read_styles(root: Any | None, style_map: StyleMap) -> WordStyles:
    """Return the styles in the part `styles.xml`; a document may have none."""
    styles: dict[str, WordStyle] = {}
    default = ""
    for node in () if root is None else root.findall(f"{W}style"):
        identifier = value(node, "styleId")
        aliases = value(child(node, "aliases"))
        names = [value(child(node, "name")), *aliases.split(",")]
        styles.setdefault(
            identifier,
            WordStyle(
                identifier,
                tuple(name.strip() for name in names if name.strip()),
                value(child(node, "basedOn")),
                child(node, "pPr"),
                child(node, "rPr"),
            ),
        )
        is_default = value(node, "default") not in ("", *OFF)
        if is_default and value(node, "type") == "paragraph" and not default:
            default = identifier
    defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
    return WordStyles(styles, style_map, default, defaults)
