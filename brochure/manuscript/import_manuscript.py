"""Import a manuscript into a project: read it, update the copy, and place or list the blocks of new messages."""

from __future__ import annotations

from pathlib import PurePath

from brochure.api import LAYOUT_FILE, read_layout
from brochure.blocks import KINDS
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import has_errors, nearest
from brochure.manuscript.copy_update import CopyUpdate, update_copy
from brochure.manuscript.layout_blocks import LayoutBlock, insert_blocks, make_blocks
from brochure.manuscript.markdown_document import read_markdown
from brochure.manuscript.model import Manuscript
from brochure.manuscript.style_map import StyleMap, read_style_map
from brochure.manuscript.word_document import read_word
from brochure.project import Project
from brochure.spec.read import read
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
    styles: tuple[bytes, str] | None = None


@dataclass(frozen=True)
class ImportedManuscript:
    """The manuscript, what it changes, and the blocks of new messages that are not in the layout."""

    manuscript: Manuscript
    update: CopyUpdate
    blocks: tuple[LayoutBlock, ...]
    placed: int
    changes: tuple[FileChange, ...]


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
    after, left = insert_blocks(layout, project.label(LAYOUT_FILE), options.story, blocks, known)
    _, findings = read(after, project.label(LAYOUT_FILE), KINDS)
    if has_errors(findings):
        raise InputError(findings)
    changes = update.changes
    if after != layout:
        changes = (*changes, FileChange(LAYOUT_FILE, layout, after))
    return ImportedManuscript(manuscript, update, left, len(blocks) - len(left), changes)


def _check_styles(project: Project, manuscript: Manuscript) -> None:
    """Raise UsageError if the mapping file names a paragraph style that the layout does not have."""
    layout, _ = read_layout(project)
    known = {"body", *BUILT_IN, *layout.paragraph_styles} if layout else set()
    for one in manuscript.styles:
        if one.role.style and known and one.role.style not in known:
            raise UsageError(
                f"style '{one.name}': the layout has no paragraph style '{one.role.style}' ({nearest(one.role.style, known)})"
            )
