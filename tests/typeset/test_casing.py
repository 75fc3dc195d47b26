"""Letter case by the rules of languages, and the source character of each capital."""

from __future__ import annotations

import pytest

from brochure.typeset.casing import SMALL_CAPS_SCALE, to_capitals, to_small_capitals


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        ("en", "office naïve", "OFFICE NAÏVE"),
        ("de", "Straße", "STRASSE"),  # SpecialCasing: U+00DF
        ("tr", "ışık ve iyilik", "IŞIK VE İYİLİK"),  # SpecialCasing: tr, az
        ("az", "işıq", "İŞIQ"),
        ("en", "iyilik", "IYILIK"),
        ("nl", "ijsland", "IJSLAND"),
        ("el", "Ελλάδα", "ΕΛΛΑΔΑ"),  # CLDR, el-Upper
        ("el", "Μάιος", "ΜΑΪΟΣ"),
        ("el", "Μα\u0301ιος", "ΜΑΪΟΣ"),
        ("el", "αϊτός, ρούχα", "ΑΪΤΟΣ, ΡΟΥΧΑ"),
        ("el", "εδώ ή εκεί", "ΕΔΩ Ή ΕΚΕΙ"),
        ("el", "ἡ ψυχή", "Η ΨΥΧΗ"),
        ("en", "Ελλάδα", "ΕΛΛΆΔΑ"),
        ("hy", "և", "ԵՎ"),
        ("ka", "საქართველო", "საქართველო"),
        ("km", "ខ្មែរ ijm", "ខ្មែរ IJM"),
        ("ar", "العربية", "العربية"),
    ],
)
def test_capitals(language: str, written: str, shown: str) -> None:
    got, origins = to_capitals(written, language)
    assert got == shown
    assert len(origins) == len(shown)
    assert list(origins) == sorted(origins)


def test_each_capital_has_its_source_letter() -> None:
    assert to_capitals("aß!", "de") == ("ASS!", (0, 1, 1, 2))


def test_small_capitals_of_scripts_without_case() -> None:
    # Georgian letters count as small ones in Unicode; they are not changed or reduced.
    parts = list(to_small_capitals("საქ Ab", "ka"))
    assert [(shown, scale) for _, _, (shown, _), scale in parts] == [
        ("საქ A", 1.0),
        ("B", SMALL_CAPS_SCALE),
    ]
