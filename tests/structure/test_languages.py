"""Every kind of font and of script in a screen file: it conforms, and the tree says the words exactly."""

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
    # A script whose lines cannot be justified is set ragged, and says so.
    assert {finding.code for finding in built.findings} <= {"justify-loose"}
    return built.pdf


@each_case
def test_it_conforms(words: Words, tmp_path: Path) -> None:
    assert_conforms(screen_of(words), tmp_path)


@each_case
def test_the_tree_says_the_words(words: Words) -> None:
    # Leaders and a line end of the copy are white space.
    said = tree_of(screen_of(words)).text.replace("\u00ad", "")
    assert said.split() == plain(words.text).split()
