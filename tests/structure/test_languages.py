"""All kinds of fonts and scripts in a screen PDF: conformance, and the exact text in the structure tree."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from brochure.api import build
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests.readback.projects import Words, files_of
from tests.readback.test_fonts import FONTS
from tests.readback.test_text import LATIN, LEFTWARD, MIXED, SPACED, UNSPACED, plain
from tests.structure.conformance import assert_conforms
from tests.structure.tagged import tree_of

CASES = LATIN | SPACED | UNSPACED | LEFTWARD | MIXED | FONTS
each_case = pytest.mark.parametrize("words", CASES.values(), ids=CASES.keys())


@lru_cache(maxsize=64)
def screen_of(words: Words) -> bytes:
    built = build(MemoryProject(files_of(words)), SCREEN)
    # A script that cannot be justified is set ragged, with a finding.
    assert {finding.code for finding in built.findings} <= {"justify-loose"}
    return built.pdf


@each_case
def test_it_conforms(words: Words, tmp_path: Path) -> None:
    assert_conforms(screen_of(words), tmp_path)


@each_case
def test_tree_contains_the_text(words: Words) -> None:
    # Leaders and line breaks in the copy are white space.
    text = tree_of(screen_of(words)).text.replace("\u00ad", "")
    assert text.split() == plain(words.text).split()
