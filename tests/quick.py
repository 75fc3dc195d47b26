"""Which tests run only in `make soak` and not in `make test`: more examples of slow properties, and more cases of slow tests."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

import pytest
from hypothesis import settings

QUICK = "repeatable"
"""The profile of `make test`; `make soak` has another, which tries new examples each time."""

SHARE = 4


def examples(count: int) -> int:
    """Return how many examples of a property to try: all in `make soak`, a quarter in `make test`.

    For properties whose examples are layouts or files. Called when test modules are imported, after the profile is chosen.
    """
    return -(-count // SHARE) if settings.get_current_profile_name() == QUICK else count


def only(quick: Container[Any], cases: Iterable[Any]) -> list[Any]:
    """Return the cases as parameters of a test; those that are not in `quick` run in `make soak` only."""
    return [one if one in quick else pytest.param(one, marks=pytest.mark.soak) for one in cases]


def every(step: int, cases: Iterable[Any]) -> list[Any]:
    """Return the cases as parameters of a test; all but each `step`-th run in `make soak` only."""
    return [
        one if at % step == 0 else pytest.param(one, marks=pytest.mark.soak)
        for at, one in enumerate(cases)
    ]
