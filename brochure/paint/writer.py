"""The writer: ReportLab's canvas, and the names inside it that we need.

Takes objects that are PDF already, pages with their boxes, and what the document says of itself; gives the file. All
that we use of ReportLab beyond its public canvas stands here, and `PRIVATE` lists it: the version is pinned, and a test
asks for each name. The file's ID is drawn from all that is in it, and no date is written: same inputs, same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from brochure.frozen import dataclass
from brochure.geometry import Rect
from brochure.paint.assembly import Body, Version, plain
from brochure.paint.operators import deflated, dictionary

VERSION: Version = (1, 6)
NO_FONT = "brochure-none"

PRIVATE = {
    "canvas": ("_doc", "_code", "_preamble"),
    "document": (
        "Catalog",
        "Outlines",
        "Reference",
        "idToObject",
        "info",
        "numberToId",
        "signature",
    ),
    "outlines": ("prepare", "ready"),
    "page": ("Resources", "Annots", "Contents", "MediaBox", "__NoDefault__", "__Refs__"),
    "pdfdoc": ("format",),
    "pdfmetrics": ("_fonts",),
}
"""Names that ReportLab does not promise to keep."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the outline: its words, its level from 1, and the height on the page that it shows."""

    title: str
    level: int
    y: float


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page as it goes into the file. Boxes are those of ISO 32000-1, 14.11.2, the medium's corner at 0, 0.

    `entries` are further entries of its dictionary (table 30).
    """

    width: float
    height: float
    bleed: Rect
    trim: Rect
    operators: Sequence[str]
    annotations: Sequence[str]
    marks: Sequence[Mark]
    entries: Mapping[str, str] = field(default_factory=dict)


class Writer:
    """A PDF in the making."""

    def __init__(self, language: str, version: Version = VERSION) -> None:
        rl_config.useA85 = 0  # streams as they are, not as printable characters: seven times faster
        self._version = version
        self._canvas = Canvas(
            io.BytesIO(),
            invariant=1,
            initialFontName=_no_first_font(),
            lang=language,
        )
        self._document = self._canvas._doc
        self._resources = Raw(b"")
        self._shared = self._put(self._resources, "Resources")
        self._inner: tuple[Raw, str] | None = None
        self._marks = 0
        self._depth = 0

    def refer(self, data: bytes | str, key: str, made_of: str = "") -> str:
        """Puts an object into the document under a key; gives the reference to it.

        The file's ID is drawn from the data, or from what they were `made_of` where that is told and is shorter.
        """
        made = Raw(data)
        self._document.signature.update(made_of.encode("utf-8") if made_of else made.data)
        return self._put(made, key)

    def reserve(self, key: str) -> str:
        """The reference to an object that is yet to be filled, for those that name one another."""
        return self._put(Raw(b""), key)

    def fill(self, key: str, data: str) -> None:
        """Fills an object that was reserved."""
        made = self._document.idToObject[key]
        made.data = data.encode("ascii")
        self._document.signature.update(made.data)

    def _put(self, thing: Raw, key: str) -> str:
        return str(self._document.Reference(thing, key).format(self._document).decode("ascii"))

    def page(self, page: WrittenPage) -> None:
        """Writes one page behind the others."""
        canvas = self._canvas
        canvas.setPageSize((page.width, page.height))
        canvas._preamble = ""
        canvas.setBleedBox(_corners(page.bleed))
        canvas.setTrimBox(_corners(page.trim))
        canvas._code = ["n"]
        for mark in page.marks:
            self._marks += 1
            key = f"mark{self._marks}"
            canvas.bookmarkPage(key, fit="XYZ", left=0, top=mark.y, zoom=0)
            # Sheets may show pages in another order than that in which levels were closed up: none is left out here either.
            self._depth = min(mark.level, self._depth + 1)
            canvas.addOutlineEntry(mark.title, key, self._depth - 1)
        number = canvas.getPageNumber()
        canvas.showPage()
        self._finish_page(self._document.idToObject[f"Page{number}"], page)

    def _finish_page(self, written: Any, page: WrittenPage) -> None:
        operators = "\n".join(page.operators).encode("ascii")
        self._document.signature.update(operators)
        written.Contents = Raw(deflated("", operators))
        written.Resources = Inline(self._shared)
        written.Annots = Inline(f"[{' '.join(page.annotations)}]") if page.annotations else None
        _enter(written, page.entries)

    def resources(self, **entries: str) -> None:
        """What all pages draw on: entries of the resource dictionary (7.8.3)."""
        self._resources.data = dictionary(**entries).encode("ascii")
        self._document.signature.update(self._resources.data)

    @property
    def inner(self) -> str:
        """The reference to what forms draw on: no form is named there, so that nobody who follows it goes round in circles."""
        if self._inner is None:
            made = Raw(b"")
            self._inner = (made, self._put(made, "FormResources"))
        return self._inner[1]

    def inner_resources(self, **entries: str) -> None:
        """What forms draw on, where there are forms."""
        if self._inner:
            self._inner[0].data = dictionary(**entries).encode("ascii")

    def catalog(self, **entries: str) -> None:
        """Entries of the document's catalogue (7.7.2)."""
        _enter(self._document.Catalog, entries)
        self._document.signature.update(repr(entries).encode("ascii"))

    def info(self, **entries: str) -> None:
        """The document's information dictionary (14.3.3)."""
        self._document.info = Info(dictionary(**entries))

    def page_reference(self, number: int) -> str:
        """The reference to a page, from 1; it may still have to be written."""
        return str(
            pdfdoc.format(pdfdoc.PDFObjectReference(f"Page{number}"), self._document).decode()
        )

    def whole(self, assemble: Callable[[Body], bytes] = plain) -> bytes:
        """The finished file, its objects put together in one way or another."""
        document = self._document
        root, info = document.Reference(document.Catalog), document.Reference(document.info)
        document.info.digest(document.signature)
        document.Outlines.prepare(document, self._canvas)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        objects = tuple(_objects(document))
        file_id = f"[<{document.signature.hexdigest()}> <{document.signature.hexdigest()}>]"
        trailer = f"/Root {_said(root, document)} /Info {_said(info, document)} /ID {file_id}"
        return assemble(Body(objects, self._version, trailer))


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object that is PDF already."""

    __RefOnly__ = 1

    def __init__(self, data: bytes | str) -> None:
        self.data = data.encode("ascii") if isinstance(data, str) else data

    def format(self, document: Any) -> bytes:
        """The object's bytes."""
        return self.data


class Inline(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """A value that is PDF already and stands where it is named: a reference, an array."""

    def __init__(self, data: str) -> None:
        self.data = data.encode("ascii")

    def format(self, document: Any) -> bytes:
        """The value's bytes."""
        return self.data


class Info(Raw):
    """Document information without ReportLab's dates."""

    invariant = 1

    def digest(self, signature: Any) -> None:
        """Lets the file's ID depend on it."""
        signature.update(self.data)


def _enter(thing: Any, entries: Mapping[str, str]) -> None:
    """Entries into a dictionary of ReportLab's, as they are: it lets through only names that it knows, some as references."""
    for key, value in entries.items():
        setattr(thing, key, Inline(value))
    thing.__NoDefault__ = list(dict.fromkeys([*thing.__NoDefault__, *entries]))
    thing.__Refs__ = [name for name in thing.__Refs__ if name not in entries]


def _objects(document: Any) -> Iterator[bytes]:
    """Every object in the order of the numbers; writing one may bring forth others."""
    number = 1
    while number in document.numberToId:
        thing = document.idToObject[document.numberToId[number]]
        yield pdfdoc.format(thing, document, toplevel=1)
        number += 1


def _said(thing: Any, document: Any) -> str:
    return str(pdfdoc.format(thing, document).decode("ascii"))


class NoFont:
    """Stands where ReportLab wants a first font, so that no page begins with an unembedded Helvetica."""

    _dynamicFont = 1  # noqa: N815  # these are the names that ReportLab asks for
    _multiByte = 0  # noqa: N815
    fontName = NO_FONT  # noqa: N815
    encName = ""  # noqa: N815
    face = None


def _no_first_font() -> str:
    """The name of a font that writes nothing."""
    if NO_FONT not in pdfmetrics._fonts:
        pdfmetrics._fonts[NO_FONT] = NoFont()
    return NO_FONT


def _corners(rect: Rect) -> list[float]:
    return [round(edge, 4) for edge in (rect.x, rect.y, rect.right, rect.top)]
