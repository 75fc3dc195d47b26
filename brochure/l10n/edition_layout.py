"""Choose what an edition has of a layout: blocks, frames and pages with conditions, and keys of styles for its language.

The result is a layout without conditions. Editions that choose the same share one layout, so that what is computed from it
is computed once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from brochure.choices import Target
from brochure.fast_dataclass import dataclass
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.office import Office
from brochure.l10n.references import find_values
from brochure.l10n.translations import Translations
from brochure.locales import canonical_tag, script_of_locale
from brochure.project import Project
from brochure.spec.block_keys import ConditionalBlocks, When
from brochure.spec.model import Frame, Layout, PageSpec
from brochure.spec.repeat import Repeat
from brochure.spec.styles import CharacterStyleSpec
from brochure.spec.validation import frames_of


@dataclass(frozen=True, slots=True)
class Scope:
    """What conditions refer to: the office of an edition (empty for none), its language, and the target of its PDF."""

    office: str
    language: str
    target: Target = Target.PRESS

    def meets(self, when: When) -> bool:
        """Return True if the edition meets a condition."""
        tags = fallback_chain(canonical_tag(self.language))
        return (
            (not when.office or any(one.name == self.office for one in when.office))
            and (not when.language or any(canonical_tag(one.tag) in tags for one in when.language))
            and (not when.target or self.target in when.target)
        )


def select_layout(layout: Layout, scope: Scope) -> Layout:
    """Return the layout of an edition, without conditions; the layout itself if it has none."""
    conditions = find_conditions(layout)
    keys = _style_editions(layout)
    if not conditions and not keys:
        return layout
    is_met = tuple(map(scope.meets, conditions))
    return _select_layout(layout, is_met, tuple(filter(keys.__contains__, names_of(scope))))


def load_layout(
    project: Project,
    layout: Layout,
    translations: Translations,
    target: Target = Target.PRESS,
    records: int | None = None,
) -> Layout:
    """Return the layout of an edition, without conditions and repeats.

    Args:
        project: The project.
        layout: The layout as written.
        translations: The edition's copy, with its office.
        target: What its PDF is for.
        records: How many records of a mail merge are on a page, if the layout has a grid of records (default: as many as fit).

    Raises:
        InputError: A repeat has no rows, or its table or pictures have errors.
    """
    office = translations.office
    scope = Scope(office.office if office else "", translations.language, target)
    return load_scope(project, layout, scope, office, records)


def load_scope(
    project: Project,
    layout: Layout,
    scope: Scope,
    office: Office | None,
    records: int | None = None,
) -> Layout:
    """Return the layout of the editions in a scope, as `load_layout` does."""
    selected = select_layout(layout, scope)
    if not _has_repeats(selected):
        return selected
    # Imported here: only layouts with repeats need it, and the readers of data files.
    from brochure.l10n.repeats import expand_repeats

    return expand_repeats(project, selected, office, records)


@lru_cache(maxsize=64)
def _has_repeats(layout: Layout) -> bool:
    return any(find_values(layout, (Repeat,)))


@lru_cache(maxsize=8)
def find_conditions(layout: Layout) -> tuple[When, ...]:
    """Return all conditions of a layout, in its order."""
    return tuple(find_values(layout, (When,)))


@lru_cache(maxsize=8)
def _style_editions(layout: Layout) -> frozenset[str]:
    """Return the languages and scripts that styles have keys for."""
    styles = (*layout.paragraph_styles.values(), *layout.character_styles.values())
    return frozenset(key for style in styles for key in style.in_)


def names_of(scope: Scope) -> Iterator[str]:
    """Yield the script of an edition, and its language with its fallback locales, from general to specific."""
    tag = canonical_tag(scope.language)
    yield script_of_locale(tag)
    yield from reversed(fallback_chain(tag))


@lru_cache(maxsize=64)
def _select_layout(layout: Layout, is_met: tuple[bool, ...], editions: tuple[str, ...]) -> Layout:
    choice = dict(zip(map(id, find_conditions(layout)), is_met, strict=True))
    selected = replace(
        layout,
        masters=_select(layout.masters, choice),
        pages=_select(layout.pages, choice),
        spine=next(iter(_select((layout.spine,), choice)), None),
        stories=_select(layout.stories, choice),
        paragraph_styles=_select_styles(layout.paragraph_styles, editions),
        character_styles=_select_styles(layout.character_styles, editions),
    )
    return replace(
        selected,
        declared=layout,
        pages=tuple(_without_fills(page, selected) for page in selected.pages),
        spine=selected.spine and _without_fills(selected.spine, selected),
    )


Choice = Mapping[int, bool]
"""Whether each condition is met, by its identity."""


def _select(value: Any, choice: Choice) -> Any:
    """Return a value with all that its conditions select; the value itself if it has no conditions."""
    if isinstance(value, tuple):
        items = tuple(new for item in value for new in _select_item(item, choice))
        return value if _same(items, value) else items
    if isinstance(value, Mapping):
        entries = {name: new for name, one in value.items() for new in _select_item(one, choice)}
        return value if _same(tuple(entries.values()), tuple(value.values())) else entries
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for name in _field_names(type(value)):
            before = getattr(value, name)
            after = _select(before, choice)
            if after is not before:
                changed[name] = after
        return replace(value, **changed) if changed else value
    return value


def _select_item(item: Any, choice: Choice) -> tuple[Any, ...]:
    """Return what takes the place of an item in a list: the item, those that replace it, or nothing."""
    match item:
        case ConditionalBlocks():
            blocks = item.content if choice[id(item.when)] else item.otherwise
            selected: tuple[Any, ...] = _select(blocks, choice)
            return selected
        case Frame(when=When() as when):
            if choice[id(when)]:
                return (
                    _select(
                        replace(item, when=None, otherwise=item.otherwise if item.repeat else None),
                        choice,
                    ),
                )
            return _select_item(item.otherwise, choice) if item.otherwise else ()
        case PageSpec(when=When() as when):
            if choice[id(when)]:
                return (
                    _select(
                        replace(item, when=None, otherwise=item.otherwise if item.repeat else ()),
                        choice,
                    ),
                )
            pages: tuple[Any, ...] = _select(item.otherwise, choice)
            return pages
    return (_select(item, choice),)


def _same(items: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    return len(items) == len(others) and all(map(_is_same, items, others))


def _is_same(one: object, other: object) -> bool:
    return one is other


@lru_cache(maxsize=256)
def _field_names(model: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(model) if field.name != "span")


def _without_fills(page: PageSpec, layout: Layout) -> PageSpec:
    """Return a page without content for frames that the edition does not have."""
    if not page.master or page.fills.keys() <= page.frames.keys():
        return page
    known = {*frames_of(layout, page.master.name), *page.frames}
    if page.fills.keys() <= known:
        return page
    return replace(page, fills={name: one for name, one in page.fills.items() if name in known})


# Styles

Style = TypeVar("Style", bound=CharacterStyleSpec)


def _select_styles(styles: Mapping[str, Style], editions: tuple[str, ...]) -> Mapping[str, Style]:
    if not any(style.in_ for style in styles.values()):
        return styles
    return {name: _select_style(style, editions) for name, style in styles.items()}


def _select_style(style: Style, editions: tuple[str, ...]) -> Style:
    """Return a style with the keys for an edition's script, language and locale; the last ones override."""
    if not style.in_:
        return style
    keys: dict[str, Any] = {"in_": {}}
    for edition in editions:
        if edition in style.in_:
            own = style.in_[edition]
            model: type = type(own)
            names = (name for name in _field_names(model) if name != "in_")
            keys |= {name: one for name in names if (one := getattr(own, name)) is not None}
    return replace(style, **keys)
