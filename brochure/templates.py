"""The layouts that come with the program, and projects started from them.

Takes the name of a shipped layout and a folder that does not exist yet; gives a project there: the layout, its copy and
offices, the pictures and fonts it uses, and the JSON Schema for the editor. Stands beside the pipeline, whose reader it uses
to know which assets belong to a layout.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from brochure.api import LAYOUT_FILE, read_layout
from brochure.blocks import KINDS
from brochure.l10n.project_editions import list_offices, load_office
from brochure.l10n.references import references
from brochure.project import DiskProject, shipped_files
from brochure.spec.schema import schema
from brochure.spec.values import Asset
from brochure.system.output_files import write_folder

SCHEMA_FILE = "brochure.schema.json"
SCHEMA_LINE = re.compile(r"^# yaml-language-server: .*$", re.MULTILINE)
OWN_FOLDERS = ("content", "offices", "assets")


def list_templates() -> dict[str, Path]:
    """The shipped layouts by name, each with its folder."""
    return {file.parent.name: file.parent for file in shipped_files(f"*/{LAYOUT_FILE}")}


def describe_template(layout: Path) -> str:
    """What a shipped layout says of itself: the first sentence that is no instruction to the editor."""
    lines = DiskProject(layout).read(LAYOUT_FILE).decode().splitlines()
    comments = (line.removeprefix("#").strip() for line in lines if line.startswith("#"))
    said = " ".join(line for line in comments if not line.startswith("yaml-language-server"))
    return said.partition(". ")[0].rstrip(".")


def start_project(layout: Path, folder: Path) -> None:
    """Makes `folder` a copy of a shipped layout; UsageError where it exists, nothing is left where that fails."""
    write_folder(folder, dict(_files(DiskProject(layout))))


def _files(project: DiskProject) -> Iterator[tuple[str, bytes]]:
    """The files of the new project by their names there."""
    text = project.read(LAYOUT_FILE).decode()
    line = f"# yaml-language-server: $schema={SCHEMA_FILE}"
    yield LAYOUT_FILE, SCHEMA_LINE.sub(line, text, count=1).encode()
    yield SCHEMA_FILE, json.dumps(schema(KINDS), ensure_ascii=False, indent=2).encode()
    for own in OWN_FOLDERS:
        for name in project.listing(own):
            yield name, project.read(name)
    for path in sorted(_assets(project)):
        found = project.asset(path)
        if found:
            yield f"assets/{path}", project.read(found)


def _assets(project: DiskProject) -> Iterator[str]:
    """The pictures that the layout and its offices name, and the fonts that it shares with its neighbours."""
    layout, _ = read_layout(project)
    yield from (ref.path for ref in references(layout) if isinstance(ref, Asset))
    for office in list_offices(project):
        yield from (asset.path for asset in load_office(project, office).pictures.values())
    for name in project.font_files():
        if not Path(name).is_absolute():
            yield name.partition("assets/")[2]
