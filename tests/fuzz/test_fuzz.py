"""Damaged files of every kind on the real command line: each is refused with a message, or a complete file is made, within limits
of time and memory.

The default run has a few cases of each form, always the same ones. `make soak` runs 20,000 in slices, and `python -m tests.fuzz`
prints statistics of them. A case that fails is reported with the number that repeats it and the folder of its files.
"""

from __future__ import annotations

import pytest

from brochure.blocks import KINDS
from brochure.findings import has_errors
from brochure.spec.read import read
from tests.fuzz.forms import FORMS, case, form_of
from tests.fuzz.running import ran, told

CASES = 20_000
SLICES = 40
FEW = (2,)
"""Numbers of the cases of each form in the default run: together they end in every way."""
LAYOUTS = [form for form in FORMS if FORMS[form].target == "p/brochure.yaml"]


def test_a_few_of_each_form_are_made_or_refused() -> None:
    """One test, because a worker loads everything before its first case."""
    asked = [(number, form) for form in FORMS for number in FEW]
    ended = list(ran(asked))
    assert [(one.number, one.form) for one in ended] == asked
    assert not (wrong := [one for one in ended if one.wrong]), told(wrong)
    # If no file was made or none refused, the cases would prove little.
    assert {0, 1, 2} <= {one.status for one in ended} <= {0, 1, 2, 64}


@pytest.mark.soak
@pytest.mark.parametrize("part", range(SLICES))
def test_twenty_thousand_are_made_or_refused(part: int) -> None:
    ended = list(ran((number, "") for number in range(part, CASES, SLICES)))
    assert len(ended) == CASES / SLICES
    assert not (wrong := [one for one in ended if one.wrong]), told(wrong)


@pytest.mark.parametrize("count", [50, pytest.param(6000, marks=pytest.mark.soak)])
def test_every_error_in_a_layout_has_its_place(count: int) -> None:
    """The layout reader alone: it reports all errors, and returns a layout if and only if there are none."""
    for number in range(count):
        one = case(number, LAYOUTS[number % len(LAYOUTS)])
        layout, findings = read(one.files[one.target], one.target, KINDS)
        assert (layout is None) is has_errors(findings), number
        assert all(finding.span and finding.message for finding in findings), number


@pytest.mark.parametrize("count", [2, pytest.param(20, marks=pytest.mark.soak)])
@pytest.mark.parametrize("form", FORMS)
def test_a_number_is_always_the_same_case(form: str, count: int) -> None:
    for number in range(count):
        assert case(number, form) == case(number, form)


def test_successive_numbers_cover_every_form() -> None:
    assert {form_of(number) for number in range(400)} == set(FORMS)
    assert [case(number).form for number in range(5)] == [form_of(number) for number in range(5)]
