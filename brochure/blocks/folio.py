"""Folio: the page number, with an optional running title.

Use it in a frame of a master page. It shows the page's number in the brochure, or the value of `folio` on the page, in the
digits of the edition's language.

Example:
    - folio:
      style: folio
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.l10n.anchors import format_folio
from brochure.model.block_context import BlockContext
from brochure.model.display_list import FOLIO
from brochure.model.galley import Galley, GalleyParagraph
from brochure.spec.values import Message, StyleName


class FolioOrder(Enum):
    """Order of number and running title; on a left-hand page the number usually comes first, at the outer edge."""

    RUNNING_FIRST = "running-first"
    NUMBER_FIRST = "number-first"


SEPARATOR = "\u00a0" * 4
"""Space between number and running title. Not an em space, which many fonts lack."""


@dataclass(frozen=True, slots=True)
class Folio:
    """A page number."""

    span: Span
    running: Annotated[Message | None, "running title beside the number"] = None
    order: Annotated[FolioOrder, "which comes first: `running-first` or `number-first`"] = (
        FolioOrder.RUNNING_FIRST
    )
    style: Annotated[StyleName | None, "paragraph style (default: `folio`)"] = None


def galley(block: Folio, context: BlockContext) -> Galley:
    """Typeset the page number as an artifact, so that screen readers skip it."""
    style = context.style(block.style, "folio")
    words = [context.story(block.running).text] if block.running else []
    number = format_folio(context.folio, context.edition.locale)
    words.insert(len(words) if block.order is FolioOrder.RUNNING_FIRST else 0, number)
    prepared = context.prepare_plain(SEPARATOR.join(words), style)
    return (GalleyParagraph(prepared, FOLIO, span=block.span),) if context.folio else ()
