"""Drop shadows as images of one colour with a blurred soft mask (ISO 32000-1, 11.6.5.3)."""

from __future__ import annotations

import hashlib
from typing import Any

from brochure.color.swatch import Cmyk, Colour, Grey, Rgb, Spot
from brochure.geometry import Rect
from brochure.images.pixels import decode, open_image
from brochure.images.probe import orientation
from brochure.model.display_list import DropShadow, Outline
from brochure.pdf.image_encoding import compress
from brochure.pdf.image_xobject import Stored
from brochure.pdf.images import ImageTarget, reading, rotate_upright
from brochure.pdf.outline_mask import fill_outlines

OVERSAMPLING = 2
"""Pixels drawn for each pixel of the mask, in either direction."""

SEPARATION = "Separation"
"""Stands for the colour space of a spot ink in the entries of a stored image."""

FULL = 255


def shadow_key(shadow: DropShadow, colour: Colour, digest: bytes) -> str:
    """Return a digest of all that the image depends on; `digest` is that of the picture's file."""
    shape = [_rounded(outline) for outline in shadow.caster]
    cut_out = shadow.cut_out and (digest, _numbers(shadow.cut_out))
    parts = (shape, cut_out, shadow.pixels, round(shadow.blur, 3), colour)
    return hashlib.blake2b(repr(parts).encode(), digest_size=20).hexdigest()


def _rounded(outline: Outline) -> tuple[tuple[float, ...], ...]:
    return tuple(
        tuple(round(one, 2) for one in part) for part in (outline.start, *outline.segments)
    )


def _numbers(rect: Rect) -> tuple[float, ...]:
    return tuple(round(one, 2) for one in (rect.x, rect.y, rect.width, rect.height))


def make_shadow_image(shadow: DropShadow, colour: Colour, data: bytes, label: str) -> Stored:
    """Return the image of a shadow.

    Args:
        shadow: The shadow.
        colour: Its colour in the output.
        data: The picture's file; only read if the shadow has a `cut_out`.
        label: What messages call the file.

    Raises:
        InputError: The file is damaged.
    """
    # Imported on demand: shadows in the cache do not need Pillow.
    from PIL import Image

    mode, level, space = _flat(colour)
    stored = compress(
        Image.new(mode, shadow.pixels, level), compress(make_mask(shadow, data, label))
    )
    return Stored({**stored.entries, "ColorSpace": space}, stored.data, stored.mask)


def _flat(colour: Colour) -> tuple[str, Any, str]:
    match colour:
        case Cmyk(c, m, y, k):
            return "CMYK", tuple(round(part * FULL) for part in (c, m, y, k)), "DeviceCMYK"
        case Rgb(r, g, b):
            return "RGB", tuple(round(part * FULL) for part in (r, g, b)), "DeviceRGB"
        case Grey(light):
            return "L", round(light * FULL), "DeviceGray"
        case Spot():
            return "L", round(colour.tint * FULL), SEPARATION


def make_mask(shadow: DropShadow, data: bytes, label: str) -> Any:
    """Return the opacity of a shadow as a picture in grey."""
    from PIL import ImageChops, ImageFilter

    size = shadow.pixels[0] * OVERSAMPLING, shadow.pixels[1] * OVERSAMPLING
    scale = size[0] / shadow.rect.width
    mask = fill_outlines(shadow.caster, size, scale)
    if shadow.cut_out:
        mask = ImageChops.multiply(mask, _place_alpha(shadow.cut_out, size, scale, data, label))
    mask = mask.reduce(OVERSAMPLING)
    deviation = shadow.blur / 2 * scale / OVERSAMPLING
    return mask.filter(ImageFilter.GaussianBlur(deviation)) if deviation else mask


def _place_alpha(rect: Rect, size: tuple[int, int], scale: float, data: bytes, label: str) -> Any:
    """Return the alpha channel of a picture at its place."""
    from PIL import Image

    placed = Image.new("L", size)
    with reading(data, ImageTarget(None, 0, label, None)), open_image(data) as image:
        turned = orientation(image, data)
        alpha = rotate_upright(decode(image, data), turned).convert("RGBA").getchannel("A")
    width, height = max(1, round(rect.width * scale)), max(1, round(rect.height * scale))
    # Only what may be seen is scaled: the picture may be much larger than what it is clipped to.
    left, top = round(rect.x * scale), round(size[1] - rect.top * scale)
    box = (max(0, left), max(0, top), min(size[0], left + width), min(size[1], top + height))
    if box[0] >= box[2] or box[1] >= box[3]:
        return placed
    source = (
        (box[0] - left) * alpha.width / width,
        (box[1] - top) * alpha.height / height,
        (box[2] - left) * alpha.width / width,
        (box[3] - top) * alpha.height / height,
    )
    part = alpha.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR, box=source)
    placed.paste(part, box[:2])
    return placed
