"""Pseudolocale editions: overset text is reported, and text that cannot be translated is found."""

from __future__ import annotations

import pytest

from brochure.choices import Pseudolocale
from brochure.translation.pseudolocale_editions import build_pseudo_edition
from brochure.translation.status import assess_editions
from tests.translation.projects import COPY, LAYOUT, workspace


@pytest.mark.parametrize("tag", Pseudolocale)
def test_a_layout_with_space_has_no_overset_text(tag: Pseudolocale) -> None:
    edition = build_pseudo_edition(workspace(), tag)
    assert edition.findings == ()
    assert edition.draft.pdf.startswith(b"%PDF")
    assert edition.draft.name == f"trial_{tag}_screen_draft"


def test_text_that_only_fits_in_english_is_reported() -> None:
    """Six lines have space for 150 to 192 characters: 143 of them fit, and a third more do not."""
    more = "to safety, and the courts of their country have begun to hear them, one by one, case by case."
    there = workspace({"content/en.yaml": COPY.replace("to safety.", more)})
    assert all(one.ready for one in assess_editions(there))
    edition = build_pseudo_edition(there, Pseudolocale.ACCENTED)
    assert [over.key for over in edition.overset] == ["words"]
    assert edition.draft.pdf.startswith(b"%PDF")


@pytest.mark.parametrize("tag", Pseudolocale)
def test_untranslatable_text_is_found(tag: Pseudolocale) -> None:
    """A folio is written in the layout: letters in it would be English in every language."""
    foot = '      foot: {at: "x 30 pt, y 185 pt, width 140 pt, height 12 pt", content: {folio: }}\n'
    layout = (LAYOUT + foot).replace("  - frames:\n", "  - folio: Prologue\n    frames:\n")
    edition = build_pseudo_edition(workspace({"brochure.yaml": layout}), tag)
    assert [(one.message, one.page) for one in edition.untranslated] == [
        ("hard-coded text 'Prologue' in frame 'foot' on page 1 cannot be translated", 1)
    ]
    assert edition.untranslated[0].span


def test_figures_are_not_text() -> None:
    foot = '      foot: {at: "x 30 pt, y 185 pt, width 140 pt, height 12 pt", content: {folio: }}\n'
    assert (
        build_pseudo_edition(
            workspace({"brochure.yaml": LAYOUT + foot}), Pseudolocale.ACCENTED
        ).findings
        == ()
    )
