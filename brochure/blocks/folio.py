"""Folio: the page number, with an optional running title or running head.

Use it in a frame of a master page. It shows the page's number in the brochure, or the value of `folio` on the page, in the
digits of the edition's language. If the message contains `{page}`, the number is set there; `{pages}` is the number of pages:
`{page} of {pages}`. A running head is the current heading of a level: the first one on the page, else the last one before it.

Example:
    - folio:
      running-head: 1
      style: folio
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.l10n.anchors import format_folio, name_running_head
from brochure.l10n.message_format import OWN_NUMBER
from brochure.model.block_context import BlockContext
from brochure.model.display_list import FOLIO
from brochure.model.galley import Galley, GalleyParagraph
from brochure.spec.constraints import Level
from brochure.spec.values import FolioMessage, StyleName


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
    running: Annotated[
        FolioMessage | None, "running title beside the number, or around it as `{page}`"
    ] = None
    running_head: Annotated[
        Level | None, "level of the heading that is the running head (default: none)"
    ] = None
    order: Annotated[FolioOrder, "which comes first: `running-first` or `number-first`"] = (
        FolioOrder.RUNNING_FIRST
    )
    style: Annotated[StyleName | None, "paragraph style (default: `folio`)"] = None


def galley(block: Folio, context: BlockContext) -> Galley:
    """Typeset the page number as an artifact, so that screen readers skip it."""
    style = context.style(block.style, "folio")
    number = format_folio(context.folio, context.edition.locale)
    story = context.story(block.running) if block.running else None
    running = story.text if story else ""
    if OWN_NUMBER in running:
        number, running = running.replace(OWN_NUMBER, number), ""
    words = [*filter(None, (running, _find_running_head(block.running_head, context)))]
    words.insert(len(words) if block.order is FolioOrder.RUNNING_FIRST else 0, number)
    prepared = context.prepare_plain(SEPARATOR.join(words), style, story)
    return (GalleyParagraph(prepared, FOLIO, span=block.span),) if context.folio else ()


def _find_running_head(level: int | None, context: BlockContext) -> str:
    """Return the text of the current heading of a level; empty before the first one."""
    if level is None:
        return ""
    current = context.edition.headings.get(name_running_head(context.page, level), ())
    return " ".join(context.story(one.message).text for one in current).replace("\n", " ")
