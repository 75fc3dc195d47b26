"""Start a project from an IDML file on disk, with the pictures and fonts in the folders beside it."""

from __future__ import annotations

from pathlib import Path

from brochure.blocks import KINDS
from brochure.errors import InputError, UsageError
from brochure.findings import Finding, Span
from brochure.idml.import_report import REPORT_FILE, format_report, render_project
from brochure.idml.project_files import Beside, Imported, import_idml
from brochure.project import MAX_BYTES
from brochure.spec.schema import encode_schema
from brochure.system.neighbour_files import list_folder, path_exists, read_limited_file
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
    if path_exists(folder):
        raise UsageError(f"{folder}: the folder exists already; choose another name")
    imported = import_idml(_read_source(source), str(source), _look_beside(source.parent))
    report = format_report(imported.document, imported.findings, render_project(imported.files))
    files = {
        **imported.files,
        SCHEMA_FILE: encode_schema(KINDS),
        REPORT_FILE: report.encode(),
    }
    write_folder(folder, files)
    return imported


def _read_source(source: Path) -> bytes:
    if not path_exists(source):
        raise UsageError(f"{source}: file not found; expected an IDML file")
    data = read_limited_file(source, MAX_BYTES)
    if data is None:
        message = f"it cannot be read, or has more than {MAX_BYTES:,} bytes"
        raise InputError([Finding("idml-form", message, Span(str(source)), "check the file")])
    return data


def _look_beside(folder: Path) -> Beside:
    """Return access to the pictures and fonts beside an IDML file."""
    places = (folder / LINKS, folder)
    by_name: dict[str, Path] = {}
    for place in reversed(places):
        by_name |= {path.name.casefold(): path for path in list_folder(place)}

    def find(name: str) -> bytes | None:
        path = by_name.get(name.casefold())
        return read_limited_file(path, MAX_BYTES) if path else None

    fonts = [path for path in list_folder(folder / FONTS) if path.suffix.casefold() in FONT_FILES]
    read = ((path.name, read_limited_file(path, MAX_BYTES)) for path in fonts[:MAX_FONTS])
    return Beside(find, {name: data for name, data in read if data})
