"""SECURITY.md names existing tests and modules, and other pages link to it."""

from __future__ import annotations

import re

from tests.cli.calling import ROOT

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_exists_and_tests_something() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))
    assert len(named) >= 12
    for name in named:
        assert "\ndef test_" in (ROOT / name).read_text(encoding="utf-8"), name


def test_every_test_of_this_folder_is_named() -> None:
    ours = {
        f"tests/security/{path.name}" for path in (ROOT / "tests" / "security").glob("test_*.py")
    }
    assert {name for name in ours if f"`{name}`" not in PAGE} == {"tests/security/test_promises.py"}


def test_every_named_file_exists() -> None:
    rows = [
        line.split("|")[2]
        for line in PAGE.splitlines()
        if line.startswith("| ") and line.count("|") == 4
    ]
    kept = [name for row in rows[1:] for name in re.findall(r"`([\w/]+\.py)`", row)]
    assert len(kept) >= 15
    assert [name for name in kept if not (ROOT / "brochure" / name).exists()] == []


def test_other_pages_link_to_it() -> None:
    for page in ("README.md", "docs/dependencies.md", "docs/architecture.md"):
        assert "SECURITY.md" in (ROOT / page).read_text(encoding="utf-8"), page
