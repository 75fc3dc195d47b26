"""Write preview images of frames with overset text, and of pages with a contact sheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from brochure.cli._output import counted, echo
from brochure.fast_dataclass import dataclass

if TYPE_CHECKING:
    from brochure.build_values import Built
    from brochure.project import DiskProject

OVERSET, PAGES = "overset_previews", "previews"
"""Keys of the two kinds of preview in `--json`."""

Paths = Mapping[str, tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class PreviewWriter:
    """Settings for previews.

    Attributes:
        folder: Output folder.
        form: Image format of page previews, `png` or `webp`.
        of_pages: True to write page previews as well.
    """

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
    """Write the previews of a brochure, and return their paths by kind."""
    paths = {}
    if any(finding.code == "overflow" for finding in built.findings):
        frames = write_pictures(project, language, office, name=built.name, folder=gallery.folder)
        paths[OVERSET] = tuple(frames)
    if gallery.of_pages and built.parts:
        paths[PAGES] = tuple(write_page_pictures(built.pdf, built.name, gallery))
    return paths


def say_pictures(paths: Paths) -> None:
    """Print the paths of previews."""
    for path in paths.get(OVERSET, ()):
        echo(f"{path}: preview of overset text", err=True)
    pages = paths.get(PAGES, ())
    if pages:
        echo(f"{pages[-1]}  contact sheet, and {counted(len(pages) - 1, 'page preview')}")


def pictures_data(paths: Paths) -> dict[str, list[str]]:
    """Return the paths of previews as JSON data, without empty lists."""
    return {kind: [str(path) for path in some] for kind, some in paths.items() if some}


def write_page_pictures(pdf: bytes, name: str, gallery: PreviewWriter) -> list[Path]:
    """Write a preview of each page and a contact sheet; return their paths, the contact sheet last."""
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
    """Write a preview of each frame with overset text; return their paths."""
    from brochure.l10n.translations import Translations
    from brochure.system.output_files import write_atomically
    from brochure.translation.overset_previews import render_frames
    from brochure.translation.workspace import open_workspace

    desk = open_workspace(project)
    paths = []
    for picture in render_frames(desk, Translations.load(project, desk.layout, language, office)):
        paths.append(folder / f"{name}_{picture.name}.png")
        write_atomically(paths[-1], picture.png)
    return paths
