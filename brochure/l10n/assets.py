"""Assets: the pictures and drawings of an edition, found and looked at.

Takes what the layout names and what an office has put in its place; gives the files by the path that the layout names, and
findings for those that are missing or cannot be used. Nothing is decoded here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, nearest
from brochure.images.probe import ImageError, ImageInfo, examine
from brochure.l10n.office import Office
from brochure.l10n.references import Reference
from brochure.project import Project
from brochure.spec.values import Asset
from brochure.system.lru_cache import LruCache

VECTOR = ".svg"


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A picture of the edition: the name under which the project reads it, and what is in it."""

    name: str
    facts: ImageInfo


@dataclass(frozen=True, slots=True)
class VectorFile:
    """A drawing of the edition: the name under which the project reads it, and the digest of what it reads."""

    name: str
    digest: bytes


def find_assets(
    named: Sequence[Reference],
    project: Project,
    office: Office | None,
    found: list[Finding],
) -> tuple[dict[str, ImageFile], dict[str, VectorFile]]:
    """Pictures and drawings by the path that the layout names; an office may have put its own in their place."""
    own = office.pictures if office else {}
    assets = {ref.path: own.get(ref.path, ref) for ref in reversed(named) if isinstance(ref, Asset)}
    for path in own.keys() - assets.keys():
        message = f"the layout has no picture '{path}' that this one could stand for"
        found.append(Finding("picture-unknown", message, own[path].span, nearest(path, assets)))
    files = {path: name for path, ref in assets.items() if (name := _file(ref, project, found))}
    pictures = {
        path: picture
        for path, name in files.items()
        if not name.lower().endswith(VECTOR)
        and (picture := _picture(assets[path], name, project, found))
    }
    vectors = {
        path: VectorFile(name, digest)
        for path, name in files.items()
        if name.lower().endswith(VECTOR) and (digest := _digest(name, project, found))
    }
    return pictures, vectors


def _file(ref: Asset, project: Project, found: list[Finding]) -> str | None:
    name = project.asset(ref.path)
    if name is None:
        there = [path.removeprefix("assets/") for path in project.listing("assets")]
        hint = nearest(ref.path, there) if there else "put it into the project's assets folder"
        found.append(
            Finding("asset-missing", f"there is no file '{ref.path}' in assets", ref.span, hint)
        )
    return name


def _picture(ref: Asset, name: str, project: Project, found: list[Finding]) -> ImageFile | None:
    try:
        return ImageFile(name, _examined(name, project))
    except ImageError as failure:
        message = f"{project.label(name)} cannot be used: {failure}"
        found.append(Finding("picture-unreadable", message, ref.span))
    except InputError as failure:
        found.extend(failure.findings)
    return None


FACTS: LruCache[bytes, ImageInfo] = LruCache(1000)
"""What is in pictures, by the digests of their files."""


def _examined(name: str, project: Project) -> ImageInfo:
    digest = project.digest(name)
    facts = FACTS.get(digest) or _kept_facts(name, digest, project)
    FACTS.put(digest, facts)
    return facts


def _kept_facts(name: str, digest: bytes, project: Project) -> ImageInfo:
    """The facts as an earlier build kept them, so that the imaging library need not be loaded for them; else found now."""
    key = f"facts-{FORM}-{digest.hex()}"
    kept = project.kept(key)
    if kept is not None:
        try:
            return ImageInfo(*json.loads(bytes(kept)))
        except (ValueError, TypeError):
            pass  # an entry of another form: it is put right below
    found = examine(project.read(name))
    project.keep(key, json.dumps(astuple(found)).encode())
    return found


FORM = 1
"""Raised whenever `examine` finds other facts in the same file."""


def _digest(name: str, project: Project, found: list[Finding]) -> bytes | None:
    try:
        return project.digest(name)
    except InputError as failure:
        found.extend(failure.findings)
    return None
