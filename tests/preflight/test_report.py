"""The HTML report: pictures of pages with outlines at the places of findings, linked with the list, in one accessible file of
limited size."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from brochure.cli import _html_report as html_report
from brochure.cli._checked import Checked
from brochure.cli._html_report import format_report
from brochure.findings import Finding
from tests.cli.calling import call
from tests.preflight import files as f
from tests.preflight.brochures import finished, project
from tests.preflight.pdfx_seeds import PLACE
from tests.proof.browsing import find_violations, need_axe, open_browser, open_window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.usefixtures("checked_here")

FAULTS = "1 0 0 rg 60 70 40 20 re f 0 w 0 0 0 1 K 150 300 m 200 300 l S 150 320 m 200 320 l S"
RECT = re.compile(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>')
PICTURE = re.compile(r'src="data:image/webp;base64,([^"]+)"')
VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def defective(rotate: int = 0) -> bytes:
    """The clean file with an area in RGB and two hairlines on its first page, which may be rotated."""
    data = f.edited(finished(), f.drawn(FAULTS))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    if rotate:
        writer.pages[0].rotate(rotate)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def reported(folder: Path, *files: str) -> str:
    """Return the report on files in a folder."""
    path = folder / "report.html"
    call("check", *(folder / one for one in files), "--report", path)
    return path.read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "defective.pdf").write_bytes(defective())
    (tmp_path / "clean.pdf").write_bytes(finished())
    return tmp_path


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_outlines_are_at_the_places_of_findings(tmp_path: Path, turn: int) -> None:
    (tmp_path / "turned.pdf").write_bytes(defective(turn))
    text = reported(tmp_path, "turned.pdf")
    data = base64.b64decode(PICTURE.findall(text)[0])
    picture: Any = Image.open(io.BytesIO(data)).convert("RGB")
    width, height = map(float, VIEW.findall(text)[0])
    assert picture.width / picture.height == pytest.approx(width / height, rel=0.01)
    x, y, across, down = map(float, RECT.findall(text)[0])
    scale = picture.width / width
    for part in (0.25, 0.5, 0.75):
        red, green, blue = picture.getpixel(
            (int((x + across * part) * scale), int((y + down * part) * scale))
        )
        assert red > 200
        assert max(green, blue) < 80
    outside = picture.getpixel((int((x - 4) * scale), int((y - 4) * scale)))
    assert outside[0] < 200


def test_each_place_of_a_finding_has_an_outline(folder: Path) -> None:
    text = reported(folder, "defective.pdf")
    marks = re.findall(r'<a href="#f1n(\d+)" id="f1m\1" class="(\w+)".*?</a>', text, re.DOTALL)
    assert marks == [("1", "error"), ("2", "warning")]
    assert len(RECT.findall(text)) == 3
    # Lists and pictures link to each other.
    for number in (1, 2):
        assert f'id="f1n{number}"' in text
        assert f'<a href="#f1m{number}">' in text


def test_only_pages_with_findings_are_shown(folder: Path) -> None:
    text = reported(folder, "defective.pdf", "clean.pdf")
    assert len(PICTURE.findall(text)) == 1
    assert 'alt="Page 1, with 2 findings"' in text
    assert re.findall(r"<h2>(.*?)</h2>", text) == ["defective.pdf", "clean.pdf"]


def test_a_project_is_shown_too(tmp_path: Path) -> None:
    files = {**project().files}
    files["brochure.yaml"] = files["brochure.yaml"].replace(
        b"thickness: 0.5 pt", b"thickness: 0.1 pt"
    )
    for name, data in files.items():
        path = tmp_path / "clean" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    text = reported(tmp_path, "clean")
    assert 'alt="Page 2, with 1 finding"' in text
    assert len(RECT.findall(text)) == 1
    assert str(tmp_path) not in text


def test_quoted_text_is_escaped(tmp_path: Path) -> None:
    finding = Finding("a-code", "<b>\u202e&", page=1, at=(10.0, 10.0))
    text = format_report((Checked(tmp_path / "<a>.pdf", (finding,), 1, "", finished),), "own")
    assert "<b>\u202e" not in text
    assert "\u202e" not in text
    assert "&lt;b&gt;\\u202e&amp;" in text


def test_the_size_of_all_pictures_is_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = tuple(Finding("a-code", "wrong", page=page, at=PLACE) for page in (1, 2, 3))
    results = (Checked(tmp_path / "a.pdf", findings, 1, "", finished),)
    assert len(PICTURE.findall(format_report(results, "own"))) == 3
    monkeypatch.setattr(html_report, "MAX_PICTURES", 2)
    text = format_report(results, "own")
    assert len(PICTURE.findall(text)) == 2
    assert "1 page with findings not shown" in text
    monkeypatch.setattr(html_report, "MAX_PICTURE_BYTES", 10)
    assert PICTURE.findall(format_report(results, "own")) == []


# In the browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


def test_it_is_accessible_by_keyboard_and_loads_nothing(browser: Browser, folder: Path) -> None:
    axe = need_axe()
    reported(folder, "defective.pdf", "clean.pdf")
    address = (folder / "report.html").as_uri()
    with open_window(browser, address, ready="svg a", color_scheme="light") as page:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            # Numbers on a page are small; each finding is also in the list (WCAG 2.5.8, equivalent control).
            found = find_violations(page, axe)
            assert [one for one in found if not one.startswith("target-size")] == []
        page.locator("#f1m2").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#f1n2"
        page.locator("td.place a").first.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#f1m1"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
