"""The photo of the small brochure, which most defects leave as it is, is measured once."""

from __future__ import annotations

from functools import lru_cache

import pytest

from brochure.color.rendered_ink import measure_jpeg_ink
from brochure.preflight import separations, session
from brochure.preflight.pdf_reader import images

measure = lru_cache(maxsize=16)(measure_jpeg_ink)


@pytest.fixture(autouse=True)
def measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The result depends on the bytes only."""
    monkeypatch.setattr(images, "measure_jpeg_ink", measure)


@pytest.fixture
def checked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check PDFs in this process and without Ghostscript, for tests of what is printed about findings."""
    monkeypatch.setattr(session, "check_pdf_limited", session.check_pdf)
    monkeypatch.setattr(separations, "can_separate", lambda: False)
