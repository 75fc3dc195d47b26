"""Folio: the printed number of the page.

Belongs into a frame of a master. What it shows is the page's place in the brochure, or what the page says under `folio`;
the number is written in the digits of the edition.

Example:
    - folio:
      style: folio
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.l10n.message_format import format_message
from brochure.model.block_context import BlockContext
from brochure.model.display_list import FOLIO
from brochure.model.galley import Galley, Matter
from brochure.spec.values import Message, StyleName


class FolioOrder(Enum):
    """Which of the two stands first: on a verso the number stands outside, before the running title."""

    RUNNING_FIRST = "running-first"
    NUMBER_FIRST = "number-first"


APART = "\u00a0" * 4
"""Between number and running title: not an em space, which many a family has not got."""


@dataclass(frozen=True, slots=True)
class Folio:
    """A page number."""

    span: Span
    running: Annotated[Message | None, "words that stand beside the number: a running title"] = None
    order: Annotated[FolioOrder, "running-first or number-first"] = FolioOrder.RUNNING_FIRST
    style: Annotated[StyleName | None, "its style; `folio` unless told"] = None


def galley(block: Folio, context: BlockContext) -> Galley:
    """The number, as an artifact: nobody wants to hear it in the middle of a sentence."""
    style = context.style(block.style, "folio")
    words = [context.story(block.running).text] if block.running else []
    words.insert(len(words) if block.order is FolioOrder.RUNNING_FIRST else 0, _number(context))
    prepared = context.plain(APART.join(words), style)
    return (Matter(prepared, FOLIO, span=block.span),) if context.folio else ()


def _number(context: BlockContext) -> str:
    """The number in the edition's digits; what is no plain number (iv, A-3, 007) stays as it is."""
    said = context.folio
    if not (said.isascii() and said.isdigit()) or said.startswith("0"):
        return said
    return format_message(
        "{folio, number, ::group-off}", {"folio": int(said)}, context.edition.locale
    )
