"""The mapping file: what paragraphs and words of a Word style become.

Example:
    paragraphs:
      Pull Quote: quote
      Chapter: heading 1
      Intro: {as: text, style: lead}
      Internal Note: skip
    characters:
      Foreign Word: emphasis
      Term: term
      Draft: none
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, nearest
from brochure.manuscript.model import Kind, Role, StyleUse
from brochure.spec import yaml_tree
from brochure.spec.yaml_text import write_yaml

ROLE = re.compile(r"heading ([1-6])|[a-z]+")
STYLE_NAME = re.compile(r"[\w-]+")
NO_MARK = "none"
EXPECTED = "title, subtitle, heading 1 to heading 6, text, quote, bullet, number or skip"


@dataclass(frozen=True)
class StyleMap:
    """Roles of paragraph styles and marks of character styles, by their names in lower case."""

    paragraphs: Mapping[str, Role] = field(default_factory=dict)
    characters: Mapping[str, str] = field(default_factory=dict)

    def find_role(self, *names: str) -> Role | None:
        """Return the role of the first of these names that the file has."""
        found = (self.paragraphs.get(fold_name(name)) for name in names)
        return next((role for role in found if role), None)

    def find_mark(self, *names: str) -> str | None:
        """Return the mark of the first of these names that the file has; `none` for no mark."""
        found = (self.characters.get(fold_name(name)) for name in names)
        return next((mark for mark in found if mark), None)


def fold_name(name: str) -> str:
    """Return the name of a style so that capital letters and spaces do not matter."""
    return "".join(name.casefold().split())


def read_style_map(data: bytes, label: str) -> StyleMap:
    """Return the mapping in a YAML file.

    Raises:
        InputError: The file has other keys or values.
    """
    root, found = yaml_tree.compose(data, label)
    findings = [*found]
    paragraphs: dict[str, Role] = {}
    characters: dict[str, str] = {}
    if isinstance(root, yaml_tree.Mapping):
        for key, value in root.entries:
            if key.value == "paragraphs":
                pairs = _read_entries(value, findings)
                paragraphs = {
                    name: role for name, node in pairs if (role := _read_role(node, findings))
                }
            elif key.value == "characters":
                pairs = _read_entries(value, findings)
                characters = {
                    name: mark for name, node in pairs if (mark := _read_mark(node, findings))
                }
            else:
                hint = nearest(key.value, ("paragraphs", "characters"))
                findings.append(_wrong(f"unknown key '{key.value}'", key.span, hint))
    elif not findings:
        where = root.span if root else Span(label)
        findings.append(
            _wrong("the file has no mapping", where, "expected paragraphs: and characters:")
        )
    if findings:
        raise InputError(findings)
    return StyleMap(paragraphs, characters)


def _read_entries(
    node: yaml_tree.Node, findings: list[Finding]
) -> Iterator[tuple[str, yaml_tree.Node]]:
    if not isinstance(node, yaml_tree.Mapping):
        message = "expected names of styles with what they become"
        findings.append(_wrong(message, node.span, "e.g. 'Pull Quote: quote'"))
        return
    for key, value in node.entries:
        yield fold_name(key.value), value


def _read_role(node: yaml_tree.Node, findings: list[Finding]) -> Role | None:
    if isinstance(node, yaml_tree.Mapping):
        names = {key.value for key, _ in node.entries}
        kind, style = node.get("as"), node.get("style")
        role = _read_role(kind, findings) if isinstance(kind, yaml_tree.Scalar) else None
        is_style = isinstance(style, yaml_tree.Scalar) and STYLE_NAME.fullmatch(style.value)
        if role and is_style and isinstance(style, yaml_tree.Scalar) and names == {"as", "style"}:
            return Role(role.kind, role.level, style.value)
        hint = (
            "expected e.g. {as: text, style: lead}, where lead is a paragraph style of the layout"
        )
        findings.append(_wrong("this mapping is not valid", node.span, hint))
        return None
    value = node.value.strip().casefold() if isinstance(node, yaml_tree.Scalar) else ""
    match = ROLE.fullmatch(value)
    if match and match[1]:
        return Role(Kind.HEADING, int(match[1]))
    if match and value in [one for one in Kind if one is not Kind.HEADING]:
        return Role(Kind(value))
    findings.append(_wrong(f"'{value}' is not valid here", node.span, f"expected {EXPECTED}"))
    return None


def _read_mark(node: yaml_tree.Node, findings: list[Finding]) -> str | None:
    value = node.value.strip() if isinstance(node, yaml_tree.Scalar) else ""
    if STYLE_NAME.fullmatch(value):
        return value
    hint = "expected strong, emphasis, none, or the name of a character style of the layout"
    findings.append(_wrong(f"'{value}' is not valid here", node.span, hint))
    return None


def _wrong(message: str, span: Span, hint: str) -> Finding:
    return Finding("manuscript-styles", message, span, hint)


def write_style_map(styles: Iterable[StyleUse], characters: Mapping[str, str]) -> str:
    """Return a mapping file with the styles of a manuscript and what they become."""
    document: dict[str, object] = {
        "paragraphs": {one.name: _write_role(one.role) for one in styles},
        "characters": dict(characters),
    }
    head = f"# Paragraph styles of the manuscript: {EXPECTED};\n"
    head += "# {as: text, style: lead} with a paragraph style of the layout. Character styles: strong, emphasis, none,\n"
    head += "# or a character style of the layout.\n\n"
    return head + write_yaml({key: value for key, value in document.items() if value})


def _write_role(role: Role) -> object:
    kind = f"heading {role.level}" if role.kind is Kind.HEADING else role.kind.value
    return {"as": kind, "style": role.style} if role.style else kind
