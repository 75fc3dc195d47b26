"""Check an office's copy against the brochure: every message exists, and every language is one of the office's.

A misspelled key would be ignored, and the text that it was to replace, such as another office's telephone number, printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from brochure.findings import Finding, Span, nearest
from brochure.l10n.language_tags import fallback_chain, is_compatible
from brochure.l10n.office import ANY, Office


def check_office_copy(
    office: Office, known: Collection[str], source_language: str
) -> Iterator[Finding]:
    """Yield an error for each message and each language of the office's copy that no edition can use.

    Args:
        office: The office.
        known: The keys of the source copy and of the layout.
        source_language: The language of the source copy, which an office may replace for its translators.
    """
    tags = {one for tag in office.languages for one in fallback_chain(tag)} | {ANY}
    for tag, copy in office.copy.items():
        if tag not in tags and not is_compatible(source_language, tag):
            first = min(entry.span for entry in copy.entries.values()) if copy.entries else None
            yield _report_language(office, tag, tags, first or office.span)
        for key, entry in copy.entries.items():
            if key not in known:
                message = f"office '{office.office}': unknown message '{key}'"
                yield Finding("office-message", message, entry.span, _suggest(key, known))


def _report_language(office: Office, tag: str, tags: Collection[str], span: Span) -> Finding:
    message = f"office '{office.office}' has copy for '{tag}', which is not one of its languages"
    return Finding("office-language", message, span, nearest(tag, tags))


def _suggest(key: str, known: Collection[str]) -> str:
    """Return the nearest key, of those in the same group if there are any."""
    group = key.rpartition(".")[0]
    siblings = [one for one in known if group and one.rpartition(".")[0] == group]
    near = nearest(key, siblings or known)
    return (
        near
        if siblings or near.startswith("did you mean")
        else "remove it, or use it in the layout"
    )
