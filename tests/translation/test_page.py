"""The page for translators explains every finding that they can see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from brochure.l10n.translations import Readiness
from tests.docs.prose import ROOT

PAGE = (ROOT / "docs" / "for-translators.md").read_text(encoding="utf-8")
MODULES = (
    "translation/*.py",
    "l10n/formats/*.py",
    "l10n/proofreading.py",
    "l10n/project_editions.py",
)
CLASSES = ("Finding", "TranslationProblem")


def codes(path: Path) -> Iterator[str]:
    """Yield the codes of the findings that a module creates."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CLASSES:
            # A finding that is decoded from JSON has no positional arguments.
            for code in node.args[:1]:
                if isinstance(code, ast.Constant):
                    yield str(code.value)


@pytest.mark.parametrize("pattern", MODULES)
def test_every_code_is_explained(pattern: str) -> None:
    found = {code for path in (ROOT / "brochure").glob(pattern) for code in codes(path)}
    explained = set(re.findall(r"`([a-z-]+)`", PAGE.partition("## What the messages mean")[2]))
    assert found
    assert found - explained == set()


def test_the_states_are_explained() -> None:
    waiting = {state.value for state in Readiness} - {Readiness.READY.value}
    assert all(f"`translation-{state}`" in PAGE for state in waiting)
