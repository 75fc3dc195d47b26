"""Pictures of records: which of those that a table names do not exist. All are named at once, before anything is built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.findings import Finding, Span
from brochure.l10n.assets import RECORD_FIELD, fill_path
from brochure.l10n.personalization import Record
from brochure.l10n.record_slots import strip_slot
from brochure.l10n.references import find_references
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.scalars import is_inside_assets
from brochure.spec.values import Asset

MAX_NAMED = 200
"""Missing files that the finding names; more are counted."""


def list_pictures(layout: Layout) -> tuple[Asset, ...]:
    """Return the files of a layout whose names contain merge fields, each name once."""
    found: dict[str, Asset] = {}
    for ref in find_references(layout):
        if isinstance(ref, Asset) and RECORD_FIELD.search(ref.path):
            path = RECORD_FIELD.sub(lambda match: strip_slot(match[0]).rstrip("}") + "}", ref.path)
            found.setdefault(path, replace(ref, path=path))
    return tuple(found.values())


class PictureCheck:
    """Collects the pictures of records that are missing."""

    def __init__(self, project: Project, pictures: Sequence[Asset]) -> None:
        self._project, self._pictures = project, pictures
        self._exists: dict[str, bool] = {}
        self._missing: dict[Span, dict[str, Span]] = {}

    def check(self, record: Record) -> None:
        """Look for the pictures of a record."""
        if not self._pictures:
            return
        fields = {name: str(value) for name, value in record.fields.items()}
        for ref in self._pictures:
            path = fill_path(ref, fields).path
            if path not in self._exists:
                self._exists[path] = is_inside_assets(path) and bool(self._project.asset(path))
            if not self._exists[path]:
                self._missing.setdefault(ref.span, {}).setdefault(path, record.span)

    def report(self) -> Iterator[Finding]:
        """Yield one finding for each file name of the layout, with all files that do not exist."""
        for span, paths in self._missing.items():
            named = [f"assets/{path} ({place.file}:{place.line})" for path, place in paths.items()]
            more = f", and {len(named) - MAX_NAMED:,} more" if len(named) > MAX_NAMED else ""
            count = "1 picture is" if len(named) == 1 else f"{len(named):,} pictures are"
            message = f"{count} missing: {', '.join(named[:MAX_NAMED])}{more}"
            hint = "add the files, or correct the table"
            yield Finding("records-pictures", message, span, hint, count=len(named))
