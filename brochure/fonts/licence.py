"""What the licence of a font permits, as its tables state it (OpenType 1.9: name, OS/2)."""

from __future__ import annotations

import uharfbuzz as hb

from brochure.fast_dataclass import dataclass
from brochure.fonts.face import OS2_FS_TYPE, USAGE_BITS, Program

USAGES = {
    0x0: "installable: may be embedded and passed on",
    0x2: "restricted: may not be embedded",
    0x4: "preview and print: may be embedded, not passed on",
    0x8: "editable: may be embedded, not passed on",
}
"""Meanings of the usage permissions of fsType; the least restrictive one that is set applies."""
NO_SUBSETTING, BITMAPS_ONLY = 0x0100, 0x0200


@dataclass(frozen=True, slots=True)
class FontLicence:
    """The licence of a font: its text, its address, and the bits of fsType (None: the font has none)."""

    text: str
    url: str
    fs_type: int | None

    @property
    def usage(self) -> str:
        """The permissions in words."""
        if self.fs_type is None:
            return "not stated"
        bits = self.fs_type & USAGE_BITS
        usage = next((USAGES[bit] for bit in (0x8, 0x4, 0x2) if bits & bit), USAGES[0])
        more = ", no subsetting" * bool(self.fs_type & NO_SUBSETTING) + ", bitmaps only" * bool(
            self.fs_type & BITMAPS_ONLY
        )
        return usage + more

    @property
    def may_be_passed_on(self) -> bool:
        """Whether the font file may be given to others, which only installable embedding permits."""
        return self.fs_type is not None and not self.fs_type & (USAGE_BITS | BITMAPS_ONLY)


def read_licence(program: Program) -> FontLicence:
    """Return the licence of a font program."""
    table = program.table("OS/2")
    fs_type = OS2_FS_TYPE.unpack_from(table)[1] if len(table) >= OS2_FS_TYPE.size else None
    ids = hb.OTNameIdPredefined
    return FontLicence(_name(program, ids.LICENSE), _name(program, ids.LICENSE_URL), fs_type)


def _name(program: Program, name_id: hb.OTNameIdPredefined) -> str:
    """Return a name in English, else in the first language that has it, without line breaks."""
    tags = [entry.language for entry in program.hb.list_names() if entry.name_id == name_id]
    names = {tag: program.hb.get_name(name_id, tag) or "" for tag in tags}
    return " ".join((names.get("en") or next(iter(names.values()), "")).split())
