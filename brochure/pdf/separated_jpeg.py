"""Encode photographs as JPEGs in the inks of the press, within the total ink limit.

Pixels are separated and converted to YCCK in strips, which threads can share and which fit into the processor's cache.

Compression adds ink to some pixels. The blocks of 8 x 8 pixels in which that could exceed the limit are encoded beforehand, on a
sheet of their own, and decoded again: a JPEG without subsampling encodes each block by itself, so what happens to them there
happens in the picture, too. The limit of the separation is lowered by the excess.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from brochure.color.icc_profile import IccProfile
from brochure.color.image_separation import maximum_separated_ink, separate_image
from brochure.color.printing_condition import PressCondition
from brochure.color.total_ink import mask_over, over
from brochure.fast_dataclass import dataclass
from brochure.pdf.image_encoding import Share, compress, embed_jpeg
from brochure.pdf.image_xobject import Stored
from brochure.pdf.ycck import encode_components, to_components

RIPPLE = 0.25
"""More than JPEG compression of at least `RIPPLE_QUALITY` adds to total ink; pixels this far below the limit are not checked."""
RIPPLE_QUALITY = 93
MAX_ROUNDS = 3
"""How often the limit is lowered before a picture is compressed without loss."""
BLOCK, INKS = 8, 4
"""Width and height of a block in pixels, and the bytes of a pixel."""
STRIP_PIXELS = 500_000
"""Pixels of a strip: its conversion fits into the processor's cache, and the lookup table is prepared for each."""
MAX_SHEET = 0.5
"""The largest part of a photograph of which a sheet is made; of others all blocks are checked."""
SHEET_BLOCKS = 64
"""Blocks in a row of a sheet."""
HEAVY = re.compile(rb"[^\0]+")
"""Adjacent blocks with pixels that are near the limit."""


def run_in_turn(jobs: Sequence[Callable[[], None]]) -> None:
    """Run jobs in this thread."""
    for job in jobs:
        job()


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph without alpha (RGB or CMYK), its profile (None is sRGB), and the JPEG quality to encode it with."""

    image: Any
    profile: IccProfile | None
    quality: int


def encode_separated(
    photograph: Photograph, press: PressCondition, share: Share | None = None
) -> Stored:
    """Return a photograph as a YCCK JPEG in which no pixel exceeds the total ink limit of the press.

    It is compressed without loss if no limit of the separation achieves that.
    """
    limited, quality = press, photograph.quality
    near = press.ink_limit - RIPPLE if quality >= RIPPLE_QUALITY else None
    for _ in range(MAX_ROUNDS):
        components, sheet = _separate(photograph, limited, near, share or run_in_turn)
        if near is None or len(sheet) > MAX_SHEET * components.width * components.height * INKS:
            stored = _embed(components, quality)
            excess = _measure_excess(stored.data, press)
        else:
            stored = None
            excess = _measure_excess(_encode_sheet(sheet, quality), press) if sheet else 0.0
        if not excess:
            return stored or _embed(components, quality)
        tried = limited
        limited = replace(tried, ink_limit=tried.ink_limit - excess - 0.005)
    return compress(separate_image(photograph.image, photograph.profile, tried))


def _embed(components: Any, quality: int) -> Stored:
    return embed_jpeg(components, encode_components(components, quality))


def _separate(
    photograph: Photograph, press: PressCondition, near: float | None, share: Share
) -> tuple[Any, bytes]:
    """Return the YCCK components of a photograph, and those of its blocks that have more total ink than `near` (`_gather`)."""
    # Imported here: a brochure without pictures does not load the imaging library.
    from PIL import Image

    image, profile = photograph.image, photograph.profile
    components = Image.new("CMYK", image.size)
    sheet: dict[int, bytes] = {}
    if image.mode == "RGB" and near is not None and maximum_separated_ink(profile, press) < near:
        near = None
    rows = max(1, STRIP_PIXELS // image.width // BLOCK) * BLOCK

    def separate_strip(top: int) -> None:
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        inks = separate_image(strip, profile, press).split()
        converted = to_components(inks)
        components.paste(converted, (0, top))
        mask = None if near is None else mask_over(inks, near)
        sheet[top] = _gather(converted, mask) if mask else b""

    share([partial(separate_strip, top) for top in range(0, image.height, rows)])
    return components, b"".join(sheet[top] for top in sorted(sheet))


def _gather(strip: Any, mask: Any) -> bytes:
    """Return the blocks of a strip that have a pixel in the mask, as pixels of an image that is `SHEET_BLOCKS` wide.

    Its last row is filled up with the last block.
    """
    width, data = _pad(strip)
    block, stride = BLOCK * INKS, width * INKS
    runs = [
        (row * BLOCK * stride + first * block, row * BLOCK * stride + end * block)
        for row, first, end in _find_runs(mask.reduce(BLOCK))
    ]
    lines = [
        b"".join([data[start + line : end + line] for start, end in runs])
        for line in range(0, BLOCK * stride, stride)
    ]
    size = SHEET_BLOCKS * block
    missing = -len(lines[0]) % size // block
    lines = [line + line[-block:] * missing for line in lines]
    return b"".join(line[at : at + size] for at in range(0, len(lines[0]), size) for line in lines)


def _find_runs(flags: Any) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of pixels of a small image that are not 0: row, first column and end."""
    data, width = flags.tobytes(), flags.width
    for row in range(flags.height):
        for found in HEAVY.finditer(data, row * width, (row + 1) * width):
            yield row, found.start() - row * width, found.end() - row * width


def _pad(image: Any) -> tuple[int, bytes]:
    """Return the width and the pixels of an image in whole blocks: its last column and row are repeated, as encoders do."""
    from PIL import Image

    width, height = image.size
    right, below = -width % BLOCK, -height % BLOCK
    padded = Image.new(image.mode, (width + right, height + below))
    padded.paste(image)
    for x in range(width, width + right):
        padded.paste(image.crop((width - 1, 0, width, height)), (x, 0))
    for y in range(height, height + below):
        padded.paste(padded.crop((0, height - 1, padded.width, height)), (0, y))
    return padded.width, padded.tobytes()


def _encode_sheet(sheet: bytes, quality: int) -> bytes:
    from PIL import Image

    width = SHEET_BLOCKS * BLOCK
    components = Image.frombytes("CMYK", (width, len(sheet) // (INKS * width)), sheet)
    return encode_components(components, quality, has_own_tables=False)


def _measure_excess(data: bytes | memoryview, press: PressCondition) -> float:
    """Return by how much the heaviest pixel of a JPEG exceeds the ink limit."""
    from PIL import Image

    return over(Image.open(io.BytesIO(data)), press.ink_limit)
