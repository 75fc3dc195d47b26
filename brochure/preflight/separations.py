"""Renders the separations of a PDF with Ghostscript."""

from __future__ import annotations

from collections.abc import Mapping

from brochure.system.subprocesses import is_installed, run_program

PPI = 50
GHOSTSCRIPT = "gs"
INTENT = "-dUsePDFX3Profile"


def can_separate() -> bool:
    """Return whether Ghostscript is installed."""
    return is_installed(GHOSTSCRIPT)


def separate(data: bytes) -> Mapping[int, Mapping[str, bytes]]:
    """Return the plates of each page as TIFF by ink name.

    Empty if Ghostscript is not installed, or if it cannot render the file within the limits of this process.
    """
    # With the profile of the output intent, RGB with a profile becomes the inks that the printer gets.
    options = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{PPI}", INTENT)
    files = run_program(
        GHOSTSCRIPT, data, (*options, "-dUseTrimBox", "-sOutputFile=%d.tif", "input")
    )
    pages: dict[int, dict[str, bytes]] = {}
    for name, plate in files.items():
        number, _, ink = name.removesuffix(".tif").partition("(")
        if ink and number.isdigit():
            pages.setdefault(int(number), {})[ink.removesuffix(")")] = plate
    return dict(sorted(pages.items()))
