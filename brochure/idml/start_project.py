"""Start a project from an IDML file on disk, with the pictures and fonts in the folders beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from brochure.blocks import KINDS
from brochure.errors import InputError, UsageError
from brochure.findings import Finding, Span
from brochure.idml.import_report import REPORT_FILE, format_report, render_project
from brochure.idml.project_files import Beside, Imported, import_idml
from brochure.project import MAX_BYTES
from brochure.spec.schema import schema
from brochure.system.output_files import write_folder

SCHEMA_FILE = "brochure.schema.json"
LINKS, FONTS = "Links", "Document fonts"
"""The folders that InDesign's Package command writes beside the document."""

FONT_FILES = (".otf", ".ttf", ".ttc", ".otc")
MAX_FONTS = 200


def start_from_idml(source: Path, folder: Path) -> Imported:
    """Make a project from an IDML file in a new folder; on failure nothing is left behind.

    Raises:
        UsageError: The file does not exist, or the folder does.
        InputError: The file is not IDML, or is damaged, protected or too large.
        OutputError: The folder cannot be written.
    """
    if folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder}: the folder exists already; choose another name")
    imported = import_idml(_read_source(source), str(source), _look_beside(source.parent))
    report = format_report(imported.document, imported.findings, render_project(imported.files))
    files = {
        **imported.files,
        SCHEMA_FILE: json.dumps(schema(KINDS), ensure_ascii=False, indent=2).encode(),
        REPORT_FILE: report.encode(),
    }
    write_folder(folder, files)
    return imported


def _read_source(source: Path) -> bytes:
    if not source.exists():
        raise UsageError(f"{source}: file not found; expected an IDML file")
    data = _read(source)
    if data is None:
        message = f"it cannot be read, or has more than {MAX_BYTES:,} bytes"
        raise InputError([Finding("idml-form", message, Span(str(source)), "check the file")])
    return data


def _read(path: Path) -> bytes | None:
    """Return the contents of a regular file of acceptable size."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _look_beside(folder: Path) -> Beside:
    """Return access to the pictures and fonts beside an IDML file."""
    places = (folder / LINKS, folder)
    by_name: dict[str, Path] = {}
    for place in reversed(places):
        by_name |= {path.name.casefold(): path for path in _files(place)}

    def find(name: str) -> bytes | None:
        path = by_name.get(name.casefold())
        return _read(path) if path else None

    fonts = [path for path in _files(folder / FONTS) if path.suffix.casefold() in FONT_FILES]
    read = ((path.name, _read(path)) for path in fonts[:MAX_FONTS])
    return Beside(find, {name: data for name, data in read if data})


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder, sorted; none if it does not exist. Links to other folders are not followed."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return
    own = folder.resolve()
    yield from (path for path in found if path.is_file() and path.resolve().parent == own)
