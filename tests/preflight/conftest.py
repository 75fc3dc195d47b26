"""Clean files that many defects are put into are measured once: the photo of the small brochure, and the plates of files."""

from __future__ import annotations

from functools import lru_cache

import pytest

from brochure.color.rendered_ink import measure_jpeg_ink
from brochure.preflight import separations, session
from brochure.preflight.pdf_reader import images

measure = lru_cache(maxsize=16)(measure_jpeg_ink)
separate = lru_cache(maxsize=4)(separations.separate)


@pytest.fixture(autouse=True)
def measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The results depend on the bytes only."""
    monkeypatch.setattr(images, "measure_jpeg_ink", measure)
    monkeypatch.setattr(separations, "separate", separate)


@pytest.fixture
def checked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check PDFs in this process and without Ghostscript, for tests of what is printed about findings."""
    monkeypatch.setattr(session, "check_pdf_limited", session.check_pdf)
    monkeypatch.setattr(separations, "can_separate", lambda: False)
    monkeypatch.setattr(separations, "separate", lambda _: {})
