"""Block kinds, one module each: `bar-chart` in a layout is the class `BarChart` in `bar_chart.py`.

Each module has a `galley()` function that typesets a block of its kind. The layout reader receives `KINDS`, so it does not
import the modules of the blocks.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import lru_cache
from typing import Protocol, cast

from brochure.findings import Severity, Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import ForcedBreak, Galley, GalleyParagraph, Piece, locate_pieces
from brochure.spec.block_keys import SpanningBlocks
from brochure.spec.model import Content
from brochure.styles.defaults import BUILT_IN
from brochure.system import plugins
from brochure.typeset.style import ColumnSpan


class BlockKinds:
    """The block kinds and built-in paragraph styles, as the layout reader needs them."""

    def names(self) -> list[str]:
        """Return all block kinds as written in a layout."""
        return _names()

    def model(self, name: str) -> type:
        """Return the dataclass that holds the fields of a block kind."""
        model: type = getattr(plugins.kind(sys.modules[__name__], name), _class_name(name))
        return model

    def styles(self) -> frozenset[str]:
        """Return the names of the built-in paragraph styles."""
        return frozenset(BUILT_IN)


KINDS = BlockKinds()


class _Block(Protocol):
    """A block of any kind."""

    @property
    def span(self) -> Span:
        """Its place in the layout."""


def set_blocks(content: Content, context: BlockContext) -> Galley:
    """Typeset blocks and return their pieces as one galley."""
    pieces: list[Piece] = []
    for block in cast("tuple[_Block, ...]", content):
        own = replace(context, block=block.span)
        if isinstance(block, SpanningBlocks):
            pieces.extend(_set_spanning(block, own))
            continue
        galley = sys.modules[type(block).__module__].galley(block, own)
        pieces.extend(locate_pieces(galley, block.span))
    return tuple(pieces)


def _set_spanning(block: SpanningBlocks, context: BlockContext) -> Galley:
    """Typeset a block as wide as all columns of the frame."""
    if block.span_ is ColumnSpan.COLUMN:
        return tuple(_span(piece, spans=False) for piece in set_blocks(block.content, context))
    if not context.span_measure:
        what = "'span: all' has no effect within a block; only blocks of a frame span its columns"
        context.note("span-useless", what, block.span, "remove it", Severity.WARNING)
        return set_blocks(block.content, context)
    wide = replace(context, measure=context.span_measure)
    return tuple(_span(piece, spans=True) for piece in set_blocks(block.content, wide))


def _span(piece: Piece, *, spans: bool) -> Piece:
    """Return a piece that spans the columns, or one that does not, whatever its style."""
    if isinstance(piece, ForcedBreak):
        return piece
    if isinstance(piece, GalleyParagraph) and not spans:
        style = replace(piece.text.style, span=ColumnSpan.COLUMN)
        return replace(piece, text=replace(piece.text, style=style))
    return replace(piece, spans=spans)


@lru_cache(maxsize=1)
def _names() -> list[str]:
    return plugins.names(sys.modules[__name__])


def _class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
