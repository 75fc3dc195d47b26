"""Every wrong layout has exactly the findings that are noted in its comments, in order of place."""

from __future__ import annotations

import pytest

from brochure.blocks import KINDS
from brochure.findings import has_errors
from brochure.spec.read import read
from tests.spec.wrong_layouts import WrongLayout, as_expected, wrong_layouts

ALL = wrong_layouts()


@pytest.mark.parametrize("wrong", ALL, ids=lambda wrong: wrong.name)
def test_findings_are_those_in_the_comments(wrong: WrongLayout) -> None:
    layout, findings = read(wrong.source, wrong.name, KINDS)
    assert [as_expected(finding) for finding in findings] == list(wrong.expected)
    assert wrong.expected, f"{wrong.name} expects nothing"
    assert (layout is None) is has_errors(findings)


def test_number_of_files_and_errors() -> None:
    """There must be at least two dozen files; one of them has ten errors, which are reported at once."""
    assert len(ALL) >= 24
    assert len(next(wrong for wrong in ALL if wrong.name == "ten.yaml").expected) == 10


def test_messages_do_not_have_names_of_types() -> None:
    """Users do not know the names of the program's types."""
    jargon = ("None", "dataclass", "Spec", "Scalar", "Mapping", "Sequence", "annotation", "<class")
    result = [text for wrong in ALL for *_, text in wrong.expected]
    assert [text for text in result if any(word in text for word in jargon)] == []
