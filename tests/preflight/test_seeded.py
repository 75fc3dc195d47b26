"""Seeded defects, one at a time: each is found by its check, at its place; the clean brochure has no finding."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from brochure.api import lay_out
from brochure.edition_checks import check_laid_out
from brochure.findings import Finding, Severity
from brochure.preflight import CHECKS, DEFAULT, PROFILES, RELAYS
from brochure.project import project_at
from tests.preflight.brochures import finished, found, found_in
from tests.preflight.seeds import SEEDS
from tests.programs import need
from tests.readback.sample import ROOT, sample

FOUND: dict[str, bool] = {}
MIN_SEEDS = 40
"""The minimum number of defects."""


@pytest.mark.parametrize("name", SEEDS)
def test_a_defect_is_found_by_its_check(name: str) -> None:
    seed = SEEDS[name]
    if seed.check == "ink-rendered":
        need("gs")
    findings = seed.findings()
    FOUND[name] = any(one.code == seed.check for one in findings)
    assert FOUND[name], [str(one) for one in findings]


def test_every_check_is_tested_by_a_defect() -> None:
    assert set(CHECKS) - {seed.check for seed in SEEDS.values()} == set()


def test_every_relay_is_tested_by_a_defect() -> None:
    seeded = {seed.check for seed in SEEDS.values()}
    assert [name for name, relay in RELAYS.items() if not relay.codes & seeded] == []


def clean() -> dict[str, tuple[Finding, ...]]:
    """Return the findings in a clean input. The sample has no date, which is a note."""
    project, sheetfed = project_at(Path(ROOT)), PROFILES[DEFAULT]
    return {
        "the small brochure": found(),
        "its press file": found_in(finished()),
        "its X-1a file": found_in(finished("press", "x-1a")),
        "the sample": check_laid_out(lay_out(project), sheetfed, project),
        "the sample's press file": found_in(sample("press")),
    }


def test_the_clean_brochures_have_no_finding_and_all_defects_are_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    findings = clean()
    hit = sum(FOUND.get(name) or _hits(name) for name in SEEDS)
    for what in ("the sample", "the sample's press file"):
        (note,) = findings[what]
        assert (note.code, note.severity) == ("default-date", Severity.NOTE)
        findings[what] = ()
    count = sum(map(len, findings.values()))
    with capsys.disabled():
        sys.stdout.write(
            f"\n{hit} of {len(SEEDS)} seeded defects found; {count} findings on the clean sample\n"
        )
    assert {what: [str(one) for one in result] for what, result in findings.items()} == {
        what: [] for what in findings
    }
    assert len(SEEDS) >= MIN_SEEDS
    assert hit == len(SEEDS)


def _hits(name: str) -> bool:
    """Run the check of the defect if this test runs alone."""
    return any(one.code == SEEDS[name].check for one in SEEDS[name].findings())
