"""Converts external objects of artwork: forms (ISO 32000-1, 8.10) with their transparency groups (11.6.6), and pictures."""

from __future__ import annotations

from typing import Any

from brochure.artwork.output import LUMINOSITY
from brochure.artwork.pictures import convert_picture
from brochure.artwork.syntax import Ref
from brochure.artwork.work import Work
from brochure.pdf_input.values import get, get_numbers, get_text, read_boolean

FORM = {"Type": "/XObject", "Subtype": "/Form", "FormType": 1}


def convert_xobject(work: Work, xobject: Any, resources: Any, *, is_coloured: bool) -> Ref | None:
    """Return a form or picture; None for objects of other kinds, such as PostScript."""
    if not hasattr(xobject, "get_data"):
        return None
    kind = get_text(xobject, "/Subtype")
    if kind == "/Form":
        return convert_form(work, xobject, resources, is_coloured=is_coloured)
    if kind == "/Image":
        return convert_picture(work, xobject, resources, is_coloured=is_coloured)
    return None


def convert_form(
    work: Work, form: Any, resources: Any, *, is_coloured: bool, is_mask: bool = False
) -> Ref:
    """Return a form; that of a soft mask is a group in grey."""
    key = ("form", id(form), is_coloured, is_mask)
    made = work.made.get(key)
    if made is None:
        work.enter()
        own = get(form, "/Resources")
        data, used = work.rewrite(
            work, form, resources if own is None else own, is_coloured=is_coloured
        )
        work.leave()
        entries: dict[str, Any] = {
            **FORM,
            "BBox": list(get_numbers(form, "/BBox", 4) or (-16000, -16000, 16000, 16000)),
            "Matrix": list(get_numbers(form, "/Matrix", 6) or (1, 0, 0, 1, 0, 0)),
            "Resources": used,
        }
        group = get(form, "/Group")
        if is_mask or (get_text(group, "/S") == "/Transparency" and _keeps_groups(work)):
            entries["Group"] = group_entries(work, group)
        made = work.made[key] = work.objects.add_stream(entries, data)
    return made


def _keeps_groups(work: Work) -> bool:
    """Return whether groups make a difference: only on pages with transparency, which a standard may not allow."""
    return work.target.is_group or work.target.plate == LUMINOSITY


def group_entries(work: Work, group: Any) -> dict[str, Any]:
    """Return a transparency group that blends in the colours of the output."""
    entries: dict[str, Any] = {"Type": "/Group", "S": "/Transparency"}
    is_isolated = read_boolean(get(group, "/I"))
    if is_isolated:
        entries["I"] = True
    if read_boolean(get(group, "/K")):
        entries["K"] = True
    if is_isolated or work.target.plate == LUMINOSITY:
        entries["CS"] = "/DeviceGray" if work.target.plate else work.output.device
    return entries
