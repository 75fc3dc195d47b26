"""Options with fixed choices: a shell completes them, and any other value is a usage error that lists them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from brochure.choices import Pseudolocale
from brochure.errors import ExitCode
from brochure.l10n.pseudolocale import PSEUDOLOCALES
from brochure.preflight import PROFILES
from brochure.proof.page_images import FORMS
from brochure.templates import list_templates
from tests.cli.calling import call, project

CHOICES = {
    "build --target": ["press", "screen", "booklet"],
    "build --preview-format": ["png", "webp"],
    "impose --scheme": [
        *("reader", "booklet", "work-and-turn", "work-and-tumble", "step-and-repeat", "n-up"),
        *("sheetwise", "gang"),
    ],
    "impose --assembly": ["gather", "insert"],
    "package --impose": [
        *("reader", "booklet", "work-and-turn", "work-and-tumble", "step-and-repeat", "n-up"),
        *("sheetwise", "gang"),
    ],
    "impose --creep": ["in", "out"],
    "impose --flip": ["short", "long"],
    "impose --binding-edge": ["left", "right"],
    "text export --format": ["po", "xliff", "xliff-1.2", "csv", "xlsx", "ods", "docx"],
    "text extract --format": ["po", "xliff", "xliff-1.2", "csv", "xlsx", "ods", "docx"],
    "text import --format": ["po", "xliff", "xliff-1.2", "csv", "xlsx", "ods", "docx"],
    "text pseudo --lang": ["en-XA", "ar-XB", "km-XT"],
}
FREE = {
    "new --layout": sorted(list_templates()),
    "check --profile": sorted(PROFILES),
    "impose --marks": [
        *(
            "centre",
            "collating",
            "color-bars",
            "crop",
            "fold",
            "no",
            "page-information",
            "registration",
            "yes",
        )
    ],
    "impose --marks crop,c": ["crop,centre", "crop,collating", "crop,color-bars", "crop,crop"],
}
"""Options that are not enumerations, because a list or a file is possible too, or because folders make the choices."""


def completed(words: str) -> list[str]:
    """Return the completions that bash offers at the end of the line."""
    line = f"brochure {words}"
    typed = line.split()
    environment = {
        **os.environ,
        "_BROCHURE_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(typed) - (not line.endswith(" "))),
    }
    done = subprocess.run(  # noqa: PLW1510
        [sys.executable, "-m", "brochure"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize("option", CHOICES)
def test_fixed_choices_are_completed(option: str) -> None:
    assert completed(f"{option} ") == CHOICES[option]


@pytest.mark.parametrize("option", FREE)
def test_other_choices_are_completed(option: str) -> None:
    line = option if option.endswith(",c") else f"{option} "
    assert sorted(completed(line)) == FREE[option]


@pytest.mark.parametrize("option", CHOICES)
def test_any_other_value_is_a_usage_error_that_lists_the_choices(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "trial"))
    result = call(*option.split(), "xyz")
    assert result.status == ExitCode.USAGE
    (line,) = result.lines
    listed = ", ".join(f"'{choice}'" for choice in CHOICES[option])
    name = option.rsplit(maxsplit=1)[-1]
    assert f"Invalid value for '{name}': 'xyz' is not one of {listed} (try 'brochure " in line


def test_the_stages_have_the_same_choices() -> None:
    assert [*FORMS] == CHOICES["build --preview-format"]
    assert {*PSEUDOLOCALES} == {*Pseudolocale}
