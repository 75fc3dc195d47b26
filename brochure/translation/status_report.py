"""Assess all editions quickly: from the cache where nothing has changed, the others in several processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from brochure.errors import UsageError
from brochure.findings import Finding, Severity, Span, nearest
from brochure.inputs import Inputs
from brochure.l10n.language_tags import fallback_chain
from brochure.l10n.project_editions import EditionName
from brochure.translation.overset import OversetMessage
from brochure.translation.parallel import run_parallel
from brochure.translation.result_cache import ResultKind
from brochure.translation.status import EditionStatus, assess_edition, list_assessed
from brochure.translation.workspace import Workspace


def choose_editions(
    workspace: Workspace, offices: Iterable[str] = (), languages: Iterable[str] = ()
) -> tuple[EditionName, ...]:
    """Return the editions of these offices and languages (`fr` includes `fr-CA`); all by default.

    Raises:
        UsageError: No edition is of one of the offices, or in one of the languages.
    """
    chosen = tuple(list_assessed(workspace))
    for office in offices:
        if office not in {one.office for one in chosen}:
            hint = nearest(office, {one.office for one in chosen} - {""})
            raise UsageError(f"--office {office}: unknown office ({hint})")
    for tag in languages:
        if not any(_is_in(one, tag) for one in chosen):
            hint = nearest(tag, {one.language for one in chosen})
            raise UsageError(f"--lang {tag}: no edition is in this language ({hint})")
    wanted_offices, wanted_tags = tuple(offices), tuple(languages)
    return tuple(
        one
        for one in chosen
        if (not wanted_offices or one.office in wanted_offices)
        and (not wanted_tags or any(_is_in(one, tag) for tag in wanted_tags))
    )


def _is_in(name: EditionName, tag: str) -> bool:
    return bool(name.language) and tag in fallback_chain(name.language)


def assess_quickly(
    workspace: Workspace, names: Sequence[EditionName], jobs: int | None = None
) -> Iterator[EditionStatus]:
    """Yield the status of editions: first those from the cache, then the others as they are assessed."""
    results = workspace.results
    label = workspace.project.label("")  # findings name files from the current folder
    left: list[EditionName] = []
    for name in names:
        found = results.find(STATUS, (label, name))
        if found is None:
            left.append(name)
        else:
            yield found
    for name, (status, inputs) in zip(
        left, run_parallel(lambda name: _assess(workspace, name), left, jobs), strict=True
    ):
        results.store(STATUS, (label, name), inputs, status)
        yield status


def _assess(workspace: Workspace, name: EditionName) -> tuple[EditionStatus, Inputs]:
    recorded = workspace.results.record()
    status = assess_edition(replace(workspace, project=recorded), name)
    return status, workspace.results.collect(recorded)


# Counts


def explain_counts(workspace: Workspace, found: Sequence[EditionStatus]) -> tuple[str, ...]:
    """Return sentences that say why editions have other numbers of messages than catalogues, and than each other."""
    read = [one for one in found if one.messages]
    if not read:
        return ()
    notes: list[str] = []
    unused = find_unused(read)
    total = len(workspace.source.entries)
    if unused:
        some = ", ".join(unused[:MAX_LISTED]) + (", …" if len(unused) > MAX_LISTED else "")
        verb = "is" if len(unused) == 1 else "are"
        notes.append(
            f"Catalogues have {total} messages; {len(unused)} {verb} not printed in these editions: {some}"
        )
    if len({one.messages for one in read}) > 1:
        notes.append(
            "The numbers of messages differ: blocks and pages have conditions, or offices add messages"
        )
    return tuple(notes)


MAX_LISTED = 5
"""Maximum number of messages that a sentence lists."""


def find_unused(found: Iterable[EditionStatus]) -> tuple[str, ...]:
    """Return the source messages that none of the editions uses."""
    first, *others = [one.unused for one in found] or [()]
    common = set(first).intersection(*others)
    return tuple(key for key in first if key in common)


# In the cache


def _encode(status: EditionStatus) -> dict[str, Any]:
    data = asdict(replace(status, findings=(), overset=()))
    data["name"] = [status.name.office, status.name.language]
    data["overset"] = [
        asdict(replace(one, span=None)) | {"span": _encode_span(one.span)} for one in status.overset
    ]
    data["findings"] = [
        asdict(replace(one, span=None, severity=Severity.ERROR))
        | {"span": _encode_span(one.span), "severity": one.severity.value}
        for one in status.findings
    ]
    return data


def _encode_span(span: Span | None) -> tuple[str, int, int] | None:
    return (span.file, span.line, span.column) if span else None


def _decode_span(data: Any) -> Span | None:
    return Span(str(data[0]), int(data[1]), int(data[2])) if data else None


def _decode(data: Any) -> EditionStatus:
    keys = ("fuzzy", "missing", "outdated", "broken", "unused")
    return EditionStatus(
        EditionName(*map(str, data["name"])),
        messages=int(data["messages"]),
        **{key: tuple(map(str, data[key])) for key in keys},
        overset=tuple(
            OversetMessage(
                **{**one, "words": tuple(one["words"]), "span": _decode_span(one["span"])}
            )
            for one in data["overset"]
        ),
        others=int(data["others"]),
        findings=tuple(_decode_finding(one) for one in data["findings"]),
        words=int(data["words"]),
    )


def _decode_finding(data: Any) -> Finding:
    return Finding(
        **{
            **data,
            "span": _decode_span(data["span"]),
            "severity": Severity(data["severity"]),
            "at": tuple(data["at"]) if data["at"] else None,
            "places": tuple((x, y) for x, y in data["places"]),
            "box": tuple(data["box"]) if data["box"] else None,
            "boxes": tuple(tuple(box) for box in data["boxes"]),
        }
    )


STATUS: ResultKind[EditionStatus] = ResultKind("status", 2, encode=_encode, decode=_decode)
"""The status of an edition takes as long as a build without its PDF."""
