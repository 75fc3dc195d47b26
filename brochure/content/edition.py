"""Editions: one brochure in one language and one office, with nothing left open.

Takes a `Layout`, the project's copy, a language and an office; gives `Edition`: every message that the layout names as a
`Story`, every asset it names as a file that can be used, every style with its numbers. What is missing or broken is gathered as
findings. Block kinds need not be known here: the layout is walked by its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import lru_cache

from brochure.colour.swatch import Paint
from brochure.content.catalogue import Catalogue
from brochure.content.copy import Copy, read_copy
from brochure.content.layers import Layers, Readiness, Said, layered
from brochure.content.markup import parse
from brochure.content.measure import Scale, paint_of
from brochure.content.message import Fact, MessageProblem, formatted
from brochure.content.office import Digits, Office
from brochure.content.story import Story, Words
from brochure.content.styles import StyleSheet, style_sheet
from brochure.content.tags import chain, plain, stands_for
from brochure.errors import InputError
from brochure.findings import Finding, has_errors, nearest
from brochure.pictures import PictureError, PictureFacts, examine
from brochure.project import Project
from brochure.spec.model import Grid, Layout
from brochure.spec.values import Asset, FactName, Length, Message, SwatchName
from brochure.typeset.bidi import rightward
from brochure.typeset.customs import Custom, custom_of
from brochure.typeset.house_style import typographic

VECTOR = ".svg"


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of the edition: the name under which the project reads it, and what is in it."""

    name: str
    facts: PictureFacts


@dataclass(frozen=True)
class Edition:
    """One language of a brochure, in one office, resolved. Keys are those that the layout uses.

    `locale` is the language with the digits that the office writes figures in. `unready` says which messages are not
    there in the edition's language: drafts show the source in their place, and press is refused.
    """

    layout: Layout
    project: Project
    language: str
    locale: str
    stories: Mapping[str, Story]
    pictures: Mapping[str, PictureFile]
    vectors: Mapping[str, str]
    facts: Mapping[str, Fact]
    styles: StyleSheet
    layers: Layers
    office: Office | None = None
    unready: tuple[Finding, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which edition: a language (BCP 47), an office, and the translations that were read for it, by their tags."""

    language: str
    office: Office | None = None
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)


def resolve(
    layout: Layout, project: Project, wanted: Wanted
) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition that is wanted, and all that is missing or broken in it."""
    found: list[Finding] = []
    office, language = wanted.office, plain(wanted.language)
    layout = replace(layout, size=office.size) if office and office.size else layout
    layout = _in_script(layout, custom_of(language))
    facts = _facts(layout, office, found)
    layers = _layers(layout, project, wanted, found)
    named = list(references(layout))
    telling = Telling(layers, facts, _locale(wanted), found)
    messages = {ref.key: ref for ref in named if isinstance(ref, Message)}
    stories = {key: _story(ref, telling) for key, ref in messages.items()}
    pictures, vectors = _assets(named, project, office, found)
    _check_facts(named, facts, found)
    styles = style_sheet(layout, language, _baseline(layout))
    edition = Edition(
        layout,
        project,
        language,
        telling.locale,
        stories,
        pictures,
        vectors,
        facts,
        styles,
        layers,
        office,
        tuple(_unready(layers, messages)),
    )
    return edition, tuple(found)


def _locale(wanted: Wanted) -> str:
    """The tag that figures are formatted for, with the office's digits (BCP 47, -u-nu)."""
    if wanted.office is None or "-u-" in wanted.language:
        return wanted.language
    digits = {Digits.NATIVE: "-u-nu-native", Digits.LATIN: "-u-nu-latn"}
    return wanted.language + digits.get(wanted.office.digits_in(wanted.language), "")


def _facts(layout: Layout, office: Office | None, found: list[Finding]) -> dict[str, Fact]:
    """The layout's facts, with the office's own in their place."""
    facts: dict[str, Fact] = dict(layout.facts)
    for name, value in (office.facts if office else {}).items():
        if name not in facts and office:
            message = f"office '{office.office}' states a fact that the layout has not: '{name}'"
            found.append(Finding("fact-unknown", message, office.span, nearest(name, facts)))
        facts[name] = value
    return facts


def _check_facts(
    named: Sequence[Message | Asset | FactName], facts: Mapping[str, Fact], found: list[Finding]
) -> None:
    for ref in named:
        if isinstance(ref, FactName) and ref.name not in facts:
            hint = nearest(ref.name, facts)
            found.append(Finding("fact-unknown", f"unknown fact '{ref.name}'", ref.span, hint))


def _assets(
    named: Sequence[Message | Asset | FactName],
    project: Project,
    office: Office | None,
    found: list[Finding],
) -> tuple[dict[str, PictureFile], dict[str, str]]:
    """Pictures and drawings by the path that the layout names; an office may have put its own in their place."""
    own = office.pictures if office else {}
    assets = {ref.path: own.get(ref.path, ref) for ref in reversed(named) if isinstance(ref, Asset)}
    for path in own.keys() - assets.keys():
        message = f"the layout has no picture '{path}' that this one could stand for"
        found.append(Finding("picture-unknown", message, own[path].span, nearest(path, assets)))
    files = {path: name for path, ref in assets.items() if (name := _file(ref, project, found))}
    pictures = {
        path: picture
        for path, name in files.items()
        if not name.lower().endswith(VECTOR)
        and (picture := _picture(assets[path], name, project, found))
    }
    return pictures, {path: name for path, name in files.items() if name.lower().endswith(VECTOR)}


def _in_script(layout: Layout, custom: Custom) -> Layout:
    """The layout with baseline grids as far apart as the lines of the script want to be."""
    if custom.leading == 1 or layout.grid is None:
        return layout
    masters = {
        name: replace(master, grid=_taller(master.grid, custom)) if master.grid else master
        for name, master in layout.masters.items()
    }
    return replace(layout, grid=_taller(layout.grid, custom), masters=masters)


def _taller(grid: Grid, custom: Custom) -> Grid:
    return replace(grid, baseline=Length(grid.baseline.points * custom.leading))


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


def _layers(layout: Layout, project: Project, wanted: Wanted, found: list[Finding]) -> Layers:
    source = read_source(layout, project, found)
    if not source.entries and has_errors(found):
        raise InputError(found)  # else every message would be said to be missing
    written = {
        tag: copy
        for tag in chain(wanted.language)
        if tag != layout.source and (copy := _written(tag, project, found))
    }
    language = plain(wanted.language)
    layers = layered(source, language, wanted.catalogues, written, wanted.office)
    if not layers.others and not stands_for(layout.source, language):
        there = sorted({_tag_of(name) for name in project.listing("content")})
        message = f"there is no copy in '{language}': {project.label(f'content/{language}.po')} is missing"
        found.append(Finding("copy-missing", message, layout.span, nearest(language, there)))
    return layers


def _tag_of(name: str) -> str:
    return name.removeprefix("content/").rpartition(".")[0]


def read_source(layout: Layout, project: Project, found: list[Finding]) -> Copy:
    """The copy that the brochure is written in; a finding where it is not there."""
    copy = _written(layout.source, project, found)
    if copy is None:
        label = project.label(_copy_file(layout.source))
        there = [n.removeprefix("content/") for n in project.listing("content")]
        message = f"there is no copy in '{layout.source}': {label} is missing"
        hint = nearest(f"{layout.source}.yaml", there)
        found.append(Finding("copy-missing", message, layout.span, hint))
        return Copy(layout.source, label, {})
    return copy


def _copy_file(tag: str) -> str:
    return f"content/{tag}.yaml"


def _written(tag: str, project: Project, found: list[Finding]) -> Copy | None:
    """Copy written by hand in a language; None where there is none."""
    name = _copy_file(tag)
    try:
        source = project.read(name)
    except FileNotFoundError:
        return None
    copy, problems = read_copy(source, project.label(name), tag)
    found.extend(problems)
    return copy


def _unready(layers: Layers, messages: Mapping[str, Message]) -> Iterator[Finding]:
    """One finding for all that is missing and one for all that is fuzzy: whoever mends it works through the catalogue."""
    for state, words in (
        (Readiness.MISSING, "not translated"),
        (Readiness.FUZZY, "to be looked at again, since the source has changed"),
    ):
        keys = [key for key in messages if layers.readiness(key) is state]
        if keys:
            some = ", ".join(keys[:3]) + (", …" if len(keys) > 3 else "")
            count = "1 message is" if len(keys) == 1 else f"{len(keys)} messages are"
            message = f"{layers.language}: {count} {words}: {some}"
            hint = "'brochure text status' lists them; --draft builds all the same"
            yield Finding(f"translation-{state.value}", message, None, hint)


# Stories


@dataclass(frozen=True, slots=True)
class Telling:
    """What messages are made stories with: the layers, the facts, the locale of figures, and what was found wrong."""

    layers: Layers
    facts: Mapping[str, Fact]
    locale: str
    found: list[Finding]


def _story(ref: Message, telling: Telling) -> Story:
    layers, found = telling.layers, telling.found
    said = layers.last(ref.key)
    if said is None:
        source = layers.source
        message = f"message '{ref.key}' is not in {source.file}"
        hint = nearest(ref.key, source.entries)
        found.append(Finding("message-missing", message, ref.span, hint))
        return Story(ref.key, ((),), ref.span, layers.language)
    text = _filled(said, ref, telling)
    paragraphs, problems = parse(text)
    for problem in problems:
        message = f"message '{ref.key}': {problem.message}"
        found.append(Finding("markup", message, said.span, problem.hint))
    # French copy in a Canadian edition is spaced as Canada does it.
    habits = layers.language if _serves(said, telling) else said.language
    set_text = tuple(_typographic(paragraph, habits) for paragraph in paragraphs)
    ready = layers.readiness(ref.key) is Readiness.READY
    return Story(
        ref.key, set_text, said.span, said.language if not ready else layers.language, ready
    )


def _filled(said: Said, ref: Message, telling: Telling) -> str:
    locale = telling.locale if _serves(said, telling) else said.language
    try:
        return formatted(said.text, telling.facts, locale)
    except MessageProblem as problem:
        message = f"message '{ref.key}': {problem.message}"
        telling.found.append(Finding("message-form", message, said.span, problem.hint))
        return ""


def _serves(said: Said, telling: Telling) -> bool:
    """Whether a message is written in the edition's language, or in one that stands for it."""
    return stands_for(said.language, telling.layers.language)


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
    except InputError as failure:
        found.extend(failure.findings)
    return None
