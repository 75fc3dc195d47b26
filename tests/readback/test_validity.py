"""Other programs report no errors in our files: qpdf, Ghostscript and MuPDF, each on every kind of page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from brochure.api import build
from brochure.color.swatch import Cmyk, Paint, Rgb, Spot
from brochure.geometry import Rect
from brochure.model.display_list import Path as Shape
from brochure.model.display_list import outline_rect
from brochure.prepress.output_conditions import CONDITIONS
from tests.pdf.pixels import painted
from tests.pdf.test_pictures import encoded, page_of, quarters
from tests.pictures import setting_gallery
from tests.programs import run
from tests.readback.projects import pdf_of
from tests.readback.sample import sample, small_sample
from tests.readback.test_text import LATIN, LEFTWARD, MIXED, SPACED, UNSPACED


def inks() -> bytes:
    """A page with a spot colour, an opacity and the soft mask of a picture."""
    seal = Paint(Spot("Seal No. 1", Cmyk(0, 1, 0, 0), 0.5), 0.5)
    fields = [
        Shape((outline_rect(Rect(x, 0, 10, 10)),), fill=paint)
        for x, paint in ((0, seal), (5, Paint(Rgb(0, 0, 1), 0.3)))
    ]
    return painted(fields, (20, 10))


def _setting(name: str) -> bytes:
    return build(setting_gallery.gallery(), CONDITIONS[name], "en").pdf


MASKED = quarters().copy()
MASKED.putalpha(128)

FILES: dict[str, Callable[[], bytes]] = {
    **{
        name: partial(pdf_of, words)
        for name, words in (LATIN | SPACED | UNSPACED | LEFTWARD | MIXED).items()
    },
    "inks": inks,
    "pictures": lambda: page_of(
        {
            "assets/a.jpg": encoded(quarters(), "JPEG"),
            "assets/b.png": encoded(quarters(), "PNG"),
            "assets/c.png": encoded(MASKED, "PNG"),
            "assets/d.jpg": encoded(quarters().convert("CMYK"), "JPEG"),
        }
    ),
    **{
        f"columns, rules and forms for {name}": partial(_setting, name)
        for name in ("press", "screen")
    },
    **{f"the sample for {name}": partial(small_sample, name) for name in CONDITIONS},
}
SHIPPED = {f"the shipped sample for {name}": partial(sample, name) for name in CONDITIONS}
"""With pictures of 340 pixels per inch, of which other programs decode every pixel."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("finished")


def written(name: str, folder: Path) -> Path:
    """Return the path of a file of that name, which is built once."""
    path = folder / f"{[*FILES, *SHIPPED].index(name)}.pdf"
    if not path.exists():
        path.write_bytes((FILES | SHIPPED)[name]())
    return path


@pytest.mark.parametrize(
    "name", [*FILES, *(pytest.param(name, marks=pytest.mark.soak) for name in SHIPPED)]
)
def test_qpdf_and_mupdf_report_no_error(name: str, folder: Path) -> None:
    finished = written(name, folder)
    result = run("qpdf", "--check", finished)
    assert "No syntax or stream encoding errors found" in result
    assert "WARNING" not in result
    assert "Pages: " in run("mutool", "info", finished)
    image = finished.with_suffix(".png")
    run("mutool", "draw", "-q", "-r", "20", "-F", "png", "-o", image, finished)


@pytest.mark.parametrize(
    "names", [FILES, pytest.param(SHIPPED, marks=pytest.mark.soak)], ids=["small", "shipped"]
)
def test_ghostscript_reports_no_error(names: dict[str, Callable[[], bytes]], folder: Path) -> None:
    """All files in one process: Ghostscript takes longer to start than to read a page."""
    files = {name: written(name, folder) for name in names}
    assert not ghostscript(*files.values()), {
        name: result for name, path in files.items() if (result := ghostscript(path))
    }


def ghostscript(*files: Path) -> str:
    """Return the warnings, which Ghostscript prints on standard output; with -q, it prints nothing else."""
    return run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage", *files)
