"""Converts colours of artwork to the output: press inks, light, or the plate of one ink.

Colours follow the rules of swatches (`color/convert.py`): CMYK, grey and spot inks are printed as they are written, RGB,
L*a*b* and other colours are converted. What is written is grey, RGB or CMYK, and Separation and DeviceN spaces whose
alternate colours are converted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from brochure.artwork.model import ArtworkTarget
from brochure.artwork.spaces import (
    BaseSpace,
    Components,
    IndexedSpace,
    InkSpace,
    ProfileSpace,
    Space,
)
from brochure.artwork.syntax import ObjectList, Ref
from brochure.color.convert import in_ink, in_light
from brochure.color.profile_colours import profile_colour_in_ink, profile_colour_in_light
from brochure.color.swatch import Cmyk, Colour, Grey, Rgb, Spot

Process = Cmyk | Grey | Rgb
MAX_COLOURS = 2_000
"""Limit of the colours that are noted of a page; more are not distinguished."""
PROCESS_NAMES = ("Cyan", "Magenta", "Yellow", "Black")
LUMINOSITY = "luminosity"
"""A plate for soft masks, whose groups are shown in the grey of their luminosity (11.5.3)."""
LINEAR = 1 / 65535
"""The most that samples of a linear function differ from it: less than one step of theirs."""

SAMPLES = {1: 65, 2: 17, 3: 9, 4: 5}
"""Samples of each input, by the number of inputs, where colours between them are interpolated."""


class ColourOutput:
    """Converts the colours of one page and notes them; spaces of inks are made in `objects`."""

    def __init__(self, target: ArtworkTarget, objects: ObjectList) -> None:
        self.target = target
        self.objects = objects
        self.colours: dict[Colour, None] = {}
        self._spaces: dict[Any, Ref] = {}

    @property
    def keeps_inks(self) -> bool:
        """True if Separation and DeviceN spaces are kept."""
        return not self.target.plate and (self.target.press is None or self.target.inks)

    @property
    def device(self) -> str:
        """The colour space in which the output blends colours and has its pictures."""
        if self.target.plate:
            return "/DeviceGray"
        return "/DeviceCMYK" if self.target.inks else "/DeviceRGB"

    def process(self, space: Space, components: Components) -> Process:
        """Return a colour in the colours of the output that are not inks of their own."""
        if isinstance(space, IndexedSpace):
            return self.process(space.base, space.color(components[0]))
        if isinstance(space, InkSpace):
            return self._finish_inks(space, components)
        if isinstance(space, ProfileSpace):
            return self._finish(self._from_profile(space, components))
        return self._finish(_device_colour(components))

    def alternate(self, space: InkSpace, components: Components) -> Process:
        """Return the colour that shows inks on devices without them."""
        return self.process(space.alternate, space.transform(components))

    def note(self, space: BaseSpace, components: Components) -> None:
        """Note a colour of the page."""
        if len(self.colours) >= MAX_COLOURS:
            return
        if not isinstance(space, InkSpace):
            self.colours[self.process(space, components)] = None
            return
        for at, (name, amount) in enumerate(zip(space.names, components, strict=True)):
            if name not in ("None", "All"):
                alone = [float(place == at) for place in range(space.count)]
                self.colours[_ink(name, amount, self.alternate(space, alone))] = None

    def _from_profile(self, space: ProfileSpace, components: Components) -> Process:
        levels, press = space.encode(components), self.target.press
        if press and (self.target.inks or self.target.plate not in ("", LUMINOSITY)):
            return profile_colour_in_ink(levels, space.profile, space.mode, press)
        if press is None and space.mode == "CMYK":
            return Cmyk(*(level / 255 for level in levels))
        return profile_colour_in_light(levels, space.profile, space.mode)

    def _finish(self, colour: Process) -> Process:
        press, target = self.target.press, self.target
        if target.plate == LUMINOSITY:
            return _luminosity(in_light(colour, press) if press else colour)
        if press is None:
            return colour
        if target.plate:
            return Grey(1 - _share(in_ink(colour, press), target.plate))
        if target.inks:
            return colour if isinstance(colour, (Grey, Cmyk)) else _process(in_ink(colour, press))
        return in_light(colour, press)

    def _finish_inks(self, space: InkSpace, components: Components) -> Process:
        if self.target.plate in ("", LUMINOSITY):
            return self.alternate(space, components)
        named = {_lower(name): one for name, one in zip(space.names, components, strict=True)}
        share = named.get("All", named.get(self.target.plate, 0.0))
        return Grey(1 - min(max(share, 0.0), 1.0))

    # Spaces

    def ink_space(self, space: InkSpace) -> Ref:
        """Return the space of inks with alternate colours of the output."""
        axis = SAMPLES.get(space.count, 2)
        points = [place / (axis - 1) for place in range(axis)]
        # The first input varies fastest (7.10.2).
        colours = [
            self.alternate(space, tuple(reversed(place)))
            for place in product(points, repeat=space.count)
        ]
        count = max(map(len, map(operands, colours)))
        samples = [value for colour in colours for value in widen(colour, count)]
        key = (space.names, count, tuple(round(one * 65535) for one in samples))
        if key not in self._spaces:
            self._spaces[key] = self.objects.add(self._ink_array(space, axis, count, samples))
        return self._spaces[key]

    def _ink_array(self, space: InkSpace, axis: int, count: int, samples: list[float]) -> list[Any]:
        device = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[count]
        if space.count == 1 and _is_linear(samples, count):
            # As swatches are written: an ink that both have keeps one substitute.
            entries = {"FunctionType": 2, "Domain": [0, 1], "N": 1}
            ends = {"C0": _rounded(samples[:count]), "C1": _rounded(samples[-count:])}
            function = self.objects.add({**entries, **ends})
        else:
            function = self.sampled_function(samples, [axis] * space.count, count)
        names = [f"/{name}" for name in space.names]
        if len(names) == 1:
            return ["/Separation", names[0], device, function]
        return ["/DeviceN", names, device, function]

    def sampled_function(
        self,
        samples: Sequence[float],
        sizes: Sequence[int],
        count: int,
        domain: Sequence[float] | None = None,
    ) -> Ref:
        """Return a function with these samples of `count` components, from 0 to 1 (7.10.2)."""
        data = b"".join(round(min(max(one, 0.0), 1.0) * 65535).to_bytes(2) for one in samples)
        entries = {
            "FunctionType": 0,
            "Domain": list(domain or (0, 1) * len(sizes)),
            "Range": [0, 1] * count,
            "Size": list(sizes),
            "BitsPerSample": 16,
        }
        return self.objects.add_stream(entries, data)


def _is_linear(samples: Sequence[float], count: int) -> bool:
    """Whether colours of `count` components run evenly from the first to the last."""
    last = len(samples) // count - 1
    return all(
        abs(
            samples[at]
            + (samples[last * count + at] - samples[at]) * step / last
            - samples[step * count + at]
        )
        < LINEAR
        for step in range(last + 1)
        for at in range(count)
    )


def _rounded(parts: Sequence[float]) -> list[float]:
    return [round(part, 5) for part in parts]


def operands(colour: Process) -> tuple[float, ...]:
    """Return the components of a colour, as its operator has them."""
    match colour:
        case Grey(light):
            return (light,)
        case Rgb(red, green, blue):
            return red, green, blue
        case Cmyk(c, m, y, k):
            return c, m, y, k


def widen(colour: Process, count: int) -> tuple[float, ...]:
    """Return a colour with this many components: grey as black ink or as equal light."""
    parts = operands(colour)
    if len(parts) == count:
        return parts
    return (0.0, 0.0, 0.0, 1 - parts[0]) if count == 4 else parts[:1] * count


def _device_colour(components: Components) -> Process:
    parts = [min(max(one, 0.0), 1.0) for one in components]
    if len(parts) == 1:
        return Grey(*parts)
    return Rgb(*parts) if len(parts) == 3 else Cmyk(*parts)


def _luminosity(colour: Process) -> Grey:
    """Return the grey of a colour (11.3.5.3, table 136; 10.3.2)."""
    match colour:
        case Grey():
            return colour
        case Rgb(red, green, blue):
            return Grey(0.3 * red + 0.59 * green + 0.11 * blue)
        case Cmyk(c, m, y, k):
            return Grey(1 - min(1.0, 0.3 * c + 0.59 * m + 0.11 * y + k))


def _process(colour: Colour) -> Process:
    return colour.alternate if isinstance(colour, Spot) else colour


def _share(colour: Cmyk | Spot, plate: str) -> float:
    """Return how much of an ink a colour has."""
    if isinstance(colour, Spot):
        return 0.0
    parts = zip(PROCESS_NAMES, (colour.c, colour.m, colour.y, colour.k), strict=True)
    return {name.lower(): part for name, part in parts}.get(plate, 0.0)


def _lower(name: str) -> str:
    return name.lower() if name in PROCESS_NAMES else name


def _ink(name: str, amount: float, full: Process) -> Colour:
    """Return the amount of a named ink: a process ink, or a spot ink with its alternate colour."""
    if name in PROCESS_NAMES:
        return Cmyk(*(amount if one == name else 0.0 for one in PROCESS_NAMES))
    return replace(Spot(name, full), tint=amount)
