"""Compare the conditions of a layout with the editions of its project.

Names that no office, language or script has are errors; conditions that no edition meets are warnings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from brochure.choices import Target
from brochure.errors import InputError
from brochure.findings import Finding, Severity, Span, nearest
from brochure.inputs import without_record
from brochure.l10n.edition_layout import (
    Scope,
    find_conditions,
    load_scope,
    names_of,
    select_layout,
)
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.office import list_offices, load_office
from brochure.l10n.project_editions import list_languages
from brochure.l10n.references import find_references
from brochure.locales import canonical_tag
from brochure.project import Project
from brochure.spec.block_keys import When
from brochure.spec.model import Layout
from brochure.spec.validation import check_frames_beside, check_page_count
from brochure.spec.values import Message

MAX_LISTED = 8
"""Editions that a finding or a comment lists."""


def list_scopes(project: Project, layout: Layout) -> tuple[Scope, ...]:
    """Return every edition that can be built, with each target: those of the offices, and each language without an office."""
    project = without_record(project)
    names = [("", tag) for tag in dict.fromkeys((layout.source_language, *list_languages(project)))]
    for office in list_offices(project):
        try:
            names += [(office, tag) for tag in load_office(project, office).languages]
        except InputError:
            continue  # reported when the office's own editions are built or checked
    return tuple(Scope(office, tag, target) for office, tag in names for target in Target)


def check_conditions(project: Project, layout: Layout) -> tuple[Finding, ...]:
    """Return what is wrong with the conditions of a layout, and with the editions that its styles name.

    Other offices are read without a record: what they contain changes no brochure but their own.
    """
    conditions = find_conditions(layout)
    styles = (*layout.paragraph_styles.values(), *layout.character_styles.values())
    keys = [(key, one.span) for style in styles for key, one in style.in_.items()]
    if not conditions and not keys:
        return ()
    scopes = list_scopes(project, layout)
    offices = list_offices(project)
    found = [one for when in conditions for one in _check_condition(when, offices, scopes)]
    return (*found, *_check_style_editions(keys, scopes))


def _check_condition(
    when: When, offices: tuple[str, ...], scopes: tuple[Scope, ...]
) -> Iterator[Finding]:
    if not (when.office or when.language or when.target):
        hint = "write office, language or target, e.g. when: {language: fr}"
        yield Finding("condition-form", "the condition is empty", when.span, hint)
        return
    unknown = list(_find_unknown(when, offices, scopes))
    yield from unknown
    if not unknown and not any(scope.meets(when) for scope in scopes):
        message = "no edition meets the condition"
        hint = "change it, or remove what it applies to"
        yield Finding("condition-never", message, when.span, hint, Severity.WARNING)


def _find_unknown(
    when: When, offices: tuple[str, ...], scopes: tuple[Scope, ...]
) -> Iterator[Finding]:
    tags = _list_tags(scopes)
    for office in when.office:
        if office.name not in offices:
            message = f"the project has no office '{office.name}'"
            hint = nearest(office.name, offices) if offices else "offices are files in offices/"
            yield Finding("condition-office", message, office.span, hint)
    for language in when.language:
        if canonical_tag(language.tag) not in tags:
            message = f"no edition is in the language '{language.tag}'"
            yield Finding("condition-language", message, language.span, nearest(language.tag, tags))


def _list_tags(scopes: Iterable[Scope]) -> tuple[str, ...]:
    """Return the languages of editions, with their fallback locales."""
    tags = (tag for scope in scopes for tag in fallback_chain(canonical_tag(scope.language)))
    return tuple(dict.fromkeys(tags))


def _check_style_editions(
    keys: Iterable[tuple[str, Span]], scopes: tuple[Scope, ...]
) -> Iterator[Finding]:
    known = tuple(dict.fromkeys(name for scope in scopes for name in names_of(scope)))
    for key, span in keys:
        if key not in known:
            message = f"no edition is in '{key}', for which a style has keys"
            yield Finding("style-edition", message, span, nearest(key, known), Severity.WARNING)


def check_page_counts(project: Project, layout: Layout) -> Iterator[Finding]:
    """Yield a finding for each fault of the pages that only some editions have, with these editions.

    Such faults are a number of pages that does not suit the binding, and a frame that is placed beside one that is left out.
    """
    editions: dict[Finding, list[Scope]] = {}
    for scope in list_scopes(project, layout):
        for finding in _count_pages(project, layout, scope):
            editions.setdefault(finding, []).append(scope)
    for finding, scopes in editions.items():
        yield replace(finding, message=f"{_list_editions(scopes)}: {finding.message}")


def _count_pages(project: Project, layout: Layout, scope: Scope) -> tuple[Finding, ...]:
    """Return the findings on the pages of an edition; none if its tables have errors, which it reports itself."""
    try:
        office = load_office(project, scope.office) if scope.office else None
        selected = load_scope(project, layout, scope, office)
    except InputError:
        return ()
    return (*check_page_count(selected), *check_frames_beside(selected))


# Catalogues


def describe_editions(
    layout: Layout,
    scopes: tuple[Scope, ...],
    language: str,
    marking: Mapping[str, tuple[str, ...]],
) -> Mapping[str, str]:
    """Return a comment for each message that not all editions need.

    Args:
        layout: The layout as written.
        scopes: All editions of the project.
        language: The language of a catalogue; empty for all.
        marking: The messages that have a mark for each note, by its key.
    """
    if not find_conditions(layout):
        return {}
    own = [
        one
        for one in scopes
        if not language or canonical_tag(language) in fallback_chain(canonical_tag(one.language))
    ]
    needed: dict[str, list[Scope]] = {ref.key: [] for ref in _messages(layout)}
    for scope in own or scopes:
        for key in {ref.key for ref in _messages(select_layout(layout, scope))}:
            needed[key].append(scope)
    for note, keys in marking.items():
        those = [scope for key in keys for scope in needed.get(key, ())]
        if note in needed or any(key in needed for key in keys):
            needed[note] = list(dict.fromkeys((*needed.get(note, ()), *those)))
    return {
        key: f"needed only in {_list_editions(those)}" if those else "needed in no edition"
        for key, those in needed.items()
        if len(those) < len(own or scopes)
    }


def _messages(layout: Layout) -> Iterator[Message]:
    return (ref for ref in find_references(layout) if isinstance(ref, Message))


def _list_editions(scopes: Iterable[Scope]) -> str:
    """Return the names of editions, each with its targets if they are not all."""
    targets: dict[str, list[str]] = {}
    for one in scopes:
        name = f"{one.office}_{one.language}" if one.office else one.language
        targets.setdefault(name, []).append(one.target.value)
    names = [
        name if len(those) == len(Target) else f"{name} ({', '.join(those)})"
        for name, those in targets.items()
    ]
    more = f" and {len(names) - MAX_LISTED} more" if len(names) > MAX_LISTED else ""
    return ", ".join(names[:MAX_LISTED]) + more
