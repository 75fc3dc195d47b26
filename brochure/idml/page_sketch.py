"""A page of the InDesign document as an SVG sketch: the outlines of its items, from their coordinates only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brochure.compare.html_report import escape
from brochure.idml.document import Document, DocumentPage, place_master_items
from brochure.idml.page_items import GRAPHICS, Item, describe
from brochure.idml.paths import Subpath


def sketch_page(document: Document, page: DocumentPage) -> str:
    """Return a page with the items of its master, which are behind its own."""
    master = document.masters.get(page.master) if page.master else None
    behind = [
        item
        for item in (place_master_items(page, master) if master else ())
        if item.node.identifier not in page.overridden
    ]
    items = [*behind, *page.items]
    width, height = page.place.width, page.place.height
    label = f"Page {page.name} in InDesign: {_count(items)}"
    box = f"0 0 {width:.2f} {height:.2f}"
    parts = [
        f'<svg viewBox="{box}" role="img" aria-label="{escape(label)}">',
        f"<title>{escape(label)}</title>",
        f'<rect class="trim" width="{width:.2f}" height="{height:.2f}"/>',
        *_guides(page),
        *(part for item in items for part in _draw_item(item)),
        "</svg>",
    ]
    return "".join(parts)


def _count(items: list[Item]) -> str:
    counts: dict[str, int] = {}
    for item in items:
        kind = "picture" if _has_picture(item) else describe(item.node).partition(" '")[0]
        counts[kind] = counts.get(kind, 0) + 1
    return ", ".join(f"{count} × {kind}" for kind, count in counts.items()) or "empty"


def _has_picture(item: Item) -> bool:
    return any(child.name in GRAPHICS for child in item.node.children)


def _guides(page: DocumentPage) -> Iterator[str]:
    guides, place = page.guides, page.place
    left, right = guides.inner, guides.outer
    if place.is_left:
        left, right = right, left
    width = place.width - left - right
    height = place.height - guides.top - guides.bottom
    if width > 0 and height > 0:
        yield (
            f'<rect class="margin" x="{left:.2f}" y="{guides.top:.2f}" width="{width:.2f}" height="{height:.2f}"/>'
        )


CLASSES: Mapping[bool, str] = {True: "text", False: "shape"}


def _draw_item(item: Item) -> Iterator[str]:
    """Yield the outline of an item; a picture has a cross, as in InDesign."""
    name = "picture" if _has_picture(item) else CLASSES[item.kind == "TextFrame"]
    title = f"<title>{escape(describe(item.node))}</title>"
    yield f'<path class="{name}" d="{path_data(item.outline)}">{title}</path>'
    if name == "picture":
        box = item.box
        yield (
            f'<path class="cross" d="M{box.left:.2f} {box.top:.2f}L{box.right:.2f} {box.bottom:.2f}'
            f'M{box.right:.2f} {box.top:.2f}L{box.left:.2f} {box.bottom:.2f}"/>'
        )


def path_data(subpaths: tuple[Subpath, ...]) -> str:
    """Return outlines as path data."""
    parts = []
    for one in subpaths:
        x, y = one.points[0].anchor
        parts.append(f"M{x:.2f} {y:.2f}")
        for start, end in one.segments:
            handles = (*start.leaving, *end.arriving, *end.anchor)
            parts.append("C" + " ".join(f"{value:.2f}" for value in handles))
        parts.append("" if one.is_open else "Z")
    return "".join(parts)
