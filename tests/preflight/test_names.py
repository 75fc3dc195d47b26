"""Spot inks under several names, and placeholder text: which are reported and which are not."""

from __future__ import annotations

import pytest

from brochure.geometry import Rect
from brochure.preflight import CHECKS
from brochure.preflight.model import (
    ColourSpace,
    ColourValue,
    DeclaredInk,
    ObjectLocation,
    PageContent,
    PageObjects,
    TextObject,
)


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("PANTONE 7421 C", "Pantone 7421C", True),
        ("PANTONE 7421 C", "PMS-7421 c", True),
        ("PANTONE 7421 C", "PANTONE 7421 U", False),
        ("PANTONE 7421 C", "PANTONE 742 C", False),
        ("Varnish", "varnish", True),
        ("Лак", "Золото", False),
        ("金", "銀", False),
    ],
)
def test_one_ink_by_two_names(first: str, second: str, one: bool) -> None:
    art = PageObjects((), (DeclaredInk(first), DeclaredInk(second)))
    assert bool(list(CHECKS["spot-names"](art))) is one


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Lorem ipsum dolor", ["Lorem ipsum"]),
        ("more than {rescued} people", ["{rescued}"]),
        ("call TBC before noon", ["TBC"]),
        ("todo el mundo, y todos", []),
        ("the XXX session", []),
        ("XXXX", ["XXXX"]),
        ("{ braces } as such", []),
    ],
)
def test_placeholder_text(text: str, left: list[str]) -> None:
    run = TextObject(
        ObjectLocation(1, (0, 0)), Rect(0, 0, 9, 9), text, 9, "Font", ColourValue(ColourSpace.GREY)
    )
    findings = CHECKS["placeholder"](PageObjects((PageContent(1, 100, 100, 9, (run,)),)))
    assert [one.message.split("'")[1] for one in findings] == left
