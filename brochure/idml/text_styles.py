"""Styles of the layout, from InDesign's styles and from formatting that was applied by hand.

Formatting by hand becomes a style too, with a name that says what it does: `body-bold-19`. Equal formatting has one style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.idml.losses import lost, noted
from brochure.idml.nested_styles import (
    DROP_CAP,
    NestedStyle,
    drop_cap_style,
    read_nested_styles,
    unknown_delimiters,
)
from brochure.idml.package import Package
from brochure.idml.paragraph_decoration import decoration_keys, read_grep_styles
from brochure.idml.stories import Run, shorten
from brochure.idml.style_differences import (
    clean,
    difference,
    differs_from_neutral,
    name_difference,
    sign_for,
    without,
)
from brochure.idml.swatches import Swatches
from brochure.idml.type_losses import find_losses
from brochure.idml.type_settings import (
    DROP_CAP_STYLE,
    SPACE_ABOVE,
    Keys,
    Settings,
    character_keys,
    heading_level,
    number_of,
    paragraph_keys,
    read_settings,
    text_of,
)
from brochure.idml.xml_nodes import Node
from brochure.spec.names import NamePool, slug
from brochure.spec.regular_expression import describe_fault
from brochure.spec.yaml_text import Commented
from brochure.styles.defaults import BUILT_IN

NO_PARAGRAPH_STYLE = "ParagraphStyle/$ID/[No paragraph style]"
NORMAL = "ParagraphStyle/$ID/NormalParagraphStyle"
NO_CHARACTER_STYLE = "CharacterStyle/$ID/[No character style]"
IDENTITY_SETTINGS = frozenset(
    {"Self", "Name", "AppliedParagraphStyle", "AppliedCharacterStyle", "BasedOn", "NextStyle"}
)
"""Attributes of styles and ranges that are not formatting."""


@dataclass(frozen=True)
class TextStyles:
    """The styles of a document, and those that the layout needs so far.

    `has_font` says whether a font family is available; `language` is the source language.
    """

    paragraphs: Mapping[str, Node]
    characters: Mapping[str, Node]
    swatches: Swatches
    package: Package
    findings: list[Finding]
    has_font: Callable[[str], bool]
    language: str
    spaces_above: dict[str, float] = field(default_factory=dict)
    """The space that most paragraphs of a style have above them, from the one before, by the identifier of the style."""
    names: NamePool = field(default_factory=lambda: NamePool({"body"}))
    character_names: NamePool = field(default_factory=lambda: NamePool({"strong", "emphasis"}))
    known: dict[str, str] = field(default_factory=lambda: {NORMAL: "body"})
    full: dict[str, Keys] = field(default_factory=dict)
    """Complete keys of the layout's paragraph styles by name."""
    bases: dict[str, str] = field(default_factory=dict)
    known_characters: dict[str, str] = field(default_factory=dict)
    character_values: dict[str, Keys] = field(default_factory=dict)
    lost_settings: dict[str, dict[str, Span]] = field(default_factory=dict)
    """What was not taken, with the styles that have it and their places."""
    noted_nested: set[str] = field(default_factory=set)

    # Settings

    def settings(self, identifier: str) -> Settings:
        """Return the complete settings of a paragraph style."""
        chain = [*_chain(self.paragraphs, identifier)]
        if NO_PARAGRAPH_STYLE in self.paragraphs:
            chain.append(self.paragraphs[NO_PARAGRAPH_STYLE])
        found: dict[str, str | Node] = {}
        for node in reversed(chain):
            found |= _formatting(read_settings(node))
        before = number_of(found, "SpaceBefore")
        if before > 0 and identifier in self.spaces_above:
            found[SPACE_ABOVE] = f"{before + self.spaces_above[identifier]:g}"
        return found

    def character_settings(self, identifier: str) -> Settings:
        """Return the settings of a character style and of those that it is based on."""
        found: dict[str, str | Node] = {}
        for node in reversed([*_chain(self.characters, identifier)]):
            if node.identifier != NO_CHARACTER_STYLE:
                found |= _formatting(read_settings(node))
        return found

    # Paragraph styles

    def paragraph(self, identifier: str, overrides: Settings, span: Span) -> str:
        """Return the name of the layout's style for a paragraph style with settings by hand."""
        base = self._named_style(identifier)
        own = self.settings(identifier)
        changed = {
            name: value for name, value in _formatting(overrides).items() if own.get(name) != value
        }
        complete = {**own, **changed}
        self._report_losses(complete, base, span)
        keys = self._paragraph_keys(complete)
        return self._style_for(base, keys) if changed else base

    def _style_for(self, base: str, keys: Keys) -> str:
        """Return the name of a style with these keys: the base itself, or one that is derived from it."""
        if keys == self.full[base]:
            return base
        for name, other in self.full.items():
            if other == keys and self.bases.get(name) == base:
                return name
        changed = difference(keys, self.full[base])
        name = self.names.claim(f"{base}-{name_difference(changed)}")
        self.full[name], self.bases[name] = keys, base
        return name

    def _named_style(self, identifier: str) -> str:
        """Return the name of a paragraph style, and add it to the layout with those that it is based on."""
        if identifier not in self.paragraphs:
            identifier = NORMAL
        if "body" not in self.full:
            keys = self._paragraph_keys(self.settings(NORMAL))
            self.full["body"] = keys | {"language": self.language}
        if identifier in (NORMAL, NO_PARAGRAPH_STYLE) or identifier in self.known:
            return self.known.get(identifier, "body")
        node = self.paragraphs[identifier]
        base = _base(self.paragraphs, node)
        self.known[identifier] = "body"  # if styles are based on each other in a circle
        base_name = self._named_style(base) if base else "body"
        name = self.names.claim(slug(node.get("Name").rpartition(":")[2], "style"))
        self.known[identifier] = name
        self.full[name] = self._paragraph_keys(self.settings(identifier))
        self.bases[name] = base_name
        self._report_losses(
            self.settings(identifier), name, self.package.span("Resources/Styles.xml", node.line)
        )
        return name

    def _paragraph_keys(self, settings: Settings) -> Keys:
        keys = paragraph_keys(settings, self.swatches) | decoration_keys(settings, self.swatches)
        keys["patterns"] = list(self._patterns(settings))
        drop_cap = keys.get("drop-cap")
        if isinstance(drop_cap, dict):
            keys["drop-cap"] = drop_cap | self._drop_cap_style(settings)
        if keys.get("language") in ("", self.language):
            keys["language"] = self.language
        return keys

    def _patterns(self, settings: Settings) -> Iterator[Keys]:
        """Yield the patterns of GREP styles; of those that cannot be searched in linear time, a finding."""
        for identifier, expression in read_grep_styles(settings):
            keys = clean(character_keys(self.character_settings(identifier), self.swatches))
            if describe_fault(expression):
                span = self.package.span("Resources/Styles.xml")
                self._report_loss(f"GREP style '{shorten(expression)}'", "body", span)
            elif keys:
                yield {"match": expression, "character": self._named_character(identifier, keys)}

    def _drop_cap_style(self, settings: Settings) -> Keys:
        """Return the character style of a drop cap, which is a nested style."""
        if DROP_CAP_STYLE in settings:
            return {"character": text_of(settings, DROP_CAP_STYLE)}
        identifier = drop_cap_style(read_nested_styles(settings))
        named = self.character_settings(identifier)
        keys = clean(character_keys(named, self.swatches)) if named else {}
        return {"character": self._named_character(identifier, keys)} if keys else {}

    def nested_styles(self, settings: Settings, style: str, span: Span) -> Sequence[NestedStyle]:
        """Return the nested styles of a paragraph in a style of the layout; they become marks, which is noted."""
        nested = read_nested_styles(settings)
        for delimiter in unknown_delimiters(nested):
            self._report_loss(f"nested style with the delimiter '{delimiter}'", style, span)
        marks = [one for one in nested if self.character_settings(one.style)]
        if any(one.delimiter != DROP_CAP for one in marks) and style not in self.noted_nested:
            self.noted_nested.add(style)
            message = (
                f"style '{style}': nested styles are marks in the copy; new text needs them too"
            )
            self.findings.append(noted("type", message, span))
        return nested

    def heading(self, identifier: str) -> int:
        """Return the level of headings in a paragraph style; 0 for other text."""
        node = self.paragraphs.get(identifier)
        return heading_level(node.get("Name"), node) if node else 0

    # Character styles

    def mark(self, paragraph: str, around: Settings, run: Run) -> str:
        """Return the mark for a run in a paragraph of a style: `**`, `*`, `^`, `~`, a character style, or nothing.

        `around` are the settings of the paragraph without those of its runs.
        """
        style = run.style if self.character_settings(run.style) else run.nested
        settings, text = run.settings, run.text
        named = {**self.character_settings(run.nested), **self.character_settings(run.style)}
        for words in find_losses({**named, **_formatting(settings)}):
            self._report_loss(words, paragraph, self.package.span("Stories"))
        base = self.full[paragraph]
        complete = {**around, **named, **_formatting(settings)}
        keys = character_keys(complete, self.swatches)
        if keys.get("language") == "":
            keys["language"] = self.language
        changed = {name: value for name, value in keys.items() if base.get(name) != value}
        if not changed:
            return ""
        sign = sign_for(changed, base, text)
        if sign:
            return sign
        alone = self.character_settings(style)
        own = clean(character_keys(alone, self.swatches)) if alone else {}
        if alone and all(own.get(name) == value for name, value in changed.items()):
            return self._named_character(style, own)
        return self._character_for(changed)

    def _named_character(self, identifier: str, keys: Keys) -> str:
        if identifier not in self.known_characters:
            name = self.character_names.claim(
                slug(self.characters[identifier].get("Name").rpartition(":")[2], "style")
            )
            self.known_characters[identifier] = name
            self.character_values[name] = keys
        return self.known_characters[identifier]

    def _character_for(self, keys: Keys) -> str:
        for name, other in self.character_values.items():
            if other == keys:
                return name
        name = self.character_names.claim(name_difference(keys))
        self.character_values[name] = keys
        return name

    # Losses

    def _report_losses(self, settings: Settings, style: str, span: Span) -> None:
        for words in find_losses(settings):
            self._report_loss(words, style, span)

    def _report_loss(self, words: str, style: str, span: Span) -> None:
        self.lost_settings.setdefault(words, {}).setdefault(style, span)

    def losses(self) -> Iterator[Finding]:
        """Yield a finding for each kind of setting that was not taken, with the styles that have it."""
        for words, styles in self.lost_settings.items():
            shown = ", ".join(f"'{name}'" for name in [*styles][:3])
            more = " …" if len(styles) > 3 else ""
            message = f"style{'s' * (len(styles) > 1)} {shown}{more}: {words} is not taken"
            found = lost("type", message, next(iter(styles.values())))
            yield replace(found, count=len(styles))

    # Output

    def paragraph_styles(self) -> dict[str, object]:
        """Return the layout's paragraph styles: of each only what differs from the style that it is based on."""
        found: dict[str, object] = {}
        for name, keys in self.full.items():
            base = self.bases.get(name)
            if base is None:
                found[name] = self._with_font(differs_from_neutral(keys), keys)
                continue
            based: Keys = {"based-on": base} if base != "body" or name in BUILT_IN else {}
            changed = difference(keys, self.full[base])
            found[name] = self._with_font(based | changed, changed)
        return found

    def character_styles(self) -> dict[str, object]:
        """Return the layout's character styles."""
        return {
            name: self._with_font(dict(keys), keys) for name, keys in self.character_values.items()
        }

    def _with_font(self, keys: Keys, all_keys: Keys) -> object:
        """Return the keys; a font that is missing is a comment, since it would stop the build."""
        family = str(all_keys.get("font", ""))
        if not family or self.has_font(family):
            return keys
        return Commented(without(keys, "font"), f"font: {family} (missing)")

    def missing_fonts(self) -> Iterator[Finding]:
        """Yield a finding for each font family that is missing, with the styles that use it."""
        uses: dict[str, list[str]] = {}
        for name, keys in (*self.full.items(), *self.character_values.items()):
            family = str(keys.get("font", ""))
            if family and not self.has_font(family):
                uses.setdefault(family, []).append(name)
        for family, styles in uses.items():
            shown = ", ".join(styles[:3]) + (" …" if len(styles) > 3 else "")
            message = f"font '{family}' is missing; the default font replaces it (styles {shown})"
            hint = "put its files into assets/fonts and write 'font:' where a comment names it"
            yield lost("font-missing", message, self.package.span("Resources/Fonts.xml"), hint)

    def unused(self) -> Iterator[Finding]:
        """Yield a finding with the styles that no text uses."""
        named = [
            node.get("Name")
            for identifier, node in (*self.paragraphs.items(), *self.characters.items())
            if identifier not in self.known
            and identifier not in self.known_characters
            and not node.get("Name").startswith("$ID/")
        ]
        if named:
            shown = ", ".join(f"'{name}'" for name in named[:5]) + (" …" if len(named) > 5 else "")
            message = f"{len(named)} styles are used by no text and were not taken: {shown}"
            yield noted("unused", message, self.package.span("Resources/Styles.xml"))


def read_text_styles(
    root: Node | None,
    swatches: Swatches,
    package: Package,
    findings: list[Finding],
    has_font: Callable[[str], bool],
    language: str,
) -> TextStyles:
    """Return the styles of the part `Resources/Styles.xml`."""
    empty = Node("Styles", {})
    paragraphs = {node.identifier: node for node in (root or empty).all("ParagraphStyle")}
    characters = {node.identifier: node for node in (root or empty).all("CharacterStyle")}
    return TextStyles(paragraphs, characters, swatches, package, findings, has_font, language)


def _formatting(settings: Settings) -> dict[str, str | Node]:
    return {name: value for name, value in settings.items() if name not in IDENTITY_SETTINGS}


def _chain(styles: Mapping[str, Node], identifier: str) -> Iterator[Node]:
    """Yield a style and those that it is based on; a circle ends."""
    seen: set[str] = set()
    while identifier in styles and identifier not in seen:
        seen.add(identifier)
        yield styles[identifier]
        identifier = _base(styles, styles[identifier])


def _base(styles: Mapping[str, Node], node: Node) -> str:
    """Return the identifier of the style that a style is based on; empty if there is none."""
    base = node.get("BasedOn")
    return (
        base if base in styles else f"{node.name}/{base}" if f"{node.name}/{base}" in styles else ""
    )
