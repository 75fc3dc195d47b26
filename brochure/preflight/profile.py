"""Preflight profiles: the severity and the limits of each check, and the built-in ones.

The defaults of the checks are the requirements of the Ghent Workgroup for sheetfed offset (2015 edition) with common figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.findings import Severity
from brochure.preflight.checks import CHECKS
from brochure.preflight.relays import RELAYS


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A profile's settings for one check: its severity (None: the check's default), whether it is off, and its limits."""

    severity: Severity | None = None
    off: bool = False
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreflightProfile:
    """A named set of rules; checks without a rule keep their defaults.

    `standard` is the PDF/X standard that a finished file must satisfy, whatever it declares; empty for the one that it declares.
    """

    name: str
    about: str
    rules: Mapping[str, CheckRule] = field(default_factory=dict)
    standard: str = ""

    def rule(self, check: str) -> CheckRule:
        """Return the rule for a check."""
        return self.rules.get(check, CheckRule())


def _set_limits(**limits: float) -> CheckRule:
    return CheckRule(limits=limits)


SWITCHED_OFF = CheckRule(off=True)
PROFILES = {
    "sheetfed": PreflightProfile(
        "sheetfed",
        "Sheetfed offset: the requirements of the Ghent Workgroup with common figures",
    ),
    "newsprint": PreflightProfile(
        "newsprint",
        "Coldset on newsprint: coarse screens, little ink, soft paper",
        {
            "picture-resolution": _set_limits(min=100, target=150),
            "picture-enlarged": _set_limits(ppi=200),
            "plate-count": CheckRule(Severity.ERROR, limits={"spots": 0}),
            "thin-fill": _set_limits(width=0.35, several=0.75),
            "text-stroked": _set_limits(width=0.35, several=0.75),
            "ink-total": _set_limits(max=240),
            "ink-rendered": _set_limits(max=240),
            "hairline": _set_limits(width=0.35, several=0.75),
            "text-small": _set_limits(size=7),
            "text-inks": _set_limits(size=12, inks=1),
            "text-reversed": _set_limits(size=9),
        },
    ),
    "digital": PreflightProfile(
        "digital",
        "Digital presses: toner or inkjet, with RGB allowed and without plates for spot inks",
        {
            "picture-resolution": _set_limits(min=120, target=200),
            "colour-space": SWITCHED_OFF,
            "ink-total": CheckRule(Severity.WARNING),
            "spot-unused": CheckRule(Severity.NOTE),
            "plate-count": SWITCHED_OFF,
            "overprint-mode": CheckRule(Severity.NOTE),
            "grey-overprint": SWITCHED_OFF,
            "text-inks": CheckRule(Severity.NOTE),
        },
    ),
}
PROFILES["screen"] = PreflightProfile(
    "screen",
    "Files for the screen: contrast and alternate text are checked, ink and paper are not",
    {
        "contrast": _set_limits(min=4.5, large=3),
        "picture-resolution": _set_limits(min=72, target=96),
        "picture-enlarged": _set_limits(ppi=96),
        "figure-alt": CheckRule(Severity.ERROR),
        **dict.fromkeys(
            (
                *("annotations", "black-knockout", "bleed", "boxes", "colour-space"),
                *("default-date", "font-subset", "gutter", "hairline", "ink-rendered"),
                *("ink-total", "layers", "metadata", "picture-resolution-high"),
                *("page-count", "pdfx", "pdfx-identification", "object-streams", "output-intent"),
                *("safety", "spot-names", "spot-unused", "plate-count", "spot-alternates"),
                *("text-inks", "text-reversed", "text-stroked", "thin-fill", "transparency"),
                *("white-overprint", "overprint-mode", "grey-overprint", "icc-cmyk"),
                *(
                    "blend-space",
                    "transparency-group",
                    "processing-step-ink",
                    "line-art-resolution",
                ),
                *("compression", "opi", "halftone", "transfer-function", "file-id"),
            ),
            SWITCHED_OFF,
        ),
    },
)
STANDARD_CHECKS = (
    *("pdfx", "pdfx-identification", "file-id", "object-streams", "file-structure"),
    *("output-intent", "metadata", "locked", "actions", "annotations", "attachments", "layers"),
    *("boxes", "font-embedded", "glyph-missing", "colour-space", "icc-cmyk", "spot-alternates"),
    *("transparency", "transparency-group", "blend-space", "compression", "opi", "postscript"),
    *("transfer-function", "halftone", "image-alternates", "reference-xobject", "external-stream"),
    *("content-syntax", "content-damaged", "object-types"),
)
"""Checks of what a PDF/X standard requires."""
HOUSE_CHECKS = (
    *("bleed", "safety", "gutter", "text-screened", "picture-enlarged", "picture-stretched"),
    *("picture-resolution-high", "spot-unused", "finishing-on-screen", "default-date", "layers"),
    *("font-subset", "placeholder", "page-multiple", "ink-total", "contrast", "alt-text"),
    *("contrast-on-picture", "figure-alt", "halftone"),
)
"""Checks that the Ghent Workgroup does not require."""


def _make_standard_profile(name: str) -> PreflightProfile:
    """Return the profile with the rules of a PDF/X standard alone."""
    title = f"PDF/{name.replace('x', 'X')}"
    others = [one for one in CHECKS if one not in STANDARD_CHECKS]
    off = dict.fromkeys((*others, *RELAYS), SWITCHED_OFF)
    rules = off | (
        {"layers": SWITCHED_OFF} if name == "x-4" else {"layers": CheckRule(Severity.ERROR)}
    )
    if name == "x-1a":
        rules["colour-space"] = _set_limits(calibrated=0)
    else:
        rules["icc-cmyk"] = SWITCHED_OFF
    about = f"The requirements of {title}, whatever the file declares, and no others"
    return PreflightProfile(name, about, rules, name)


PROFILES |= {name: _make_standard_profile(name) for name in ("x-1a", "x-3", "x-4")}
PROFILES["gwg"] = PreflightProfile(
    "gwg",
    "The Ghent Workgroup's requirements of 2022 for sheetfed offset in CMYK and spot inks (SheetSpot CMYK), and PDF/X-4",
    {
        **dict.fromkeys(HOUSE_CHECKS, SWITCHED_OFF),
        "colour-space": _set_limits(calibrated=0),
        "ink-rendered": CheckRule(Severity.WARNING),
        "page-empty": CheckRule(Severity.WARNING),
        "page-size": CheckRule(Severity.WARNING),
        "registration-ink": CheckRule(Severity.WARNING),
    },
    "x-4",
)
DEFAULT = "sheetfed"
