"""PDF files: ReportLab's `PDFDocument` with our own page resources, written object by object.

Objects are written when they are complete (`flush`): at the end for files in memory, after each record for mail-merge. The
file's ID is computed from its content (ISO 32000-1, 14.4), so that equal inputs give equal bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, cast

from brochure.pdf import object_streams
from brochure.pdf.engine import (
    Canvas,
    CMYKColorSep,
    PDFCatalog,
    PDFDocument,
    PDFFile,
    PDFFormXObject,
    PDFInfo,
    PDFObject,
    PDFObjectReference,
    PDFOutlines,
    PDFPage,
    PDFPages,
    PDFText,
    ViewerPreferencesPDFDictionary,
    xObjectName,
)
from brochure.pdf.objects import (
    Array,
    Dictionary,
    Parts,
    Stream,
    deflate,
    name,
    sorted_dictionary,
    text,
    written,
)

Version = tuple[int, int]

MAX_COPIED = 20_000
"""Size in bytes of streams that are not copied to be written with what precedes and follows them."""


class Catalog(PDFCatalog):
    """The document catalogue (7.7.2), with the output intents that ReportLab leaves out."""

    __NoDefault__ = [*PDFCatalog.__NoDefault__, "OutputIntents"]  # noqa: RUF012  # ReportLab's table
    __Refs__ = __NoDefault__

    def set(self, **entries: Any) -> None:
        """Set entries; raise `KeyError` for one that would not be written."""
        for key, value in entries.items():
            if key not in (*self.__NoDefault__, *self.__Defaults__):
                raise KeyError(f"the catalogue does not write /{key}")
            setattr(self, key, value)

    def format(self, document: PDFDocument) -> bytes:
        """Return the dictionary's PDF syntax."""
        return _format_attributes(self, document)


def _format_attributes(tree: PDFCatalog, document: PDFDocument) -> bytes:
    """Return the PDF syntax of ReportLab's objects whose entries are attributes, in the form in which it writes them."""
    kept = cast("Any", tree)  # the tables are not in the stubs
    kept.check_format(document)
    values = {key: getattr(tree, key, None) for key in kept.__NoDefault__}
    values |= {key: getattr(tree, key, value) for key, value in kept.__Defaults__.items()}
    entries = {key: value for key, value in values.items() if value is not None}
    for key in kept.__Refs__:
        if key in entries:
            entries[key] = document.Reference(entries[key])  # type: ignore[no-untyped-call]
    return sorted_dictionary(entries, document)


class Information(PDFInfo):
    """The document information dictionary (14.3.3); properties without a value are omitted.

    `dates` and `version` are written where a standard requires them: a PDF date, and the variant of PDF/X.
    """

    date = ""
    version = ""
    is_print = False

    def __init__(self) -> None:
        super().__init__()
        self.title = self.author = self.subject = self.creator = self.producer = ""

    def format(self, document: PDFDocument) -> bytes:
        """Return the dictionary's PDF syntax."""
        properties = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Creator": self.creator,
            "Producer": self.producer,
            "CreationDate": self.date,
            "ModDate": self.date,
            "GTS_PDFXVersion": self.version,
        }
        entries: dict[str, Any] = {key: text(value) for key, value in properties.items() if value}
        if self.is_print:
            entries["Trapped"] = name(self.trapped)
        return Dictionary(**entries).format(document)


class Pages(PDFPages):
    """The page tree (7.7.3)."""

    def node(self, document: Document) -> PDFObjectReference:
        """Return the node that the next page is a child of."""
        return document.register(self, "Pages")

    def format(self, document: PDFDocument) -> bytes:
        """Return the dictionary's PDF syntax."""
        return _format_attributes(self, document)


class Outlines(PDFOutlines):
    """The outline (12.3.3), with all entries open."""

    def prepare(self, document: PDFDocument, canvas: Canvas) -> None:
        """Build the tree; ReportLab counts nested lists twice."""
        super().prepare(document, canvas)
        self.count = len(self.destinationnamestotitles)


class Document(PDFDocument):
    """A PDF file that is being written.

    Args:
        version: PDF version, e.g. (1, 6).
        language: BCP 47 tag of the text.
        packed: Write dictionaries to object streams (7.5.7), which reduces a tagged file to a third.
        file: Output; default: in memory.
        pages: The page tree; default: all pages in one node.
    """

    def __init__(
        self,
        version: Version,
        language: str,
        *,
        packed: bool = False,
        file: PDFFile | None = None,
        pages: Pages | None = None,
    ) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=version)
        # Remove ReportLab's dictionary of standard fonts, which are not used here.
        self.objectcounter = 0
        for registry in (self.numberToId, self.idToObject, self.idToObjectNumberAndVersion):
            registry.clear()
        self.file = file or PDFFile(version)
        self.Pages = pages or Pages()
        self.outline = self.Outlines = Outlines()
        catalog = Catalog()
        catalog.set(Pages=self.Pages, Outlines=self.Outlines)
        catalog.set(Lang=text(language))
        self.Catalog = self.catalog = catalog
        self.info = self.information = Information()
        self.page_entries: Mapping[str, Any] = {"Resources": Dictionary()}
        self._packs = packed
        self._packed: list[tuple[int, bytes]] = []
        self._deferred: dict[int, str] = {}
        self._written = 0

    # Objects

    def defer(self, value: PDFObject, key: str) -> PDFObjectReference:
        """Register an object that is complete only at the end of the file."""
        reference = self.register(value, key)
        self._deferred[self.idToObjectNumberAndVersion[key][0]] = key
        return reference

    def register(self, value: PDFObject, key: str | None = None) -> PDFObjectReference:
        """Register an indirect object; returns the reference to it."""
        reference: PDFObjectReference = self.Reference(value, key)  # type: ignore[no-untyped-call]
        return reference

    def begin_streaming(self) -> None:
        """Register the objects that are complete only at the end, so that `flush` omits them."""
        self.defer(self.Pages, "Pages")

    def has(self, key: str) -> bool:
        """Return True if an object is registered under a key."""
        return key in self.idToObject

    def add_image(self, key: str, image: Stream) -> None:
        """Register an image, to be drawn with `doForm(key)`."""
        super().addForm(key, image)

    def image_reference(self, key: str) -> PDFObjectReference:
        """Return the reference to an image that was added."""
        return PDFObjectReference(xObjectName(key))

    def addForm(self, name: str, form: PDFFormXObject) -> None:
        """Register a form XObject (8.10)."""
        form.Contents = deflate(form.stream)
        super().addForm(name, form)

    def addColor(self, cmyk: CMYKColorSep) -> tuple[str, str]:
        """Return the key of a spot colour's space; ReportLab's would collide with other objects of the ink's name."""
        key = cmyk.spotName or ""
        return key, key

    def addPage(self, page: PDFPage) -> None:
        """Register a page with `page_entries` (table 30); pages with the same operators share a content stream.

        Of ReportLab's page only the content is used: it omits `Group`, `StructParents` and `Tabs` without a word.
        """
        drawn = cast("Any", page)  # its boxes are not in the stubs
        boxes = {"BleedBox": drawn.BleedBox, "TrimBox": drawn.TrimBox}
        entries = Dictionary(
            Type="/Page",
            Parent=self.Pages.node(self),
            MediaBox=Array([0, 0, page.pagewidth, page.pageheight]),
            **{key: Array(box.sequence) for key, box in boxes.items() if box},
            Contents=self._content(page.stream),
            **self.page_entries,
        )
        if page.Annots:
            entries["Annots"] = Array(page.Annots)
        self.Pages.addPage(self.register(entries, self.thisPageName()))
        self.pageCounter += 1
        self.inObject = None

    def _content(self, operators: str) -> PDFObjectReference:
        data = operators.encode("ascii")
        key = f"Contents.{hashlib.blake2b(data, digest_size=16).hexdigest()}"
        if self.has(key):
            return PDFObjectReference(key)
        return self.register(deflate(data), key)

    # Writing

    def flush(self) -> None:
        """Write all objects that are complete, and discard their content."""
        while self._written < self.objectcounter:
            self._written += 1
            if self._written not in self._deferred:
                self._write(self._written)

    def _write(self, number: int) -> None:
        key = self.numberToId[number]
        value = self.idToObject[key]
        self.idToObject[key] = WRITTEN
        if isinstance(value, Stream):
            parts = value.parts(self)
            self.updateSignature(value.fingerprint or value.content)
        else:
            parts = (self._format_object(value),)
            self.updateSignature(parts[0])
        if self._packs and parts[-1][-9:] != b"endstream":
            self._packed.append((number, bytes(parts[0])))
        else:
            self.idToOffset[key] = self._add(number, parts)

    def _format_object(self, value: PDFObject) -> bytes:
        """Return the PDF syntax of an indirect object."""
        if value.__class__ is ViewerPreferencesPDFDictionary:
            return sorted_dictionary(cast("Any", value).dict, self)
        done: bytes = cast("Any", value).format(self)
        return done

    def _add(self, number: int, parts: Parts) -> int:
        """Write an indirect object (7.3.10); returns its offset."""
        head, end = b"%d 0 obj\n" % number, b"\nendobj\n"
        if len(parts) == 1 or len(parts[1]) < MAX_COPIED:
            whole: int = self.file.add(b"".join((head, *parts, end)))
            return whole
        offset: int = self.file.add(head)
        for part in (*parts, end):
            self.file.add(part)
        return offset

    def format(self) -> Parts:  # type: ignore[override]
        """Write the rest; return the file in parts, if it is held in memory."""
        root, info = self.register(self.Catalog), self.register(self.info)
        self.flush()
        for number in sorted(self._deferred):
            self._write(number)
        self._deferred.clear()
        self.flush()
        identity = PDFText(cast("Any", self).signature.digest(), enc="raw")
        trailer = {"Root": root, "Info": info, "ID": Array([identity, identity])}
        if self._packs:
            self._end_with_stream(trailer)
        else:
            self._end_with_table(trailer)
        return tuple(self.file.strings)

    def _end_with_table(self, trailer: Mapping[str, Any]) -> None:
        """Write the cross-reference table and the trailer (7.5.4, 7.5.5)."""
        size = self.objectcounter + 1
        offsets = (self.idToOffset[self.numberToId[number]] for number in range(1, size))
        rows = b"".join([b"%010d 00000 n \n" % offset for offset in offsets])
        start = self.file.add(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, rows))
        entries = sorted({"Size": size, **trailer}.items())
        lines = b"\n".join([b"/%b %b" % (key.encode(), written(one, self)) for key, one in entries])
        self.file.add(b"trailer\n<<\n%b\n>>\nstartxref\n%d\n%%%%EOF\n" % (lines, start))

    def _end_with_stream(self, trailer: Mapping[str, Any]) -> None:
        """Write object streams and the cross-reference stream (7.5.7, 7.5.8)."""
        entries = {
            self.idToObjectNumberAndVersion[key][0]: (object_streams.PLAIN, offset, 0)
            for key, offset in self.idToOffset.items()
        }
        number = self.objectcounter
        for first in range(0, len(self._packed), object_streams.MAX_OBJECTS):
            number += 1
            pack = self._packed[first : first + object_streams.MAX_OBJECTS]
            entries |= {
                one: (object_streams.PACKED, number, at) for at, (one, _) in enumerate(pack)
            }
            offset = self._add(number, object_streams.object_stream(pack).parts(self))
            entries[number] = (object_streams.PLAIN, offset, 0)
        start = self.file.offset
        entries[number + 1] = (object_streams.PLAIN, start, 0)
        self._add(number + 1, object_streams.cross_reference_stream(entries, trailer).parts(self))
        self.file.add(b"startxref\n%d\n%%%%EOF\n" % start)


class _Written(PDFObject):
    """Stands in for an object that has been written."""


WRITTEN = _Written()
