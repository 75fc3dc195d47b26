"""What is known of a placed page of a PDF, how it is to be converted, and the converted form.

All of these are exchanged with the process that reads the file.
"""

from __future__ import annotations

import hashlib
from enum import Enum

from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Colour
from brochure.fast_dataclass import dataclass

ARTWORK_VERSION = 2
"""Version of the conversion and of its stored form; increase it when the same file yields other bytes."""

ARTWORK_SUFFIXES = (".pdf", ".ai", ".eps", ".ps")
"""Names of files that are artwork; those of PostScript are refused with advice."""


def is_artwork(name: str) -> bool:
    """Return True for the name of a file that is placed as artwork."""
    return name.lower().endswith(ARTWORK_SUFFIXES)


class ArtworkBox(Enum):
    """The box of a page that is placed; its bounding box is what fits the frame."""

    TRIM = "trim"
    CROP = "crop"
    BLEED = "bleed"
    ART = "art"
    MEDIA = "media"


class ArtworkError(Exception):
    """Artwork that cannot be placed; the message says why."""


@dataclass(frozen=True, slots=True)
class ArtworkInfo:
    """A page of artwork: its size in points as it is seen, and what it is painted with.

    `transparency` names the first transparent object; it is empty if there is none. `fonts` are those that are not embedded.
    `colours` are the colours of its paths and text, not converted; pictures of pixels are only known to be there, in which
    colours (`has_colour_pictures`) or in black alone (`has_grey_pictures`).
    """

    width: float
    height: float
    transparency: str = ""
    fonts: tuple[str, ...] = ()
    colours: tuple[Colour, ...] = ()
    has_colour_pictures: bool = False
    has_grey_pictures: bool = False


@dataclass(frozen=True, slots=True)
class ArtworkTarget:
    """How a page is converted.

    With a `press`, colours are converted to its `inks`, or for the screen as printed there; `plate` is an ink whose share is
    shown in grey. Without `is_coloured`, colours are left out, so that all is painted in the colour that is set before. With
    `is_group`, the page is a transparency group.
    """

    page: int
    box: ArtworkBox
    press: PressCondition | None = None
    inks: bool = False
    plate: str = ""
    is_coloured: bool = True
    is_group: bool = False

    def key(self, digest: bytes) -> str:
        """Return a digest of all that the form depends on besides code; `digest` is the file's."""
        press = self.press
        press_key = press and (
            press.profile.digest,
            press.intent.value,
            press.black_point,
            press.ink_limit,
        )
        options = (self.inks, self.plate, self.is_coloured, self.is_group)
        encoded = repr((self.page, self.box.value, press_key, options)).encode("utf-8")
        return hashlib.blake2b(digest + encoded, digest_size=20).hexdigest()


@dataclass(frozen=True, slots=True)
class ArtworkObject:
    """An indirect object in PDF syntax, with the encoded data of a stream.

    A reference to another object of the form is its number between two bytes 0.
    """

    body: bytes
    data: bytes | memoryview | None = None


@dataclass(frozen=True, slots=True)
class ArtworkForm:
    """A form XObject that paints a page into the unit square, and all objects that it needs; it is the last of them."""

    objects: tuple[ArtworkObject, ...]
