"""The pixels of pictures as browsers show them: the whole picture in sRGB, or its share of one ink's plate in grey.

Pictures are converted as for an office printer (`BOOKLET`), the plates as for the press. Transparent pictures become PNG,
others JPEG.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import replace
from typing import Any

from brochure.color.convert import in_light
from brochure.color.duotone import ink_table
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Grey, Rgb
from brochure.fast_dataclass import dataclass
from brochure.model.display_list import DropShadow, FlattenedArea, Picture, PlacedArtwork
from brochure.pdf.drop_shadow import make_shadow_image, shadow_key
from brochure.pdf.flattened_area import area_key, describe_area, make_area_image
from brochure.pdf.image_xobject import Stored
from brochure.pdf.images import ImageTarget, convert, target_width
from brochure.prepress.inks import PROCESS
from brochure.prepress.output_conditions import BOOKLET
from brochure.project import Project, read_unchanged
from brochure.proof.artwork_pixels import ArtworkPixels, artwork_pixels, render_artwork
from brochure.system.cache import Kind, StoredCache

QUALITY = 88
"""JPEG quality of a plate."""

MAX_PNG_PIXELS = 500_000
"""Larger opaque pictures that are not JPEGs become one, which is smaller and faster to show."""

PLATE_PPI = 144
"""Resolution of plates."""


def _join(encoded: tuple[bytes, ...]) -> bytes:
    return b"".join(struct.pack(">Q", len(data)) + data for data in encoded)


def _split(data: bytes | memoryview) -> tuple[bytes, ...]:
    parts, at = [], 0
    while at < len(data):
        (length,) = struct.unpack_from(">Q", data, at)
        parts.append(bytes(data[at + 8 : at + 8 + length]))
        at += 8 + length
    if at != len(data) or len(parts) not in (1, len(PROCESS)):
        raise ValueError("incomplete picture")
    return tuple(parts)


PREVIEWS = StoredCache(
    Kind(
        name="preview",
        version=2,
        serialize=_join,
        deserialize=_split,
        libraries=(("PIL", "pillow"),),
    ),
    max_weight=100_000_000,
    weigh=lambda encoded: sum(map(len, encoded)),
)
"""Encoded pictures by `name_pixels`: one, or a plate for each process ink."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture to be shown: its file, how it is converted, and the ink of its plate (empty: all colours).

    A page of a PDF has `artwork`, and a shadow has `shadow` and its `colour` in this view, which count instead of the `target`.
    An `area` is flattened for PDF/X-1a.
    """

    asset: str
    target: ImageTarget
    ink: str = ""
    artwork: ArtworkPixels | None = None
    shadow: DropShadow | None = None
    area: FlattenedArea | None = None
    colour: Rgb | Grey = Grey(0)

    def key(self, digest: bytes) -> str:
        """Return a digest of all that the picture depends on, besides the ink."""
        if self.shadow:
            return shadow_key(self.shadow, self.colour, digest)
        what = (self.artwork or self.target).key(digest)
        return what + describe_area(self.area) if self.area else what


UNUSED = ImageTarget(None, QUALITY, "", None)


def pixels_of(picture: Picture, press: PressCondition, ink: str, label: str) -> Pixels | None:
    """Return what shows a picture; None for the plate of an ink that pictures of pixels do not have."""
    if isinstance(picture, PlacedArtwork):
        return Pixels(picture.asset, UNUSED, ink, artwork_pixels(picture, press, ink))
    if isinstance(picture, FlattenedArea):
        return _area_pixels(picture, press, ink, label)
    if isinstance(picture, DropShadow):
        return _shadow_pixels(picture, press, ink, label)
    inks = ink_table(picture.duotone, press).inks if picture.duotone else tuple(PROCESS)
    if ink and ink not in inks:
        return None
    condition = BOOKLET.showing(PLATE_PPI, QUALITY) if ink else BOOKLET
    target = ImageTarget(
        target_width(picture.pixels[0], min(picture.resolution), condition),
        condition.quality,
        label,
        picture.span,
        press,
        bool(ink),
        picture.ground,
        picture.opacity if picture.ground else 1.0,
        picture.duotone,
        ink if picture.duotone else "",
    )
    return Pixels(picture.asset, target, ink)


def _area_pixels(area: FlattenedArea, press: PressCondition, ink: str, label: str) -> Pixels | None:
    if ink and ink not in PROCESS:
        return None
    condition = BOOKLET.showing(PLATE_PPI, QUALITY)
    width = target_width(area.pixels[0], min(area.resolution), condition)
    target = ImageTarget(width, QUALITY, label, area.span, press, inks=bool(ink))
    return Pixels(area.asset, target, ink, area=area)


def _shadow_pixels(
    shadow: DropShadow, press: PressCondition, ink: str, label: str
) -> Pixels | None:
    target = replace(UNUSED, label=label, span=shadow.span)
    if not ink:
        return Pixels(shadow.asset, target, shadow=shadow, colour=in_light(shadow.colour, press))
    amount = ink_table((shadow.colour,), press).plate(ink)[0] / 255
    if not amount:
        return None
    return Pixels(shadow.asset, target, ink, shadow=shadow, colour=Grey(1 - amount))


def name_pixels(pixels: Pixels, digest: bytes) -> str:
    """Return a name for a picture in a view, which depends on all that decides its pixels."""
    key = f"{pixels.key(digest)} {pixels.ink}".encode()
    return hashlib.blake2b(key, digest_size=12).hexdigest()


def encode_pixels(project: Project, pixels: Pixels) -> bytes:
    """Return the picture as a JPEG or PNG file; raise `InputError` if it cannot be used."""
    digest = project.digest(pixels.asset)
    shown = pixels.artwork
    if shown:
        name = name_pixels(pixels, digest)
        return PREVIEWS.get(
            name, project.cache, lambda: (render_artwork(project, pixels.asset, shown),)
        )[0]

    if pixels.shadow:
        return PREVIEWS.get(
            name_pixels(pixels, digest), project.cache, lambda: (_encode_shadow(project, pixels),)
        )[0]
    area = pixels.area
    if area:
        name = area_key(area, name_pixels(pixels, digest), project.digest)
        return PREVIEWS.get(name, project.cache, lambda: (_encode_area(project, area, pixels),))[0]
    is_plate = bool(pixels.ink) and not pixels.target.plate
    name = name_pixels(replace(pixels, ink=""), digest)

    def make() -> tuple[bytes, ...]:
        stored = convert(read_unchanged(project, pixels.asset, digest), pixels.target)
        if is_plate:  # all plates at once: separating the picture is what takes time
            return tuple(_encode_plate(stored, ink) for ink in PROCESS)
        return (_encode_picture(stored),)

    encoded = PREVIEWS.get(name, project.cache, make)
    return encoded[list(PROCESS).index(pixels.ink) if is_plate else 0]


def _encode_shadow(project: Project, pixels: Pixels) -> bytes:
    assert pixels.shadow is not None
    data = read_unchanged(project, pixels.asset, project.digest(pixels.asset))
    label = pixels.target.label
    return _encode_picture(make_shadow_image(pixels.shadow, pixels.colour, data, label))


def _encode_area(project: Project, area: FlattenedArea, pixels: Pixels) -> bytes:
    target, press = pixels.target, pixels.target.press
    assert press is not None
    stored = make_area_image(
        area, target, press, lambda name: read_unchanged(project, name, project.digest(name))
    )
    return _encode_plate(stored, pixels.ink) if pixels.ink else _encode_picture(stored)


def media_type(data: bytes) -> str:
    """Return the media type of an encoded picture."""
    return "image/png" if data.startswith(PNG_SIGNATURE) else "image/jpeg"


def _encode_picture(stored: Stored) -> bytes:
    if stored.entries["Filter"] == "DCTDecode":
        return bytes(stored.data)
    return _save(_decode(stored), stored.mask)


def _encode_plate(stored: Stored, ink: str) -> bytes:
    return _save(_plate(_decode(stored), ink), stored.mask)


def _save(image: Any, mask: Stored | None) -> bytes:
    """Return the image as a PNG if it is transparent or small, else as a JPEG."""
    out = io.BytesIO()
    if mask:
        image.putalpha(_decode(mask))
    if mask or image.width * image.height < MAX_PNG_PIXELS:
        image.save(out, "PNG", compress_level=3)
    else:
        image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _plate(image: Any, ink: str) -> Any:
    """Return the share of an ink in grey, black being full ink."""
    if image.mode == "CMYK":
        return image.getchannel(list(PROCESS).index(ink)).point(lambda level: 255 - level)
    # Imported here, as in `_decode`.
    from PIL import Image

    return image.convert("L") if ink == "black" else Image.new("L", image.size, 255)


def _decode(stored: Stored) -> Any:
    """Return the pixels; those of a CMYK picture as ink."""
    # Imported on demand: the pictures of most pages are cached.
    from PIL import Image

    if stored.entries["Filter"] == "DCTDecode":
        return Image.open(io.BytesIO(stored.data))
    size = stored.entries["Width"], stored.entries["Height"]
    space = stored.entries["ColorSpace"]
    image = Image.open(io.BytesIO(_wrap_png(stored.data, size, PNG_COLOUR_TYPES[space])))
    if space != "DeviceCMYK":
        return image
    return Image.merge("CMYK", image.split())


PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_COLOUR_TYPES = {"DeviceGray": 0, "DeviceRGB": 2, "DeviceCMYK": 6}
"""PNG colour types with as many channels; four are red, green, blue and alpha."""


def _wrap_png(data: bytes | memoryview, size: tuple[int, int], colour_type: int) -> bytes:
    """Return a PNG with these compressed rows: PDF's predictors are those of PNG (ISO 32000-1, 7.4.4.4)."""
    header = struct.pack(">IIBBBBB", *size, 8, colour_type, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", bytes(data)), (b"IEND", b""))
    return PNG_SIGNATURE + b"".join(map(_chunk, chunks))


def _chunk(chunk: tuple[bytes, bytes]) -> bytes:
    kind, data = chunk
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
