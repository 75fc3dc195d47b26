"""Resolve an edition: one brochure in one language for one office.

Every message of the layout becomes a `Story`, every asset a usable file and every style its computed values. Everything that
is missing or wrong is reported as findings. The layout is traversed by value types, without knowledge of block kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from itertools import chain
from pathlib import PurePosixPath

from brochure.color.swatch import Gradient, Paint
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span, has_errors, nearest
from brochure.l10n.anchors import HeadingReference, find_anchors, plan_page_numbers
from brochure.l10n.assets import Assets, ImageFile, VectorFile
from brochure.l10n.data_table import DataTable
from brochure.l10n.language_tags import (
    check_tags,
    is_compatible,
    strip_extensions,
)
from brochure.l10n.notes import Endnote, list_note_messages, report_unmarked
from brochure.l10n.number_format import Fact
from brochure.l10n.office import Office
from brochure.l10n.office_copy import check_office
from brochure.l10n.proofreading import find_broken
from brochure.l10n.pseudolocale import PSEUDOLOCALES
from brochure.l10n.references import Reference, find_references
from brochure.l10n.story import Story, anchor_name, find_images, find_internal_links
from brochure.l10n.story_builder import StoryContext, build_row_story, build_story
from brochure.l10n.translations import Readiness, Translations
from brochure.locales import canonical_tag
from brochure.spec.grid_rows import resolve_row_lines
from brochure.spec.model import Grid, Layout
from brochure.spec.scalars import is_inside_assets
from brochure.spec.validation import check_frames_beside, check_page_count
from brochure.spec.values import (
    Asset,
    FactName,
    FolioMessage,
    Length,
    LiteralMessage,
    Message,
    Range,
    Size,
    SwatchName,
)
from brochure.styles.computed_values import Scale, resolve_paint
from brochure.styles.style_sheet import StyleSheet, resolve_style_sheet
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.script_rules import ScriptRules, rules_for_language


@dataclass(frozen=True, slots=True)
class SharedAxis:
    """The limits of an axis that `count` charts share: of values, and of scatter charts also of their x axis."""

    values: Range | None
    across: Range | None
    count: int


@dataclass(frozen=True)
class Edition:
    """A resolved brochure in one language for one office. All keys are those that the layout uses.

    `locale` is the language tag with the office's numbering system. `unready` reports the messages that are not translated,
    fuzzy or outdated: a draft shows the source text instead, other builds are refused. `broken` reports the translations that
    have lost a value or a mark; a draft shows them, other builds are refused. `rows` has the stories of messages that are
    repeated for the rows of a table; `stories` has the first of each.

    `pages` has the page number of each anchor as printed, by its name in the copy (`page:story.head`): before the layout, the
    page on which its story begins. `headings` has the entries of the table of contents, under `all`, and the
    running heads (`name_running_head`). `axes` has the axes that charts share.

    `note_marks` has the mark of each note by its link (`note_link`), and `endnotes` has the notes that are set in a block,
    under `all`; both are known after the layout.
    """

    layout: Layout
    language: str
    locale: str
    stories: Mapping[str, Story]
    pictures: Mapping[str, ImageFile]
    vectors: Mapping[str, VectorFile]
    data: Mapping[str, DataTable]
    facts: Mapping[str, Fact]
    styles: StyleSheet
    translations: Translations
    unready: tuple[Finding, ...] = ()
    broken: tuple[Finding, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, tuple[HeadingReference, ...]] = field(default_factory=dict)
    rows: Mapping[Message, Story] = field(default_factory=dict)
    note_marks: Mapping[str, str] = field(default_factory=dict)
    endnotes: Mapping[str, tuple[Endnote, ...]] = field(default_factory=dict)
    axes: Mapping[str, SharedAxis] = field(default_factory=dict)

    def story(self, message: Message) -> Story:
        """Return the text of a message, with the values of the row that it is repeated for."""
        return self.rows[message] if message.row else self.stories[message.key]

    def story_in(self, message: Message, language: str) -> Story:
        """Return the text of a message in another language than the edition's, with its punctuation and numbers."""
        facts: dict[str, Fact] = {**self.pages, **self.facts}
        return build_row_story(message, StoryContext(self.translations, facts, [], language))

    @property
    def office(self) -> Office | None:
        """The office; None for an edition without one."""
        return self.translations.office

    @property
    def left_to_right(self) -> bool:
        """True if the language is written from left to right."""
        return is_left_to_right(self.language)

    def words(self, message: Message | None) -> str:
        """Return a message's plain text; empty if `message` is None."""
        return self.story(message).text if message else ""

    def paint(self, name: SwatchName | None) -> Paint | None:
        """Return the paint of a swatch."""
        paint = resolve_paint(name, self.layout.swatches) if name else None
        if isinstance(paint, Gradient):
            return paint.orient(left_to_right=self.left_to_right)
        return paint


def resolve(
    layout: Layout, translations: Translations, assets: Assets
) -> tuple[Edition, tuple[Finding, ...]]:
    """Return the edition in a language, and findings for everything that is missing or wrong in it.

    Only the files of pictures in text are read, since the copy names them.

    Raises:
        InputError: The source has errors and no messages; otherwise every message would be reported as missing.
    """
    findings: list[Finding] = []
    office, language = translations.office, translations.language
    declared, layout = layout, _adapt_layout(layout, office.size if office else None, language)
    facts = _collect_variables(layout, office, findings)
    findings.extend(translations.findings)
    if not translations.source.entries and has_errors(findings):
        raise InputError(findings)
    findings.extend(_check_translated(layout, translations))
    named = find_references(declared)
    findings.extend(declared.findings)
    if declared.declared:
        findings.extend(check_page_count(declared))
        findings.extend(check_frames_beside(declared))
    pages = plan_page_numbers(layout, translations.locale)
    context = StoryContext(translations, {**pages, **facts}, findings)
    messages = _collect_messages(named)
    if office:
        everything = find_references(declared.written)
        known = {*translations.source.entries, *_collect_messages(everything)}
        findings.extend(check_office(office, known, declared))
    of_rows = {ref: None for ref in named if isinstance(ref, Message) and ref.row}
    rows = {ref: build_row_story(ref, context) for ref in of_rows}
    stories = {
        key: rows[ref] if ref.row else build_story(ref, context) for key, ref in messages.items()
    }
    findings.extend(report_unmarked(translations.source, messages))
    for note, story in _build_notes((*stories.values(), *rows.values()), context).items():
        messages.setdefault(note.key, note)
        rows |= {note: story} if note.row else {}
        stories.setdefault(note.key, story)
    findings.extend(_check_links(layout, stories))
    assets = assets.with_icons(_find_icons(chain(stories.values(), rows.values())))
    findings.extend(assets.findings)
    _check_variables(named, facts, findings)
    findings.extend(check_tags(_languages(declared, translations, stories)))
    edition = Edition(
        layout,
        language,
        translations.locale,
        stories,
        assets.pictures,
        assets.vectors,
        assets.data,
        facts,
        resolve_style_sheet(declared, canonical_tag(language), _baseline_increment(layout)),
        translations,
        tuple(_report_unready(translations, messages)),
        tuple(_report_broken(translations, messages)),
        pages=pages,
        rows=rows,
    )
    return edition, tuple(findings)


def _build_notes(stories: Iterable[Story], context: StoryContext) -> dict[Message, Story]:
    """Return the notes that are marked in stories."""
    return {
        note: build_row_story(note, context) if note.row else build_story(note, context)
        for note in list_note_messages(stories)
    }


def _collect_messages(named: Sequence[Reference]) -> dict[str, Message]:
    """Return a reference for each message; a literal one only if all uses of the message are literal."""
    messages: dict[str, Message] = {}
    labels = (cell.value for ref in named for _, cell in getattr(ref, "row", ()))
    for ref in (*named, *labels):
        if isinstance(ref, Message) and not (
            isinstance(ref, LiteralMessage | FolioMessage) and ref.key in messages
        ):
            messages[ref.key] = ref
    return messages


def _check_links(layout: Layout, stories: Mapping[str, Story]) -> Iterator[Finding]:
    """Yield an error for each link inside the brochure that leads to no block and no frame."""
    for story in stories.values():
        for link in dict.fromkeys(find_internal_links(story)):
            anchors = find_anchors(layout)
            if anchor_name(link) not in anchors:
                name = anchor_name(link)
                message = (
                    f"message '{story.key}': the link '#{name}' leads nowhere: no block shows the message '{name}', and"
                    " no frame has this name"
                )
                known = (one for one in anchors if "#" not in one)
                hint = nearest(name, known) or "write the message key of a block after '#'"
                yield Finding("link-unknown", message, story.span, hint)


def _find_icons(stories: Iterable[Story]) -> Iterator[Asset]:
    """Yield the files of pictures in text, each with the place of its message."""
    for story in stories:
        for image in find_images(story):
            if is_inside_assets(image.path):  # others are errors in the markup
                yield Asset(image.path, story.span)


def _languages(
    layout: Layout, translations: Translations, stories: Mapping[str, Story]
) -> Iterator[tuple[str, Span | None]]:
    """Yield every language tag that the edition uses, with its place."""
    office = translations.office
    yield strip_extensions(translations.requested), office.span if office else None
    yield layout.source_language, layout.span
    for style in (*layout.paragraph_styles.values(), *layout.character_styles.values()):
        if style.language:
            yield style.language, style.span
    for story in stories.values():
        for words in chain.from_iterable(story.paragraphs):
            if words.marks.language:
                yield words.marks.language, story.span


@lru_cache(maxsize=64)
def _adapt_layout(layout: Layout, size: Size | None, language: str) -> Layout:
    """Return the layout in the office's page size, with the baseline grid scaled for the script."""
    layout = replace(layout, size=size) if size else layout
    return _scale_baselines(layout, rules_for_language(language))


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
        name: replace(master, grid=_scale_grid(master.grid, layout, rules))
        if master.grid
        else master
        for name, master in layout.masters.items()
    }
    return replace(layout, grid=_scale_grid(layout.grid, layout, rules), masters=masters)


def _scale_grid(grid: Grid, layout: Layout, rules: ScriptRules) -> Grid:
    grid = resolve_row_lines(grid, layout.size.height)
    return replace(grid, baseline=Length(grid.baseline.points * rules.leading))


def _baseline_increment(layout: Layout) -> float:
    return Scale().points(layout.grid.baseline) if layout.grid else 13.0


def _check_translated(layout: Layout, translations: Translations) -> Iterator[Finding]:
    """Yield a finding if the project has no copy in the edition's language."""
    source, language = translations.source, translations.language
    if len(translations.layers) == 1 and not is_compatible(layout.source_language, language):
        expected = PurePosixPath(source.file).with_name(f"{language}.po")
        message = f"no translation into '{language}'; expected {expected}"
        hint = nearest(language, translations.languages)
        yield Finding("copy-missing", message, layout.span, hint)


def _report_unready(
    translations: Translations, messages: Mapping[str, Message]
) -> Iterator[Finding]:
    """Yield one finding for all untranslated messages and one for all fuzzy ones."""
    for state, words in (
        (Readiness.MISSING, "not translated"),
        (Readiness.FUZZY, "fuzzy"),
        (Readiness.OUTDATED, "outdated, since the office replaces the source text"),
    ):
        keys = [key for key in messages if translations.readiness(key) is state]
        if keys:
            some = ", ".join(keys[:3]) + (", …" if len(keys) > 3 else "")
            count = "1 message is" if len(keys) == 1 else f"{len(keys)} messages are"
            message = f"{translations.language}: {count} {words}: {some}"
            hint = "list them with 'brochure text status'; build anyway with --draft"
            yield Finding(f"translation-{state.value}", message, None, hint)


def _report_broken(
    translations: Translations, messages: Mapping[str, Message]
) -> Iterator[Finding]:
    """Yield the errors of translations; copy in the source's language and an office's own has no source to compare with."""
    if translations.language in PSEUDOLOCALES:  # made by the program, with embeddings on purpose
        return
    for key, ref in messages.items():
        chosen = translations.choose(key)
        if chosen is None or chosen.readiness is not Readiness.READY:
            continue
        source = translations.translated_text(key)
        if source is None:
            continue
        literal = isinstance(ref, LiteralMessage)
        found = find_broken(source, chosen.text, translations.language, literal=literal)
        for one in found:
            message = f"message '{key}': {one.message}"
            yield Finding(one.code, message, chosen.span, one.hint, one.severity)
