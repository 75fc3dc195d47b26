"""The document in an IDML package: its pages with their items, masters, stories, and document settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.geometry import Matrix
from brochure.idml.guides import Guide, find_division, read_guides
from brochure.idml.losses import lost, noted
from brochure.idml.object_settings import ObjectSettings, read_object_settings
from brochure.idml.package import DESIGN_MAP, Package
from brochure.idml.page_items import (
    Item,
    ItemReader,
    Layer,
    SpreadPage,
    choose_page,
    describe,
    read_pages,
)
from brochure.idml.paths import read_matrix
from brochure.idml.xml_nodes import Node

NO_MASTER = "n"


@dataclass(frozen=True, slots=True)
class MarginGuides:
    """Margins and columns of a page, in points; `inner` is at the spine, or at the left of single pages.

    `rows` are those between ruler guides; 0 if there are none. `margin_top` is the top margin, if rows begin elsewhere.
    """

    top: float
    bottom: float
    inner: float
    outer: float
    columns: int
    gutter: float
    rows: int = 0
    row_gutter: float = 0.0
    margin_top: float = 0.0


@dataclass(frozen=True)
class DocumentPage:
    """A page: its place, its items from back to front, the master page it uses, and the items of that master it replaces.

    `guides` are its margins and columns, and `rulers` its ruler guides.
    """

    place: SpreadPage
    name: str
    guides: MarginGuides
    items: tuple[Item, ...]
    master: MasterKey | None
    overridden: frozenset[str] = frozenset()
    number: int = 0
    rulers: tuple[Guide, ...] = ()


MasterKey = tuple[str, int]
"""A page of a master spread: the spread's identifier, and the page's index."""


@dataclass(frozen=True)
class MasterPage:
    """A page of a master spread: its name, and its content as that of a page."""

    name: str
    page: DocumentPage


@dataclass(frozen=True)
class Document:
    """An InDesign document."""

    package: Package
    name: str
    settings: Node
    preferences: Node
    pages: tuple[DocumentPage, ...]
    masters: Mapping[MasterKey, MasterPage]
    stories: Mapping[str, tuple[Node, str]]
    """Stories by identifier, each with the path of its part."""
    findings: tuple[Finding, ...]

    def resource(self, name: str) -> Node | None:
        """Return the root of `Resources/NAME.xml`."""
        return find_resource(self.package, name)

    @property
    def is_facing(self) -> bool:
        """True for facing pages."""
        return self.preferences.is_on("FacingPages")

    @property
    def size(self) -> tuple[float, float]:
        """The trim size: that of the first page, else of the document."""
        place = self.pages[0].place
        return place.width, place.height


def find_resource(package: Package, name: str) -> Node | None:
    """Return the root of a part that the document map names by its kind; None if there is none."""
    for child in package.root(DESIGN_MAP).children:
        if child.name == name and child.get("src"):
            return package.root(child.get("src"))
    return None


def read_document(package: Package, name: str) -> Document:
    """Return the document of a package.

    Raises:
        InputError: A part is missing or damaged, or the document has no pages.
    """
    root = package.root(DESIGN_MAP)
    findings: list[Finding] = []
    preferences = _preferences(package)
    reach = max(preferences.number(f"DocumentBleed{side}Offset") for side in BLEED_SIDES)
    settings = read_object_settings(find_resource(package, "Styles"))
    reader = _SpreadReader(_read_layers(root), package, reach, settings, findings)
    masters = {
        (spread.identifier, at): MasterPage(spread.get("Name"), page)
        for spread, part in _spreads(package, "MasterSpread")
        for at, page in enumerate(reader.read(spread, part))
    }
    masters = {key: _with_base(key, masters) for key in masters}
    pages = [
        _with_master(page, masters)
        for spread, part in _spreads(package, "Spread")
        for page in reader.read(spread, part)
    ]
    if not pages:
        hint = "export it from InDesign again"
        where = package.span(DESIGN_MAP)
        raise InputError([Finding("idml-damaged", "the document has no pages", where, hint)])
    numbered = tuple(replace(page, number=at) for at, page in enumerate(pages, start=1))
    is_facing = preferences.is_on("FacingPages")
    numbered = _with_grids(numbered, masters, findings, package, is_facing=is_facing)
    stories = dict(_stories(package))
    return Document(package, name, root, preferences, numbered, masters, stories, tuple(findings))


BLEED_SIDES = ("Top", "Bottom", "InsideOrLeft", "OutsideOrRight")


def _preferences(package: Package) -> Node:
    root = find_resource(package, "Preferences")
    found = root.find("DocumentPreference") if root else None
    return found or Node("DocumentPreference", {})


def _read_layers(root: Node) -> dict[str, Layer]:
    """Return the layers by identifier; the document map lists them from back to front."""
    return {
        one.identifier: Layer(
            one.get("Name"),
            one.is_on("Visible", default=True) and one.is_on("Printable", default=True),
            order,
        )
        for order, one in enumerate(node for node in root.children if node.name == "Layer")
    }


def _spreads(package: Package, kind: str) -> Iterator[tuple[Node, str]]:
    """Yield the spreads of a kind, in order, with their parts."""
    for child in package.root(DESIGN_MAP).children:
        if child.name == kind and child.get("src"):
            for spread in package.root(child.get("src")).children:
                if spread.name == kind:
                    yield spread, child.get("src")


def _stories(package: Package) -> Iterator[tuple[str, tuple[Node, str]]]:
    for child in package.root(DESIGN_MAP).children:
        if child.name == "Story" and child.get("src"):
            for story in package.root(child.get("src")).children:
                if story.name == "Story":
                    yield story.identifier, (story, child.get("src"))


@dataclass(frozen=True)
class _SpreadReader:
    """Reads spreads; `reach` is how far items beyond a page still belong to it, in points."""

    layers: Mapping[str, Layer]
    package: Package
    reach: float
    settings: ObjectSettings
    findings: list[Finding]

    def read(self, spread: Node, part: str) -> Iterator[DocumentPage]:
        """Yield the pages of a spread with their items; items on the pasteboard and on hidden layers are reported."""
        places = read_pages(spread)
        on_pages: list[list[Item]] = [[] for _ in places]
        reader = ItemReader(self.layers, self.package, part, self.settings, self.findings)
        for item in reader.read(spread):
            at = choose_page(item, places, self.reach)
            if not item.layer.is_printed:
                message = f"{describe(item.node)} is on the hidden layer '{item.layer.name}'"
                self.findings.append(noted("hidden", message, item.span))
            elif at is None:
                message = f"{describe(item.node)} lies on the pasteboard"
                self.findings.append(noted("pasteboard", message, item.span))
            else:
                on_pages[at].append(replace(item, matrix=item.matrix.then(places[at].from_spread)))
        shows_master = spread.is_on("ShowMasterItems", default=True)
        for place, items in zip(places, on_pages, strict=True):
            items.sort(key=lambda item: item.layer.order)
            yield _make_page(place, items, shows_master=shows_master)


def _make_page(place: SpreadPage, items: list[Item], *, shows_master: bool) -> DocumentPage:
    node = place.node
    master = node.get("AppliedMaster", NO_MASTER) if shows_master else NO_MASTER
    return DocumentPage(
        place,
        node.get("Name"),
        _read_guides(node),
        tuple(items),
        None if master == NO_MASTER else (master, 0),
        frozenset(node.get("OverrideList").split()),
        rulers=read_guides(node),
    )


def _read_guides(page: Node) -> MarginGuides:
    margins = page.find("MarginPreference") or Node("MarginPreference", {})
    return MarginGuides(
        margins.number("Top"),
        margins.number("Bottom"),
        margins.number("Left"),
        margins.number("Right"),
        max(1, int(margins.number("ColumnCount", 1))),
        margins.number("ColumnGutter", 12.0),
        margin_top=margins.number("Top"),
    )


def _with_master(page: DocumentPage, masters: Mapping[MasterKey, MasterPage]) -> DocumentPage:
    """Return the page with the page of its master spread that is on the same side."""
    if not page.master:
        return page
    keys = [key for key in masters if key[0] == page.master[0]]
    same = [key for key in keys if masters[key].page.place.is_left == page.place.is_left]
    return replace(page, master=next(iter((*same, *keys)), None))


def _with_base(key: MasterKey, masters: Mapping[MasterKey, MasterPage]) -> MasterPage:
    """Return a master page with the items of those that it is based on, which are behind its own; a circle ends."""
    own = masters[key]
    items, seen, here = own.page.items, {key}, own.page
    while True:
        base = _with_master(here, masters).master
        if base is None or base in seen:
            break
        seen.add(base)
        replaced, here = here.overridden, masters[base].page
        items = (*(one for one in here.items if one.node.identifier not in replaced), *items)
    ordered = sorted(items, key=lambda item: item.layer.order)
    return replace(own, page=replace(own.page, items=tuple(ordered)))


def place_master_items(page: DocumentPage, master: MasterPage) -> tuple[Item, ...]:
    """Return the items of a master page where a page shows them, which may have moved or turned its master."""
    moved = read_matrix(page.place.node, "MasterPageTransform")
    to_page = (
        Matrix(e=master.page.place.left, f=master.page.place.top)
        .then(moved)
        .then(Matrix(e=-page.place.left, f=-page.place.top))
    )
    if max(map(abs, (to_page.a - 1, to_page.b, to_page.c, to_page.d - 1))) < 1e-6 and (
        max(abs(to_page.e), abs(to_page.f)) < NEAR
    ):
        return master.page.items
    return tuple(replace(one, matrix=one.matrix.then(to_page)) for one in master.page.items)


NEAR = 0.01
"""Distance in points that is rounding."""


def _with_grids(
    pages: tuple[DocumentPage, ...],
    masters: Mapping[MasterKey, MasterPage],
    findings: list[Finding],
    package: Package,
    *,
    is_facing: bool,
) -> tuple[DocumentPage, ...]:
    """Return the pages with the rows and columns of their ruler guides; pages with the same margins have the same."""
    grids: dict[MarginGuides, MarginGuides] = {}
    for page in pages:
        master = masters[page.master].page.rulers if page.master and page.master in masters else ()
        found = _divide_page(
            page, (*page.rulers, *master), is_left=is_facing and page.place.is_left
        )
        if grids.get(page.guides, page.guides) == page.guides:
            grids[page.guides] = found
        if (page.rulers or master) and found == page.guides:
            message = "its ruler guides are not taken: no object lies between equal parts of them"
            span = package.span("Spreads")
            findings.append(noted("page", f"page {page.name}: {message}", span))
    return tuple(replace(page, guides=grids[page.guides]) for page in pages)


def _divide_page(page: DocumentPage, rulers: Sequence[Guide], *, is_left: bool) -> MarginGuides:
    """Return the margins of a page with the rows and columns between its ruler guides."""
    width, height, found = page.place.width, page.place.height, page.guides
    boxes = [item.box for item in page.items]
    extents = [(box.top, box.bottom) for box in boxes]
    area = (found.top, height - found.bottom)
    rows = find_division(rulers, height, area, extents, is_vertical=False)
    if rows:
        found = replace(
            found,
            top=rows.start,
            bottom=height - rows.end,
            rows=rows.count,
            row_gutter=rows.gutter,
        )
    extents = [(box.left, box.right) for box in boxes]
    if is_left:  # as on a right-hand page
        rulers = [replace(one, at=width - one.at) if one.is_vertical else one for one in rulers]
        extents = [(width - right, width - left) for left, right in extents]
    area = (found.inner, width - found.outer)
    columns = find_division(rulers, width, area, extents, is_vertical=True)
    if columns and found.columns == 1:
        found = replace(
            found,
            inner=columns.start,
            outer=width - columns.end,
            columns=columns.count,
            gutter=columns.gutter,
        )
    return found


def check_pages(document: Document) -> Iterator[Finding]:
    """Yield findings on pages that the layout cannot describe."""
    width, height = document.size
    for page in document.pages:
        place = page.place
        where = document.package.span("Spreads", 1)
        if abs(place.width - width) > 0.5 or abs(place.height - height) > 0.5:
            message = f"page {page.name} has a size of its own; all pages have that of the first"
            yield lost("page", message, where, page=page.number)
    if document.preferences.get("PageBinding") == "RightToLeft":
        message = "the document is bound at the right"
        hint = "a right-to-left source language mirrors all pages; see 'mirror'"
        yield lost("page", message, document.package.span(DESIGN_MAP), hint)
