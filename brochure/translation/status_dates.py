"""Find since when a translation is behind: the date of the oldest change of the source that it does not have yet.

The dates are those of the commits in which the lines of the source copy were last changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from brochure.findings import Span
from brochure.l10n.message_file import SourceMessage
from brochure.l10n.office import load_office
from brochure.l10n.office_copy import select_office_source
from brochure.l10n.project_editions import EditionName
from brochure.system.git import read_line_dates
from brochure.translation.status import EditionStatus
from brochure.translation.workspace import Workspace


def find_oldest_changes(
    root: Path, workspace: Workspace, found: Iterable[EditionStatus]
) -> dict[EditionName, str]:
    """Return for editions that are not translated the date (YYYY-MM-DD) of the oldest change, where git knows it."""
    dates_of = lru_cache(lambda file: read_line_dates(root, file))
    oldest: dict[EditionName, str] = {}
    for one in found:
        if not one.unready:
            continue
        source = _source_of(workspace, one.name)
        spans = (source[key].span for key in one.unready if key in source)
        dates = [date for span in spans if (date := _date_of(span, root, dates_of))]
        if dates:
            oldest[one.name] = min(dates)
    return oldest


def _source_of(workspace: Workspace, name: EditionName) -> Mapping[str, SourceMessage]:
    if not name.office:
        return workspace.source.entries
    office = load_office(workspace.project, name.office)
    return {**workspace.source.entries, **select_office_source(office, workspace.source).entries}


def _date_of(span: Span, root: Path, dates_of: object) -> str | None:
    path = Path(span.file).resolve()
    inside = path.is_relative_to(root.resolve())
    dates = dates_of(str(path.relative_to(root.resolve()))) if inside else {}  # type: ignore[operator]
    return dates.get(span.line)
