"""RGB pictures that stay RGB in the press PDF (`pictures: rgb`): their ink after the printer's conversion."""

from __future__ import annotations

import struct
from contextlib import suppress
from dataclasses import replace

from brochure.color.image_separation import separate_image
from brochure.color.total_ink import maximum_ink
from brochure.errors import InputError
from brochure.images.pixels import open_image
from brochure.l10n.assets import read_facts
from brochure.model.display_list import DropShadow, FlattenedArea, Picture, PlacedArtwork
from brochure.pdf.images import ImageTarget, load_pixels, reading, target_width
from brochure.preflight.model import ColourSpace, ImageObject
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import PRESS
from brochure.project import Project, read_unchanged
from brochure.system.cache import Kind, StoredCache

INK_FORMAT = ">d"


def _unpack(data: bytes | memoryview) -> float:
    try:
        return float(struct.unpack(INK_FORMAT, data)[0])
    except struct.error as failure:
        raise ValueError("not a number") from failure


INKS = StoredCache(
    Kind(
        name="picture-ink",
        version=1,
        serialize=lambda ink: struct.pack(INK_FORMAT, ink),
        deserialize=_unpack,
        libraries=(("PIL", "pillow"),),
    ),
    max_weight=1000,
)
"""The total ink of pictures by `ImageTarget.key`: the picture must be decoded to measure it."""

NOT_RGB = ("1", "L", "LA", "CMYK")
"""Modes of images, as Pillow names them, that are printed in black or in CMYK."""


def describe_rgb(
    picture: Picture, image: ImageObject, work: EditionCondition, project: Project
) -> ImageObject:
    """Return the image as it is in the file: an RGB picture in RGB, with the ink that the printer's conversion gives it."""
    if not is_rgb_picture(picture, project):
        return image
    ink = measure_converted_ink(picture, work, project)
    return replace(image, space=ColourSpace.RGB, calibrated=True, max_ink=ink)


def is_rgb_picture(picture: Picture, project: Project) -> bool:
    """Return True for a picture of pixels in RGB that is printed in its own colours."""
    if picture.duotone or isinstance(picture, DropShadow | FlattenedArea | PlacedArtwork):
        return False
    return read_facts(picture.asset, project).mode not in NOT_RGB


def measure_converted_ink(
    picture: Picture, work: EditionCondition, project: Project
) -> float | None:
    """Return the most ink of any pixel, converted with the profile of the output intent; None if the file is damaged."""
    condition = PRESS.on(work)
    width = target_width(picture.pixels[0], min(picture.resolution), condition)
    label = project.label(picture.asset)
    target = ImageTarget(
        width, condition.quality, label, picture.span, work.picture_condition, inks=True
    )
    digest = project.digest(picture.asset)

    def measure() -> float:
        data = read_unchanged(project, picture.asset, digest)
        with reading(data, target), open_image(data) as opened:
            loaded = load_pixels(opened, data, target)
            press = work.picture_condition
            return maximum_ink(separate_image(loaded.image, loaded.profile, press))

    with suppress(InputError):  # the build reports it
        return INKS.get(target.key(digest), project.cache, measure)
    return None
