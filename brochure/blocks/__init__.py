"""Block kinds, one module each: `bar-chart` in a layout is the class `BarChart` in `bar_chart.py`.

Each module has a `galley()` function that typesets a block of its kind. The layout reader receives `KINDS`, so it does not
import the modules of the blocks.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import lru_cache
from typing import Protocol, cast

from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, Piece, locate_pieces
from brochure.spec.model import Content
from brochure.styles.defaults import BUILT_IN
from brochure.system import plugins


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
        galley = sys.modules[type(block).__module__].galley(block, own)
        pieces.extend(locate_pieces(galley, block.span))
    return tuple(pieces)


@lru_cache(maxsize=1)
def _names() -> list[str]:
    return plugins.names(sys.modules[__name__])


def _class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
