"""Conformance checks with an independent validator: PDF/UA-1, PDF/A-2a and, with a changed claim, PDF/A-2u."""

from __future__ import annotations

from pathlib import Path

import page

from tests.structure.tagged import faults

CLAIM = b"<pdfaid:conformance>%b</pdfaid:conformance>"


def assert_conforms(pdf: bytes, folder: Path) -> None:
    """Check conformance; fail with all problems."""
    assert problems(pdf, "ua1", folder) == []
    assert problems(pdf, "2a", folder) == []
    # Level A includes all requirements of level U, but a file can claim only one (ISO 19005-2, 6.6.4).
    assert pdf.count(CLAIM % b"A") == 1
    assert problems(pdf.replace(CLAIM % b"A", CLAIM % b"U"), "2u", folder) == []
    assert faults(pdf) == []


def problems(pdf: bytes, profile: str, folder: Path) -> list[str]:
    """Return the problems that the validator reports."""
    path = folder / f"{profile}.pdf"
    path.write_bytes(pdf)
    report = page.validate_pdf(str(path), profile=profile)
    assert report.is_compliant is not bool(report.failures)
    return [str(failure) for failure in report.failures]
