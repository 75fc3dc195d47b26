"""Editions: one brochure in one language and one office, with nothing left open.

Takes a `Layout`, the project's copy, a language and an office; gives `Edition`: every message that the layout names as a
`Story`, every asset it names as a file that can be used, every style with its numbers. What is missing or broken is gathered as
findings. Block kinds need not be known here: the layout is walked by its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache

from brochure.color.swatch import Paint
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, has_errors, nearest
from brochure.l10n.assets import ImageFile, VectorFile, find_assets
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.fallback import Layers, Readiness, stack_layers
from brochure.l10n.language_tags import fallback_chain, is_compatible, strip_extensions
from brochure.l10n.message_format import Fact
from brochure.l10n.office import Digits, Office
from brochure.l10n.project_copy import read_hand_written, read_source
from brochure.l10n.references import Reference, find_references
from brochure.l10n.story import Story
from brochure.l10n.story_builder import StoryContext, build_story
from brochure.project import Project
from brochure.spec.model import Grid, Layout
from brochure.spec.values import FactName, Length, Message, Size, SwatchName
from brochure.styles.computed_values import Scale, resolve_paint
from brochure.styles.style_sheet import StyleSheet, resolve_style_sheet
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.script_rules import ScriptRules, rules_for_language


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
    pictures: Mapping[str, ImageFile]
    vectors: Mapping[str, VectorFile]
    facts: Mapping[str, Fact]
    styles: StyleSheet
    layers: Layers
    office: Office | None = None
    unready: tuple[Finding, ...] = ()

    @property
    def left_to_right(self) -> bool:
        """Whether the language is written from left to right."""
        return is_left_to_right(self.language)

    def words(self, message: Message | None) -> str:
        """A message's bare words; empty where no message is named."""
        return self.stories[message.key].text if message else ""

    def paint(self, name: SwatchName | None) -> Paint | None:
        """The paint that a swatch name stands for."""
        return resolve_paint(name, self.layout.swatches) if name else None


@dataclass(frozen=True, slots=True)
class EditionRequest:
    """Which edition: a language (BCP 47), an office, and the translations that were read for it, by their tags."""

    language: str
    office: Office | None = None
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)


def resolve(
    layout: Layout, project: Project, wanted: EditionRequest
) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition that is wanted, and all that is missing or broken in it."""
    found: list[Finding] = []
    office, language = wanted.office, strip_extensions(wanted.language)
    read, layout = layout, _printed(layout, office.size if office else None, language)
    facts = _facts(layout, office, found)
    layers = _layers(layout, project, wanted, found)
    named = find_references(read)
    telling = StoryContext(layers, facts, _locale(wanted), found)
    messages = {ref.key: ref for ref in named if isinstance(ref, Message)}
    stories = {key: build_story(ref, telling) for key, ref in messages.items()}
    pictures, vectors = find_assets(named, project, office, found)
    _check_facts(named, facts, found)
    styles = resolve_style_sheet(read, language, _baseline(layout))
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


@lru_cache(maxsize=64)
def _printed(layout: Layout, size: Size | None, language: str) -> Layout:
    """The layout in the size that the office prints, with the lines as far apart as the language wants them."""
    layout = replace(layout, size=size) if size else layout
    return _in_script(layout, rules_for_language(language))


def _locale(wanted: EditionRequest) -> str:
    """The tag that figures are formatted for, with the office's digits (BCP 47, -u-nu)."""
    if wanted.office is None or "-u-" in wanted.language:
        return wanted.language
    digits = {Digits.NATIVE: "-u-nu-native", Digits.LATIN: "-u-nu-latn"}
    return wanted.language + digits.get(wanted.office.digits_in(wanted.language), "")


def _facts(layout: Layout, office: Office | None, found: list[Finding]) -> dict[str, Fact]:
    """The layout's facts, with the office's own in their place, and the examples of a record's fields."""
    facts: dict[str, Fact] = dict(layout.stated)
    for name, value in (office.variables if office else {}).items():
        if name not in layout.variables and office:
            message = f"office '{office.office}' states a fact that the layout has not: '{name}'"
            found.append(
                Finding("fact-unknown", message, office.span, nearest(name, layout.variables))
            )
        facts[name] = value
    return facts


def _check_facts(
    named: Sequence[Reference], facts: Mapping[str, Fact], found: list[Finding]
) -> None:
    for ref in named:
        if isinstance(ref, FactName) and ref.name not in facts:
            hint = nearest(ref.name, facts)
            found.append(Finding("fact-unknown", f"unknown fact '{ref.name}'", ref.span, hint))


def _in_script(layout: Layout, custom: ScriptRules) -> Layout:
    """The layout with baseline grids as far apart as the lines of the script want to be."""
    if custom.leading == 1 or layout.grid is None:
        return layout
    masters = {
        name: replace(master, grid=_taller(master.grid, custom)) if master.grid else master
        for name, master in layout.masters.items()
    }
    return replace(layout, grid=_taller(layout.grid, custom), masters=masters)


def _taller(grid: Grid, custom: ScriptRules) -> Grid:
    return replace(grid, baseline=Length(grid.baseline.points * custom.leading))


def _baseline(layout: Layout) -> float:
    return Scale().points(layout.grid.baseline) if layout.grid else 13.0


def _layers(
    layout: Layout, project: Project, wanted: EditionRequest, found: list[Finding]
) -> Layers:
    source = read_source(layout, project, found)
    if not source.entries and has_errors(found):
        raise InputError(found)  # else every message would be said to be missing
    written = {
        tag: copy
        for tag in fallback_chain(wanted.language)
        if tag != layout.source_language and (copy := read_hand_written(tag, project, found))
    }
    language = strip_extensions(wanted.language)
    layers = stack_layers(source, language, wanted.catalogues, written, wanted.office)
    if not layers.others and not is_compatible(layout.source_language, language):
        there = sorted({_tag_of(name) for name in project.listing("content")})
        message = f"there is no copy in '{language}': {project.label(f'content/{language}.po')} is missing"
        found.append(Finding("copy-missing", message, layout.span, nearest(language, there)))
    return layers


def _tag_of(name: str) -> str:
    return name.removeprefix("content/").rpartition(".")[0]


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
