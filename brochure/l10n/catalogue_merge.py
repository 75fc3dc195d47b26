"""Merging: a catalogue brought up to date with the source copy.

Takes the catalogue as its translator left it and a new one with nothing in it but the source; gives the catalogue to go on
with. A translation whose source is unchanged stays, one whose source has changed waits with the old source beside it, one
that is no longer asked for becomes obsolete, and comes back when it is. Nothing that a translator wrote is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.message_file import Copy


def merge_catalogue(old: Catalogue, template: Catalogue) -> Catalogue:
    """The template with all that the old catalogue has for it."""
    retired = {one.key: one for one in old.obsolete}
    gone = {key: one for key, one in old.entries.items() if key not in template.entries}
    moved = _by_source(gone)
    entries = {
        key: _updated(fresh, old.entries.get(key) or retired.get(key), moved)
        for key, fresh in template.entries.items()
    }
    obsolete = [one for one in retired.values() if one.key not in template.entries]
    obsolete += [one for one in gone.values() if one.text or one.notes]
    header = {**template.header, **old.header}
    return Catalogue(old.language, old.file, entries, tuple(obsolete), header)


def merge_source(source: Copy, catalogue: Catalogue) -> Catalogue:
    """The catalogue against the source as it is now, whether or not anybody has brought its file up to date."""
    entries = {
        key: Translation(key, entry.text, "", entry.span) for key, entry in source.entries.items()
    }
    return merge_catalogue(catalogue, Catalogue(catalogue.language, catalogue.file, entries))


def _by_source(gone: Mapping[str, Translation]) -> dict[str, Translation]:
    """Translations whose keys are gone, by the source they were made from: a key may only have been renamed."""
    return {one.source: one for one in gone.values() if one.text}


def _updated(
    fresh: Translation, old: Translation | None, moved: Mapping[str, Translation]
) -> Translation:
    """The message as the source has it now, with its translation."""
    if old is None:
        namesake = moved.get(fresh.source)
        return replace(fresh, text=namesake.text, fuzzy=True) if namesake else fresh
    kept = replace(fresh, text=old.text, notes=old.notes, span=old.span)
    if old.source == fresh.source:
        return replace(kept, fuzzy=old.fuzzy, previous=old.previous)
    if not old.text:
        return kept
    if old.previous == fresh.source:
        return kept  # the source has gone back to what the translation was made from
    return replace(
        kept, fuzzy=True, previous=old.previous if old.fuzzy and old.previous else old.source
    )
