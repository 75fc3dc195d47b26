"""Blocks that span the columns of their frame."""

from __future__ import annotations

from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.typeset.style import ColumnSpan


@dataclass(frozen=True, slots=True)
class SpanningBlocks:
    """A block that spans the columns of its frame.

    It is not a block of its own: its content is set as wide as the frame.
    """

    span: Span
    span_: Annotated[
        ColumnSpan, "`all`: the block spans the columns of its frame; `column`: it does not"
    ]
    content: tuple[object, ...] = ()
