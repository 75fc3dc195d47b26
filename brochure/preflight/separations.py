"""Renders the separations of a PDF with Ghostscript."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager

from brochure.system.subprocesses import (
    RunningProgram,
    collect_files,
    is_installed,
    start_program,
)

PPI = 50
GHOSTSCRIPT = "gs"
INTENT = "-dUsePDFX3Profile"


def can_separate() -> bool:
    """Return whether Ghostscript is installed."""
    return is_installed(GHOSTSCRIPT)


def start_separation(data: bytes) -> AbstractContextManager[RunningProgram | None]:
    """Let Ghostscript separate a PDF until the end of a `with` block; see `start_program`."""
    # With the profile of the output intent, RGB with a profile becomes the inks that the printer gets.
    options = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{PPI}", INTENT)
    arguments = (*options, "-dUseTrimBox", "-sOutputFile=%d.tif", "input")
    return start_program(GHOSTSCRIPT, data, arguments)


def collect_plates(running: RunningProgram) -> Mapping[int, Mapping[str, bytes]]:
    """Wait for Ghostscript, and return the plates of each page as TIFF by ink name.

    Empty if it cannot render the file within the limits of this process.
    """
    pages: dict[int, dict[str, bytes]] = {}
    for name, plate in collect_files(running).items():
        number, _, ink = name.removesuffix(".tif").partition("(")
        if ink and number.isdigit():
            pages.setdefault(int(number), {})[ink.removesuffix(")")] = plate
    return dict(sorted(pages.items()))
