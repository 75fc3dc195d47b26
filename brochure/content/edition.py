"""Editions: one brochure in one language, with nothing left open.

Takes a `Layout`, the project's copy and a language; gives `Edition`: every message that the layout names as a `Story`, every
asset it names as a file that can be used, every style with its numbers. What is missing or broken is gathered as
findings. Block kinds need not be known here: the layout is walked by its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache

from brochure.colour.swatch import Paint
from brochure.content.copy import Copy, Entry, read_copy
from brochure.content.markup import parse
from brochure.content.measure import Scale, paint_of
from brochure.content.message import Fact, MessageProblem, formatted
from brochure.content.story import Story, Words
from brochure.content.styles import StyleSheet, style_sheet
from brochure.findings import Finding, nearest
from brochure.pictures import PictureError, PictureFacts, examine
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.values import Asset, FactName, Message, SwatchName
from brochure.typeset.bidi import rightward
from brochure.typeset.house_style import typographic

VECTOR = ".svg"


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of the edition: the name under which the project reads it, and what is in it."""

    name: str
    facts: PictureFacts


@dataclass(frozen=True)
class Edition:
    """One language of a brochure, resolved. Keys are those that the layout uses."""

    layout: Layout
    project: Project
    language: str
    copy_file: str
    stories: Mapping[str, Story]
    pictures: Mapping[str, PictureFile]
    vectors: Mapping[str, str]
    facts: Mapping[str, Fact]
    styles: StyleSheet

    @property
    def rightward(self) -> bool:
        """Whether the language is written from left to right."""
        return rightward(self.language)

    def words(self, message: Message | None) -> str:
        """A message's bare words; empty where no message is named."""
        return self.stories[message.key].text if message else ""

    def paint(self, name: SwatchName | None) -> Paint | None:
        """The paint that a swatch name stands for."""
        return paint_of(name, self.layout.swatches) if name else None


def resolve(layout: Layout, project: Project, language: str) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition in a language, and all that is missing or broken in it."""
    found: list[Finding] = []
    copy = _copy(layout, project, language, found)
    named = list(references(layout))
    styles = style_sheet(layout, language, _baseline(layout))
    messages = {ref.key: ref for ref in named if isinstance(ref, Message)}
    stories = {key: _story(ref, copy, layout.facts, found) for key, ref in messages.items()}
    assets = {ref.path: ref for ref in reversed(named) if isinstance(ref, Asset)}
    files = {path: name for path, ref in assets.items() if (name := _file(ref, project, found))}
    for ref in named:
        if isinstance(ref, FactName) and ref.name not in layout.facts:
            hint = nearest(ref.name, layout.facts)
            found.append(Finding("fact-unknown", f"unknown fact '{ref.name}'", ref.span, hint))
    pictures = {
        path: picture
        for path, name in files.items()
        if not path.lower().endswith(VECTOR)
        and (picture := _picture(assets[path], name, project, found))
    }
    vectors = {path: name for path, name in files.items() if path.lower().endswith(VECTOR)}
    edition = Edition(
        layout, project, language, copy.file, stories, pictures, vectors, layout.facts, styles
    )
    return edition, tuple(found)


def _baseline(layout: Layout) -> float:
    return Scale().points(layout.grid.baseline) if layout.grid else 13.0


def references(value: object) -> Iterator[Message | Asset | FactName]:
    """Every message, asset and fact that a value names, at any depth, in the order of the layout."""
    if isinstance(value, (Message, Asset, FactName)):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from references(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from references(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            yield from references(getattr(value, name))


@lru_cache(maxsize=256)
def _names(model: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(model) if field.name != "span")


def _copy(layout: Layout, project: Project, language: str, found: list[Finding]) -> Copy:
    name = f"content/{language}.yaml"
    try:
        source = project.read(name)
    except FileNotFoundError:
        there = [n.removeprefix("content/") for n in project.listing("content")]
        message = f"there is no copy in '{language}': {project.label(name)} is missing"
        found.append(
            Finding("copy-missing", message, layout.span, nearest(f"{language}.yaml", there))
        )
        return Copy(language, project.label(name), {})
    copy, problems = read_copy(source, project.label(name), language)
    found.extend(problems)
    return copy


def _story(ref: Message, copy: Copy, facts: Mapping[str, Fact], found: list[Finding]) -> Story:
    entry = copy.entries.get(ref.key)
    if entry is None:
        message = f"message '{ref.key}' is not in {copy.file}"
        found.append(Finding("message-missing", message, ref.span, nearest(ref.key, copy.entries)))
        return Story(ref.key, ((),), ref.span, copy.language)
    text = _filled(entry, ref, facts, copy.language, found)
    paragraphs, problems = parse(text)
    for problem in problems:
        message = f"message '{ref.key}': {problem.message}"
        found.append(Finding("markup", message, entry.span, problem.hint))
    set_text = tuple(_typographic(paragraph, copy.language) for paragraph in paragraphs)
    return Story(ref.key, set_text, entry.span, copy.language)


def _filled(
    entry: Entry, ref: Message, facts: Mapping[str, Fact], language: str, found: list[Finding]
) -> str:
    try:
        return formatted(entry.text, facts, language)
    except MessageProblem as problem:
        message = f"message '{ref.key}': {problem.message}"
        found.append(Finding("message-form", message, entry.span, problem.hint))
        return ""


def _typographic(paragraph: tuple[Words, ...], language: str) -> tuple[Words, ...]:
    """House style over the whole paragraph, since quotation marks look across the marks of the writer."""
    before = "".join(words.text for words in paragraph)
    after = typographic(before, language)
    if after == before:
        return paragraph
    result, at = [], 0
    for words in paragraph:
        end = at
        for char in words.text:
            end = _past(after, end, char)
        result.append(Words(after[at:end], words.marks))
        at = end
    result[-1] = Words(result[-1].text + after[at:], result[-1].marks)
    return tuple(result)


NO_BREAK_SPACES = "\u00a0\u202f"


def _past(after: str, at: int, char: str) -> int:
    """The place behind `char` in the text after house style, which may have put spaces before it."""
    while at < len(after) and after[at] in NO_BREAK_SPACES and not char.isspace():
        at += 1
    return at + 1


def _file(ref: Asset, project: Project, found: list[Finding]) -> str | None:
    name = project.asset(ref.path)
    if name is None:
        there = [path.removeprefix("assets/") for path in project.listing("assets")]
        hint = nearest(ref.path, there) if there else "put it into the project's assets folder"
        found.append(
            Finding("asset-missing", f"there is no file '{ref.path}' in assets", ref.span, hint)
        )
    return name


def _picture(ref: Asset, name: str, project: Project, found: list[Finding]) -> PictureFile | None:
    try:
        return PictureFile(name, examine(project.read(name)))
    except PictureError as failure:
        message = f"{project.label(name)} cannot be used: {failure}"
        found.append(Finding("picture-unreadable", message, ref.span))
        return None
