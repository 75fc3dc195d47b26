"""Start a project from a PDF on disk."""

from __future__ import annotations

from pathlib import Path

from brochure.blocks import KINDS
from brochure.errors import InputError, UsageError
from brochure.findings import Finding, Span
from brochure.pdf_import.project_files import SketchProject, make_project
from brochure.pdf_import.sketch import read_sketch_limited
from brochure.project import MAX_BYTES
from brochure.spec.schema import encode_schema
from brochure.system.neighbour_files import path_exists, read_limited_file
from brochure.system.output_files import write_folder

SCHEMA_FILE = "brochure.schema.json"


def start_from_pdf(source: Path, folder: Path) -> SketchProject:
    """Make a project from a PDF in a new folder; on failure nothing is left behind.

    Raises:
        UsageError: The file does not exist, or the folder does.
        InputError: The file is too large.
        BrochureError: It is not a PDF, is damaged or protected, or takes too long to read.
        OutputError: The folder cannot be written.
    """
    if path_exists(folder):
        raise UsageError(f"{folder}: the folder exists already; choose another name")
    if not path_exists(source):
        raise UsageError(f"{source}: file not found; expected a PDF")
    data = read_limited_file(source, MAX_BYTES)
    if data is None:
        message = f"it cannot be read, or has more than {MAX_BYTES:,} bytes"
        raise InputError([Finding("pdf-form", message, Span(str(source)), "check the file")])
    made = make_project(read_sketch_limited(data, str(source)), str(source))
    known = encode_schema(KINDS)
    write_folder(folder, {**made.files, SCHEMA_FILE: known})
    return made
