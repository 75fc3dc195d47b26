"""Pictures of a PDF as files: JPEG data as it is, everything else as PNG or, in CMYK, as TIFF."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.idml.paths import Box
from brochure.idml.pictures import crop_keys
from brochure.idml.type_settings import Keys
from brochure.pdf_input.page_geometry import get_inherited
from brochure.pdf_input.values import get, get_integer, get_text, resolve
from brochure.preflight.model import ImageObject

MAX_PIXELS = 60_000_000
MAX_FORM_DEPTH = 8
MAX_STRETCH = 0.02
"""Difference of the resolutions across and down up to which a picture has its own proportions."""


@dataclass(frozen=True, slots=True)
class SketchPicture:
    """A picture: its visible part on the page, its file, the keys of its crop, and whether its proportions were changed."""

    rect: Rect
    file: str
    crop: Keys
    is_stretched: bool


def read_pictures(
    page: Any, images: Sequence[ImageObject], files: dict[str, bytes]
) -> tuple[tuple[SketchPicture, ...], int]:
    """Return the pictures of a page, and the number of those that are turned or cannot be read; their files are added to `files`.

    Args:
        page: The page.
        images: What the page shows.
        files: The files of all pages by name; equal pictures are one file.
    """
    streams = dict(_list_images(get_inherited(page, "/Resources"), 0, set()))
    found = []
    missing = 0
    for image in images:
        stream = streams.get(image.digest)
        file = "" if stream is None else _write(stream, image.digest, files)
        if not file or image.whole is None:
            missing += 1
        else:
            crop = _crop(image.whole, image.bounds)
            stretched = abs(image.ppi[0] / image.ppi[1] - 1) > MAX_STRETCH
            found.append(SketchPicture(image.bounds, file, crop, stretched))
    return tuple(found), missing


def _crop(whole: Rect, visible: Rect) -> Keys:
    """Return the keys that show the visible part of a picture."""
    left, top = visible.x - whole.x, whole.top - visible.top
    edges = Box(0, 0, whole.width, whole.height)
    return crop_keys(edges, Box(left, top, left + visible.width, top + visible.height), edges)


def _list_images(resources: Any, depth: int, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """Yield the image streams of a page and of its forms, by the digest of their data."""
    objects = resolve(get(resources, "/XObject"))
    for name in objects if isinstance(objects, dict) else ():
        item = get(objects, name)
        if item is None or id(item) in seen:
            continue
        seen.add(id(item))
        kind = get_text(item, "/Subtype")
        data = getattr(item, "_data", b"")
        if kind == "/Image" and data:
            yield hashlib.blake2b(data, digest_size=16).hexdigest(), item
        elif kind == "/Form" and depth < MAX_FORM_DEPTH:
            yield from _list_images(get(item, "/Resources"), depth + 1, seen)


def _write(stream: Any, digest: str, files: dict[str, bytes]) -> str:
    """Return the name of a picture's file, and add it to the files; empty if it cannot be read."""
    stem = f"picture-{digest[:8]}"
    known = next((name for name in files if name.startswith(stem)), "")
    if known:
        return known
    name, data = _convert(stream)
    if data:
        files[f"{stem}{name}"] = data
        return f"{stem}{name}"
    return ""


def _convert(stream: Any) -> tuple[str, bytes]:
    """Return the suffix and the contents of a picture's file; nothing if it cannot be read."""
    filters = resolve(get(stream, "/Filter"))
    is_plain = get(stream, "/SMask") is None and get(stream, "/Decode") is None
    if filters in ("/DCTDecode", ["/DCTDecode"]) and is_plain:
        return ".jpg", bytes(stream._data)  # the encoded data, which get_data would decode
    pixels = get_integer(stream, "/Width", 0) * get_integer(stream, "/Height", 0)
    if not 0 < pixels <= MAX_PIXELS:
        return "", b""
    try:
        image = stream.decode_as_image()
        out = io.BytesIO()
        if image.mode == "CMYK":
            image.save(out, "TIFF", compression="tiff_lzw")
            return ".tif", out.getvalue()
        shown = (
            image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else image.convert("RGB")
        )
        shown.save(out, "PNG", optimize=False)
    except Exception:  # pypdf and Pillow raise many kinds of exceptions for damaged images
        return "", b""
    return ".png", out.getvalue()
