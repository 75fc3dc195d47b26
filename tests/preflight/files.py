"""Defects in finished files, made with pypdf.

Each function changes one thing in a PDF: it adds operators to the first page, or removes or writes an entry of a dictionary. The
origin of the first page is the corner of its trim, as in all files of this program.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from tests.programs import need, run

Edit = Callable[[PdfWriter], None]


def edited(pdf: bytes, edit: Edit) -> bytes:
    """Return the file after the edit."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    edit(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def drawn(operators: str, **resources: Mapping[str, Any]) -> Edit:
    """Add operators after those of the first page, with their resources: `ExtGState={"/X": …}`."""

    def edit(writer: PdfWriter) -> None:
        page: Any = writer.pages[0]
        stream = DecodedStreamObject()
        before = page.get_contents()
        assert before is not None
        stream.set_data(before.get_data() + b"\nq\n" + operators.encode() + b"\nQ\n")
        page[NameObject("/Contents")] = writer._add_object(stream)
        own = DictionaryObject(page["/Resources"].get_object())
        for kind, named in resources.items():
            table = DictionaryObject(own.get(f"/{kind}", DictionaryObject()).get_object())
            for name, value in named.items():
                table[NameObject(name)] = _object(writer, value)
            own[NameObject(f"/{kind}")] = table
        page[NameObject("/Resources")] = own

    return edit


def _object(writer: PdfWriter, value: Any) -> Any:
    return writer._add_object(value) if isinstance(value, StreamObject) else value


def without(key: str, *, of: str = "/Root") -> Edit:
    """Remove an entry of the catalog, of the information dictionary or of the first page."""

    def edit(writer: PdfWriter) -> None:
        holder = _holder(writer, of)
        assert key in holder, f"{of} has no {key}"
        del holder[key]

    return edit


def having(key: str, value: Any, *, of: str = "/Root") -> Edit:
    """Write an entry, or replace it."""

    def edit(writer: PdfWriter) -> None:
        _holder(writer, of)[NameObject(key)] = value

    return edit


def _holder(writer: PdfWriter, of: str) -> Any:
    if of == "/Page":
        return writer.pages[0]
    return writer.root_object if of == "/Root" else writer._info


def both(*edits: Edit) -> Edit:
    """Make two edits, one after the other."""

    def edit(writer: PdfWriter) -> None:
        for one in edits:
            one(writer)

    return edit


# Parts of defects


def name(text: str) -> NameObject:
    """A PDF name."""
    return NameObject(text)


def text(result: str) -> TextStringObject:
    """A text string."""
    return TextStringObject(result)


def array(*items: Any) -> ArrayObject:
    """An array."""
    return ArrayObject(items)


def dictionary(**entries: Any) -> DictionaryObject:
    """A dictionary; keys are written without a slash."""
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def box(*sides: float) -> RectangleObject:
    """A box of a page."""
    return RectangleObject(sides)


def state(**entries: bool | float) -> DictionaryObject:
    """A graphics state dictionary."""
    values = {
        key: BooleanObject(value) if isinstance(value, bool) else FloatObject(value)
        for key, value in entries.items()
    }
    return dictionary(**values)


def separation(ink: str) -> ArrayObject:
    """A colour space with one spot ink, whose alternate colour is black."""
    function = dictionary(
        FunctionType=NumberObject(2),
        Domain=array(NumberObject(0), NumberObject(1)),
        C0=array(*(NumberObject(0) for _ in range(4))),
        C1=array(*(NumberObject(at // 3) for at in range(4))),
        N=NumberObject(1),
    )
    return array(name("/Separation"), name(f"/{ink}"), name("/DeviceCMYK"), function)


def cmyk_picture(width: int, height: int, level: int) -> StreamObject:
    """A picture with the same level (0 to 255) of each ink everywhere."""
    stream = DecodedStreamObject()
    stream.set_data(bytes([level]) * (width * height * 4))
    entries = dictionary(
        Type=name("/XObject"),
        Subtype=name("/Image"),
        Width=NumberObject(width),
        Height=NumberObject(height),
        ColorSpace=name("/DeviceCMYK"),
        BitsPerComponent=NumberObject(8),
    )
    stream.update(entries)
    return stream


def helvetica() -> DictionaryObject:
    """A font that is not embedded."""
    return dictionary(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/Helvetica"))


def whole_font(writer: PdfWriter) -> None:
    """Remove the subset tag of the first font that is found."""
    page: Any = writer.pages[0]
    fonts = page["/Resources"]["/Font"]
    font = next(iter(fonts.values())).get_object()
    font[NameObject("/BaseFont")] = NameObject("/" + font["/BaseFont"].partition("+")[2])


def smaller_page(writer: PdfWriter) -> None:
    """Reduce the height of the second page by 20 points."""
    page: Any = writer.pages[1]
    x, y, right, top = (float(one) for one in page["/TrimBox"])
    page[NameObject("/TrimBox")] = box(x, y, right, top - 20)


def intent_without_profile(writer: PdfWriter) -> None:
    """Remove the profile and the registry of the output intent."""
    intents: Any = writer.root_object["/OutputIntents"]
    intent = intents[0].get_object()
    del intent["/DestOutputProfile"]
    del intent["/RegistryName"]


def silent_metadata(writer: PdfWriter) -> None:
    """Remove the PDF/X version from the XMP packet."""
    packet: Any = writer.root_object["/Metadata"].get_object()
    fresh = DecodedStreamObject()
    fresh.set_data(packet.get_data().replace(b"PDF/X-4", b""))
    fresh.update(dictionary(Type=name("/Metadata"), Subtype=name("/XML")))
    writer.root_object[NameObject("/Metadata")] = writer._add_object(fresh)


def encrypted(writer: PdfWriter) -> None:
    """Encrypt the file; no password is needed to open it."""
    writer.encrypt("", "owner", algorithm="RC4-128")


def scripted(writer: PdfWriter) -> None:
    """Add JavaScript to the file."""
    script = dictionary(S=name("/JavaScript"), JS=text("app.alert('hello')"))
    writer.root_object[NameObject("/OpenAction")] = script


def commented(writer: PdfWriter) -> None:
    """Add a comment on the first page."""
    writer.add_annotation(0, FreeText(text="check this", rect=(50, 50, 120, 80)))


def attached(writer: PdfWriter) -> None:
    """Attach a file."""
    writer.add_attachment("list.txt", b"names and numbers")


def layered(writer: PdfWriter) -> None:
    """Add a layer."""
    layer = writer._add_object(dictionary(Type=name("/OCG"), Name=text("French")))
    writer.root_object[NameObject("/OCProperties")] = dictionary(OCGs=array(layer), D=dictionary())


def mute_figures(writer: PdfWriter) -> None:
    """Remove the alternate text of figures."""
    changed = 0
    for number in range(1, len(writer._objects) + 1):
        one = writer.get_object(number)
        if isinstance(one, DictionaryObject) and one.get("/S") == "/Figure" and "/Alt" in one:
            del one["/Alt"]
            changed += 1
    assert changed


def with_object_streams(pdf: bytes) -> bytes:
    """The file with its objects in object streams, as in PDF 1.5, written by qpdf."""
    need("qpdf")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "a.pdf"), Path(folder, "b.pdf")
        source.write_bytes(pdf)
        run("qpdf", "--object-streams=generate", source, target)
        return target.read_bytes()
