"""Overset blocks: rows that do not fit in one frame are one item with a count."""

from __future__ import annotations

from brochure.l10n.translations import Translations
from brochure.translation.overset import find_overset
from brochure.translation.workspace import set_edition
from tests.translation.projects import COPY, LAYOUT, workspace

ROWS = ", ".join(["[first, second]"] * 20)
TABLE = LAYOUT.replace("{list: [first, second]}", f"{{table: [{ROWS}]}}")


def test_rows_that_do_not_fit_in_one_frame_are_one_finding() -> None:
    there = workspace({"brochure.yaml": TABLE, "content/en.yaml": COPY})
    (overset,) = find_overset(set_edition(there, Translations.load(there.project, there.layout)))
    assert 10 < overset.parts < 20
    assert overset.key == ""
    assert overset.finding.message == (
        f"page 1, frame 'items': {overset.parts} blocks or rows do not fit"
    )
