"""Reads processing steps: layers with lines for cutting and folding, varnishes and the like (ISO 19593-1)."""

from __future__ import annotations

from typing import Any

from brochure.pdf_input.values import get, get_array, get_text

METADATA, GROUP, TYPE = "/GTS_Metadata", "/GTS_ProcStepsGroup", "/GTS_ProcStepsType"


def is_step(layer: Any) -> bool:
    """Return whether an optional content group is a processing step."""
    return isinstance(get(layer, METADATA), dict)


def name_of_step(layer: Any) -> str:
    """Return the group and the type of a processing step, such as `Structural/Cutting`."""
    names = (get_text(get(layer, METADATA), key).removeprefix("/") for key in (GROUP, TYPE))
    return "/".join(filter(None, names)) or "?"


def find_step(layer: Any) -> str:
    """Return the name of the processing step that optional content belongs to; empty if it belongs to none.

    Membership dictionaries are of the first of their groups that is a step (ISO 32000-1, 8.11.2.2).
    """
    if not isinstance(layer, dict):
        return ""
    groups = get(layer, "/OCGs")
    members = groups if isinstance(groups, dict) else None
    listed = get_array(layer, "/OCGs") or ([members] if members else [layer])
    return next((name_of_step(one) for one in listed if is_step(one)), "")
