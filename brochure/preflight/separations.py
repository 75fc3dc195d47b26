"""Renders the separations of a PDF with Ghostscript."""

from __future__ import annotations

from collections.abc import Mapping

from brochure.system.subprocesses import run_program

PPI = 50


def separate(data: bytes) -> Mapping[int, Mapping[str, bytes]]:
    """Return the plates of each page as TIFF by ink name; empty if Ghostscript is not installed."""
    options = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{PPI}")
    files = run_program("gs", data, (*options, "-dUseTrimBox", "-sOutputFile=%d.tif", "input"))
    pages: dict[int, dict[str, bytes]] = {}
    for name, plate in files.items():
        number, _, ink = name.removesuffix(".tif").partition("(")
        if ink and number.isdigit():
            pages.setdefault(int(number), {})[ink.removesuffix(")")] = plate
    return dict(sorted(pages.items()))
