"""What the pages of one PDF share: fonts, pictures, spot colours, opacities.

Takes runs, pictures and paints as content streams meet them; gives the names that they are called by there. Each stands
in the file once, however often it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from brochure.cache import alone_with
from brochure.colour.convert import in_ink, in_light
from brochure.colour.swatch import Cmyk, Colour, Grey, Rgb, Spot
from brochure.fonts.face import Face
from brochure.geometry import Rect
from brochure.pdf.font_encoding import PlateFont
from brochure.pdf.objects import Objects
from brochure.pdf.operators import deflated, dictionary, name, num, nums
from brochure.pdf.images import Wanted, as_it_is, made, target_width
from brochure.pdf.image_xobject import RECENT, Stored, packed, put, unpacked
from brochure.pdf.type0 import embedded
from brochure.placed import GlyphRun, Picture
from brochure.press.conditions import OutputCondition
from brochure.project import Project


class Drawn(Protocol):
    """What a page came to: its operators, and whether one shows what lies beneath it."""

    ops: list[str]
    see_through: bool


class Resources:
    """The shared things of one PDF, by the names that content streams call them."""

    def __init__(self, writer: Objects, condition: OutputCondition, project: Project) -> None:
        self.writer = writer
        self.condition = condition
        self.project = project
        self._fonts: dict[Face, PlateFont] = {}
        self._images: dict[str, tuple[str, str]] = {}
        self._spots: dict[Spot, tuple[str, str]] = {}
        self._states: dict[tuple[float, bool], str] = {}
        self.see_through: set[str] = set()
        self._forms: dict[tuple[int, Rect], tuple[str, str]] = {}

    def font(self, run: GlyphRun) -> PlateFont:
        """The font of a run's face."""
        face = run.glyphs.face
        if face not in self._fonts:
            self._fonts[face] = PlateFont(face, len(self._fonts) + 1)
        return self._fonts[face]

    def image(self, picture: Picture) -> str:
        """The name of a picture's object; the same bytes at the same size are one object."""
        condition = self.condition
        wanted = Wanted(
            target_width(picture.pixels[0], min(picture.resolution), condition),
            condition.quality,
            self.project.label(picture.asset),
            picture.span,
            condition.press,
            condition.inks,
            picture.ground,
            picture.opacity if picture.ground else 1.0,
        )
        key = wanted.key(self.project.digest(picture.asset))
        if key not in self._images:
            number = f"I{len(self._images) + 1}"
            stored = RECENT.get(key) or self._stored(picture.asset, wanted, key)
            RECENT.put(key, stored)
            if stored.mask:
                self.see_through.add(number)
            self._images[key] = (number, put(stored, number, self.writer, key))
        return self._images[key][0]

    def _stored(self, asset: str, wanted: Wanted, key: str) -> Stored:
        """The picture as it was kept, as it is, or made now and kept."""
        stored = self._kept(key)
        if stored is None:
            data = self.project.read(asset)
            stored = as_it_is(data, wanted) or self._made(data, wanted, key)
        return stored

    def _kept(self, key: str) -> Stored | None:
        kept = self.project.kept(key)
        return unpacked(kept) if kept else None

    def _made(self, data: bytes, wanted: Wanted, key: str) -> Stored:
        """The picture, made in this process unless another one was about it just now."""
        with alone_with(key):
            stored = self._kept(key)
            if stored is None:
                stored = made(data, wanted)
                self.project.keep(key, packed(stored))
        return stored

    def spot(self, spot: Spot) -> str:
        """The name of a spot colour's space (Separation, ISO 32000-1, 8.6.6.4)."""
        full = Spot(spot.name, spot.alternate)
        if full not in self._spots:
            number = f"C{len(self._spots) + 1}"
            self._spots[full] = (number, self.writer.refer(_separation(full), number))
        return self._spots[full][0]

    def colour(self, colour: Colour) -> Colour:
        """A colour as it is in this output: in the press's inks, or as light; as it is written where there is no press."""
        press = self.condition.press
        if press is None:
            return colour
        return in_ink(colour, press) if self.condition.inks else in_light(colour, press)

    def state(self, opacity: float, *, overprints: bool) -> str:
        """The name of the graphics state with this opacity, in which ink knocks out or overprints (8.4.5)."""
        key = (opacity, overprints)
        if key not in self._states:
            self._states[key] = f"G{len(self._states) + 1}"
        return self._states[key]

    def form(self, key: tuple[int, Rect], draw: Callable[[], Drawn]) -> str:
        """The name of a form XObject (8.10): a page by its identity, and the window that it is seen through."""
        if key not in self._forms:
            window = key[1]
            box = nums(window.x, window.y, window.right, window.top)
            entries = f"/Type /XObject /Subtype /Form /BBox [{box}] /Resources {self.writer.inner}"
            number = f"P{len(self._forms) + 1}"
            drawn = draw()
            if drawn.see_through:
                self.see_through.add(number)
            data = "\n".join(drawn.ops).encode("ascii")
            self._forms[key] = (number, self.writer.refer(deflated(entries, data), number))
        return self._forms[key][0]

    def finish(self) -> None:
        """Writes the fonts, now that every glyph is known, and the dictionary that names everything."""
        fonts = [embedded(font, self.writer.refer) for font in self._fonts.values()]
        states = {key: self._state(*said) for said, key in self._states.items()}
        shared = {
            "Font": _entries({key: ref for layers in fonts for key, ref in layers.items()}),
            "ColorSpace": _entries(dict(self._spots.values())),
            "ExtGState": _entries(states),
        }
        images = dict(self._images.values())
        self.writer.resources(XObject=_entries(images | dict(self._forms.values())), **shared)
        self.writer.inner_resources(XObject=_entries(images), **shared)

    def _state(self, opacity: float, overprints: bool) -> str:  # noqa: FBT001  # the key of the table
        """Opacity only where it is less than whole; overprint only where there is ink."""
        entries = {"Type": "/ExtGState"}
        if opacity < 1:
            entries |= {"ca": num(opacity), "CA": num(opacity)}
        if self.condition.inks:
            said = "true" if overprints else "false"
            entries |= {"OP": said, "op": said, "OPM": "1"}
        return dictionary(**entries)


def _entries(named: dict[str, str]) -> str:
    return "<<" + " ".join(f"/{key} {value}" for key, value in named.items()) + ">>"


def _separation(spot: Spot) -> str:
    """The colour space of one ink, with the colour that stands in for it where there is no such plate."""
    space, none, full = _alternate(spot.alternate)
    function = f"<</FunctionType 2 /Domain [0 1] /N 1 /C0 [{nums(*none)}] /C1 [{nums(*full)}]>>"
    return f"[/Separation {name(spot.name)} {space} {function}]"


def _alternate(colour: Cmyk | Rgb | Grey) -> tuple[str, tuple[float, ...], tuple[float, ...]]:
    """The stand-in's space, and its values for no ink and full ink."""
    match colour:
        case Cmyk(c, m, y, k):
            return "/DeviceCMYK", (0, 0, 0, 0), (c, m, y, k)
        case Rgb(r, g, b):
            return "/DeviceRGB", (1, 1, 1), (r, g, b)
        case Grey(light):
            return "/DeviceGray", (1,), (light,)
