"""Merge a catalogue with the current source, as gettext's msgmerge does.

A translation whose source is unchanged is kept. One whose source has changed becomes fuzzy and keeps the old source beside
it. One whose message was removed becomes obsolete, and is restored if the message returns. No translator's work is lost, and
nothing that other programs have written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.message_file import Copy


def merge_catalogue(old: Catalogue, template: Catalogue) -> Catalogue:
    """Return the template filled with the translations of the old catalogue."""
    obsolete_before = {one.key: one for one in old.obsolete}
    removed = {key: one for key, one in old.entries.items() if key not in template.entries}
    moved = _by_source(removed)
    entries = {
        key: _merge_message(fresh, old.entries.get(key) or obsolete_before.get(key), moved)
        for key, fresh in template.entries.items()
    }
    obsolete = [one for one in obsolete_before.values() if one.key not in template.entries]
    obsolete += [one for one in removed.values() if one.text or one.notes]
    header = {**template.header, **old.header}
    return replace(old, entries=entries, obsolete=tuple(obsolete), header=header)


def merge_source(source: Copy, catalogue: Catalogue) -> Catalogue:
    """Return the catalogue merged with the current source, without comments; its file may be out of date."""
    entries = {
        key: Translation(key, entry.text, "", entry.span) for key, entry in source.entries.items()
    }
    return merge_catalogue(catalogue, Catalogue(catalogue.language, catalogue.file, entries))


def _by_source(removed: Mapping[str, Translation]) -> dict[str, Translation]:
    """Return the translations of removed keys by their source: the key may only have been renamed."""
    return {one.source: one for one in removed.values() if one.text}


def _merge_message(
    fresh: Translation, old: Translation | None, moved: Mapping[str, Translation]
) -> Translation:
    """Return the current message with its translation, fuzzy if the source has changed."""
    if old is None:
        renamed = moved.get(fresh.source)
        return replace(fresh, text=renamed.text, fuzzy=True) if renamed else fresh
    # Imported here: a build in the source language merges no catalogue.
    from brochure.l10n.catalogue_comments import merge_comments

    kept = replace(merge_comments(fresh, old), text=old.text, notes=old.notes, span=old.span)
    if old.source == fresh.source:
        return replace(kept, fuzzy=old.fuzzy, previous=old.previous)
    if not old.text:
        return kept
    if old.previous == fresh.source:
        return kept  # the source is again what the translation was made from
    return replace(
        kept, fuzzy=True, previous=old.previous if old.fuzzy and old.previous else old.source
    )
