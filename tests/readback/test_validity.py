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
from tests.readback.sample import sample
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
    **{f"the sample for {name}": partial(sample, name) for name in CONDITIONS},
}


@pytest.fixture(params=list(FILES.values()), ids=list(FILES))
def finished(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "finished.pdf"
    path.write_bytes(request.param())
    return path


def test_no_program_reports_an_error(finished: Path) -> None:
    result = run("qpdf", "--check", finished)
    assert "No syntax or stream encoding errors found" in result
    assert "WARNING" not in result
    # Ghostscript prints its warnings on standard output; with -q, it prints nothing else.
    assert run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage", finished) == ""
    assert "Pages: " in run("mutool", "info", finished)
    run(
        "mutool",
        "draw",
        "-q",
        "-r",
        "20",
        "-F",
        "png",
        "-o",
        finished.with_suffix(".png"),
        finished,
    )
