"""What each block can have beside its own keys: a condition, as frames and pages also can, and a span of the columns."""

from __future__ import annotations

from typing import Annotated

from brochure.choices import Target
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.spec.values import LanguageName, OfficeName
from brochure.typeset.style import ColumnSpan

WHEN = "when"
OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class When:
    """Editions in which something is printed: all keys must be met, each by one of its values."""

    span: Span
    office: Annotated[tuple[OfficeName, ...], "offices, by their file names (default: all)"] = ()
    language: Annotated[
        tuple[LanguageName, ...],
        "languages, as BCP 47 tags; `fr` includes `fr-CA` (default: all)",
    ] = ()
    target: Annotated[tuple[Target, ...], "targets: press, screen, booklet (default: all)"] = ()


@dataclass(frozen=True, slots=True)
class ConditionalBlocks:
    """A block with a condition, and the blocks that replace it in other editions.

    It is not a block of its own: the blocks are chosen before an edition is laid out.
    """

    span: Span
    when: Annotated[When, "editions in which the block is printed (default: all)"]
    otherwise: Annotated[tuple[object, ...], "blocks for the other editions (default: none)"] = ()
    content: tuple[object, ...] = ()


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
