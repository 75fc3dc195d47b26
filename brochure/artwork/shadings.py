"""Converts shadings of artwork (ISO 32000-1, 8.7.4.5): their colours become functions of the output's colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brochure.artwork.functions import Function, read_function
from brochure.artwork.mesh import convert_mesh
from brochure.artwork.model import ArtworkError
from brochure.artwork.output import operands, widen
from brochure.artwork.spaces import (
    DeviceSpace,
    InkSpace,
    PatternSpace,
    ProfileSpace,
    Space,
    initial_components,
    read_space,
)
from brochure.artwork.syntax import Ref
from brochure.artwork.work import Work
from brochure.pdf_input.values import (
    get,
    get_array,
    get_integer,
    get_numbers,
    read_boolean,
    read_numbers,
)

SAMPLES, PLANE_SAMPLES = 1025, 65
NOTED = 9
"""Colours of a shading that are noted."""
FUNCTION_BASED, AXIAL, RADIAL = 1, 2, 3
DEVICES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
DAMAGED = "a gradient in it is damaged; export it again"


def convert_shading(work: Work, shading: Any, resources: Any) -> Ref:
    """Return a shading with the colours of the output.

    Raises:
        ArtworkError: It is damaged.
    """
    if not isinstance(shading, dict):
        raise ArtworkError(DAMAGED)
    key = ("shading", id(shading))
    if key not in work.made:
        space = read_space(get(shading, "/ColorSpace"), resources)
        if isinstance(space, PatternSpace):
            raise ArtworkError(DAMAGED)
        work.made[key] = _convert(work, shading, space)
    made = work.made[key]
    assert made is not None
    return made


def _convert(work: Work, shading: Any, space: Space) -> Ref:
    kind = get_integer(shading, "/ShadingType", 0)
    entries: dict[str, Any] = {"ShadingType": kind}
    box = get_numbers(shading, "/BBox", 4)
    if box:
        entries["BBox"] = list(box)
    background = read_numbers(get(shading, "/Background"), space.count)
    function = get(shading, "/Function")
    evaluate = None if function is None else read_function(function)
    colours = ShadingColours(work, space)
    if background:
        entries["Background"] = list(colours.convert(background))
    if kind == FUNCTION_BASED and evaluate:
        return work.objects.add(entries | _plane(shading, evaluate, colours))
    if kind in (AXIAL, RADIAL) and evaluate:
        return work.objects.add(entries | _line(shading, kind, evaluate, colours))
    if MESHES[0] <= kind <= MESHES[1] and hasattr(shading, "get_data"):
        return convert_mesh(work, shading, entries, evaluate, colours)
    raise ArtworkError(DAMAGED)


MESHES = (4, 7)


class ShadingColours:
    """The colours of one shading, all with the same number of components in the output."""

    def __init__(self, work: Work, space: Space) -> None:
        self.work = work
        self.space = space
        self.keeps = isinstance(space, InkSpace) and work.output.keeps_inks
        if isinstance(space, InkSpace) and self.keeps:
            self.count: int = space.count
            self.name: Any = work.output.ink_space(space)
        else:
            # A gradient may begin with black and end with a colour.
            some = len(operands(work.output.process(space, initial_components(space))))
            self.count = some if work.target.plate else COUNTS[work.output.device]
            self.name = DEVICES[self.count]

    def convert(self, components: Sequence[float]) -> tuple[float, ...]:
        """Return a colour in components of the output."""
        if self.keeps:
            return tuple(components[: self.count])
        return widen(
            self.work.output.process(self.space, components[: self.space.count]), self.count
        )

    def note(self, components: Sequence[float]) -> None:
        """Note a colour of the page."""
        if isinstance(self.space, (DeviceSpace, ProfileSpace, InkSpace)):
            self.work.output.note(self.space, components[: self.space.count])

    def sample(self, evaluate: Function, inputs: Sequence[Sequence[float]]) -> list[float]:
        """Return the samples of a function that has a colour for each input."""
        made = [evaluate(one) for one in inputs]
        if any(len(one) < self.space.count for one in made):
            raise ArtworkError(DAMAGED)
        for one in made[:: max(1, len(made) // NOTED)]:
            self.note(one)
        if self.work.is_inspected:
            return [0.0] * len(made) * self.count
        return [part for one in made for part in self.convert(one)]


COUNTS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}


def line_function(evaluate: Function, domain: Sequence[float], colours: ShadingColours) -> Ref:
    """Return the function of a shading with one input, over its domain."""
    low, high = domain[:2]
    inputs = [(low + (high - low) * at / (SAMPLES - 1),) for at in range(SAMPLES)]
    samples = colours.sample(evaluate, inputs)
    return colours.work.output.sampled_function(samples, [SAMPLES], colours.count, (low, high))


def _line(shading: Any, kind: int, evaluate: Function, colours: ShadingColours) -> dict[str, Any]:
    coords = get_numbers(shading, "/Coords", 4 if kind == AXIAL else 6)
    if coords is None:
        raise ArtworkError(DAMAGED)
    domain = get_numbers(shading, "/Domain", 2) or (0.0, 1.0)
    extend = [read_boolean(one) for one in get_array(shading, "/Extend")][:2]
    return {
        "ColorSpace": colours.name,
        "Coords": list(coords),
        "Domain": list(domain),
        "Extend": extend if len(extend) == 2 else [False, False],
        "Function": line_function(evaluate, domain, colours),
    }


def _plane(shading: Any, evaluate: Function, colours: ShadingColours) -> dict[str, Any]:
    left, right, low, high = get_numbers(shading, "/Domain", 4) or (0.0, 1.0, 0.0, 1.0)
    steps = [at / (PLANE_SAMPLES - 1) for at in range(PLANE_SAMPLES)]
    inputs = [(left + (right - left) * x, low + (high - low) * y) for y in steps for x in steps]
    function = colours.work.output.sampled_function(
        colours.sample(evaluate, inputs),
        [PLANE_SAMPLES] * 2,
        colours.count,
        (left, right, low, high),
    )
    return {
        "ColorSpace": colours.name,
        "Domain": [left, right, low, high],
        "Matrix": list(get_numbers(shading, "/Matrix", 6) or (1, 0, 0, 1, 0, 0)),
        "Function": function,
    }
