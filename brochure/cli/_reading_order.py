"""Print a brochure in reading order, as a screen reader speaks it: one line for each announcement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brochure.cli._output import counted, echo, say_json

if TYPE_CHECKING:
    from brochure.l10n.edition import Edition
    from brochure.model.display_list import Page
    from brochure.structure.reading_order import ReadingLine


def print_reading_order(
    folder: Path, edition: tuple[str | None, str | None], *, as_json: bool
) -> None:
    """Print the reading order of an edition, given by its language and office."""
    from brochure.api import lay_out
    from brochure.errors import UsageError
    from brochure.project import project_at
    from brochure.structure.reading_order import read_aloud_order
    from brochure.structure.structure_tree import build_tree

    if folder.suffix.lower() == ".pdf":
        raise UsageError(f"--reading-order: expected a project folder; {folder} is a PDF")
    made = lay_out(project_at(folder), *edition)
    _say(
        made.edition,
        made.pages,
        read_aloud_order(build_tree(made.pages, made.edition.language)),
        as_json=as_json,
    )


def _say(
    edition: Edition, pages: Sequence[Page], lines: Iterable[ReadingLine], *, as_json: bool
) -> None:
    title = edition.words(edition.layout.title) or edition.layout.brochure
    if as_json:
        announcements = [_as_data(line) for line in lines]
        say_json({"title": title, "language": edition.language, "announcements": announcements})
        return
    echo(f"{title} [{edition.language}], {counted(len(pages), 'page')}")
    page = 0
    for line in lines:
        if line.page > page:
            page = line.page
            echo(f"-- page {page}")
        echo(str(line))


def _as_data(line: ReadingLine) -> dict[str, Any]:
    return {
        "depth": line.depth,
        "kind": line.what,
        "text": line.words,
        "page": line.page or None,
        "language": line.language or None,
        "target": line.target or None,
    }
