"""Artwork of a project: files are read within limits of time and memory, and results are cached by the digest of the file."""

from __future__ import annotations

import json
import struct
from dataclasses import astuple
from typing import Any

from brochure.artwork.model import (
    ARTWORK_VERSION,
    ArtworkBox,
    ArtworkForm,
    ArtworkInfo,
    ArtworkObject,
    ArtworkTarget,
)
from brochure.color.swatch import Cmyk, Colour, Grey, Rgb, Spot
from brochure.errors import BrochureError
from brochure.pdf_input.limits import plan_reading, read_limited
from brochure.project import Project, read_unchanged
from brochure.system.cache import Kind, StoredCache
from brochure.system.call_limits import LimitedCall

POSTSCRIPT = (b"%!", b"\xc5\xd0\xd3\xc6", b"\x04%!")
"""How PostScript and EPS begin, the latter also with a preview (Adobe Technical Note 5002)."""
COLOURS: dict[str, Any] = {"Cmyk": Cmyk, "Grey": Grey, "Rgb": Rgb}


def load_artwork_info(name: str, project: Project, page: int, box: ArtworkBox) -> ArtworkInfo:
    """Return what is known of a page of a PDF in a project.

    Raises:
        BrochureError: The file or the page cannot be placed.
        InputError: The file was changed meanwhile.
    """
    digest, label = project.digest(name), project.label(name)

    def read() -> ArtworkInfo:
        # Imported here: only layouts with artwork need its conversion.
        from brochure.artwork.page import inspect_artwork

        data = _read(name, project, digest)
        return read_limited(data, label, inspect_artwork, data, label, page, box)

    return INFOS.get(_identify(digest, page, box), project.cache, read)


def _identify(digest: bytes, page: int, box: ArtworkBox) -> str:
    return f"{digest.hex()} {page} {box.value}"


def load_artwork(name: str, project: Project, target: ArtworkTarget) -> ArtworkForm:
    """Return a converted page of a PDF in a project.

    Raises:
        BrochureError: The file or the page cannot be placed.
        InputError: The file was changed meanwhile.
    """
    digest, label = project.digest(name), project.label(name)

    def read() -> ArtworkForm:
        # Imported here, as above.
        from brochure.artwork.page import convert_artwork

        data = _read(name, project, digest)
        return read_limited(data, label, convert_artwork, data, label, target)

    return FORMS.get(target.key(digest), project.cache, read)


def plan_artwork_info(
    name: str, project: Project, page: int, box: ArtworkBox
) -> LimitedCall | None:
    """Return the call that `load_artwork_info` makes for a page that is not in the cache; None if it makes none.

    Raises:
        BrochureError: The file cannot be placed, or was changed meanwhile.
    """
    digest = project.digest(name)
    if INFOS.find(_identify(digest, page, box), project.cache) is not None:
        return None
    # Imported here, as above.
    from brochure.artwork.page import inspect_artwork

    data = _read(name, project, digest)
    return plan_reading(data, inspect_artwork, data, project.label(name), page, box)


def plan_artwork(name: str, project: Project, target: ArtworkTarget) -> LimitedCall | None:
    """Return the call that `load_artwork` makes for a page that is not in the cache; see `plan_artwork_info`."""
    digest = project.digest(name)
    if FORMS.find(target.key(digest), project.cache) is not None:
        return None
    # Imported here, as above.
    from brochure.artwork.page import convert_artwork

    data = _read(name, project, digest)
    return plan_reading(data, convert_artwork, data, project.label(name), target)


def _read(name: str, project: Project, digest: bytes) -> bytes:
    """Return the file, which has this digest and is a PDF."""
    data = read_unchanged(project, name, digest)
    check_format(data, project.label(name))
    return data


def check_format(data: bytes, label: str) -> None:
    """Raise `BrochureError` if a file is PostScript."""
    if data.startswith(POSTSCRIPT):
        message = f"{label}: is PostScript or EPS, which cannot be placed"
        hint = "save it as PDF (Illustrator: 'Create PDF Compatible File'), or convert it with ps2pdf -dEPSCrop"
        raise BrochureError(f"{message}; {hint}")


# Serialization


def _serialize_info(info: ArtworkInfo) -> bytes:
    colours = [_encode_colour(one) for one in info.colours]
    return json.dumps(
        [info.width, info.height, info.transparency, info.fonts, colours, *astuple(info)[5:]]
    ).encode()


def _deserialize_info(data: bytes | memoryview) -> ArtworkInfo:
    width, height, transparency, fonts, colours, *pictures = json.loads(bytes(data))
    return ArtworkInfo(
        width, height, transparency, tuple(fonts), tuple(map(_decode_colour, colours)), *pictures
    )


def _encode_colour(colour: Colour) -> list[Any]:
    if isinstance(colour, Spot):
        return ["Spot", colour.name, _encode_colour(colour.alternate), colour.tint]
    return [type(colour).__name__, *astuple(colour)]


def _decode_colour(value: list[Any]) -> Any:
    if value[0] == "Spot":
        _, name, alternate, tint = value
        return Spot(name, _decode_colour(alternate), tint)
    return COLOURS[value[0]](*value[1:])


INFOS = StoredCache(
    Kind(
        name="artwork-info",
        version=ARTWORK_VERSION,
        serialize=_serialize_info,
        deserialize=_deserialize_info,
        libraries=(("pypdf", "pypdf"),),
    ),
    max_weight=1000,
)


def _serialize_form(form: ArtworkForm) -> bytes:
    parts = []
    for one in form.objects:
        length = -1 if one.data is None else len(one.data)
        parts += [struct.pack(HEAD, len(one.body), length), one.body, one.data or b""]
    return b"".join(parts)


def _deserialize_form(data: bytes | memoryview) -> ArtworkForm:
    view, at, objects = memoryview(data), 0, []
    while at < len(view):
        if len(view) - at < struct.calcsize(HEAD):
            raise ValueError("incomplete header")
        body, length = struct.unpack_from(HEAD, view, at)
        start = at + struct.calcsize(HEAD)
        at = start + body + max(0, length)
        stream = None if length < 0 else view[start + body : at]
        objects.append(ArtworkObject(bytes(view[start : start + body]), stream))
    if at != len(view) or not objects:
        raise ValueError("incomplete artwork")
    return ArtworkForm(tuple(objects))


HEAD = ">Iq"

FORMS = StoredCache(
    Kind(
        name="artwork",
        version=ARTWORK_VERSION,
        serialize=_serialize_form,
        deserialize=_deserialize_form,
        libraries=(("pypdf", "pypdf"), ("PIL", "pillow")),
    ),
    max_weight=100_000_000,
    weigh=lambda form: sum(len(one.body) + len(one.data or b"") for one in form.objects),
)
"""Converted pages by `ArtworkTarget.key`, weighed in bytes."""
