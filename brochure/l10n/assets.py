"""Locate and check the image files and data files of an edition.

An office may replace files of the layout with its own. Missing and unusable files are reported as findings; no image is
decoded here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, field, replace

from brochure.artwork.model import ARTWORK_SUFFIXES
from brochure.errors import ImageError, InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, nearest
from brochure.images.probe import ImageInfo, examine
from brochure.l10n.data_table import DataTable
from brochure.l10n.office import Office
from brochure.l10n.record_slots import strip_slot
from brochure.l10n.references import find_references, find_values
from brochure.lazy_pattern import compile_lazily
from brochure.project import Project, read_unchanged
from brochure.spec.data import DataSource
from brochure.spec.model import Layout
from brochure.spec.scalars import is_inside_assets
from brochure.spec.values import RECORD, Asset, DataAsset, Focus
from brochure.system.cache import Kind, StoredCache

VECTORS = (".svg", *ARTWORK_SUFFIXES)


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A raster image: its file name in the project, its properties, and the focal point that an office sets for it."""

    name: str
    facts: ImageInfo
    focal_point: Focus | None = None


@dataclass(frozen=True, slots=True)
class VectorFile:
    """A vector image (SVG, or a PDF): its file name, the digest of its content, and the project from which a block reads it."""

    name: str
    digest: bytes
    project: Project = field(compare=False, repr=False)


@dataclass(frozen=True)
class Assets:
    """The usable image and data files of an edition by their path in the layout, and findings for all others."""

    pictures: Mapping[str, ImageFile] = field(default_factory=dict)
    vectors: Mapping[str, VectorFile] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    data: Mapping[str, DataTable] = field(default_factory=dict)
    project: Project | None = field(default=None, compare=False, repr=False)
    replacements: Mapping[str, Asset] = field(default_factory=dict)

    @classmethod
    def load(cls, project: Project, layout: Layout, office: Office | None) -> Assets:
        """Find the files that a layout names in a project; those of the office replace the layout's."""
        findings: list[Finding] = []
        named = find_references(layout)
        own = office.files if office else {}
        assets = {
            ref.path: own.get(ref.path, ref) for ref in reversed(named) if isinstance(ref, Asset)
        }
        everything = find_references(layout.written) if own.keys() - assets.keys() else ()
        declared = {ref.path for ref in everything if isinstance(ref, Asset)}
        for path in own.keys() - assets.keys() - declared:
            message = f"the layout does not use an image '{path}' to replace"
            hint = nearest(path, assets)
            findings.append(Finding("picture-unknown", message, own[path].span, hint))
        examples = {name: str(one.value) for name, one in layout.merge_fields.items()}
        files = {
            path: name
            for path, ref in assets.items()
            if (name := _locate(fill_path(ref, examples), project, findings))
        }
        tables = {ref.path for ref in named if isinstance(ref, DataAsset)} & files.keys()
        data_files = {path: files.pop(path) for path in tables}
        data = _read_data_files(layout, data_files, project, findings) if data_files else {}
        pictures, vectors = _read_files(assets, files, project, findings)
        for path, point in (office.focal_points if office else {}).items():
            if path in pictures:
                pictures[path] = replace(pictures[path], focal_point=point)
        return cls(pictures, vectors, tuple(findings), data, project, own)

    def with_icons(self, icons: Iterable[Asset]) -> Assets:
        """Return the assets with the pictures that the copy names in its text."""
        named = {icon.path: self.replacements.get(icon.path, icon) for icon in icons}
        if not named or self.project is None:
            return self
        # The office may replace a picture that only the copy names.
        replaced = {self.replacements[path].span for path in named if path in self.replacements}
        findings = [
            one
            for one in self.findings
            if not (one.code == "picture-unknown" and one.span in replaced)
        ]
        new = {path: ref for path, ref in named.items() if not self._has(path)}
        files = {
            path: name
            for path, ref in new.items()
            if (name := _locate(ref, self.project, findings))
        }
        pictures, vectors = _read_files(new, files, self.project, findings)
        return replace(
            self,
            pictures={**self.pictures, **pictures},
            vectors={**self.vectors, **vectors},
            findings=tuple(findings),
        )

    def _has(self, path: str) -> bool:
        return path in self.pictures or path in self.vectors


def _read_files(
    assets: Mapping[str, Asset],
    files: Mapping[str, str],
    project: Project,
    findings: list[Finding],
) -> tuple[dict[str, ImageFile], dict[str, VectorFile]]:
    """Return the pictures and the vector images among files, by path; `assets` has the reference to each."""
    pictures = {
        path: picture
        for path, name in files.items()
        if not name.lower().endswith(VECTORS)
        and (picture := _read_image(assets[path], name, project, findings))
    }
    vectors = {
        path: vector
        for path, name in files.items()
        if name.lower().endswith(VECTORS) and (vector := _read_vector(name, project, findings))
    }
    return pictures, vectors


RECORD_FIELD = compile_lazily(r"\{" + RECORD + r"(\w+(?:#\d+)?)\}")
"""A merge field in the name of a file."""


def fill_path(ref: Asset, fields: Mapping[str, str]) -> Asset:
    """Return an asset with the values of merge fields in its path."""
    path = RECORD_FIELD.sub(
        lambda match: fields.get(match[1], fields.get(strip_slot(match[1]), match[0])), ref.path
    )
    return ref if path == ref.path else replace(ref, path=path)


def load_record_pictures(
    project: Project, layout: Layout, fields: Mapping[str, str], findings: list[Finding]
) -> tuple[dict[str, ImageFile], dict[str, VectorFile]]:
    """Return the images and drawings whose names contain merge fields, for the values of a record."""
    pictures: dict[str, ImageFile] = {}
    vectors: dict[str, VectorFile] = {}
    for ref in find_references(layout):
        if not isinstance(ref, Asset) or "{" not in ref.path:
            continue
        own = fill_path(ref, fields)
        is_safe = is_inside_assets(own.path)
        name = _locate(own if is_safe else ref, project, findings)
        if name and own.path.lower().endswith(VECTORS):
            vector = _read_vector(name, project, findings)
            vectors |= {ref.path: vector} if vector else {}
        elif name:
            picture = _read_image(own, name, project, findings)
            pictures |= {ref.path: picture} if picture else {}
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
        return ImageFile(name, read_facts(name, project))
    except ImageError as failure:
        message = f"{project.label(name)} cannot be used: {failure}"
        findings.append(Finding("picture-unreadable", message, ref.span))
    except InputError as failure:
        findings.extend(failure.findings)
    return None


def _deserialize(data: bytes | memoryview) -> ImageInfo:
    return ImageInfo(*json.loads(bytes(data)))


FACTS = StoredCache(
    Kind(
        name="facts",
        version=3,
        serialize=lambda facts: json.dumps(astuple(facts)).encode(),
        deserialize=_deserialize,
        libraries=(("PIL", "pillow"),),
    ),
    max_weight=1000,
)
"""Image properties by the digest of the file; with them on disk the imaging library need not be loaded."""


def read_facts(name: str, project: Project) -> ImageInfo:
    """Return the properties of an image file; ImageError if it cannot be used."""
    digest = project.digest(name)
    return FACTS.get(digest, project.cache, lambda: examine(read_unchanged(project, name, digest)))


def _read_vector(name: str, project: Project, findings: list[Finding]) -> VectorFile | None:
    try:
        return VectorFile(name, project.digest(name), project)
    except InputError as failure:
        findings.extend(failure.findings)
    return None


def _read_data_files(
    layout: Layout, files: Mapping[str, str], project: Project, findings: list[Finding]
) -> dict[str, DataTable]:
    """Return the usable tables by their name (`DataSource.table_name`)."""
    # Imported here so that only layouts with data files load the readers of CSV and XLSX.
    from brochure.l10n.data_files import read_data_file

    tables: dict[str, DataTable] = {}
    for source in {one.table_name: one for one in find_values(layout, (DataSource,))}.values():
        name = files.get(source.from_.path)
        if name:
            try:
                table, wrong = read_data_file(project, name, source.sheet)
            except InputError as failure:
                table, wrong = None, failure.findings
            findings.extend(wrong)
            if table:
                tables[source.table_name] = table
    return tables
