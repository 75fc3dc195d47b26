"""Resolve an edition: one brochure in one language for one office.

Every message of the layout becomes a `Story`, every asset a usable file and every style its computed values. Everything that
is missing or wrong is reported as findings. The layout is traversed by value types, without knowledge of block kinds.
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
from brochure.l10n.number_format import Fact
from brochure.l10n.office import Digits, Office
from brochure.l10n.office_copy import check_office_copy
from brochure.l10n.project_copy import read_hand_written, read_source
from brochure.l10n.proofreading import find_broken
from brochure.l10n.references import Reference, find_references
from brochure.l10n.story import Story
from brochure.l10n.story_builder import StoryContext, build_story
from brochure.project import Project
from brochure.spec.model import Grid, Layout
from brochure.spec.values import FactName, Length, LiteralMessage, Message, Size, SwatchName
from brochure.styles.computed_values import Scale, resolve_paint
from brochure.styles.style_sheet import StyleSheet, resolve_style_sheet
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.script_rules import ScriptRules, rules_for_language


@dataclass(frozen=True)
class Edition:
    """A resolved brochure in one language for one office. All keys are those that the layout uses.

    `locale` is the language tag with the office's numbering system. `unready` reports the messages that are not translated,
    fuzzy or outdated: a draft shows the source text instead, other builds are refused. `broken` reports the translations that
    have lost a value or a mark; a draft shows them, other builds are refused.
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
    broken: tuple[Finding, ...] = ()

    @property
    def left_to_right(self) -> bool:
        """True if the language is written from left to right."""
        return is_left_to_right(self.language)

    def words(self, message: Message | None) -> str:
        """Return a message's plain text; empty if `message` is None."""
        return self.stories[message.key].text if message else ""

    def paint(self, name: SwatchName | None) -> Paint | None:
        """Return the paint of a swatch."""
        return resolve_paint(name, self.layout.swatches) if name else None


@dataclass(frozen=True, slots=True)
class EditionRequest:
    """What to resolve: a language (BCP 47), an office, and the catalogues read for it by language tag."""

    language: str
    office: Office | None = None
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)


def resolve(
    layout: Layout, project: Project, request: EditionRequest
) -> tuple[Edition, tuple[Finding, ...]]:
    """Return the requested edition and findings for everything that is missing or wrong in it."""
    findings: list[Finding] = []
    office, language = request.office, strip_extensions(request.language)
    declared, layout = layout, _adapt_layout(layout, office.size if office else None, language)
    facts = _collect_variables(layout, office, findings)
    layers = _read_layers(layout, project, request, findings)
    named = find_references(declared)
    context = StoryContext(layers, facts, _locale(request), findings)
    messages = _collect_messages(named)
    if office:
        known = {*layers.source.entries, *messages}
        findings.extend(check_office_copy(office, known, layout.source_language))
    stories = {key: build_story(ref, context) for key, ref in messages.items()}
    pictures, vectors = find_assets(named, project, office, findings)
    _check_variables(named, facts, findings)
    styles = resolve_style_sheet(declared, language, _baseline_increment(layout))
    edition = Edition(
        layout,
        project,
        language,
        context.locale,
        stories,
        pictures,
        vectors,
        facts,
        styles,
        layers,
        office,
        tuple(_report_unready(layers, messages)),
        tuple(_report_broken(layers, messages)),
    )
    return edition, tuple(findings)


def _collect_messages(named: Sequence[Reference]) -> dict[str, Message]:
    """Return a reference for each message; a literal one only if all uses of the message are literal."""
    messages: dict[str, Message] = {}
    for ref in named:
        if isinstance(ref, Message) and not (
            isinstance(ref, LiteralMessage) and ref.key in messages
        ):
            messages[ref.key] = ref
    return messages


@lru_cache(maxsize=64)
def _adapt_layout(layout: Layout, size: Size | None, language: str) -> Layout:
    """Return the layout in the office's page size, with the baseline grid scaled for the script."""
    layout = replace(layout, size=size) if size else layout
    return _scale_baselines(layout, rules_for_language(language))


def _locale(request: EditionRequest) -> str:
    """Return the tag that numbers are formatted for, with the office's numbering system (BCP 47, -u-nu)."""
    if request.office is None or "-u-" in request.language:
        return request.language
    digits = {Digits.NATIVE: "-u-nu-native", Digits.LATIN: "-u-nu-latn"}
    return request.language + digits.get(request.office.digits_in(request.language), "")


def _collect_variables(
    layout: Layout, office: Office | None, findings: list[Finding]
) -> dict[str, Fact]:
    """Return the layout's variables with the office's values, and the examples of the merge fields."""
    facts: dict[str, Fact] = dict(layout.stated)
    for name, value in (office.variables if office else {}).items():
        if name not in layout.variables and office:
            message = f"office '{office.office}' sets the variable '{name}', which the layout does not declare"
            findings.append(
                Finding("fact-unknown", message, office.span, nearest(name, layout.variables))
            )
        facts[name] = value
    return facts


def _check_variables(
    named: Sequence[Reference], facts: Mapping[str, Fact], findings: list[Finding]
) -> None:
    for ref in named:
        if isinstance(ref, FactName) and ref.name not in facts:
            hint = nearest(ref.name, facts)
            findings.append(Finding("fact-unknown", f"unknown fact '{ref.name}'", ref.span, hint))


def _scale_baselines(layout: Layout, rules: ScriptRules) -> Layout:
    """Return the layout with its baseline grids scaled by the leading factor of the script."""
    if rules.leading == 1 or layout.grid is None:
        return layout
    masters = {
        name: replace(master, grid=_scale_grid(master.grid, rules)) if master.grid else master
        for name, master in layout.masters.items()
    }
    return replace(layout, grid=_scale_grid(layout.grid, rules), masters=masters)


def _scale_grid(grid: Grid, rules: ScriptRules) -> Grid:
    return replace(grid, baseline=Length(grid.baseline.points * rules.leading))


def _baseline_increment(layout: Layout) -> float:
    return Scale().points(layout.grid.baseline) if layout.grid else 13.0


def _read_layers(
    layout: Layout, project: Project, request: EditionRequest, findings: list[Finding]
) -> Layers:
    source = read_source(layout, project, findings)
    if not source.entries and has_errors(findings):
        raise InputError(findings)  # otherwise every message would be reported as missing
    hand_written = {
        tag: copy
        for tag in fallback_chain(request.language)
        if tag != layout.source_language and (copy := read_hand_written(tag, project, findings))
    }
    language = strip_extensions(request.language)
    layers = stack_layers(source, language, request.catalogues, hand_written, request.office)
    if not layers.overrides and not is_compatible(layout.source_language, language):
        existing = sorted({_language_tag(name) for name in project.listing("content")})
        message = (
            f"no translation into '{language}'; expected {project.label(f'content/{language}.po')}"
        )
        findings.append(Finding("copy-missing", message, layout.span, nearest(language, existing)))
    return layers


def _language_tag(name: str) -> str:
    return name.removeprefix("content/").rpartition(".")[0]


def _report_unready(layers: Layers, messages: Mapping[str, Message]) -> Iterator[Finding]:
    """Yield one finding for all untranslated messages and one for all fuzzy ones."""
    for state, words in (
        (Readiness.MISSING, "not translated"),
        (Readiness.FUZZY, "fuzzy"),
        (Readiness.OUTDATED, "outdated, since the office replaces the source text"),
    ):
        keys = [key for key in messages if layers.readiness(key) is state]
        if keys:
            some = ", ".join(keys[:3]) + (", …" if len(keys) > 3 else "")
            count = "1 message is" if len(keys) == 1 else f"{len(keys)} messages are"
            message = f"{layers.language}: {count} {words}: {some}"
            hint = "list them with 'brochure text status'; build anyway with --draft"
            yield Finding(f"translation-{state.value}", message, None, hint)


def _report_broken(layers: Layers, messages: Mapping[str, Message]) -> Iterator[Finding]:
    """Yield the errors of translations; copy in the source's language and an office's own has no source to compare with."""
    source, tags = layers.source.entries, fallback_chain(layers.language)
    for key, ref in messages.items():
        chosen = layers.choose(key)
        if chosen is None or layers.readiness(key) is not Readiness.READY:
            continue
        if key not in source or chosen.layer not in tags:
            continue
        literal = isinstance(ref, LiteralMessage)
        for one in find_broken(source[key].text, chosen.text, layers.language, literal=literal):
            message = f"message '{key}': {one.message}"
            yield Finding(one.code, message, chosen.span, one.hint, one.severity)
