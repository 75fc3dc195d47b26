"""Hard-coded words: what a layout prints that nobody could translate.

Takes an edition in a pseudo-language, set; gives a finding for each run of letters on its pages that no message, fact or
figure has brought. Pictures are not looked into: words that are painted in one are seen by eye, on the proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.findings import Finding
from brochure.l10n.message_format import format_number
from brochure.layout.threads import SetThread
from brochure.model.display_list import GlyphRun
from brochure.translation.workspace import SetEdition

WORD = re.compile(r"[^\W\d_]+")
FORMS = ("", "percent", "::compact-short", "::compact-long")
"""The forms that a figure may have in a chart: some are written with letters."""


def find_untranslated(done: SetEdition) -> tuple[Finding, ...]:
    """The words that come from nowhere, each once a page."""
    allowed = _allowed(done)
    found = (one for each in done.threads for one in _in_thread(each, allowed))
    return tuple(dict.fromkeys(found))


def _allowed(done: SetEdition) -> str:
    """All that messages and figures may bring to a page, as one text without case."""
    edition = done.edition
    figures = [
        format_number(value, edition.locale, form)
        for value in edition.facts.values()
        if not isinstance(value, str)
        for form in FORMS
    ]
    return "\n".join((*(story.text for story in edition.stories.values()), *figures)).casefold()


def _in_thread(each: SetThread, allowed: str) -> Iterator[Finding]:
    first = 0
    for frame, page in zip(each.thread.frames, each.thread.pages, strict=True):
        columns = each.flowed.items[first : first + len(frame.columns)]
        first += len(frame.columns)
        runs = (item for column in columns for item in column if isinstance(item, GlyphRun))
        for text in (run.glyphs.text for run in runs):
            if any(word.casefold() not in allowed for word in WORD.findall(text)):
                where = f"in frame '{frame.name}' on page {page.number}"
                what = f"'{text.strip()}' {where} comes from no message"
                hint = "nobody can translate it: give it a key in the copy"
                yield Finding("hard-coded", what, frame.spec.span, hint, page=page.number)
