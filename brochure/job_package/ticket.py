"""The job ticket: what the printer must know about an edition, as data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from brochure import __version__
from brochure.build_values import ImposedEdition, LaidOut
from brochure.color.convert import in_ink
from brochure.color.swatch import Cmyk, Colour, Spot
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.geometry import MM
from brochure.imposition.schemes import ImpositionOptions
from brochure.job_package.sources import FontFile
from brochure.layout.spreads import folded_spreads, spine_width
from brochure.model.display_list import DropShadow
from brochure.preflight.model import ImageObject
from brochure.preflight.page_objects import collect_page_objects
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.inks import find_inks
from brochure.project import Project
from brochure.spec.finishing import JobDetails, merge_job
from brochure.spec.model import Layout
from brochure.spec.printing_condition import Standard

STANDARDS = {Standard.X4: "PDF/X-4", Standard.X1A: "PDF/X-1a:2003"}


@dataclass(frozen=True)
class TicketSubject:
    """What a ticket describes.

    Attributes:
        imposed: The edition on the sheets of its press PDF.
        project: The project, for the files that are placed on its pages.
        date: The date of the press PDF.
        fonts: The font files of the edition.
        findings: The findings of its preflight.
        profile: The name of the preflight profile.
        files: The other files of the package by name.
        imposition: How its sheets are imposed, if they are in the package.
        is_draft: True for a draft, which must not be printed.
    """

    imposed: ImposedEdition
    project: Project
    date: str
    fonts: Sequence[FontFile]
    findings: Sequence[Finding]
    profile: str
    files: Mapping[str, bytes]
    imposition: ImpositionOptions | None = None
    is_draft: bool = False

    @property
    def made(self) -> LaidOut:
        """The edition's pages."""
        return self.imposed.made


def describe_job(subject: TicketSubject) -> dict[str, Any]:
    """Return the job ticket. Lengths are in millimetres; what is not known is null."""
    edition, layout = subject.made.edition, subject.made.edition.layout
    job = merge_job(layout.job, edition.office.job if edition.office else None)
    return {
        "format": 1,
        "brochure": layout.brochure,
        "title": edition.words(layout.title) or layout.brochure,
        "language": edition.language,
        "office": edition.office.office if edition.office else None,
        "date": subject.date,
        "draft": subject.is_draft,
        "contact": job.contact,
        "quantity": job.quantity,
        "trim": {"width": _mm(layout.size.width), "height": _mm(layout.size.height)},
        "flat": _flat_size(layout),
        "bleed": _mm(layout.bleed.points),
        "pages": subject.made.count,
        "binding": layout.binding.value,
        "binding_edge": _binding_edge(subject.made),
        "spine": _mm(spine_width(layout)) if layout.spine else None,
        "paper": _describe_paper(subject.made, job),
        "finishing": job.finishing,
        "note": job.note,
        "press": _describe_press(subject.made.work),
        "inks": _describe_inks(subject.made),
        "lowest_resolution": _find_lowest_resolution(subject.made, subject.project),
        "fonts": [one for font in subject.fonts for one in _describe_font(font)],
        "preflight": _describe_preflight(subject),
        "imposition": _describe_imposition(subject.imposition),
        "files": [_describe_file(name, data) for name, data in sorted(subject.files.items())],
        "creator": f"brochure {__version__}",
    }


def _mm(points: float) -> float:
    return round(points / MM, 2)


def _flat_size(layout: Layout) -> dict[str, float] | None:
    """Return the size of a folded sheet before it is folded; None if there is none."""
    if not layout.binding.folded:
        return None
    outside = folded_spreads(layout)[0]
    width = sum(panel.width for panel in outside)
    return {"width": _mm(width), "height": _mm(layout.size.height)}


def _binding_edge(made: LaidOut) -> str | None:
    if not made.edition.layout.binding.bound:
        return None
    return "left" if made.edition.left_to_right else "right"


def _describe_paper(made: LaidOut, job: JobDetails) -> dict[str, Any]:
    layout = made.edition.layout
    paper, cover = layout.paper, layout.paper.cover
    has_cover = bool(job.cover_paper or cover or layout.spine)
    return {
        "stock": job.paper,
        "caliper": _mm(paper.caliper.points),
        "cover_stock": (job.cover_paper or job.paper) if has_cover else None,
        "cover_caliper": _mm((cover or paper.caliper).points) if has_cover else None,
    }


def _describe_press(work: EditionCondition) -> dict[str, Any]:
    condition = work.condition
    return {
        "standard": STANDARDS[work.standard],
        "condition": condition.name,
        "identifier": condition.identifier,
        "registry": condition.registry or None,
        "about": condition.about,
        "profile": condition.profile.description,
        "pictures": "rgb" if work.keeps_rgb else "cmyk",
        "total_ink_limit": round(100 * condition.ink_limit),
    }


def _describe_inks(made: LaidOut) -> list[dict[str, Any]]:
    condition = made.work.condition
    inks = find_inks(made.pages, condition)
    return [
        {
            "name": name,
            "kind": "spot" if isinstance(ink, Spot) else "process",
            "alternate": _describe_cmyk(in_ink(ink.alternate, condition))
            if isinstance(ink, Spot)
            else None,
        }
        for name, ink in inks.items()
    ]


def _describe_cmyk(colour: Colour) -> str:
    """Return the inks as a layout writes them, in percent."""
    if not isinstance(colour, Cmyk):
        return ""
    return "cmyk " + " ".join(
        f"{100 * part:.0f}" for part in (colour.c, colour.m, colour.y, colour.k)
    )


def _find_lowest_resolution(made: LaidOut, project: Project) -> dict[str, Any] | None:
    """Return the image with the lowest effective resolution in the press PDF; shadows and drawings have none."""
    pages = [
        replace(page, items=tuple(one for one in page.items if not isinstance(one, DropShadow)))
        for page in made.pages
    ]
    content = collect_page_objects(pages, made.edition.layout, made.work, project).pages
    images = [
        one
        for page in content
        for one in page.objects
        if isinstance(one, ImageObject) and not one.needs_alt_text
    ]
    if not images:
        return None
    lowest = min(images, key=lambda one: (min(one.ppi), one.location.page, one.name))
    ppi = min(lowest.ppi)
    is_reduced = ppi > MAX_RATIO * made.work.ppi
    return {
        "ppi": round(made.work.ppi if is_reduced else ppi),
        "image": lowest.name,
        "page": lowest.location.page,
    }


MAX_RATIO = 1.5
"""Images above this multiple of the press's resolution are downsampled to it."""


def _describe_font(font: FontFile) -> Iterable[dict[str, Any]]:
    for program in font.programs:
        yield {
            "family": program.family,
            "file": font.name,
            "licence": font.licence.text or None,
            "licence_url": font.licence.url or None,
            "fs_type": font.licence.fs_type,
            "usage": font.licence.usage,
        }


def _describe_preflight(subject: TicketSubject) -> dict[str, Any]:
    severities = [finding.severity for finding in subject.findings]
    counts = {f"{one.value}s": severities.count(one) for one in Severity}
    return {"profile": subject.profile, **counts}


def _describe_imposition(options: ImpositionOptions | None) -> dict[str, Any] | None:
    if options is None:
        return None
    paper = options.paper
    return {
        "scheme": options.scheme.value,
        "paper": {"width": _mm(paper[0]), "height": _mm(paper[1])} if paper else None,
        "signature_pages": options.section or None,
        "up": options.signature.up or None,
    }


def _describe_file(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
