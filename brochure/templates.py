"""List the layouts that come with the program, and start projects from them.

A new project contains the layout, its copy and offices, the images and fonts it uses, and the JSON Schema for the editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from brochure.api import LAYOUT_FILE, read_layout
from brochure.blocks import KINDS
from brochure.l10n.office import list_offices, load_office
from brochure.l10n.references import references
from brochure.project import DiskProject
from brochure.spec.schema import encode_schema
from brochure.spec.values import Asset
from brochure.system.files import shipped_files
from brochure.system.output_files import write_folder

SCHEMA_FILE = "brochure.schema.json"
SCHEMA_LINE = re.compile(r"^# yaml-language-server: .*$", re.MULTILINE)
COPIED_FOLDERS = ("content", "offices", "assets")


def list_templates() -> dict[str, Path]:
    """Return the folders of the shipped layouts by name."""
    return {file.parent.name: file.parent for file in shipped_files(f"*/{LAYOUT_FILE}")}


def describe_template(layout: Path, sentences: int = 1) -> str:
    """Return a layout's description: the first sentences of its comments, editor directives excluded, without a full stop."""
    lines = DiskProject(layout).read(LAYOUT_FILE).decode().splitlines()
    comments = (line.removeprefix("#").strip() for line in lines if line.startswith("#"))
    text = " ".join(line for line in comments if not line.startswith("yaml-language-server"))
    return ". ".join(text.split(". ")[:sentences]).rstrip(".")


def start_project(layout: Path, folder: Path) -> None:
    """Copy a shipped layout to a new folder; UsageError if the folder exists. On failure nothing is left behind."""
    write_folder(folder, dict(_collect_files(DiskProject(layout))))


def _collect_files(project: DiskProject) -> Iterator[tuple[str, bytes]]:
    """Yield the paths and contents of the new project's files."""
    text = project.read(LAYOUT_FILE).decode()
    line = f"# yaml-language-server: $schema={SCHEMA_FILE}"
    yield LAYOUT_FILE, SCHEMA_LINE.sub(line, text, count=1).encode()
    yield SCHEMA_FILE, encode_schema(KINDS)
    for folder in COPIED_FOLDERS:
        for name in project.listing(folder):
            yield name, project.read(name)
    for path in sorted(_asset_paths(project)):
        file = project.asset(path)
        if file:
            yield f"assets/{path}", project.read(file)


def _asset_paths(project: DiskProject) -> Iterator[str]:
    """Yield the images that the layout and its offices use, and the fonts in the shared assets folder."""
    layout, _ = read_layout(project)
    yield from (ref.path for ref in references(layout) if isinstance(ref, Asset))
    for office in list_offices(project):
        yield from (asset.path for asset in load_office(project, office).files.values())
    for name in project.font_files():
        if not Path(name).is_absolute():
            yield name.partition("assets/")[2]
