"""The shipped layouts and their finished PDFs have no findings with the default profiles, in each of their languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from brochure.api import lay_out_examples, make_sheets, open_job, write_pdf
from brochure.choices import Target
from brochure.edition_checks import check_laid_out
from brochure.l10n.personalization import EXAMPLES
from brochure.preflight.profile import PROFILES
from brochure.preflight.session import check_pdf
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import DiskProject
from brochure.templates import list_templates
from tests.quick import only

EDITIONS = [
    (name, language)
    for name, folder in sorted(list_templates().items())
    for language in sorted({file.stem for file in Path(folder, "content").iterdir()})
    if name != "proven-model"
]
"""The editions of the sample are checked, with those of its offices, in other tests."""


LIKE_OTHERS = {("programme", "fr"), ("right-to-left", "en")}
"""Editions of layouts that are tested in another language; they are tested in `make soak` only."""

NOTES = {"default-date", EXAMPLES}
"""Notes on layouts without a date, and with merge fields."""


@pytest.mark.parametrize("edition", only({*EDITIONS} - LIKE_OTHERS, EDITIONS), ids="-".join)
def test_a_shipped_layout_has_no_findings(edition: tuple[str, str]) -> None:
    name, language = edition
    project = DiskProject(list_templates()[name])
    job = open_job(project)
    for condition, profile in ((PRESS, "sheetfed"), (SCREEN, "screen")):
        made = lay_out_examples(job, language, None, Target(condition.name))
        rules = PROFILES[profile]
        found = check_laid_out(made, rules, project)
        found += check_pdf(write_pdf(job, make_sheets(job, made, condition)).pdf, name, rules)
        assert [one for one in found if one.code not in NOTES] == []
