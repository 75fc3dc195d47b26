"""Converts pictures in artwork (ISO 32000-1, 8.9): image XObjects, inline images, stencil masks and soft masks.

Their data is kept if its colours need no conversion. Otherwise it is decoded, converted like that of other pictures
(`color/image_separation.py`), and encoded again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brochure.artwork.model import ArtworkError
from brochure.artwork.output import LUMINOSITY, operands, widen
from brochure.artwork.picture_data import copy_data, decode_samples, encode_pixels, split_filters
from brochure.artwork.picture_pixels import convert_pixels, mask_of_key, pixels_of
from brochure.artwork.spaces import (
    DEVICE,
    DeviceSpace,
    IndexedSpace,
    InkSpace,
    PatternSpace,
    ProfileSpace,
    Space,
    component_ranges,
    read_space,
)
from brochure.artwork.syntax import Ref
from brochure.artwork.work import Work
from brochure.pdf_input.values import (
    get,
    get_array,
    get_integer,
    is_number,
    read_boolean,
    read_numbers,
)

MAX_PIXELS = 100_000_000
FULL_KEYS = {
    **{"/BPC": "/BitsPerComponent", "/CS": "/ColorSpace", "/D": "/Decode", "/DP": "/DecodeParms"},
    **{"/F": "/Filter", "/H": "/Height", "/IM": "/ImageMask", "/I": "/Interpolate", "/W": "/Width"},
}
FULL_FILTERS = {
    **{"/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode"},
    **{
        "/Fl": "/FlateDecode",
        "/RL": "/RunLengthDecode",
        "/CCF": "/CCITTFaxDecode",
        "/DCT": "/DCTDecode",
    },
}
"""Abbreviations in inline images (tables 93 and 94)."""
SAME_DEVICE = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}


def convert_inline_picture(work: Work, operands: Any, resources: Any, *, is_coloured: bool) -> Ref:
    """Convert an inline image, which becomes an image XObject."""
    # Imported here: pypdf is large, and only artwork and PDFs of other programs need it.
    from pypdf.generic import EncodedStreamObject, NameObject

    settings = operands["settings"]
    stream = EncodedStreamObject()
    for key, value in settings.items():
        stream[NameObject(FULL_KEYS.get(str(key), str(key)))] = value
    filters = stream.get("/Filter")
    if filters is not None:
        named = filters if isinstance(filters, list) else [filters]
        kind = type(filters) if isinstance(filters, list) else None
        full = [NameObject(FULL_FILTERS.get(str(one), str(one))) for one in named]
        stream[NameObject("/Filter")] = kind(full) if kind else full[0]
    stream._data = bytes(operands["data"])
    work.kept.append(stream)
    return convert_picture(work, stream, resources, is_coloured=is_coloured)


def convert_picture(work: Work, image: Any, resources: Any, *, is_coloured: bool) -> Ref:
    """Convert an image XObject; in artwork of one colour, only stencil masks are possible."""
    key = ("image", id(image))
    made = work.made.get(key)
    if made is None:
        work.found.is_painted = True
        is_stencil = read_boolean(get(image, "/ImageMask"))
        if not is_stencil and not is_coloured:
            raise ArtworkError(
                "it contains a picture of pixels, which cannot be printed in one swatch; remove 'colour'"
            )
        _check_size(image)
        made = _stencil(work, image) if is_stencil else _picture(work, image, resources)
        work.made[key] = made
    return made


def _check_size(image: Any) -> None:
    width, height = get_integer(image, "/Width", 0), get_integer(image, "/Height", 0)
    if width < 1 or height < 1:
        raise ArtworkError("a picture in it is damaged; export it again")
    if width * height > MAX_PIXELS:
        raise ArtworkError(f"a picture in it has more than {MAX_PIXELS:,} pixels; reduce its size")


def _head(image: Any) -> dict[str, Any]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": get_integer(image, "/Width", 1),
        "Height": get_integer(image, "/Height", 1),
    }


def _stencil(work: Work, image: Any) -> Ref:
    entries = {**_head(image), "ImageMask": True, "BitsPerComponent": 1}
    decode = _decode_array(image)
    if decode:
        entries["Decode"] = decode
    return copy_data(work, image, entries)


def _decode_array(image: Any) -> list[float] | None:
    values = get_array(image, "/Decode")
    return [float(one) for one in values] if values and all(map(is_number, values)) else None


def _picture(work: Work, image: Any, resources: Any) -> Ref:
    space = _space(image, resources)
    _note(work, space)
    entries = _head(image)
    _add_masks(work, image, space, entries, resources)
    if work.is_inspected:
        return work.objects.add({})
    kept = _kept_space(work, space)
    filters = split_filters(image)
    if kept is None or "/JPXDecode" in filters:
        return _convert(work, image, space, entries)
    entries["ColorSpace"] = kept
    entries["BitsPerComponent"] = get_integer(image, "/BitsPerComponent", 8)
    decode = _decode_array(image)
    if decode:
        entries["Decode"] = decode
    key = read_numbers(get(image, "/Mask"), 2 * space.count)
    if key:
        entries["Mask"] = [int(one) for one in key]
    return copy_data(work, image, entries)


def _space(image: Any, resources: Any) -> Space:
    named = get(image, "/ColorSpace")
    if named is None:
        if "/JPXDecode" in split_filters(image):
            return DEVICE["/DeviceRGB"]
        raise ArtworkError("a picture in it has no colour space; export it again")
    space = read_space(named, resources)
    if isinstance(space, PatternSpace):
        raise ArtworkError("a picture in it is damaged; export it again")
    return space


def _note(work: Work, space: Space) -> None:
    """Note the colours of a picture."""
    if isinstance(space, IndexedSpace):
        for index in range(space.size):
            work.output.note(space.base, space.color(index))
    elif isinstance(space, InkSpace):
        work.output.note(space, (1.0,) * space.count)
    elif isinstance(space, (DeviceSpace, ProfileSpace)) and space.count == 1:
        work.found.has_grey_pictures = True
    else:
        work.found.has_colour_pictures = True


def _add_masks(
    work: Work, image: Any, space: Space, entries: dict[str, Any], resources: Any
) -> None:
    soft, stencil = get(image, "/SMask"), get(image, "/Mask")
    if hasattr(soft, "get_data"):
        work.found.note_transparency("a picture with a soft mask")
        entries["SMask"] = _soft_mask(work, soft, space)
    elif hasattr(stencil, "get_data"):
        entries["Mask"] = convert_picture(work, stencil, resources, is_coloured=True)


def _soft_mask(work: Work, mask: Any, space: Space) -> Ref:
    _check_size(mask)
    entries = _head(mask)
    if work.is_inspected:
        return work.objects.add({})
    matte = read_numbers(get(mask, "/Matte"), space.count)
    if matte:
        entries["Matte"] = list(
            widen(work.output.process(space, matte), len(SAMPLES_OF[work.output.device]))
        )
    if "/JPXDecode" in split_filters(mask):
        return encode_pixels(work, decode_samples(mask, 1), entries, lossy=True)
    entries["ColorSpace"] = "/DeviceGray"
    entries["BitsPerComponent"] = get_integer(mask, "/BitsPerComponent", 8)
    decode = _decode_array(mask)
    if decode:
        entries["Decode"] = decode
    return copy_data(work, mask, entries)


SAMPLES_OF: Mapping[str, str] = {"/DeviceGray": "k", "/DeviceRGB": "rgb", "/DeviceCMYK": "cmyk"}


def _kept_space(work: Work, space: Space) -> Any:
    """Return the colour space with which a picture's data can be kept; None if it must be converted."""
    output = work.output
    if isinstance(space, IndexedSpace):
        return _indexed(work, space)
    if isinstance(space, InkSpace):
        return output.ink_space(space) if output.keeps_inks else None
    if not isinstance(space, DeviceSpace) or work.target.plate not in ("", LUMINOSITY):
        return None
    if work.target.plate == LUMINOSITY:
        return "/DeviceGray" if space.count == 1 else None
    is_grey = space.count == 1 and (work.target.inks or work.target.press is None)
    is_kept = is_grey or SAME_DEVICE[space.count] == output.device
    return SAME_DEVICE[space.count] if is_kept else None


def _indexed(work: Work, space: IndexedSpace) -> list[Any]:
    """Return the space with a table of converted colours."""
    output, colours = work.output, [space.color(at) for at in range(space.size)]
    if isinstance(space.base, InkSpace) and output.keeps_inks:
        base: Any = output.ink_space(space.base)
        rows = [tuple(one) for one in colours]
    else:
        made = [output.process(space.base, one) for one in colours]
        count = max(len(operands(one)) for one in made)
        base, rows = SAME_DEVICE[count], [widen(one, count) for one in made]
    table = bytes(round(min(max(part, 0.0), 1.0) * 255) for row in rows for part in row)
    return ["/Indexed", base, space.size - 1, table]


def _convert(work: Work, image: Any, space: Space, entries: dict[str, Any]) -> Ref:
    """Decode a picture and convert its colours."""
    samples = decode_samples(image, space.count)
    key = read_numbers(get(image, "/Mask"), 2 * space.count)
    if key:
        bits = get_integer(image, "/BitsPerComponent", 8)
        entries["Mask"] = encode_pixels(
            work, mask_of_key(samples, key, bits), entries, stencil=True
        )
    ranges = component_ranges(space, get(image, "/ColorSpace"))
    pixels = pixels_of(samples, space, ranges, _decode_array(image), work)
    converted = convert_pixels(work, pixels, space)
    lossy = bool({"/DCTDecode", "/JPXDecode"} & set(split_filters(image)))
    return encode_pixels(work, converted, entries, lossy=lossy)
