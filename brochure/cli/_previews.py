"""Pictures of what does not fit, and of pages, for the commands that offer them.

Takes an edition, or its finished PDF, and a folder; writes a picture for each frame in which matter ran out, or for each page
with a contact sheet, and gives their paths.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from brochure.cli._output import counted
from brochure.fast_dataclass import dataclass

if TYPE_CHECKING:  # the command line alone may
    from brochure.api import Built
    from brochure.project import DiskProject

OVERFLOW, PAGES = "pictures", "page_pictures"
"""What pictures are of, in the words of `--json`."""

Paths = Mapping[str, tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class PreviewWriter:
    """Where pictures go, in which form those of pages are written, and whether there are any of pages."""

    folder: Path
    form: str
    of_pages: bool


def written_pictures(
    project: DiskProject,
    built: Built,
    language: str | None,
    office: str | None,
    gallery: PreviewWriter,
) -> Paths:
    """The pictures of a brochure: of what overflows, where anything does, and of its pages, where they are wanted."""
    paths = {}
    if any(finding.code == "overflow" for finding in built.findings):
        shown = write_pictures(project, language, office, name=built.name, folder=gallery.folder)
        paths[OVERFLOW] = tuple(shown)
    if gallery.of_pages and built.parts:
        paths[PAGES] = tuple(write_page_pictures(built.pdf, built.name, gallery))
    return paths


def say_pictures(paths: Paths) -> None:
    """Where they are."""
    for path in paths.get(OVERFLOW, ()):
        typer.echo(f"{path}: what does not fit", err=True)
    pages = paths.get(PAGES, ())
    if pages:
        typer.echo(f"{pages[-1]}  and {counted(len(pages) - 1, 'picture')} of pages")


def pictures_data(paths: Paths) -> dict[str, list[str]]:
    """Their paths, for programs; nothing of a kind that there are none of."""
    return {kind: [str(path) for path in some] for kind, some in paths.items() if some}


def write_page_pictures(pdf: bytes, name: str, gallery: PreviewWriter) -> list[Path]:
    """A picture of each page of a brochure, then the contact sheet, their files' names beginning with the brochure's."""
    from brochure.proof.page_images import render_pages
    from brochure.system.output_files import write_atomically

    paths = []
    for picture in render_pages(pdf, gallery.form):
        paths.append(gallery.folder / f"{name}_{picture.name}")
        write_atomically(paths[-1], picture.data)
    return paths


def write_pictures(
    project: DiskProject, language: str | None, office: str | None, *, name: str, folder: Path
) -> list[Path]:
    """A picture of each frame of the edition that overflows, its file's name beginning with the edition's."""
    from brochure.l10n.project_editions import request_edition
    from brochure.system.output_files import write_atomically
    from brochure.translation.overset_previews import render_frames
    from brochure.translation.workspace import open_workspace

    desk = open_workspace(project)
    paths = []
    for picture in render_frames(desk, request_edition(project, desk.layout, language, office)):
        paths.append(folder / f"{name}_{picture.name}.png")
        write_atomically(paths[-1], picture.png)
    return paths
