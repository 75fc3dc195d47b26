"""Three jobs of a print designer, made without workarounds: an annual report, a leaflet in two inks and the sample booklet."""

from __future__ import annotations

import functools
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pypdfium2
import pytest
from PIL import Image

from brochure import check
from brochure.api import build, lay_out
from brochure.build_values import Built, LaidOut
from brochure.findings import Severity
from brochure.model.page_dump import dump
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import DiskProject, MemoryProject
from tests import golden_files
from tests.pictures.test_sample import compare, pictures
from tests.programs import run
from tests.quick import only
from tests.readback.sample import built_sample, sample_pages
from tests.structure.conformance import assert_conforms

ROOT = Path(__file__).parents[2]
PHOTO = ROOT / "assets" / "photos" / "city.jpg"
JOBS = {
    "annual-report": ROOT / "layouts" / "annual-report",
    "proven-model": ROOT / "layouts" / "proven-model",
    "tri-fold": Path(__file__).parent / "tri-fold",
}
BLUE = "PANTONE 2748 U"
PAGES = {"annual-report": 12, "proven-model": 12, "tri-fold": 6}
GOLDEN = ("annual-report", "tri-fold")
"""The pages of the sample booklet are compared by `tests/pictures`."""


def files_of(name: str) -> dict[str, bytes]:
    folder = JOBS[name]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@functools.cache
def job(name: str) -> DiskProject | MemoryProject:
    if name != "tri-fold":
        return DiskProject(JOBS[name])
    return MemoryProject({**files_of(name), "assets/photos/city.jpg": PHOTO.read_bytes()})


@functools.cache
def pressed(name: str) -> Built:
    return built_sample("press") if name == "proven-model" else build(job(name), PRESS)


@functools.cache
def laid_out(name: str) -> LaidOut:
    return sample_pages() if name == "proven-model" else lay_out(job(name))


@pytest.mark.parametrize("name", JOBS)
def test_the_press_pdf_has_all_pages_and_no_findings(name: str) -> None:
    assert pressed(name).findings == ()
    sheets = len(pypdfium2.PdfDocument(pressed(name).pdf))
    assert len(laid_out(name).pages) == PAGES[name]
    assert sheets == (2 if name == "tri-fold" else PAGES[name])


@pytest.mark.parametrize("name", JOBS)
def test_the_screen_pdf_conforms(name: str, tmp_path: Path) -> None:
    built = built_sample("screen") if name == "proven-model" else build(job(name), SCREEN)
    assert built.findings == ()
    assert_conforms(built.pdf, tmp_path)


# The sample booklet also has an Arabic edition, which other tests build.
@pytest.mark.parametrize("name", only(("annual-report", "tri-fold"), JOBS))
def test_right_to_left_has_the_same_pages(name: str) -> None:
    built = build(job(name), SCREEN, "ar-XB", draft=True)
    assert len(pypdfium2.PdfDocument(built.pdf)) == PAGES[name]
    # The text of a pseudolocale is longer than the source.
    errors = {one.code for one in built.findings if one.severity is Severity.ERROR}
    assert errors <= {"overflow", "line-too-wide"}


@pytest.mark.goldens
@pytest.mark.parametrize("name", GOLDEN)
def test_pages_look_as_before(name: str) -> None:
    compared = [
        compare(f"jobs/{name}-{number:02}.webp", picture)
        for number, picture in enumerate(pictures(pressed(name).pdf), 1)
    ]
    assert [one.verdict for one in compared if not one.alike] == []


@pytest.mark.goldens
@pytest.mark.parametrize("name", GOLDEN)
def test_pages_are_laid_out_as_before(name: str) -> None:
    for number, page in enumerate(laid_out(name).pages, 1):
        golden_files.compare(f"jobs/{name}-{number:02}.txt", dump(page))


# The leaflet: two plates


def test_the_leaflet_prints_on_two_plates(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(pressed("tri-fold").pdf)
    device = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", "-r36", "-dUseTrimBox")
    run("gs", *device, f"-sOutputFile={tmp_path}/%d.tif", path)
    for sheet in (1, 2):
        inks = {
            one.stem.partition("(")[2].rstrip(")"): 1 - np.asarray(Image.open(one)) / 255
            for one in tmp_path.glob(f"{sheet}(*).tif")
        }
        assert inks["Black"].max() > 0.5
        assert inks[BLUE].max() > 0.95
        for other in ("Cyan", "Magenta", "Yellow"):
            assert inks[other].max() == 0, other


def test_the_picture_of_the_leaflet_is_a_duotone(tmp_path: Path) -> None:
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(pressed("tri-fold").pdf)
    spaces = set()
    for page in pypdf.PdfReader(path).pages:
        spaces |= {str(name) for image in page.images for name in _inks(image)}
    assert spaces == {"/Black", f"/{BLUE}"}


def _inks(image: Any) -> list[str]:
    """Return the inks of an image with the colour space DeviceN, indexed or not."""
    space = image.indirect_reference.get_object()["/ColorSpace"]
    if space[0] == "/Indexed":
        space = space[1].get_object()
    assert space[0] == "/DeviceN"
    return list(space[1])


# The annual report: its contents, its data


def test_the_contents_name_the_pages_that_the_folios_have() -> None:
    document = pypdfium2.PdfDocument(pressed("annual-report").pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    entries = re.findall(r"^(\w[\w ,]*?)\s*(\d+)\s*$", texts[1], re.MULTILINE)
    listed = {heading: number for heading, number in entries if heading != "In this report"}
    assert {int(number) for number in listed.values()} >= {3, 4, 6, 8, 9, 10}
    for heading, number in listed.items():
        assert heading.split()[0] in texts[int(number) - 1]


def test_a_changed_figure_is_printed(tmp_path: Path) -> None:
    files = files_of("annual-report")
    files["assets/finance.csv"] = files["assets/finance.csv"].replace(b"2350", b"2351")
    document = pypdfium2.PdfDocument(build(MemoryProject(files), PRESS).pdf)
    text = document[9].get_textpage().get_text_range()
    assert "2,351" in text
    assert "4,601" in text  # the total


def test_the_annual_report_goes_to_a_press_without_transparency() -> None:
    files = files_of("annual-report")
    layout = files["brochure.yaml"]
    files["brochure.yaml"] = layout.replace(b"\nbinding:", b"\npress: {standard: x-1a}\nbinding:")
    built = build(MemoryProject(files), PRESS)
    assert built.findings == ()
    reader = pypdf.PdfReader(io.BytesIO(built.pdf))
    assert reader.metadata
    assert str(reader.metadata["/GTS_PDFXVersion"]).startswith("PDF/X-1")
    assert not any("/Group" in page for page in reader.pages)


def test_an_icon_in_the_copy_is_used(tmp_path: Path) -> None:
    for path, data in files_of("tri-fold").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "assets/photos").mkdir()
    (tmp_path / "assets/photos/city.jpg").write_bytes(PHOTO.read_bytes())
    (tmp_path / "assets/icons/tram.svg").write_bytes(
        (tmp_path / "assets/icons/bus.svg").read_bytes()
    )
    found = [one.message for one in check(tmp_path) if one.code == "picture-unused"]
    assert [message.rpartition("/")[2] for message in found] == ["tram.svg is not used"]
