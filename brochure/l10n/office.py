"""Offices: what one country office has of its own.

Takes `offices/ID.yaml`; gives `Office`: its languages, page size, facts, pictures, contact block, legal line and copy of its
own per language, and everything that is wrong in the file at once. An office speaks last: whatever it says replaces the
language's words and the layout's values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, nearest
from brochure.l10n.language_tags import fallback_chain, is_tag
from brochure.l10n.message_file import Copy, SourceMessage, read_entries
from brochure.spec import yaml_tree
from brochure.spec.constraints import FileName, Language
from brochure.spec.fields import build
from brochure.spec.printing_condition import PressSpec
from brochure.spec.read_context import FAILED, ReadContext
from brochure.spec.values import Asset, ConditionName, Size

ANY = "any"
"""Under this key an office's copy holds in every language: telephone numbers, addresses."""


class Digits(Enum):
    """Which digits figures are written in."""

    LOCALE = "locale"
    NATIVE = "native"
    LATIN = "latin"


@dataclass(frozen=True, slots=True)
class Office:
    """A country office."""

    span: Span
    office: Annotated[FileName, "its id, as --office names it: the file's own name"]
    languages: Annotated[tuple[str, ...], "the languages it prints in, as BCP 47 tags"]
    size: Annotated[Size | None, "the trimmed page, where it is not the layout's"] = None
    paper: Annotated[Size | None, "the paper in its own printer: A4 or Letter"] = None
    press: Annotated[
        ConditionName | PressSpec | None, "what its printer prints on, in place of the layout's"
    ] = None
    digits: Annotated[
        Digits | Mapping[Language, Digits],
        "locale, native (१२३) or latin; or by language: {hi: native}",
    ] = Digits.LOCALE
    variables: Annotated[
        Mapping[str, int | float | str], "facts of its own, in place of the layout's"
    ] = field(default_factory=dict)
    pictures: Annotated[
        Mapping[str, Asset], "pictures of its own: the layout's file to the office's"
    ] = field(default_factory=dict)
    copy: Mapping[str, Copy] = field(default_factory=dict)

    def digits_in(self, language: str) -> Digits:
        """The digits that it writes figures in, in one of its languages."""
        if isinstance(self.digits, Digits):
            return self.digits
        said = (self.digits[tag] for tag in fallback_chain(language) if tag in self.digits)
        return next(said, Digits.LOCALE)


APART = ("copy", "contact", "legal")


class NoBlocks:
    """An office names no blocks and no styles."""

    def names(self) -> list[str]:
        """None."""
        return []

    def model(self, name: str) -> type:
        """None."""
        raise KeyError(name)

    def styles(self) -> frozenset[str]:
        """None."""
        return frozenset()


@lru_cache(maxsize=64)
def read_office(source: bytes, file: str, name: str) -> tuple[Office | None, tuple[Finding, ...]]:
    """The office in a file; None where it cannot be read, findings for all that is wrong."""
    root, findings = yaml_tree.compose(source, file)
    reading = ReadContext(NoBlocks(), findings=list(findings))
    if not isinstance(root, yaml_tree.Mapping):
        if not findings:
            hint = "begin it with 'office: its-id' and 'languages: [en]'"
            reading.wrong("office-form", "this is no office", Span(file), hint)
        return None, tuple(reading.findings)
    plain = tuple(entry for entry in root.entries if entry[0].value not in APART)
    made: Any = build(plain, Office, reading, "office", root.span)
    copy = _copy(root, file, reading)
    if made is FAILED:
        return None, tuple(reading.findings)
    office: Office = replace(made, copy=copy)
    reading.findings.extend(_problems(office, name))
    return office, tuple(reading.findings)


def _copy(root: yaml_tree.Mapping, file: str, reading: ReadContext) -> dict[str, Copy]:
    """The office's words by language: `copy`, with `contact` and `legal` as short ways to say what every office must."""
    found: dict[str, dict[str, SourceMessage]] = {}
    for tag, entries in _by_language(root.get("copy"), "", reading):
        found.setdefault(tag, {}).update(entries)
    contact = root.get("contact")
    if isinstance(contact, yaml_tree.Mapping):
        found.setdefault(ANY, {}).update(read_entries(contact, "contact.", reading.findings))
    legal = root.get("legal")
    if isinstance(legal, yaml_tree.Scalar):
        found.setdefault(ANY, {})["legal"] = SourceMessage(legal.value, legal.span)
    elif isinstance(legal, yaml_tree.Mapping):
        for name, words in legal.entries:
            if isinstance(words, yaml_tree.Scalar):
                found.setdefault(name.value, {})["legal"] = SourceMessage(words.value, words.span)
    return {tag: Copy(tag, file, entries) for tag, entries in found.items()}


def _by_language(
    node: yaml_tree.Node | None, above: str, reading: ReadContext
) -> Iterator[tuple[str, dict[str, SourceMessage]]]:
    if node is None or (isinstance(node, yaml_tree.Scalar) and node.empty):
        return
    if not isinstance(node, yaml_tree.Mapping):
        reading.wrong("copy-form", "copy is wanted by language here", node.span, "copy: {fr: {…}}")
        return
    for tag, value in node.entries:
        if tag.value != ANY and not is_tag(tag.value):
            message = f"'{tag.value}' is no language tag"
            reading.wrong("language-tag", message, tag.span, "write en, fr-CA, km or 'any'")
        elif isinstance(value, yaml_tree.Mapping):
            yield tag.value, dict(read_entries(value, above, reading.findings))


def _problems(office: Office, name: str) -> Iterator[Finding]:
    if office.office != name:
        message = f"the office calls itself '{office.office}', its file is '{name}.yaml'"
        yield Finding("office-id", message, office.span, "give both one name")
    if not office.languages:
        message = "the office has no language"
        yield Finding("office-language", message, office.span, "languages: [en]")
    for tag in office.languages:
        if not is_tag(tag):
            message = f"'{tag}' is no language tag"
            yield Finding("language-tag", message, office.span, "write en, fr-CA or km")
    printed = {one for tag in office.languages for one in fallback_chain(tag)}
    for tag in office.digits if isinstance(office.digits, Mapping) else ():
        if tag not in printed:
            message = f"digits are said for '{tag}', in which the office does not print"
            yield Finding("digits-language", message, office.span, nearest(tag, printed))
