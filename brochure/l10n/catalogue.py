"""Translation catalogues: the messages of a brochure translated into one language.

Each translation records the source text that it was made from. If the source has changed since, the translation is fuzzy
and is not printed until a translator has reviewed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span


@dataclass(frozen=True, slots=True)
class Translation:
    """One catalogue entry.

    Attributes:
        key: The message's key (gettext's msgctxt).
        source: The source text as the translator saw it.
        text: The target text; empty if the message is not translated.
        fuzzy: True if a translator must review the translation.
        previous: The source text that the translation was made from, if the source has changed since.
        notes: The translator's comment.
        comments: Extracted comments for the translator.
    """

    key: str
    source: str
    text: str
    span: Span
    fuzzy: bool = False
    previous: str | None = None
    notes: str = ""
    comments: str = ""

    @property
    def ready(self) -> bool:
        """True if the message is translated and not fuzzy."""
        return bool(self.text) and not self.fuzzy


@dataclass(frozen=True)
class Catalogue:
    """The translations into one language, in the order of the source; `obsolete` holds those whose message was removed."""

    language: str
    file: str
    entries: Mapping[str, Translation]
    obsolete: tuple[Translation, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""Characters that can neither be printed nor written to XML (XML 1.0, 2.2), a workbook or YAML."""


def find_control_characters(one: Translation) -> Iterator[Finding]:
    """Yield a finding if the entry's key, text or comments contain a control character."""
    for text in (one.key, one.source, one.text, one.notes, one.comments, one.previous or ""):
        match = UNPRINTABLE.search(text)
        if match:
            message = f"the message contains the control character U+{ord(match[0]):04X}"
            yield Finding("copy-control", message, one.span, "delete it")
            return
