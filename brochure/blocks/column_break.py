"""Column break: what follows begins at the head of the next column, or of the next frame of its story.

In the last column there is no next one, and what follows is reported as overflow.

Example:
    - column-break:
"""

from __future__ import annotations

from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.model.galley import ForcedBreak, Galley


@dataclass(frozen=True, slots=True)
class ColumnBreak:
    """A break."""

    span: Span
    note: Annotated[str | None, "a note to yourself on what ends here; it is not set"] = None


def galley(block: ColumnBreak, context: BlockContext) -> Galley:
    """The break alone."""
    return (ForcedBreak(block.span),)
