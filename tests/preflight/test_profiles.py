"""Profiles of the project: the settings that they may have, and errors in them."""

from __future__ import annotations

import inspect

import pytest

from brochure.findings import Finding, Severity
from brochure.preflight import CHECKS, LIMITS, PreflightProfile, read_profile
from tests.preflight.brochures import Change, found

THIN = Change((("thickness: 0.5 pt", "thickness: 0.3 pt"),))


def read(text: str) -> tuple[PreflightProfile | None, tuple[Finding, ...]]:
    return read_profile(text.encode(), "own.yaml", LIMITS)


def profile(text: str) -> PreflightProfile:
    done, wrong = read(text)
    assert wrong == ()
    assert done is not None
    return done


def test_a_limit_of_the_project() -> None:
    assert found(THIN) == ()
    strict = profile("checks: {hairline: {width: 0.35}}")
    (finding,) = found(THIN, strict)
    assert (finding.code, finding.severity) == ("hairline", Severity.WARNING)
    assert "0.30 pt" in finding.message


def test_a_severity_of_the_project() -> None:
    note = profile("checks: {hairline: {width: 0.35, severity: note}}")
    assert [one.severity for one in found(THIN, note)] == [Severity.NOTE]


def test_a_check_that_is_off() -> None:
    wide = Change((("thickness: 0.5 pt", "thickness: 0.1 pt"),))
    assert [one.code for one in found(wide)] == ["hairline"]
    assert found(wide, profile("checks: {hairline: off}")) == ()


def test_a_check_in_american_spelling() -> None:
    assert profile("checks: {color-space: off}").rule("colour-space").off


def test_the_severity_of_other_findings_can_be_set_too() -> None:
    long = Change(copy={"story": "Far too long. " * 200})
    assert [one.severity for one in found(long)] == [Severity.ERROR]
    lenient = profile("checks: {overflow: warning}")
    assert [one.severity for one in found(long, lenient)] == [Severity.WARNING]


def test_a_profile_is_based_on_another() -> None:
    own = profile("profile: our paper\nbased-on: newsprint\nchecks: {hairline: {width: 0.2}}")
    assert own.name == "our paper"
    assert own.rule("ink-total").limits == {"max": 240}
    assert own.rule("hairline").limits == {"width": 0.2, "several": 0.75}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("checks:\n  hairlin: off\n", 2, "unknown check 'hairlin' (did you mean 'hairline'?)"),
        ("check: {}\n", 1, "unknown key 'check' (did you mean 'checks'?)"),
        (
            "checks:\n  hairline: {widht: 1}\n",
            2,
            "'hairline' has no limit 'widht' (did you mean 'width'?)",
        ),
        ("checks:\n  hairline: eror\n", 2, "'eror' is not a severity (did you mean 'error'?)"),
        (
            "checks:\n  colour-space: off\n  color-space: note\n",
            3,
            "the key 'color-space' is already set as 'colour-space' in line 2 (remove one of them)",
        ),
        (
            "checks:\n  hairline: {width: thin}\n",
            2,
            "the value of a limit must be a number (write e.g. 0.25 or 300)",
        ),
        ("based-on: newspaper\n", 1, "unknown profile 'newspaper' (did you mean 'newsprint'?)"),
        (
            "- a\n",
            1,
            "own.yaml is not a profile (write a mapping with the keys profile, based-on, standard and checks)",
        ),
    ],
)
def test_errors_in_a_profile(text: str, line: int, said: str) -> None:
    done, wrong = read(text)
    assert done is None
    (finding,) = wrong
    assert finding.span is not None
    assert finding.span.line == line
    assert str(finding).partition(": ")[2] == said


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_its_parts_for_the_reference(name: str) -> None:
    """A summary, what is checked, why, and how to fix it."""
    first, blank, *rest = inspect.cleandoc(CHECKS[name].function.__doc__ or "").splitlines()
    assert first.endswith(".")
    assert blank == ""
    assert [line.partition(": ")[0] for line in rest] == ["What", "Why", "Fix"]
