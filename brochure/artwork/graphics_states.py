"""Converts graphics state parameters of artwork (ISO 32000-1, 8.4.5) and soft masks (11.6.5.2).

Overprint is kept for the press. Halftones and transfer functions, which standards do not allow, are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brochure.artwork.fonts import convert_font, plain
from brochure.artwork.functions import read_function
from brochure.artwork.output import operands
from brochure.artwork.spaces import GREY, PatternSpace, read_space
from brochure.artwork.syntax import Ref
from brochure.artwork.work import Work
from brochure.artwork.xobjects import convert_form
from brochure.pdf_input.values import (
    get,
    get_array,
    get_text,
    is_number,
    read_boolean,
    read_numbers,
    resolve,
)

NUMBERS = ("LW", "LC", "LJ", "ML", "FL", "SM")
BOOLEANS = ("SA", "AIS", "TK")
OVERPRINT = ("OP", "op")
OPAQUE_MODES = ("/Normal", "/Compatible")
BLEND_MODES = (
    *("Normal", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn"),
    *(
        "HardLight",
        "SoftLight",
        "Difference",
        "Exclusion",
        "Hue",
        "Saturation",
        "Color",
        "Luminosity",
    ),
)
MASK_SAMPLES = 256


def convert_graphics_state(work: Work, state: Any, resources: Any) -> Ref | None:
    """Return the graphics state parameters; None if `state` is not a dictionary, or sets nothing that is kept."""
    if not isinstance(state, dict):
        return None
    key = ("state", id(state))
    if key not in work.made:
        entries = {
            **_simple(state),
            **_overprint(work, state),
            **_transparency(work, state, resources),
        }
        size = get_array(state, "/Font")
        font = convert_font(work, size[0]) if len(size) > 1 and is_number(size[1]) else None
        if font is not None:
            entries["Font"] = [font, float(size[1])]
        work.made[key] = work.objects.add({"Type": "/ExtGState", **entries}) if entries else None
    return work.made[key]


def _simple(state: Mapping[str, Any]) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name in NUMBERS:
        value = get(state, f"/{name}")
        if is_number(value):
            entries[name] = plain(value)
    for name in BOOLEANS:
        if f"/{name}" in state:
            entries[name] = read_boolean(state.get(f"/{name}"))
    dash = get_array(state, "/D")
    lengths = dash[0] if len(dash) > 1 and isinstance(dash[0], list) else None
    numbers = read_numbers(lengths, len(lengths)) if lengths is not None else None
    if numbers is not None and is_number(dash[1]):
        entries["D"] = [list(numbers), float(dash[1])]
    return entries


def _overprint(work: Work, state: Mapping[str, Any]) -> dict[str, Any]:
    if not work.target.inks:
        return {}
    entries: dict[str, Any] = {
        name: read_boolean(state.get(f"/{name}")) for name in OVERPRINT if f"/{name}" in state
    }
    if is_number(get(state, "/OPM")):
        entries["OPM"] = int(get(state, "/OPM"))
    return entries


def _transparency(work: Work, state: Mapping[str, Any], resources: Any) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name in ("CA", "ca"):
        opacity = get(state, f"/{name}")
        if is_number(opacity):
            entries[name] = min(max(float(opacity), 0.0), 1.0)
            if opacity < 1:
                work.found.note_transparency(f"an opacity of {opacity * 100:.0f} %")
    mode = get(state, "/BM")
    named = mode if isinstance(mode, list) else [mode]
    modes = [str(one) for one in map(resolve, named) if str(one)[1:] in BLEND_MODES]
    if mode is not None:
        entries["BM"] = modes[0] if modes else "/Normal"
        if entries["BM"] not in OPAQUE_MODES:
            work.found.note_transparency(f"the blend mode {entries['BM'][1:]}")
    mask = get(state, "/SMask")
    if isinstance(mask, dict):
        work.found.note_transparency("a soft mask")
        entries["SMask"] = _soft_mask(work, mask, resources)
    elif mask is not None:
        entries["SMask"] = "/None"
    return entries


def _soft_mask(work: Work, mask: Mapping[str, Any], resources: Any) -> Any:
    group = get(mask, "/G")
    if not hasattr(group, "get_data"):
        return "/None"
    grey = work.for_mask()
    entries: dict[str, Any] = {
        "Type": "/Mask",
        "S": "/Alpha" if get_text(mask, "/S") == "/Alpha" else "/Luminosity",
        "G": convert_form(grey, group, resources, is_coloured=True, is_mask=True),
    }
    backdrop = _backdrop(grey, mask, group, resources)
    if backdrop is not None:
        entries["BC"] = backdrop
    if isinstance(get(mask, "/TR"), dict):
        entries["TR"] = _transfer(work, get(mask, "/TR"))
    return entries


def _backdrop(
    grey: Work, mask: Mapping[str, Any], group: Any, resources: Any
) -> list[float] | None:
    """Return the backdrop colour of a mask, in grey."""
    named = get(get(group, "/Group"), "/CS")
    space = GREY if named is None else read_space(named, get(group, "/Resources") or resources)
    if isinstance(space, PatternSpace):
        return None
    numbers = read_numbers(get(mask, "/BC"), space.count)
    return None if numbers is None else list(operands(grey.output.process(space, numbers)))


def _transfer(work: Work, function: Any) -> Ref:
    evaluate = read_function(function)
    samples = [evaluate((at / (MASK_SAMPLES - 1),))[0] for at in range(MASK_SAMPLES)]
    return work.output.sampled_function(samples, [MASK_SAMPLES], 1)
