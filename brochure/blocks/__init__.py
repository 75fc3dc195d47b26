"""Block kinds, one to a file: `bar-chart` in a layout is `bar_chart.py`, its class `BarChart`, its matter `galley()`.

Takes blocks as the layout has them; gives the galleys that make-up cuts. `KINDS` is what the reader is handed, so that it
knows the kinds without importing them.
"""

from __future__ import annotations

import sys
from functools import lru_cache

from brochure.model.block_context import BlockContext
from brochure.model.galley import Galley, Piece
from brochure.spec.model import Content
from brochure.styles.defaults import BUILT_IN
from brochure.system import plugins


class BlockKinds:
    """The kinds of block and the styles that they ask for, as the reader of layouts wants to know them."""

    def names(self) -> list[str]:
        """Every kind, as a designer writes it."""
        return _names()

    def model(self, name: str) -> type:
        """The class whose fields a block of this kind has."""
        model: type = getattr(plugins.kind(sys.modules[__name__], name), _class_name(name))
        return model

    def styles(self) -> frozenset[str]:
        """The built-in paragraph styles."""
        return frozenset(BUILT_IN)


KINDS = BlockKinds()


def set_blocks(content: Content, context: BlockContext) -> Galley:
    """The galleys of several blocks, one after the other."""
    pieces: list[Piece] = []
    for block in content:
        pieces.extend(sys.modules[type(block).__module__].galley(block, context))
    return tuple(pieces)


@lru_cache(maxsize=1)
def _names() -> list[str]:
    return plugins.names(sys.modules[__name__])


def _class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
