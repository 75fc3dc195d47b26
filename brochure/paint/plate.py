"""The plate: sheets painted into a PDF.

Takes sheets with their placed pages; gives the PDF's bytes. One function an item kind; items are painted in the order in
which they lie on the page, and nothing is decided here. ReportLab's canvas writes the file; content streams are put
together from plain operators.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from brochure import __version__
from brochure.colour.swatch import Cmyk, Grey, Paint, Rgb, Spot
from brochure.geometry import IDENTITY, Matrix, Rect, shift
from brochure.paint.document import DocumentInfo
from brochure.paint.operators import (
    colour_op,
    dictionary,
    matrix_op,
    name,
    num,
    nums,
    outline_ops,
    text_string,
)
from brochure.paint.picture import Wanted, image_object, target_width
from brochure.paint.text import text_ops
from brochure.paint.type0 import Inline, PlateFont, Raw, forgo_first_font, reference
from brochure.placed import Bookmark, GlyphRun, Item, Link, Path, Picture
from brochure.press.conditions import OutputCondition
from brochure.press.sheets import Sheet
from brochure.project import Project

VERSION = (1, 6)


def paint(
    sheets: Sequence[Sheet], info: DocumentInfo, condition: OutputCondition, project: Project
) -> bytes:
    """The PDF of the sheets, in their order."""
    rl_config.useA85 = 0  # streams as they are, not as printable characters: seven times faster
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pageCompression=1,
        invariant=1,
        pdfVersion=VERSION,
        initialFontName=forgo_first_font(),
        lang=info.language,
    )
    plates = Plates(canvas._doc, condition, project)
    for sheet in sheets:
        _paint_sheet(canvas, sheet, plates)
    plates.finish()
    _describe(canvas, info, sheets)
    canvas.save()
    return out.getvalue()


class Plates:
    """What the pages of one PDF share: fonts, pictures, spot colours, opacities. Each stands in the file once."""

    def __init__(self, document: Any, condition: OutputCondition, project: Project) -> None:
        self.document = document
        self.condition = condition
        self.project = project
        self.fonts: dict[int, PlateFont] = {}
        self.images: dict[tuple[bytes, int | None], str] = {}
        self.files: dict[str, tuple[bytes, bytes]] = {}
        self.spots: dict[str, tuple[str, str]] = {}
        self.opacities: dict[float, str] = {}
        self._resources = Raw(b"")  # filled when all that the pages use is known
        self.resources = document.Reference(self._resources, "Resources").format(document).decode()

    def font(self, run: GlyphRun) -> PlateFont:
        """The font of a run's face."""
        face = run.glyphs.face
        if id(face) not in self.fonts:
            self.fonts[id(face)] = PlateFont(face, len(self.fonts) + 1)
        return self.fonts[id(face)]

    def image(self, picture: Picture) -> str:
        """The reference to a picture's object; the same bytes at the same size are one object."""
        data, digest = self._file(picture.asset)
        width = target_width(picture.pixels[0], min(picture.resolution), self.condition)
        key = (digest, width)
        if key not in self.images:
            label = self.project.label(picture.asset)
            wanted = Wanted(data, width, self.condition.quality, label, picture.span)
            number = f"I{len(self.images) + 1}"
            self.images[key] = image_object(wanted, number, self._refer)
        return self.images[key]

    def _file(self, asset: str) -> tuple[bytes, bytes]:
        if asset not in self.files:
            data = self.project.read(asset)
            self.files[asset] = (data, hashlib.sha256(data).digest())
        return self.files[asset]

    def _refer(self, data: bytes, key: str) -> str:
        return reference(self.document, data, key)

    def spot(self, spot: Spot) -> str:
        """The resource name of a spot colour's space (Separation, ISO 32000-1, 8.6.6.4)."""
        if spot.name not in self.spots:
            number = f"C{len(self.spots) + 1}"
            space, none, full = _alternate(spot.alternate)
            function = (
                f"<</FunctionType 2 /Domain [0 1] /N 1 /C0 [{nums(*none)}] /C1 [{nums(*full)}]>>"
            )
            array = f"[/Separation {name(spot.name)} {space} {function}]"
            self.spots[spot.name] = (number, reference(self.document, array, number))
        return self.spots[spot.name][0]

    def opacity(self, value: float) -> str:
        """The resource name of the graphics state with this opacity."""
        if value not in self.opacities:
            self.opacities[value] = f"G{len(self.opacities) + 1}"
        return self.opacities[value]

    def finish(self) -> None:
        """Writes the fonts, now that every glyph is known, and the resources that name them."""
        added = [font.add_to(self.document) for font in self.fonts.values()]
        fonts = " ".join(f"/{key} {ref}" for layers in added for key, ref in layers.items())
        images = " ".join(f"/{_image_name(ref)} {ref}" for ref in self.images.values())
        spaces = " ".join(f"/{number} {ref}" for number, ref in self.spots.values())
        states = " ".join(
            f"/{key} <</Type /ExtGState /ca {num(value)} /CA {num(value)}>>"
            for value, key in self.opacities.items()
        )
        whole = dictionary(
            Font=f"<<{fonts}>>",
            XObject=f"<<{images}>>",
            ColorSpace=f"<<{spaces}>>",
            ExtGState=f"<<{states}>>",
        )
        self._resources.data = whole.encode("ascii")


def _image_name(ref: str) -> str:
    return "Im" + ref.split(maxsplit=1)[0]


def _alternate(colour: Cmyk | Rgb | Grey) -> tuple[str, tuple[float, ...], tuple[float, ...]]:
    """The stand-in's space, and its values for no ink and full ink."""
    match colour:
        case Cmyk(c, m, y, k):
            return "/DeviceCMYK", (0, 0, 0, 0), (c, m, y, k)
        case Rgb(r, g, b):
            return "/DeviceRGB", (1, 1, 1), (r, g, b)
        case Grey(light):
            return "/DeviceGray", (1,), (light,)


# Sheets


def _paint_sheet(canvas: Any, sheet: Sheet, plates: Plates) -> None:
    """One page: its content, boxes, links and bookmarks. The medium's lower left corner becomes 0, 0."""
    dx, dy = -sheet.media.x, -sheet.media.y
    page = Content(plates)
    page.ops.append(matrix_op(shift(dx, dy)))
    for item in sheet.page.items:
        page.add(item)
    canvas.setPageSize((sheet.media.width, sheet.media.height))
    canvas._preamble = ""
    canvas.setTrimBox(_corners(sheet.trim.moved(dx, dy)))
    canvas.setBleedBox(_corners(sheet.bleed.moved(dx, dy)))
    canvas._code = page.ops
    for bookmark in page.bookmarks:
        key = f"{sheet.page.number}-{bookmark.title}-{bookmark.y:.2f}"
        canvas.bookmarkPage(key, fit="XYZ", left=0, top=bookmark.y + dy, zoom=0)
        canvas.addOutlineEntry(bookmark.title, key, bookmark.level - 1)
    number = canvas.getPageNumber()
    canvas.showPage()
    written = plates.document.idToObject[f"Page{number}"]
    written.Resources = Inline(plates.resources)
    if page.links:
        written.Annots = Inline("[" + " ".join(_link(link, dx, dy) for link in page.links) + "]")


def _corners(rect: Rect) -> list[float]:
    return [round(edge, 4) for edge in (rect.x, rect.y, rect.right, rect.top)]


def _link(link: Link, dx: float, dy: float) -> str:
    """A link annotation without a border (12.5.6.5)."""
    rect = link.rect.moved(dx, dy)
    action = dictionary(S="/URI", URI=text_string(link.target))
    return dictionary(
        Type="/Annot",
        Subtype="/Link",
        Rect=f"[{nums(rect.x, rect.y, rect.right, rect.top)}]",
        Border="[0 0 0]",
        F="4",
        A=action,
    )


class Content:
    """The content stream of one page in the making, with what does not stand in it: links and bookmarks."""

    def __init__(self, plates: Plates) -> None:
        self.plates = plates
        self.ops: list[str] = []
        self.links: list[Link] = []
        self.bookmarks: list[Bookmark] = []
        self._fill = ""

    def add(self, item: Item) -> None:
        """Paints one item."""
        match item:
            case GlyphRun():
                self._glyphs(item)
            case Path():
                self._path(item)
            case Picture():
                self._picture(item)
            case Link():
                self.links.append(item)
            case Bookmark():
                self.bookmarks.append(item)

    def _glyphs(self, run: GlyphRun) -> None:
        if not run.glyphs.ids:
            return
        text = text_ops(run, self.plates.font(run))
        paint = run.glyphs.paint
        if run.matrix == IDENTITY and paint.opacity == 1:
            self._colour(paint)
            self.ops.append(text)
        else:
            self._apart(run.matrix, paint.opacity, [self._paint_op(paint, stroke=False), text])

    def _path(self, path: Path) -> None:
        ops = []
        opacity = 1.0
        if path.fill:
            ops.append(self._paint_op(path.fill, stroke=False))
            opacity = path.fill.opacity
        if path.stroke:
            dash = " ".join(num(length) for length in path.stroke.dash)
            cap = "1 J " if path.stroke.round_cap else ""
            ops.append(self._paint_op(path.stroke.paint, stroke=True))
            ops.append(f"{num(path.stroke.width)} w {cap}[{dash}] 0 d")
            opacity = min(opacity, path.stroke.paint.opacity)
        ops.append(f"{outline_ops(path.outlines)} {_painting(path)}")
        self._apart(path.matrix, opacity, ops, _clip(path.clip))

    def _picture(self, picture: Picture) -> None:
        ref = self.plates.image(picture)
        rect = picture.rect
        placing = matrix_op(Matrix(rect.width, 0, 0, rect.height, rect.x, rect.y))
        ops = [f"{placing} /{_image_name(ref)} Do"]
        self._apart(picture.matrix, picture.opacity, ops, _clip(picture.clip))

    def _colour(self, paint: Paint) -> None:
        """Sets the fill colour, unless it is set already."""
        op = self._paint_op(paint, stroke=False)
        if op != self._fill:
            self.ops.append(op)
            self._fill = op

    def _paint_op(self, paint: Paint, *, stroke: bool) -> str:
        colour = paint.colour
        if not isinstance(colour, Spot):
            return colour_op(colour, stroke=stroke)
        space = self.plates.spot(colour)
        return (
            f"/{space} {'CS' if stroke else 'cs'} {num(colour.tint)} {'SCN' if stroke else 'scn'}"
        )

    def _apart(self, matrix: Matrix, opacity: float, ops: list[str], clip: str = "") -> None:
        """Operators in a graphics state of their own."""
        self.ops.append("q")
        if opacity < 1:
            self.ops.append(f"/{self.plates.opacity(opacity)} gs")
        if matrix != IDENTITY:
            self.ops.append(matrix_op(matrix))
        if clip:
            self.ops.append(clip)
        self.ops.extend(ops)
        self.ops.append("Q")


def _clip(outlines: Sequence[Any]) -> str:
    return f"{outline_ops(outlines)} W n" if outlines else ""


def _painting(path: Path) -> str:
    """The operator that fills, strokes, or both."""
    star = "*" if path.even_odd and path.fill else ""
    if path.fill and path.stroke:
        return "B" + star
    return "f" + star if path.fill else "S"


# The document


def _describe(canvas: Any, info: DocumentInfo, sheets: Sequence[Sheet]) -> None:
    """Properties, page labels, and how a viewer should open the file."""
    document = canvas._doc
    maker = f"brochure {__version__}"
    document.setTitle(info.title)
    document.setAuthor(info.author)
    document.setSubject(info.subject)
    document.setCreator(maker)
    document.setProducer(maker)
    catalog = document.Catalog
    labels = " ".join(
        f"{at} <</P {text_string(sheet.page.label)}>>" for at, sheet in enumerate(sheets)
    )
    catalog.PageLabels = Raw(f"<</Nums [{labels}]>>")
    direction = "/L2R" if info.rightward else "/R2L"
    catalog.ViewerPreferences = Raw(f"<</DisplayDocTitle true /Direction {direction}>>")
    catalog.PageLayout = pdfdoc.PDFName("TwoPageRight")
