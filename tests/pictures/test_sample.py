"""The sample's pages as images and as text, compared with accepted references."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from brochure.model.page_dump import dump
from tests import golden_files
from tests.pictures.compare import Compared, write_differences
from tests.readback.sample import sample, sample_pages

DPI = 60
REPORT = Path(__file__).parent.parent.parent / "build" / "pictures" / "index.html"


@pytest.mark.goldens
def test_pages_look_as_before() -> None:
    compared = [
        compare(f"proven-model/page-{number:02}.webp", picture)
        for number, picture in enumerate(pictures(sample()), 1)
    ]
    different = [page for page in compared if not page.alike]
    if different:
        write_differences(REPORT, different)
    assert not different, "\n".join([*(page.verdict for page in different), f"see {REPORT}"])


def pictures(pdf: bytes) -> list[Image.Image]:
    """Every page with its bleed, rendered by pdfium."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]


def compare(name: str, got: Image.Image) -> Compared:
    if golden_files.writing():
        out = io.BytesIO()
        got.save(out, "WEBP", lossless=True, method=6)
        golden_files.keep(name, out.getvalue())
    with Image.open(io.BytesIO(golden_files.kept(name))) as expected:
        return Compared(name, expected.convert("RGB"), got)


@pytest.mark.goldens
@pytest.mark.parametrize("number", range(1, 13))
def test_pages_are_laid_out_as_before(number: int) -> None:
    page = sample_pages().pages[number - 1]
    golden_files.compare(f"proven-model/page-{number:02}.txt", dump(page))
