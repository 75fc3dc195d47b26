"""Small PDFs with every kind of colour, gradient, picture and form, written by hand so that their content is known exactly."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

from PIL import ImageCms

Stream = tuple[str, bytes]
Objects = Sequence[str | Stream]


def make_pdf(
    content: str | bytes,
    resources: str = "",
    objects: Objects = (),
    *,
    page: str = "/MediaBox [0 0 200 100]",
    catalog: str = "",
    trailer: str = "",
    pages: int = 1,
) -> bytes:
    """Return a PDF whose pages have this content; `objects` are numbered from 10, and may be dictionaries or streams."""
    data = content.encode("latin-1") if isinstance(content, str) else content
    kids = " ".join("3 0 R" for _ in range(pages))
    bodies: dict[int, bytes] = {
        1: f"<</Type /Catalog /Pages 2 0 R {catalog}>>".encode(),
        2: f"<</Type /Pages /Kids [{kids}] /Count {pages}>>".encode(),
        3: f"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <<{resources}>> {page}>>".encode(),
        4: _stream("", data),
    }
    for number, one in enumerate(objects, start=10):
        bodies[number] = one.encode("latin-1") if isinstance(one, str) else _stream(*one)
    return _file(bodies, trailer)


def _stream(entries: str, data: bytes) -> bytes:
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (entries.encode(), len(data), data)


def _file(bodies: Mapping[int, bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, body in bodies.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size, start = max(bodies) + 1, len(out)
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        known = offsets.get(number)
        out += b"0000000000 65535 f \n" if known is None else b"%010d 00000 n \n" % known
    out += f"trailer\n<</Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """Return the profile of sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


RED_TO_BLUE = "<</FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1>>"
TINT = "<</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0.6 1 0] /N 1>>"
CALCULATOR: Stream = (
    "/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]",
    b"{ dup 1 exch sub exch dup 0.5 gt { pop 1 } { 2 mul } ifelse 0.25 }",
)


def _gradient_squares(count: int) -> bytes:
    return bytes(part for y in range(count) for x in range(count) for part in (x * 60, y * 60, 128))


PLAIN = make_pdf("1 0 0 rg 10 10 80 80 re f 0 0 1 RG 4 w 110 10 m 190 90 l S")

RGB_KINDS = make_pdf(
    # plain, ICC, calibrated and Lab colours; gradients of three kinds; pictures; forms and tiles
    """/Sect <</MCID 0>> BDC 0.8 0.1 0.2 rg 0 75 25 25 re f EMC
/Icc cs 0.2 0.6 0.3 sc 25 75 25 25 re f
0.5 g 50 75 25 25 re f
q 75 75 25 25 re W n /Axial sh Q
q 100 75 25 25 re W n /Radial sh Q
q 125 75 25 25 re W n /Calc sh Q
q 20 0 0 20 150 78 cm /Img Do Q
q 20 0 0 20 175 78 cm /Ind Do Q
q 20 0 0 20 2 50 cm BI /W 2 /H 2 /CS /RGB /BPC 8 /F /AHx ID ff000000ff000000ff808080> EI Q
q 0.1 0.2 0.7 rg 20 0 0 20 27 50 cm /Stencil Do Q
q 1 0 0 1 50 50 cm /Fm Do Q
/Pattern cs /Tiles scn 100 50 25 25 re f
/Under cs 0 0.5 0.5 /Blank scn 125 50 25 25 re f
/Pattern cs /Shade scn 150 50 50 25 re f
q 0 0 100 48 re W n /Mesh sh Q
q 100 0 50 48 re W n /Plane sh Q
1 0.5 0 rg 155 5 40 40 re 165 15 20 20 re f*
""",
    """/ColorSpace <</Icc [/ICCBased 10 0 R] /Under [/Pattern /DeviceRGB]>>
/Shading <</Axial 11 0 R /Radial 12 0 R /Calc 13 0 R /Mesh 19 0 R /Plane 20 0 R>>
/XObject <</Img 15 0 R /Ind 16 0 R /Stencil 17 0 R /Fm 18 0 R>>
/Pattern <</Tiles 21 0 R /Blank 22 0 R /Shade 23 0 R>>""",
    [
        ("/N 3", srgb_profile()),
        f"<</ShadingType 2 /ColorSpace /DeviceRGB /Coords [75 0 100 0] /Function {RED_TO_BLUE}>>",
        f"<</ShadingType 3 /ColorSpace /DeviceRGB /Coords [112 88 2 112 88 12] /Extend [true true] /Function {RED_TO_BLUE}>>",
        "<</ShadingType 2 /ColorSpace /DeviceRGB /Coords [125 75 150 100] /Function 14 0 R>>",
        CALCULATOR,
        (
            "/Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode",
            zlib.compress(_gradient_squares(4)),
        ),
        (
            "/Type /XObject /Subtype /Image /Width 4 /Height 2 /BitsPerComponent 2"
            " /ColorSpace [/Indexed /DeviceRGB 3 <ff0000 00ff00 0000ff ffff00>]",
            bytes((0b00011011, 0b11100100)),
        ),
        (
            "/Type /XObject /Subtype /Image /Width 8 /Height 4 /ImageMask true /BitsPerComponent 1",
            bytes((0xAA, 0x55, 0xF0, 0x0F)),
        ),
        (
            "/Type /XObject /Subtype /Form /BBox [0 0 45 22] /Matrix [1 0 0 1 2 0]"
            " /Resources <</XObject <</Inner 24 0 R>>>>",
            b"0 0.7 0 rg 0 0 20 20 re f q 1 0 0 1 22 0 cm /Inner Do Q",
        ),
        (
            "/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8"
            " /Decode [0 100 0 48 0 1 0 1 0 1]",
            bytes((0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0, 0, 128, 255, 0, 0, 255)),
        ),
        "<</ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1 0 1] /Matrix [50 0 0 48 100 0] /Function 25 0 R>>",
        (
            "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 5 5] /XStep 5 /YStep 5 /Resources <<>>",
            b"1 0 0 rg 0 0 2.5 2.5 re f 0 0 1 rg 2.5 2.5 2.5 2.5 re f",
        ),
        (
            "/PatternType 1 /PaintType 2 /TilingType 1 /BBox [0 0 5 5] /XStep 5 /YStep 5 /Resources <<>>",
            b"0 0 3 3 re f",
        ),
        f"<</PatternType 2 /Shading <</ShadingType 2 /ColorSpace /DeviceRGB /Coords [150 0 200 0] /Function {RED_TO_BLUE}>>>>",
        (
            "/Type /XObject /Subtype /Form /BBox [0 0 20 20] /Resources <<>>",
            b"0 0 1 rg 10 0 m 20 20 l 0 20 l f",
        ),
        ("/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]", b"{ 0.5 }"),
    ],
)

INKS = make_pdf(
    """/Pms cs 0.8 scn 0 50 50 50 re f
/Duo cs 0.5 1 scn 50 50 50 50 re f
0.1 0.2 0.3 0.4 k 100 50 50 50 re f
/Over gs 0 0 0 1 k 10 60 30 10 re f
q 0 0 150 40 re W n /Fade sh Q
q 40 0 0 40 155 5 cm /Img Do Q""",
    """/ColorSpace <</Pms [/Separation /Signal /DeviceCMYK 10 0 R]
/Duo [/DeviceN [/Signal /Black] /DeviceCMYK 11 0 R]>>
/ExtGState <</Over <</OP true /op true /OPM 1>>>>
/Shading <</Fade 12 0 R>> /XObject <</Img 13 0 R>>""",
    [
        TINT,
        (
            "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1 0 1]",
            b"{ exch dup 0.6 mul exch 0 3 1 roll 4 -1 roll }",
        ),
        "<</ShadingType 2 /ColorSpace [/Separation /Signal /DeviceCMYK 10 0 R] /Coords [0 0 150 0]"
        " /Function <</FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1>>>>",
        (
            "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8"
            " /ColorSpace [/Separation /Signal /DeviceCMYK 10 0 R]",
            bytes((0, 85, 170, 255)),
        ),
    ],
)

OPACITY = make_pdf(
    "1 0 0 rg 10 10 60 80 re f /Half gs 0 0 1 rg 40 30 100 40 re f",
    "/ExtGState <</Half <</ca 0.5 /BM /Multiply>>>>",
)

SOFT_MASK = make_pdf(
    "0.2 0.6 0.9 rg 0 0 200 100 re f /Masked gs 1 0 0 rg 0 0 200 100 re f q 40 0 0 40 20 20 cm /Img Do Q",
    "/ExtGState <</Masked <</SMask <</S /Luminosity /G 10 0 R>>>>>> /XObject <</Img 11 0 R>>",
    [
        (
            "/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Group <</S /Transparency /CS /DeviceRGB>>"
            " /Resources <</Shading <</S <</ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 200 0]"
            " /Function <</FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1>>>>>>>>",
            b"/S sh",
        ),
        (
            "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB /SMask 12 0 R",
            bytes((255, 255, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255)),
        ),
        (
            "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray",
            bytes((0, 90, 180, 255)),
        ),
    ],
)

TURNED = make_pdf(
    "1 0 0 rg 20 10 50 30 re f 0 0 1 rg 70 40 30 10 re f 0 0.6 0 rg 0 0 300 8 re f",
    page="/MediaBox [0 0 300 200] /CropBox [10 5 200 100] /TrimBox [20 10 120 60] /Rotate 90 /UserUnit 2",
)

SECRETS = make_pdf(
    "/Span <</ActualText (secret words)>> BDC 1 0 0 rg 10 10 80 80 re f EMC",
    "/XObject <</Unused 10 0 R>>",
    [
        (
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
            b"secret",
        ),
        ("/Type /Metadata /Subtype /XML", b"<x>secret author</x>"),
    ],
    page="/MediaBox [0 0 200 100] /PieceInfo <</Secret (secret)>> /Metadata 11 0 R"
    " /Annots [<</Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (secret note)>>]"
    " /AA <</O <</S /JavaScript /JS (app.alert('secret'))>>>>",
    catalog="/OpenAction <</S /JavaScript /JS (app.alert('secret'))>> /Metadata 11 0 R"
    " /Names <</JavaScript <</Names [(a) <</S /JavaScript /JS (secret)>>]>>>>",
)
