"""What the inspector shows of a message: source, translation, where each text comes from, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.build_values import Job
from brochure.findings import Finding, Span
from brochure.l10n.copy_files import CONTENT
from brochure.l10n.formats.po import SUFFIXES
from brochure.l10n.proofreading import find_problems
from brochure.l10n.translations import Readiness, Translations
from brochure.proof.chips import Segment, split_message
from brochure.proof.fit import Fit
from brochure.proof.session import OpenEdition
from brochure.translation.message_locations import MessageLocation, add_notes, find_locations
from brochure.translation.provenance import trace_message
from brochure.translation.text_check import find_term_problems


def list_messages(opened: OpenEdition) -> list[dict[str, Any]]:
    """Return every message of an edition with its state, in the order of the layout."""
    edition, saved = opened.made.edition, opened.saved
    overset = {finding.span for finding in opened.made.findings if finding.code == "overflow"}
    return [
        {
            "key": key,
            "state": _state(saved, key),
            "draft": key in opened.drafts,
            "overset": story.span in overset,
            "text": story.text,
            "source": saved.source.entries[key].text if key in saved.source.entries else "",
        }
        for key, story in edition.stories.items()
    ]


def message_data(job: Job, opened: OpenEdition, key: str) -> dict[str, Any]:
    """Return all that the inspector shows of a message."""
    saved, edition = opened.saved, opened.made.edition
    source, chosen = saved.source.entries[key], saved.choose(key)
    tag = saved.catalogue_of(key)
    entry = saved.catalogues[tag].entries.get(key) if tag else None
    text = opened.drafts.get(key, entry.text if entry else chosen.text if chosen else "")
    shown = entry.span if entry else chosen.span if chosen else source.span
    merged = next((one for _, one in saved.fuzzy_translations(key)), None)
    facts, locale = edition.facts, edition.locale
    return {
        "key": key,
        "source": {"text": source.text, **place_data(source.span)},
        "source_segments": _segments(split_message(source.text, facts, saved.source.language)),
        "text": text,
        "segments": _segments(split_message(text, facts, locale)),
        "saved": {"text": entry.text if entry else "", "fuzzy": bool(entry and entry.fuzzy)},
        "draft": key in opened.drafts,
        "state": _state(saved, key),
        "editable": tag is not None,
        "why_not": _why_not(saved, key, tag),
        "layer": chosen.layer.name if chosen else "",
        **place_data(shown),
        "previous_source": merged.previous if merged else None,
        "notes": [note for note in (entry.notes, entry.comments) if note] if entry else [],
        "origins": [
            {"layer": one.layer, "text": one.text, "fuzzy": one.fuzzy, **place_data(one.span)}
            for one in trace_message(key, saved)
        ],
        "locations": [str(one) for one in _find_locations(opened).get(key, ())],
        "warnings": [finding_data(one) for one in find_warnings(opened, key, text)],
    }


def _find_locations(opened: OpenEdition) -> dict[str, tuple[MessageLocation, ...]]:
    return add_notes(find_locations(opened.made.edition.layout), opened.saved.source.entries)


def fit_data(fit: Fit) -> dict[str, Any]:
    """Return how a message fits its frames."""
    return {
        "characters": fit.characters,
        "limit": fit.limit,
        "lines_over": fit.lines_over,
        "overset": fit.is_overset,
    }


def find_warnings(opened: OpenEdition, key: str, text: str) -> Iterator[Finding]:
    """Yield what proofreading and the glossary find in the translation of a message."""
    saved, edition = opened.saved, opened.made.edition
    source = saved.source.entries[key]
    if not text or _state(saved, key) == "source":
        return
    story = edition.stories.get(key)
    is_literal = bool(story and story.is_literal)
    found = find_problems(source.text, text, edition.facts, edition.language, literal=is_literal)
    for one in found:
        yield Finding(one.code, one.message, None, one.hint, one.severity)
    texts, checks = (source.text, text), (opened.glossary, edition.layout)
    yield from find_term_problems(key, source.span, texts, edition.language, checks)


def _state(saved: Translations, key: str) -> str:
    """Return the translation state; `source` if the text is that of the source copy."""
    chosen = saved.choose(key)
    if saved.readiness(key) is Readiness.READY and chosen and chosen.layer.name == "source":
        return "source"
    return saved.readiness(key).value


def _why_not(saved: Translations, key: str, tag: str | None) -> dict[str, str] | None:
    """Return why a message cannot be translated here (source, elsewhere, no-catalogue), and the file to edit or to create."""
    if tag is not None:
        return None
    chosen = saved.choose(key)
    if chosen and chosen.layer.name != "source":
        return {"reason": "elsewhere", "file": chosen.span.file}
    if _state(saved, key) == "source":
        return {"reason": "source", "file": saved.source.file}
    return {"reason": "no-catalogue", "file": f"{CONTENT}/{saved.language}{SUFFIXES[0]}"}


def _segments(segments: tuple[Segment, ...]) -> list[dict[str, str]]:
    return [{"text": one.text, "kind": one.kind, "label": one.label} for one in segments]


def place_data(span: Span | None) -> dict[str, Any]:
    """Return a place as `file`, `line` and `column`."""
    if span is None:
        return {"file": "", "line": 0, "column": 0}
    return {"file": span.file, "line": span.line, "column": span.column}


def finding_data(finding: Finding, page: int | None = None, key: str = "") -> dict[str, Any]:
    """Return a finding, with its page and message if they are known."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "page": finding.page or page,
        "key": key,
        "at": list(finding.at) if finding.at else None,
        "count": finding.count,
        **place_data(finding.span),
    }
