"""What the pages of one PDF share: fonts, images and spot colours, and what each page uses of them.

Each is in the file once, however often it is used. `PageResources` lists what one content stream names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import field, replace
from functools import partial
from typing import Any

from brochure.artwork.model import ArtworkTarget
from brochure.color.convert import in_ink, in_light
from brochure.color.printing_condition import DEFAULT, shipped_condition
from brochure.color.swatch import Cmyk, Colour, Grey, Rgb, Spot
from brochure.errors import BrochureError, InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.fonts.face import Face
from brochure.model.display_list import DropShadow, FlattenedArea, GlyphRun, Picture, PlacedArtwork
from brochure.pdf.background_images import BackgroundImages, ImageTask
from brochure.pdf.engine import PDFObjectReference
from brochure.pdf.font_encoding import FontEncoding
from brochure.pdf.icc_streams import rgb_space
from brochure.pdf.image_encoding import Share
from brochure.pdf.image_xobject import Stored, deserialize, embed, serialize, size
from brochure.pdf.images import (
    CONVERSION_VERSION,
    ImageTarget,
    convert,
    embed_unchanged,
    target_width,
)
from brochure.pdf.objects import Array, Dictionary, Names, name
from brochure.pdf.output import Document
from brochure.pdf.type0 import EmbeddedFont
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import Project, read_unchanged
from brochure.system.cache import Kind, Store, StoredCache
from brochure.system.exhaustion import needing

IMAGES = StoredCache(
    Kind(
        name="image",
        version=CONVERSION_VERSION,
        serialize=serialize,
        deserialize=deserialize,
        libraries=(("PIL", "pillow"),),
    ),
    max_weight=200_000_000,
    weigh=size,
)
"""Images by `ImageTarget.key`, weighed in bytes."""

GraphicsState = tuple[str, float | str]
"""A parameter of the graphics state with its value, as in a dictionary of PDF."""


@dataclass(frozen=True, slots=True)
class PageResources:
    """The names that a content stream uses (ISO 32000-1, 7.8.3)."""

    fonts: frozenset[str] = frozenset()
    xobjects: frozenset[str] = frozenset()
    color_spaces: frozenset[str] = frozenset()
    graphics_states: dict[str, GraphicsState] = field(default_factory=dict)

    def merge(self, other: PageResources) -> PageResources:
        """Return the names that either uses."""
        return PageResources(
            self.fonts | other.fonts,
            self.xobjects | other.xobjects,
            self.color_spaces | other.color_spaces,
            self.graphics_states | other.graphics_states,
        )


class Resources:
    """The fonts, images and spot colours of one PDF, by the names that content streams use.

    Images and colour spaces are named by what is in them, so that the operators of a page do not depend on what else is
    in the file.
    """

    def __init__(self, document: Document, condition: OutputCondition, project: Project) -> None:
        self.document = document
        self.condition = condition
        self.project = project
        self.transparent: set[str] = set()
        self.orientations: dict[str, int] = {}
        self._colours: dict[Colour, Colour] = {}
        self._encodings: dict[Face, FontEncoding] = {}
        self._fonts: dict[str, EmbeddedFont] = {}
        self._background: BackgroundImages | None = None
        self._targets: dict[Picture, tuple[ImageTarget, bytes, str]] = {}

    def font(self, run: GlyphRun) -> FontEncoding:
        """The encoding of a run's face."""
        face = run.glyphs.face
        if face not in self._encodings:
            encoding = FontEncoding(face, len(self._encodings) + 1)
            self._encodings[face] = encoding
            self._fonts[encoding.resource] = EmbeddedFont(encoding, self.document)
        return self._encodings[face]

    @property
    def max_codes(self) -> int:
        """The largest number of codes of any font."""
        return max((len(font.codes) for font in self._encodings.values()), default=0)

    def _image_target(self, picture: Picture) -> ImageTarget:
        condition = self.condition
        return ImageTarget(
            target_width(picture.pixels[0], min(picture.resolution), condition),
            condition.quality,
            self.project.label(picture.asset),
            picture.span,
            condition.press,
            condition.inks,
            picture.ground,
            picture.opacity if picture.ground else 1.0,
            picture.duotone,
            keeps_rgb=condition.keeps_rgb,
        )

    def _find_image(self, picture: Picture) -> tuple[ImageTarget, bytes, str]:
        """Return how a picture is converted, the digest of its file, and the key of the result; once for this document."""
        if picture not in self._targets:
            target, digest = self._image_target(picture), self.project.digest(picture.asset)
            self._targets[picture] = target, digest, target.key(digest)
        target, digest, key = self._targets[picture]
        if target.span != picture.span:  # equal pictures may be in several places of the layout
            target = replace(target, span=picture.span)
        return target, digest, key

    def convert_ahead(self, pictures: Iterable[Picture]) -> None:
        """Begin to convert the pictures of a document, in the order in which they are drawn."""
        tasks: dict[str, ImageTask] = {}
        for picture in pictures:
            try:
                target, digest, key = self._find_image(picture)
            except (BrochureError, OSError):
                continue  # drawing reports it
            width = target.width or picture.pixels[0]
            pixels = round(picture.pixels[0] * picture.pixels[1] * (width / picture.pixels[0]))
            prepare = partial(self._prepare, picture.asset, digest, target, key)
            tasks.setdefault(key, ImageTask(key, pixels, prepare))
        if tasks:
            self._background = BackgroundImages(tasks.values())
            self._background.start()

    def _prepare(
        self, asset: str, digest: bytes, target: ImageTarget, key: str
    ) -> Callable[[], Stored] | None:
        """Return the conversion of a picture whose file was read; None if it is known.

        Raises:
            InputError: The file has changed since it was laid out.
        """
        if IMAGES.find(key, self.project.cache) is not None:
            return None
        with needing(f"converting {target.label}"):
            data = read_unchanged(self.project, asset, digest)
        share = self._background.share if self._background else None
        return partial(_convert_image, data, target, key, self.project.cache, share)

    def close(self) -> None:
        """End the conversions that are running."""
        if self._background:
            self._background.close()

    def image(self, picture: Picture) -> str:
        """Return the name of an image; equal bytes of equal size are one object."""
        target, digest, key = self._find_image(picture)
        image = f"Im{key[:16]}"
        if not self.document.hasForm(image):
            stored = IMAGES.find(key, self.project.cache)
            if stored is not None and self._background:
                self._background.skip(key)
            if stored is None:
                stored = self._convert(picture.asset, digest, target, key)
            if stored.mask:
                self.transparent.add(image)
            self.orientations[image] = stored.orientation
            embed(stored, image, self.document, key, self._own_space(stored, picture))
        return image

    def shadow(self, shadow: DropShadow) -> str:
        """Return the name of the image of a drop shadow; equal ones are one object."""
        # Imported here: only pages with shadows need it.
        from brochure.pdf.drop_shadow import make_shadow_image, shadow_key

        colour = self.colour(shadow.colour)
        digest = self.project.digest(shadow.asset)
        key = shadow_key(shadow, colour, digest)
        image = f"Sh{key[:16]}"
        if not self.document.hasForm(image):
            label = self.project.label(shadow.asset)
            with needing(f"making the shadow of {label}"):
                stored = IMAGES.get(
                    key,
                    self.project.cache,
                    lambda: make_shadow_image(
                        shadow, colour, read_unchanged(self.project, shadow.asset, digest), label
                    ),
                )
            space = PDFObjectReference(self.spot(colour)) if isinstance(colour, Spot) else None
            embed(stored, image, self.document, key, space)
        return image

    def area(self, area: FlattenedArea) -> str:
        """Return the name of the image of a flattened area; equal ones are one object."""
        # Imported here: only pages with flattened areas need it.
        from brochure.pdf.flattened_area import area_key, make_area_image

        condition, project = self.condition, self.project
        press = condition.press or shipped_condition(DEFAULT)
        label = project.label(area.asset)
        width = target_width(area.pixels[0], min(area.resolution), condition)
        target = ImageTarget(width, condition.quality, label, area.span, press, inks=condition.inks)
        key = area_key(area, (area.pixels, target.key(b"")), project.digest)
        image = f"Fl{key[:16]}"
        if not self.document.hasForm(image):
            with needing(f"flattening {label}"):
                stored = IMAGES.get(
                    key,
                    project.cache,
                    lambda: make_area_image(
                        area,
                        target,
                        press,
                        lambda name: read_unchanged(project, name, project.digest(name)),
                    ),
                )
            embed(stored, image, self.document, key)
        return image

    def _own_space(self, stored: Stored, picture: Picture) -> Any:
        """Return the colour space of a picture in spot inks or with a profile; None if it is in a device colour space."""
        if stored.profile:
            return rgb_space(stored.profile, self.document)
        return self._duotone_space(stored, picture) if picture.duotone else None

    def _duotone_space(self, stored: Stored, picture: Picture) -> Any:
        """Return the colour space of a picture in spot inks; None if it is in a device colour space."""
        # Imported here: only pages with pictures in one or two inks need it.
        from brochure.pdf.duotone import color_space

        press = self.condition.press or shipped_condition(DEFAULT)
        return color_space(stored.entries["ColorSpace"], picture.duotone, press, self)

    def artwork(self, artwork: PlacedArtwork) -> str:
        """Return the name of a placed page of a PDF; equal ones are one object."""
        condition = self.condition
        target = artwork.target(condition.press, inks=condition.inks)
        key = target.key(self.project.digest(artwork.asset))
        name = f"Art{key[:16]}"
        if not self.document.hasForm(name):
            self._embed_artwork(artwork, target, name, key)
        return name

    def _embed_artwork(
        self, artwork: PlacedArtwork, target: ArtworkTarget, name: str, key: str
    ) -> None:
        # Imported here: only pages with placed PDFs need it.
        from brochure.artwork.load import load_artwork
        from brochure.pdf.artwork_form import embed_artwork

        try:
            form = load_artwork(artwork.asset, self.project, target)
        except InputError:
            raise
        except BrochureError as failure:
            raise InputError([Finding("artwork-unusable", f"{failure}", artwork.span)]) from failure
        embed_artwork(form, name, self.document, key)

    def _convert(self, asset: str, digest: bytes, target: ImageTarget, key: str) -> Stored:
        """Return the image from the file unchanged, which is not worth storing, or convert it."""
        ready = self._background.take(key) if self._background else None
        if ready is None:
            with needing(f"converting {target.label}"):
                data = read_unchanged(self.project, asset, digest)
                ready = _convert_image(data, target, key, self.project.cache)
        return IMAGES.remember(key, ready)

    def spot(self, spot: Spot) -> str:
        """Return the name of a spot colour's space (Separation, 8.6.6.4)."""
        full = Spot(spot.name, spot.alternate)
        digest = hashlib.blake2b(repr(full).encode("utf-8"), digest_size=6).hexdigest()
        key = f"Spot.{digest}"
        if not self.document.has(key):
            self.document.register(_separation(full), key)
        return key

    def colour(self, colour: Colour) -> Colour:
        """Convert a colour to this output: press inks or light; unchanged without a press."""
        press = self.condition.press
        if press is None:
            return colour
        converted = self._colours.get(
            colour
        )  # each run of glyphs asks, and the press is slow to hash
        if converted is None:
            convert_colour = in_ink if self.condition.inks else in_light
            converted = self._colours[colour] = convert_colour(colour, press)
        return converted

    def reference(self, used: PageResources) -> PDFObjectReference:
        """Return the resource dictionary of a page or form; equal ones are one object."""
        parts = (sorted(used.fonts), sorted(used.xobjects), sorted(used.color_spaces))
        names = repr((*parts, sorted(used.graphics_states))).encode("utf-8")
        key = f"Resources.{hashlib.blake2b(names, digest_size=16).hexdigest()}"
        if self.document.has(key):
            return PDFObjectReference(key)
        return self.document.register(self._dictionary(used), key)

    def _dictionary(self, used: PageResources) -> Dictionary:
        kinds: dict[str, dict[str, Any]] = {
            "Font": {one: self._font_reference(one) for one in sorted(used.fonts)},
            "XObject": {
                self.document.getXObjectName(one): self.document.image_reference(one)
                for one in sorted(used.xobjects)
            },
            "ColorSpace": {one: PDFObjectReference(one) for one in sorted(used.color_spaces)},
            "ExtGState": {
                one: Dictionary(Type="/ExtGState", **{key: value})
                for one, (key, value) in sorted(used.graphics_states.items())
            },
        }
        return Dictionary(**{kind: Names(named) for kind, named in kinds.items() if named})

    def _font_reference(self, resource: str) -> PDFObjectReference:
        return self._fonts[resource.partition("x")[0]].reference(resource)


def _convert_image(
    data: bytes, target: ImageTarget, key: str, store: Store, share: Share | None = None
) -> Stored:
    """Return the image from the file unchanged, which is not worth storing, or convert it; called in threads."""
    unchanged = embed_unchanged(data, target)
    if unchanged is not None:
        return unchanged
    return IMAGES.make_stored(key, store, lambda: convert(data, target, share))


def merge_all(all_used: Iterable[PageResources]) -> PageResources:
    """Return the names that any of them uses."""
    merged = PageResources()
    for used in all_used:
        merged = merged.merge(used)
    return merged


def _separation(spot: Spot) -> Array:
    """Return the colour space of one ink, with its alternate colour for devices without that plate."""
    space, none, full = _alternate(spot.alternate)
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array(none), C1=Array(full))
    return Array(["/Separation", name(spot.name), space, function])


def _alternate(colour: Cmyk | Rgb | Grey) -> tuple[str, tuple[float, ...], tuple[float, ...]]:
    """Return the alternate's colour space, and its values for no ink and full ink."""
    match colour:
        case Cmyk(c, m, y, k):
            return "/DeviceCMYK", (0, 0, 0, 0), (c, m, y, k)
        case Rgb(r, g, b):
            return "/DeviceRGB", (1, 1, 1), (r, g, b)
        case Grey(light):
            return "/DeviceGray", (1,), (light,)
