"""Dependencies: locked with hashes, installed as locked, and under known free licences."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import metadata, version
from typing import Any

import pytest
from packaging.version import Version

from tests.cli.calling import ROOT

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
PINNED = re.compile(r"([a-z0-9][a-z0-9._-]*)==([0-9][A-Za-z0-9.!+-]*) \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
LICENCES = re.compile(
    r"MIT|BSD|Apache|OFL-1\.1|MPL|Mozilla|ISC|PSF|Python Software Foundation|Unlicense"
)
"""Free licences that require only their own text; pyphen offers MPL and two others, of which we choose MPL."""
UNSAID = {"picosvg": "Apache-2.0", "resvg-py": "MIT"}
"""Packages without a licence in their metadata, and the text of their licence file."""


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {found[1]: found[2] for line in lines if (found := PINNED.fullmatch(line))}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_has_its_hashes(lock: str) -> None:
    """There is nothing else in the lock file: no other index, no address, no file, no package from a repository."""
    hashes: dict[str, int] = {}
    package = ""
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        found = PINNED.fullmatch(line)
        if found:
            package = found[1]
            assert package not in hashes
            hashes[package] = 0
        elif HASH.fullmatch(line):
            hashes[package] += 1
        else:
            assert re.fullmatch(r"\s*(#.*)?", line), line
    assert len(hashes) >= 20
    assert [name for name, count in hashes.items() if not count] == []


def test_make_and_ci_install_only_locked_packages() -> None:
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8")
    for lock in LOCKS:
        lines = [line for line in recipes.splitlines() if f"-r {lock}" in line]
        assert lines
        assert all("--require-hashes" in line for line in lines)
    assert "pip install" not in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_installed_versions_are_the_locked_ones() -> None:
    wrong = [
        f"{name}: {version(name)}, not {pinned}"
        for name, pinned in pins("requirements.lock").items()
        if Version(version(name)) != Version(pinned)  # fonts write the version 2.4 as 2.004
    ]
    assert wrong == []


def test_installed_packages_are_compatible() -> None:
    words = [sys.executable, "-m", "pip", "check", "--disable-pip-version-check"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", pins("requirements.lock"))
def test_its_licence_is_known_and_free(name: str) -> None:
    facts: Any = metadata(name)
    classes = [one for one in facts.get_all("Classifier") or [] if one.startswith("License")]
    result = " ".join(
        [facts.get("License-Expression") or "", (facts.get("License") or "")[:200], *classes]
    )
    assert LICENCES.search(f"{result} {UNSAID.get(name, '')}"), f"{name}: {result!r}"


def test_the_audit_fails_ci_only_if_there_is_a_vulnerability() -> None:
    """It is the last step of continuous integration, and its own environment is locked too."""
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("make audit")
