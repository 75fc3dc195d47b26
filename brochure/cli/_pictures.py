"""Pictures of what does not fit, and of pages, for the commands that offer them.

Takes an edition, or its finished PDF, and a folder; writes a picture for each frame in which matter ran out, or for each page
with a contact sheet, and gives their paths.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line alone may
    from brochure.project import DiskProject


@dataclass(frozen=True, slots=True)
class Gallery:
    """Where pictures go, and in which form those of pages are written."""

    folder: Path
    form: str


def write_page_pictures(pdf: bytes, name: str, gallery: Gallery) -> list[Path]:
    """A picture of each page of a brochure, then the contact sheet, their files' names beginning with the brochure's."""
    from brochure.page_pictures import page_pictures
    from brochure.project import write_whole

    paths = []
    for picture in page_pictures(pdf, gallery.form):
        paths.append(gallery.folder / f"{name}_{picture.name}")
        write_whole(paths[-1], picture.data)
    return paths


def write_pictures(
    project: DiskProject, language: str | None, office: str | None, *, name: str, folder: Path
) -> list[Path]:
    """A picture of each frame of the edition that overflows, its file's name beginning with the edition's."""
    from brochure.copydesk.desk import desk_of
    from brochure.copydesk.frame_pictures import frame_pictures
    from brochure.editions import wanted
    from brochure.project import write_whole

    desk = desk_of(project)
    paths = []
    for picture in frame_pictures(desk, wanted(project, desk.layout, language, office)):
        paths.append(folder / f"{name}_{picture.name}.png")
        write_whole(paths[-1], picture.png)
    return paths
