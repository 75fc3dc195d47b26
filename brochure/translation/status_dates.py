"""Find since when a translation is behind: the date of the oldest change of the source that it does not have yet.

The dates are those of the commits in which the lines of the source copy were last changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from brochure.l10n.copy_files import CONTENT
from brochure.l10n.message_file import SourceMessage
from brochure.l10n.office import OFFICES, load_office
from brochure.l10n.office_copy import select_office_source
from brochure.l10n.project_editions import EditionName
from brochure.system.git import read_line_dates
from brochure.translation.status import EditionStatus
from brochure.translation.workspace import Workspace


def find_oldest_changes(
    root: Path, workspace: Workspace, found: Iterable[EditionStatus]
) -> dict[EditionName, str]:
    """Return for editions that are not translated the date (YYYY-MM-DD) of the oldest change, where git knows it."""
    general = f"{CONTENT}/{workspace.layout.source_language}.yaml"
    dates_of = lru_cache(lambda file: read_line_dates(root, file))
    oldest: dict[EditionName, str] = {}
    for one in found:
        if not one.unready:
            continue
        own = _own_source(workspace, one.name.office)
        dates: list[str | None] = []
        for key in one.unready:
            file = f"{OFFICES}/{one.name.office}.yaml" if key in own else general
            entry = own.get(key) or workspace.source.entries.get(key)
            dates.append(dates_of(file).get(entry.span.line) if entry else None)
        known = [date for date in dates if date]
        if known:
            oldest[one.name] = min(known)
    return oldest


def _own_source(workspace: Workspace, office: str) -> Mapping[str, SourceMessage]:
    """Return the source texts that an office replaces or adds."""
    if not office:
        return {}
    return select_office_source(load_office(workspace.project, office), workspace.source).entries
