"""Folio: the printed number of the page.

Belongs into a frame of a master. What it shows is the page's place in the brochure, or what the page says under `folio`.

Example:
    - folio:
      style: folio
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from brochure.findings import Span
from brochure.galley import Galley, Matter
from brochure.placed import ARTIFACT
from brochure.setter import Setter
from brochure.spec.values import Message, StyleName


@dataclass(frozen=True, slots=True)
class Folio:
    """A page number."""

    span: Span
    running: Annotated[Message | None, "words that stand before the number: a running title"] = None
    style: Annotated[StyleName | None, "its style; `folio` unless told"] = None


def galley(block: Folio, setter: Setter) -> Galley:
    """The number, as an artifact: nobody wants to hear it in the middle of a sentence."""
    style = setter.style(block.style, "folio")
    running = f"{setter.story(block.running).text}\u2003" if block.running else ""
    prepared = setter.plain(running + setter.folio, style)
    return (Matter(prepared, ARTIFACT, span=block.span),) if setter.folio else ()
