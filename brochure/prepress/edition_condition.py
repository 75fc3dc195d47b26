"""The press of an edition: whose condition holds, and whether its profile can be worked with.

Takes a layout, an office and the project; gives `EditionCondition`, the condition with the standard that its PDF keeps to, and
what is wrong: a profile that is not there or cannot be used, swatches with more ink than the paper takes. The office's
press wins over the layout's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from brochure.color.icc_profile import IccProfile, IccProfileError, read_press_profile
from brochure.color.printing_condition import DEFAULT, SHIPPED, PressCondition, shipped_condition
from brochure.color.total_ink import total
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, nearest
from brochure.l10n.office import Office
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.spec.printing_condition import DEFAULT_PPI, DEFAULT_QUALITY, PressSpec, Standard
from brochure.spec.values import ConditionName

OWN_LIMIT = 3.0
"""The most ink where a printer's own profile is named and nothing is said: what sheetfed offset on coated paper takes."""
OLD_ICC = (2, 99)
"""PDF 1.4, which X-1a is, knows profiles of version 2 only (PDF Reference 1.4, table 4.16)."""


@dataclass(frozen=True, slots=True)
class EditionCondition:
    """The press condition of an edition, the standard of its press PDF, and the resolution and JPEG quality of its images."""

    condition: PressCondition
    standard: Standard = Standard.X4
    ppi: float = DEFAULT_PPI
    quality: int = DEFAULT_QUALITY


def resolve_condition(
    layout: Layout, office: Office | None, project: Project
) -> tuple[EditionCondition, tuple[Finding, ...]]:
    """The edition's press, and all that is wrong with it."""
    said = (office.press if office else None) or layout.press
    if said is None:
        work = EditionCondition(shipped_condition(DEFAULT))
        return work, tuple(_heavy(layout, work))
    name = said.condition if isinstance(said, PressSpec) else said
    found: list[Finding] = []
    condition = _condition(name, project, found) if name else shipped_condition(DEFAULT)
    work = _as_said(condition, said)
    if name and work.standard is Standard.X1A and condition.profile.version > OLD_ICC:
        message = f"x-1a needs a profile of ICC version 2; '{name.name}' is of version 4"
        found.append(Finding("profile-version", message, name.span, "use x-4, or another profile"))
    return work, (*found, *_heavy(layout, work))


def _as_said(condition: PressCondition, said: ConditionName | PressSpec) -> EditionCondition:
    if isinstance(said, ConditionName):
        return EditionCondition(condition)
    limit = condition.ink_limit if said.total_ink_limit is None else said.total_ink_limit / 100
    condition = replace(
        condition, intent=said.intent, black_point=said.black_point_compensation, ink_limit=limit
    )
    return EditionCondition(condition, said.standard, said.ppi, said.quality)


def _condition(name: ConditionName, project: Project, found: list[Finding]) -> PressCondition:
    """The condition of that name; the usual one where its profile cannot be used."""
    if name.name in SHIPPED:
        return shipped_condition(name.name)
    profile = _own_profile(name, project, found)
    if profile is None:
        return shipped_condition(DEFAULT)
    stem = name.name.rpartition("/")[2].rpartition(".")[0]
    about = profile.description or stem
    return PressCondition(name.name, profile, "Custom", about, ink_limit=OWN_LIMIT)


def _own_profile(name: ConditionName, project: Project, found: list[Finding]) -> IccProfile | None:
    file = project.asset(name.name)
    if file is None:
        there = [path.removeprefix("assets/") for path in project.listing("assets")]
        hint = nearest(name.name, there) if there else "put it into the project's assets folder"
        message = f"there is no file '{name.name}' in assets"
        found.append(Finding("asset-missing", message, name.span, hint))
        return None
    try:
        return read_press_profile(project.read(file))
    except IccProfileError as problem:
        message = f"{project.label(file)} cannot be used as a press profile: {problem}"
        hint = "ask the printer for the ICC profile of the paper"
        found.append(Finding("profile-unusable", message, name.span, hint))
        return None


def _heavy(layout: Layout, work: EditionCondition) -> Iterator[Finding]:
    """Swatches in process inks with more ink than the condition takes; they are printed as they are written."""
    limit = work.condition.ink_limit
    for swatch in layout.swatches.values():
        ink = total(swatch.paint.colour)
        if ink > limit + 1e-6:
            message = (
                f"swatch '{swatch.name}' lays on {ink:.0%} of ink, "
                f"more than the {limit:.0%} that {work.condition.name} takes"
            )
            hint = "take from its coloured inks what its black can give"
            yield Finding("ink-limit", message, swatch.span, hint, Severity.WARNING)
