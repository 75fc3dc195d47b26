"""Country offices: list them, and read their files, `offices/ID.yaml`.

An office has languages, a page size, a paper size, a printing condition, variables, images, a contact block, a legal line and
copy of its own per language. Its values override those of the language and the layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Annotated, Any

from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, has_errors, nearest
from brochure.l10n.language_tags import fallback_chain, is_tag
from brochure.l10n.message_file import Copy, SourceMessage, read_entries, read_message
from brochure.project import Project
from brochure.spec import yaml_tree
from brochure.spec.constraints import FileName, Language
from brochure.spec.fields import model_fields
from brochure.spec.finishing import JobDetails
from brochure.spec.printing_condition import PressSpec
from brochure.spec.read_context import FAILED, ReadContext
from brochure.spec.read_values import build
from brochure.spec.values import Asset, ConditionName, Focus, Size

OFFICES = "offices"
"""The folder with a file for each office."""

ANY = "any"
"""Key of the office's copy that applies to all languages, such as telephone numbers and addresses."""


class Digits(Enum):
    """The numbering system of numbers: that of the locale, its native digits or Latin digits."""

    LOCALE = "locale"
    NATIVE = "native"
    LATIN = "latin"


@dataclass(frozen=True, slots=True)
class OfficePicture:
    """A picture that replaces one of the layout, cropped in its own way."""

    span: Span
    file: Annotated[Asset, "file in an assets folder"]
    focal_point: Annotated[
        Focus | None, "point of it to keep visible, such as 62% 40% (default: the layout's)"
    ] = None


@dataclass(frozen=True)
class Office:
    """A country office and what it overrides."""

    span: Span
    office: Annotated[FileName, "its id, as given to --office; the same as the file name"]
    languages: Annotated[tuple[str, ...], "the languages it publishes in, as BCP 47 tags"]
    size: Annotated[Size | None, "trim size of the page (default: the layout's)"] = None
    paper: Annotated[Size | None, "paper of its office printer: A4 or Letter"] = None
    press: Annotated[
        ConditionName | PressSpec | None,
        "printing condition of its print shop, by name or with options (default: each option of the layout's `press`)",
    ] = None
    job: Annotated[
        JobDetails | None,
        "details of its print job for the job ticket (default: each of the layout's `job`)",
    ] = None
    digits: Annotated[
        Digits | Mapping[Language, Digits],
        "numbering system: locale, native (१२३) or latin; or by language: {hi: native}",
    ] = Digits.LOCALE
    variables: Annotated[
        Mapping[str, int | float | str], "variables that override those of the layout"
    ] = field(default_factory=dict)
    pictures: Annotated[
        Mapping[str, Asset | OfficePicture],
        "images and data files that replace those of the layout: the layout's file to the office's, or to its `file` and "
        "`focal-point`",
    ] = field(default_factory=dict)
    copy: Mapping[str, Copy] = field(default_factory=dict)

    @cached_property
    def files(self) -> Mapping[str, Asset]:
        """The office's files by the files of the layout that they replace."""
        return {
            path: own.file if isinstance(own, OfficePicture) else own
            for path, own in self.pictures.items()
        }

    @cached_property
    def focal_points(self) -> Mapping[str, Focus]:
        """The focal points of the office's pictures by the files of the layout that they replace."""
        own = ((path, one) for path, one in self.pictures.items() if isinstance(one, OfficePicture))
        return {path: one.focal_point for path, one in own if one.focal_point}

    def digits_in(self, language: str) -> Digits:
        """Return the numbering system that it uses in one of its languages."""
        if isinstance(self.digits, Digits):
            return self.digits
        tags = (tag for tag in fallback_chain(language) if tag in self.digits)
        return next((self.digits[tag] for tag in tags), Digits.LOCALE)


def list_offices(project: Project) -> tuple[str, ...]:
    """Return the ids of the project's offices in alphabetical order."""
    files = (PurePosixPath(name) for name in project.listing(OFFICES))
    return tuple(sorted(file.stem for file in files if file.suffix == ".yaml"))


def load_office(project: Project, name: str) -> Office:
    """Return an office by its id.

    Raises:
        UsageError: The project has no such office.
        InputError: The office's file has errors.
    """
    file = f"{OFFICES}/{name}.yaml"
    is_name = PurePosixPath(name).name == name and "\0" not in name
    try:
        # The other offices are not listed: no brochure depends on which ones there are.
        source = project.read(file) if is_name else None
    except FileNotFoundError:
        if name in list_offices(project):
            raise  # removed or renamed meanwhile
        source = None
    if source is None:
        hint = nearest(name, list_offices(project))
        raise UsageError(f"--office {name}: unknown office ({hint})")
    office, findings = read_office(source, project.label(file), name)
    if office is None or has_errors(findings):
        raise InputError(findings)
    return office


COPY_KEYS = {
    "contact": "the contact block: messages `contact.phone`, `contact.web` and so on, for all languages",
    "legal": "the legal line, message `legal`: one for all languages, or one for each: {en: …, fr: …}",
    "copy": "words of its own by language, with the keys of the source copy: {en: {cover: {title: …}}}; `any` is for all",
}
"""The keys with copy and their descriptions; the others are fields of `Office`."""


class NoBlocks:
    """A block registry without blocks and styles, since an office file has none."""

    def names(self) -> list[str]:
        """Return no names."""
        return []

    def model(self, name: str) -> type:
        """Raise KeyError: an office has no blocks."""
        raise KeyError(name)

    def styles(self) -> frozenset[str]:
        """Return no styles."""
        return frozenset()


@lru_cache(maxsize=64)
def read_office(source: bytes, file: str, name: str) -> tuple[Office | None, tuple[Finding, ...]]:
    """Return the office in a file, or None if it cannot be read, and findings for everything that is wrong."""
    root, findings = yaml_tree.compose(source, file)
    reading = ReadContext(NoBlocks(), findings=list(findings))
    if not isinstance(root, yaml_tree.Mapping):
        if not findings:
            hint = "start it with 'office: its-id' and 'languages: [en]'"
            reading.wrong("office-form", "this is not an office file", Span(file), hint)
        return None, tuple(reading.findings)
    known = {one.key for one in model_fields(Office)}
    for key, _ in root.entries:
        if key.value not in known | COPY_KEYS.keys():
            message = f"unknown key '{key.value}' in office"
            hint = nearest(key.value, known | COPY_KEYS.keys())
            reading.wrong("key-unknown", message, key.span, hint)
    plain = tuple(entry for entry in root.entries if entry[0].value in known)
    made: Any = build(plain, Office, reading, "office", root.span)
    copy = _read_copy(root, file, reading)
    if made is FAILED:
        return None, tuple(reading.findings)
    office: Office = replace(made, copy=copy)
    reading.findings.extend(_find_problems(office, name))
    return office, tuple(reading.findings)


def _read_copy(root: yaml_tree.Mapping, file: str, reading: ReadContext) -> dict[str, Copy]:
    """Return the office's copy by language: `copy`, and the shorthand keys `contact` and `legal`."""
    messages: dict[str, dict[str, SourceMessage]] = {}
    for tag, entries in _read_languages(root.get("copy"), reading):
        messages.setdefault(tag, {}).update(entries)
    contact = root.get("contact")
    if isinstance(contact, yaml_tree.Mapping):
        messages.setdefault(ANY, {}).update(read_entries(contact, "contact.", reading.findings))
    elif not _is_empty(contact):
        _refuse_form("contact", contact, "write contact: {phone: …}", reading)
    for tag, text in _read_legal(root.get("legal"), reading):
        messages.setdefault(tag, {})["legal"] = text
    return {tag: Copy(tag, file, entries) for tag, entries in messages.items()}


def _is_empty(node: yaml_tree.Node | None) -> bool:
    return node is None or (isinstance(node, yaml_tree.Scalar) and node.empty)


def _refuse_form(key: str, node: yaml_tree.Node | None, hint: str, reading: ReadContext) -> None:
    """Report a value of `copy`, `contact` or `legal` that cannot hold copy."""
    if node is not None:
        found = "a list" if isinstance(node, yaml_tree.Sequence) else "a text"
        message = f"'{key}' is {found}; expected a mapping"
        reading.wrong("copy-form", message, node.span, hint)


def _read_legal(
    node: yaml_tree.Node | None, reading: ReadContext
) -> Iterator[tuple[str, SourceMessage]]:
    """Yield the legal line: one for all languages, or one for each."""
    if isinstance(node, yaml_tree.Scalar):
        yield ANY, read_message("legal", node, reading.findings)
    elif isinstance(node, yaml_tree.Sequence):
        _refuse_form("legal", node, "write legal: {fr: …}, or one text", reading)
    elif node is not None:
        for tag, text in node.entries:
            if not isinstance(text, yaml_tree.Scalar):
                message = f"'legal.{tag.value}' is not a text"
                reading.wrong("copy-form", message, text.span, "write one line for each language")
            elif _check_language(tag, reading):
                yield tag.value, read_message("legal", text, reading.findings)


def _read_languages(
    node: yaml_tree.Node | None, reading: ReadContext
) -> Iterator[tuple[str, dict[str, SourceMessage]]]:
    if _is_empty(node):
        return
    if not isinstance(node, yaml_tree.Mapping):
        _refuse_form("copy", node, "group it by language: copy: {fr: {…}}", reading)
        return
    for tag, value in node.entries:
        if not _check_language(tag, reading):
            continue
        if isinstance(value, yaml_tree.Mapping):
            yield tag.value, dict(read_entries(value, "", reading.findings))
        elif not _is_empty(value):
            _refuse_form(f"copy.{tag.value}", value, "write keys with texts", reading)


def _check_language(tag: yaml_tree.Scalar, reading: ReadContext) -> bool:
    """Return True if a key is a language tag or `any`; report it otherwise."""
    if tag.value == ANY or is_tag(tag.value):
        return True
    message = f"'{tag.value}' is not a language tag"
    reading.wrong("language-tag", message, tag.span, "e.g. en, fr-CA, km or 'any'")
    return False


def _find_problems(office: Office, name: str) -> Iterator[Finding]:
    if office.office != name:
        message = f"the office's id is '{office.office}', but its file is '{name}.yaml'"
        yield Finding("office-id", message, office.span, "use the same name for both")
    if not office.languages:
        message = "the office has no languages"
        yield Finding("office-language", message, office.span, "e.g. languages: [en]")
    for tag in office.languages:
        if not is_tag(tag):
            message = f"'{tag}' is not a language tag"
            yield Finding("language-tag", message, office.span, "e.g. en, fr-CA or km")
    tags = {one for tag in office.languages for one in fallback_chain(tag)}
    for tag in office.digits if isinstance(office.digits, Mapping) else ():
        if tag not in tags:
            message = (
                f"'digits' has a value for '{tag}', which is not one of the office's languages"
            )
            yield Finding("digits-language", message, office.span, nearest(tag, tags))
