"""`brochure text import-copy`: messages from a manuscript in Word or Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from brochure.cli._options import Folder, Json
from brochure.cli._output import as_data, counted, echo, say_findings, say_json
from brochure.errors import UsageError


class Changes(StrEnum):
    """What is done with tracked changes."""

    ACCEPT = "accept"
    REJECT = "reject"


def command(
    file: Annotated[
        Path,
        typer.Argument(
            help="Manuscript: a Word document (.docx) or Markdown (.md).", metavar="FILE"
        ),
    ],
    project: Folder = Path(),
    into: Annotated[
        str,
        typer.Option(
            metavar="GROUP",
            help="Group of the keys, e.g. problem (default: that of an older version, else from the title or the first heading).",
        ),
    ] = "",
    changes: Annotated[
        Changes | None,
        typer.Option(help="Accept or reject tracked changes; required if the document has any."),
    ] = None,
    styles: Annotated[
        Path | None,
        typer.Option(
            help="Mapping file of styles, in YAML (default: manuscripts/styles.yaml of the project).",
            dir_okay=False,
        ),
    ] = None,
    list_styles: Annotated[
        bool,
        typer.Option(
            "--list-styles", help="Print a mapping file with the styles of the manuscript and exit."
        ),
    ] = False,
    story: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Story or frame of the layout that gets the blocks of new messages (default: they are printed).",
        ),
    ] = "",
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Replace the blocks of --story that show other text, and remove their messages.",
        ),
    ] = False,
    remove: Annotated[
        bool,
        typer.Option("--remove", help="Remove messages that the manuscript no longer has."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; write nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Bring the words of a manuscript into the copy of the source language.

    \b
    Example: import a story, and later a newer version of it:
        brochure text import-copy story.docx my-brochure --into problem
        brochure text import-copy story-2.docx my-brochure --into problem --dry-run
        brochure text import-copy story-2.docx my-brochure --into problem

    Each paragraph is a message. Headings, lists, quotations, tables, footnotes, links, strong and emphasized words are taken; the
    command says what is not. In a newer version, paragraphs keep their keys if they were edited or moved, so translations
    become outdated and are not lost. What was edited in the copy since the last import is kept. Comments of the document become
    notes for translators. 'brochure text undo --lang en' (the source language) restores all files.

    \b
    Exit status: 0 done; 2 the manuscript or a file of the project is invalid, or there are tracked changes without
    --changes; 64 unknown story or a group that cannot be used; 73 a file cannot be written; nothing is written then.
    """
    from brochure.manuscript.import_manuscript import (
        ImportOptions,
        import_manuscript,
        load_manuscript,
    )
    from brochure.manuscript.style_map import write_style_map
    from brochure.project import project_at, read_whole
    from brochure.system.previous_version import keep_versions
    from brochure.translation.catalogues import PREVIOUS_COPY
    from brochure.translation.file_changes import write_changes

    if replace and not story:
        raise UsageError("--replace needs --story: the story or frame whose blocks are replaced")
    options = ImportOptions(
        into=into,
        accept=None if changes is None else changes is Changes.ACCEPT,
        remove=remove,
        story=story,
        replace=replace,
        styles=(read_whole(styles), str(styles)) if styles else None,
    )
    opened, data = project_at(project), read_whole(file)
    if list_styles:
        manuscript = load_manuscript(opened, data, str(file), options)
        _say_lines(write_style_map(manuscript.styles, manuscript.character_styles))
        return
    made = import_manuscript(opened, data, str(file), options)
    if made.changes and not dry_run:
        keep_versions(project, PREVIOUS_COPY, {one.name: one.before for one in made.changes})
        write_changes(project, made.changes)
    if json:
        say_json(_as_data(made, project, written=not dry_run))
        return
    if dry_run:
        _say_changes(made.update.texts)
    _say_figures(made, project, dry_run=dry_run)
    say_findings((*made.manuscript.findings, *made.update.findings))
    _say_blocks(made, story, dry_run=dry_run)


def _as_data(made: Any, project: Path, *, written: bool) -> dict[str, Any]:
    from brochure.manuscript.layout_blocks import write_blocks
    from brochure.manuscript.losses import count_losses

    update = made.update
    findings = (*made.manuscript.findings, *update.findings)
    return {
        "files": [str(project / one.name) for one in made.changes],
        "written": written and bool(made.changes),
        "group": update.group,
        "added": update.added,
        "changed": update.changed,
        "kept": update.kept,
        "moved": update.moved,
        "removed": update.removed,
        "texts": [{"key": key, "old": old, "new": new} for key, (old, new) in update.texts.items()],
        "blocks": write_blocks(made.blocks),
        "blocks_placed": made.placed,
        "replaced": made.replaced,
        "counts": [
            {"kind": kind, "count": count}
            for kind, count in count_losses(made.manuscript.findings).items()
        ],
        "findings": [as_data(finding) for finding in findings],
    }


def _say_changes(texts: Any) -> None:
    """Print each message that would change with its old and new text."""
    for key, (old, new) in texts.items():
        echo(key)
        for sign, text in (("-", old), ("+", new)):
            if text:
                for line in text.splitlines():
                    echo(f"  {sign} {line}")


def _say_figures(made: Any, project: Path, *, dry_run: bool) -> None:
    update = made.update
    figures = ", ".join(f"{len(keys)} {word}" for word, keys in _groups(update))
    outcome = (
        "  (dry run: nothing is written)" if dry_run else "" if made.changes else "  (unchanged)"
    )
    names = [one.name for one in made.changes]
    shown = project / names[0] if names else f"group {update.group}"
    echo(f"{shown}  {figures}{outcome}")
    for word, keys in _groups(update):
        if keys and word != "kept":
            echo(f"  {word}: {_listed(keys)}")
    if any(key not in update.texts for key in update.removed):
        echo(
            "  removed messages stay in the copy and on the pages; --remove deletes them from the copy"
        )
    elif update.removed:
        echo("  take the removed messages out of the layout, too")


def _groups(update: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for word in ("added", "changed", "kept", "moved", "removed"):
        keys = getattr(update, word)
        if keys or word not in ("moved", "removed"):
            yield word, keys


MAX_KEYS = 40


def _listed(keys: Iterable[str]) -> str:
    every = [*keys]
    more = f" and {len(every) - MAX_KEYS} more" if len(every) > MAX_KEYS else ""
    return ", ".join(every[:MAX_KEYS]) + more


def _say_blocks(made: Any, story: str, *, dry_run: bool) -> None:
    """Print the blocks of new messages that are not in the layout yet."""
    from brochure.manuscript.layout_blocks import write_blocks

    if made.placed:
        done = "would be added" if dry_run else "added"
        echo(f"{counted(made.placed, 'block')} {done} to '{story}' of the layout")
    if made.replaced:
        done = "would be removed" if dry_run else "removed"
        echo(f"  {done} with the blocks before: {_listed(made.replaced)}")
    if not made.blocks:
        return
    echo("")
    if story:
        echo("# These blocks are in the layout already; add their new messages by hand.")
    else:
        echo("# For the content of a frame or a story in brochure.yaml:")
    _say_lines(write_blocks(made.blocks))


def _say_lines(text: str) -> None:
    for line in text.splitlines():
        echo(line)
