"""Every edition of the shipped layouts for the screen: it conforms, and the tree says the copy, message by message."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from brochure.api import LaidOut, lay_out
from brochure.model.display_list import GlyphRun
from brochure.project import DiskProject
from brochure.structure.reading_order import read_aloud_order
from brochure.structure.structure_tree import build_tree, join_text
from tests.readback.readers import READERS
from tests.readback.test_text import DIRECTIONS, unspaced
from tests.structure.brochures import PSEUDO, ROOT, Shipped, screen, shipped
from tests.structure.conformance import assert_conforms
from tests.structure.tagged import Node, tree_of

each_edition = pytest.mark.parametrize("edition", [*shipped(), *PSEUDO], ids="-".join)
each_language = pytest.mark.parametrize("edition", shipped(), ids="-".join)


@each_edition
def test_it_conforms(edition: Shipped, tmp_path: Path) -> None:
    assert_conforms(screen(*edition), tmp_path)


@lru_cache(maxsize=16)
def made(layout: str, language: str) -> LaidOut:
    return lay_out(DiskProject(ROOT / layout), language)


def written(edition: Shipped, *, upright: bool = False) -> list[str]:
    """The paragraphs of the copy that are set in type; those that stand upright, where only these are asked for."""
    pages = made(*edition)
    runs = [item for page in pages.pages for item in page.items if isinstance(item, GlyphRun)]
    spans = {run.glyphs.span for run in runs}
    turned = {run.glyphs.span for run in runs if run.matrix.b} if upright else set()
    return [
        "".join(words.text for words in paragraph)
        for story in pages.edition.stories.values()
        if story.span in spans - turned
        for paragraph in story.paragraphs
    ]


@each_language
def test_the_tree_says_every_paragraph_of_the_copy(edition: Shipped) -> None:
    text = bare(tree_of(screen(*edition)).text)
    for paragraph in written(edition):
        for part in parts(paragraph):
            assert bare(part) in text, paragraph


def parts(paragraph: str) -> list[str]:
    """A paragraph by its lines."""
    return [part for part in paragraph.split("\n") if part.strip()]


def bare(text: str) -> str:
    """Text without soft hyphens, marks of direction and what kind of space stands where."""
    return " ".join(DIRECTIONS.sub("", text).replace("\u00ad", "").split())


@each_language
def test_the_tree_is_what_is_spoken(edition: Shipped) -> None:
    pages = made(*edition)
    lines = [
        line.words for line in read_aloud_order(build_tree(pages.pages, pages.edition.language))
    ]
    heard = bare(" ".join(lines))
    for node in leaves(tree_of(screen(*edition))):
        assert bare(node.alt or node.text) in heard


def leaves(node: Node) -> list[Node]:
    """The elements of words and pictures."""
    inner = [kid for kid in node.kids if isinstance(kid, Node)]
    if node.alt or not inner:
        return [node]
    return [leaf for kid in inner for leaf in leaves(kid)]


@each_language
@pytest.mark.parametrize("reader", ["mupdf", "pypdf"])
def test_readers_get_the_copy_in_the_order_of_the_tree(
    edition: Shipped, reader: str, tmp_path: Path
) -> None:
    """Piece by piece, since a paragraph may go on behind a folio or in a frame that is painted later."""
    got = unspaced(READERS[reader](screen(*edition), tmp_path))
    pages = made(*edition)
    for piece in build_tree(pages.pages, pages.edition.language).root.pieces:
        assert unspaced(join_text(piece.items)) in got


@each_language
@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
def test_readers_that_order_lines_themselves_get_every_letter(
    edition: Shipped, reader: str, tmp_path: Path
) -> None:
    # pdfium drops letters of turned text from right to left, and mirrors brackets in it.
    got = letters(READERS[reader](screen(*edition), tmp_path))
    wanted = letters("".join(written(edition, upright=reader == "pdfium")))
    assert wanted - got == Counter()


def letters(text: str) -> Counter[str]:
    return Counter(unspaced(text).replace("(", ")"))
