"""PDF/X and the Ghent Workgroup clause by clause: each defect is found only by its check, at its place."""

from __future__ import annotations

import pytest

from brochure.preflight import PROFILES
from tests.preflight import files as f
from tests.preflight.brochures import finished
from tests.preflight.pdfx_seeds import PDFX_SEEDS, check, findings_of


@pytest.mark.parametrize("name", PDFX_SEEDS)
def test_a_defect_is_found_only_by_its_check_at_its_place(name: str) -> None:
    defect = PDFX_SEEDS[name]
    findings = findings_of(defect)
    assert {one.code for one in findings} == {defect.check}, [str(one) for one in findings]
    (finding,) = findings
    assert finding.page == defect.page
    if defect.at is None:
        assert finding.at is None
    else:
        assert finding.at == pytest.approx(defect.at, abs=0.5)
        assert finding.box is not None


@pytest.mark.parametrize("standard", ["", "x-1a"])
@pytest.mark.parametrize("profile", ["sheetfed", "gwg", "x-4", "x-1a"])
def test_the_clean_file_has_no_finding(standard: str, profile: str) -> None:
    declared = standard or "x-4"
    required = PROFILES[profile].standard
    findings = check(f.edited(finished("press", standard), lambda _: None), profile)
    codes = {one.code for one in findings}
    assert codes == ({"pdfx"} if required not in ("", declared) else set())
