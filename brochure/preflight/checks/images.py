"""Checks of the image files of a project: those that are unused, were changed after approval, or have personal data."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.findings import Finding, Severity
from brochure.images.personal_data import find_personal_data
from brochure.l10n.references import references
from brochure.preflight.approved_images import compute_digest, list_image_files, read_approvals
from brochure.preflight.check import check
from brochure.preflight.model import ProjectFiles, make_finding
from brochure.spec.values import Asset

ASSETS_FOLDER = "assets/"
EXTENSIONS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".svg")


NAMING = ("offices", "content")
"""Folders whose files name images: replacements, and icons in the copy."""


@check("picture-unused", severity=Severity.NOTE)
def picture_unused(files: ProjectFiles) -> Iterator[Finding]:
    """Every image of the project is used.

    What: files in the project's assets folder that neither the layout, an office nor the copy names.
    Why: an unused image may be the one that was meant to be placed, or one whose licence has expired.
    Fix: use it, or delete it.
    """
    project = files.project
    layouts = files.edition.layout, files.edition.layout.written
    used = {one.path for one in references(layouts) if isinstance(one, Asset)}
    texts = [project.read(name) for folder in NAMING for name in project.listing(folder)]
    for file in project.listing("assets"):
        path = file.removeprefix(ASSETS_FOLDER)
        if not path.lower().endswith(EXTENSIONS) or path in used:
            continue
        if not any(path.encode() in text for text in texts):
            yield make_finding(f"{project.label(file)} is not used", None, "use it, or delete it")


@check("picture-changed", severity=Severity.WARNING)
def picture_changed(files: ProjectFiles) -> Iterator[Finding]:
    """Images are the ones that were approved.

    What: the files of all images and drawings against `approved.json`, which `brochure check --approve-images` writes.
    Why: a file may be replaced after the page was proofread.
    Fix: look at the pages, then approve the images: `brochure check --approve-images`.
    """
    approved = read_approvals(files)
    if approved is None:
        return
    spans = {
        one.path: one.span for one in references(files.edition.layout) if isinstance(one, Asset)
    }
    for path, file in list_image_files(files).items():
        digest = approved.get(file)
        if digest != compute_digest(files, file):
            change = "was added" if digest is None else "has changed"
            message = f"{path} {change} since the images were last approved"
            hint = "look at it, then run 'brochure check --approve-images'"
            yield make_finding(message, spans.get(path), hint)


@check(
    "picture-personal-data",
    source="EXIF 2.3; XMP (ISO 16684-1); IPTC Photo Metadata Standard",
    severity=Severity.NOTE,
)
def picture_personal_data(files: ProjectFiles) -> Iterator[Finding]:
    """The files of images do not tell where they were taken, by whom, or with which camera.

    What: positions, names and serial numbers in EXIF, XMP, IPTC and PNG text of images and drawings; fields, not values.
    Why: outputs contain no metadata of images, but recipients of the project's files can read it.
    Fix: before you share the project, remove it: `exiftool -all= --icc_profile:all -tagsfromfile @ -orientation FILE`.
    """
    spans = {
        one.path: one.span for one in references(files.edition.layout) if isinstance(one, Asset)
    }
    for path, file in list_image_files(files).items():
        fields = find_personal_data(files.project.read(file))
        if fields:
            message = (
                f"{files.project.label(file)} has metadata about people or places: {', '.join(fields)};"
                " it is removed from all outputs"
            )
            hint = "remove it from the file before you share the project"
            yield make_finding(message, spans.get(path), hint)
