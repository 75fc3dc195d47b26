"""Colour operators of a content stream (ISO 32000-1, 8.6.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from brochure.artwork.model import ArtworkError
from brochure.artwork.output import operands as components_of
from brochure.artwork.patterns import convert_pattern
from brochure.artwork.spaces import (
    CMYK,
    GREY,
    RGB,
    BaseSpace,
    IndexedSpace,
    InkSpace,
    PatternSpace,
    Space,
    initial_components,
    read_space,
)
from brochure.artwork.syntax import Ref, write
from brochure.artwork.work import Work
from brochure.fast_dataclass import dataclass
from brochure.pdf_input.values import get, is_number, resolve

UseResource = Callable[[str, Ref], str]
SETTING = {
    **dict.fromkeys((b"g", b"G"), ("/DeviceGray", 1)),
    **dict.fromkeys((b"rg", b"RG"), ("/DeviceRGB", 3)),
    **dict.fromkeys((b"k", b"K"), ("/DeviceCMYK", 4)),
}
OPERATORS = {1: (b"g", b"G"), 3: (b"rg", b"RG"), 4: (b"k", b"K")}
"""The operators that set a colour of the device, for filling and stroking, by the number of components."""
BY_COUNT = {1: GREY, 3: RGB, 4: CMYK}
SetColour = tuple[BaseSpace, tuple[float, ...]]
PAGE_BLACK: SetColour = (GREY, (0.0,))


@dataclass(frozen=True, slots=True)
class ColourState:
    """The colour spaces and colours for filling and stroking; None if the stream did not set them, or if they are patterns."""

    fill: Space | None = None
    stroke: Space | None = None
    fill_colour: SetColour | None = None
    stroke_colour: SetColour | None = None


class StreamColours:
    """Converts the colour operators of one stream."""

    def __init__(self, work: Work, resources: Any, use: UseResource) -> None:
        self.work = work
        self.resources = resources
        self.use = use
        black = None if work.depth else PAGE_BLACK  # forms have the colours of what they are in
        self.state = ColourState(fill_colour=black, stroke_colour=black)

    def note(self, *, fill: bool, stroke: bool) -> None:
        """Note the colours in which something is painted."""
        for is_used, colour in ((fill, self.state.fill_colour), (stroke, self.state.stroke_colour)):
            if is_used and colour:
                self.work.output.note(*colour)

    def convert(self, operator: bytes, operands: Sequence[Any]) -> list[bytes]:
        """Return the operators that set the same colour in the output."""
        stroke = operator.isupper()
        if operator in SETTING:
            name, count = SETTING[operator]
            space = read_space(name, self.resources)
            self._enter(space, stroke=stroke)
            return self._set(space, _numbers(operands, count), stroke=stroke)
        if operator in (b"cs", b"CS"):
            space = read_space(operands[0] if operands else None, self.resources)
            self._enter(space, stroke=stroke)
            if isinstance(space, PatternSpace):
                return []
            return self._set(space, initial_components(space), stroke=stroke)
        current = self.state.stroke if stroke else self.state.fill
        if operands and not is_number(operands[-1]):
            return self._set_pattern(current, operands, stroke=stroke)
        numbers = [float(one) for one in operands if is_number(one)]
        current = current or BY_COUNT.get(len(numbers))
        if current is None or isinstance(current, PatternSpace):
            raise ArtworkError("an operator has wrong operands; export it again")
        return self._set(current, _numbers(operands, current.count), stroke=stroke)

    def _enter(self, space: Space, *, stroke: bool) -> None:
        if stroke:
            self.state = replace(self.state, stroke=space, stroke_colour=None)
        else:
            self.state = replace(self.state, fill=space, fill_colour=None)

    def _set(self, space: Space, numbers: Sequence[float], *, stroke: bool) -> list[bytes]:
        output = self.work.output
        if isinstance(space, IndexedSpace):
            return self._set(space.base, space.color(numbers[0]), stroke=stroke)
        if isinstance(space, PatternSpace):
            return []
        self._keep((space, tuple(numbers)), stroke=stroke)
        values = b" ".join(map(write, map(float, numbers)))
        if isinstance(space, InkSpace) and output.keeps_inks:
            name = write(self.use("ColorSpace", output.ink_space(space)))
            choose, set_ = (b"CS", b"SCN") if stroke else (b"cs", b"scn")
            return [b"%b %b %b %b" % (name, choose, values, set_)]
        parts = components_of(output.process(space, numbers))
        set_device = OPERATORS[len(parts)][stroke]
        return [b" ".join([*(write(round(float(one), 5)) for one in parts), set_device])]

    def _keep(self, colour: SetColour | None, *, stroke: bool) -> None:
        if stroke:
            self.state = replace(self.state, stroke_colour=colour)
        else:
            self.state = replace(self.state, fill_colour=colour)

    def _set_pattern(
        self, space: Space | None, operands: Sequence[Any], *, stroke: bool
    ) -> list[bytes]:
        pattern = get(get(self.resources, "/Pattern"), operands[-1])
        made = convert_pattern(self.work, pattern, self.resources)
        if made is None:
            raise ArtworkError("a pattern is missing in it; export it again")
        named = write(self.use("Pattern", made.ref))
        self._keep(None, stroke=stroke)
        choose, set_ = (b"CS", b"SCN") if stroke else (b"cs", b"scn")
        if made.is_coloured:
            return [b"/Pattern %b %b %b" % (choose, named, set_)]
        base = space.base if isinstance(space, PatternSpace) else None
        return self._set_uncoloured(base or GREY, operands, named, (choose, set_))

    def _set_uncoloured(
        self, base: Any, operands: Sequence[Any], named: bytes, operators: tuple[bytes, bytes]
    ) -> list[bytes]:
        output, numbers = self.work.output, _numbers(operands, base.count)
        output.note(base, numbers)
        if isinstance(base, InkSpace) and output.keeps_inks:
            under: Any = output.ink_space(base)
            parts: Sequence[float] = numbers
        else:
            parts = components_of(output.process(base, numbers))
            under = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[len(parts)]
        space = self.use("ColorSpace", self.work.objects.add(["/Pattern", under]))
        values = b" ".join(map(write, map(float, parts)))
        choose, set_ = operators
        return [b"%b %b %b %b %b" % (write(space), choose, values, named, set_)]


def _numbers(operands: Sequence[Any], count: int) -> list[float]:
    numbers = [float(one) for one in map(resolve, operands) if is_number(one)]
    if len(numbers) < count:
        raise ArtworkError("an operator has wrong operands; export it again")
    return numbers[:count]
