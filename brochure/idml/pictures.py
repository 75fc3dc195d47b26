"""Placed pictures: their files, which are looked for beside the IDML file, and their crop."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Callable
from dataclasses import field
from urllib.parse import unquote

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.geometry import Matrix
from brochure.idml.losses import lost
from brochure.idml.page_items import Item, item_box
from brochure.idml.paths import Box, read_matrix
from brochure.idml.type_settings import Keys, millimetres
from brochure.idml.xml_nodes import Node
from brochure.spec.names import slug

USABLE = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".svg", ".pdf", ".ai")
PDF_BOXES = {
    "CropArt": "art",
    "CropPDF": "crop",
    "CropTrim": "trim",
    "CropBleed": "bleed",
    "CropMedia": "media",
}
SIGNATURES = {
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG": ".png",
    b"II*\x00": ".tif",
    b"MM\x00*": ".tif",
    b"%PDF": ".pdf",
    b"RIFF": ".webp",
}
"""First bytes of embedded pictures and the names of their formats."""


@dataclass(frozen=True)
class PlacedPicture:
    """A picture in a frame: its block, the part of the frame that it fills, and a comment if its file is missing."""

    block: Keys
    box: Box
    file: str
    is_missing: bool


@dataclass(frozen=True)
class Pictures:
    """The pictures of a document; `find` returns a file beside the IDML file by its name."""

    find: Callable[[str], bytes | None]
    findings: list[Finding]
    assets: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Paths of assets by the addresses of links."""

    def place(self, item: Item, graphic: Node, frame: Box, number: int) -> PlacedPicture:
        """Return the picture in a frame on page `number`; `frame` is the frame's unrotated box."""
        file, is_missing = self._file(item, graphic, number)
        bounds = graphic.find("Properties", "GraphicBounds")
        block: Keys = {"image": file, **self._page_of_pdf(graphic, item, number), "alt": None}
        clipping = graphic.find("ClippingPathSettings")
        if clipping and clipping.get("ClippingType", "None") != "None":
            message = f"the clipping path of picture {file} is not taken"
            self.findings.append(lost("picture", message, item.span, page=number or None))
        if bounds is None:
            return PlacedPicture(block, frame, file, is_missing)
        edges = Box(*(bounds.number(edge) for edge in ("Left", "Top", "Right", "Bottom")))
        inner = read_matrix(graphic)
        shown = _box_in_frame(edges, inner, item, frame)
        self._check_transform(inner, item, number)
        visible = frame.intersect(shown)
        if visible.width <= 0 or visible.height <= 0:
            message = f"picture {file} lies outside of its frame"
            self.findings.append(lost("picture", message, item.span, page=number))
            return PlacedPicture(block, frame, file, is_missing)
        return PlacedPicture(block | crop_keys(shown, visible, edges), visible, file, is_missing)

    def _page_of_pdf(self, graphic: Node, item: Item, number: int) -> Keys:
        """Return the page of a placed PDF, and the box that it is cropped to."""
        settings = graphic.find("PDFAttribute")
        if settings is None:
            return {}
        found: Keys = {}
        page = round(settings.number("PageNumber", 1.0))
        if page > 1:
            found["page"] = page
        crop = settings.get("PDFCrop", "CropPDF")
        box = PDF_BOXES.get(crop, "crop")
        if box != "trim":
            found["box"] = box
        if crop not in PDF_BOXES:
            message = "a PDF that is cropped to its content is cropped to its crop box"
            self.findings.append(lost("picture", message, item.span, page=number or None))
        return found

    def _check_transform(self, inner: Matrix, item: Item, number: int) -> None:
        turned = abs(inner.b) > 1e-3 * abs(inner.a) or inner.a < 0 or inner.d < 0
        if turned or abs(abs(inner.a) - abs(inner.d)) > 0.01 * abs(inner.a):
            message = (
                "a picture that is turned, mirrored or stretched in its frame is placed upright"
            )
            self.findings.append(lost("picture", message, item.span, page=number))

    def _file(self, item: Item, graphic: Node, number: int) -> tuple[str, bool]:
        """Return the path of a graphic's asset, and whether its file is missing."""
        link = graphic.find("Link")
        address = link.get("LinkResourceURI") if link else ""
        name = posixpath.basename(unquote(address).replace("\\", "/")) or "picture"
        if address in self.names:
            return self.names[address], self.names[address] not in self.assets
        data = self.find(name) or _embedded(graphic)
        path = self._asset_path(name, data)
        if address:
            self.names[address] = path
        if data is None:
            message = f"picture '{name}' was not found; its frame is empty"
            hint = f"put it into assets/{path}, and use the line in the comment in brochure.yaml"
            self.findings.append(lost("picture-missing", message, item.span, hint, page=number))
        elif not path.casefold().endswith(USABLE):
            message = f"picture '{name}' has a format that cannot be placed; its frame is empty"
            hint = "save it as PDF, TIFF or PNG"
            self.findings.append(lost("picture-missing", message, item.span, hint, page=number))
            return path, True
        else:
            self.assets[path] = data
        return path, data is None

    def _asset_path(self, name: str, data: bytes | None) -> str:
        stem, extension = posixpath.splitext(name)
        if data and not extension:
            found = (end for start, end in SIGNATURES.items() if data.startswith(start))
            extension = next(found, "")
        stem = re.sub(r"[^\w.-]+", "-", stem, flags=re.ASCII).strip("-.") or slug(stem, "picture")
        path, at = f"{stem}{extension.casefold()}", 2
        while path in self.assets and self.assets[path] != data:
            path, at = f"{stem}-{at}{extension.casefold()}", at + 1
        return path


def _embedded(graphic: Node) -> bytes | None:
    """Return the file of an embedded graphic."""
    contents = graphic.find("Properties", "Contents")
    text = "".join(contents.text.split()) if contents else ""
    if len(text) < 100:
        return None
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if data.startswith(tuple(SIGNATURES)) else None


def _box_in_frame(edges: Box, inner: Matrix, item: Item, frame: Box) -> Box:
    """Return the whole picture beside the frame's unrotated box on the page."""
    xs, ys = zip(*(inner.apply(*corner) for corner in edges.corners), strict=True)
    own = item_box(item)
    across = frame.width / own.width if own.width else 1.0
    down = frame.height / own.height if own.height else 1.0
    return Box(
        frame.left + (min(xs) - own.left) * across,
        frame.top + (min(ys) - own.top) * down,
        frame.left + (max(xs) - own.left) * across,
        frame.top + (max(ys) - own.top) * down,
    )


def crop_keys(shown: Box, visible: Box, edges: Box) -> Keys:
    """Return the keys that show the visible part of a picture; `edges` are those of its file."""
    cover = max(visible.width / edges.width, visible.height / edges.height) * edges.width
    found: Keys = {"fit": "cover"}
    zoom = shown.width / cover
    if zoom > 1.004:
        found["zoom"] = f"{round(100 * zoom, 1):g}%"
    x, y = visible.centre
    focus = (x - shown.left) / shown.width, (y - shown.top) / shown.height
    if any(abs(part - 0.5) > 0.004 for part in focus):
        found["focal-point"] = " ".join(f"{round(100 * part, 2):g}%" for part in focus)
    return found


def insets(outer: Box, inner: Box) -> Keys:
    """Return the insets of a frame around an inner box; empty if they are the same."""
    distances = {
        "top": inner.top - outer.top,
        "bottom": outer.bottom - inner.bottom,
        "start": inner.left - outer.left,
        "end": outer.right - inner.right,
    }
    return {name: millimetres(distance) for name, distance in distances.items() if distance > 0.05}


def alternative_text(item: Item, graphic: Node | None) -> str:
    """Return the alternative text that was written in InDesign; empty if there is none."""
    for node in (item.node, *((graphic,) if graphic else ())):
        options = node.find("ObjectExportOption")
        text = options.get("CustomAltText") if options else ""
        if text and not text.startswith("$ID/"):
            return text
    return ""
