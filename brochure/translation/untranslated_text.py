"""Find hard-coded text: text on the pages that does not come from a message, variable or number.

Works on an edition in a pseudolocale. Text in images is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.findings import Finding
from brochure.l10n.number_format import format_number
from brochure.layout.threads import SetThread
from brochure.model.display_list import GlyphRun
from brochure.translation.workspace import SetEdition

WORD = re.compile(r"[^\W\d_]+")
NUMBER_STYLES = ("", "percent", "::compact-short", "::compact-long")
"""Number styles that charts may use; some contain letters."""


def find_untranslated(done: SetEdition) -> tuple[Finding, ...]:
    """Return a finding for each piece of hard-coded text, once per page."""
    known = _known_text(done)
    found = (one for each in done.threads for one in _find_in_thread(each, known))
    return tuple(dict.fromkeys(found))


def _known_text(done: SetEdition) -> str:
    """Return the text of all messages and formatted numbers, case-folded."""
    edition = done.edition
    numbers = [
        format_number(value, edition.locale, style)
        for value in edition.facts.values()
        if not isinstance(value, str)
        for style in NUMBER_STYLES
    ]
    return "\n".join((*(story.text for story in edition.stories.values()), *numbers)).casefold()


def _find_in_thread(each: SetThread, known: str) -> Iterator[Finding]:
    first = 0
    for frame, page in zip(each.thread.frames, each.thread.pages, strict=True):
        columns = each.flowed.items[first : first + len(frame.columns)]
        first += len(frame.columns)
        runs = (item for column in columns for item in column if isinstance(item, GlyphRun))
        for text in (run.glyphs.text for run in runs):
            if any(word.casefold() not in known for word in WORD.findall(text)):
                where = f"in frame '{frame.name}' on page {page.number}"
                message = f"hard-coded text '{text.strip()}' {where} cannot be translated"
                hint = "move it to a message in the copy"
                yield Finding("hard-coded", message, frame.spec.span, hint, page=page.number)
