"""Pictures with a word hidden in every place where metadata may be.

`PICTURES` has files by name; each contains `WORD` several times. `found` searches finished files for it.
"""

from __future__ import annotations

import io
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

from tests.programs import need

WORD = "Zyxwhistle47"
SAID = WORD.encode()
SIDE = 240
XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    f' exif:GPSLatitude="{WORD}"><dc:creator><rdf:Seq><rdf:li>{WORD}</rdf:li></rdf:Seq></dc:creator>'
    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
).encode()


def iptc() -> bytes:
    """Photoshop image resources with a by-line and a city."""
    data = b"".join(
        b"\x1c\x02" + bytes([dataset]) + struct.pack(">H", len(SAID)) + SAID for dataset in (80, 90)
    )
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + bytes(len(data) % 2)


def exif(orientation: int = 1) -> bytes:
    """EXIF with names, a position, serial numbers, a maker note and a thumbnail."""
    made = Image.Exif()
    made[0x0112] = orientation
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x013C, 0x8298):
        made[tag] = WORD
    made[0x9C9D] = WORD.encode("utf-16-le")
    inner = made.get_ifd(0x8769)
    inner[0x927C] = SAID * 20
    inner[0x9286] = b"ASCII\0\0\0" + SAID
    inner[0xA430] = inner[0xA431] = inner[0xA435] = WORD
    position = made.get_ifd(0x8825)
    position[1], position[2] = "N", (47.0, 30.0, 12.0)
    position[3], position[4] = "E", (8.0, 41.0, 3.0)
    position[27] = b"ASCII\0\0\0" + SAID
    return made.tobytes()


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(mode: str = "RGB", orientation: int = 1, **options: Any) -> bytes:
    """A JPEG with the word in every kind of segment, between segments, and after the picture."""
    out = io.BytesIO()
    picture().convert(mode).save(out, "JPEG", quality=90, **options)
    data = out.getvalue()
    block = exif(orientation)
    hidden = [
        segment(0xE1, block if block.startswith(b"Exif") else b"Exif\0\0" + block),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + XMP),
        segment(0xE0, b"JFXX\0\x10" + SAID),
        segment(0xE2, b"MPF\0" + SAID),
        segment(0xEB, b"JP\0\0" + SAID),
        segment(0xEC, b"Ducky" + SAID),
        segment(0xED, b"Photoshop 3.0\0" + iptc()),
        segment(0xE5, SAID),
        segment(0xFE, SAID),
        SAID,
    ]
    # After the picture: a second one, and the video of a motion photo.
    after = data[:2] + b"".join(hidden[:2]) + data[2:] + b"ftypmp42" + SAID * 400
    return data[:2] + b"".join(hidden) + data[2:] + after


def png(mode: str = "RGB", **options: Any) -> bytes:
    """A PNG with the word in every kind of chunk, in the data after the rows, and after the picture."""
    out, text = io.BytesIO(), PngInfo()
    text.add_text("Author", WORD)
    text.add_text("Comment", WORD, zip=True)
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    text.add_itxt("Description", WORD, "de", WORD, zip=True)
    text.add(b"prVt", SAID)
    picture().convert(mode).save(out, "PNG", pnginfo=text, exif=exif(), **options)
    data = out.getvalue()
    end = data.rindex(b"IEND") - 4
    extra = b"".join(chunk(b"tEXt", b"Owner\0" + SAID) for _ in range(2))
    return data[:end] + chunk(b"IDAT", SAID) + extra + data[end:] + SAID


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def tiff(mode: str = "RGB", **options: Any) -> bytes:
    """A TIFF with the word in its own tags and in those of other kinds of metadata."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for tag in (269, 270, 271, 272, 285, 305, 315, 316, 33432):
        tags[tag] = WORD
    tags[700], tags[33723], tags[34377] = XMP, iptc()[12:], iptc()
    for tag in (700, 33723, 34377):
        tags.tagtype[tag] = 7
    out = io.BytesIO()
    picture().convert(mode).save(out, "TIFF", tiffinfo=tags, **options)
    return out.getvalue() + SAID


def webp(mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    picture().convert(mode).save(out, "WEBP", exif=exif(), xmp=XMP, **options)
    return out.getvalue() + SAID


def svg() -> bytes:
    return f"""<?xml version="1.0"?>
<!-- {WORD} -->
<?{WORD} {WORD}?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 40 40"
 id="{WORD}1" inkscape:export-filename="/home/{WORD}/drawing.png">
<title>{WORD}</title><desc>{WORD}</desc><metadata>{WORD}</metadata>
<!-- {WORD} --><g id="{WORD}2" inkscape:label="{WORD}"><title>{WORD}</title><path id="{WORD}3" class="{WORD}"
 d="M0 0 h40 v40 z" fill="#336699"/></g></svg>""".encode()


def picture() -> Image.Image:
    """Gradients: content that cannot be compressed to almost nothing."""
    across = Image.linear_gradient("L").resize((SIDE, SIDE))
    down = across.rotate(90)
    made = Image.merge("RGBA", (across, down, across, Image.new("L", (SIDE, SIDE), 200)))
    assert made.size == (SIDE, SIDE)
    return made


PICTURES: dict[str, bytes] = {
    "plain.jpg": jpeg(),
    "grey.jpg": jpeg("L"),
    "inks.jpg": jpeg("CMYK"),
    "turned.jpg": jpeg(orientation=6),
    "progressive.jpg": jpeg(progressive=True),
    "plain.png": png(),
    "grey.png": png("L"),
    "clear.png": png("RGBA"),
    "palette.png": png("P"),
    "plain.tif": tiff(),
    "inks.tif": tiff("CMYK"),
    "packed.tif": tiff(compression="tiff_lzw"),
    "plain.webp": webp(),
    "clear.webp": webp("RGBA", lossless=True),
    "drawing.svg": svg(),
}


def found(data: bytes, folder: Path, *words: str) -> list[str]:
    """Return which words are in a finished file: in its bytes and, in a PDF, in its decoded streams."""
    searched = data
    if data.startswith(b"%PDF"):
        need("qpdf")
        source = folder / "searched.pdf"
        source.write_bytes(data)
        options = ["--qdf", "--object-streams=disable", "--decode-level=all"]
        unpacked = subprocess.run(
            ["qpdf", *options, source, "-"], capture_output=True, timeout=60, check=False
        )
        assert unpacked.returncode == 0, unpacked.stderr
        searched += unpacked.stdout
    return [
        word
        for word in words
        if any(
            form in searched
            for form in (
                word.encode(),
                word.encode("utf-16-be"),
                word.encode("utf-16-le"),
                word.encode().hex().encode(),
                word.encode("utf-16-be").hex().upper().encode(),
            )
        )
    ]
