"""Make catalogue templates: every message of the source without translations, with comments for the translator.

The comments tell where a message is used, which placeholders and markup it has, and how many characters fit in this language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity
from brochure.inputs import FILE
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.catalogue_comments import MAX_LENGTH
from brochure.l10n.catalogue_merge import merge_source
from brochure.l10n.copy_files import CONTENT
from brochure.l10n.edition_conditions import describe_editions, list_scopes
from brochure.l10n.edition_layout import select_layout
from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.message_file import Copy, SourceMessage, find_notes
from brochure.l10n.message_format import find_arguments, is_page_number
from brochure.l10n.notes import find_marking
from brochure.l10n.number_format import Fact
from brochure.l10n.office import Office, list_offices, load_office
from brochure.l10n.proofreading import find_problems
from brochure.l10n.references import find_values
from brochure.l10n.story import InlineMarks
from brochure.l10n.translations import Translations
from brochure.spec.repeat import Repeat
from brochure.translation.character_limits import measure_limits
from brochure.translation.message_locations import MessageLocation, add_notes, find_locations
from brochure.translation.result_cache import ResultKind
from brochure.translation.workspace import Workspace, set_edition
from brochure.typeset.style import Position

EMPTY_FIELDS = dict.fromkeys(("PO-Revision-Date", "Last-Translator", "Language-Team"), "")
"""Header fields that gettext's `msgfmt --check` expects; translation programs fill them in."""

MIN_ROUNDED = 10
"""Character limits from this on are rounded, since they are estimates."""


@dataclass(frozen=True)
class TemplateContext:
    """Data for the comments."""

    facts: Mapping[str, Fact]
    locations: Mapping[str, tuple[MessageLocation, ...]]
    character_limits: Mapping[str, int]
    printed: frozenset[str] | None
    editions: Mapping[str, str]
    labels: frozenset[str]
    source_notes: Mapping[str, tuple[str, ...]]


def make_template(workspace: Workspace, language: str) -> Catalogue:
    """Return the template for a language, with character limits measured from its existing translations."""
    measured = _load_measured(workspace, language)
    source = measured.office_source if workspace.office else workspace.source
    limits = _find_limits(workspace, measured, frozenset(source.entries))
    return _make_catalogue(workspace, source, language, limits.limits, limits.printed)


@dataclass(frozen=True, slots=True)
class MeasuredLimits:
    """The character limits of an edition, and the keys of the messages that it prints."""

    limits: Mapping[str, int]
    printed: frozenset[str]


LIMITS: ResultKind[MeasuredLimits] = ResultKind(
    "limits",
    1,
    encode=lambda one: (dict(one.limits), sorted(one.printed)),
    decode=lambda data: MeasuredLimits(
        {str(key): int(limit) for key, limit in data[0].items()}, frozenset(map(str, data[1]))
    ),
)
"""Measuring takes seconds; the limits are the same until the words, the layout, a font or a picture change."""


def _find_limits(
    workspace: Workspace, measured: Translations, keys: frozenset[str]
) -> MeasuredLimits:
    """Return the limits of messages, from the cache if nothing that they depend on has changed."""
    if not keys:
        return MeasuredLimits({}, frozenset())
    texts = [
        (key, one.text, one.layer.language, one.readiness.value)
        for key in measured.messages
        if (one := measured.choose(key))
    ]
    own = sorted(keys) if workspace.office else "all"
    identity = (measured.locale, measured.office, texts, own)
    results = workspace.results
    found = results.find(LIMITS, identity)
    if found is None:
        recorded = results.record()
        done = set_edition(replace(workspace, project=recorded), measured)
        limits = measure_limits(done, workspace.font_catalog, keys)
        found = MeasuredLimits(limits, done.printed())
        inputs = results.collect(recorded)
        # The copy itself is in `texts`, whichever files it comes from and whatever else is in them.
        others = {one: inputs[one] for one in inputs if not one.startswith(f"{FILE} {CONTENT}/")}
        results.store(LIMITS, identity, others, found)
    return found


def make_general_template(workspace: Workspace) -> Catalogue:
    """Return a template for all languages (POT), without character limits."""
    return _make_catalogue(workspace, workspace.source, "", {}, None)


def _make_catalogue(
    workspace: Workspace,
    source: Copy,
    language: str,
    limits: Mapping[str, int],
    printed: frozenset[str] | None,
) -> Catalogue:
    scopes = list_scopes(workspace.project, workspace.layout)
    locations: dict[str, tuple[MessageLocation, ...]] = {}
    for layout in dict.fromkeys(select_layout(workspace.layout, scope) for scope in scopes):
        locations = {**find_locations(layout), **locations}
    locations = add_notes(locations, workspace.source.entries)
    marking = find_marking(workspace.source.entries)
    editions = describe_editions(workspace.layout, scopes, language, marking)
    repeats = find_values(workspace.layout, (Repeat,))
    labels = frozenset(one.key for repeat in repeats for one in repeat.labels.values())
    facts = {**workspace.layout.stated, **(workspace.office.variables if workspace.office else {})}
    notes = _find_source_notes(workspace, source)
    context = TemplateContext(facts, locations, limits, printed, editions, labels, notes)
    entries = {
        key: Translation(
            key,
            entry.text,
            "",
            entry.span,
            comments=_make_comments(key, entry, context),
            flags=tuple(_make_flags(key, entry, context)),
        )
        for key, entry in source.entries.items()
    }
    header = {"Project-Id-Version": workspace.layout.brochure, **EMPTY_FIELDS}
    if workspace.layout.source_language != "en":
        header["X-Source-Language"] = workspace.layout.source_language
    file = workspace.project.label(workspace.catalogue_file(language)) if language else source.file
    return Catalogue(language, file, entries, header=header)


# The measured edition


def _load_measured(workspace: Workspace, language: str) -> Translations:
    """Return the language's translations for the first office that uses it, without those that are broken."""
    translations = workspace.load_translations(language)
    existing = {**translations.catalogues}
    existing.setdefault(language, Catalogue(language, "", {}))
    office = workspace.office or _find_office(workspace, language)
    return replace(
        translations,
        catalogues=_keep_valid(existing, translations.source, workspace, language),
        office=office,
        office_catalogues=_keep_valid(
            translations.office_catalogues, translations.office_source, workspace, language
        ),
    )


def _keep_valid(
    catalogues: Mapping[str, Catalogue], source: Copy, workspace: Workspace, language: str
) -> dict[str, Catalogue]:
    """Return the catalogues merged with their source, without translations that are broken."""
    return {
        tag: _remove_broken(merge_source(source, one), workspace, language)
        for tag, one in catalogues.items()
    }


def _remove_broken(catalogue: Catalogue, workspace: Workspace, language: str) -> Catalogue:
    """Return the catalogue with broken translations emptied, so that they are measured as missing.

    Fuzzy ones are measured: a changed source does not change how much fits.
    """
    entries = {
        key: replace(one, text="")
        if _is_broken(one, workspace, language)
        else replace(one, fuzzy=False)
        for key, one in catalogue.entries.items()
    }
    return replace(catalogue, entries=entries)


def _is_broken(one: Translation, workspace: Workspace, language: str) -> bool:
    problems = (
        find_problems(one.source, one.text, workspace.layout.stated, language) if one.text else ()
    )
    return any(problem.severity is Severity.ERROR for problem in problems)


def _find_office(workspace: Workspace, language: str) -> Office | None:
    for name in list_offices(workspace.project):
        try:
            office = load_office(workspace.project, name)
        except InputError:
            continue  # reported when the office's own editions are built or checked
        if any(language in fallback_chain(tag) for tag in office.languages):
            return office
    return None


# Comments


def _find_source_notes(workspace: Workspace, source: Copy) -> Mapping[str, tuple[str, ...]]:
    """Return the notes for translators in the source copy; an office's file has none."""
    name = f"{CONTENT}/{source.language}.yaml"
    if source.file != workspace.project.label(name):
        return {}
    with suppress(FileNotFoundError):
        return find_notes(workspace.project.read(name), source.entries)
    return {}


def _make_comments(key: str, entry: SourceMessage, context: TemplateContext) -> str:
    return "\n".join(_comment_lines(key, entry, context))


def _comment_lines(key: str, entry: SourceMessage, context: TemplateContext) -> Iterator[str]:
    yield from map(str, context.locations.get(key, ()))
    if key in context.labels:
        yield "text of a table"
    elif key not in context.locations:
        yield "not on a page: document metadata or unused"
    if key in context.editions:
        yield context.editions[key]
    yield from _describe_variables(find_arguments(entry.text), context)
    marks = list(dict.fromkeys(_describe_markup(entry.text)))
    if marks:
        yield f"markup: {', '.join(marks)}"
    yield from (f"note: {note}" for note in context.source_notes.get(key, ()))
    if key in context.character_limits:
        yield f"fits {_format_limit(context.character_limits[key])}{_sharing_note(key, context)}"
    elif context.printed is not None and key in context.locations:
        is_alt_text = key not in context.printed
        yield (
            "no limit: read by screen readers, not printed"
            if is_alt_text
            else "no limit: plenty of space"
        )


def _describe_variables(names: Iterable[str], context: TemplateContext) -> Iterator[str]:
    """Yield the variables with their values; those without one value are page numbers, columns of a table or merge fields."""
    known: list[str] = []
    pages: list[str] = []
    others: list[str] = []
    for name in names:
        if name in context.facts:
            known.append(f"{{{name}}} = {context.facts[name]}")
        else:
            (pages if is_page_number(name) else others).append(f"{{{name}}}")
    if known:
        yield f"variables: {', '.join(known)}"
    if others:
        yield f"different in each row of a table, or for each recipient: {', '.join(others)}"
    if pages:
        yield f"page numbers, set when the brochure is built: {', '.join(pages)}"


def _make_flags(key: str, entry: SourceMessage, context: TemplateContext) -> Iterator[str]:
    """Yield flags that Weblate checks.

    A limit is a flag only where each character counts as one, and no other message shares the frame.
    """
    is_pattern = bool(find_arguments(entry.text))
    if is_pattern:
        yield "icu-message-format"
    limit = context.character_limits.get(key)
    is_plain = not is_pattern and not list(_describe_markup(entry.text))
    if limit is not None and is_plain and not _sharing_note(key, context):
        yield f"{MAX_LENGTH}{_round_limit(limit)}"


def _format_limit(limit: int) -> str:
    return f"about {_round_limit(limit)} characters"


def _round_limit(limit: int) -> int:
    step = 1 if limit < MIN_ROUNDED else 5 if limit < MIN_ROUNDED**2 else 10
    return limit // step * step


def _sharing_note(key: str, context: TemplateContext) -> str:
    """Return a note if other messages share the frame, since the limit assumes that they keep their length."""
    frames = {(place.pages, place.frame) for place in context.locations[key]}
    others = (
        place
        for other, several in context.locations.items()
        if other != key and (context.printed is None or other in context.printed)
        for place in several
    )
    is_shared = any((place.pages, place.frame) in frames for place in others)
    return " if the other messages in the frame keep their length" if is_shared else ""


def _describe_markup(text: str) -> Iterator[str]:
    for paragraph in parse_markup(text)[0]:
        for words in paragraph:
            yield from _format_marks(words.marks)
    if len(parse_markup(text)[0]) > 1:
        yield "an empty line between paragraphs"


def _format_marks(marks: InlineMarks) -> Iterator[str]:
    if marks.strong:
        yield "**strong**"
    if marks.emphasis:
        yield "*emphasis*"
    if marks.image:
        yield f"![alternative text]({marks.image.path})"
    if marks.link:
        yield f"[words]({marks.link})"
    if marks.character:
        yield f"[words]{{.{marks.character}}}"
    if marks.note:
        yield f"[^{marks.note}] for the mark of a note"
    if marks.position is Position.SUPERSCRIPT:
        yield "^superscript^"
    if marks.position is Position.SUBSCRIPT:
        yield "~subscript~"
