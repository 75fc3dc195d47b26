"""The exceptions: their class hierarchy, the exit statuses of the classes, and their attributes."""

from __future__ import annotations

import inspect
import re

import pytest

from brochure import errors
from brochure.errors import (
    BrochureError,
    InputError,
    OutputError,
    SystemResourceError,
    UsageError,
)
from brochure.findings import Finding, Severity, Span, has_errors, in_order, nearest
from tests.house.modules import modules

DRAWN = re.compile(r"^[ │├└─]*(\w+Error)\s+(\d+)  ", re.M)


def test_the_hierarchy_is_as_documented() -> None:
    drawn = {name: int(status) for name, status in DRAWN.findall(errors.__doc__ or "")}
    real = {
        name: member.exit_status
        for name, member in inspect.getmembers(errors, inspect.isclass)
        if issubclass(member, BrochureError)
    }
    assert drawn == real
    assert set(real) == {
        "BrochureError",
        "InputError",
        "UsageError",
        "SystemResourceError",
        "OutputError",
    }


def test_no_other_package_adds_to_the_hierarchy() -> None:
    """Exceptions that packages raise internally become findings before they reach the user."""
    for module in modules():
        assert module.package == "errors" or not re.search(
            r"class \w+\((Brochure|Input|Usage|SystemResource|Output)Error\)", module.source
        )


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (BrochureError, 2),
        (InputError, 2),
        (UsageError, 64),
        (SystemResourceError, 71),
        (OutputError, 73),
    ],
)
def test_scripts_can_distinguish_failures(kind: type[BrochureError], status: int) -> None:
    """0 means done; 1 means done with errors in the brochure, which raises no exception."""
    assert kind.exit_status == status


def said(line: int, column: int = 1, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("code", f"m{line}", Span("f", line, column), severity=severity)


def test_an_input_error_has_its_findings_in_order_and_once() -> None:
    nowhere = Finding("code", "somewhere")
    error = InputError([nowhere, said(2, 3), said(1), said(2, 1), said(1)])
    assert [str(one) for one in error.findings] == [
        "f:1:1: m1",
        "f:2:1: m2",
        "f:2:3: m2",
        "somewhere",
    ]
    assert str(error) == "f:1:1: m1\nf:2:1: m2\nf:2:3: m2\nsomewhere"


def test_a_finding_reads_as_a_line() -> None:
    place = Span("brochure.yaml", 41, 14)
    assert str(Finding("c", "unknown style 'boddy'", place, "did you mean 'body'?")) == (
        "brochure.yaml:41:14: unknown style 'boddy' (did you mean 'body'?)"
    )
    assert (
        str(Finding("c", "late", place, severity=Severity.WARNING))
        == "brochure.yaml:41:14: warning: late"
    )


def test_errors_are_distinguished_from_warnings() -> None:
    assert has_errors([said(1, severity=Severity.WARNING), said(2)])
    assert not has_errors([said(1, severity=Severity.WARNING), said(1, severity=Severity.NOTE)])


def test_findings_are_sorted_by_file_name_and_line() -> None:
    spans = [Span("b", 1), Span("a", 10), Span("a", 9)]
    assert [str(one.span) for one in in_order(Finding("c", "m", span) for span in spans)] == [
        "a:9:1",
        "a:10:1",
        "b:1:1",
    ]


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("boddy", ["body", "lead"], "did you mean 'body'?"),
        ("xyz", ["lead", "body"], "one of: body, lead"),
        ("xyz", [], "none is declared"),
        ("xyz", "abcdefghijklmno", "one of: a, b, c, d, e, f, g, h, i, j, k, l, …"),
        ("body", [f"style-{at}" for at in range(501)], ""),
    ],
)
def test_the_nearest_name(word: str, known: list[str], hint: str) -> None:
    assert nearest(word, known) == hint
