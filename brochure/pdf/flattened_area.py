"""Flattened areas: pictures, filled paths and shadows mixed into one image in process inks (ISO 32000-1, 11.3).

The image is as fine as its finest picture. Inks are mixed as a transparency group in DeviceCMYK would mix them.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from brochure.color.convert import in_ink
from brochure.color.gradient import find_axis, ink_stops
from brochure.color.image_separation import convert_to_screen, separate_image
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk, Colour, Gradient, GradientStop, Paint
from brochure.color.total_ink import limit_image_ink, over
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.images.pixels import open_image
from brochure.model.display_list import (
    ARTIFACT,
    Blend,
    DropShadow,
    FlattenedArea,
    Item,
    Outline,
    Path,
    Picture,
    bounds,
    outline_rect,
)
from brochure.model.galley import translate_outlines
from brochure.pdf.drop_shadow import make_mask
from brochure.pdf.duotone import convert_to_tints
from brochure.pdf.image_encoding import compress, encode_jpeg
from brochure.pdf.image_xobject import Stored
from brochure.pdf.images import ImageTarget, load_pixels, reading
from brochure.pdf.outline_mask import fill_outlines
from brochure.pdf.separated_jpeg import RIPPLE

FULL = 255
OVERSAMPLING = 2
"""Pixels drawn for each pixel of a mask, in either direction."""

ReadFile = Callable[[str], bytes]
"""Returns the content of a picture's file."""


def area_key(area: FlattenedArea, parameters: object, digest: Callable[[str], bytes]) -> str:
    """Return a digest of all that the image depends on; `digest` returns that of a file."""
    layers = [
        (_describe(layer), digest(layer.asset) if isinstance(layer, Picture) else b"")
        for layer in _all_layers(area)
    ]
    parts = (area.rect, parameters, layers)
    return hashlib.blake2b(repr(parts).encode(), digest_size=20).hexdigest()


def describe_area(area: FlattenedArea) -> str:
    """Return what decides the pixels of an area besides the contents of files."""
    return repr((area.rect, [_describe(layer) for layer in _all_layers(area)]))


def _all_layers(area: FlattenedArea) -> list[Item]:
    found: list[Item] = []
    for layer in area.layers:
        found.extend(_all_layers(layer) if isinstance(layer, FlattenedArea) else ())
        found.append(layer)
    return found


def _describe(layer: Item) -> str:
    """Return a layer without what does not show: its place in the layout, its tag, and layers of its own."""
    if isinstance(layer, FlattenedArea):
        layer = replace(layer, layers=())
    assert isinstance(layer, (Path, Picture))
    return repr(replace(layer, span=None, block=None, tag=ARTIFACT))


def make_area_image(
    area: FlattenedArea, target: ImageTarget, press: PressCondition, read_file: ReadFile
) -> Stored:
    """Return the image of an area: as a JPEG if a photograph fills it, else without loss."""
    inks = _Compositor(area.rect, target.width or area.pixels[0], press, target, read_file).mix(
        area
    )
    inks = limit_image_ink(inks, press.ink_limit)
    image = inks if target.inks else convert_to_screen(inks, None, press)
    is_heavy = target.inks and over(image, press.ink_limit - RIPPLE)
    if _is_filled_by_photograph(area) and not is_heavy:
        return encode_jpeg(image, target.quality)
    return compress(image)


def _is_filled_by_photograph(area: FlattenedArea) -> bool:
    """Return True if the lowest layer is a photograph in the whole area; compression would spoil paper beside one."""
    layer = area.layers[0]
    if not isinstance(layer, Picture) or not layer.asset.lower().endswith(PHOTOGRAPHS):
        return False
    is_box = all(outline == outline_rect(bounds((outline,))) for outline in layer.clip)
    shown = layer.rect.intersect(bounds(layer.clip)) if layer.clip else layer.rect
    return is_box and shown.contains(area.rect)


PHOTOGRAPHS = (".jpg", ".jpeg", ".webp")


@dataclass(frozen=True, slots=True)
class _Compositor:
    """Mixes the layers of an area. `rect` is the area, `width` its width in pixels."""

    rect: Rect
    width: int
    press: PressCondition
    target: ImageTarget
    read_file: ReadFile

    @property
    def scale(self) -> float:
        """Pixels in a point."""
        return self.width / self.rect.width

    @property
    def size(self) -> tuple[int, int]:
        """The size in pixels."""
        return self.width, max(1, round(self.rect.height * self.scale))

    def mix(self, area: FlattenedArea) -> Any:
        """Return the layers on paper, as a CMYK picture."""
        # Imported on demand: flattened areas in the cache do not need Pillow.
        from PIL import Image

        page = Image.new("CMYK", self.size)
        for layer in area.layers:
            page = self._add(page, layer)
        return page

    def _add(self, page: Any, layer: Item) -> Any:
        match layer:
            case DropShadow():
                mask = make_mask(layer, self._read(layer), self.target.label)
                mask = self._place(mask, layer.rect)
                return self._blend(page, self._flat(layer.colour), mask, layer.opacity, layer.blend)
            case FlattenedArea():
                return self._blend(page, self.mix(layer), self._mask(layer.clip))
            case Picture():
                return self._add_picture(page, layer)
            case Path() if layer.fill:
                return self._add_path(page, layer, layer.fill)
            case _:
                return page

    def _add_path(self, page: Any, path: Path, fill: Paint) -> Any:
        from PIL import ImageChops

        mask = self._mask(path.outlines)
        if path.clip:
            mask = ImageChops.multiply(mask, self._mask(path.clip))
        if isinstance(fill, Gradient):
            colours, alpha = self._gradient(fill, bounds(path.outlines))
            return self._blend(page, colours, ImageChops.multiply(mask, alpha))
        return self._blend(page, self._flat(fill.colour), mask, fill.opacity)

    def _add_picture(self, page: Any, picture: Picture) -> Any:
        from PIL import ImageChops

        image, alpha = self._load(picture)
        mask = self._mask(picture.clip)
        if picture.ground:
            page = self._blend(page, self._flat(picture.ground), mask)
        if alpha:
            mask = ImageChops.multiply(mask, self._place(alpha, picture.rect))
        placed = self._place(image, picture.rect)
        return self._blend(page, placed, mask, picture.opacity, picture.blend)

    def _load(self, picture: Picture) -> tuple[Any, Any]:
        """Return a picture in CMYK, and its alpha channel, no finer than needed."""
        width = max(1, round(picture.rect.width * self.scale))
        own = width if width < picture.pixels[0] else None
        target = replace(self.target, width=own, inks=True, duotone=picture.duotone)
        data = self._read(picture)
        with reading(data, target), open_image(data) as opened:
            loaded = load_pixels(opened, data, target)
        if picture.duotone:
            grey = convert_to_screen(loaded.image, loaded.profile, self.press).convert("L")
            inks = convert_to_tints(grey, picture.duotone, self.press, inks=True).image
        else:
            inks = separate_image(loaded.image, loaded.profile, self.press)
        return _to_cmyk(inks), loaded.mask

    def _read(self, picture: Picture) -> bytes:
        return self.read_file(picture.asset)

    def _place(self, image: Any, rect: Rect) -> Any:
        """Return an image at its place in the area; its edge pixels continue a little, so that masks decide where it ends."""
        from PIL import Image

        across, down = image.width / rect.width, image.height / rect.height
        left = (self.rect.x - rect.x) * across
        top = (rect.top - self.rect.top) * down
        right, bottom = left + self.rect.width * across, top + self.rect.height * down
        width, height = self.size
        x0, y0 = max(0.0, left), max(0.0, top)
        x1, y1 = min(float(image.width), right), min(float(image.height), bottom)
        placed = Image.new(image.mode, self.size)
        if x1 <= x0 or y1 <= y0:
            return placed
        # To whole pixels of the area, at least one.
        box = (
            round((x0 - left) / (right - left) * width),
            round((y0 - top) / (bottom - top) * height),
        )
        end = (
            max(box[0] + 1, round((x1 - left) / (right - left) * width)),
            max(box[1] + 1, round((y1 - top) / (bottom - top) * height)),
        )
        part = image.resize(
            (end[0] - box[0], end[1] - box[1]), Image.Resampling.BICUBIC, box=(x0, y0, x1, y1)
        )
        placed.paste(part, box)
        return placed

    def _mask(self, outlines: Sequence[Outline]) -> Any:
        from PIL import Image

        if not outlines:
            return Image.new("L", self.size, FULL)
        moved = translate_outlines(outlines, -self.rect.x, -self.rect.y)
        size = self.size[0] * OVERSAMPLING, self.size[1] * OVERSAMPLING
        return fill_outlines(moved, size, self.scale * OVERSAMPLING).reduce(OVERSAMPLING)

    def _flat(self, colour: Colour) -> Any:
        from PIL import Image

        ink = in_ink(colour, self.press)
        assert isinstance(ink, Cmyk), "areas with spot inks are not flattened"
        return Image.new("CMYK", self.size, tuple(_levels(ink)))

    def _blend(
        self,
        page: Any,
        source: Any,
        mask: Any,
        opacity: float = 1.0,
        blend: Blend = Blend.NORMAL,
    ) -> Any:
        """Return the page with a source on top of it."""
        from PIL import Image, ImageChops

        if blend is Blend.MULTIPLY:
            # Of ink, what is left of the paper is multiplied.
            source = ImageChops.screen(page, source)
        if opacity < 1:
            mask = mask.point([round(level * opacity) for level in range(FULL + 1)])
        return Image.composite(source, page, mask)

    def _gradient(self, gradient: Gradient, box: Rect) -> tuple[Any, Any]:
        """Return a gradient that fills a box, and its opacity."""
        from PIL import Image

        position = self._position(gradient, box)
        stops = ink_stops(gradient, self.press)
        table = [_interpolate(stops, level / FULL) for level in range(FULL + 1)]
        inks = [position.point([row[at] for row in table]) for at in range(4)]
        return Image.merge("CMYK", inks), position.point([row[4] for row in table])

    def _position(self, gradient: Gradient, box: Rect) -> Any:
        """Return how far each pixel is along a gradient, from 0 to 255."""
        from PIL import ImageMath

        axis, step = find_axis(gradient, box), 1 / self.scale
        width, height = self.size
        # The centres of the pixels, relative to the start.
        x = [self.rect.x + step * (at + 0.5) - axis.start[0] for at in range(width)]
        y = [self.rect.top - step * (at + 0.5) - axis.start[1] for at in range(height)]
        if axis.end_radius:
            unit = FULL / axis.end_radius
            across, down = self._spread([one * unit for one in x], [one * unit for one in y])
            return ImageMath.lambda_eval(
                lambda axes: axes["convert"]((axes["x"] ** 2 + axes["y"] ** 2) ** 0.5 + 0.5, "L"),
                x=across,
                y=down,
            )
        dx, dy = axis.end[0] - axis.start[0], axis.end[1] - axis.start[1]
        unit = FULL / (dx * dx + dy * dy)
        across, down = self._spread([one * dx * unit for one in x], [one * dy * unit for one in y])
        return ImageMath.lambda_eval(
            lambda axes: axes["convert"](axes["x"] + axes["y"] + 0.5, "L"), x=across, y=down
        )

    def _spread(self, x: Sequence[float], y: Sequence[float]) -> tuple[Any, Any]:
        """Return numbers for each column and for each row as pictures of the area."""
        from PIL import Image

        across = Image.frombytes("F", (len(x), 1), array("f", x).tobytes())
        down = Image.frombytes("F", (1, len(y)), array("f", y).tobytes())
        nearest = Image.Resampling.NEAREST
        return across.resize(self.size, nearest), down.resize(self.size, nearest)


def _interpolate(stops: Sequence[GradientStop], position: float) -> tuple[int, ...]:
    """Return the inks and the opacity of a gradient at a position."""
    before = next((one for one in reversed(stops) if one.offset <= position), stops[0])
    after = next((one for one in stops if one.offset >= position), stops[-1])
    gap = after.offset - before.offset
    share = (position - before.offset) / gap if gap > 0 else 0.0
    first, last = (_row(one) for one in (before, after))
    return tuple(round(a + (b - a) * share) for a, b in zip(first, last, strict=True))


def _row(stop: GradientStop) -> tuple[float, ...]:
    assert isinstance(stop.colour, Cmyk), "areas with spot inks are not flattened"
    return (*(float(level) for level in _levels(stop.colour)), stop.opacity * FULL)


def _levels(ink: Cmyk) -> tuple[int, ...]:
    return tuple(round(part * FULL) for part in (ink.c, ink.m, ink.y, ink.k))


def _to_cmyk(image: Any) -> Any:
    """Return a picture in CMYK; grey becomes black ink."""
    from PIL import Image, ImageChops

    if image.mode == "CMYK":
        return image
    none = Image.new("L", image.size)
    return Image.merge("CMYK", [none, none, none, ImageChops.invert(image)])
