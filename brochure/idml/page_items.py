"""Page items of a spread or master spread, without groups, each on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.geometry import Matrix
from brochure.idml.effects import OBJECT, Effects, report_effects
from brochure.idml.losses import lost, noted
from brochure.idml.object_settings import ObjectSettings
from brochure.idml.package import Package
from brochure.idml.paths import Box, Subpath, bounds, invert, read_matrix, read_subpaths
from brochure.idml.xml_nodes import Node, to_number

SHAPES = ("TextFrame", "EndnoteTextFrame", "Rectangle", "Oval", "Polygon", "GraphicLine")
CONTAINERS = ("Group",)
GRAPHICS = ("Image", "SVG", "EPS", "PDF", "WMF", "PICT", "ImportedPage")
NOT_ITEMS = {
    "TextPath": "text on a path",
    "EPSText": "text of an EPS file",
    "Movie": "a film",
    "Sound": "a sound",
    "SoundItem": "a sound",
    "HtmlItem": "an HTML item",
    "MathMLItem": "a formula",
    "Button": "a button",
    "MultiStateObject": "an object with several states",
    "CheckBox": "a form field",
    "ComboBox": "a form field",
    "ListBox": "a form field",
    "RadioButton": "a form field",
    "SignatureField": "a form field",
    "TextBox": "a form field",
    "FormField": "a form field",
}
"""Items that are not taken, and their names in messages."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its name, whether it is printed, and its place in the stack from back to front."""

    name: str
    is_printed: bool
    order: int


UNKNOWN_LAYER = Layer("", is_printed=True, order=0)


@dataclass(frozen=True)
class Item:
    """A page item: its element, its transformation into page coordinates, its outline and its opacity."""

    node: Node
    matrix: Matrix
    subpaths: tuple[Subpath, ...]
    opacity: float
    layer: Layer
    span: Span

    @property
    def kind(self) -> str:
        """The name of the element; a frame of endnotes is a text frame."""
        return "TextFrame" if self.node.name == "EndnoteTextFrame" else self.node.name

    @property
    def name(self) -> str:
        """The name that the designer gave it; empty if none."""
        name = self.node.get("Name")
        return "" if name.startswith("$ID/") else name

    @property
    def outline(self) -> tuple[Subpath, ...]:
        """The outline in page coordinates."""
        return tuple(one.transform(self.matrix) for one in self.subpaths)

    @property
    def box(self) -> Box:
        """The bounding box in page coordinates."""
        return bounds(self.outline)


@dataclass(frozen=True, slots=True)
class SpreadPage:
    """A page of a spread: its element, its size, and the transformation from the spread to page coordinates.

    `left` and `top` are where its upper left corner is in its own coordinates.
    """

    node: Node
    width: float
    height: float
    from_spread: Matrix
    is_left: bool
    left: float = 0.0
    top: float = 0.0

    @property
    def box(self) -> Box:
        """The trim box in page coordinates."""
        return Box(0.0, 0.0, self.width, self.height)


def read_pages(spread: Node) -> tuple[SpreadPage, ...]:
    """Return the pages of a spread, from left to right."""
    found = []
    for page in spread.children:
        if page.name != "Page":
            continue
        numbers = [to_number(part) for part in page.get("GeometricBounds").split()]
        top, left, bottom, right = numbers if len(numbers) == 4 else (0.0, 0.0, 1.0, 1.0)
        on_spread = Matrix(e=left, f=top).then(read_matrix(page))
        is_left = on_spread.e < -1 and on_spread.e + right - left < 1
        size = right - left, bottom - top
        found.append(SpreadPage(page, *size, invert(on_spread), is_left, left, top))
    return tuple(found)


@dataclass(frozen=True)
class ItemReader:
    """Reads the page items of one part; `findings` receives what is not taken."""

    layers: Mapping[str, Layer]
    package: Package
    part: str
    settings: ObjectSettings
    findings: list[Finding]

    def read(self, spread: Node) -> Iterator[Item]:
        """Yield the shapes of a spread in spread coordinates, from back to front; layers are not taken into account."""
        yield from self._flatten(spread, Matrix(), 1.0, None)

    def _wraps(self, node: Node) -> bool:
        return (
            self.settings.get(node, "TextWrapMode", "None", inside="TextWrapPreference") != "None"
        )

    def _flatten(
        self, parent: Node, matrix: Matrix, opacity: float, layer: Layer | None
    ) -> Iterator[Item]:
        for node in parent.children:
            span = self.package.span(self.part, node.line)
            if node.name not in (*SHAPES, *CONTAINERS):
                if node.name in NOT_ITEMS or _is_unknown(node):
                    words = NOT_ITEMS.get(node.name, f"'{node.name}'")
                    self.findings.append(lost("item", f"{words} is not taken", span))
                continue
            here = read_matrix(node).then(matrix)
            effects = Effects(node, self.settings)
            visible = opacity * effects.opacity(OBJECT)
            # The items of a group are on the group's layer, whatever they say themselves.
            on = layer or self.layers.get(node.get("ItemLayer")) or UNKNOWN_LAYER
            if not node.is_on("Visible", default=True) or node.is_on("Nonprinting"):
                message = f"{describe(node)} is hidden or not printed"
                self.findings.append(noted("hidden", message, span))
                continue
            if node.name in CONTAINERS and self._wraps(node):
                message = f"text does not wrap around {describe(node)}"
                self.findings.append(lost("wrap", message, span, "give its objects text-wrap"))
            if node.name in CONTAINERS:
                self.findings.extend(report_effects(effects, describe(node), span))
            if node.name in SHAPES:
                yield Item(node, here, read_subpaths(node), visible, on, span)
            inside = [*self._flatten(node, here, visible, on)]
            if inside and node.name in SHAPES:
                message = f"objects inside {describe(node)} are not clipped by it"
                self.findings.append(lost("shape", message, span))
            yield from inside


def _is_unknown(node: Node) -> bool:
    """Return True for an item of a kind that is not known: it has an outline or a transformation."""
    is_item = "ItemTransform" in node.attributes or node.find("Properties", "PathGeometry")
    return bool(is_item) and node.name not in (*GRAPHICS, "Page")


def item_box(item: Item) -> Box:
    """Return an item's bounding box in its own coordinates."""
    from_points = [point.anchor for one in item.subpaths for point in one.points]
    xs, ys = zip(*from_points, strict=True) if from_points else ((0.0,), (0.0,))
    return Box(min(xs), min(ys), max(xs), max(ys))


def describe(node: Node) -> str:
    """Return a page item's name for messages."""
    name = node.get("Name")
    kind = KINDS.get(node.name, node.name)
    return kind if not name or name.startswith("$ID/") else f"{kind} '{name}'"


KINDS = {
    "TextFrame": "text frame",
    "EndnoteTextFrame": "text frame",
    "GraphicLine": "line",
    "Rectangle": "rectangle",
    "Oval": "oval",
    "Polygon": "polygon",
    "Group": "group",
    "Image": "picture",
    "EPS": "EPS file",
    "PDF": "PDF",
}


def choose_page(item: Item, pages: tuple[SpreadPage, ...], reach: float) -> int | None:
    """Return the index of the page that has most of an item in spread coordinates; None if it lies on the pasteboard."""
    shares = [
        bounds(one.transform(page.from_spread) for one in item.outline).overlap(
            page.box.expand(reach)
        )
        for page in pages
    ]
    best = max(range(len(pages)), key=lambda at: shares[at], default=None)
    return best if best is not None and shares[best] > 0 else None
