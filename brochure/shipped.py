"""The layouts that come with the program, and projects started from them.

Takes the name of a shipped layout and a folder that does not exist yet; gives a project there: the layout, its copy, the
pictures it names, and the JSON Schema for the editor. Stands beside the pipeline, whose reader it uses to know which
assets belong to a layout.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from brochure.blocks import KINDS
from brochure.content.edition import references
from brochure.errors import OutputError, UsageError
from brochure.pipeline import LAYOUT_FILE, read_layout
from brochure.project import DiskProject
from brochure.spec.schema import schema
from brochure.spec.values import Asset

SCHEMA_FILE = "brochure.schema.json"
SCHEMA_LINE = re.compile(r"^# yaml-language-server: .*$", re.MULTILINE)


def layouts() -> dict[str, Path]:
    """The shipped layouts by name: inside an installed package, else beside it in a checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_shipped" / "layouts", here.parent / "layouts"):
        if folder.is_dir():
            return {
                path.parent.name: path.parent for path in sorted(folder.glob(f"*/{LAYOUT_FILE}"))
            }
    return {}


def start(layout: Path, folder: Path) -> None:
    """Makes `folder` a copy of a shipped layout; UsageError where it exists, nothing is left where that fails."""
    if folder.exists():
        raise UsageError(f"{folder}: exists already; name a folder that does not")
    project = DiskProject(layout)
    named = {ref.path for ref in references(read_layout(project)[0]) if isinstance(ref, Asset)}
    assets = {path: name for path in sorted(named) if (name := project.asset(path))}
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as beside:
            whole = Path(beside) / "project"
            _fill(whole, project, assets)
            whole.rename(folder)
    except OSError as failure:
        raise OutputError(f"{folder}: cannot be made: {failure.strerror}") from failure


def _fill(folder: Path, project: DiskProject, assets: dict[str, str]) -> None:
    text = project.read(LAYOUT_FILE).decode()
    line = f"# yaml-language-server: $schema={SCHEMA_FILE}"
    _put(folder / LAYOUT_FILE, SCHEMA_LINE.sub(line, text, count=1).encode())
    _put(folder / SCHEMA_FILE, json.dumps(schema(KINDS), ensure_ascii=False, indent=2).encode())
    for name in project.listing("content"):
        _put(folder / name, project.read(name))
    for path, name in assets.items():
        _put(folder / "assets" / path, project.read(name))


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
