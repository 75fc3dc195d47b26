"""Model of the key `press` of a layout or an office: a printing condition by name, or with options."""

from __future__ import annotations

from dataclasses import fields, replace
from enum import Enum
from typing import Annotated

from brochure.color.printing_condition import Intent
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.spec.constraints import Bounds
from brochure.spec.values import ConditionName

DEFAULT_PPI = 300.0
DEFAULT_QUALITY = 93
"""Distiller's "Maximum" scales the JPEG standard's tables to 15 % (QFactor 0.15); quality 93 scales them to 14 %."""


class Standard(Enum):
    """Standard of a press PDF: PDF/X-4 (ISO 15930-7) or PDF/X-1a:2003 (ISO 15930-4)."""

    X4 = "x-4"
    X1A = "x-1a"


class PictureColours(Enum):
    """Colours of the RGB pictures in a press PDF: the inks of the press, or RGB that the printer converts."""

    CMYK = "cmyk"
    RGB = "rgb"


class PreflightStop(Enum):
    """Severity of the preflight findings that stop a press build."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class ApprovalDemand(Enum):
    """Whether the pages of a press PDF must be approved."""

    REQUIRED = "required"
    OFF = "off"


DEFAULT_PROFILE = "sheetfed"


@dataclass(frozen=True, slots=True)
class PreflightSpec:
    """The preflight of press builds."""

    span: Span
    stop: Annotated[
        PreflightStop,
        "what stops a press build: error, warning (errors and warnings), or off (no preflight)",
    ] = PreflightStop.ERROR
    profile: Annotated[
        str,
        "profile: sheetfed, newsprint or digital, or a YAML file of the project, e.g. preflight.yaml",
    ] = DEFAULT_PROFILE


@dataclass(frozen=True, slots=True)
class PressSpec:
    """The printing condition, and how colours and images are converted to it."""

    span: Span
    condition: Annotated[
        ConditionName | None,
        "coated-fogra39, uncoated-fogra47, uncoated-fogra29, lwc-fogra45, newsprint-ifra26, coated-gracol, coated-swop, "
        "newsprint-snap, or an ICC profile in assets: `profiles/printer.icc` (default: coated-fogra39)",
    ] = None
    identifier: Annotated[
        str | None,
        "the printing condition that a profile in assets characterizes, by its name in a registry, e.g. FOGRA51 or "
        "CGATS21-2-CRPC6 (default: as the profile says, else Custom)",
    ] = None
    registry: Annotated[
        str | None,
        "registry of the identifier, as a URL (default: http://www.color.org, the ICC's, for its own names, such as FOGRA51; "
        "otherwise none)",
    ] = None
    standard: Annotated[
        Standard | None, "x-4, or x-1a for workflows without transparency (default: x-4)"
    ] = None
    intent: Annotated[
        Intent | None,
        "rendering intent of images: relative keeps the colours inside the gamut, perceptual compresses all of them "
        "(default: relative)",
    ] = None
    black_point_compensation: Annotated[
        bool | None, "map the darkest colour of an image to the darkest ink (default: yes)"
    ] = None
    pictures: Annotated[
        PictureColours | None,
        "cmyk: RGB pictures are converted to the press; rgb: they keep RGB with their ICC profile and the printer converts them, "
        "in x-4 only (default: cmyk)",
    ] = None
    total_ink_limit: Annotated[
        float | None,
        Bounds(100, 400),
        "total ink limit (total area coverage), percent (default: that of the printing condition)",
    ] = None
    ppi: Annotated[
        float | None,
        Bounds(72, 1200),
        "resolution to which images above 1.5 times this value are downsampled, pixels per inch (default: 300)",
    ] = None
    quality: Annotated[
        int | None,
        Bounds(50, 100),
        "JPEG quality of downsampled or colour-converted images, 50 to 100 (default: 93)",
    ] = None
    inks: Annotated[
        tuple[str, ...] | None,
        "inks of the job; check warns about any other plate: `[black, PANTONE 3025 C]` (default: any ink)",
    ] = None
    approval: Annotated[
        ApprovalDemand | None,
        "required: a press PDF is written only if every page is approved as it is (`brochure approve`); or off (default: off)",
    ] = None


def merge_press(
    layout: ConditionName | PressSpec | None, office: ConditionName | PressSpec | None
) -> PressSpec | None:
    """Return the press settings of an office's editions: its own, and the layout's where it has none.

    The layout's total ink limit, identifier and registry belong to its printing condition, so an office with another condition
    does not inherit them.
    """
    base, own = _as_spec(layout), _as_spec(office)
    if base is None or own is None:
        return own or base
    if own.condition and (not base.condition or own.condition.name != base.condition.name):
        base = replace(base, total_ink_limit=None, identifier=None, registry=None)
    given = {
        one.name: value for one in fields(own) if (value := getattr(own, one.name)) is not None
    }
    return replace(base, **given)


def find_forbidden_pictures(press: ConditionName | PressSpec | None) -> Finding | None:
    """Return an error if the settings ask for RGB pictures in a standard that has none; None if they do not."""
    if not isinstance(press, PressSpec) or press.pictures is not PictureColours.RGB:
        return None
    if press.standard is not Standard.X1A:
        return None
    message = "'pictures: rgb' with 'standard: x-1a'; PDF/X-1a has no RGB"
    return Finding("press-pictures", message, press.span, "write standard: x-4 or pictures: cmyk")


def _as_spec(press: ConditionName | PressSpec | None) -> PressSpec | None:
    return PressSpec(press.span, press) if isinstance(press, ConditionName) else press
