"""`brochure build --target screen --previews`: an image of each page, and a contact sheet."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from brochure.errors import ExitCode
from brochure.proof.page_images import (
    DPI,
    GAP,
    THUMBNAIL_HEIGHT,
    SpreadOrder,
    iter_spreads,
    render_pages,
)
from tests.cli.calling import call, project
from tests.structure.brochures import screen
from tests.translation.projects import COPY, LAYOUT


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_previews_are_written_to_the_folder_of_the_pdf(tmp_path: Path) -> None:
    folder = project(tmp_path / "trial", LAYOUT, COPY)
    result = call("build", folder, "-o", tmp_path / "out", "--target", "screen", "--previews")
    assert result.status == 0
    wanted = ["trial_en_screen.pdf", "trial_en_screen_contact-sheet.png"]
    assert names(tmp_path / "out") == [*wanted, "trial_en_screen_page-1.png"]
    assert "trial_en_screen_contact-sheet.png  contact sheet, and 1 page preview" in result.out


def test_previews_have_their_own_folder_and_format_if_given(tmp_path: Path) -> None:
    folder = project(tmp_path / "trial", LAYOUT, COPY)
    shown = tmp_path / "shown"
    more = ("--target", "screen", "--previews-dir", shown, "--preview-format", "webp", "--json")
    result = call("build", folder, "-o", tmp_path / "out", *more)
    assert names(shown) == ["trial_en_screen_contact-sheet.webp", "trial_en_screen_page-1.webp"]
    assert sorted(result.data["previews"]) == [str(shown / name) for name in names(shown)]
    with Image.open(shown / "trial_en_screen_page-1.webp") as image:
        assert image.format == "WEBP"


def test_a_press_build_has_no_page_previews(tmp_path: Path) -> None:
    folder = project(tmp_path / "trial", LAYOUT, COPY)
    call("build", folder, "-o", tmp_path / "out", "--previews")
    assert names(tmp_path / "out") == ["trial_en_press.pdf"]


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    folder = project(tmp_path / "trial", LAYOUT, COPY)
    result = call("build", folder, "--target", "screen", "--previews", "--preview-format", "gif")
    assert result.status == ExitCode.USAGE
    assert "'gif' is not one of 'png', 'webp'" in result.err


def test_the_project_may_follow_the_flag(tmp_path: Path) -> None:
    folder = project(tmp_path / "trial", LAYOUT, COPY)
    result = call("build", "--target", "screen", "-o", tmp_path / "out", "--previews", folder)
    assert result.status == 0
    assert "trial_en_screen_page-1.png" in names(tmp_path / "out")


@pytest.mark.parametrize("words", [("--pictures",), ("--pictures", "shown"), ("--pictures=shown",)])
def test_the_former_option_is_an_error_that_names_the_new_ones(words: tuple[str, ...]) -> None:
    (line,) = call("build", "nowhere", *words).lines
    assert "it was renamed to --previews or --previews-dir DIR" in line


def test_a_contact_sheet_has_facing_pages_side_by_side() -> None:
    pictures = {one.name: one.data for one in render_pages(screen("proven-model", "ar"))}
    assert len(pictures) == 13
    with Image.open(io.BytesIO(pictures["page-02.png"])) as page:
        # A5 is 148 x 210 mm.
        assert page.size == pytest.approx((148 / 25.4 * DPI, 210 / 25.4 * DPI), abs=1)
    with Image.open(io.BytesIO(pictures["contact-sheet.png"])) as opened:
        sheet = opened.convert("L")
    # Cover, five spreads and the back in rows of three, from right to left.
    wide = (sheet.width - 4 * GAP) // 3
    assert wide == pytest.approx(2 * THUMBNAIL_HEIGHT * 148 / 210, abs=3)
    assert sheet.height == 3 * THUMBNAIL_HEIGHT + 4 * GAP
    # The second row ends at the left with the spread of page 10, a dark portrait, and at its left side page 11.
    row = int(1.8 * THUMBNAIL_HEIGHT + 2 * GAP)
    dark, light = sheet.getpixel((GAP + wide - 9, row)), sheet.getpixel((GAP + 9, row))
    assert isinstance(dark, int)
    assert isinstance(light, int)
    assert dark < 60
    assert light > 240


@pytest.mark.parametrize(
    ("order", "spreads"),
    [
        (SpreadOrder(paired=True, first=1, left_to_right=True), [(0,), (1, 2), (3,)]),
        (SpreadOrder(paired=True, first=1, left_to_right=False), [(0,), (2, 1), (3,)]),
        (SpreadOrder(paired=True, first=0, left_to_right=True), [(0, 1), (2, 3)]),
        (SpreadOrder(paired=False, first=0, left_to_right=True), [(0,), (1,), (2,), (3,)]),
    ],
)
def test_four_pages_in_spreads(order: SpreadOrder, spreads: list[tuple[int, ...]]) -> None:
    assert list(iter_spreads(4, order)) == spreads
