"""Checks of images: resolution, scaling, and files that are unused or were changed after approval."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated

from brochure.findings import Finding, Severity, Span
from brochure.l10n.references import find_references
from brochure.preflight.approved_images import compute_digest, list_image_files, read_approvals
from brochure.preflight.check import check
from brochure.preflight.model import ImageObject, PageObjects, ProjectFiles, make_finding
from brochure.project import Project, read_unchanged
from brochure.spec.values import Asset
from brochure.system.cache import Kind, StoredCache

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
    layout = files.edition.layout
    layouts = [layout] if layout.written is layout else [layout, layout.written]
    named = (one for each in layouts for one in find_references(each))
    used = {one.path for one in named if isinstance(one, Asset)}
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
    spans = _find_spans(files)
    for path, file in list_image_files(files).items():
        digest = approved.get(file)
        if digest != compute_digest(files, file):
            change = "was added" if digest is None else "has changed"
            message = f"{path} {change} since the images were last approved"
            hint = "look at it, then run 'brochure check --approve-images'"
            yield make_finding(message, spans.get(path), hint)


def _find_spans(files: ProjectFiles) -> Mapping[str, Span]:
    """Return the place in the layout that names each asset."""
    named = find_references(files.edition.layout)
    return {one.path: one.span for one in named if isinstance(one, Asset)}


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
    spans = _find_spans(files)
    for path, file in list_image_files(files).items():
        fields = _find_personal_data(files.project, file)
        if fields:
            message = (
                f"{files.project.label(file)} has metadata about people or places: {', '.join(fields)};"
                " it is removed from all outputs"
            )
            hint = "remove it from the file before you share the project"
            yield make_finding(message, spans.get(path), hint)


PERSONAL_DATA = StoredCache(
    Kind(
        name="personal-data",
        version=1,
        serialize=lambda fields: json.dumps(fields).encode(),
        deserialize=lambda data: tuple(json.loads(bytes(data))),
    ),
    max_weight=1000,
)
"""The names of fields by the digest of the file."""


def _find_personal_data(project: Project, file: str) -> tuple[str, ...]:
    digest = project.digest(file)

    def find() -> tuple[str, ...]:
        # Imported here: most files have been examined before.
        from brochure.images.personal_data import find_personal_data

        return tuple(find_personal_data(read_unchanged(project, file, digest)))

    return PERSONAL_DATA.get(digest, project.cache, find)


@check(
    "picture-resolution",
    source="GWG 2015, image resolution for greyscale and colour images, sheetfed variants",
    severity=Severity.ERROR,
    by_page=True,
)
def picture_resolution(
    objects: PageObjects,
    *,
    min: Annotated[float, "an error below this resolution"] = 150,
    target: Annotated[float, "a warning below this resolution"] = 225,
) -> Iterator[Finding]:
    """Images have enough pixels for their printed size.

    What: effective pixels per inch, across and down; below `min` an error, below `target` a warning. Line art has its own check.
    Why: a press needs about twice its screen ruling; with less, edges are jagged and details soft.
    Fix: place the image smaller, or get a larger file; upscaling it in an image editor does not help.
    """
    for image in _select_continuous(objects):
        across, down = image.ppi
        lowest = across if across < down else down
        if lowest < target - 0.5:
            message = f"{image.name} has {across:.0f} x {down:.0f} ppi at its placed size, not {target:.0f}"
            hint = f"place it at {lowest / target:.0%} of this size, or use a larger file"
            severity = Severity.ERROR if lowest < min - 0.5 else Severity.WARNING
            yield make_finding(message, image.location, hint, severity)


@check(
    "picture-enlarged",
    source="common practice: 200 % of the size at 300 ppi; picture-resolution as seen by a designer",
    severity=Severity.WARNING,
)
def picture_enlarged(
    objects: PageObjects,
    *,
    ppi: Annotated[float, "resolution at which an image has its original size (100 %)"] = 300,
    max: Annotated[float, "maximum enlargement, in per cent"] = 200,
) -> Iterator[Finding]:
    """Images are not enlarged too far.

    What: the placed size of an image against its size at `ppi`; more than `max` per cent is too large.
    Why: enlarging an image also enlarges its grain, noise and JPEG artefacts.
    Fix: crop less, place it smaller, or use the original camera file.
    """
    for image in _select_continuous(objects):
        across, down = image.ppi
        scale = 100 * ppi / (across if across < down else down)
        if scale > max + 0.5:
            message = f"{image.name} is enlarged to {scale:.0f} % of its size at {ppi:.0f} ppi"
            yield make_finding(message, image.location, f"enlarge it to at most {max:.0f} %")


@check(
    "picture-stretched",
    source="ISO 32000-1, 8.9.5: an image fills the unit square, whatever its pixel dimensions",
    severity=Severity.WARNING,
)
def picture_stretched(
    objects: PageObjects, *, slack: Annotated[float, "allowed difference, in per cent"] = 2
) -> Iterator[Finding]:
    """Images keep their proportions.

    What: horizontal and vertical resolution that differ by more than `slack` per cent.
    Why: readers notice distorted faces and objects at once.
    Fix: scale both sides equally, and crop instead.
    """
    for image in objects.select(ImageObject):
        if max(image.ppi) > min(image.ppi) * (1 + slack / 100):
            across, down = image.ppi
            message = f"{image.name} is stretched: {across:.0f} ppi across, {down:.0f} ppi down"
            yield make_finding(message, image.location, "scale both sides equally")


def _select_continuous(objects: PageObjects) -> Iterator[ImageObject]:
    """Iterate over the images in continuous tone: those with more than one bit a pixel."""
    return (one for one in objects.select(ImageObject) if not one.is_bilevel)


@check(
    "line-art-resolution",
    source="GWG 2022, R0032 image resolution for 1-bit images; GWG 2015: 550 and 800 ppi",
    severity=Severity.ERROR,
    by_page=True,
)
def line_art_resolution(
    objects: PageObjects,
    *,
    min: Annotated[float, "an error below this resolution"] = 550,
    target: Annotated[float, "a warning below this resolution"] = 800,
) -> Iterator[Finding]:
    """Line art has enough pixels for its sharp edges.

    What: effective pixels per inch of images with one bit a pixel, also of masks; those of at most 16 pixels are not checked.
    Why: line art has no greys that smooth its edges; with few pixels, steps are visible.
    Fix: scan it again at 1200 ppi, trace it to paths, or place it smaller.
    """
    for image in objects.select(ImageObject):
        lowest = _measure_lowest(image)
        if image.is_bilevel and lowest < target - 0.5 and max(image.pixels, default=99) > TINY:
            message = (
                f"{image.name} in one bit has {lowest:.0f} ppi at its placed size, not {target:.0f}"
            )
            severity = Severity.ERROR if lowest < min - 0.5 else Severity.WARNING
            hint = f"place it at {lowest / target:.0%} of this size, or use a larger file"
            yield make_finding(message, image.location, hint, severity)


TINY = 16
"""Width and height, in pixels, of images whose resolution is not checked."""


def _measure_lowest(image: ImageObject) -> float:
    across, down = image.ppi
    return across if across < down else down


@check(
    "picture-resolution-high",
    source="common practice: 450 ppi, and 3600 ppi for line art",
    severity=Severity.NOTE,
)
def picture_resolution_high(
    objects: PageObjects,
    *,
    max: Annotated[float, "maximum resolution of images"] = 450,
    bilevel: Annotated[float, "maximum resolution of images with one bit a pixel"] = 3600,
) -> Iterator[Finding]:
    """Images have no more pixels than can be printed.

    What: effective pixels per inch of the images of a finished file, the lower of across and down.
    Why: pixels beyond the screen of the press are not visible; they make the file large and slow to process.
    Fix: set the exporting program to reduce images to 300 ppi, and line art to 1200 ppi.
    """
    for image in objects.select(ImageObject):
        lowest, most = _measure_lowest(image), bilevel if image.is_bilevel else max
        if image.digest and lowest > most + 0.5 and sum(image.pixels) > 2 * TINY:
            message = f"{image.name} has {lowest:.0f} ppi at its placed size, more than {most:.0f}"
            yield make_finding(message, image.location, f"reduce it to {most / 1.5:.0f} ppi")
