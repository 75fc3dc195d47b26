"""Every wrong layout says what is beside its lines: nothing less, nothing more, in order of place."""

from __future__ import annotations

import pytest

from brochure.blocks import KINDS
from brochure.findings import has_errors
from brochure.spec.read import read
from tests.spec.wrong_layouts import WrongLayout, as_expected, wrong_layouts

ALL = wrong_layouts()


@pytest.mark.parametrize("wrong", ALL, ids=lambda wrong: wrong.name)
def test_what_is_said_stands_beside_the_line(wrong: WrongLayout) -> None:
    layout, findings = read(wrong.source, wrong.name, KINDS)
    assert [as_expected(finding) for finding in findings] == list(wrong.expected)
    assert wrong.expected, f"{wrong.name} expects nothing"
    assert (layout is None) is has_errors(findings)


def test_there_are_enough_of_them() -> None:
    """The house asks for two dozen at the least; and one file has ten errors that are said at once."""
    assert len(ALL) >= 24
    assert len(next(wrong for wrong in ALL if wrong.name == "ten.yaml").expected) == 10


def test_messages_are_sentences_without_our_own_names() -> None:
    """Nobody who designs brochures knows what a dataclass or a scalar is."""
    jargon = ("None", "dataclass", "Spec", "Scalar", "Mapping", "Sequence", "annotation", "<class")
    said = [text for wrong in ALL for *_, text in wrong.expected]
    assert [text for text in said if any(word in text for word in jargon)] == []
