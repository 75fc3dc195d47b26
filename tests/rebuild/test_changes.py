"""Changes of one detail in an otherwise equal project must be detected when cached results are reused."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from brochure.api import build_edition, open_job
from brochure.errors import InputError
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import DiskProject

LAYOUT = """\
brochure: note
size: 200 x 200 pt
bleed: 0 mm
binding: none
source-language: en
variables: {count: 5}
pages:
  - frames:
      picture: {at: "x 0 pt, y 0 pt, width 100 pt, height 100 pt", content: {image: p.png, alt: none}}
      code: {at: "x 100 pt, y 100 pt, width 90 pt, height 90 pt", content: {qr: , value: count, size: 80 pt, alt: words}}
"""
PRESS = CONDITIONS["press"]


@pytest.fixture
def note(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "brochure.yaml").write_text(LAYOUT)
    (tmp_path / "content/en.yaml").write_text("words: Words.\n")
    picture(tmp_path, "RGB")
    return tmp_path


def picture(root: Path, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (60, 60), (200, 90, 30, 120)[: len(mode)]).save(out, "PNG")
    (root / "assets/p.png").write_bytes(out.getvalue())


def check_rebuild(root: Path, change: Callable[[], None]) -> None:
    """Build, change, and build with cached results: the result must be that of a full build, and differ from the first one."""
    for condition in CONDITIONS.values():
        job = open_job(DiskProject(root))
        before = build_edition(job, condition).pdf
        change()
        after = build_edition(open_job(DiskProject(root), job), condition).pdf
        assert after == build_edition(open_job(DiskProject(root)), condition).pdf
        assert after != before
        change()


def test_a_picture_that_becomes_transparent(note: Path) -> None:
    modes = iter(["RGBA", "RGB"] * 3)
    check_rebuild(note, lambda: picture(note, next(modes)))


def test_a_figure_in_another_notation(note: Path) -> None:
    figures = iter(["5.5", "5"] * 3)

    def change() -> None:
        text = f"variables: {{count: {next(figures)}}}"
        lines = LAYOUT.splitlines()
        (note / "brochure.yaml").write_text("\n".join([*lines[:5], text, *lines[6:]]) + "\n")

    check_rebuild(note, change)


@pytest.mark.parametrize("accepts_damage", [False, True])
def test_a_damaged_picture_is_reported_at_its_current_place(
    note: Path, monkeypatch: pytest.MonkeyPatch, *, accepts_damage: bool
) -> None:
    """Also if another library in the process has configured Pillow to accept damaged data, as WeasyPrint does."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", accepts_damage)
    job = open_job(DiskProject(note))
    build_edition(job, PRESS)
    (note / "brochure.yaml").write_text("# a line more\n" + LAYOUT)
    job = open_job(DiskProject(note), job)
    build_edition(job, PRESS)
    whole = (note / "assets/p.png").read_bytes()
    at = whole.index(b"IDAT") + 6
    (note / "assets/p.png").write_bytes(whole[:at] + bytes(8) + whole[at + 8 :])
    result = []
    for last in (job, None):
        with pytest.raises(InputError) as caught:
            build_edition(open_job(DiskProject(note), last), PRESS)
        result.append([str(finding) for finding in caught.value.findings])
    assert result[0] == result[1]
    assert "brochure.yaml:10:" in result[0][0]
    assert accepts_damage == ImageFile.LOAD_TRUNCATED_IMAGES


TABLES = """\
brochure: note
size: 200 x 200 pt
bleed: 0 mm
binding: none
source-language: en
pages:
  - frames:
      one: {at: "x 0 pt, y 0 pt, width 90 pt, height 90 pt", content: {table: {from: one.csv}}}
      two: {at: "x 0 pt, y 100 pt, width 90 pt, height 90 pt", content: {table: {from: two.csv}}}
"""


@pytest.fixture
def tables(note: Path) -> Path:
    (note / "brochure.yaml").write_text(TABLES)
    (note / "assets/one.csv").write_text("A,B\nx,1.5\n")
    (note / "assets/two.csv").write_text("A,B\ny,2.5\n")
    return note


def test_a_number_in_a_data_file(tables: Path) -> None:
    texts = ["A,B\nx,1.5\n", "A,B\nx,1.7\n"]

    def change() -> None:
        texts.reverse()
        (tables / "assets/one.csv").write_text(texts[0])

    check_rebuild(tables, change)


def test_a_data_file_sets_only_its_own_blocks_again(tables: Path) -> None:
    job = open_job(DiskProject(tables))
    build_edition(job, PRESS)
    misses = job.thread_cache.misses
    (tables / "assets/one.csv").write_text("A,B\nx,1.7\n")
    again = open_job(DiskProject(tables), job)
    build_edition(again, PRESS)
    assert again.thread_cache is job.thread_cache
    assert again.thread_cache.misses == misses + 1
