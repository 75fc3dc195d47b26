"""`brochure build --previews`: an image of each frame with overset text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import call, project
from tests.translation.projects import COPY, LAYOUT

LONG = COPY.replace("to safety.", "to safety. " + "Words without end. " * 20)


@pytest.mark.parametrize("more", [(), ("--draft",)])
def test_overset_text_is_shown(tmp_path: Path, more: tuple[str, ...]) -> None:
    folder = project(tmp_path / "trial", LAYOUT, LONG)
    shown = tmp_path / "pictures"
    result = call("build", folder, "-o", tmp_path / "out", "--previews-dir", shown, *more)
    draft = "_draft" if more else ""
    path = shown / f"trial_en_press{draft}_page-1_words.png"
    assert list(shown.iterdir()) == [path]
    assert path.read_bytes().startswith(b"\x89PNG")
    assert f"{path}: preview of overset text" in result.lines
    assert result.status == (0 if more else 1)


def test_previews_are_listed_in_json(tmp_path: Path) -> None:
    folder = project(tmp_path / "trial", LAYOUT, LONG)
    shown = tmp_path / "pictures"
    result = call("build", folder, "-o", tmp_path / "out", "--previews-dir", shown, "--json")
    assert result.data["overset_previews"] == [str(shown / "trial_en_press_page-1_words.png")]


def test_every_edition_has_its_own_previews(tmp_path: Path) -> None:
    folder = project(tmp_path / "trial", LAYOUT, LONG)
    (folder / "offices").mkdir()
    for name in ("north", "south"):
        office = folder / "offices" / f"{name}.yaml"
        office.write_text(f"office: {name}\nlanguages: [en]\n", encoding="utf-8")
    shown = tmp_path / "pictures"
    result = call("build", folder, "--all", "-o", tmp_path / "out", "--previews-dir", shown)
    assert result.status == 1
    assert sorted(path.name for path in shown.iterdir()) == [
        "trial_north_en_press_page-1_words.png",
        "trial_south_en_press_page-1_words.png",
    ]


def test_no_previews_if_everything_fits(tmp_path: Path) -> None:
    folder = project(tmp_path / "trial", LAYOUT, COPY)
    result = call("build", folder, "-o", tmp_path / "out", "--previews-dir", tmp_path / "pictures")
    assert result.status == 0
    assert not (tmp_path / "pictures").exists()
