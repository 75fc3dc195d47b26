"""All editions of the shipped layouts for the screen: conformance, and the complete copy in the structure tree."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from brochure.build_values import LaidOut
from brochure.model.display_list import GlyphRun
from brochure.structure.reading_order import read_aloud_order
from brochure.structure.structure_tree import Tree, build_tree, join_text
from tests.quick import only
from tests.readback.readers import READERS
from tests.readback.test_text import DIRECTIONS, unspaced
from tests.structure.brochures import (
    ALIKE,
    PSEUDO,
    Shipped,
    lay_out_shipped,
    screen,
    shipped,
)
from tests.structure.conformance import assert_conforms
from tests.structure.tagged import Node, tree_of

EDITIONS = tuple(one for one in (*shipped(), *PSEUDO) if one not in ALIKE)
each_edition = pytest.mark.parametrize(
    "edition", only(EDITIONS, (*shipped(), *PSEUDO)), ids="-".join, scope="module"
)
each_language = pytest.mark.parametrize(
    "edition", only(EDITIONS, shipped()), ids="-".join, scope="module"
)
"""The scope puts the tests of an edition together, so that each is laid out and built once."""


@each_edition
def test_it_conforms(edition: Shipped, tmp_path: Path) -> None:
    assert_conforms(screen(*edition), tmp_path)


def made(layout: str, language: str) -> LaidOut:
    return lay_out_shipped(layout, language)[1]


@lru_cache(maxsize=2)
def read_tree(edition: Shipped) -> Node:
    """Return the structure tree of the PDF."""
    return tree_of(screen(*edition))


@lru_cache(maxsize=2)
def planned_tree(edition: Shipped) -> Tree:
    """Return the structure tree that is built from the pages."""
    pages = made(*edition)
    return build_tree(pages.pages, pages.edition.language)


def written(edition: Shipped, *, upright: bool = False, tagged: bool = False) -> list[str]:
    """Return the paragraphs of the copy that are typeset; only upright ones or ones that are not artifacts if requested."""
    pages = made(*edition)
    runs = [item for page in pages.pages for item in page.items if isinstance(item, GlyphRun)]
    spans = {run.glyphs.span for run in runs if run.tag.path or not tagged}
    turned = {run.glyphs.span for run in runs if run.matrix.b} if upright else set()
    return [
        # The mark of a note divides the text: its number is not in the copy.
        "".join("\n" if words.marks.note else words.text for words in paragraph)
        for story in pages.edition.stories.values()
        if story.span in spans - turned
        for paragraph in story.paragraphs
    ]


@each_language
def test_tree_contains_every_paragraph_of_the_copy(edition: Shipped) -> None:
    text = bare(read_tree(edition).text)
    for paragraph in written(edition, tagged=True):
        for part in parts(paragraph):
            # With `marker: lead`, the first word of an item is its label, which is an element of its own.
            label, _, rest = bare(part).partition(" ")
            assert bare(part) in text or f"{label}{rest}" in text, paragraph


def parts(paragraph: str) -> list[str]:
    """Return the lines of a paragraph."""
    return [part for part in paragraph.split("\n") if part.strip()]


def bare(text: str) -> str:
    """Return text without soft hyphens and bidi controls, with plain spaces."""
    return " ".join(DIRECTIONS.sub("", text).replace("\u00ad", "").split())


@each_language
def test_reading_order_matches_the_tree(edition: Shipped) -> None:
    lines = [line.words for line in read_aloud_order(planned_tree(edition))]
    heard = bare(" ".join(lines))
    for node in leaves(read_tree(edition)):
        assert bare(node.alt or node.text) in heard


def leaves(node: Node) -> list[Node]:
    """Return the elements with text or pictures."""
    inner = [kid for kid in node.kids if isinstance(kid, Node)]
    if node.alt or not inner:
        return [node]
    return [leaf for kid in inner for leaf in leaves(kid)]


IN_EACH_SCRIPT = {
    *(("proven-model", language) for language in ("en", "ar", "hi", "km", "ta", "th")),
    *(("right-to-left", "ar"), ("two-languages", "en")),
}


@each_language
def test_mupdf_gets_the_copy_in_the_order_of_the_tree(edition: Shipped, tmp_path: Path) -> None:
    assert_in_order(edition, READERS["mupdf"](screen(*edition), tmp_path))


@pytest.mark.parametrize("edition", only(IN_EACH_SCRIPT, shipped()), ids="-".join, scope="module")
def test_pypdf_gets_the_copy_in_the_order_of_the_tree(edition: Shipped, tmp_path: Path) -> None:
    """It takes longer than all other tests of an edition."""
    assert_in_order(edition, READERS["pypdf"](screen(*edition), tmp_path))


def assert_in_order(edition: Shipped, text: str) -> None:
    """Compare piece by piece, since a paragraph may continue after a folio or in a frame drawn later."""
    got = unspaced(text)
    for piece in planned_tree(edition).root.pieces:
        assert unspaced(join_text(piece.items)) in got


@each_language
@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
def test_readers_that_order_lines_themselves_get_every_letter(
    edition: Shipped, reader: str, tmp_path: Path
) -> None:
    # pdfium drops letters of rotated right-to-left text and mirrors its brackets.
    got = letters(READERS[reader](screen(*edition), tmp_path))
    wanted = letters("".join(written(edition, upright=reader == "pdfium")))
    assert wanted - got == Counter()


def letters(text: str) -> Counter[str]:
    return Counter(unspaced(text).replace("(", ")"))
