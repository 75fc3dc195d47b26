"""Resolve an edition's press condition: the office's own, else the layout's, else the default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from brochure.color.icc_profile import IccProfile, IccProfileError, read_press_profile
from brochure.color.printing_condition import (
    DEFAULT,
    REGISTERED,
    REGISTRY,
    SHIPPED,
    PressCondition,
    shipped_condition,
)
from brochure.color.swatch import list_colours
from brochure.color.total_ink import total
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, nearest
from brochure.l10n.office import Office
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.printing_condition import (
    DEFAULT_PPI,
    DEFAULT_QUALITY,
    PictureColours,
    PressSpec,
    Standard,
    find_forbidden_pictures,
    merge_press,
)
from brochure.spec.values import ConditionName

DEFAULT_INK_LIMIT = 3.0
"""Total ink limit of a custom profile, if none is given: that of sheetfed offset on coated paper (300 %)."""
UNREGISTERED = "Custom"
"""Identifier of the printing condition of a custom profile, if none is given (ISO 32000-1, table 365)."""
X1A_ICC_VERSION = (2, 99)
"""PDF 1.4, the version of PDF/X-1a, supports ICC profiles of version 2 only (PDF Reference 1.4, table 4.16)."""


@dataclass(frozen=True, slots=True)
class EditionCondition:
    """Press condition of an edition, standard of its press PDF, and resolution and JPEG quality of its images.

    `inks` are the inks that the job is printed in; empty if any may be used. `pictures` are the colours of RGB pictures.
    """

    condition: PressCondition
    standard: Standard = Standard.X4
    ppi: float = DEFAULT_PPI
    quality: int = DEFAULT_QUALITY
    inks: tuple[str, ...] = ()
    pictures: PictureColours = PictureColours.CMYK

    @property
    def keeps_rgb(self) -> bool:
        """True if RGB pictures stay RGB in the press PDF, for the printer to convert."""
        return self.pictures is PictureColours.RGB and self.standard is Standard.X4

    @property
    def picture_condition(self) -> PressCondition:
        """The condition for plates and ink of pictures; the printer's conversion has no other limit than the profile's."""
        return replace(self.condition, ink_limit=MAX_INK) if self.keeps_rgb else self.condition


MAX_INK = 4.0
"""Total ink of all four process inks in full."""


def resolve_condition(
    layout: Layout, office: Office | None, project: Project
) -> tuple[EditionCondition, tuple[Finding, ...]]:
    """Return the edition's press condition, and the findings on it and on swatches that exceed its ink limit."""
    spec = merge_press(layout.press, office.press if office else None)
    found: list[Finding] = []
    name = spec.condition if spec else None
    condition = _condition(name, project, found) if name else shipped_condition(DEFAULT)
    found += _identifier_findings(condition, spec)
    if office and office.press and (forbidden := find_forbidden_pictures(spec)):
        found.append(forbidden)  # those of the layout alone are found when it is read
    resolved = _apply_spec(condition, spec) if spec else EditionCondition(condition)
    if name and resolved.standard is Standard.X1A and condition.profile.version > X1A_ICC_VERSION:
        message = f"x-1a requires an ICC profile of version 2; '{name.name}' has version 4"
        found.append(Finding("profile-version", message, name.span, "use x-4 or another profile"))
    return resolved, (*found, *_ink_limit_findings(layout, resolved))


def _apply_spec(condition: PressCondition, spec: PressSpec) -> EditionCondition:
    limit = None if spec.total_ink_limit is None else spec.total_ink_limit / 100
    conversion = _drop_unset(
        **_identification(condition, spec),
        intent=spec.intent,
        black_point=spec.black_point_compensation,
        ink_limit=limit,
    )
    output = _drop_unset(
        standard=spec.standard,
        ppi=spec.ppi,
        quality=spec.quality,
        inks=spec.inks,
        pictures=spec.pictures,
    )
    return EditionCondition(replace(condition, **conversion), **output)


def _identification(condition: PressCondition, spec: PressSpec) -> dict[str, str]:
    """Return the identifier and the registry that the layout gives to a profile of its own."""
    if condition.name in SHIPPED or spec.identifier is None:
        return {}
    default = REGISTRY if REGISTERED.fullmatch(spec.identifier) else ""
    return {"identifier": spec.identifier, "registry": spec.registry or default}


def _identifier_findings(condition: PressCondition, spec: PressSpec | None) -> Iterator[Finding]:
    """Yield an error for an identifier that does not belong to a profile of the project."""
    if spec is None or (spec.identifier is None and spec.registry is None):
        return
    if spec.condition and spec.condition.name not in SHIPPED:
        if spec.identifier is None:
            message = "'registry' without 'identifier'; the registry is that of the identifier"
            yield Finding("press-identifier", message, spec.span, "add e.g. identifier: FOGRA51")
        return
    message = (
        f"'identifier' and 'registry' are for an ICC profile in assets; {condition.name} is "
        f"{condition.identifier}"
    )
    hint = "remove them, or name the profile: condition: profiles/printer.icc"
    yield Finding("press-identifier", message, spec.span, hint)


def _drop_unset(**settings: object) -> dict[str, Any]:
    """Return the settings that have a value; the others keep their defaults."""
    return {name: value for name, value in settings.items() if value is not None}


def _condition(name: ConditionName, project: Project, found: list[Finding]) -> PressCondition:
    """Return the condition of that name; the default if its profile cannot be used."""
    if name.name in SHIPPED:
        return shipped_condition(name.name)
    profile = _own_profile(name, project, found)
    if profile is None:
        return shipped_condition(DEFAULT)
    stem = name.name.rpartition("/")[2].rpartition(".")[0]
    about = profile.description or stem
    identifier = profile.registered or UNREGISTERED
    registry = REGISTRY if profile.registered else ""
    return PressCondition(
        name.name, profile, identifier, about, registry, ink_limit=DEFAULT_INK_LIMIT
    )


def _own_profile(name: ConditionName, project: Project, found: list[Finding]) -> IccProfile | None:
    file = project.asset(name.name)
    if file is None:
        available = [path.removeprefix("assets/") for path in project.listing("assets")]
        hint = (
            nearest(name.name, available)
            if available
            else "put it into the project's assets folder"
        )
        message = f"file '{name.name}' not found in assets"
        found.append(Finding("asset-missing", message, name.span, hint))
        return None
    try:
        return read_press_profile(project.read(file))
    except IccProfileError as problem:
        message = f"{project.label(file)} cannot be used as a press profile: {problem}"
        hint = "ask the printer for the ICC profile of the paper"
        found.append(Finding("profile-unusable", message, name.span, hint))
        return None


def _ink_limit_findings(layout: Layout, resolved: EditionCondition) -> Iterator[Finding]:
    """Yield a warning for each swatch that exceeds the condition's total ink limit; it is printed unchanged."""
    limit = resolved.condition.ink_limit
    for swatch in layout.swatches.values():
        ink = max(total(colour) for colour in list_colours(swatch.paint))
        if ink > limit + 1e-6:
            message = (
                f"swatch '{swatch.name}': total ink {ink:.0%}, "
                f"limit {limit:.0%} for {resolved.condition.name}"
            )
            hint = "reduce cyan, magenta and yellow in favour of black"
            yield Finding("ink-limit", message, swatch.span, hint, Severity.WARNING)
