"""The finished PDFs of the shipped layouts have no findings with the default profiles, in each of their languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from brochure.api import build
from brochure.preflight.profile import PROFILES
from brochure.preflight.session import check_pdf
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import DiskProject
from brochure.templates import list_templates

EDITIONS = [
    (name, language)
    for name, folder in sorted(list_templates().items())
    for language in sorted({file.stem for file in Path(folder, "content").iterdir()})
    if name != "proven-model"
]
"""The editions of the sample are checked, with those of its offices, in other tests."""


@pytest.mark.parametrize(("name", "language"), EDITIONS)
def test_a_shipped_layout_has_no_findings(name: str, language: str) -> None:
    for condition, profile in ((PRESS, "sheetfed"), (SCREEN, "screen")):
        built = build(DiskProject(list_templates()[name]), condition, language)
        found = check_pdf(built.pdf, name, PROFILES[profile])
        assert [one for one in found if one.code != "default-date"] == []
