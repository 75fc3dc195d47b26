"""JPEGs in press PDFs: their colours in every reader, their compression loss, their size, and the settings of the layout."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from PIL import Image

from brochure.api import build
from brochure.color.printing_condition import shipped_condition
from brochure.color.total_ink import maximum_ink
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import BOOKLET, PRESS, SCREEN, OutputCondition
from brochure.project import MemoryProject
from tests.pdf.pixels import Pixels, seen, seen_by_mupdf
from tests.pdf.test_pictures import encoded, images, page_of
from tests.programs import run

FOGRA = shipped_condition("coated-fogra39")
ON_PRESS = PRESS.on(EditionCondition(FOGRA))
PHOTO = Path(__file__).parent.parent.parent / "assets" / "photos" / "courtroom.jpg"
SIZE = (910, 600)
SIDE = 400
PRESS_STEP = 1.4
"""The largest error that counts as none: root mean square, in levels of 255."""


def page(data: bytes, size: tuple[int, int], condition: OutputCondition = ON_PRESS) -> bytes:
    """Return a press PDF with a picture of this number of pixels at 300 pixels per inch."""
    return page_of({"assets/a": data}, (size[0] * 72 / 300, size[1] * 72 / 300), condition)


@lru_cache(maxsize=1)
def photograph() -> bytes:
    """Return a JPEG of a part of the photograph, at the right of its middle."""
    with Image.open(PHOTO) as photo:
        left, top = photo.width - SIZE[0], (photo.height - SIZE[1]) // 2
        part = photo.crop((left, top, left + SIZE[0], top + SIZE[1]))
    return encoded(part, "JPEG", quality=95)


@lru_cache(maxsize=1)
def as_jpeg() -> bytes:
    """Return a press PDF with a part of a photograph of the sample; it is stored as a JPEG."""
    return page(photograph(), SIZE)


@lru_cache(maxsize=1)
def without_loss() -> bytes:
    """Return a press PDF with the same pixels from a PNG, which are stored without loss."""
    return page(encoded(Image.open(io.BytesIO(photograph())), "PNG", compress_level=1), SIZE)


def by_ghostscript(pdf: bytes, folder: Path) -> Pixels:
    """Render the page in CMYK with Ghostscript."""
    (folder / "page.pdf").write_bytes(pdf)
    device = ("-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", "-r300")
    run("gs", *device, "-o", folder / "page.tif", folder / "page.pdf")
    return np.asarray(Image.open(folder / "page.tif"), dtype=np.uint8)


def by_poppler(pdf: bytes, folder: Path) -> Pixels:
    """Decode the image in CMYK with poppler."""
    (folder / "page.pdf").write_bytes(pdf)
    run("pdfimages", "-tiff", folder / "page.pdf", folder / "image")
    return np.asarray(Image.open(folder / "image-000.tif"), dtype=np.uint8)


def by_pypdf(pdf: bytes, folder: Path) -> Pixels:
    """Decode the image in CMYK with pypdf."""
    (image,) = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images
    assert image.image is not None
    return np.asarray(image.image, dtype=np.uint8)


READERS: dict[str, Callable[[bytes, Path], Pixels]] = {
    "ghostscript": by_ghostscript,
    "poppler": by_poppler,
    "pypdf": by_pypdf,
    "mupdf": lambda pdf, folder: seen_by_mupdf(pdf, folder, 300 / 72),
    "pdfium": lambda pdf, folder: seen(pdf, 300 / 72),
}


def differences(first: Pixels, second: Pixels) -> np.ndarray[Any, np.dtype[np.float64]]:
    assert first.shape == second.shape
    return first.astype(np.float64) - second


def rms(values: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    return float(np.sqrt((values**2).mean()))


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_shows_the_separated_colours(reader: str, tmp_path: Path) -> None:
    (image,) = images(as_jpeg())
    assert (image["/Filter"], image["/ColorSpace"]) == ("/DCTDecode", "/DeviceCMYK")
    (lossless,) = images(without_loss())
    assert lossless["/Filter"] == "/FlateDecode"
    read = READERS[reader]
    off = differences(read(as_jpeg(), tmp_path), read(without_loss(), tmp_path))
    assert rms(off) < 2
    assert np.abs(off).max() < 32
    # On average no channel is lighter or darker.
    assert np.abs(off.mean(axis=(0, 1))).max() < 0.25


def jpeg_in(pdf: bytes) -> bytes:
    (image,) = images(pdf)
    assert image["/Filter"] == "/DCTDecode"
    return bytes(image._data)


def test_the_loss_is_no_larger_than_at_distillers_maximum(tmp_path: Path) -> None:
    source, target = tmp_path / "lossless.pdf", tmp_path / "distilled.pdf"
    source.write_bytes(without_loss())
    # Ghostscript's "prepress" settings are those of Distiller at "Maximum": QFactor 0.15, no subsampling.
    device = ("-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-dPDFSETTINGS=/prepress")
    kept = ("-sColorConversionStrategy=LeaveColorUnchanged", "-dDownsampleColorImages=false")
    run("gs", *device, *kept, "-o", target, source)
    exact = by_poppler(without_loss(), tmp_path)
    ours = differences(by_poppler(as_jpeg(), tmp_path), exact)
    theirs = differences(by_poppler(target.read_bytes(), tmp_path), exact)
    assert rms(ours) <= min(rms(theirs), PRESS_STEP)
    assert len(jpeg_in(as_jpeg())) < 1.1 * len(jpeg_in(target.read_bytes()))


def test_it_is_a_quarter_smaller_than_a_cmyk_jpeg_of_quality_92() -> None:
    (image,) = images(without_loss())
    exact = Image.frombytes("CMYK", SIZE, image.get_data())
    plain = encoded(exact, "JPEG", quality=92, subsampling=0)
    assert len(jpeg_in(as_jpeg())) < 0.75 * len(plain)


def test_white_paper_and_solid_black_stay_clean(tmp_path: Path) -> None:
    halves = Image.new("RGB", (SIDE, SIDE), "white")
    halves.paste("black", (SIDE // 2, 0, SIDE, SIDE))
    pdfs = (page(encoded(halves, form, quality=100), halves.size) for form in ("JPEG", "PNG"))
    shown, exact = (by_poppler(pdf, tmp_path) for pdf in pdfs)
    # SIDE / 2 is a multiple of 8: no block contains both.
    assert np.array_equal(shown[:, : SIDE // 2], exact[:, : SIDE // 2])
    assert not shown[:, : SIDE // 2].any()
    black, wanted = shown[:, SIDE // 2 :], exact[:, SIDE // 2 :]
    assert len(np.unique(black.reshape(-1, 4), axis=0)) == 1
    assert np.abs(differences(black, wanted)).max() <= 1
    assert np.array_equal(black[..., 3], wanted[..., 3])


@pytest.mark.parametrize("quality", [50, 75, 93])
def test_an_image_below_the_ink_limit_stays_below_it(quality: int, tmp_path: Path) -> None:
    levels = np.random.default_rng(5).integers(60, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(levels), "JPEG", quality=100, subsampling=0)
    pixels = encoded(Image.open(io.BytesIO(data)), "PNG")
    pdf = page(pixels, (SIDE, SIDE))
    most = maximum_ink(Image.fromarray(by_poppler(pdf, tmp_path), "CMYK"))
    # JPEG changes noise most: at quality 50 some pixels gain half an ink.
    tight = EditionCondition(replace(FOGRA, ink_limit=most + 0.3), quality=quality)
    pdf = page(data, (SIDE, SIDE), PRESS.on(tight))
    assert maximum_ink(Image.fromarray(by_poppler(pdf, tmp_path), "CMYK")) <= most + 0.3


LAYOUT = """\
brochure: sheet
size: 100 x 100 mm
binding: none
source-language: en
{press}
masters:
  plain: {{frames: {{words: {{at: "x 0 mm, y 0 mm, width 72 pt, height 72 pt"}}}}}}
pages:
  - master: plain
    words: [{{image: a.jpg, alt: alt, height: 72 pt}}]
"""


def project(press: str, pixels: int) -> MemoryProject:
    """Return a layout that shows the photograph, with this number of pixels horizontally, on a square inch."""
    photo = Image.open(PHOTO).resize((pixels, pixels))
    files = {
        "brochure.yaml": LAYOUT.format(press=press).encode(),
        "content/en.yaml": json.dumps({"alt": "A photograph"}).encode(),
        "assets/a.jpg": encoded(photo, "JPEG", quality=95),
    }
    return MemoryProject(files)


def printed(press: str, pixels: int = SIDE) -> Any:
    """Return the image object in the press PDF of that layout."""
    (image,) = images(build(project(press, pixels), PRESS).pdf)
    return image


def weight(press: str) -> int:
    """Return the number of bytes of the image in the press PDF."""
    return len(printed(press)._data)


def test_the_layout_sets_the_quality_of_pictures() -> None:
    usual, low = weight(""), weight("press: {quality: 60}")
    assert low < 0.5 * usual
    assert weight("press: {quality: 100}") > 1.5 * usual
    assert weight("press: {quality: 93}") == usual
    assert weight("press: {condition: coated-fogra39, quality: 60}") == low


@pytest.mark.parametrize(
    ("press", "pixels", "width"),
    [
        ("", 450, 450),
        ("", 460, 300),
        ("press: {ppi: 200}", 300, 300),
        ("press: {ppi: 200}", 310, 200),
        ("press: {ppi: 400}", 600, 600),
        ("press: {ppi: 400}", 640, 400),
    ],
)
def test_the_layout_sets_the_resolution_of_pictures(press: str, pixels: int, width: int) -> None:
    # On a square inch there are as many pixels horizontally as there are pixels per inch.
    assert printed(press, pixels)["/Width"] == width


def test_the_press_settings_of_an_office_apply_to_pictures() -> None:
    made = project("press: {ppi: 200}", 640)
    office = b"office: ours\nlanguages: [en]\npress: {condition: coated-swop, ppi: 400}\n"
    both = MemoryProject({**made.files, "offices/ours.yaml": office})
    (image,) = images(build(both, PRESS, office="ours").pdf)
    assert image["/Width"] == 400


@pytest.mark.parametrize("condition", [SCREEN, BOOKLET], ids=["screen", "booklet"])
def test_other_outputs_are_not_changed_by_the_press(condition: OutputCondition) -> None:
    plain, result = (
        build(project(press, 640), condition).pdf
        for press in ("", "press: {ppi: 100, quality: 50}")
    )
    assert plain == result


def test_a_limit_on_the_size_of_files_does_not_cut_a_picture() -> None:
    """Encoders write to a file in memory, to which the limit applies; the picture is complete nevertheless."""
    code = (
        "import io, resource, signal\n"
        "from PIL import Image\n"
        "from brochure.images.jpeg import save_jpeg\n"
        "picture = Image.effect_noise((300, 300), 90).convert('CMYK')\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "data = save_jpeg(picture, quality=90)\n"
        "assert len(data) > 10_000\n"
        "Image.open(io.BytesIO(data)).load()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
