"""What somebody else's validator says of a PDF: PDF/UA-1, PDF/A-2a and, by the same file with another claim, PDF/A-2u."""

from __future__ import annotations

from pathlib import Path

import page

from tests.structure.tagged import faults

CLAIM = b"<pdfaid:conformance>%b</pdfaid:conformance>"


def assert_conforms(pdf: bytes, folder: Path) -> None:
    """Fails with everything that is found."""
    assert said(pdf, "ua1", folder) == []
    assert said(pdf, "2a", folder) == []
    # Level A has all that level U asks for, but a file can claim only one of them (ISO 19005-2, 6.6.4).
    assert pdf.count(CLAIM % b"A") == 1
    assert said(pdf.replace(CLAIM % b"A", CLAIM % b"U"), "2u", folder) == []
    assert faults(pdf) == []


def said(pdf: bytes, profile: str, folder: Path) -> list[str]:
    """What the validator finds."""
    path = folder / f"{profile}.pdf"
    path.write_bytes(pdf)
    report = page.validate_pdf(str(path), profile=profile)
    assert report.is_compliant is not bool(report.failures)
    return [str(failure) for failure in report.failures]
