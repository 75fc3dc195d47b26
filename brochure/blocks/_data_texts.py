"""Texts of data files in editions of another language."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.findings import Finding, Severity, Span
from brochure.l10n.data_table import DataTable
from brochure.l10n.language_tags import is_compatible
from brochure.model.block_context import BlockContext

MAX_LISTED = 3
"""Texts that the finding lists."""


def warn_of_untranslated(
    texts: Sequence[tuple[str, Span]], table: DataTable, context: BlockContext
) -> None:
    """Warn of texts of a file that are printed in an edition of another language.

    Args:
        texts: The texts without a message, with their places.
        table: The contents of the file.
        context: The context of the block.
    """
    edition = context.edition
    words = [(text, place) for text, place in texts if any(map(str.isalpha, text))]
    if not words or is_compatible(edition.layout.source_language, edition.language):
        return
    distinct = list(dict.fromkeys(text for text, _ in words))
    listed = ", ".join(f"'{text[:30]}'" for text in distinct[:MAX_LISTED])
    more = ", …" if len(distinct) > MAX_LISTED else ""
    message = (
        f"{edition.language}: texts of {table.label} are printed as in the file: {listed}{more}"
    )
    hint = "give them messages under 'labels', and headings of columns under 'head'"
    place, count = words[0][1], len(distinct)
    context.findings.append(
        Finding("data-untranslated", message, place, hint, Severity.WARNING, count=count)
    )
