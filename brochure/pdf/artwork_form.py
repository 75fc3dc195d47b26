"""Converted artwork as objects of a PDF (ISO 32000-1, 8.10), and as a file of its own."""

from __future__ import annotations

import re

from brochure.artwork.model import ArtworkForm, ArtworkObject
from brochure.pdf.engine import PDFDocument, PDFObject, PDFObjectReference
from brochure.pdf.objects import Dictionary, Parts, Stream
from brochure.pdf.output import Document

REFERENCE = re.compile(rb"\0(\d+)\0")


class _ForeignObject(PDFObject):
    """An object of artwork, whose references are those of a document."""

    def __init__(self, made: ArtworkObject, prefix: str) -> None:
        self.made = made
        self.prefix = prefix

    def format(self, document: PDFDocument) -> bytes:
        """Return the object's PDF syntax."""
        return _number(self.made.body, self.prefix, document)


class _ForeignStream(Stream):
    """A stream of artwork."""

    def __init__(self, made: ArtworkObject, prefix: str) -> None:
        super().__init__(Dictionary(), made.data or b"", made.body + prefix.encode("ascii"))
        self.made = made
        self.prefix = prefix

    def parts(self, document: PDFDocument) -> Parts:
        """Return the stream's PDF syntax without copying its data."""
        head = _number(self.made.body, self.prefix, document)
        return head, b"\nstream\n", self.made.data or b"", b"\r\nendstream"


def _number(body: bytes, prefix: str, document: PDFDocument) -> bytes:
    def number(match: re.Match[bytes]) -> bytes:
        key = f"{prefix}{int(match[1])}"
        return b"%d 0 R" % document.idToObjectNumberAndVersion[key][0]

    return REFERENCE.sub(number, body)


def embed_artwork(form: ArtworkForm, name: str, document: Document, key: str) -> PDFObjectReference:
    """Register artwork, to be drawn with `doForm(name)`; `key` is the digest of all that it depends on."""
    prefix = f"{name}.{key[:8]}."
    for at, made in enumerate(form.objects[:-1]):
        kind = _ForeignObject if made.data is None else _ForeignStream
        document.register(kind(made, prefix), f"{prefix}{at}")
    document.add_image(name, _ForeignStream(form.objects[-1], prefix))
    return document.image_reference(name)


def standalone(
    form: ArtworkForm,
    size: tuple[float, float],
    placed: tuple[float, float, float, float],
    before: str = "",
) -> bytes:
    """Return artwork as a PDF with one page, for programs that read pages.

    Args:
        form: The artwork.
        size: Width and height of the page, in points.
        placed: The rectangle in which it is placed: left, bottom, width, height.
        before: Operators before it, such as the colour of artwork without colours.
    """
    x, y, width, height = placed
    content = f"q {before} {width:.4f} 0 0 {height:.4f} {x:.4f} {y:.4f} cm /A Do Q".encode("ascii")
    last = len(form.objects)
    bodies = [_renumbered(one) for one in form.objects]
    bodies.append(b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content))
    bodies.append(
        f"<</Type /Page /Parent {last + 3} 0 R /MediaBox [0 0 {size[0]:.4f} {size[1]:.4f}]"
        f" /Contents {last + 1} 0 R /Resources <</XObject <</A {last} 0 R>>>>>>".encode("ascii")
    )
    bodies.append(b"<</Type /Pages /Kids [%d 0 R] /Count 1>>" % (last + 2))
    bodies.append(b"<</Type /Catalog /Pages %d 0 R>>" % (last + 3))
    return _write_file(bodies)


def _renumbered(made: ArtworkObject) -> bytes:
    body = REFERENCE.sub(lambda match: b"%d 0 R" % (int(match[1]) + 1), made.body)
    if made.data is None:
        return body
    return b"".join((body, b"\nstream\n", made.data, b"\r\nendstream"))


def _write_file(bodies: list[bytes]) -> bytes:
    out, offsets = [b"%PDF-1.7\n"], []
    at = len(out[0])
    for number, body in enumerate(bodies, start=1):
        offsets.append(at)
        out.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        at += len(out[-1])
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(bodies) + 1
    out.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows))
    out.append(
        b"trailer\n<</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, count - 1, at)
    )
    return b"".join(out)
