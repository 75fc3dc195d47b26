"""Pictures of what does not fit, for the commands that offer them.

Takes an edition and a folder; writes a PNG for each frame in which matter ran out and gives their paths.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line alone may
    from brochure.project import DiskProject


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
