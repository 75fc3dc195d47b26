"""Editions and pages as plain data for the web interface. docs/proof.md describes it for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from brochure.findings import Finding, Span
from brochure.geometry import Rect
from brochure.layout.page_plan import PlannedFrame, PlannedPage, plan
from brochure.model.display_list import Page
from brochure.prepress.inks import find_inks
from brochure.proof.areas import Area, find_areas
from brochure.proof.frame_areas import FrameArea, find_frame_areas
from brochure.proof.messages import finding_data, list_messages, place_data
from brochure.proof.session import OpenEdition, ProofSession, edition_id
from brochure.spec.model import Layout
from brochure.system.editor import real_path

MAX_BASELINES = 500
"""More lines than this are not drawn: they would look like one area."""


def project_data(session: ProofSession, *, live: bool, read_only: bool) -> dict[str, Any]:
    """Return the brochure and its editions."""
    layout = session.job.layout
    return {
        "brochure": layout.brochure,
        "source_language": layout.source_language,
        "live": live,
        "read_only": read_only,
        "folder": real_path(session.project.root) if live else "",
        "editions": [
            {
                "id": edition_id(name),
                "language": name.language,
                "office": name.office,
            }
            for name in session.names
        ],
    }


def edition_data(session: ProofSession, opened: OpenEdition) -> dict[str, Any]:
    """Return an edition with its pages, findings and messages, without drawings."""
    made = opened.made
    planned = plan_pages(made.edition.layout, made.edition.left_to_right)
    pages = [page_data(opened, at, planned) for at in range(len(made.pages))]
    places = _locate(pages)
    keys = {story.span: key for key, story in made.edition.stories.items()}
    return {
        "id": opened.id,
        "language": opened.name.language,
        "office": opened.name.office,
        "left_to_right": made.edition.left_to_right,
        "version": max(opened.versions, default=0),
        "pages": pages,
        "spreads": find_spreads(planned),
        "inks": list(find_inks(session.press_pages(opened), made.work.condition)),
        "condition": made.work.condition.about,
        "ink_limit": made.work.condition.ink_limit,
        "findings": list(findings_data((*made.findings, *opened.glossary_faults), places, keys)),
        "faults": [finding_data(one) for one in (*session.faults, *opened.faults)],
        "messages": list_messages(opened),
    }


def preflight_data(opened: OpenEdition, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings of preflight with the places that they lead to."""
    edition = opened.made.edition
    planned = plan_pages(edition.layout, edition.left_to_right)
    places = _locate(page_data(opened, at, planned) for at in range(len(opened.made.pages)))
    keys = {story.span: key for key, story in edition.stories.items()}
    return list(findings_data(findings, places, keys))


@lru_cache(maxsize=8)
def plan_pages(layout: Layout, left_to_right: bool) -> tuple[PlannedPage, ...]:  # noqa: FBT001  # a key
    """Return the pages with their grids and frames."""
    return plan(layout, left_to_right=left_to_right)


def page_data(opened: OpenEdition, at: int, planned: tuple[PlannedPage, ...]) -> dict[str, Any]:
    """Return a page: its size, what can be clicked, and its guides."""
    made = opened.made
    page: Page = made.pages[at]
    areas = find_areas(page, made.edition.layout, made.work.condition)
    frames = find_frame_areas(planned, at, made.edition, made.work.condition)
    return {
        "number": page.number,
        "label": page.label,
        "width": page.width,
        "height": page.height,
        "bleed": page.bleed,
        "verso": page.verso,
        "version": opened.versions[at],
        "areas": [_area_data(area, f"{page.number}.{turn}") for turn, area in enumerate(areas)],
        "frames": [_frame_area_data(frame, page.number) for frame in frames],
        "guides": _guides(planned[at]),
    }


def _area_data(area: Area, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "kind": area.kind,
        "key": area.key,
        "block": {"kind": area.block_kind, **place_data(area.block)},
        "source": place_data(area.span),
        "style": area.style,
        "rects": [_rect(rect) for rect in area.rects],
        "label": area.label,
        "facts": [list(fact) for fact in area.facts],
    }


def _frame_area_data(frame: FrameArea, page: int) -> dict[str, Any]:
    return {
        "id": f"{page}.frame.{frame.page}.{frame.name}",
        "kind": "frame",
        "key": "",
        "block": {"kind": "", **place_data(frame.place)},
        "source": place_data(None),
        "style": "",
        "rects": [_rect(frame.rect)],
        "label": frame.name,
        "facts": [list(fact) for fact in frame.facts],
    }


def _rect(rect: Rect) -> list[float]:
    return [round(part, 2) for part in (rect.x, rect.y, rect.width, rect.height)]


def _guides(planned: PlannedPage) -> dict[str, Any]:
    grid = planned.grid
    area, step = grid.type_area, grid.column + grid.gutter
    columns = [
        Rect(area.x + at * step, area.y, grid.column, area.height) for at in range(grid.columns)
    ]
    return {
        "margins": _rect(area),
        "columns": [_rect(column) for column in columns],
        "baselines": [round(y, 2) for y in _baselines(planned)],
        "frames": [_frame_data(frame) for frame in planned.frames],
    }


def _baselines(planned: PlannedPage) -> Iterator[float]:
    grid = planned.grid
    if grid.baseline <= 0 or grid.height / grid.baseline > MAX_BASELINES:
        return
    y = grid.grid_top
    while y >= 0:
        yield y
        y -= grid.baseline


def _frame_data(frame: PlannedFrame) -> dict[str, Any]:
    return {
        "name": frame.name,
        "rect": _rect(frame.rect),
        "rotate": frame.spec.rotate,
        "story": frame.story or "",
        **place_data(frame.spec.span),
    }


def find_spreads(planned: Iterable[PlannedPage]) -> list[list[int]]:
    """Return the page numbers of each spread, from left to right as printed."""
    spreads: dict[int, list[int]] = {}
    for page in planned:
        row = sorted([(0.0, page.number), *((dx, number) for number, dx in page.beside)])
        spreads.setdefault(page.spread, [number for _, number in row])
    return list(spreads.values())


# Findings

Places = Mapping[Span, tuple[int, str]]
"""The page on which each place in a file is shown first, and the area that shows it."""


def _locate(pages: Iterable[Mapping[str, Any]]) -> Places:
    places: dict[Span, tuple[int, str]] = {}
    for page in pages:
        for place, area in _places_on(page):
            if place["file"]:
                span = Span(place["file"], place["line"], place["column"])
                places.setdefault(span, (page["number"], area))
    return places


def _places_on(page: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    for area in (*page["areas"], *page["frames"]):
        yield area["source"], area["id"]
        yield area["block"], area["id"]


def findings_data(
    findings: Iterable[Finding], places: Places, keys: Mapping[Span, str]
) -> Iterator[dict[str, Any]]:
    """Yield findings with the page and the area that each leads to, and the message that it is about."""
    for finding in findings:
        page, area = places.get(finding.span, (None, "")) if finding.span else (None, "")
        key = keys.get(finding.span, "") if finding.span else ""
        yield {**finding_data(finding, page, key), "area": area}
