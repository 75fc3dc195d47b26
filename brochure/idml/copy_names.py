"""Names of stories, from their headings and first words, and of messages, from their styles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brochure.idml.stories import Paragraph, shorten
from brochure.idml.text_styles import TextStyles
from brochure.l10n.message_text import PAGE_NUMBER

MAX_WORDS = 4
"""Words of a text that the name of its story has."""


def key_for_style(style: str) -> str:
    """Return the last part of a key: the style's name, without what formatting by hand added to it."""
    plain = re.sub(r"^body(-.*)?$", "text", style)
    return re.sub(r"-\d+(-\d+)?$", "", plain) or "text"


def name_story(paragraphs: Sequence[Paragraph], styles: TextStyles) -> str:
    """Return a name for a story from its first heading, else from its first words."""
    with_text = [one for one in paragraphs if one.part is None and one.text.strip()]
    headings = [one for one in with_text if styles.heading(one.style)]
    first = next(iter((*headings, *with_text)), None)
    if first is None:
        return "table" if paragraphs else "text"
    if PAGE_NUMBER in first.text:
        return "folio"
    return " ".join(shorten(first.text, 60).split()[:MAX_WORDS])
