"""Import a manuscript into a project: read it, update the copy, and place or list the blocks of new messages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from brochure.api import LAYOUT_FILE, read_layout
from brochure.blocks import KINDS
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import has_errors, nearest
from brochure.l10n.message_file import read_copy
from brochure.manuscript.copy_update import CopyUpdate, update_copy
from brochure.manuscript.layout_blocks import (
    InsertedBlocks,
    LayoutBlock,
    find_texts,
    insert_blocks,
    make_blocks,
)
from brochure.manuscript.markdown_document import read_markdown
from brochure.manuscript.model import Manuscript
from brochure.manuscript.style_map import StyleMap, read_style_map
from brochure.manuscript.word_document import read_word
from brochure.project import Project
from brochure.spec.read import read
from brochure.spec.yaml_changes import TextChanges, change_texts
from brochure.styles.defaults import BUILT_IN
from brochure.translation.file_changes import FileChange
from brochure.translation.import_record import FOLDER

MARKDOWN = (".md", ".markdown", ".mdown", ".txt")
STYLES_FILE = f"{FOLDER}/styles.yaml"
"""The mapping file of a project."""


@dataclass(frozen=True)
class ImportOptions:
    """How a manuscript is imported: see the options of the command."""

    into: str = ""
    accept: bool | None = None
    remove: bool = False
    story: str = ""
    replace: bool = False
    styles: tuple[bytes, str] | None = None


@dataclass(frozen=True)
class ImportedManuscript:
    """The manuscript, what it changes, and the blocks of new messages that are not in the layout."""

    manuscript: Manuscript
    update: CopyUpdate
    blocks: tuple[LayoutBlock, ...]
    placed: int
    changes: tuple[FileChange, ...]
    replaced: tuple[str, ...] = ()
    """Messages that are removed, since their blocks were replaced."""


def load_manuscript(project: Project, data: bytes, name: str, options: ImportOptions) -> Manuscript:
    """Return the manuscript in a file.

    Raises:
        InputError: The file, or the mapping file, is invalid.
    """
    styles = _load_styles(project, options)
    if PurePath(name).suffix.casefold() in MARKDOWN and not data.startswith(b"PK\x03\x04"):
        return read_markdown(data, name, styles)
    return read_word(data, name, styles, accept=options.accept)


def _load_styles(project: Project, options: ImportOptions) -> StyleMap:
    if options.styles:
        return read_style_map(*options.styles)
    try:
        data = project.read(STYLES_FILE)
    except FileNotFoundError:
        return StyleMap()
    return read_style_map(data, project.label(STYLES_FILE))


def import_manuscript(
    project: Project, data: bytes, name: str, options: ImportOptions
) -> ImportedManuscript:
    """Return the changed files of a project; nothing is written.

    Raises:
        UsageError: The group or the story does not exist or cannot be used.
        InputError: A file is invalid or cannot be edited.
    """
    manuscript = load_manuscript(project, data, name, options)
    _check_styles(project, manuscript)
    update = update_copy(project, manuscript, name, into=options.into, remove=options.remove)
    blocks = make_blocks(manuscript, update.placed, update.added)
    if not options.story:
        return ImportedManuscript(manuscript, update, blocks, 0, update.changes)
    layout = project.read(LAYOUT_FILE)
    known = [*update.changed, *update.kept]
    keep = {one.key for one in update.placed} if options.replace else None
    label = project.label(LAYOUT_FILE)
    inserted = insert_blocks(layout, label, options.story, blocks, known, keep)
    after, left = inserted.layout, inserted.left_out
    _, findings = read(after, project.label(LAYOUT_FILE), KINDS)
    if has_errors(findings):
        raise InputError(findings)
    changes = update.changes
    if after != layout:
        changes = (*changes, FileChange(LAYOUT_FILE, layout, after))
    changes, gone = _remove_messages(project, changes, inserted, update.layout.source_language)
    return ImportedManuscript(manuscript, update, left, len(blocks) - len(left), changes, gone)


def _remove_messages(
    project: Project, changes: tuple[FileChange, ...], inserted: InsertedBlocks, language: str
) -> tuple[tuple[FileChange, ...], tuple[str, ...]]:
    """Return the changes without the messages of replaced blocks that the layout shows nowhere else, and their keys."""
    name = f"content/{language}.yaml"
    unused = inserted.replaced - find_texts(inserted.layout)
    found = next((one for one in changes if one.name == name), None)
    if not unused or found is None:
        return changes, ()
    copy, _ = read_copy(found.after, project.label(name), language)
    gone = [key for key in copy.entries if key in unused]
    # Notes of a group of which nothing else stays have no marks any more.
    groups = {key.rpartition(".")[0] for key in gone}
    staying = {
        key.rpartition(".")[0] for key in copy.entries if key not in gone and ".notes." not in key
    }
    notes = [f"{group}.notes." for group in groups - staying]
    gone += [key for key in copy.entries if key.startswith(tuple(notes))] if notes else []
    changed = replace(found, after=change_texts(found.after, TextChanges(removed=gone)))
    return tuple(changed if one is found else one for one in changes), tuple(gone)


def _check_styles(project: Project, manuscript: Manuscript) -> None:
    """Raise UsageError if the mapping file names a paragraph style that the layout does not have."""
    layout, _ = read_layout(project)
    known = {"body", *BUILT_IN, *layout.paragraph_styles} if layout else set()
    for one in manuscript.styles:
        if one.role.style and known and one.role.style not in known:
            raise UsageError(
                f"style '{one.name}': the layout has no paragraph style '{one.role.style}' ({nearest(one.role.style, known)})"
            )
