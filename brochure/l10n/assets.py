"""Locate and check the image files of an edition.

An office may replace images of the layout with its own. Missing and unusable files are reported as findings; no image is
decoded here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple

from cachetools import LRUCache

from brochure.errors import ImageError, InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, nearest
from brochure.images.probe import ImageInfo, examine
from brochure.l10n.office import Office
from brochure.l10n.references import Reference
from brochure.project import Project
from brochure.spec.values import Asset

VECTOR = ".svg"


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A raster image: its file name in the project and its properties."""

    name: str
    facts: ImageInfo


@dataclass(frozen=True, slots=True)
class VectorFile:
    """A vector image (SVG): its file name in the project and the digest of its content."""

    name: str
    digest: bytes


def find_assets(
    named: Sequence[Reference],
    project: Project,
    office: Office | None,
    findings: list[Finding],
) -> tuple[dict[str, ImageFile], dict[str, VectorFile]]:
    """Return the raster and the vector images of an edition, by their path in the layout.

    Args:
        named: The references of the layout.
        project: The project that holds the files.
        office: The office whose images replace those of the layout.
        findings: Receives a finding for each missing or unusable file.
    """
    own = office.pictures if office else {}
    assets = {ref.path: own.get(ref.path, ref) for ref in reversed(named) if isinstance(ref, Asset)}
    for path in own.keys() - assets.keys():
        message = f"the layout does not use an image '{path}' to replace"
        findings.append(Finding("picture-unknown", message, own[path].span, nearest(path, assets)))
    files = {
        path: name for path, ref in assets.items() if (name := _locate(ref, project, findings))
    }
    pictures = {
        path: picture
        for path, name in files.items()
        if not name.lower().endswith(VECTOR)
        and (picture := _read_image(assets[path], name, project, findings))
    }
    vectors = {
        path: VectorFile(name, digest)
        for path, name in files.items()
        if name.lower().endswith(VECTOR) and (digest := _digest(name, project, findings))
    }
    return pictures, vectors


def _locate(ref: Asset, project: Project, findings: list[Finding]) -> str | None:
    name = project.asset(ref.path)
    if name is None:
        existing = [path.removeprefix("assets/") for path in project.listing("assets")]
        hint = nearest(ref.path, existing) if existing else "add it to the project's assets folder"
        findings.append(
            Finding("asset-missing", f"file 'assets/{ref.path}' not found", ref.span, hint)
        )
    return name


def _read_image(
    ref: Asset, name: str, project: Project, findings: list[Finding]
) -> ImageFile | None:
    try:
        return ImageFile(name, _read_facts(name, project))
    except ImageError as failure:
        message = f"{project.label(name)} cannot be used: {failure}"
        findings.append(Finding("picture-unreadable", message, ref.span))
    except InputError as failure:
        findings.extend(failure.findings)
    return None


FACTS: LRUCache[bytes, ImageInfo] = LRUCache(1000)
"""Image properties by the digest of the file."""


def _read_facts(name: str, project: Project) -> ImageInfo:
    digest = project.digest(name)
    facts = FACTS.get(digest) or _read_cached_facts(name, digest, project)
    FACTS[digest] = facts
    return facts


def _read_cached_facts(name: str, digest: bytes, project: Project) -> ImageInfo:
    """Return the properties from the disk cache, so that the imaging library need not be loaded; else examine the file."""
    key = f"facts-{FACTS_VERSION}-{digest.hex()}"
    kept = project.kept(key)
    if kept is not None:
        try:
            return ImageInfo(*json.loads(bytes(kept)))
        except (ValueError, TypeError):
            pass  # an entry of another format version; it is overwritten below
    facts = examine(project.read(name))
    project.keep(key, json.dumps(astuple(facts)).encode())
    return facts


FACTS_VERSION = 2
"""Format version of the cache entries; increase it when `examine` returns different properties."""


def _digest(name: str, project: Project, findings: list[Finding]) -> bytes | None:
    try:
        return project.digest(name)
    except InputError as failure:
        findings.extend(failure.findings)
    return None
