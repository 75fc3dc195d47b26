"""Files that InDesign wrote: each is imported, builds, and has its frames and its text where InDesign has them.

The files are from SimpleIDML, idml-to-pdf and idmllib; their licences are beside them. Where a frame is in InDesign is computed
here from the XML, independently of the program.
"""

from __future__ import annotations

import math
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import numpy as np
import pytest
from PIL import Image, ImageChops

from brochure.api import build, read_layout
from brochure.findings import has_errors
from brochure.idml.project_files import Beside, Imported, import_idml
from brochure.l10n.inline_markup import parse_markup
from brochure.layout.page_plan import plan
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests.quick import only

FILES = sorted((Path(__file__).parent / "files").glob("*/*.idml"))
LARGE = {"magazineA-edito"}
"""Takes as long as all the others; `interview` has the same kinds of content."""
NAMES = only({path.stem for path in FILES} - LARGE, [path.stem for path in FILES])
TOLERANCE = 0.5
"""Difference of a frame's edge from InDesign's, in points."""

Matrix = tuple[float, ...]
Corners = list[tuple[float, float]]


@cache
def imported(name: str) -> Imported:
    path = next(path for path in FILES if path.stem == name)
    return import_idml(path.read_bytes(), path.name, Beside())


@cache
def built(name: str) -> Any:
    return build(MemoryProject(dict(imported(name).files)), SCREEN)


@pytest.mark.parametrize("name", NAMES)
def test_it_builds_without_errors(name: str) -> None:
    made = built(name)
    assert made.parts, [str(one) for one in made.findings]
    assert not has_errors(made.findings)


# Geometry


def matrix(node: Tree.Element) -> Matrix:
    return tuple(float(part) for part in node.get("ItemTransform", "1 0 0 1 0 0").split())


def apply(to: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = to
    return a * x + c * y + e, b * x + d * y + f


def items(
    parent: Tree.Element, around: list[Matrix]
) -> Iterator[tuple[Tree.Element, list[Matrix]]]:
    """Yield the visible rectangles and text frames with their transformations, innermost first."""
    for node in parent:
        if node.get("Visible") == "false" or node.tag not in ("Group", "TextFrame", "Rectangle"):
            continue
        if node.tag != "Group":
            yield node, [matrix(node), *around]
        yield from items(node, [matrix(node), *around])


def corners(node: Tree.Element, around: list[Matrix]) -> Corners:
    found = []
    for point in node.findall("./Properties/PathGeometry//PathPointType"):
        x, y = (float(part) for part in point.attrib["Anchor"].split())
        for one in around:
            x, y = apply(one, x, y)
        found.append((x, y))
    return found


def frames_in_indesign(path: Path) -> Iterator[tuple[int, str, Corners]]:
    """Yield page number, identifier and corners of each frame that is on a page, from the upper left of its trim."""
    number = 0
    with zipfile.ZipFile(path) as archive:
        map_ = Tree.fromstring(archive.read("designmap.xml"))
        layers = {one.get("Self"): one.get("Visible") for one in map_.findall("Layer")}
        for part in (one.attrib["src"] for one in map_ if one.tag.endswith("}Spread")):
            spread = Tree.fromstring(archive.read(part)).find("Spread")
            assert spread is not None
            pages = spread.findall("Page")
            for node, around in items(spread, []):
                if layers.get(node.get("ItemLayer")) == "false":
                    continue
                place = corners(node, around)
                x = sum(px for px, _ in place) / len(place)
                y = sum(py for _, py in place) / len(place)
                for at, page in enumerate(pages, start=1):
                    top, left, bottom, right = map(float, page.attrib["GeometricBounds"].split())
                    x0, y0 = apply(matrix(page), left, top)
                    if 0 <= x - x0 <= right - left and 0 <= y - y0 <= bottom - top:
                        moved = [(px - x0, py - y0) for px, py in place]
                        yield number + at, node.attrib["Self"], moved
            number += len(pages)


@pytest.mark.parametrize("name", NAMES)
def test_frames_are_where_indesign_has_them(name: str) -> None:
    """Text frames and rectangles; a border may enlarge a frame by half its width."""
    path = next(path for path in FILES if path.stem == name)
    layout, _ = read_layout(MemoryProject(dict(imported(path.stem).files)))
    pages = {page.number: page for page in plan(layout)}
    expected = [one for one in frames_in_indesign(path) if _is_shown(path.stem, one[1])]
    assert expected or path.stem in ("rectangle", "open_path")
    for number, identifier, place in expected:
        page = pages[number]
        xs, ys = zip(*place, strict=True)
        box = min(xs), min(ys), max(xs), max(ys)
        distances = []
        for frame in page.frames:
            extent, height = frame.extent, page.grid.height
            border = frame.spec.border.width.points / 2 if frame.spec.border else 0.0
            own = (extent.x, height - extent.top, extent.right, height - extent.y)
            grown = (box[0] - border, box[1] - border, box[2] + border, box[3] + border)
            distances.append(max(abs(one - other) for one, other in zip(own, grown, strict=True)))
        assert min(distances, default=math.inf) < TOLERANCE, (identifier, box)


def _is_shown(name: str, identifier: str) -> bool:
    """Return True for frames with text, or with something that is printed or wrapped around."""
    made = imported(name)
    for page in made.document.pages:
        for item in page.items:
            if item.node.identifier == identifier:
                has_text = item.kind == "TextFrame" and _story_text(
                    made, item.node.get("ParentStory")
                )
                return bool(has_text) or item.node.get("FillColor").startswith("Color/")
    return False


def _story_text(made: Imported, identifier: str) -> str:
    story = made.document.stories.get(identifier)
    return "".join(one.text for one in story[0].all("Content")).strip() if story else ""


# Text


def letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


@pytest.mark.parametrize("name", NAMES)
def test_all_text_is_on_the_pages_and_in_order(name: str, tmp_path: Path) -> None:
    """Every letter of the stories on the pages is in the PDF, once; the copy has each story's words in order.

    In `example`, the text of one frame crosses the fold, and the letter at the fold is on both pages.
    """
    made = imported(name)
    shown = {
        item.node.get("ParentStory")
        for page in made.document.pages
        for item in page.items
        if item.kind == "TextFrame"
    }
    texts = [letters(_story_text(made, story)) for story in sorted(shown)]
    pdf = tmp_path / "made.pdf"
    pdf.write_bytes(built(name).pdf)
    out = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True).stdout
    found, expected = Counter(letters(out.decode())), Counter("".join(texts))
    assert not expected - found
    assert (found - expected).total() == (1 if name == "example" else 0)
    language = next(path for path in made.files if path.startswith("content/"))
    copy = letters(_plain_copy(made.files[language].decode()))
    for text in texts:
        assert text in copy


def _plain_copy(source: str) -> str:
    from brochure.l10n.message_file import read_copy

    copy, problems = read_copy(source.encode(), "content", "en")
    assert not problems
    return "".join(
        words.text
        for message in copy.entries.values()
        for paragraph in parse_markup(message.text)[0]
        for words in paragraph
    )


# Expected pages


@pytest.mark.parametrize("name", ["rectangle", "open_path", "shapes", "4pages"])
def test_pages_look_like_the_expected_ones(name: str, tmp_path: Path) -> None:
    """At most 3 % of the pixels differ by more than 64 of 255: the text has another font, and colours another profile."""
    pdf = tmp_path / "made.pdf"
    pdf.write_bytes(built(name).pdf)
    expected = Path(__file__).parent / "files" / "idml-to-pdf" / f"{name}.pdf"
    ours, theirs = (_render(path, tmp_path / side) for path, side in ((pdf, "a"), (expected, "b")))
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert share_that_differs(one, other) < 0.03


def share_that_differs(one: Path, other: Path) -> float:
    """Return the share of pixels whose colours differ by more than 64 of 255 in a channel."""
    ours, theirs = (Image.open(path).convert("RGB") for path in (one, other))
    assert ours.size == theirs.size
    difference = np.asarray(ImageChops.difference(ours, theirs)).max(axis=2)
    return float((difference > 64).mean())


def _render(pdf: Path, folder: Path) -> list[Path]:
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", "40", str(pdf), str(folder / "p")], check=True)
    return sorted(folder.iterdir())
