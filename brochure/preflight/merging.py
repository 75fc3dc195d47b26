"""Merges repeated findings, so that the same fault many times on a page is one finding with a count.

Findings that only follow from another one are dropped.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace

from brochure.findings import Finding
from brochure.geometry import MM

MAX_PLACES = 4
"""How many places a merged finding lists, the first included."""
MAX_BOXES = 24
"""How many boxes a merged finding has, for pictures of its page."""


def merge_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Merge findings of one kind on one page into the first of them, with their count and the first places.

    Findings with a line in a source file are not merged, since each line is fixed by itself; the same fault of one line on
    two pages (an image across the fold) is reported for the first page only.
    """
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_key(finding), []).append(finding)
    return tuple(group[0] if group[0].span else _merge(group) for group in groups.values())


CONSEQUENCES = {"drawing-unusable": "page-empty", "artwork-unusable": "page-empty"}
"""Findings that a fault has as a consequence: the page of a drawing that cannot be used may have no other content."""


def drop_consequences(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without those that will be gone when another is fixed."""
    listed = tuple(findings)
    dropped = {CONSEQUENCES[one.code] for one in listed if one.code in CONSEQUENCES}
    return tuple(one for one in listed if one.code not in dropped)


def _key(finding: Finding) -> Hashable:
    if finding.span:
        return finding.code, finding.message, finding.span
    if finding.page is None:
        return finding
    # Without a point on the page, the message alone tells faults apart: two fonts that are not embedded are two findings.
    kind = finding.message if finding.at is None else None
    return finding.code, finding.severity, finding.page, kind


def _merge(group: list[Finding]) -> Finding:
    first = group[0]
    # An object painted twice at one point is one fault; without points, equal findings are separate faults.
    count = len(group) if first.at is None else len(dict.fromkeys(group))
    if count == 1 or first.page is None:
        return first
    message = f"{first.message}, and {count - 1:,} more like it on this page"
    if first.at is None:
        return replace(first, message=message, count=count)
    places = tuple(dict.fromkeys(one.at for one in group if one.at))[:MAX_PLACES]
    boxes = tuple(dict.fromkeys(one.box for one in group if one.box))[:MAX_BOXES]
    listed = "; ".join(f"{x / MM:.0f}, {y / MM:.0f} mm" for x, y in places[1:])
    at = f", at {listed}" if listed else ""
    more = ", …" if listed and count > len(places) else ""
    return replace(first, message=f"{message}{at}{more}", count=count, places=places, boxes=boxes)
