"""The sample brochure, built once for all tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from brochure.api import build, lay_out
from brochure.build_values import LaidOut
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import DiskProject

ROOT = Path(__file__).parent.parent.parent / "layouts" / "proven-model"


@lru_cache(maxsize=4)
def sample(condition: str = "press") -> bytes:
    """Return the sample's PDF; any finding fails the test."""
    built = build(DiskProject(ROOT), CONDITIONS[condition])
    assert built.findings == ()
    return built.pdf


@lru_cache(maxsize=1)
def sample_pages() -> LaidOut:
    """Return the laid-out pages of the sample."""
    made = lay_out(DiskProject(ROOT))
    assert made.findings == ()
    return made
