"""Check an office's copy against the brochure: every message exists, and every language is one of the office's.

A misspelled key would be ignored, and the text that it was to replace, such as another office's telephone number, printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import is_dataclass

from brochure.findings import Finding, Severity, Span, nearest
from brochure.l10n.language_tags import fallback_chain, is_compatible
from brochure.l10n.message_file import Copy, SourceMessage
from brochure.l10n.office import ANY, Office
from brochure.l10n.references import field_names
from brochure.spec.model import Layout
from brochure.spec.values import Asset, Message


def select_office_source(office: Office, source: Copy) -> Copy:
    """Return the source texts that an office replaces or adds, which its translators translate instead of the general ones."""
    entries: dict[str, SourceMessage] = {}
    file = office.span.file
    for tag, copy in sorted(office.copy.items(), key=lambda item: len(item[0])):
        if tag != ANY and is_compatible(source.language, tag):
            entries.update(copy.entries)
    own = {
        key: entry
        for key, entry in entries.items()
        if key not in source.entries or entry.text != source.entries[key].text
    }
    return Copy(source.language, file, own)


def check_office(office: Office, known: Collection[str], layout: Layout) -> Iterator[Finding]:
    """Yield what is wrong with an office's copy and pictures; `known` has the keys of the source copy and of the layout."""
    yield from check_office_copy(office, known, layout.source_language)
    if office.pictures:
        yield from check_office_pictures(office, layout)


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


def check_office_pictures(office: Office, layout: Layout) -> Iterator[Finding]:
    """Yield a warning for each picture that an office replaces without an alternative text of its own."""
    own = {key for copy in office.copy.values() for key in copy.entries}
    for path, alt in dict.fromkeys(_find_described(layout)):
        if path in office.files and alt not in own:
            message = (
                f"office '{office.office}' replaces '{path}', but its alternative text '{alt}' describes the picture of"
                " the layout"
            )
            hint = f"add '{alt}' to 'copy' in the office's file"
            span = office.files[path].span
            yield Finding("office-alt", message, span, hint, Severity.WARNING)


def _find_described(value: object) -> Iterator[tuple[str, str]]:
    """Yield the file of each picture with the message of its alternative text, at any depth."""
    if isinstance(value, tuple | Mapping):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _find_described(item)
    elif is_dataclass(value) and not isinstance(value, type):
        alt = getattr(value, "alt", None)
        for name in field_names(type(value)):
            item = getattr(value, name)
            if isinstance(alt, Message) and isinstance(item, Asset):
                yield item.path, alt.key
            yield from _find_described(item)


def _report_language(office: Office, tag: str, tags: Collection[str], span: Span) -> Finding:
    message = f"office '{office.office}' has copy for '{tag}', which is not one of its languages"
    return Finding("office-language", message, span, nearest(tag, tags))


def _suggest(key: str, known: Collection[str]) -> str:
    """Return the nearest key, of those in the same group if there are any.

    Only the last parts of such keys are compared: `contact.mail` is not like `contact.fax`.
    """
    group, _, last = key.rpartition(".")
    siblings = [
        one.rpartition(".")[2] for one in known if group and one.rpartition(".")[0] == group
    ]
    longer = (one for one in siblings if one.startswith(last) or last.startswith(one))
    near = nearest(next(longer, last), siblings) if siblings else nearest(key, known)
    if near.startswith("did you mean"):
        return near.replace("'", f"'{group}.", 1) if siblings else near
    if siblings:
        return f"'{group}' has {', '.join(sorted(siblings)[:MAX_LISTED])}"
    return "remove it, or use it in the layout"


MAX_LISTED = 12
"""Maximum number of keys that a hint lists."""
