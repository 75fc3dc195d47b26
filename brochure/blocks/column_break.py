"""Column break: continue in the next column, or in the next frame of the story.

After a break in the last column of the last frame, the rest of the text is reported as overset.

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
    """A column break."""

    span: Span
    note: Annotated[str | None, "a note for yourself; it is not printed"] = None


def galley(block: ColumnBreak, context: BlockContext) -> Galley:
    """Return the break."""
    return (ForcedBreak(block.span),)
