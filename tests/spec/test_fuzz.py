"""Random accidents to good layouts: whatever comes of it is a finding with its place, and comes soon.

In the default run a handful; `make soak` runs thousands.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brochure.blocks import KINDS
from brochure.errors import InputError
from brochure.findings import has_errors
from brochure.pipeline import LAYOUT_FILE, make_pages
from brochure.project import DiskProject
from brochure.spec.read import read
from tests.spec.mutations import mutants, slips

FOLDERS = [
    path.parent
    for path in sorted((Path(__file__).resolve().parents[2] / "layouts").glob("*/brochure.yaml"))
]
TEXTS = {folder: (folder / LAYOUT_FILE).read_text(encoding="utf-8") for folder in FOLDERS}
LONGEST = 2.0
"""Seconds of this process's own time, on a machine that others use as well."""


@dataclass(frozen=True)
class Mutant(DiskProject):
    """A project on disk whose layout is another one."""

    layout: bytes = b""

    def read(self, name: str) -> bytes:
        """The mutant for the layout, what is on disk for all else."""
        return self.layout if name == LAYOUT_FILE else super().read(name)


def examples(count: int) -> Callable[[Any], Any]:
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=count
        < 1000,  # the quick run is the same everywhere; the long one looks for more
        database=None,
        suppress_health_check=list(HealthCheck),
    )


MUTANTS = st.sampled_from(FOLDERS).flatmap(
    lambda folder: st.tuples(st.just(folder), mutants(TEXTS[folder]))
)
SLIPS = st.sampled_from(FOLDERS).flatmap(
    lambda folder: st.tuples(st.just(folder), slips(TEXTS[folder]))
)


def reads(source: bytes) -> None:
    began = time.process_time()
    layout, findings = read(source, LAYOUT_FILE, KINDS)
    assert time.process_time() - began < LONGEST
    assert (layout is None) is has_errors(findings)
    assert all(finding.span is not None and finding.message for finding in findings)


def makes(folder: Path, source: bytes) -> None:
    """Slow once may be the machine; slow twice is the layout."""
    assert _taken(folder, source) < LONGEST or _taken(folder, source) < LONGEST


def _taken(folder: Path, source: bytes) -> float:
    began = time.process_time()
    try:
        assert make_pages(Mutant(folder, source)).pages
    except InputError as failure:
        refused = failure.findings
        assert has_errors(refused)
    return time.process_time() - began


@given(MUTANTS)
@examples(120)
def test_any_mutant_is_read_or_refused(which: tuple[Path, bytes]) -> None:
    reads(which[1])


@given(SLIPS)
@examples(12)
def test_any_slip_is_made_or_refused(which: tuple[Path, bytes]) -> None:
    makes(*which)


@given(st.binary(max_size=400))
@examples(100)
def test_any_bytes_are_refused(source: bytes) -> None:
    reads(source)


@pytest.mark.soak
@given(MUTANTS)
@examples(5000)
def test_thousands_of_mutants_are_read_or_refused(which: tuple[Path, bytes]) -> None:
    reads(which[1])


@pytest.mark.soak
@given(SLIPS)
@examples(1000)
def test_a_thousand_slips_are_made_or_refused(which: tuple[Path, bytes]) -> None:
    makes(*which)
